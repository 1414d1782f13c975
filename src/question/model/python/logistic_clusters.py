def cluster_sizes(model):
    """How the cases are spread over clusters, and what it costs: the intraclass correlation of the outcome by analysis of
    variance, and how much larger it makes the variance of a mean."""
    cases = pd.DataFrame({"n": model.frequency, "events": model.frequency * model.y}).groupby(model.cases[CLUSTER]).sum()
    sizes, shares, n, clusters = cases["n"], cases["events"] / cases["n"], cases["n"].sum(), len(cases)
    cv = sizes.std(ddof=0) / sizes.mean()
    values = {"n_clusters": clusters, "cluster_size_mean": sizes.mean(), "cluster_size_cv": cv}
    if n <= clusters or clusters < 2:
        return values
    between = (sizes * (shares - cases["events"].sum() / n) ** 2).sum() / (clusters - 1)
    within = (sizes * shares * (1 - shares)).sum() / (n - clusters)
    usual = (n - (sizes**2).sum() / n) / (clusters - 1)
    icc = (between - within) / (between + (usual - 1) * within)
    effect = 1 + ((1 + cv**2) * sizes.mean() - 1) * max(icc, 0)
    return values | {"icc": icc, "design_effect": effect, "effective_n": n / effect}


def by_cluster(model):
    """Each row's cluster, counted from 0, and how many clusters there are."""
    places, clusters = pd.factorize(model.cases[CLUSTER], sort=True)
    return places, len(clusters)


def sums_by_cluster(rows, places, clusters):
    """Rows added up by cluster."""
    sums = np.zeros((clusters, rows.shape[1]))
    np.add.at(sums, places, rows)
    return sums


def sandwich(model):
    """Liang and Zeger's covariance matrix, CR0: the scores added up by cluster, between two inverse informations."""
    residual = model.frequency * (model.y - model.fit.fittedvalues)
    scores = sums_by_cluster(model.x.mul(residual, axis=0).to_numpy(), *by_cluster(model))
    bread = model.fit.cov_params().to_numpy()
    return bread @ scores.T @ scores @ bread


def bias_reduced(model):
    """What CR2 needs: in each cluster the residuals are taken times A = V^1/2 [V(I - H)V]^+1/2 V^1/2, so that the sandwich is right on
    average where the model holds (Bell and McCaffrey 2002). The m cases of a pattern stand in one row, scaled by the root of m:
    what differs between them A leaves alone."""
    places, clusters = by_cluster(model)
    root = np.sqrt(model.frequency.to_numpy())
    p = model.fit.fittedvalues.to_numpy()
    v, x, residual = p * (1 - p), model.x.to_numpy() * root[:, None], (model.y.to_numpy() - p) * root
    bread = model.fit.cov_params().to_numpy()
    adjusted = np.zeros(x.shape)
    for cluster in range(clusters):
        own = np.flatnonzero(places == cluster)
        half, three_halves = np.sqrt(v[own])[:, None], (v[own] ** 1.5)[:, None]
        values, vectors = np.linalg.eigh(np.diag(v[own] ** 2) - three_halves * x[own] @ bread @ (three_halves * x[own]).T)
        # A cluster that alone tells of a coefficient has no residual in its direction: that direction is left out.
        powers = np.where(values > 1e-10 * values.max(), abs(values) ** -0.5, 0)
        adjusted[own] = half * (vectors @ (powers[:, None] * (vectors.T @ (half * x[own]))))
    return SimpleNamespace(adjusted=adjusted, x=x, v=v, residual=residual, bread=bread, places=places, clusters=clusters)


def cr2_error(reduced, combination):
    """The CR2 standard error of a combination of coefficients, with Satterthwaite's degrees of freedom under independent cases
    (Pustejovsky and Tipton 2018): the squared sum of the eigenvalues of Omega over the sum of their squares."""
    a = reduced.adjusted @ reduced.bread @ combination
    sums = lambda rows: sums_by_cluster(rows, reduced.places, reduced.clusters)
    error = math.sqrt((sums((a * reduced.residual)[:, None]) ** 2).sum())
    d = sums((reduced.v * a)[:, None] * reduced.x)
    omega = np.diag(sums((a**2 * reduced.v)[:, None])[:, 0]) - d @ reduced.bread @ d.T
    return error, np.trace(omega) ** 2 / (omega**2).sum()


def clustered_errors(model, reduced):
    """Every coefficient with errors that allow for clusters: CR0, CR1 with the factor G/(G - 1), Stata's CR1S, and CR2."""
    clusters, n, k = reduced.clusters, model.frequency.sum(), model.x.shape[1]
    cr0 = pd.Series(np.sqrt(np.diag(sandwich(model))), index=model.x.columns)
    cr1 = cr0 * math.sqrt(clusters / (clusters - 1))
    values = {f"cr0_std_error {term}": error for term, error in cr0.items()}
    values |= {f"cr1s_std_error {term}": error * math.sqrt((n - 1) / (n - k)) for term, error in cr1.items()}
    names = ["std_error", "statistic", "p_value", "conf_low", "conf_high"]
    values |= wald(model, cr1, [f"cr1_{name}" for name in names] + ["odds_ratio_cr1_low", "odds_ratio_cr1_high"])
    cr2, df = (
        pd.Series(found, index=model.x.columns) for found in zip(*(cr2_error(reduced, one) for one in np.eye(k)), strict=True)
    )
    values |= {f"cr2_df {term}": own for term, own in df.items()}
    values |= {f"cr2_variance_ratio {term}": (cr2[term] / model.fit.bse[term]) ** 2 for term in cr2.index}
    return values | wald(model, cr2, [f"cr2_{name}" for name in names] + ["odds_ratio_cr2_low", "odds_ratio_cr2_high"], df)
