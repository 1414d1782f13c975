def without_cluster(model, cluster):
    """The coefficients of the fit without one cluster; nan where it alone tells of a column."""
    rest = (model.cases[CLUSTER] != cluster).to_numpy()
    x = model.x[rest]
    if np.linalg.matrix_rank(x) < x.shape[1]:
        x = independent(x)
    fit = maximum(model.y[rest], x, model.frequency[rest], start=model.fit.params[x.columns].to_numpy())
    return fit.params.reindex(model.x.columns)


def without_each(model):
    """The coefficients without each cluster in turn, a row a cluster."""
    return pd.DataFrame({cluster: without_cluster(model, cluster) for cluster in np.unique(model.cases[CLUSTER])}).T


def score_apart(model, left=None):
    """The linear predictor of each row by the fit without its cluster. A coefficient counts for those who have something in its
    column."""
    own = (without_each(model) if left is None else left).loc[model.cases[CLUSTER]].to_numpy()
    return np.where(model.x == 0, 0, model.x * own).sum(axis=1)


def jackknife(model):
    """CV3: each cluster is left out in turn, and the spread of the coefficients is the error; Student's t with G - 1 degrees of
    freedom (MacKinnon, Nielsen and Webb 2023). And how well each cluster is predicted by the fit without it."""
    clusters = np.unique(model.cases[CLUSTER])
    if len(clusters) < 2:
        return {}
    left = without_each(model)
    error = np.sqrt((len(clusters) - 1) / len(clusters) * ((left - model.fit.params) ** 2).sum(skipna=False))
    names = ["cv3_std_error", "cv3_statistic", "cv3_p_value", "cv3_conf_low", "cv3_conf_high", "odds_ratio_cv3_low", "odds_ratio_cv3_high"]
    values = wald(model, error, names, error * 0 + len(clusters) - 1)
    values |= {f"loco_low {term}": value for term, value in left.min(skipna=False).items()}
    values |= {f"loco_high {term}": value for term, value in left.max(skipna=False).items()}
    score = score_apart(model, left)
    return values | predicted_apart(score, model.y, model.frequency) if np.isfinite(score).all() else values


def predicted_apart(score, y, frequency):
    """Discrimination, and calibration by Cox (1958): the slope of the score, and the intercept beside it as an offset."""
    columns = np.column_stack([np.ones(len(score)), score])
    return {
        "loco_auc": area(np.round(repeated(score, frequency), 8), repeated(y, frequency)),
        "loco_brier": np.average((y - special.expit(score)) ** 2, weights=frequency),
        "loco_calibration_slope": maximum(y, columns, frequency).params.iloc[1],
        "loco_calibration_intercept": maximum(y, columns[:, :1], frequency, offset=score).params.iloc[0],
    }
