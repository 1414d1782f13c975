# Reference values for the deeper half of the logistic regression, from R. Run in this folder: Rscript depth.R
# Writes depth_data_<name>.csv (what is fitted) and depth_expected.csv (what R says about it); README.md names the data's sources.
# Columns of the data as in model.R: outcome, frequency, cluster (may be absent), covariates; `[factor]` marks a factor whose
# reference is its first code. One row a case.
# Definitions are written out here, from the papers; where a package has the same quantity, it has to agree (stopifnot).

suppressMessages({ library(MASS); library(brglm2); library(clubSandwich); library(car); library(emmeans); library(pROC) })
options(digits = 17)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

control <- list(epsilon = 1e-14, maxit = 100)
level <- 0.95
cut <- qchisq(level, 1)
expected <- list()
put <- function(dataset, statistic, value, term = "") {
  expected[[length(expected) + 1]] <<- data.frame(dataset, statistic, term, value = as.numeric(value))
}
agree <- function(a, b, tolerance, what) {
  off <- max(abs(a - b) / pmax(abs(b), 1e-3))
  if (!(off <= tolerance)) stop(what, ": off by ", off)
}
tight <- function(x, y, start = NULL, offset = NULL) {
  fit <- suppressWarnings(glm.fit(x, y, family = binomial(), control = control, start = start, offset = offset))
  # glm's weights are those of the step before the last: start again from the maximum, twice.
  for (again in 1:2) fit <- suppressWarnings(glm.fit(x, y, family = binomial(), control = control, start = fit$coefficients, offset = offset))
  fit
}
terms_of <- function(columns, factors) {
  for (f in factors) columns <- sub(paste0("^", f, "(?=.)"), paste0(f, "="), columns, perl = TRUE)
  ifelse(columns == "(Intercept)", "(intercept)", columns)
}

# Firth's penalised likelihood: Fisher scoring on the modified score, the penalty being that of the whole design; coordinates in
# `fixed` stay as they start. Converges linearly, so it goes on until nothing moves.
penalised <- function(x, y, start = rep(0, ncol(x)), fixed = integer()) {
  b <- start
  free <- setdiff(seq_len(ncol(x)), fixed)
  value <- function(b) {
    p <- plogis(drop(x %*% b))
    sum(dbinom(y, 1, p, log = TRUE)) + as.numeric(determinant(crossprod(x * sqrt(p * (1 - p))))$modulus) / 2
  }
  for (step in 1:500) {
    if (!length(free)) break
    p <- plogis(drop(x %*% b)); w <- p * (1 - p)
    h <- hat_of(x, w)
    score <- drop(crossprod(x, y - p + h * (.5 - p)))
    move <- drop(solve(crossprod(x[, free, drop = FALSE] * sqrt(w)), score[free]))
    size <- 1
    while (size > 1e-6) { new <- b; new[free] <- b[free] + size * move; if (value(new) >= value(b) - 1e-12 * abs(value(b))) break; size <- size / 2 }
    done <- max(abs(new - b) / (1 + abs(b))) < 1e-14
    b <- new
    if (done) break
  }
  list(b = b, value = value(b))
}
hat_of <- function(x, w) { q <- qr.Q(qr(x * sqrt(w))); rowSums(q^2) }

