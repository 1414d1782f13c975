# Cases, and cases with the event, at each level of each term.
cases_by_level <- function(model) {
  unlist(lapply(model$terms, function(term) {
    lapply(term$levels, function(code) {
      own <- model$cases[[term$name]] == code
      by_term(c("level_cases", "level_events"), paste0(term$name, "=", code), c(sum(own), sum(model$y[own])))
    })
  }))
}

# How much wider a term's coefficients are for what the others already say: Fox and Monette's (1992) generalised factor, as `vif` of
# the package car has it.
inflation <- function(model) {
  correlation <- cov2cor(vcov(model$fit))[-1, -1, drop = FALSE]
  determinant_of <- function(columns) if (length(columns)) det(correlation[columns, columns, drop = FALSE]) else 1
  unlist(lapply(model$terms, function(term) {
    own <- columns_of(model$x, term) - 1
    if (length(own) == 0) return(NULL)
    all <- seq_len(nrow(correlation))
    gvif <- determinant_of(own) * determinant_of(setdiff(all, own)) / determinant_of(all)
    by_term(c("gvif", "gvif_df", "gvif_scaled"), term$name, c(gvif, length(own), gvif^(1 / (2 * length(own)))))
  }))
}

# Whether a number goes up or down in a straight line: the likelihood ratio of its square beside it.
linearity <- function(model) {
  unlist(lapply(model$terms, function(term) {
    column <- columns_of(model$x, term)
    if (!is.null(term$levels) || length(column) == 0 || length(unique(model$x[, column])) < 3) return(NULL)
    square <- (model$x[, column] - mean(model$x[, column]))^2
    chi2 <- deviance(model$fit) - maximum(model$y, cbind(model$x, square))$deviance
    by_term(c("linearity_chi2", "linearity_df", "linearity_p"), term$name, c(chi2, 1, pchisq(chi2, 1, lower.tail = FALSE)))
  }))
}

# How many covariate patterns have more than twice the mean leverage, or a Cook's distance above 1 by one step from the fit
# (Pregibon 1981): of the fit to events and others by pattern. Only the numbers are told: the largest is often a single person.
influence_of <- function(model) {
  pattern <- do.call(paste, model$cases[vapply(model$terms, `[[`, "", "name")])
  first <- which(!duplicated(pattern))
  events <- tapply(model$y, pattern, sum)[pattern[first]]
  others <- tapply(1 - model$y, pattern, sum)[pattern[first]]
  x <- model$x[first, , drop = FALSE]
  fit <- suppressWarnings(glm(cbind(events, others) ~ x - 1, family = binomial(), control = control, start = coef(model$fit)))
  leverage <- hatvalues(fit)
  c(
    n_patterns = length(first),
    n_high_leverage = sum(leverage > 2 * ncol(x) / length(first) + 1e-9),
    n_high_cooks_distance = sum(cooks.distance(fit)[1 - leverage > 1e-9] > 1 + 1e-9)
  )
}

# Who is taken for having the outcome where the fitted probability reaches the cut; at the cut itself SPSS says no.
classification <- function(model, convention, cut) {
  score <- linear_predictor(model)
  limit <- round(qlogis(cut), 8)
  positive <- if (convention == "spss") score > limit else score >= limit
  c(
    classification_cut = cut, sensitivity = mean(positive[model$y == 1]), specificity = mean(!positive[model$y == 0]),
    correctly_classified = mean(positive == model$y), no_information_rate = max(mean(model$y == 1), mean(model$y == 0))
  )
}

# The calibration slope to be expected of new cases (Van Houwelingen and le Cessie 1990).
shrinkage <- function(model) {
  share <- matrix(1, length(model$y))
  chi2 <- maximum(model$y, share)$deviance - deviance(model$fit)
  df <- ncol(model$x) - 1
  if (df > 0) c(shrinkage = (chi2 - df) / chi2)
}
