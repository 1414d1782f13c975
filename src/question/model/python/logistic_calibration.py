def points_of(score, frequency):
    """The predicted probabilities 5, 10, ... 95 per cent that a curve is drawn at: as far as ten cases, and a twentieth of them, are
    predicted to lie beyond."""
    beyond, near = max(10, frequency.sum() / 20), np.round(score, 8)
    points = [(p, round(math.log(p / (1 - p)), 8)) for p in np.arange(1, 20) / 20]
    return [p for p, eta in points if min(frequency[near <= eta].sum(), frequency[near >= eta].sum()) >= beyond]


def calibration_curve(model, score, name, kinds):
    """The share with the outcome where so much is predicted: its logit is fitted to the linear predictor and its square (Pregibon
    1980), and read off that parabola. The limits are by the delta method, on the scale of the logit."""
    points, distinct = points_of(score, model.frequency), len(np.unique(np.round(score, 8)))
    # Of two predictions there is no bend.
    if not points or distinct < 3:
        return {}
    columns = pd.DataFrame({"(intercept)": 1.0, "score": score, "square": score**2}, index=model.x.index)
    fit = maximum(model.y, columns, model.frequency)
    fit = maximum(model.y, columns, model.frequency, start=fit.params.to_numpy())
    bent = SimpleNamespace(**vars(model) | {"x": columns, "fit": fit})
    reduced = bias_reduced(bent) if "cr2_" in kinds else None
    values = {}
    for p in points:
        logit = special.logit(p)
        row = np.array([1.0, logit, logit**2])
        eta, term = row @ fit.params.to_numpy(), f"{p:.2f}"
        values |= {f"{name} {term}": special.expit(eta)}
        for kind, (error, df) in errors_of(bent, row, reduced).items():
            if kind in kinds:
                reach = stats.t.isf((1 - model.level) / 2, df) * error
                values |= {f"{name}_{kind}low {term}": special.expit(eta - reach)}
                values |= {f"{name}_{kind}high {term}": special.expit(eta + reach)}
    return values


def calibration(model, several):
    """Of those whom the fit predicts a probability for, how many have the outcome: the cases that it was made of."""
    score = model.x.to_numpy() @ model.fit.params.to_numpy()
    return calibration_curve(model, score, "calibrated", ["", "cr2_"] if several else [""])


def calibration_apart(model):
    """The same of clusters that the fit has not seen."""
    score = score_apart(model)
    return calibration_curve(model, score, "loco_calibrated", ["cr2_"]) if np.isfinite(score).all() else {}