firth <- function(name, x, y, terms, covariate_of) {
  official <- suppressWarnings(glm(y ~ x - 1, family = binomial(), method = "brglmFit", type = "AS_mean",
                                   control = list(epsilon = 1e-12, maxit = 1000)))
  fit <- penalised(x, y)
  agree(fit$b, unname(coef(official)), 1e-7, "Firth's estimates")
  w <- plogis(drop(x %*% fit$b)) * (1 - plogis(drop(x %*% fit$b)))
  se <- sqrt(diag(solve(crossprod(x * sqrt(w)))))
  agree(se, unname(sqrt(diag(vcov(official)))), 1e-6, "Firth's errors")
  for (j in seq_along(terms)) {
    # What the column adds to the others: the profile is the same, its root well determined; the constant of |I| is another.
    others <- x[, -j, drop = FALSE]
    column <- qr.resid(qr(others), x[, j])
    z <- cbind(others, column)
    k <- ncol(z)
    start <- c(qr.coef(qr(others), drop(x %*% fit$b) - column * fit$b[j]), fit$b[j])
    constant <- penalised(z, y, start)$value
    excess <- function(b) { at <- start; at[k] <- b; 2 * (constant - penalised(z, y, at, k)$value) }
    root <- function(side) {
      far <- fit$b[j] + side * 2 * se[j]
      while (excess(far) < cut) far <- far + side * se[j]
      uniroot(function(b) excess(b) - cut, sort(c(fit$b[j], far)), tol = 1e-12 * max(abs(far), se[j]), maxiter = 1000)$root
    }
    low <- root(-1); high <- root(1); chi2 <- excess(0)
    put(name, "firth_estimate", fit$b[j], terms[j]); put(name, "firth_std_error", se[j], terms[j])
    put(name, "firth_odds_ratio", exp(fit$b[j]), terms[j])
    put(name, "firth_profile_low", low, terms[j]); put(name, "firth_profile_high", high, terms[j])
    put(name, "firth_odds_ratio_low", exp(low), terms[j]); put(name, "firth_odds_ratio_high", exp(high), terms[j])
    put(name, "firth_chi2", chi2, terms[j]); put(name, "firth_p_value", pchisq(chi2, 1, lower.tail = FALSE), terms[j])
  }
  for (covariate in unique(covariate_of[-1])) {
    own <- which(covariate_of == covariate)
    null <- penalised(x, y, replace(fit$b, own, 0), own)
    chi2 <- 2 * (fit$value - null$value)
    put(name, "firth_lr_chi2", chi2, covariate); put(name, "firth_lr_df", length(own), covariate)
    put(name, "firth_lr_p", pchisq(chi2, length(own), lower.tail = FALSE), covariate)
  }
}

t_rows <- function(name, prefix, estimate, se, df, term, odds = paste0("odds_ratio_", prefix)) {
  q <- qt(1 - (1 - level) / 2, df)
  put(name, paste0(prefix, "_std_error"), se, term); put(name, paste0(prefix, "_statistic"), estimate / se, term)
  put(name, paste0(prefix, "_p_value"), 2 * pt(-abs(estimate / se), df), term)
  put(name, paste0(prefix, "_conf_low"), estimate - q * se, term); put(name, paste0(prefix, "_conf_high"), estimate + q * se, term)
  if (is.finite(exp(estimate + q * se)) && !is.null(odds)) {
    put(name, paste0(odds, "_low"), exp(estimate - q * se), term); put(name, paste0(odds, "_high"), exp(estimate + q * se), term)
  }
}

# clubSandwich takes a glm; its default working model for glm is the model's variance.
clusters <- function(model) {
  name <- model$name; cluster <- factor(model$cluster)
  fit <- suppressWarnings(glm(model$y ~ model$x - 1, family = binomial(), control = control, start = model$fit$coefficients))
  fit <- suppressWarnings(glm(model$y ~ model$x - 1, family = binomial(), control = control, start = coef(fit)))
  beta <- unname(coef(fit)); model_se <- unname(sqrt(diag(vcov(fit))))
  cr1s <- sqrt(diag(vcovCR(fit, cluster, "CR1S")))
  cr2 <- vcovCR(fit, cluster, "CR2")
  tests <- coef_test(fit, cr2, test = "Satterthwaite")
  for (j in seq_along(model$terms)) {
    term <- model$terms[j]
    put(name, "cr1s_std_error", cr1s[j], term)
    put(name, "cr2_df", tests$df[j], term); put(name, "cr2_variance_ratio", tests$SE[j]^2 / model_se[j]^2, term)
    t_rows(name, "cr2", beta[j], tests$SE[j], tests$df[j], term)
  }
  sizes <- table(cluster); n <- length(model$y); G <- length(sizes)
  put(name, "cluster_size_mean", mean(sizes)); put(name, "cluster_size_cv", sqrt(mean((sizes - mean(sizes))^2)) / mean(sizes))
  table <- anova(lm(model$y ~ cluster))
  msb <- table[1, "Mean Sq"]; msw <- table[2, "Mean Sq"]; usual <- (n - sum(sizes^2) / n) / (G - 1)
  icc <- (msb - msw) / (msb + (usual - 1) * msw)
  cv <- sqrt(mean((sizes - mean(sizes))^2)) / mean(sizes)
  effect <- 1 + ((1 + cv^2) * mean(sizes) - 1) * max(icc, 0)
  put(name, "icc", icc); put(name, "design_effect", effect); put(name, "effective_n", n / effect)
}

