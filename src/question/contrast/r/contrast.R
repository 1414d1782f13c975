# The first of two independent numbers less the second, with its interval; each is given as value, low, high.
mover <- function(first, second) {
  between <- first[1] - second[1]
  below <- sqrt((first[1] - first[2])^2 + (second[3] - second[1])^2)
  above <- sqrt((first[3] - first[1])^2 + (second[1] - second[2])^2)
  between + c(0, -below, above)
}

# Differences between groups in numbers that have been made above: each pair is a term and two groups.
record_contrasts <- function(analysis, of, variable, pairs, names, sources) {
  known <- c(unlist(made), none = NA)
  for (pair in pairs) {
    groups <- lapply(pair[2:3], function(group) unname(known[paste(of, group, variable, "", sources, sep = "/")]))
    values <- mover(groups[[1]], groups[[2]])
    # Without an interval of both, the difference is not told either.
    if (!all(is.finite(values))) values <- rep(NA, 3)
    record(analysis, "", variable, setNames(values, paste(names, pair[1])))
  }
}
