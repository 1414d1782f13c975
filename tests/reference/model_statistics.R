# The statistics of a logistic regression and of a ridge regression for prediction.
# Sourced by the scripts that write reference values; each defines `put(name, statistic, value, term = "")`, which takes an answer down.
suppressMessages({ library(MASS); library(sandwich); library(pROC) })

control <- list(epsilon = 1e-14, maxit = 100)
level <- 0.95
source("model_depth_statistics.R")

# Hosmer-Lemeshow. R: as ResourceSelection::hoslem.test groups, cut() at type-7 quantiles, equal ones taken once; Stata: the same at
# type-2 quantiles (pctile); SPSS: groups filled up as SAS/STAT User's Guide, The LOGISTIC Procedure, describes it. Linear predictors
# are rounded first, so that equal fitted values are equal. df = groups - 2.
hosmer_lemeshow <- function(y, eta, groups = 10, program = "r") {
  score <- round(eta, 8)
  if (program == "spss") {
    sizes <- table(score)
    target <- floor(length(y) / groups + 0.5)
    of <- integer(length(sizes)); current <- 1; filled <- 0
    for (i in seq_along(sizes)) {
      if (filled > 0 && !(filled < target && filled + floor(0.5 * sizes[[i]]) <= target)) { current <- current + 1; filled <- 0 }
      filled <- filled + sizes[[i]]
      of[i] <- current
    }
    if (current > 1 && filled <= floor(0.5 * length(y) / groups)) of[of == current] <- current - 1
    group <- factor(of[match(as.character(score), names(sizes))])
  } else {
    breaks <- unique(quantile(score, probs = (0:groups) / groups, type = if (program == "stata") 2 else 7))
    group <- cut(score, breaks = breaks, include.lowest = TRUE)
  }
  p <- plogis(eta)
  o1 <- tapply(y, group, sum); e1 <- tapply(p, group, sum)
  o0 <- tapply(1 - y, group, sum); e0 <- tapply(1 - p, group, sum)
  filled <- !is.na(o1)
  chi2 <- sum(((o1 - e1)^2 / e1 + (o0 - e0)^2 / e0)[filled])
  # Of two groups nothing is left to test.
  if (sum(filled) < 3) return(c(NA, NA, NA))
  c(chi2, sum(filled) - 2, pchisq(chi2, sum(filled) - 2, lower.tail = FALSE))
}

# Profile limits by root finding on the profiled deviance: MASS:::confint.glm interpolates a spline, good to some 1e-4 only.
# A column may be moved and scaled without changing the profile, which keeps the offset small.
profile_limits <- function(x, y, deviance, beta, se, j) {
  others <- x[, -j, drop = FALSE]
  column <- qr.resid(qr(others), x[, j])
  profiled <- function(b) {
    fit <- suppressWarnings(glm.fit(others, y, offset = b * column, family = binomial(), control = control))
    fit$deviance - deviance - qchisq(level, 1)
  }
  root <- function(side) {
    far <- beta + side * 2 * se
    while (profiled(far) < 0) far <- far + side * se
    uniroot(profiled, sort(c(beta, far)), tol = 1e-13 * max(abs(far), se), maxiter = 1000)$root
  }
  c(root(-1), root(1))
}

# Ridge: minus log-likelihood + alpha / 2 * sum of squares of the standardised coefficients, by Newton's method.
ridge <- function(x, y, alpha) {
  centre <- colMeans(x); spread <- sqrt(colMeans(sweep(x, 2, centre)^2))
  z <- cbind(1, sweep(sweep(x, 2, centre), 2, spread, "/")); z[, c(FALSE, spread == 0)] <- 0
  penalty <- diag(c(0, rep(alpha, ncol(x)))); b <- rep(0, ncol(z))
  for (step in 1:50) {
    p <- plogis(drop(z %*% b))
    b <- b + drop(solve(crossprod(z * sqrt(p * (1 - p))) + penalty, crossprod(z, y - p) - penalty %*% b))
  }
  slopes <- ifelse(spread == 0, 0, b[-1] / spread)
  c(b[1] - sum(slopes * centre), slopes)
}

# Nested cross-validation. Folds are dealt out in the order of the covariates, either outcome in turn; clusters in that of their labels.
predicted <- function(name, x, terms, y, order, cluster, folds = 5, alphas = 10^((-4:8) / 2)) {
  fold <- integer(length(y))
  for (outcome in 0:1) {
    rows <- order[y[order] == outcome]
    fold[rows] <- (seq_along(rows) - 1) %% folds
  }
  if (!is.null(cluster)) fold <- (match(cluster, sort(unique(cluster))) - 1) %% folds
  eta <- function(rows, train, alpha) drop(cbind(1, x[rows, , drop = FALSE]) %*% ridge(x[train, , drop = FALSE], y[train], alpha))
  loss <- function(rows, eta) sum(log1p(exp(ifelse(y[rows] == 1, -eta, eta))))
  choose <- function(train) alphas[which.min(sapply(alphas, function(alpha) sum(sapply(unique(fold[train]), function(k)
    loss(train & fold == k, eta(train & fold == k, train & fold != k, alpha))))))]
  everyone <- rep(TRUE, length(y))
  alpha <- choose(everyone)
  out <- numeric(length(y))
  for (k in 0:(folds - 1)) out[fold == k] <- eta(fold == k, fold != k, choose(fold != k))
  put(name, "ridge_alpha", alpha)
  coefficients <- ridge(x, y, alpha)
  for (j in seq_along(terms)) put(name, "ridge_coefficient", coefficients[j], terms[j])
  put(name, "ridge_auc", auc(roc(y, round(out, 8), direction = "<", levels = c(0, 1), quiet = TRUE)))
  put(name, "ridge_brier", mean((y - plogis(out))^2))
  put(name, "ridge_log_loss", loss(everyone, out) / length(y))
  put(name, "ridge_calibration_slope", coef(glm(y ~ out, family = binomial(), control = control))[2])
  put(name, "ridge_calibration_intercept", coef(glm(y ~ offset(out), family = binomial(), control = control)))
}