without <- function(model) {
  name <- model$name; G <- length(unique(model$cluster)); beta <- unname(model$fit$coefficients)
  score <- numeric(length(model$y))
  each <- t(sapply(sort(unique(model$cluster)), function(g) {
    out <- model$cluster == g
    b <- unname(tight(model$x[!out, , drop = FALSE], model$y[!out])$coefficients)
    score[out] <<- drop(model$x[out, , drop = FALSE] %*% b)
    b
  }))
  for (j in seq_along(model$terms)) {
    t_rows(name, "cv3", beta[j], sqrt((G - 1) / G * sum((each[, j] - beta[j])^2)), G - 1, model$terms[j])
    put(name, "loco_low", min(each[, j]), model$terms[j]); put(name, "loco_high", max(each[, j]), model$terms[j])
  }
  put(name, "loco_auc", auc(roc(model$y, round(score, 8), direction = "<", levels = c(0, 1), quiet = TRUE)))
  put(name, "loco_brier", mean((model$y - plogis(score))^2))
  put(name, "loco_calibration_slope", tight(cbind(1, score), model$y)$coefficients[2])
  put(name, "loco_calibration_intercept", tight(matrix(1, length(score)), model$y, offset = score)$coefficients)
}

# Average marginal effects and mean predictions, from data frames in which everyone has the level.
effects <- function(model) {
  name <- model$name; data <- model$data; beta <- unname(model$fit$coefficients)
  formula <- reformulate(model$covariates, "outcome")
  fit <- suppressWarnings(glm(formula, binomial(), data, control = control, start = beta))
  fit <- suppressWarnings(glm(formula, binomial(), data, control = control, start = coef(fit)))
  design <- function(data) unname(model.matrix(formula, data))
  q <- qnorm(1 - (1 - level) / 2)
  matrices <- list(vcov(fit))
  clustered <- !is.null(model$cluster)
  if (clustered) {
    G <- length(unique(model$cluster))
    matrices <- c(matrices, list(vcovCR(fit, model$cluster, "CR0") * G / (G - 1), vcovCR(fit, model$cluster, "CR2")))
    # CR1 of clubSandwich is G/(G - 1) as well.
    agree(matrices[[2]], vcovCR(fit, model$cluster, "CR1"), 1e-12, "CR1")
  }
  satterthwaite <- function(g) {
    row <- linear_contrast(fit, matrices[[3]], contrasts = matrix(g, 1), test = "Satterthwaite")
    agree(row$SE, sqrt(drop(g %*% matrices[[3]] %*% g)), 1e-9, "error of a contrast")
    row$df
  }
  effect <- function(value, g, term) {
    put(name, "ame", value, term)
    for (k in seq_along(matrices)) {
      prefix <- paste0("ame_", c("", "cr1_", "cr2_")[k])
      se <- sqrt(drop(g %*% unclass(matrices[[k]]) %*% g))
      df <- if (k == 3) satterthwaite(g) else Inf
      if (k == 3) put(name, "ame_cr2_df", df, term)
      t <- qt(1 - (1 - level) / 2, df)
      put(name, paste0(prefix, "std_error"), se, term); put(name, paste0(prefix, "statistic"), value / se, term)
      put(name, paste0(prefix, "p_value"), 2 * pt(-abs(value / se), df), term)
      put(name, paste0(prefix, "conf_low"), value - t * se, term); put(name, paste0(prefix, "conf_high"), value + t * se, term)
    }
  }
  predicted <- function(p, g, term) {
    put(name, "predicted", p, term)
    for (k in seq_along(matrices)) {
      prefix <- paste0("predicted_", c("", "cr1_", "cr2_")[k])
      se <- sqrt(drop(g %*% unclass(matrices[[k]]) %*% g))
      t <- qt(1 - (1 - level) / 2, if (k == 3) satterthwaite(g) else Inf)
      put(name, paste0(prefix, "std_error"), se, term)
      put(name, paste0(prefix, "low"), plogis(qlogis(p) - t * se / (p * (1 - p))), term)
      put(name, paste0(prefix, "high"), plogis(qlogis(p) + t * se / (p * (1 - p))), term)
    }
  }
  for (covariate in model$covariates) {
    if (covariate %in% model$factors) {
      levels <- levels(data[[covariate]])
      at <- lapply(levels, function(l) { set <- data; set[[covariate]] <- factor(l, levels); design(set) })
      mean_at <- sapply(at, function(x) mean(plogis(drop(x %*% beta))))
      slope_at <- lapply(at, function(x) colMeans(dlogis(drop(x %*% beta)) * x))
      grid <- suppressMessages(summary(emmeans(fit, covariate, counterfactuals = covariate, regrid = "response", data = data)))
      agree(grid[[2]], mean_at, 1e-9, "emmeans' means")
      agree(grid$SE, sapply(slope_at, function(g) sqrt(drop(g %*% matrices[[1]] %*% g))), 1e-6, "emmeans' errors")
      for (l in seq_along(levels)) {
        term <- paste0(covariate, "=", levels[l])
        predicted(mean_at[l], slope_at[[l]], term)
        if (l > 1) effect(mean_at[l] - mean_at[1], slope_at[[l]] - slope_at[[1]], term)
      }
    } else {
      j <- match(covariate, model$terms); x <- model$x; p <- plogis(drop(x %*% beta))
      g <- beta[j] * colMeans(p * (1 - p) * (1 - 2 * p) * x)
      g[j] <- g[j] + mean(p * (1 - p))
      effect(beta[j] * mean(p * (1 - p)), g, covariate)
    }
  }
}

