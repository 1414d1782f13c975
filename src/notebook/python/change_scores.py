def moments(before, after):
    """Means and standard deviations before, after and of the change."""
    values = {"mean_before": np.mean(before), "mean_after": np.mean(after), "mean_change": np.mean(after - before)}
    if len(before) > 1:
        for name, numbers in (("sd_before", before), ("sd_after", after), ("sd_change", after - before)):
            values[name] = np.std(numbers, ddof=1)
    return values


def paired_t(before, after, level):
    """Student's paired t, and the mean change in standard deviations."""
    test = stats.ttest_rel(after, before)
    interval = test.confidence_interval(level)
    change = after - before
    average = (np.std(before, ddof=1) + np.std(after, ddof=1)) / 2
    return {
        "t": test.statistic,
        "t_df": test.df,
        "t_p": test.pvalue,
        "mean_change_low": interval.low,
        "mean_change_high": interval.high,
        "d_z": np.mean(change) / np.std(change, ddof=1),
        "d_av": np.mean(change) / average,
    }


def rank_biserial_interval(moved, ranks, level):
    """Limits of the rank-biserial correlation on Fisher's scale, its error by Hoeffding's projection of two U statistics."""
    sizes, signs, n = abs(moved), np.sign(moved), len(moved)
    biserial = (signs * ranks).sum() / ranks.sum()
    if abs(biserial) == 1:
        return math.nan, math.nan
    beats = (sizes[:, None] > sizes) + (sizes[:, None] == sizes) / 2
    signed = (signs[:, None] * beats + signs * beats.T).sum(axis=1) / n
    unsigned = (beats + beats.T).sum(axis=1) / n
    influence = (signed - signed.mean() / unsigned.mean() * unsigned) / (unsigned.mean() / 2)
    error = math.sqrt((influence**2).sum()) / n
    reach = stats.norm.isf((1 - level) / 2) * error / (1 - biserial**2)
    return math.tanh(math.atanh(biserial) - reach), math.tanh(math.atanh(biserial) + reach)


def superiority(pairs, better, level):
    """The probability of being better after than before, no change counting half; Tango's limits on that scale."""
    n = pairs["frequency"].sum()
    increased = pairs.loc[pairs["after"] > pairs["before"], "frequency"].sum()
    decreased = pairs.loc[pairs["after"] < pairs["before"], "frequency"].sum()
    gained, lost = (decreased, increased) if better == "lower" else (increased, decreased)
    low, high = tango(gained, lost, n, level)
    return {
        "probability_of_superiority": (1 + (gained - lost) / n) / 2,
        "probability_of_superiority_low": (1 + low) / 2,
        "probability_of_superiority_high": (1 + high) / 2,
    }


def signed_rank(before, after, level):
    """Wilcoxon's signed-rank test without those who did not change; exact below 50 changes without ties and zeros."""
    change = after - before
    # As R's `digits.rank = 10`: decimals such as 0.3 - 0.1 and 0.4 - 0.2 are ties.
    change = np.array([float(f"{one:.9e}") for one in change])
    moved = change[change != 0]
    ranks = stats.rankdata(abs(moved))
    positive, negative = ranks[moved > 0].sum(), ranks[moved < 0].sum()
    low, high = rank_biserial_interval(moved, ranks, level)
    normal = stats.wilcoxon(moved, correction=True, method="asymptotic")
    exact = len(moved) < 50 and len(moved) == len(change) and len(set(ranks)) == len(ranks)
    return {
        "wilcoxon": positive,
        "wilcoxon_z": math.copysign(normal.zstatistic, positive - negative),
        "wilcoxon_p": stats.wilcoxon(moved, method="exact").pvalue if exact else normal.pvalue,
        "rank_biserial": (positive - negative) / (positive + negative),
        "rank_biserial_low": low,
        "rank_biserial_high": high,
        "sign_p": stats.binomtest(int((moved > 0).sum()), len(moved)).pvalue,
    }


def score_tests(pairs, better, level):
    """What is computed of codes or numbers as scores."""
    before = repeated(pairs["before"], pairs["frequency"])
    after = repeated(pairs["after"], pairs["frequency"])
    if len(before) == 0:
        return {}
    values = moments(before, after) | superiority(pairs, better, level)
    if values.get("sd_change", 0) > 0:
        values |= paired_t(before, after, level)
    if (before != after).any():
        values |= signed_rank(before, after, level)
    return values