# `variable` for a number, `variable=level` for each level of a factor but its first; `labels` are the names to write for `covariates`.
term_names <- function(cases, covariates, labels = covariates) {
  levels_of <- lapply(cases[covariates], levels)
  c("(intercept)", unlist(Map(function(label, levels) if (is.null(levels)) label else paste0(label, "=", levels[-1]), labels, levels_of),
                          use.names = FALSE))
}

# `cases`: one row a person, with `outcome` (0 or 1), the covariates (a factor's first level is its reference) and perhaps `cluster`.
model_statistics <- function(name, cases, covariates, labels = covariates) {
  formula <- reformulate(covariates, "outcome")
  # Which columns are aliased is decided with glm's own tolerance; it would shrink with epsilon.
  kept <- !is.na(coef(glm(formula, binomial(), cases)))
  x <- model.matrix(formula, cases)[, kept, drop = FALSE]
  y <- cases$outcome
  fit <- glm(y ~ x - 1, family = binomial(), control = control)
  # glm's covariance has the weights of the step before the last, good to some 1e-8 only: start again from the maximum, twice.
  for (again in 1:2) fit <- glm(y ~ x - 1, family = binomial(), control = control, start = coef(fit))
  null <- glm(y ~ 1, family = binomial(), control = control)

  terms <- term_names(cases, covariates, labels)[kept]

  n <- length(y); k <- ncol(x); beta <- unname(coef(fit)); v <- vcov(fit); se <- unname(sqrt(diag(v)))
  z <- qnorm(1 - (1 - level) / 2)
  wald <- function(prefix, se, low, high, or_low, or_high) {
    for (j in seq_along(terms)) {
      put(name, paste0(prefix, "std_error"), se[j], terms[j])
      put(name, paste0(prefix, "statistic"), beta[j] / se[j], terms[j])
      put(name, paste0(prefix, "p_value"), 2 * pnorm(-abs(beta[j] / se[j])), terms[j])
      put(name, low, beta[j] - z * se[j], terms[j])
      put(name, high, beta[j] + z * se[j], terms[j])
      put(name, or_low, exp(beta[j] - z * se[j]), terms[j])
      put(name, or_high, exp(beta[j] + z * se[j]), terms[j])
    }
  }
  for (j in seq_along(terms)) {
    put(name, "estimate", beta[j], terms[j])
    put(name, "odds_ratio", exp(beta[j]), terms[j])
  }
  wald("", se, "conf_low", "conf_high", "odds_ratio_low", "odds_ratio_high")
  for (j in seq_along(terms)) {
    limits <- profile_limits(x, y, fit$deviance, beta[j], se[j], j)
    put(name, "profile_low", limits[1], terms[j]); put(name, "profile_high", limits[2], terms[j])
    put(name, "odds_ratio_profile_low", exp(limits[1]), terms[j])
    put(name, "odds_ratio_profile_high", exp(limits[2]), terms[j])
    chi2 <- suppressWarnings(glm.fit(x[, -j, drop = FALSE], y, family = binomial(), control = control))$deviance - fit$deviance
    put(name, "profile_chi2", chi2, terms[j]); put(name, "profile_p_value", pchisq(chi2, 1, lower.tail = FALSE), terms[j])
  }

  # Of one coefficient SPSS prints the square of its z, also where it is one of several levels.
  for (j in which(!terms %in% labels)) { put(name, "wald_chi2", (beta[j] / se[j])^2, terms[j]); put(name, "wald_df", 1, terms[j]) }

  # drop1(test = "LRT"), written out: each reduced model is fitted with the tighter control, on all remaining columns.
  tested <- c()
  for (covariate in covariates) {
    label <- labels[match(covariate, covariates)]
    others <- setdiff(covariates, covariate)
    reduced <- if (length(others)) reformulate(others, "outcome") else outcome ~ 1
    rank <- sum(!is.na(coef(glm(reduced, binomial(), cases))))
    columns <- model.matrix(reduced, cases)[, !is.na(coef(glm(reduced, binomial(), cases))), drop = FALSE]
    df <- k - rank
    own <- which(terms == label | startsWith(terms, paste0(label, "=")))
    if (length(own)) {
      wald_chi2 <- drop(beta[own] %*% solve(v[own, own], beta[own]))
      put(name, "wald_chi2", wald_chi2, label); put(name, "wald_df", length(own), label)
      put(name, "wald_p", pchisq(wald_chi2, length(own), lower.tail = FALSE), label)
    }
    if (df == 0) next
    chi2 <- glm.fit(columns, y, family = binomial(), control = control)$deviance - fit$deviance
    tested[covariate] <- chi2
    put(name, "lr_chi2", chi2, label); put(name, "lr_df", df, label)
    put(name, "lr_p", pchisq(chi2, df, lower.tail = FALSE), label)
  }
  if (all(kept)) {
    official <- drop1(glm(formula, binomial(), cases, control = control), test = "LRT")
    stopifnot(isTRUE(all.equal(official$LRT[-1], tested, tolerance = 1e-8, check.attributes = FALSE)))
  }
  omnibus <- null$deviance - fit$deviance
  put(name, "omnibus_chi2", omnibus); put(name, "omnibus_df", k - 1)
  put(name, "omnibus_p", pchisq(omnibus, k - 1, lower.tail = FALSE))

  ll <- as.numeric(logLik(fit)); ll0 <- as.numeric(logLik(null))
  put(name, "log_likelihood", ll); put(name, "null_log_likelihood", ll0)
  put(name, "deviance", deviance(fit)); put(name, "null_deviance", deviance(null))
  put(name, "df_residual", df.residual(fit)); put(name, "aic", AIC(fit)); put(name, "bic", BIC(fit))
  put(name, "n_obs", nobs(fit)); put(name, "n_events", sum(y)); put(name, "n_parameters", k)
  put(name, "events_per_parameter", min(sum(y), n - sum(y)) / (k - 1))
  put(name, "mcfadden", 1 - ll / ll0)
  cox_snell <- 1 - exp(2 * (ll0 - ll) / n)
  put(name, "cox_snell", cox_snell); put(name, "nagelkerke", cox_snell / (1 - exp(2 * ll0 / n)))
  p <- unname(fitted(fit)); eta <- unname(fit$linear.predictors)
  put(name, "tjur", mean(p[y == 1]) - mean(p[y == 0]))
  hl <- hosmer_lemeshow(y, eta)
  put(name, "hosmer_lemeshow", hl[1]); put(name, "hosmer_lemeshow_df", hl[2]); put(name, "hosmer_lemeshow_p", hl[3])
  curve <- roc(y, round(eta, 8), direction = "<", levels = c(0, 1), quiet = TRUE)
  interval <- ci.auc(curve, method = "delong", conf.level = level)
  put(name, "auc", auc(curve)); put(name, "auc_se", sqrt(var(curve, method = "delong")))
  put(name, "auc_low", interval[1]); put(name, "auc_high", interval[3])
  put(name, "brier", mean((y - p)^2))

  if (!is.null(cases$cluster)) {
    cr0 <- sqrt(diag(vcovCL(fit, cluster = cases$cluster, type = "HC0", cadjust = FALSE)))
    cr1 <- sqrt(diag(vcovCL(fit, cluster = cases$cluster, type = "HC0", cadjust = TRUE)))
    put(name, "n_clusters", length(unique(cases$cluster)))
    for (j in seq_along(terms)) put(name, "cr0_std_error", cr0[j], terms[j])
    wald("cr1_", unname(cr1), "cr1_conf_low", "cr1_conf_high", "odds_ratio_cr1_low", "odds_ratio_cr1_high")
  }
  depth_statistics(name, cases, covariates, labels)
}

