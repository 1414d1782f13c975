# The standard error of a function of the coefficients by the delta method, with the degrees of freedom of its t: the model's own and,
# where there are clusters, CR1 and CR2.
errors_of <- function(model, gradient, reduced) {
  own <- function(covariance) sqrt(drop(gradient %*% covariance %*% gradient))
  errors <- list(list(kind = "", error = own(vcov(model$fit)), df = Inf))
  if (is.null(reduced)) return(errors)
  clusters <- length(unique(reduced$groups))
  cr1 <- own(reduced$cr0) * sqrt(clusters / (clusters - 1))
  c(errors, list(list(kind = "cr1_", error = cr1, df = Inf), c(kind = "cr2_", as.list(cr2_error(reduced, gradient)))))
}

# The mean probability if everyone showed the level of a column, and none of the others of its term; with its gradient.
mean_at <- function(model, column, others) {
  x <- model$x
  x[, others] <- 0
  x[, column] <- 1
  eta <- drop(x %*% coef(model$fit))
  list(value = mean(plogis(eta)), gradient = unname(colMeans(dlogis(eta) * x)))
}

# The mean derivative of the probability by a number, with its gradient.
mean_derivative <- function(model, column) {
  p <- fitted(model$fit)
  b <- coef(model$fit)[[column]]
  gradient <- b * colMeans(p * (1 - p) * (1 - 2 * p) * model$x)
  gradient[column] <- gradient[column] + mean(p * (1 - p))
  list(value = b * mean(p * (1 - p)), gradient = unname(gradient))
}

# What a function says of each kind of error, named by the kind and the term.
of_errors <- function(stem, term, errors, say) {
  unlist(lapply(errors, function(own) {
    values <- say(own$error, own$df)
    by_term(paste0(stem, own$kind, names(values)), term, values)
  }))
}

# An average marginal effect (Bartus 2005) with its tests and limits.
marginal_effect <- function(model, term, effect, reduced) {
  say <- function(error, df) {
    reach <- qt(1 - (1 - model$level) / 2, df) * error
    c(
      std_error = error, statistic = effect$value / error, p_value = 2 * pt(-abs(effect$value / error), df),
      conf_low = effect$value - reach, conf_high = effect$value + reach, df = df
    )
  }
  c(by_term("ame", term, effect$value), of_errors("ame_", term, errors_of(model, effect$gradient, reduced), say))
}

# The same of so many units more, a unit being small: with CR2's limits where there are clusters.
per_step <- function(values, term, step, reduced) {
  limits <- paste0("ame_", if (!is.null(reduced)) "cr2_", c("conf_low", "conf_high"))
  by_term(c("ame_step", "ame_step_low", "ame_step_high"), term, step * values[paste(c("ame", limits), term)])
}

# A mean probability (Lane and Nelder 1982) with limits that are symmetric on the scale of its logit.
predicted <- function(model, term, mean, reduced) {
  say <- function(error, df) {
    reach <- qt(1 - (1 - model$level) / 2, df) * error / (mean$value * (1 - mean$value))
    limits <- plogis(qlogis(mean$value) + c(-reach, reach))
    c(std_error = error, low = limits[1], high = limits[2])
  }
  c(by_term("predicted", term, mean$value), of_errors("predicted_", term, errors_of(model, mean$gradient, reduced), say))
}

# What each term does to the probability: for a level against the reference, for a number by one unit more.
effects_of <- function(model, reduced) {
  unlist(lapply(model$terms, function(term) {
    columns <- columns_of(model$x, term)
    name <- function(column) colnames(model$x)[column]
    if (is.null(term$levels)) {
      return(lapply(columns, function(column) {
        values <- marginal_effect(model, name(column), mean_derivative(model, column), reduced)
        c(values, if (term$step != 1) per_step(values, name(column), term$step, reduced))
      }))
    }
    base <- mean_at(model, integer(), columns)
    c(predicted(model, paste0(term$name, "=", term$reference), base, reduced), lapply(columns, function(column) {
      mean <- mean_at(model, column, columns)
      effect <- list(value = mean$value - base$value, gradient = mean$gradient - base$gradient)
      c(predicted(model, name(column), mean, reduced), marginal_effect(model, name(column), effect, reduced))
    }))
  }))
}
