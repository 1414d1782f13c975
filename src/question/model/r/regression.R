# Everything about a logistic regression; where there is no maximum, what there is without one.
regression <- function(model, convention = "r", method = "auto", cut = 0.5) {
  values <- c(cases_by_level(model), if (firth_is_called_for(model, method)) firth(model))
  if (separated(model)) return(values)
  several <- model$clustered && length(unique(model$cases[["(cluster)"]])) > 1
  reduced <- if (several) c(bias_reduced(model), list(cr0 = sandwich_of(model)))
  c(
    values, whole_model(model), hosmer_lemeshow(model, convention), auc(model), shrinkage(model), coefficients_of(model),
    wald_tests(model), likelihood_ratio_tests(model), profile_limits(model), classification(model, convention, cut),
    inflation(model), linearity(model), influence_of(model), effects_of(model, reduced), calibration(model, several),
    if (model$clustered) cluster_sizes(model), if (several) c(clustered_errors(model, reduced), jackknife(model), calibration_apart(model))
  )
}

# What R, SPSS and Stata compute differently, as one of them has it.
regression_of_program <- function(model, program, cut = 0.5) {
  if (separated(model)) return(c())
  values <- c(hosmer_lemeshow(model, program), classification(model, program, cut)[-1])
  setNames(values, sprintf("%s (%s)", names(values), program))
}
