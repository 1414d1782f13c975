# The deeper statistics of a logistic regression: Firth's likelihood, clusters, effects and diagnostics. Sourced by model_statistics.R, to
# whose scripts' `put` it answers; NA says that the statistic does not exist on these data.
# Definitions are written out, from the papers; where a package has the same quantity, it has to agree (stop).
suppressMessages({ library(brglm2); library(clubSandwich); library(car); library(emmeans) })

excess_at_limit <- qchisq(level, 1)
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
refined <- function(formula, data) {
  fit <- suppressWarnings(glm(formula, binomial(), data, control = control))
  if (anyNA(coef(fit))) return(fit)
  for (again in 1:2) fit <- suppressWarnings(glm(formula, binomial(), data, control = control, start = coef(fit)))
  fit
}
label_of <- function(model, covariate) model$labels[match(covariate, model$covariates)]

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

firth <- function(model) {
  name <- model$name; x <- model$x; y <- model$y; terms <- model$terms; covariate_of <- model$covariate_of
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
      while (excess(far) < excess_at_limit) far <- far + side * se[j]
      uniroot(function(b) excess(b) - excess_at_limit, sort(c(fit$b[j], far)), tol = 1e-12 * max(abs(far), se[j]), maxiter = 1000)$root
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
  high <- exp(estimate + q * se)
  put(name, paste0(odds, "_low"), exp(estimate - q * se), term); put(name, paste0(odds, "_high"), if (is.finite(high)) high else NA, term)
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
    shown <- colSums(model$x[out, , drop = FALSE] != 0) > 0
    score[out] <<- drop(model$x[out, shown, drop = FALSE] %*% b[shown])
    b
  }))
  for (j in seq_along(model$terms)) {
    # A coefficient that only one cluster shows has no jackknife.
    t_rows(name, "cv3", beta[j], sqrt((G - 1) / G * sum((each[, j] - beta[j])^2)), G - 1, model$terms[j])
    put(name, "loco_low", min(each[, j]), model$terms[j]); put(name, "loco_high", max(each[, j]), model$terms[j])
  }
  if (anyNA(score)) {
    nothing <- c("loco_auc", "loco_brier", "loco_calibration_slope", "loco_calibration_intercept",
                 "loco_calibrated", "loco_calibrated_cr2_low", "loco_calibrated_cr2_high")
    for (statistic in nothing) put(name, statistic, NA)
    return(invisible())
  }
  put(name, "loco_auc", auc(roc(model$y, round(score, 8), direction = "<", levels = c(0, 1), quiet = TRUE)))
  put(name, "loco_brier", mean((model$y - plogis(score))^2))
  put(name, "loco_calibration_slope", tight(cbind(1, score), model$y)$coefficients[2])
  put(name, "loco_calibration_intercept", tight(matrix(1, length(score)), model$y, offset = score)$coefficients)
  calibration_curve(model, score, "loco_calibrated", FALSE)
}

# The share with the outcome where so much is predicted: its logit on the linear predictor and its square (Pregibon 1980), at 5, 10, ... 95
# per cent, as far as ten cases, and a twentieth of them, are predicted to lie beyond.
calibration_curve <- function(model, score, stem, own) {
  name <- model$name; y <- model$y; near <- round(score, 8)
  kinds <- c(if (own) "", if (!is.null(model$cluster)) "cr2_")
  points <- Filter(function(p) min(sum(near <= round(qlogis(p), 8)), sum(near >= round(qlogis(p), 8))) >= max(10, length(y) / 20), (1:19) / 20)
  if (!length(points) || length(unique(near)) < 3) {
    put(name, stem, NA)
    for (kind in kinds) for (end in c("low", "high")) put(name, paste0(stem, "_", kind, end), NA)
    return(invisible())
  }
  data <- data.frame(y, score)
  fit <- refined(y ~ score + I(score^2), data)
  usual <- predict(fit, data.frame(score = qlogis(points)), se.fit = TRUE)
  robust <- if (!is.null(model$cluster)) vcovCR(fit, model$cluster, "CR2")
  for (i in seq_along(points)) {
    term <- sprintf("%.2f", points[i]); eta <- usual$fit[[i]]
    row <- c(1, qlogis(points[i]), qlogis(points[i])^2)
    put(name, stem, plogis(eta), term)
    for (kind in kinds) {
      reach <- if (kind == "") qnorm(1 - (1 - level) / 2) * usual$se.fit[[i]] else {
        test <- linear_contrast(fit, robust, contrasts = matrix(row, 1), test = "Satterthwaite")
        qt(1 - (1 - level) / 2, test$df) * test$SE
      }
      put(name, paste0(stem, "_", kind, "low"), plogis(eta - reach), term)
      put(name, paste0(stem, "_", kind, "high"), plogis(eta + reach), term)
    }
  }
}