diagnostics <- function(model) {
  name <- model$name; data <- model$data
  formula <- reformulate(model$covariates, "outcome")
  fit <- suppressWarnings(glm(formula, binomial(), data, control = control, start = unname(model$fit$coefficients)))
  fit <- suppressWarnings(glm(formula, binomial(), data, control = control, start = coef(fit)))
  vif <- vif(fit)
  if (!is.matrix(vif)) vif <- cbind(vif, 1, sqrt(vif))
  for (covariate in model$covariates) {
    put(name, "gvif", vif[covariate, 1], covariate); put(name, "gvif_df", vif[covariate, 2], covariate)
    put(name, "gvif_scaled", vif[covariate, 3], covariate)
    if (covariate %in% model$factors) next
    data$square <- (data[[covariate]] - mean(data[[covariate]]))^2
    if (length(unique(data[[covariate]])) < 3) next
    bent <- suppressWarnings(glm(update(formula, . ~ . + square), binomial(), data, control = control))
    chi2 <- deviance(fit) - deviance(bent)
    agree(anova(fit, bent, test = "LRT")[2, "Deviance"], chi2, 1e-9, "anova")
    put(name, "linearity_chi2", chi2, covariate); put(name, "linearity_df", 1, covariate)
    put(name, "linearity_p", pchisq(chi2, 1, lower.tail = FALSE), covariate)
  }
  # One row a covariate pattern.
  grouped <- aggregate(cbind(events = outcome, cases = 1) ~ ., data[c("outcome", model$covariates)], sum)
  of <- suppressWarnings(glm(reformulate(model$covariates, "cbind(events, cases - events)"), binomial(), grouped, control = control, start = coef(fit)))
  put(name, "n_patterns", nrow(grouped))
  put(name, "n_high_leverage", sum(hatvalues(of) > 2 * length(coef(of)) / nrow(grouped)))
  put(name, "n_high_cooks_distance", sum(cooks.distance(of) > 1))
  positive <- fitted(fit) >= .5 - 1e-10; y <- model$y
  put(name, "classification_cut", .5); put(name, "sensitivity", mean(positive[y == 1])); put(name, "specificity", mean(!positive[y == 0]))
  put(name, "correctly_classified", mean(positive == y))
  chi2 <- fit$null.deviance - deviance(fit); df <- length(coef(fit)) - 1
  put(name, "shrinkage", (chi2 - df) / chi2)
}

