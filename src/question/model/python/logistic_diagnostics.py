def cases_by_level(model):
    """Cases, and cases with the event, at each level of each term."""
    values = {}
    for term in model.terms:
        for code in term.levels or []:
            own = model.frequency * (model.cases[term.name] == code)
            values |= {f"level_cases {term.name}={code}": own.sum(), f"level_events {term.name}={code}": (own * model.y).sum()}
    return values


def inflation(model):
    """How much wider a term's coefficients are for what the others already say: Fox and Monette's (1992) generalised factor."""
    slopes = model.x.columns.drop("(intercept)")
    covariance = model.fit.cov_params().loc[slopes, slopes]
    determinant = lambda columns: np.linalg.det(covariance.loc[columns, columns] / np.outer(scale[columns], scale[columns]))
    scale, values = pd.Series(np.sqrt(np.diag(covariance)), index=slopes), {}
    for term in model.terms:
        own = columns_of(slopes, term)
        if own:
            gvif = determinant(own) * determinant(slopes.drop(own)) / determinant(slopes)
            found = {"gvif": gvif, "gvif_df": len(own), "gvif_scaled": gvif ** (1 / (2 * len(own)))}
            values |= {f"{name} {term.name}": value for name, value in found.items()}
    return values


def linearity(model):
    """Whether a number goes up or down in a straight line: the likelihood ratio of its square beside it."""
    values = {}
    for name in [term.name for term in model.terms if term.levels is None and term.name in model.x]:
        number = model.x[name]
        if number.nunique() > 2:
            square = (number - np.average(number, weights=model.frequency)) ** 2
            chi2 = model.fit.deviance - maximum(model.y, model.x.assign(square=square), model.frequency).deviance
            found = {"linearity_chi2": chi2, "linearity_df": 1, "linearity_p": stats.chi2.sf(chi2, 1)}
            values |= {f"{statistic} {name}": value for statistic, value in found.items()}
    return values


def influence(model):
    """How many covariate patterns have more than twice the mean leverage, or a Cook's distance above 1 by one step from the fit
    (Pregibon 1981). Only the numbers of patterns are told: the largest is often a single person."""
    p, m = model.fit.fittedvalues, model.frequency
    rows = pd.DataFrame({"weight": m * p * (1 - p), "residual": m * (model.y - p)})
    rows["leverage"] = rows["weight"] * ((model.x @ model.fit.cov_params()) * model.x).sum(axis=1)
    patterns = rows.groupby([model.cases[term.name] for term in model.terms]).sum()
    k, left = model.x.shape[1], 1 - patterns["leverage"]
    distance = patterns["residual"] ** 2 / patterns["weight"] * patterns["leverage"] / (k * left**2)
    return {
        "n_patterns": len(patterns),
        "n_high_leverage": (patterns["leverage"] > 2 * k / len(patterns) + 1e-9).sum(),
        "n_high_cooks_distance": (distance[left > 1e-9] > 1 + 1e-9).sum(),
    }


def classification(model, convention, cut):
    """Who is taken for having the outcome where the fitted probability reaches the cut; at the cut itself SPSS says no."""
    score, limit = linear_predictor(model), round(math.log(cut / (1 - cut)), 8)
    positive = score > limit if convention == "spss" else score >= limit
    share = lambda right, of: np.average(right[of], weights=model.frequency[of])
    return {
        "classification_cut": cut,
        "sensitivity": share(positive, model.y == 1),
        "specificity": share(~positive, model.y == 0),
        "correctly_classified": share(positive == (model.y == 1), model.y >= 0),
        "no_information_rate": max(share(model.y == outcome, model.y >= 0) for outcome in (0, 1)),
    }


def shrinkage(model):
    """The calibration slope to be expected of new cases (Van Houwelingen and le Cessie 1990)."""
    chi2, df = model.fit.null_deviance - model.fit.deviance, model.x.shape[1] - 1
    return {"shrinkage": (chi2 - df) / chi2} if df else {}