calibration <- function(model) calibration_curve(model, drop(model$x %*% model$fit$coefficients), "calibrated", TRUE)

# Average marginal effects and mean predictions, from data frames in which everyone has the level.
effects <- function(model) {
  name <- model$name; data <- model$data; beta <- unname(model$fit$coefficients)
  formula <- reformulate(model$covariates, "outcome")
  fit <- refined(formula, data)
  design <- function(data) unname(model.matrix(formula, data))
  q <- qnorm(1 - (1 - level) / 2)
  matrices <- list(vcov(fit))
  clustered <- !is.null(model$cluster)
  if (clustered) {
    G <- length(unique(model$cluster))
    matrices <- c(matrices, list(vcovCR(fit, model$cluster, "CR0") * G / (G - 1), vcovCR(fit, model$cluster, "CR2")))
    # CR1 of clubSandwich is G/(G - 1) as well.
    agree(matrices[[2]], vcovCR(fit, model$cluster, "CR1"), 1e-9, "CR1")
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
  for (covariate in setdiff(model$covariates, model$tangled)) {
    label <- label_of(model, covariate)
    if (covariate %in% model$factors) {
      levels <- levels(data[[covariate]])
      at <- lapply(levels, function(l) { set <- data; set[[covariate]] <- factor(l, levels); design(set) })
      mean_at <- sapply(at, function(x) mean(plogis(drop(x %*% beta))))
      slope_at <- lapply(at, function(x) colMeans(dlogis(drop(x %*% beta)) * x))
      grid <- suppressMessages(summary(emmeans(fit, covariate, counterfactuals = covariate, regrid = "response", data = data)))
      agree(grid[[2]], mean_at, 1e-9, "emmeans' means")
      agree(grid$SE, sapply(slope_at, function(g) sqrt(drop(g %*% matrices[[1]] %*% g))), 1e-6, "emmeans' errors")
      for (l in seq_along(levels)) {
        term <- paste0(label, "=", levels[l])
        predicted(mean_at[l], slope_at[[l]], term)
        if (l > 1) effect(mean_at[l] - mean_at[1], slope_at[[l]] - slope_at[[1]], term)
      }
    } else {
      j <- match(label, model$terms); x <- model$x; p <- plogis(drop(x %*% beta))
      g <- beta[j] * colMeans(p * (1 - p) * (1 - 2 * p) * x)
      g[j] <- g[j] + mean(p * (1 - p))
      effect(beta[j] * mean(p * (1 - p)), g, label)
    }
  }
}

diagnostics <- function(model) {
  name <- model$name; data <- model$data
  # From the columns that are kept: with the tight control glm's own tolerance would keep aliased ones.
  x <- model$x; y <- model$y; fit <- model$fit; p <- fit$fitted.values
  # Centre and scale change no correlation of slopes.
  z <- cbind(1, scale(x[, -1, drop = FALSE]))
  correlation <- cov2cor(solve(crossprod(z * sqrt(p * (1 - p)))))[-1, -1, drop = FALSE]
  inflation <- function(own) det(correlation[own, own, drop = FALSE]) * det(correlation[-own, -own, drop = FALSE]) / det(correlation)
  official <- if (length(model$covariates) > 1 && !length(model$tangled)) vif(refined(reformulate(model$covariates, "outcome"), data))
  if (!is.null(official) && !is.matrix(official)) official <- cbind(official, 1, sqrt(official))
  for (covariate in model$covariates) {
    label <- label_of(model, covariate)
    own <- which(model$covariate_of[-1] == label); df <- length(own)
    if (df) {
      gvif <- if (df == nrow(correlation)) 1 else inflation(own)
      if (!is.null(official)) agree(c(gvif, df, gvif^(1 / (2 * df))), official[covariate, ], 1e-9, "car's vif")
      put(name, "gvif", gvif, label); put(name, "gvif_df", df, label); put(name, "gvif_scaled", gvif^(1 / (2 * df)), label)
    }
    if (covariate %in% model$factors) next
    if (length(unique(data[[covariate]])) < 3) {
      for (statistic in c("linearity_chi2", "linearity_df", "linearity_p")) put(name, statistic, NA, label)
      next
    }
    square <- (data[[covariate]] - mean(data[[covariate]]))^2
    chi2 <- fit$deviance - tight(cbind(x, square), y)$deviance
    put(name, "linearity_chi2", chi2, label); put(name, "linearity_df", 1, label)
    put(name, "linearity_p", pchisq(chi2, 1, lower.tail = FALSE), label)
  }
  # One row a covariate pattern.
  pattern <- factor(do.call(paste, data[model$covariates]))
  first <- match(levels(pattern), pattern)
  events <- tapply(y, pattern, sum); count <- tapply(y, pattern, length)
  of <- suppressWarnings(glm(cbind(events, count - events) ~ x[first, ] - 1, family = binomial(), control = control))
  put(name, "n_patterns", length(first))
  put(name, "n_high_leverage", sum(hatvalues(of) - 1e-9 > 2 * of$rank / length(first)))
  # A pattern that the model fits by itself has no distance: taking it away moves no other.
  put(name, "n_high_cooks_distance", sum(cooks.distance(of) > 1, na.rm = TRUE))
  positive <- p >= .5 - 1e-10
  put(name, "classification_cut", .5); put(name, "sensitivity", mean(positive[y == 1])); put(name, "specificity", mean(!positive[y == 0]))
  put(name, "correctly_classified", mean(positive == y))
  put(name, "no_information_rate", max(prop.table(table(y))))
  chi2 <- tight(x[, 1, drop = FALSE], y)$deviance - fit$deviance; df <- ncol(x) - 1
  put(name, "shrinkage", (chi2 - df) / chi2)
}

# `cases` as in model_statistics; `parts` of "firth", "clusters", "without", "effects", "calibration", "diagnostics". By default Firth's likelihood where
# there are fewer than ten events, or non-events, a parameter, and what concerns clusters where there are some.
depth_statistics <- function(name, cases, covariates, labels = covariates, parts = NULL) {
  formula <- reformulate(covariates, "outcome")
  whole <- glm(formula, binomial(), cases)
  kept <- !is.na(coef(whole))
  x <- model.matrix(formula, cases)
  covariate_of <- c("", labels)[attr(x, "assign") + 1]
  # Covariates with a column that is aliased, or that an aliased one depends on.
  traded <- if (all(kept)) character() else {
    depends <- alias(whole)$Complete
    c(covariate_of[!kept], covariate_of[kept][colSums(abs(depends) > 1e-7) > 0])
  }
  x <- unname(x[, kept, drop = FALSE]); attributes(x) <- attributes(x)["dim"]
  y <- cases$outcome
  model <- list(name = name, data = cases[c("outcome", covariates)], x = x, y = y, terms = term_names(cases, covariates, labels)[kept],
                covariates = covariates, labels = labels, factors = covariates[sapply(cases[covariates], is.factor)],
                covariate_of = covariate_of[kept], tangled = covariates[labels %in% traded], cluster = cases$cluster)
  if (is.null(parts)) {
    few <- min(sum(y), sum(1 - y)) / (ncol(x) - 1) < 10
    parts <- c(if (few) "firth", if (!is.null(cases$cluster)) c("clusters", "without"), "effects", "calibration", "diagnostics")
  }
  if (any(parts != "firth")) model$fit <- tight(x, y)
  for (part in parts) get(part)(model)
}
