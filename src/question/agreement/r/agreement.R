# Kappa with its large-sample error and interval (Fleiss, Cohen and Everitt 1969); `apart` is how far apart two levels are,
# from 0 to 1.
weighted_kappa <- function(table, apart, level) {
  p <- table / sum(table)
  by_chance <- sum(apart * outer(rowSums(p), colSums(p)))
  if (by_chance == 0) return(c())
  ratio <- sum(apart * p) / by_chance
  kappa <- 1 - ratio
  if (kappa == 1) return(c(1, 0))
  weight <- 1 - apart
  margins <- outer(as.vector(weight %*% colSums(p)), as.vector(rowSums(p) %*% weight), "+")
  spread <- sum(p * (weight - margins * ratio)^2) - (kappa - (1 - by_chance) * ratio)^2
  error <- sqrt(spread / sum(table)) / by_chance
  c(kappa, error, kappa + c(-1, 1) * qnorm(1 - (1 - level) / 2) * error)
}

# Change as it was rated (rows) against change as the answers differ (columns): worse, unchanged, better.
agreement <- function(answers, before, after, better, rated, codes, says, level) {
  levels <- c(-1, 0, 1)
  frequency <- answers[["(frequency)"]]
  difference <- sign(answers[[after]] - answers[[before]]) * (if (better == "higher") 1 else -1)
  rating <- says[match(answers[[rated]], codes)]
  table <- unclass(xtabs(frequency ~ factor(rating, levels) + factor(difference, levels)))
  n <- sum(table)
  values <- c(
    n_rated = n,
    setNames(as.vector(table), paste0("rated_differenced ", outer(levels, levels, paste, sep = ">"))),
    setNames(
      as.vector(table / rowSums(table)), paste0("rated_differenced_share ", outer(levels, levels, paste, sep = ">"))
    ),
    setNames(rowSums(table), paste("rated_count", levels)),
    setNames(rowSums(table) / n, paste("rated_share", levels)),
    setNames(colSums(table) / n, paste("differenced_share", levels)),
    setNames(colSums(table), paste("differenced_count", levels)),
    n_unrated = sum(frequency[!is.na(difference) & is.na(rating)]),
    n_undifferenced = sum(frequency[is.na(difference) & !is.na(rating)]),
    setNames(says, paste0("rated_level ", rated, "=", codes))
  )
  if (n == 0) return(values)
  agreed <- sum(diag(table))
  # Wilson's interval is that of the test without a continuity correction.
  ends <- suppressWarnings(prop.test(agreed, n, conf.level = level, correct = FALSE))$conf.int
  values <- c(
    values, agreed = agreed, agreed_share = agreed / n, agreed_share_low = ends[1], agreed_share_high = ends[2]
  )
  apart <- abs(outer(levels, levels, "-")) / 2
  for (weights in list(list("kappa", sign(apart)), list("kappa_linear", apart), list("kappa_quadratic", apart^2))) {
    found <- weighted_kappa(table, weights[[2]], level)
    values <- c(values, setNames(found, paste0(weights[[1]], c("", "_std_error", "_low", "_high")[seq_along(found)])))
  }
  values
}
