def wald(model, error, names):
    """Standard error, z, p, limits, and limits of the odds ratio of every coefficient for these standard errors."""
    critical = stats.norm.isf((1 - model.level) / 2)
    values = {}
    for term, estimate in model.fit.params.items():
        z, low, high = estimate / error[term], estimate - critical * error[term], estimate + critical * error[term]
        found = [error[term], z, 2 * stats.norm.sf(abs(z)), low, high, math.exp(low), math.exp(high)]
        values |= {f"{name} {term}": value for name, value in zip(names, found, strict=True)}
    return values


def coefficients(model):
    """Coefficients and odds ratios with Wald's tests and limits."""
    values = {f"estimate {term}": estimate for term, estimate in model.fit.params.items()}
    values |= {f"odds_ratio {term}": math.exp(estimate) for term, estimate in model.fit.params.items()}
    names = ["std_error", "statistic", "p_value", "conf_low", "conf_high", "odds_ratio_low", "odds_ratio_high"]
    return values | wald(model, model.fit.bse, names)


def clustered_errors(model):
    """Standard errors robust to clusters: CR0, and CR1 with the factor G/(G - 1)."""
    groups = model.cases[CLUSTER].astype(int).to_numpy()
    clusters = len(np.unique(groups))
    # The scores of a pattern, as often as it occurs; Liang and Zeger's sandwich sums them by cluster.
    scores = model.x.mul(model.frequency * (model.y - model.fit.fittedvalues), axis=0).groupby(groups).sum()
    bread = model.fit.cov_params().to_numpy()
    variance = np.diag(bread @ scores.T.to_numpy() @ scores.to_numpy() @ bread)
    cr0 = pd.Series(np.sqrt(variance), index=model.x.columns)
    values = {"n_clusters": clusters} | {f"cr0_std_error {term}": error for term, error in cr0.items()}
    names = ["cr1_std_error", "cr1_statistic", "cr1_p_value", "cr1_conf_low", "cr1_conf_high"]
    names += ["odds_ratio_cr1_low", "odds_ratio_cr1_high"]
    return values | wald(model, cr0 * math.sqrt(clusters / (clusters - 1)), names)


def wald_tests(model):
    """Wald's test of every term, all its levels together."""
    values = {}
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
    """Profile-likelihood limits: where the deviance, all else refitted, exceeds the smallest by the chi-squared quantile."""
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
    return values
