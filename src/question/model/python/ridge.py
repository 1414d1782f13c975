STRENGTHS = 10.0 ** (np.arange(-4, 9) / 2)


def ridge(x, y, strength):
    """Intercept and coefficients that maximise the log-likelihood less strength/2 times the squares of the standardised
    coefficients, by Newton's method."""
    centre, spread = x.mean(axis=0), x.std(axis=0)
    flat = spread <= 1e-12 * abs(centre)
    z = np.column_stack([np.ones(len(y)), np.where(flat, 0, (x - centre) / np.where(flat, 1, spread))])
    penalty = np.diag([0.0] + [strength] * x.shape[1])
    b = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(z @ b)))
        step = np.linalg.solve(z.T @ (z * (p * (1 - p))[:, None]) + penalty, z.T @ (y - p) - penalty @ b)
        b += step
        if abs(step).max() < 1e-13:
            break
    slopes = np.where(flat, 0, b[1:] / np.where(flat, 1, spread))
    return np.concatenate([[b[0] - slopes @ centre], slopes])


def log_loss(y, eta):
    """Minus the log-likelihood of the outcomes."""
    return np.logaddexp(0, np.where(y == 1, -eta, eta)).sum()


def deal_folds(model, folds):
    """Whole clusters in turn; without clusters the cases of either outcome in turn, in the order of their answers."""
    place = lambda term: model.cases[term.name].map({code: i for i, code in enumerate(term.levels)})
    order = pd.DataFrame({t.name: place(t) if t.levels else model.cases[t.name] for t in model.terms})
    rows = order.sort_values(list(order.columns), kind="stable").index
    rows = np.repeat(rows, model.frequency[rows].astype(int))
    y = model.y[rows].to_numpy()
    if model.clustered:
        fold = (pd.factorize(model.cases[CLUSTER][rows], sort=True)[0]) % folds
    else:
        fold = np.empty(len(y), dtype=int)
        for outcome in (0, 1):
            fold[y == outcome] = np.arange((y == outcome).sum()) % folds
    return model.full.drop(columns="(intercept)").loc[rows].to_numpy(), y, fold


def ridge_regression(model, folds):
    """The penalised fit, and by nested cross-validation how well it predicts."""
    x, y, fold = deal_folds(model, folds)
    predict = lambda b, rows: b[0] + x[rows] @ b[1:]

    def choose(training):
        """The strength of smallest cross-validated loss over the folds in training."""
        losses = []
        for strength in STRENGTHS:
            parts = [(training & (fold == k), training & (fold != k)) for k in np.unique(fold[training])]
            losses.append(sum(log_loss(y[test], predict(ridge(x[fit], y[fit], strength), test)) for test, fit in parts))
        return STRENGTHS[int(np.argmin(losses))]

    strength = choose(np.ones(len(y), dtype=bool))
    eta = np.empty(len(y))
    for k in range(folds):
        eta[fold == k] = predict(ridge(x[fold != k], y[fold != k], choose(fold != k)), fold == k)
    ones = np.ones(len(y))
    values = {
        "ridge_alpha": strength,
        "ridge_auc": area(np.round(eta, 8), y),
        "ridge_brier": np.mean((y - 1 / (1 + np.exp(-eta))) ** 2),
        "ridge_log_loss": log_loss(y, eta) / len(y),
        "ridge_calibration_slope": maximum(y, np.column_stack([ones, eta]), ones).params[1],
        "ridge_calibration_intercept": maximum(y, ones, ones, offset=eta).params[0],
    }
    fitted = ridge(x, y, strength)
    return values | {f"ridge_coefficient {term}": value for term, value in zip(model.full.columns, fitted, strict=True)}