reference <- function(name, data, covariates, parts) {
  factors <- covariates[!sapply(data[covariates], is.numeric)]
  data <- data[c("outcome", "frequency", intersect("cluster", names(data)), covariates)]
  written <- data
  names(written)[names(data) %in% factors] <- paste0(names(data)[names(data) %in% factors], "[factor]")
  write.csv(format(written, digits = 15, trim = TRUE), paste0("depth_data_", name, ".csv"), row.names = FALSE, quote = FALSE)
  for (covariate in factors) data[[covariate]] <- factor(data[[covariate]])
  x <- model.matrix(reformulate(covariates, "outcome"), data)
  covariate_of <- c("", covariates)[attr(x, "assign") + 1]
  terms <- terms_of(colnames(x), factors)
  x <- unname(x); attributes(x) <- attributes(x)["dim"]
  model <- list(name = name, data = data, x = x, y = data$outcome, terms = terms, covariates = covariates, factors = factors,
                covariate_of = covariate_of, cluster = data$cluster)
  if ("firth" %in% parts) firth(name, x, data$outcome, terms, covariate_of)
  if (any(parts != "firth")) model$fit <- tight(x, data$outcome)
  for (part in setdiff(parts, "firth")) get(part)(model)
}

data(endometrial, package = "brglm2")
data(birthwt, package = "MASS")
data(ohio, package = "geepack")
data(respiratory, package = "geepack")
data(toenail, package = "HSAUR3")
data(uis, package = "quantreg")

reference("endometrial", with(endometrial, data.frame(outcome = HG, frequency = 1, NV, PI, EH)), c("NV", "PI", "EH"), "firth")
published <- function(term) Filter(function(row) row$dataset == "endometrial" && row$statistic == "firth_estimate" && row$term == term, expected)[[1]]$value
stopifnot(round(published("NV"), 5) == 2.92927, round(published("EH"), 5) == -2.60416)

reference("birthwt", with(birthwt, data.frame(outcome = low, frequency = 1, age, lwt, race = as.character(race), smoke, ptl, ht, ui)),
          c("age", "lwt", "race", "smoke", "ptl", "ht", "ui"), c("firth", "effects", "diagnostics"))

# Three events in two hundred: few, and one level of the factor has none.
set.seed(9)
rare <- data.frame(outcome = 0, frequency = 1, age = round(rnorm(220, 37, 9)), district = sample(c("1", "2", "3", "4"), 220, TRUE))
rare$outcome <- rbinom(220, 1, plogis(-3.4 + .04 * (rare$age - 37) + .8 * (rare$district == "2"))) * (rare$district != "4")
reference("rare", rare, c("age", "district"), "firth")

