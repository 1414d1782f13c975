def change_of_binary(pairs, levels, better, level):
    """Everything about the change of an answer with two codes."""
    return change_counts(pairs, better) | two_by_two(crossed(pairs, levels), level)


def change_of_levels(pairs, levels, better, level):
    """Everything about the change of an answer with ordered codes."""
    table = crossed(pairs, levels)
    tests = marginal_homogeneity(table) | bowker(table) | score_tests(pairs, better, level)
    return change_counts(pairs, better) | transitions(table, levels) | tests


def change_of_scores(pairs, better, level):
    """Everything about the change of a number."""
    return change_counts(pairs, better) | score_tests(pairs, better, level)
