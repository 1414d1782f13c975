def regression(model):
    """Everything about a logistic regression; nothing where there is no maximum."""
    if separated(model):
        return {}
    values = whole_model(model) | hosmer_lemeshow(model) | auc(model)
    values |= coefficients(model) | wald_tests(model) | likelihood_ratio_tests(model) | profile_limits(model)
    return values | clustered_errors(model) if model.clustered else values
