# Everything about a logistic regression.
regression <- function(model) {
  c(
    whole_model(model), hosmer_lemeshow(model), auc(model), coefficients_of(model), term_tests(model),
    profile_limits(model), if (model$clustered) clustered_errors(model)
  )
}
