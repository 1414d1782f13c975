def change_of_binary(pairs, levels, better, level, convention):
    """Everything about the change of an answer with two codes."""
    return change_counts(pairs, better) | two_by_two(crossed(pairs, levels), level, convention)


def change_of_levels(pairs, levels, better, level, convention, reliability=None):
    """Everything about the change of an answer with ordered codes."""
    table = crossed(pairs, levels)
    values = change_counts(pairs, better) | transitions(table, levels) | marginal_homogeneity(table) | bowker(table)
    return values | score_tests(pairs, better, level, convention, reliability)


def change_of_scores(pairs, better, level, convention, reliability=None):
    """Everything about the change of a number."""
    return change_counts(pairs, better) | score_tests(pairs, better, level, convention, reliability)
