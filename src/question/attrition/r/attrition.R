# How many of those who were due were followed up, and how many were lost.
followed_and_lost <- function(members) {
  count <- function(followed) sum(members[["(frequency)"]][members[["(followed)"]] %in% followed])
  c(eligible = count(0:1), followed = count(1), lost = count(0))
}

# The lost less the followed, over the root of the mean of the two variances (Austin 2009).
standardised <- function(means, variances) {
  if (isTRUE(mean(variances) > 0)) (means[[2]] - means[[1]]) / sqrt(mean(variances)) else NA
}

# Of the followed and of the lost: answers to a term.
sides <- function(members, variable) {
  lapply(c(followed = 1, lost = 0), function(followed) {
    own <- members[members[["(followed)"]] == followed, ]
    rep(own[[variable]], own[["(frequency)"]])
  })
}

# How many have an answer and have none.
balance_around <- function(answers) {
  missing <- vapply(answers, function(own) sum(is.na(own)), 0)
  c(setNames(lengths(answers) - missing, paste0("n_", names(answers))), setNames(missing, paste0("missing_", names(answers))))
}

# A number: means, standard deviations (divisor n - 1) and their standardised difference.
balance_of_number <- function(members, variable) {
  answers <- sides(members, variable)
  of <- function(statistic) vapply(answers, statistic, 0, na.rm = TRUE)
  c(
    balance_around(answers), setNames(of(mean), paste0("mean_", names(answers))),
    setNames(of(sd), paste0("sd_", names(answers))), smd = standardised(of(mean), of(var))
  )
}

# An answer with codes: counts, shares and, for each code, the standardised difference of the shares.
balance_of_codes <- function(members, variable, codes) {
  answers <- sides(members, variable)
  of_code <- function(code) {
    counts <- vapply(answers, function(own) sum(own %in% code), 0)
    shares <- counts / vapply(answers, function(own) sum(!is.na(own)), 0)
    c(
      setNames(counts, paste0("count_", names(answers), " ", code)),
      setNames(shares, paste0("share_", names(answers), " ", code)),
      setNames(standardised(shares, shares * (1 - shares)), paste("smd", code))
    )
  }
  c(balance_around(answers), unlist(lapply(codes, of_code)))
}

# The answers to the terms as one text: by it a person finds the weight. Numbers in full, so that different ones stay different.
pattern_of <- function(table, terms) {
  do.call(paste, lapply(unname(table[terms]), function(values) sprintf("%a", as.numeric(values))))
}

# The share that was followed up over the fitted probability, cut off at two quantiles: a weight for each pattern of the terms
# (Cole and Hernan 2008). None where some were followed up, or lost, for certain.
loss_weights <- function(response, truncate) {
  if (separated(response)) return(NULL)
  followed <- response$y == 1
  weight <- mean(followed) / fitted(response$fit)[followed]
  ends <- quantile(weight, truncate, names = FALSE)
  # What differs from where it is cut off by rounding alone was not cut off.
  beyond <- weight < ends[1] * (1 - 1e-9) | weight > ends[2] * (1 + 1e-9)
  terms <- vapply(response$terms, `[[`, "", "name")
  weight <- pmin(pmax(weight, ends[1]), ends[2])
  list(weight = weight, beyond = beyond, terms = terms, patterns = pattern_of(response$cases[followed, ], terms))
}

# Kish's effective number.
kish <- function(weight) sum(weight)^2 / sum(weight^2)

# What may be told of the weights.
about_weights <- function(weights) {
  if (is.null(weights)) return(c())
  c(weight_mean = mean(weights$weight), weight_effective_n = kish(weights$weight), n_truncated = sum(weights$beyond))
}

# The cases of a table that have all of `needed` and a weight, one row a case, with the weight.
weighted_cases <- function(table, needed, weights) {
  table$weight <- weights$weight[match(pattern_of(table, weights$terms), weights$patterns)]
  cases <- table[complete.cases(table[c(needed, "weight")]), ]
  cases[rep(seq_len(nrow(cases)), cases[["(frequency)"]]), ]
}

# Change weighted for loss; of the share with the answer `event` where there is one. The error is the linearised one of
# independent persons with unequal weights, as in the survey package.
weighted_change <- function(table, before, after, weights, level, event = NULL) {
  if (is.null(weights)) return(c())
  cases <- weighted_cases(table, c(before, after), weights)
  n <- nrow(cases)
  if (n == 0) return(c(weighted_n_pairs = 0))
  score <- function(answers) if (is.null(event)) answers else as.numeric(answers == event)
  x <- score(cases[[before]])
  y <- score(cases[[after]])
  w <- cases$weight
  stem <- if (is.null(event)) "weighted_mean" else "weighted_share"
  ratio <- if (is.null(event)) "weighted_t" else "weighted_share_t"
  change <- weighted.mean(y - x, w)
  means <- c(weighted.mean(x, w), weighted.mean(y, w), change)
  values <- c(
    weighted_n_pairs = n, weighted_effective_n = kish(w), setNames(means, paste0(stem, c("_before", "_after", "_change")))
  )
  error <- if (n > 1) sqrt(n / (n - 1) * sum((w * (y - x - change) / sum(w))^2)) else 0
  if (error <= 1e-12) return(values)
  reach <- qt(1 - (1 - level) / 2, n - 1) * error
  rest <- c(error, change - reach, change + reach, change / error, 2 * pt(-abs(change / error), n - 1))
  c(values, setNames(rest, c(paste0(stem, c("_change_std_error", "_change_low", "_change_high")), ratio, paste0(ratio, "_p"))))
}

# A logistic regression weighted for loss, with sandwich errors: HC0, or CR1 where there are clusters.
weighted_regression <- function(table, outcome, event, terms, clustered, level, weights) {
  if (is.null(weights)) return(c())
  needed <- c(outcome, vapply(terms, `[[`, "", "name"), if (clustered) "(cluster)")
  cases <- weighted_cases(table, needed, weights)
  x <- independent(design(cases, terms))
  y <- as.numeric(cases[[outcome]] == event)
  fit <- maximum(y, x, weights = cases$weight)
  fit <- maximum(y, x, weights = cases$weight, start = coef(fit))
  p <- fit$fitted.values
  score <- x * cases$weight * (y - p)
  if (clustered) {
    score <- rowsum(score, cases[["(cluster)"]])
    score <- score * sqrt(nrow(score) / (nrow(score) - 1))
  }
  bread <- solve(crossprod(x * sqrt(cases$weight * p * (1 - p))))
  estimate <- unname(coef(fit))
  error <- unname(sqrt(diag(bread %*% crossprod(score) %*% bread)))
  reach <- qnorm(1 - (1 - level) / 2) * error
  found <- list(
    weighted_estimate = estimate, weighted_std_error = error, weighted_p_value = 2 * pnorm(-abs(estimate / error)),
    weighted_odds_ratio = exp(estimate), weighted_odds_ratio_low = exp(estimate - reach),
    weighted_odds_ratio_high = exp(estimate + reach)
  )
  by_terms <- unlist(Map(function(name, value) by_term(name, colnames(x), value), names(found), found, USE.NAMES = FALSE))
  c(weighted_n_obs = nrow(cases), weighted_effective_n = kish(cases$weight), by_terms)
}
