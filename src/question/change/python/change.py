def change_of_binary(pairs, levels, better, level, convention):
    """Everything about the change of an answer with two codes."""
    return change_counts(pairs, better) | two_by_two(crossed(pairs, levels), level, convention)


def change_of_levels(pairs, levels, better, level, convention, reliability=None):
    """Everything about the change of an answer with ordered codes."""
    table = crossed(pairs, levels)
    values = change_counts(pairs, better) | transitions(table, levels) | transition_shares(table, levels)
    values |= marginal_homogeneity(table) | bowker(table)
    return values | score_tests(pairs, better, level, convention, reliability)


def change_of_scores(pairs, better, level, convention, reliability=None, use=None):
    """Everything about the change of a number."""
    values = change_counts(pairs, better) | score_tests(pairs, better, level, convention, reliability)
    return values if use is None else values | use_classes(pairs, use)


DIFFERING = [
    "mcnemar_program_p", "sign_p", "wilcoxon", "wilcoxon_z", "wilcoxon_p", "rank_biserial", "rank_biserial_low", "rank_biserial_high"
]


def of_program(values, program):
    """What R, SPSS and Stata compute differently, as one of them has it."""
    return {f"{name} ({program})": values[name] for name in DIFFERING if name in values}
