# A term with codes: one indicator for each but the reference.
coded <- function(name, levels, reference) list(name = name, levels = levels, reference = reference)

# A term that is a number.
numeric <- function(name) list(name = name, levels = NULL)

# The design matrix; levels that nobody has are left out.
design <- function(cases, terms) {
  columns <- list("(intercept)" = rep(1, nrow(cases)))
  for (term in terms) {
    answers <- cases[[term$name]]
    if (is.null(term$levels)) columns[[term$name]] <- answers
    for (code in intersect(setdiff(term$levels, term$reference), answers)) {
      columns[[paste0(term$name, "=", code)]] <- as.numeric(answers == code)
    }
  }
  do.call(cbind, columns)
}

control <- glm.control(epsilon = 1e-14, maxit = 100)

# The maximum-likelihood fit.
maximum <- function(y, x, ...) suppressWarnings(glm.fit(x, y, family = binomial(), control = control, ...))

# The logistic regression of the complete cases, one row a case.
logistic <- function(table, outcome, event, terms, clustered, level) {
  needed <- c(outcome, vapply(terms, `[[`, "", "name"), if (clustered) "(cluster)")
  cases <- table[complete.cases(table[needed]), ]
  cases <- cases[rep(seq_len(nrow(cases)), cases[["(frequency)"]]), ]
  y <- as.numeric(cases[[outcome]] == event)
  x <- design(cases, terms)
  fit <- glm(y ~ x - 1, family = binomial(), control = control)
  # Twice more from the maximum: the covariance is that of the weights of the step before the last.
  for (again in 1:2) fit <- glm(y ~ x - 1, family = binomial(), control = control, start = coef(fit))
  list(
    cases = cases, y = y, x = x, fit = fit, terms = terms, clustered = clustered, level = level,
    missing = sum(table[["(frequency)"]]) - nrow(cases)
  )
}

# The columns of the design that belong to a term.
columns_of <- function(model, term) {
  which(colnames(model$x) == term$name | startsWith(colnames(model$x), paste0(term$name, "=")))
}

# The regression as R prints it.
show <- function(model) print(summary(model$fit))
