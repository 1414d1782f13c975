def whole_model(model):
    """Size, likelihood and pseudo-R² of the whole model."""
    fit, n, k = model.fit, model.frequency.sum(), model.x.shape[1]
    events = (model.frequency * model.y).sum()
    omnibus = fit.null_deviance - fit.deviance
    fitted = fit.fittedvalues
    return {
        "n_obs": n,
        "n_missing": model.missing,
        "n_events": events,
        "n_parameters": k,
        "events_per_parameter": min(events, n - events) / (k - 1) if k > 1 else math.nan,
        "log_likelihood": fit.llf,
        "null_log_likelihood": fit.llnull,
        "deviance": fit.deviance,
        "null_deviance": fit.null_deviance,
        "df_residual": n - k,
        "aic": fit.aic,
        "bic": -2 * fit.llf + math.log(n) * k,
        "omnibus_chi2": omnibus,
        "omnibus_df": k - 1,
        "omnibus_p": stats.chi2.sf(omnibus, k - 1),
        "mcfadden": fit.pseudo_rsquared("mcf"),
        "cox_snell": -math.expm1(-omnibus / n),
        "nagelkerke": math.expm1(-omnibus / n) / math.expm1(-fit.null_deviance / n),
        "tjur": np.average(fitted[model.y == 1], weights=model.frequency[model.y == 1])
        - np.average(fitted[model.y == 0], weights=model.frequency[model.y == 0]),
        "brier": np.average((model.y - fitted) ** 2, weights=model.frequency),
    }


def linear_predictor(model):
    """The linear predictor, rounded so that cases of equal probability are equal."""
    return np.round(model.x.to_numpy() @ model.fit.params.to_numpy(), 8)


def groups_filled(score, groups):
    """Each case's group where groups are filled up to a target from the lowest score on, equal scores together."""
    values, place, sizes = np.unique(score, return_inverse=True, return_counts=True)
    target = math.floor(len(score) / groups + 0.5)
    group, filled, of = 0, 0, []
    for size in sizes:
        if filled and not (filled < target and filled + size // 2 <= target):
            group, filled = group + 1, 0
        filled += size
        of.append(group)
    small = group > 0 and filled <= math.floor(0.5 * len(score) / groups)
    return np.array([one - 1 if small and one == group else one for one in of])[place]


def hosmer_lemeshow(model, convention="r", groups=10):
    """Hosmer and Lemeshow's test, equal fitted values together; R groups between type-7 quantiles, Stata between those of type 2."""
    score = repeated(linear_predictor(model), model.frequency)
    y, p = repeated(model.y, model.frequency), repeated(model.fit.fittedvalues, model.frequency)
    if convention == "spss":
        group = groups_filled(score, groups)
    else:
        method = "averaged_inverted_cdf" if convention == "stata" else "linear"
        breaks = np.unique(np.quantile(score, np.arange(groups + 1) / groups, method=method))
        if len(breaks) < 2:
            return {}
        group = pd.cut(score, breaks, include_lowest=True, labels=False)
    sums = pd.DataFrame({"n": 1.0, "observed": y, "expected": p}).groupby(group).sum()
    variance = 1 / sums["expected"] + 1 / (sums["n"] - sums["expected"])
    chi2, df = ((sums["observed"] - sums["expected"]) ** 2 * variance).sum(), len(sums) - 2
    if df < 1:
        return {}
    return {
        "hosmer_lemeshow": chi2,
        "hosmer_lemeshow_df": df,
        "hosmer_lemeshow_p": stats.chi2.sf(chi2, df),
    }


def area(score, y):
    """The area under the curve: Mann and Whitney's U over the number of pairs."""
    events, others = score[y == 1], score[y == 0]
    return stats.mannwhitneyu(events, others).statistic / (len(events) * len(others))


def auc(model):
    """The area with the standard error of DeLong, DeLong and Clarke-Pearson."""
    score, y = repeated(linear_predictor(model), model.frequency), repeated(model.y, model.frequency)
    events, others = score[y == 1], score[y == 0]
    value = area(score, y)
    # Placements: each event's share of the others below it, and the other way round; by midranks (Sun and Xu 2014).
    together = stats.rankdata(np.concatenate([events, others]))
    of_events = (together[: len(events)] - stats.rankdata(events)) / len(others)
    of_others = 1 - (together[len(events) :] - stats.rankdata(others)) / len(events)
    error = math.sqrt(np.var(of_events, ddof=1) / len(events) + np.var(of_others, ddof=1) / len(others))
    margin = stats.norm.isf((1 - model.level) / 2) * error
    return {"auc": value, "auc_se": error, "auc_low": max(value - margin, 0), "auc_high": min(value + margin, 1)}
