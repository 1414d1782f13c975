# Everything about a logistic regression; nothing where there is no maximum.
regression <- function(model) {
  if (separated(model)) return(c())
  c(
    whole_model(model), hosmer_lemeshow(model), auc(model), coefficients_of(model), wald_tests(model),
    likelihood_ratio_tests(model), profile_limits(model), if (model$clustered) clustered_errors(model)
  )
}
