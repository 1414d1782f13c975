def regression(model, convention="r"):
    """Everything about a logistic regression; nothing where there is no maximum."""
    if separated(model):
        return {}
    values = whole_model(model) | hosmer_lemeshow(model, convention) | auc(model)
    values |= coefficients(model) | wald_tests(model) | likelihood_ratio_tests(model) | profile_limits(model)
    return values | clustered_errors(model) if model.clustered else values


def regression_of_program(model, program):
    """What R, SPSS and Stata compute differently, as one of them has it."""
    return {} if separated(model) else {f"{name} ({program})": value for name, value in hosmer_lemeshow(model, program).items()}
