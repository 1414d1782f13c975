def wald(model, error, names, df=None):
    """Standard error, ratio, p, limits, and limits of the odds ratio of every coefficient for these standard errors: by the normal
    distribution, or Student's t where there are degrees of freedom."""
    values = {}
    for term, estimate in model.fit.params.items():
        reference = stats.norm if df is None else stats.t(df[term])
        reach = reference.isf((1 - model.level) / 2) * error[term]
        ratio, low, high = estimate / error[term], estimate - reach, estimate + reach
        found = [error[term], ratio, 2 * reference.sf(abs(ratio)), low, high, np.exp(low), np.exp(high)]
        values |= {f"{name} {term}": value for name, value in zip(names, found, strict=True)}
    return values


def coefficients(model):
    """Coefficients and odds ratios with Wald's tests and limits."""
    values = {f"estimate {term}": estimate for term, estimate in model.fit.params.items()}
    values |= {f"odds_ratio {term}": math.exp(estimate) for term, estimate in model.fit.params.items()}
    names = ["std_error", "statistic", "p_value", "conf_low", "conf_high", "odds_ratio_low", "odds_ratio_high"]
    return values | wald(model, model.fit.bse, names)


def wald_tests(model):
    """Wald's test of every term, all its levels together; and of every level and the intercept alone, whose p is that of z."""
    names = [term.name for term in model.terms]
    alone = [column for column in model.x.columns if column not in names]
    values = {f"wald_chi2 {column}": (model.fit.params[column] / model.fit.bse[column]) ** 2 for column in alone}
    values |= {f"wald_df {column}": 1 for column in alone}
    for term in model.terms:
        own = columns_of(model.x.columns, term)
        if own:
            test = model.fit.wald_test(np.eye(model.x.shape[1])[model.x.columns.isin(own)], scalar=True, use_f=False)
            found = {"wald_chi2": test.statistic, "wald_df": len(own), "wald_p": test.pvalue}
            values |= {f"{name} {term.name}": value for name, value in found.items()}
    return values


def likelihood_ratio_tests(model):
    """The likelihood-ratio test of every term: the deviance without it less the deviance with it."""
    values = {}
    for term in model.terms:
        # A column that was aliased with the term comes back in when the term goes.
        others = independent(model.full.drop(columns=columns_of(model.full.columns, term)))
        df = model.x.shape[1] - others.shape[1]
        if df > 0:
            chi2 = maximum(model.y, others, model.frequency).deviance - model.fit.deviance
            found = {"lr_chi2": chi2, "lr_df": df, "lr_p": stats.chi2.sf(chi2, df)}
            values |= {f"{name} {term.name}": value for name, value in found.items()}
    return values


def profile_limits(model):
    """Profile-likelihood limits: where the deviance, all else refitted, exceeds the smallest by the chi-squared quantile; and the
    test of the coefficient being zero that agrees with them."""
    values, reach = {}, stats.chi2.isf(1 - model.level, 1)
    for term, estimate in model.fit.params.items():
        others = model.x.drop(columns=term)
        # The column may be taken without what the others explain of it: only the others' coefficients change.
        column = model.x[term] - others @ np.linalg.lstsq(others, model.x[term], rcond=None)[0]

        def beyond(value, others=others, column=column):
            return maximum(model.y, others, model.frequency, offset=value * column).deviance - model.fit.deviance - reach

        for side, name, of_odds in (
            (-1, "profile_low", "odds_ratio_profile_low"),
            (1, "profile_high", "odds_ratio_profile_high"),
        ):
            far = estimate + 2 * side * model.fit.bse[term]
            while beyond(far) < 0:
                far += side * model.fit.bse[term]
            limit = optimize.brentq(beyond, estimate, far, xtol=1e-12)
            values |= {f"{name} {term}": limit, f"{of_odds} {term}": math.exp(limit)}
        chi2 = beyond(0) + reach
        values |= {f"profile_chi2 {term}": chi2, f"profile_p_value {term}": stats.chi2.sf(chi2, 1)}
    return values
