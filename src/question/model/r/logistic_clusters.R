# How the cases are spread over clusters, and what it costs: the intraclass correlation of the outcome by analysis of variance, and
# how much larger it makes the variance of a mean.
cluster_sizes <- function(model) {
  groups <- model$cases[["(cluster)"]]
  sizes <- as.vector(table(groups))
  n <- sum(sizes)
  clusters <- length(sizes)
  cv <- sqrt(mean((sizes - mean(sizes))^2)) / mean(sizes)
  values <- c(n_clusters = clusters, cluster_size_mean = mean(sizes), cluster_size_cv = cv)
  if (n <= clusters || clusters < 2) return(values)
  shares <- as.vector(tapply(model$y, groups, mean))
  between <- sum(sizes * (shares - mean(model$y))^2) / (clusters - 1)
  within <- sum(sizes * shares * (1 - shares)) / (n - clusters)
  usual <- (n - sum(sizes^2) / n) / (clusters - 1)
  icc <- (between - within) / (between + (usual - 1) * within)
  effect <- 1 + ((1 + cv^2) * mean(sizes) - 1) * max(icc, 0)
  c(values, icc = icc, design_effect = effect, effective_n = n / effect)
}

# Liang and Zeger's covariance matrix, CR0: the scores added up by cluster, between two inverse informations.
sandwich_of <- function(model) {
  groups <- model$cases[["(cluster)"]]
  if (requireNamespace("sandwich", quietly = TRUE)) {
    return(unname(sandwich::vcovCL(model$fit, cluster = groups, type = "HC0", cadjust = FALSE)))
  }
  scores <- rowsum(model$x * (model$y - fitted(model$fit)), groups)
  unname(vcov(model$fit) %*% crossprod(scores) %*% vcov(model$fit))
}

# What CR2 needs: in each cluster the residuals are taken times A = V^1/2 [V(I - H)V]^+1/2 V^1/2, so that the sandwich is right on
# average where the model holds (Bell and McCaffrey 2002). The m cases of a cluster that are alike stand in one row, scaled by
# the root of m: what differs between them A leaves alone. The package clubSandwich has the same: `vcovCR(fit, cluster, "CR2")`.
bias_reduced <- function(model) {
  rows <- data.frame(cluster = model$cases[["(cluster)"]], y = model$y, model$x)
  first <- which(!duplicated(rows))
  alike <- do.call(paste, rows)
  root <- sqrt(as.vector(table(alike)[alike[first]]))
  p <- unname(fitted(model$fit))[first]
  v <- p * (1 - p)
  x <- unname(model$x[first, , drop = FALSE]) * root
  bread <- unname(vcov(model$fit))
  groups <- rows$cluster[first]
  adjusted <- x
  for (cluster in unique(groups)) {
    own <- which(groups == cluster)
    half <- sqrt(v[own]) * x[own, , drop = FALSE]
    three_halves <- v[own] * half
    parts <- eigen(diag(v[own]^2, length(own)) - three_halves %*% bread %*% t(three_halves), symmetric = TRUE)
    # A cluster that alone tells of a coefficient has no residual in its direction: that direction is left out.
    powers <- ifelse(parts$values > 1e-10 * max(parts$values), abs(parts$values)^-0.5, 0)
    adjusted[own, ] <- sqrt(v[own]) * (parts$vectors %*% (powers * crossprod(parts$vectors, half)))
  }
  list(adjusted = adjusted, x = x, v = v, residual = (model$y[first] - p) * root, bread = bread, groups = groups)
}

# The CR2 standard error of a combination of coefficients, with Satterthwaite's degrees of freedom under independent cases
# (Pustejovsky and Tipton 2018): the squared sum of the eigenvalues of Omega over the sum of their squares.
cr2_error <- function(reduced, combination) {
  a <- drop(reduced$adjusted %*% (reduced$bread %*% combination))
  sums <- function(rows) rowsum(rows, reduced$groups)
  d <- sums(reduced$v * a * reduced$x)
  omega <- diag(drop(sums(a^2 * reduced$v))) - d %*% reduced$bread %*% t(d)
  c(error = sqrt(sum(sums(a * reduced$residual)^2)), df = sum(diag(omega))^2 / sum(omega^2))
}

# Every coefficient with errors that allow for clusters: CR0, CR1 with the factor G/(G - 1), Stata's CR1S, and CR2.
clustered_errors <- function(model, reduced) {
  clusters <- length(unique(reduced$groups))
  n <- length(model$y)
  k <- ncol(model$x)
  cr0 <- sqrt(diag(sandwich_of(model)))
  cr1 <- cr0 * sqrt(clusters / (clusters - 1))
  cr2 <- apply(diag(k), 1, function(one) cr2_error(reduced, one))
  names <- c("std_error", "statistic", "p_value", "conf_low", "conf_high")
  c(
    by_term("cr0_std_error", colnames(model$x), cr0),
    by_term("cr1s_std_error", colnames(model$x), cr1 * sqrt((n - 1) / (n - k))),
    wald(model, cr1, c(paste0("cr1_", names), "odds_ratio_cr1_low", "odds_ratio_cr1_high")),
    by_term("cr2_df", colnames(model$x), cr2["df", ]),
    by_term("cr2_variance_ratio", colnames(model$x), cr2["error", ]^2 / diag(vcov(model$fit))),
    wald(model, cr2["error", ], c(paste0("cr2_", names), "odds_ratio_cr2_low", "odds_ratio_cr2_high"), cr2["df", ])
  )
}
