def wald(model, error, names):
    """Standard error, z, p, limits, and limits of the odds ratio of every coefficient for these standard errors."""
    critical = stats.norm.isf((1 - model.level) / 2)
    values = {}
    for term, estimate in model.fit.params.items():
        z, low, high = estimate / error[term], estimate - critical * error[term], estimate + critical * error[term]
        found = [error[term], z, 2 * stats.norm.sf(abs(z)), low, high, math.exp(low), math.exp(high)]
        values |= {f"{name} {term}": value for name, value in zip(names, found)}
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


def term_tests(model):
    """Wald's and the likelihood-ratio test of every term, all its levels together."""
    values = {}
    for term in model.terms:
        own = columns_of(model, term)
        others = model.x.drop(columns=own)
        joint = model.fit.wald_test(np.eye(model.x.shape[1])[model.x.columns.isin(own)], scalar=True, use_f=False)
        chi2 = maximum(model.y, others, model.frequency).deviance - model.fit.deviance
        values |= {
            f"wald_chi2 {term.name}": joint.statistic,
            f"wald_df {term.name}": len(own),
            f"wald_p {term.name}": joint.pvalue,
            f"lr_chi2 {term.name}": chi2,
            f"lr_df {term.name}": len(own),
            f"lr_p {term.name}": stats.chi2.sf(chi2, len(own)),
        }
    return values


def profile_limits(model):
    """Profile-likelihood limits: where the deviance, all else refitted, exceeds the smallest by the chi-squared quantile."""
    values, reach = {}, stats.chi2.isf(1 - model.level, 1)
    for term, estimate in model.fit.params.items():
        others = model.x.drop(columns=term)
        # The column may be taken without what the others explain of it: only the others' coefficients change.
        column = model.x[term] - others @ np.linalg.lstsq(others, model.x[term], rcond=None)[0]

        def beyond(value):
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
