def regression(model):
    """Everything about a logistic regression."""
    values = whole_model(model) | hosmer_lemeshow(model) | auc(model)
    values |= coefficients(model) | term_tests(model) | profile_limits(model)
    return values | clustered_errors(model) if model.clustered else values
