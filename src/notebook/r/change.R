# Everything about the change of an answer with two codes.
change_of_binary <- function(pairs, levels, better, level) {
  c(change_counts(pairs, better), two_by_two(crossed(pairs, levels), level))
}

# Everything about the change of an answer with ordered codes.
change_of_levels <- function(pairs, levels, better, level) {
  table <- crossed(pairs, levels)
  tests <- c(marginal_homogeneity(table), bowker(table), score_tests(pairs, better, level))
  c(change_counts(pairs, better), transitions(table, levels), tests)
}

# Everything about the change of a number.
change_of_scores <- function(pairs, better, level) {
  c(change_counts(pairs, better), score_tests(pairs, better, level))
}
