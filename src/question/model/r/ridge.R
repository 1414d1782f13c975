strengths <- 10^((-4:8) / 2)

# Intercept and coefficients that maximise the log-likelihood less strength/2 times the squares of the standardised
# coefficients, by Newton's method.
ridge <- function(x, y, strength) {
  centre <- colMeans(x)
  spread <- sqrt(colMeans(sweep(x, 2, centre)^2))
  flat <- spread <= 1e-12 * abs(centre)
  z <- cbind(1, sweep(sweep(x, 2, centre), 2, ifelse(flat, 1, spread), "/"))
  z[, c(FALSE, flat)] <- 0
  penalty <- diag(c(0, rep(strength, ncol(x))))
  b <- rep(0, ncol(z))
  for (iteration in 1:50) {
    p <- plogis(drop(z %*% b))
    step <- drop(solve(crossprod(z * sqrt(p * (1 - p))) + penalty, crossprod(z, y - p) - penalty %*% b))
    b <- b + step
    if (max(abs(step)) < 1e-13) break
  }
  slopes <- ifelse(flat, 0, b[-1] / spread)
  c(b[1] - sum(slopes * centre), slopes)
}

# Minus the log-likelihood of the outcomes.
log_loss <- function(y, eta) -sum(plogis(ifelse(y == 1, eta, -eta), log.p = TRUE))

# Whole clusters in turn; without clusters the cases of either outcome in turn, in the order of their answers.
deal_folds <- function(model, folds) {
  if (model$clustered) {
    groups <- model$cases[["(cluster)"]]
    return((match(groups, sort(unique(groups))) - 1) %% folds)
  }
  places <- lapply(model$terms, function(term) {
    answers <- model$cases[[term$name]]
    if (is.null(term$levels)) answers else match(answers, term$levels)
  })
  ranked <- do.call(order, unname(places))
  fold <- integer(length(model$y))
  for (outcome in 0:1) {
    rows <- ranked[model$y[ranked] == outcome]
    fold[rows] <- (seq_along(rows) - 1) %% folds
  }
  fold
}

# The penalised fit, and by nested cross-validation how well it predicts.
ridge_regression <- function(model, folds) {
  x <- model$full[, -1, drop = FALSE]
  y <- model$y
  fold <- deal_folds(model, folds)
  predicted <- function(b, rows) drop(b[1] + x[rows, , drop = FALSE] %*% b[-1])
  fitted_to <- function(rows, strength) ridge(x[rows, , drop = FALSE], y[rows], strength)
  # The strength of smallest cross-validated loss over the folds in training.
  choose <- function(training) {
    strengths[which.min(sapply(strengths, function(strength) sum(sapply(sort(unique(fold[training])), function(k) {
      test <- training & fold == k
      log_loss(y[test], predicted(fitted_to(training & fold != k, strength), test))
    }))))]
  }
  strength <- choose(rep(TRUE, length(y)))
  eta <- rep(NA_real_, length(y))
  for (k in seq_len(folds) - 1) {
    eta[fold == k] <- predicted(fitted_to(fold != k, choose(fold != k)), fold == k)
  }
  c(
    ridge_alpha = strength, ridge_auc = area(round(eta, 8), y)[1], ridge_brier = mean((y - plogis(eta))^2),
    ridge_log_loss = log_loss(y, eta) / length(y),
    ridge_calibration_slope = glm(y ~ eta, family = binomial(), control = control)$coefficients[[2]],
    ridge_calibration_intercept = glm(y ~ offset(eta), family = binomial(), control = control)$coefficients[[1]],
    by_term("ridge_coefficient", colnames(model$full), ridge(x, y, strength))
  )
}
