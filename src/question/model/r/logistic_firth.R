# The maximum of the log-likelihood plus half the logarithm of the information's determinant, over the coefficients that are `free`;
# the others stay at `start`. Fisher's scoring with Firth's score: each residual y - p gets h(1/2 - p) more, h its leverage.
penalised <- function(x, y, start, free) {
  at <- function(b) {
    eta <- drop(x %*% b)
    weight <- dlogis(eta)
    information <- crossprod(x * sqrt(weight))
    likelihood <- sum(plogis(ifelse(y == 1, eta, -eta), log.p = TRUE))
    value <- likelihood + determinant(information)$modulus[1] / 2
    list(p = plogis(eta), weight = weight, information = information, value = value)
  }
  b <- start
  now <- at(b)
  for (iteration in 1:1000) {
    leverage <- now$weight * rowSums((x %*% solve(now$information)) * x)
    score <- drop(crossprod(x, y - now$p + leverage * (1 / 2 - now$p)))
    step <- rep(0, length(b))
    step[free] <- if (length(free)) solve(now$information[free, free], score[free])
    while ((found <- at(b + step))$value < now$value - 1e-11 * abs(now$value) && max(abs(step)) > 1e-12) step <- step / 2
    b <- b + step
    now <- found
    if (all(abs(step) <= 1e-12 * (1 + abs(b)))) break
  }
  list(coefficients = b, covariance = solve(now$information), likelihood = now$value)
}

# Estimates that are finite whatever the data (Firth 1993), with limits and tests by the penalised likelihood ratio, whose penalty is
# that of all coefficients (Heinze and Schemper 2002). The package brglm2 has the estimates: `method = "brglmFit", type = "AS_mean"`.
firth <- function(model) {
  x <- model$x
  top <- penalised(x, model$y, rep(0, ncol(x)), seq_len(ncol(x)))
  b <- top$coefficients
  reach <- qchisq(model$level, 1)
  of_columns <- lapply(seq_len(ncol(x)), function(j) {
    error <- sqrt(top$covariance[j, j])
    # Twice what the penalised likelihood loses where coefficient j is given; the others start where they are expected.
    ratio <- function(value) {
      start <- b + (value - b[j]) * top$covariance[, j] / error^2
      2 * (top$likelihood - penalised(x, model$y, start, seq_len(ncol(x))[-j])$likelihood)
    }
    limit <- function(side) {
      far <- b[j] + 2 * side * error
      while (ratio(far) < reach) far <- far + side * error
      uniroot(function(value) ratio(value) - reach, sort(c(b[j], far)), tol = 1e-11 * error, maxiter = 1000)$root
    }
    limits <- c(limit(-1), limit(1))
    chi2 <- ratio(0)
    values <- c(
      estimate = b[[j]], std_error = error, odds_ratio = exp(b[[j]]), profile_low = limits[1], profile_high = limits[2],
      odds_ratio_low = exp(limits[1]), odds_ratio_high = exp(limits[2]), chi2 = chi2, p_value = pchisq(chi2, 1, lower.tail = FALSE)
    )
    by_term(paste0("firth_", names(values)), colnames(x)[j], values)
  })
  of_terms <- lapply(model$terms, function(term) {
    own <- columns_of(x, term)
    if (length(own) == 0) return(NULL)
    without <- penalised(x, model$y, replace(b, own, 0), seq_len(ncol(x))[-own])
    chi2 <- 2 * (top$likelihood - without$likelihood)
    values <- c(firth_lr_chi2 = chi2, firth_lr_df = length(own), firth_lr_p = pchisq(chi2, length(own), lower.tail = FALSE))
    by_term(names(values), term$name, values)
  })
  unlist(c(of_columns, of_terms))
}

# Where it was asked for, under separation, and where there are fewer than ten events, or others, for each slope.
firth_is_called_for <- function(model, method) {
  slopes <- ncol(model$x) - 1
  few <- slopes > 0 && min(sum(model$y), sum(1 - model$y)) / slopes < 10
  method == "firth" || (method == "auto" && (few || separated(model)))
}
