FOLLOWED = "(followed)"


def followed_and_lost(members):
    """How many of those who were due were followed up, and how many were lost."""
    count = lambda rows: members.loc[rows, FREQUENCY].sum()
    return {
        "eligible": members[FREQUENCY].sum(),
        "followed": count(members[FOLLOWED] == 1),
        "lost": count(members[FOLLOWED] == 0),
    }


def standardised(means, variances):
    """The lost less the followed, over the root of the mean of the two variances (Austin 2009)."""
    pooled = sum(variances) / 2
    return (means[1] - means[0]) / math.sqrt(pooled) if pooled > 0 else math.nan


def sides(members, variable):
    """Of the followed and of the lost: answers to a term, and how many have one and have none."""
    answers, values = [], {}
    for side, followed in (("followed", 1), ("lost", 0)):
        own = members[members[FOLLOWED] == followed]
        given = own[own[variable].notna()]
        answers.append(repeated(given[variable], given[FREQUENCY]))
        values |= {f"n_{side}": len(answers[-1]), f"missing_{side}": own[FREQUENCY].sum() - len(answers[-1])}
    return answers, values


def balance_of_number(members, variable):
    """A number: means, standard deviations (divisor n - 1) and their standardised difference."""
    answers, values = sides(members, variable)
    for side, own in zip(("followed", "lost"), answers, strict=True):
        if len(own) > 0:
            values[f"mean_{side}"] = np.mean(own)
        if len(own) > 1:
            values[f"sd_{side}"] = np.std(own, ddof=1)
    if min(map(len, answers)) > 1:
        values["smd"] = standardised([np.mean(own) for own in answers], [np.var(own, ddof=1) for own in answers])
    return values


def balance_of_codes(members, variable, codes):
    """An answer with codes: counts, shares and, for each code, the standardised difference of the shares."""
    answers, values = sides(members, variable)
    for code in codes:
        shares = [np.mean(own == code) if len(own) else math.nan for own in answers]
        for side, own, share in zip(("followed", "lost"), answers, shares, strict=True):
            values |= {f"count_{side} {code}": np.sum(own == code), f"share_{side} {code}": share}
        values[f"smd {code}"] = standardised(shares, [share * (1 - share) for share in shares])
    return values


def loss_weights(response, truncate):
    """The share that was followed up over the fitted probability, cut off at two quantiles: a weight for each pattern of the terms
    (Cole and Hernán 2008). None where some were followed up, or lost, for certain."""
    if separated(response):
        return None
    share = np.average(response.y, weights=response.frequency)
    followed = response.y == 1
    frequency = response.frequency[followed]
    weight = share / response.fit.fittedvalues[followed]
    low, high = np.quantile(repeated(weight, frequency), truncate)
    # What differs from where it is cut off by rounding alone was not cut off.
    beyond = (weight < low * (1 - 1e-9)) | (weight > high * (1 + 1e-9))
    weight = weight.clip(low, high)
    terms = [term.name for term in response.terms]
    table = response.cases.loc[followed, terms].assign(weight=weight).drop_duplicates(terms)
    return SimpleNamespace(table=table, terms=terms, weight=weight, frequency=frequency, beyond=beyond)


def kish(weight, frequency):
    """Kish's effective number."""
    return (weight * frequency).sum() ** 2 / (weight**2 * frequency).sum()


def about_weights(weights):
    """What may be told of the weights."""
    if weights is None:
        return {}
    return {
        "weight_mean": np.average(weights.weight, weights=weights.frequency),
        "weight_effective_n": kish(weights.weight, weights.frequency),
        "n_truncated": weights.frequency[weights.beyond].sum(),
    }


def weighted_change(table, before, after, weights, level, event=None):
    """Change weighted for loss; of the share with the answer `event` where there is one. The error is the linearised one of
    independent persons with unequal weights, as in R's survey package."""
    if weights is None:
        return {}
    pairs = table[table[before].notna() & table[after].notna()].merge(weights.table, on=weights.terms)
    n = pairs[FREQUENCY].sum()
    if n == 0:
        return {"weighted_n_pairs": 0}
    each = lambda column: repeated(pairs[column], pairs[FREQUENCY])
    x, y, w = each(before), each(after), each("weight")
    if event is not None:
        x, y = (x == event).astype(float), (y == event).astype(float)
    stem, ratio = ("weighted_mean", "weighted_t") if event is None else ("weighted_share", "weighted_share_t")
    change = np.average(y - x, weights=w)
    values = {
        "weighted_n_pairs": n,
        "weighted_effective_n": kish(w, 1),
        f"{stem}_before": np.average(x, weights=w),
        f"{stem}_after": np.average(y, weights=w),
        f"{stem}_change": change,
    }
    error = math.sqrt(n / (n - 1) * np.sum((w * (y - x - change) / w.sum()) ** 2)) if n > 1 else 0
    if error > 1e-12:
        reach = stats.t.isf((1 - level) / 2, n - 1) * error
        values |= {f"{stem}_change_std_error": error, ratio: change / error}
        values |= {f"{stem}_change_low": change - reach, f"{stem}_change_high": change + reach}
        values[f"{ratio}_p"] = 2 * stats.t.sf(abs(change / error), n - 1)
    return values


def weighted_regression(table, outcome, event, terms, clustered, level, weights):
    """A logistic regression weighted for loss, with sandwich errors: HC0, or CR1 where there are clusters."""
    if weights is None:
        return {}
    needed = [outcome] + [term.name for term in terms] + ([CLUSTER] if clustered else [])
    cases = table[table[needed].notna().all(axis=1)].merge(weights.table, on=weights.terms)
    x = independent(design(cases, terms))
    y, frequency, weight = (cases[outcome] == event).astype(float), cases[FREQUENCY].astype(float), cases["weight"]
    fit = maximum(y, x, frequency * weight)
    fit = maximum(y, x, frequency * weight, start=fit.params.to_numpy())
    score = x.mul(weight * (y - fit.fittedvalues), axis=0)
    if clustered:
        sums = score.mul(frequency, axis=0).groupby(cases[CLUSTER]).sum()
        meat = sums.T @ sums * len(sums) / (len(sums) - 1)
    else:
        meat = score.mul(frequency, axis=0).T @ score
    bread = fit.cov_params().to_numpy()
    error = np.sqrt(np.diag(bread @ meat.to_numpy() @ bread))
    values = {"weighted_n_obs": frequency.sum(), "weighted_effective_n": kish(weight, frequency)}
    for (term, estimate), own in zip(fit.params.items(), error, strict=True):
        reach = stats.norm.isf((1 - level) / 2) * own
        found = {"weighted_estimate": estimate, "weighted_std_error": own}
        found["weighted_p_value"] = 2 * stats.norm.sf(abs(estimate / own))
        found |= {"weighted_odds_ratio": math.exp(estimate), "weighted_odds_ratio_low": math.exp(estimate - reach)}
        found["weighted_odds_ratio_high"] = math.exp(estimate + reach)
        values |= {f"{name} {term}": value for name, value in found.items()}
    return values
