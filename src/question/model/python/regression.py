def regression(model, convention="r", method="auto", cut=0.5):
    """Everything about a logistic regression; where there is no maximum, what there is without one."""
    values = cases_by_level(model)
    if firth_is_called_for(model, method):
        values |= firth(model)
    if separated(model):
        return values
    values |= whole_model(model) | hosmer_lemeshow(model, convention) | auc(model) | shrinkage(model)
    values |= coefficients(model) | wald_tests(model) | likelihood_ratio_tests(model) | profile_limits(model)
    values |= classification(model, convention, cut) | inflation(model) | linearity(model) | influence(model)
    several = model.clustered and model.cases[CLUSTER].nunique() > 1
    reduced = bias_reduced(model) if several else None
    values |= effects(model, reduced) | calibration(model, several)
    if model.clustered:
        values |= cluster_sizes(model)
    return values | clustered_errors(model, reduced) | jackknife(model) | calibration_apart(model) if several else values


def regression_of_program(model, program, cut=0.5):
    """What R, SPSS and Stata compute differently, as one of them has it."""
    if separated(model):
        return {}
    found = hosmer_lemeshow(model, program) | classification(model, program, cut)
    return {f"{name} ({program})": value for name, value in found.items() if name != "classification_cut"}
