# Size, likelihood and pseudo-R² of the whole model.
whole_model <- function(model) {
  fit <- model$fit
  null <- glm(model$y ~ 1, family = binomial(), control = control)
  n <- length(model$y)
  k <- ncol(model$x)
  events <- sum(model$y)
  omnibus <- deviance(null) - deviance(fit)
  cox_snell <- -expm1(-omnibus / n)
  p <- fitted(fit)
  c(
    n_obs = nobs(fit), n_missing = model$missing, n_events = events, n_parameters = k,
    events_per_parameter = min(events, n - events) / (k - 1),
    log_likelihood = as.numeric(logLik(fit)), null_log_likelihood = as.numeric(logLik(null)),
    deviance = deviance(fit), null_deviance = deviance(null), df_residual = df.residual(fit),
    aic = AIC(fit), bic = BIC(fit),
    omnibus_chi2 = omnibus, omnibus_df = k - 1, omnibus_p = pchisq(omnibus, k - 1, lower.tail = FALSE),
    mcfadden = 1 - as.numeric(logLik(fit)) / as.numeric(logLik(null)),
    cox_snell = cox_snell, nagelkerke = cox_snell / -expm1(-deviance(null) / n),
    tjur = mean(p[model$y == 1]) - mean(p[model$y == 0]), brier = mean((model$y - p)^2)
  )
}

# The linear predictor, rounded so that cases of equal probability are equal.
linear_predictor <- function(model) round(drop(model$x %*% coef(model$fit)), 8)

# Each case's group where groups are filled up to a target from the lowest score on, equal scores together.
groups_filled <- function(score, groups) {
  sizes <- table(score)
  target <- floor(length(score) / groups + 0.5)
  of <- integer(length(sizes)); group <- 1; filled <- 0
  for (i in seq_along(sizes)) {
    if (filled > 0 && !(filled < target && filled + sizes[[i]] %/% 2 <= target)) { group <- group + 1; filled <- 0 }
    filled <- filled + sizes[[i]]
    of[i] <- group
  }
  if (group > 1 && filled <= floor(0.5 * length(score) / groups)) of[of == group] <- group - 1
  factor(of[match(as.character(score), names(sizes))])
}

# Hosmer and Lemeshow's test, equal fitted values together; R groups between type-7 quantiles, Stata between those of type 2.
hosmer_lemeshow <- function(model, convention = "r", groups = 10) {
  score <- linear_predictor(model)
  if (convention == "spss") {
    group <- groups_filled(score, groups)
  } else {
    breaks <- unique(quantile(score, probs = (0:groups) / groups, type = if (convention == "stata") 2 else 7))
    if (length(breaks) < 2) return(c())
    group <- droplevels(cut(score, breaks, include.lowest = TRUE))
  }
  sums <- function(values) tapply(values, group, sum)
  p <- fitted(model$fit)
  chi2 <- sum((sums(model$y) - sums(p))^2 * (1 / sums(p) + 1 / sums(1 - p)))
  df <- nlevels(group) - 2
  if (df < 1) return(c())
  c(hosmer_lemeshow = chi2, hosmer_lemeshow_df = df, hosmer_lemeshow_p = pchisq(chi2, df, lower.tail = FALSE))
}

# The area under the curve and its standard error by DeLong, DeLong and Clarke-Pearson: from pROC where it is installed,
# otherwise from placements by midranks (Sun and Xu 2014).
area <- function(score, y) {
  if (requireNamespace("pROC", quietly = TRUE)) {
    curve <- pROC::roc(y, score, direction = "<", levels = c(0, 1), quiet = TRUE)
    return(c(as.numeric(pROC::auc(curve)), sqrt(pROC::var(curve, method = "delong"))))
  }
  events <- score[y == 1]
  others <- score[y == 0]
  together <- rank(c(events, others))
  of_events <- (together[seq_along(events)] - rank(events)) / length(others)
  of_others <- 1 - (together[-seq_along(events)] - rank(others)) / length(events)
  c(mean(of_events), sqrt(var(of_events) / length(events) + var(of_others) / length(others)))
}

auc <- function(model) {
  found <- area(linear_predictor(model), model$y)
  margin <- qnorm(1 - (1 - model$level) / 2) * found[2]
  c(auc = found[1], auc_se = found[2], auc_low = max(found[1] - margin, 0), auc_high = min(found[1] + margin, 1))
}