# What R, SPSS and Stata compute differently of a logistic regression, under each program's name.
model_conventions <- function(name, cases, covariates) {
  fit <- suppressWarnings(glm(reformulate(covariates, "outcome"), binomial(), cases, control = control))
  y <- cases$outcome; eta <- unname(fit$linear.predictors)
  for (program in c("r", "spss", "stata")) {
    term <- paste0("(", program, ")")
    hl <- hosmer_lemeshow(y, eta, program = program)
    if (!(hl[2] > 0)) hl[] <- NA
    put(name, "hosmer_lemeshow", hl[1], term); put(name, "hosmer_lemeshow_df", hl[2], term); put(name, "hosmer_lemeshow_p", hl[3], term)
    positive <- if (program == "spss") eta > 1e-8 else eta >= -1e-8
    put(name, "sensitivity", mean(positive[y == 1]), term); put(name, "specificity", mean(!positive[y == 0]), term)
    put(name, "correctly_classified", mean(positive == y), term)
  }
  apart(name, c("hosmer_lemeshow", "hosmer_lemeshow_df", "hosmer_lemeshow_p", "sensitivity", "specificity", "correctly_classified"))
}

# The same for prediction. Ridge takes aliased columns as well.
prediction_statistics <- function(name, cases, covariates, labels = covariates, folds = 5) {
  full <- model.matrix(reformulate(covariates, "outcome"), cases)
  predicted(name, unname(full[, -1, drop = FALSE]), term_names(cases, covariates, labels), cases$outcome,
            do.call(order, unname(cases[covariates])), cases$cluster, folds)
}
