# Adjusts the p-values of tests, each an analysis, a group, a variable and a statistic that has been made above.
record_family <- function(analysis, tests) {
  keys <- vapply(tests, function(test) paste(test[1], test[2], test[3], "", test[4], sep = "/"), "")
  p <- unname(c(unlist(made), none = NA)[keys])
  adjusted <- list(p_value = p, p_holm = p.adjust(p, "holm"), p_bh = p.adjust(p, "BH"))
  record(analysis, "", "", c(family_size = sum(!is.na(p))))
  for (i in seq_along(tests)) record(analysis, tests[[i]][2], tests[[i]][3], vapply(adjusted, `[`, 0, i))
}
