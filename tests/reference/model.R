# Reference values for the logistic regression, from R. Run in this folder: Rscript model.R
# Writes model_data_<name>.csv (what is fitted) and model_expected.csv (what R says about it).
# Data: outcome, frequency, cluster (may be absent), covariates; `[factor]` after a name marks a factor whose reference is
# its first code. R is given one row a case, so that its n is ours.

suppressMessages({ library(MASS); library(sandwich); library(pROC) })
options(digits = 17)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

control <- list(epsilon = 1e-14, maxit = 100)
level <- 0.95
expected <- list()
put <- function(dataset, statistic, value, term = "") {
  expected[[length(expected) + 1]] <<- data.frame(dataset, statistic, term, value = as.numeric(value))
}

# Hosmer-Lemeshow as ResourceSelection::hoslem.test groups: cut() at type-7 quantiles, equal ones taken once. Linear predictors are
# rounded first, so that equal fitted values are equal. df = groups - 2.
hosmer_lemeshow <- function(y, eta, groups = 10) {
  score <- round(eta, 8)
  breaks <- unique(quantile(score, probs = (0:groups) / groups, type = 7))
  group <- cut(score, breaks = breaks, include.lowest = TRUE)
  p <- plogis(eta)
  o1 <- tapply(y, group, sum); e1 <- tapply(p, group, sum)
  o0 <- tapply(1 - y, group, sum); e0 <- tapply(1 - p, group, sum)
  filled <- !is.na(o1)
  chi2 <- sum(((o1 - e1)^2 / e1 + (o0 - e0)^2 / e0)[filled])
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

named <- function(terms, factors) {
  for (covariate in factors) terms <- sub(paste0("^", covariate, "(?=[^ ]+$)"), paste0(covariate, "="), terms, perl = TRUE)
  ifelse(terms == "(Intercept)", "(intercept)", terms)
}

reference <- function(name, data, covariates) {
  factors <- names(data) %in% covariates & !sapply(data, is.numeric)
  written <- data
  names(written)[factors] <- paste0(names(data)[factors], "[factor]")
  write.csv(format(written, digits = 15, trim = TRUE), paste0("model_data_", name, ".csv"), row.names = FALSE, quote = FALSE)

  cases <- data[rep(seq_len(nrow(data)), data$frequency), ]
  for (covariate in names(data)[factors]) cases[[covariate]] <- factor(cases[[covariate]])
  formula <- reformulate(covariates, "outcome")
  # Which columns are aliased is decided with glm's own tolerance; it would shrink with epsilon.
  kept <- !is.na(coef(glm(formula, binomial(), cases)))
  x <- model.matrix(formula, cases)[, kept, drop = FALSE]
  y <- cases$outcome
  fit <- glm(y ~ x - 1, family = binomial(), control = control)
  # glm's covariance has the weights of the step before the last, good to some 1e-8 only: start again from the maximum, twice.
  for (again in 1:2) fit <- glm(y ~ x - 1, family = binomial(), control = control, start = coef(fit))
  null <- glm(y ~ 1, family = binomial(), control = control)

  terms <- named(colnames(x), names(data)[factors])

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
  }

  # drop1(test = "LRT"), written out: each reduced model is fitted with the tighter control, on all remaining columns.
  for (covariate in covariates) {
    others <- setdiff(covariates, covariate)
    reduced <- if (length(others)) reformulate(others, "outcome") else outcome ~ 1
    rank <- sum(!is.na(coef(glm(reduced, binomial(), cases))))
    columns <- model.matrix(reduced, cases)[, !is.na(coef(glm(reduced, binomial(), cases))), drop = FALSE]
    df <- k - rank
    own <- which(terms == covariate | startsWith(terms, paste0(covariate, "=")))
    if (length(own)) {
      wald_chi2 <- drop(beta[own] %*% solve(v[own, own], beta[own]))
      put(name, "wald_chi2", wald_chi2, covariate); put(name, "wald_df", length(own), covariate)
      put(name, "wald_p", pchisq(wald_chi2, length(own), lower.tail = FALSE), covariate)
    }
    if (df == 0) next
    chi2 <- glm.fit(columns, y, family = binomial(), control = control)$deviance - fit$deviance
    put(name, "lr_chi2", chi2, covariate); put(name, "lr_df", df, covariate)
    put(name, "lr_p", pchisq(chi2, df, lower.tail = FALSE), covariate)
  }
  if (all(kept)) {
    official <- drop1(glm(formula, binomial(), cases, control = control), test = "LRT")
    stopifnot(isTRUE(all.equal(official$LRT[-1], sapply(covariates, function(covariate)
      Filter(function(row) row$dataset == name && row$statistic == "lr_chi2" && row$term == covariate, expected)[[1]]$value),
      tolerance = 1e-8, check.attributes = FALSE)))
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

  if (!is.null(data$cluster)) {
    cr0 <- sqrt(diag(vcovCL(fit, cluster = cases$cluster, type = "HC0", cadjust = FALSE)))
    cr1 <- sqrt(diag(vcovCL(fit, cluster = cases$cluster, type = "HC0", cadjust = TRUE)))
    put(name, "n_clusters", length(unique(cases$cluster)))
    for (j in seq_along(terms)) put(name, "cr0_std_error", cr0[j], terms[j])
    wald("cr1_", unname(cr1), "cr1_conf_low", "cr1_conf_high", "odds_ratio_cr1_low", "odds_ratio_cr1_high")
  }

  # Ridge takes aliased columns as well. The two largest sets are left out: they would only take time.
  if (name %in% c("strong", "patterns")) return(invisible())
  full <- model.matrix(formula, cases)
  predicted(name, unname(full[, -1, drop = FALSE]), named(colnames(full), names(data)[factors]), y,
            do.call(order, unname(cases[covariates])), cases$cluster)
}

data(birthwt)
reference("birthwt", with(birthwt, data.frame(outcome = low, frequency = 1, age, lwt, race = as.character(race), smoke, ptl, ht, ui)),
          c("age", "lwt", "race", "smoke", "ptl", "ht", "ui"))

reference("mtcars", with(mtcars, data.frame(outcome = am, frequency = 1, wt)), "wt")

# The shape of the evaluation that the program is for: 26 services with some 15 users each, some of them alike.
set.seed(26)
service <- rep(1:26, each = 15)
users <- data.frame(outcome = 0, frequency = 1, cluster = service, age = round(rnorm(390, 37, 9)),
                    housing = sample(c("1", "2", "3"), 390, TRUE, c(.5, .3, .2)), drop_in = rep(rbinom(26, 1, .5), each = 15))
risk <- -.5 + .03 * (users$age - 37) + c("1" = 0, "2" = .4, "3" = -.7)[users$housing] + .5 * users$drop_in + rnorm(26, 0, .5)[service]
users$outcome <- rbinom(390, 1, plogis(risk))
reference("services", users, c("age", "housing", "drop_in"))

# Codes only: many cases, few patterns, tied fitted values.
set.seed(7)
codes <- data.frame(outcome = 0, frequency = 1, cluster = sample(1:45, 1203, TRUE), mental = sample(c("1", "2", "3", "4"), 1203, TRUE),
                    sex = sample(c("f", "m"), 1203, TRUE), injects = sample(c("0", "1"), 1203, TRUE, c(.7, .3)))
codes$outcome <- rbinom(1203, 1, plogis(-1.2 + .5 * (codes$mental == "3") + .9 * (codes$mental == "4") - .3 * (codes$sex == "m")))
tallied <- aggregate(frequency ~ outcome + cluster + mental + sex + injects, codes, sum)
reference("patterns", tallied, c("mental", "sex", "injects"))

# The third covariate repeats the first two; the factor's last level is the numeric before it.
set.seed(11)
aliased <- data.frame(outcome = 0, frequency = 1, x = round(rnorm(150), 3), z = round(rnorm(150), 3))
aliased$sum <- round(aliased$x + 2 * aliased$z - 1, 3)
region <- sample(c("a", "b", "c"), 150, TRUE)
aliased$in_c <- as.numeric(region == "c")
aliased$region <- region
aliased$outcome <- rbinom(150, 1, plogis(.6 * aliased$x - .4 * aliased$z + .8 * aliased$in_c))
reference("aliased", aliased, c("x", "z", "sum", "in_c", "region"))

# Kroner beside a share: scales eight orders of magnitude apart, far from zero.
set.seed(5)
scale <- data.frame(outcome = 0, frequency = 1, kroner = round(1e6 + 2e5 * rnorm(240)), share = round(runif(240) / 100, 6))
scale$outcome <- rbinom(240, 1, plogis(4e-6 * (scale$kroner - 1e6) + 80 * (scale$share - .005)))
reference("scale", scale, c("kroner", "share"))

# Tail probabilities down to some 1e-40.
set.seed(30)
strong <- data.frame(outcome = 0, frequency = 1, x = round(rnorm(1507), 2), z = sample(c("1", "2", "3"), 1507, TRUE))
strong$outcome <- rbinom(1507, 1, plogis(1.4 * strong$x + 1.6 * (strong$z == "3")))
reference("strong", strong, c("x", "z"))

# Nobody who is in prison has got a plan: the coefficient of prison has no finite estimate. All others, and the deviance, are in the
# limit those of the model for the rest (Geyer 2009), where the deviance of the separated cases is zero.
set.seed(3)
separated <- data.frame(outcome = 0, frequency = 1, age = round(rnorm(120, 37, 9)), prison = rbinom(120, 1, .12), sex = rbinom(120, 1, .4))
separated$outcome <- rbinom(120, 1, plogis(.4 + .05 * (separated$age - 37) - .3 * separated$sex)) * (1 - separated$prison)
write.csv(separated, "model_data_separated.csv", row.names = FALSE, quote = FALSE)
free <- subset(separated, prison == 0)
tight <- function(formula, data) {
  fit <- glm(formula, binomial(), data, control = control)
  for (again in 1:2) fit <- glm(formula, binomial(), data, control = control, start = coef(fit))
  fit
}
limit <- tight(outcome ~ age + sex, free)
for (term in names(coef(limit))) {
  shown <- ifelse(term == "(Intercept)", "(intercept)", term)
  put("separated", "estimate", coef(limit)[term], shown)
  put("separated", "std_error", sqrt(vcov(limit)[term, term]), shown)
}
x <- model.matrix(~ age + sex, free)
for (term in c("age", "sex")) {
  j <- match(term, colnames(x))
  limits <- profile_limits(x, free$outcome, deviance(limit), coef(limit)[j], sqrt(vcov(limit)[j, j]), j)
  put("separated", "profile_low", limits[1], term); put("separated", "profile_high", limits[2], term)
}
put("separated", "deviance", deviance(limit))
put("separated", "null_deviance", deviance(tight(outcome ~ 1, separated)))
put("separated", "lr_chi2", deviance(tight(outcome ~ age + sex, separated)) - deviance(limit), "prison")
put("separated", "lr_chi2", deviance(tight(outcome ~ sex, free)) - deviance(limit), "age")
put("separated", "lr_chi2", deviance(tight(outcome ~ age, free)) - deviance(limit), "sex")
profiled <- function(b) suppressWarnings(glm.fit(model.matrix(~ age + sex, separated), separated$outcome, offset = b * separated$prison,
  family = binomial(), control = control)$deviance) - deviance(limit) - qchisq(level, 1)
put("separated", "profile_high", uniroot(profiled, c(-8, 4), tol = 1e-13)$root, "prison")

expected <- do.call(rbind, expected)
versions <- sapply(c("MASS", "sandwich", "pROC"), function(package) paste(package, packageVersion(package)))
file <- file("model_expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", ", paste(versions, collapse = ", ")), file)
writeLines("dataset,statistic,term,value", file)
writeLines(sprintf("%s,%s,%s,%.17g", expected$dataset, expected$statistic, expected$term, expected$value), file)
close(file)
