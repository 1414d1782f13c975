# The coefficients of the fit without one cluster; NA where it alone tells of a column.
without_cluster <- function(model, cluster) {
  rest <- model$cases[["(cluster)"]] != cluster
  kept <- colnames(independent(model$x[rest, , drop = FALSE]))
  start <- setNames(coef(model$fit), colnames(model$x))[kept]
  fit <- maximum(model$y[rest], model$x[rest, kept, drop = FALSE], start = start)
  unname(fit$coefficients[match(colnames(model$x), kept)])
}

# The coefficients without each cluster in turn, a row a cluster.
without_each <- function(model) {
  t(sapply(unique(model$cases[["(cluster)"]]), function(cluster) without_cluster(model, cluster)))
}

# The linear predictor of each case by the fit without its cluster. A coefficient counts for those who have something in its column.
score_apart <- function(model, left = without_each(model)) {
  groups <- model$cases[["(cluster)"]]
  rowSums(ifelse(model$x == 0, 0, model$x * left[match(groups, unique(groups)), ]))
}

# CV3: each cluster is left out in turn, and the spread of the coefficients is the error; Student's t with G - 1 degrees of freedom
# (MacKinnon, Nielsen and Webb 2023). And how well each cluster is predicted by the fit without it.
jackknife <- function(model) {
  clusters <- unique(model$cases[["(cluster)"]])
  if (length(clusters) < 2) return(c())
  left <- without_each(model)
  apart <- sweep(left, 2, coef(model$fit))
  error <- sqrt((length(clusters) - 1) / length(clusters) * colSums(apart^2))
  names <- paste0("cv3_", c("std_error", "statistic", "p_value", "conf_low", "conf_high"))
  score <- score_apart(model, left)
  c(
    wald(model, error, c(names, "odds_ratio_cv3_low", "odds_ratio_cv3_high"), length(clusters) - 1),
    by_term("loco_low", colnames(model$x), apply(left, 2, min)),
    by_term("loco_high", colnames(model$x), apply(left, 2, max)),
    if (all(is.finite(score))) predicted_apart(score, model$y)
  )
}

# Discrimination, and calibration by Cox (1958): the slope of the score, and the intercept beside it as an offset.
predicted_apart <- function(score, y) {
  c(
    loco_auc = area(round(score, 8), y)[1],
    loco_brier = mean((y - plogis(score))^2),
    loco_calibration_slope = maximum(y, cbind(1, score))$coefficients[[2]],
    loco_calibration_intercept = maximum(y, matrix(1, length(y)), offset = score)$coefficients[[1]]
  )
}
