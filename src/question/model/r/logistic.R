# A term with codes: one indicator for each but the reference.
coded <- function(name, levels, reference) list(name = name, levels = levels, reference = reference)

# A term that is a number; `step`: for how many units more its difference is told.
numeric <- function(name, step = 1) list(name = name, levels = NULL, step = step)

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

# The columns without those that are sums of the ones before them: aliased, they have no coefficient.
independent <- function(columns) {
  parts <- qr(columns)
  columns[, sort(parts$pivot[seq_len(parts$rank)]), drop = FALSE]
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
  full <- design(cases, terms)
  x <- independent(full)
  fit <- suppressWarnings(glm(y ~ x - 1, family = binomial(), control = control))
  # Twice more from the maximum: the covariance is that of the weights of the step before the last.
  for (again in 1:2) {
    fit <- suppressWarnings(glm(y ~ x - 1, family = binomial(), control = control, start = coef(fit)))
  }
  list(
    cases = cases, y = y, full = full, x = x, fit = fit, terms = terms, clustered = clustered, level = level,
    missing = sum(table[["(frequency)"]]) - nrow(cases)
  )
}

# Whether some cases are told apart for certain: the likelihood then has no maximum, and coefficients run away.
separated <- function(model) any(fitted(model$fit) < 1e-8 | fitted(model$fit) > 1 - 1e-8)

# The columns that belong to a term.
columns_of <- function(columns, term) {
  which(colnames(columns) == term$name | startsWith(colnames(columns), paste0(term$name, "=")))
}

# The regression as R prints it.
show <- function(model) print(summary(model$fit))
