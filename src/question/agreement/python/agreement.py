def kappa(table, weights, level):
    """Kappa with its large-sample error (Fleiss, Cohen and Everitt 1969) and the normal interval."""
    far = np.abs(np.subtract.outer(range(3), range(3))) if weights else 1 - np.eye(3)
    if (far * np.outer(table.sum(axis=1), table.sum(axis=0))).sum() == 0:
        return []
    if (far * table).sum() == 0:
        return [1, 0]
    found = cohens_kappa(table, wt=weights)
    reach = stats.norm.isf((1 - level) / 2) * found.std_kappa
    return [found.kappa, found.std_kappa, found.kappa - reach, found.kappa + reach]


def agreement(answers, before, after, better, rated, codes, says, level):
    """Change as it was rated (rows) against change as the answers differ (columns): worse, unchanged, better."""
    levels = [-1, 0, 1]
    frequency = answers[FREQUENCY]
    difference = np.sign(answers[after] - answers[before]) * (1 if better == "higher" else -1)
    rating = answers[rated].map(dict(zip(codes, says, strict=True)))
    both = difference.notna() & rating.notna()
    table = np.array(
        [[frequency[both & (rating == a) & (difference == b)].sum() for b in levels] for a in levels], dtype=float
    )
    n = table.sum()
    values = {"n_rated": n}
    values |= {f"rated_differenced {a}>{b}": table[i, j] for i, a in enumerate(levels) for j, b in enumerate(levels)}
    values |= {
        f"rated_differenced_share {a}>{b}": table[i, j] / table[i].sum()
        for i, a in enumerate(levels)
        for j, b in enumerate(levels)
        if table[i].sum() > 0
    }
    values |= {f"rated_count {a}": table[i].sum() for i, a in enumerate(levels)}
    values |= {f"differenced_count {b}": table[:, j].sum() for j, b in enumerate(levels)}
    values["n_unrated"] = frequency[difference.notna() & rating.isna()].sum()
    values["n_undifferenced"] = frequency[difference.isna() & rating.notna()].sum()
    values |= {f"rated_level {rated}={code}": said for code, said in zip(codes, says, strict=True)}
    if n == 0:
        return values
    values |= {f"rated_share {a}": table[i].sum() / n for i, a in enumerate(levels)}
    values |= {f"differenced_share {b}": table[:, j].sum() / n for j, b in enumerate(levels)}
    agreed = np.trace(table)
    low, high = proportion_confint(agreed, n, alpha=1 - level, method="wilson")
    values |= {"agreed": agreed, "agreed_share": agreed / n, "agreed_share_low": low, "agreed_share_high": high}
    for name, weights in (("kappa", None), ("kappa_linear", "linear"), ("kappa_quadratic", "quadratic")):
        ends = ["", "_std_error", "_low", "_high"]
        values |= {name + end: value for end, value in zip(ends, kappa(table, weights, level))}
    return values
