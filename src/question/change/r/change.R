# Everything about the change of an answer with two codes.
change_of_binary <- function(pairs, levels, better, level, convention) {
  c(change_counts(pairs, better), two_by_two(crossed(pairs, levels), level, convention))
}

# Everything about the change of an answer with ordered codes.
change_of_levels <- function(pairs, levels, better, level, convention, reliability = NULL) {
  table <- crossed(pairs, levels)
  c(
    change_counts(pairs, better), transitions(table, levels), transition_shares(table, levels),
    marginal_homogeneity(table), bowker(table),
    score_tests(pairs, better, level, convention, reliability)
  )
}

# Everything about the change of a number.
change_of_scores <- function(pairs, better, level, convention, reliability = NULL, use = NULL) {
  values <- c(change_counts(pairs, better), score_tests(pairs, better, level, convention, reliability))
  if (is.null(use)) values else c(values, use_classes(pairs, use))
}

DIFFERING <- c(
  "mcnemar_program_p", "sign_p", "wilcoxon", "wilcoxon_z", "wilcoxon_p", "rank_biserial", "rank_biserial_low", "rank_biserial_high"
)

# What R, SPSS and Stata compute differently, as one of them has it.
of_program <- function(values, program) {
  values <- values[intersect(DIFFERING, names(values))]
  if (length(values)) setNames(values, sprintf("%s (%s)", names(values), program)) else values
}
