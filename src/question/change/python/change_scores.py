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
        "d_av_low": interval.low / average,
        "d_av_high": interval.high / average,
    }


def rank_biserial_interval(change, biserial, level):
    """Limits of the rank-biserial correlation on Fisher's scale, its error by Hoeffding's projection of two U statistics."""
    if abs(biserial) == 1:
        return math.nan, math.nan
    sizes, signs, n = abs(change), np.sign(change), len(change)
    beats = (sizes[:, None] > sizes) + (sizes[:, None] == sizes) / 2
    projected = lambda of: (of[:, None] * beats + (of[:, None] * beats).T).sum(axis=1) / n
    signed, unsigned = projected(signs), projected(abs(signs))
    influence = (signed - signed.mean() / unsigned.mean() * unsigned) / (unsigned.mean() / 2)
    reach = stats.norm.isf((1 - level) / 2) * math.sqrt((influence**2).sum()) / n / (1 - biserial**2)
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


def signed_rank(before, after, level, convention):
    """Wilcoxon's signed-rank test and the sign test. R and SPSS leave out those who did not change, Stata ranks them as Pratt
    proposed; R corrects for continuity, and is exact below 50 changes without ties and zeros."""
    change = after - before
    # As R's `digits.rank = 10`: decimals such as 0.3 - 0.1 and 0.4 - 0.2 are ties.
    change = np.array([float(f"{one:.9e}") for one in change])
    moved = change[change != 0]
    ranked = change if convention == "stata" else moved
    ranks = stats.rankdata(abs(ranked))
    positive, negative = ranks[ranked > 0].sum(), ranks[ranked < 0].sum()
    zeros = "pratt" if convention == "stata" else "wilcox"
    normal = stats.wilcoxon(ranked, zero_method=zeros, correction=convention == "r", method="asymptotic")
    exact = convention == "r" and len(moved) < 50 and len(moved) == len(change) and len(set(ranks)) == len(ranks)
    away = (positive - negative) / 2
    away -= math.copysign(0.5, away) if convention == "r" and away != 0 else 0
    biserial = (positive - negative) / (positive + negative)
    low, high = rank_biserial_interval(ranked, biserial, level)
    up, down = int((moved > 0).sum()), int((moved < 0).sum())
    many = convention == "spss" and up + down > 25
    return {
        "wilcoxon": positive,
        "wilcoxon_z": math.copysign(normal.zstatistic, away),  # scipy gives the size alone
        "wilcoxon_p": stats.wilcoxon(moved, method="exact").pvalue if exact else normal.pvalue,
        "rank_biserial": biserial,
        "rank_biserial_low": low,
        "rank_biserial_high": high,
        "sign_p": spss_large(up, down) if many else stats.binomtest(up, up + down).pvalue,
    }


def sd_before(pairs):
    """The standard deviation before, of those with an answer at both waves."""
    before = repeated(pairs["before"], pairs["frequency"])
    return np.std(before, ddof=1) if len(before) > 1 else math.nan


def reliability(r, sd, cut_off=None):
    """What is known of a measure: its reliability, the standard deviation that a change is measured by (everyone's, also in a
    group), and where the worse side begins."""
    return SimpleNamespace(r=r, sd=sd, cut_off=cut_off)


def reliable_change(before, after, better, known):
    """Jacobson and Truax's classes: who changed by more than 1.96 standard errors of a difference. Compared at ten digits."""
    if not known.sd > 0:
        return {}
    sign, n = 1 if better == "higher" else -1, len(before)
    ten = lambda number: float(f"{number:.9e}")
    threshold = 1.96 * known.sd * math.sqrt(2 * (1 - known.r))
    gain = np.array([ten(one) for one in sign * (after - before)])
    improved, worse = gain > ten(threshold), -gain > ten(threshold)
    values = {
        "reliable_threshold": threshold,
        "reliable_improved": improved.sum(),
        "reliable_unchanged": n - improved.sum() - worse.sum(),
        "reliable_worse": worse.sum(),
        "reliable_improved_share": improved.mean(),
        "reliable_unchanged_share": 1 - (improved.sum() + worse.sum()) / n,
        "reliable_worse_share": worse.mean(),
    }
    if known.cut_off is not None:
        case = sign * before <= sign * known.cut_off
        recovered = case & (sign * after > sign * known.cut_off) & improved
        values |= {"cases_before": case.sum(), "recovered": recovered.sum(), "recovered_share": recovered.mean()}
    return values


def score_tests(pairs, better, level, convention, reliability):
    """What is computed of codes or numbers as scores."""
    before = repeated(pairs["before"], pairs["frequency"])
    after = repeated(pairs["after"], pairs["frequency"])
    if len(before) == 0:
        return {}
    values = moments(before, after) | superiority(pairs, better, level)
    if values.get("sd_change", 0) > 0:
        values |= paired_t(before, after, level)
    if (before != after).any():
        values |= signed_rank(before, after, level, convention)
    if reliability is not None and better != "none":
        values |= reliable_change(before, after, better, reliability)
    return values
