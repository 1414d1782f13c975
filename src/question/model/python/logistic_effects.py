def errors_of(model, gradient, reduced):
    """The standard error of a function of the coefficients by the delta method, with the degrees of freedom of its t: the model's
    own and, where there are clusters, CR1 and CR2."""
    own = lambda covariance: math.sqrt(gradient @ covariance @ gradient)
    errors = {"": (own(model.fit.cov_params().to_numpy()), math.inf)}
    if reduced is not None:
        errors["cr1_"] = (own(sandwich(model)) * math.sqrt(reduced.clusters / (reduced.clusters - 1)), math.inf)
        errors["cr2_"] = cr2_error(reduced, gradient)
    return errors


def mean_at(model, column, others):
    """The mean probability if everyone showed the level of a column, and none of the others of its term; with its gradient."""
    x = model.x.copy()
    x[others] = 0.0
    if column is not None:
        x[column] = 1.0
    p = special.expit(x.to_numpy() @ model.fit.params.to_numpy())
    return np.average(p, weights=model.frequency), np.average(x.mul(p * (1 - p), axis=0), axis=0, weights=model.frequency)


def mean_derivative(model, column):
    """The mean derivative of the probability by a number, with its gradient."""
    p, b = model.fit.fittedvalues, model.fit.params[column]
    slope = np.average(p * (1 - p), weights=model.frequency)
    bend = np.average(model.x.mul(p * (1 - p) * (1 - 2 * p), axis=0), axis=0, weights=model.frequency)
    return b * slope, b * bend + slope * (model.x.columns == column)


def marginal_effect(model, term, effect, gradient, reduced):
    """An average marginal effect (Bartus 2005) with its tests and limits."""
    values = {f"ame {term}": effect}
    for kind, (error, df) in errors_of(model, gradient, reduced).items():
        t = stats.t(df)
        reach = t.isf((1 - model.level) / 2) * error
        found = {"std_error": error, "statistic": effect / error, "p_value": 2 * t.sf(abs(effect / error))}
        found |= {"conf_low": effect - reach, "conf_high": effect + reach} | ({"df": df} if kind == "cr2_" else {})
        values |= {f"ame_{kind}{name} {term}": value for name, value in found.items()}
    return values


def per_step(values, term, step, reduced):
    """The same of so many units more, a unit being small: with CR2's limits where there are clusters."""
    kind = "" if reduced is None else "cr2_"
    names = {"ame_step": "ame", "ame_step_low": f"ame_{kind}conf_low", "ame_step_high": f"ame_{kind}conf_high"}
    return {f"{name} {term}": step * values[f"{own} {term}"] for name, own in names.items()}


def predicted(model, term, mean, gradient, reduced):
    """A mean probability (Lane and Nelder 1982) with limits that are symmetric on the scale of its logit."""
    values = {f"predicted {term}": mean}
    for kind, (error, df) in errors_of(model, gradient, reduced).items():
        reach = stats.t.isf((1 - model.level) / 2, df) * error / (mean * (1 - mean))
        limits = special.expit(special.logit(mean) + np.array([-reach, reach]))
        values |= {f"predicted_{kind}std_error {term}": error}
        values |= {f"predicted_{kind}low {term}": limits[0], f"predicted_{kind}high {term}": limits[1]}
    return values


def effects(model, reduced):
    """What each term does to the probability: for a level against the reference, for a number by one unit more."""
    values = {}
    for term in model.terms:
        columns = columns_of(model.x.columns, term)
        if term.levels is None:
            for column in columns:
                values |= marginal_effect(model, column, *mean_derivative(model, column), reduced)
                values |= per_step(values, column, term.step, reduced) if term.step != 1 else {}
            continue
        base, base_gradient = mean_at(model, None, columns)
        values |= predicted(model, f"{term.name}={term.reference}", base, base_gradient, reduced)
        for column in columns:
            mean, gradient = mean_at(model, column, columns)
            values |= predicted(model, column, mean, gradient, reduced)
            values |= marginal_effect(model, column, mean - base, gradient - base_gradient, reduced)
    return values