# Whether a client of a residential drug treatment stayed free of drugs for a year.
uis$outcome <- as.numeric(uis$TIME > 365)
reference("uis", with(uis, data.frame(outcome, frequency = 1, age = AGE, beck = BECK, iv = as.character(IV), ndt = NDT, race = RACE, treat = TREAT, site = SITE)),
          c("age", "beck", "iv", "ndt", "race", "treat", "site"), c("firth", "effects", "diagnostics"))

both <- c("clusters", "without", "effects", "diagnostics")
reference("ohio", with(ohio, data.frame(outcome = resp, frequency = 1, cluster = id, age, smoke)), c("age", "smoke"), both)
reference("respiratory", with(respiratory, data.frame(outcome, frequency = 1, cluster = as.integer(interaction(center, id)), treat = as.character(treat),
          sex = as.character(sex), age, baseline, centre = center, visit)), c("treat", "sex", "age", "baseline", "centre", "visit"), both)
reference("toenail", with(toenail, data.frame(outcome = as.numeric(outcome != "none or mild"), frequency = 1, cluster = as.integer(patientID),
          treatment = as.character(treatment), time = round(time, 4))), c("treatment", "time"), both)

# Services of very different sizes, with something in common among the users of each; drop_in is the service's.
services <- function(seed, sizes) {
  set.seed(seed)
  service <- rep(seq_along(sizes), sizes); n <- length(service)
  users <- data.frame(outcome = 0, frequency = 1, cluster = service, age = round(rnorm(n, 37, 9)),
                      housing = sample(c("1", "2", "3"), n, TRUE, c(.5, .3, .2)), drop_in = rep(rep(0:1, length.out = length(sizes)), sizes))
  risk <- -.5 + .03 * (users$age - 37) + c("1" = 0, "2" = .4, "3" = -.7)[users$housing] + .5 * users$drop_in + rnorm(length(sizes), 0, .5)[service]
  users$outcome <- rbinom(n, 1, plogis(risk))
  users
}
reference("five", services(5, c(90, 40, 30, 15, 12)), c("age", "housing", "drop_in"), both)
reference("twentysix", services(26, c(80, 60, 45, 30, 25, 20, 18, 15, 15, 14, 12, 12, 10, 10, 9, 8, 8, 7, 6, 6, 5, 4, 4, 3, 2, 1)), c("age", "housing", "drop_in"), both)
reference("twohundred", services(200, c(60, 40, rep(1:9, 22))), c("age", "housing", "drop_in"), both)

# A single service with the third kind of housing: it alone determines that coefficient, and its I - H is singular.
alone <- services(41, c(30, 25, 20, 18, 15, 12, 10, 8))
alone$housing <- ifelse(alone$cluster == 4 & alone$age > 35, "3", ifelse(alone$housing == "3", "1", alone$housing))
reference("alone", alone, c("age", "housing"), "clusters")

# Two far-off cases that go against the rest.
set.seed(17)
outlying <- data.frame(outcome = 0, frequency = 1, x = c(round(rnorm(45), 2), 5, -4.5), z = rbinom(47, 1, .5))
outlying$outcome <- c(rbinom(45, 1, plogis(1.5 * outlying$x[1:45])), 0, 1)
reference("outlying", outlying, c("x", "z"), c("diagnostics", "effects"))
stopifnot(Filter(function(row) row$dataset == "outlying" && row$statistic == "n_high_cooks_distance", expected)[[1]]$value > 0)

expected <- do.call(rbind, expected)
versions <- sapply(c("brglm2", "clubSandwich", "car", "emmeans", "pROC", "MASS", "geepack", "HSAUR3", "quantreg"), function(package) paste(package, packageVersion(package)))
file <- file("depth_expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", ", paste(versions, collapse = ", ")), file)
writeLines("dataset,statistic,term,value", file)
writeLines(sprintf("%s,%s,%s,%.17g", expected$dataset, expected$statistic, expected$term, expected$value), file)
close(file)
