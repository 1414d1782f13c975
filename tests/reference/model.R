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

  terms <- colnames(x)
  for (covariate in names(data)[factors]) terms <- sub(paste0("^", covariate, "(?=[^ ]+$)"), paste0(covariate, "="), terms, perl = TRUE)
  terms[terms == "(Intercept)"] <- "(intercept)"

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

expected <- do.call(rbind, expected)
versions <- sapply(c("MASS", "sandwich", "pROC"), function(package) paste(package, packageVersion(package)))
file <- file("model_expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", ", paste(versions, collapse = ", ")), file)
writeLines("dataset,statistic,term,value", file)
writeLines(sprintf("%s,%s,%s,%.17g", expected$dataset, expected$statistic, expected$term, expected$value), file)
close(file)
