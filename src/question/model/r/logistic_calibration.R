# The predicted probabilities 5, 10, ... 95 per cent that a curve is drawn at: as far as ten cases, and a twentieth of them, are
# predicted to lie beyond.
points_of <- function(score) {
  near <- round(score, 8)
  beyond <- max(10, length(score) / 20)
  Filter(function(p) {
    eta <- round(qlogis(p), 8)
    min(sum(near <= eta), sum(near >= eta)) >= beyond
  }, 1:19 / 20)
}

# The share with the outcome where so much is predicted: its logit is fitted to the linear predictor and its square (Pregibon 1980),
# and read off that parabola. The limits are by the delta method, on the scale of the logit.
calibration_curve <- function(model, score, name, kinds) {
  points <- points_of(score)
  # Of two predictions there is no bend.
  if (length(points) == 0 || length(unique(round(score, 8))) < 3) return(c())
  x <- cbind(1, score, score^2)
  fit <- suppressWarnings(glm(model$y ~ x - 1, family = binomial(), control = control))
  for (again in 1:2) {
    fit <- suppressWarnings(glm(model$y ~ x - 1, family = binomial(), control = control, start = coef(fit)))
  }
  bent <- list(cases = model$cases, y = model$y, x = x, fit = fit)
  reduced <- if ("cr2_" %in% kinds) c(bias_reduced(bent), list(cr0 = sandwich_of(bent)))
  unlist(lapply(points, function(p) {
    row <- c(1, qlogis(p), qlogis(p)^2)
    eta <- sum(row * coef(fit))
    term <- sprintf("%.2f", p)
    own <- Filter(function(error) error$kind %in% kinds, errors_of(bent, row, reduced))
    c(by_term(name, term, plogis(eta)), of_errors(paste0(name, "_"), term, own, function(error, df) {
      reach <- qt(1 - (1 - model$level) / 2, df) * error
      c(low = plogis(eta - reach), high = plogis(eta + reach))
    }))
  }))
}

# Of those whom the fit predicts a probability for, how many have the outcome: the cases that it was made of.
calibration <- function(model, several) {
  calibration_curve(model, drop(model$x %*% coef(model$fit)), "calibrated", if (several) c("", "cr2_") else "")
}

# The same of clusters that the fit has not seen.
calibration_apart <- function(model) {
  score <- score_apart(model)
  if (all(is.finite(score))) calibration_curve(model, score, "loco_calibrated", "cr2_")
}
