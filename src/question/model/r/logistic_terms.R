# Values named by a statistic and the terms.
by_term <- function(statistic, terms, values) setNames(values, paste(statistic, terms))

# Standard error, ratio, p, limits, and limits of the odds ratio of every coefficient for these standard errors: by Student's t,
# which without limit to its degrees of freedom is the normal distribution.
wald <- function(model, error, names, df = Inf) {
  estimate <- unname(coef(model$fit))
  reach <- qt(1 - (1 - model$level) / 2, df) * error
  values <- list(
    error, estimate / error, 2 * pt(-abs(estimate / error), df), estimate - reach, estimate + reach,
    exp(estimate - reach), exp(estimate + reach)
  )
  unlist(Map(function(name, value) by_term(name, colnames(model$x), value), names, values, USE.NAMES = FALSE))
}

# Coefficients and odds ratios with Wald's tests and limits.
coefficients_of <- function(model) {
  estimate <- unname(coef(model$fit))
  terms <- colnames(model$x)
  names <- c("std_error", "statistic", "p_value", "conf_low", "conf_high", "odds_ratio_low", "odds_ratio_high")
  c(
    by_term("estimate", terms, estimate), by_term("odds_ratio", terms, exp(estimate)),
    wald(model, unname(sqrt(diag(vcov(model$fit)))), names)
  )
}

# Wald's test of every term, all its levels together; and of every level and the intercept alone, whose p is that of z.
wald_tests <- function(model) {
  estimate <- coef(model$fit)
  alone <- setdiff(colnames(model$x), vapply(model$terms, `[[`, "", "name"))
  z <- (estimate / sqrt(diag(vcov(model$fit))))[match(alone, colnames(model$x))]
  of_alone <- c(by_term("wald_chi2", alone, unname(z^2)), by_term("wald_df", alone, rep(1, length(alone))))
  of_terms <- unlist(lapply(model$terms, function(term) {
    own <- columns_of(model$x, term)
    if (length(own) == 0) return(NULL)
    chi2 <- sum(estimate[own] * solve(vcov(model$fit)[own, own], estimate[own]))
    values <- c(wald_chi2 = chi2, wald_df = length(own), wald_p = pchisq(chi2, length(own), lower.tail = FALSE))
    by_term(names(values), term$name, values)
  }))
  c(of_terms, of_alone)
}

# The likelihood-ratio test of every term: the deviance without it less the deviance with it.
likelihood_ratio_tests <- function(model) {
  unlist(lapply(model$terms, function(term) {
    # A column that was aliased with the term comes back in when the term goes.
    others <- independent(model$full[, -columns_of(model$full, term), drop = FALSE])
    df <- ncol(model$x) - ncol(others)
    if (df == 0) return(NULL)
    chi2 <- maximum(model$y, others)$deviance - deviance(model$fit)
    values <- c(lr_chi2 = chi2, lr_df = df, lr_p = pchisq(chi2, df, lower.tail = FALSE))
    by_term(names(values), term$name, values)
  }))
}

# Profile-likelihood limits: where the deviance, all else refitted, exceeds the smallest by the chi-squared quantile. (R's own
# `confint` interpolates, good to some four digits.) And the test of the coefficient being zero that agrees with them.
profile_limits <- function(model) {
  errors <- sqrt(diag(vcov(model$fit)))
  unlist(lapply(seq_len(ncol(model$x)), function(j) {
    others <- model$x[, -j, drop = FALSE]
    # The column may be taken without what the others explain of it: only the others' coefficients change.
    column <- qr.resid(qr(others), model$x[, j])
    beyond <- function(value) {
      maximum(model$y, others, offset = value * column)$deviance - deviance(model$fit) - qchisq(model$level, 1)
    }
    limit <- function(side) {
      far <- coef(model$fit)[[j]] + 2 * side * errors[j]
      while (beyond(far) < 0) far <- far + side * errors[j]
      uniroot(beyond, sort(c(coef(model$fit)[[j]], far)), tol = 1e-12 * max(abs(far), errors[j]), maxiter = 1000)$root
    }
    limits <- c(limit(-1), limit(1))
    chi2 <- beyond(0) + qchisq(model$level, 1)
    names <- c("profile_low", "profile_high", "odds_ratio_profile_low", "odds_ratio_profile_high", "profile_chi2", "profile_p_value")
    by_term(names, colnames(model$x)[j], c(limits, exp(limits), chi2, pchisq(chi2, 1, lower.tail = FALSE)))
  }))
}
