def penalised(model, start, free):
    """The maximum of the log-likelihood plus half the logarithm of the information's determinant, over the coefficients that are
    `free`; the others stay at `start`. Fisher's scoring with Firth's score: each residual y - p gets h(1/2 - p) more, h its leverage."""
    x, y, m = model.x.to_numpy(), model.y.to_numpy(), model.frequency.to_numpy()

    def at(b):
        eta = x @ b
        p = special.expit(eta)
        information = (x * (m * p * (1 - p))[:, None]).T @ x
        likelihood = -(m * np.logaddexp(0, np.where(y == 1, -eta, eta))).sum()
        return p, information, likelihood + np.linalg.slogdet(information)[1] / 2

    b = np.array(start, dtype=float)
    p, information, value = at(b)
    for _ in range(1000):
        covariance = np.linalg.inv(information)
        leverage = m * p * (1 - p) * ((x @ covariance) * x).sum(axis=1)
        score = x.T @ (m * (y - p) + leverage * (0.5 - p))
        step = np.zeros(len(b))
        step[free] = np.linalg.solve(information[np.ix_(free, free)], score[free])
        while (found := at(b + step))[2] < value - 1e-11 * abs(value) and abs(step).max() > 1e-12:
            step /= 2
        b, (p, information, value) = b + step, found
        if (abs(step) <= 1e-12 * (1 + abs(b))).all():
            break
    return SimpleNamespace(coefficients=b, covariance=np.linalg.inv(information), likelihood=value)


def firth(model):
    """Estimates that are finite whatever the data (Firth 1993), with limits and tests by the penalised likelihood ratio, whose
    penalty is that of all coefficients (Heinze and Schemper 2002)."""
    k, reach = model.x.shape[1], stats.chi2.isf(1 - model.level, 1)
    columns = np.arange(k)
    top = penalised(model, np.zeros(k), columns)
    b, covariance, values = top.coefficients, top.covariance, {}
    for j, term in enumerate(model.x.columns):
        error = math.sqrt(covariance[j, j])

        def ratio(value, j=j):
            """Twice what the penalised likelihood loses where coefficient j is given; the others start where they are expected."""
            start = b + (value - b[j]) * covariance[:, j] / covariance[j, j]
            return 2 * (top.likelihood - penalised(model, start, columns[columns != j]).likelihood)

        limits = []
        for side in (-1, 1):
            far = b[j] + 2 * side * error
            while ratio(far) < reach:
                far += side * error
            limits.append(optimize.brentq(lambda value: ratio(value) - reach, b[j], far, xtol=1e-11 * error, rtol=1e-12))
        found = {"estimate": b[j], "std_error": error, "odds_ratio": math.exp(b[j]), "chi2": ratio(0)}
        found |= {"profile_low": limits[0], "profile_high": limits[1], "p_value": stats.chi2.sf(ratio(0), 1)}
        found |= {"odds_ratio_low": math.exp(limits[0]), "odds_ratio_high": math.exp(limits[1])}
        values |= {f"firth_{name} {term}": value for name, value in found.items()}
    for term in model.terms:
        own = model.x.columns.isin(columns_of(model.x.columns, term))
        if own.any():
            without = penalised(model, np.where(own, 0, b), columns[~own])
            chi2 = 2 * (top.likelihood - without.likelihood)
            found = {"firth_lr_chi2": chi2, "firth_lr_df": own.sum(), "firth_lr_p": stats.chi2.sf(chi2, own.sum())}
            values |= {f"{name} {term.name}": value for name, value in found.items()}
    return values


def firth_is_called_for(model, method):
    """Where it was asked for, under separation, and where there are fewer than ten events, or others, for each slope."""
    events, slopes = (model.frequency * model.y).sum(), model.x.shape[1] - 1
    few = slopes > 0 and min(events, model.frequency.sum() - events) / slopes < 10
    return method == "firth" or (method == "auto" and (few or separated(model)))
