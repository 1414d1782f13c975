# Everything about a logistic regression; nothing where there is no maximum.
regression <- function(model, convention = "r") {
  if (separated(model)) return(c())
  c(
    whole_model(model), hosmer_lemeshow(model, convention), auc(model), coefficients_of(model), wald_tests(model),
    likelihood_ratio_tests(model), profile_limits(model), if (model$clustered) clustered_errors(model)
  )
}

# What R, SPSS and Stata compute differently, as one of them has it.
regression_of_program <- function(model, program) {
  values <- if (separated(model)) c() else hosmer_lemeshow(model, program)
  if (length(values)) setNames(values, sprintf("%s (%s)", names(values), program)) else values
}
