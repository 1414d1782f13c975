def spss_large(one, other):
    """The p-value of SPSS's sign and McNemar tests beyond 25 changes, as its algorithms write it."""
    return 2 * stats.norm.sf(abs(max(one, other) - (one + other) / 2 - 0.5) / (math.sqrt(one + other) / 2))


def mcnemar_tests(table, convention):
    """McNemar's test in its forms, and what a program gives unasked; the mid-p by Fagerland, Lydersen and Laake's formula."""
    n01, n10 = table[0, 1], table[1, 0]
    exact = mcnemar(table, exact=True).pvalue
    at_smaller = stats.binom.pmf(min(n01, n10), n01 + n10, 0.5)
    plain = mcnemar(table, exact=False, correction=False)
    corrected = mcnemar(table, exact=False, correction=True)
    balanced = n01 == n10  # the correction does not take a difference of nothing below nothing
    of_program = {
        "r": 1 if balanced else corrected.pvalue,
        "stata": plain.pvalue,
        "spss": exact if n01 + n10 <= 25 else spss_large(n01, n10),
    }
    return {
        "mcnemar_exact": exact,
        "mcnemar_mid": 1 - at_smaller / 2 if balanced else exact - at_smaller,
        "mcnemar_chi2": plain.statistic,
        "mcnemar_p": plain.pvalue,
        "mcnemar_corrected_chi2": 0 if balanced else corrected.statistic,
        "mcnemar_corrected_p": 1 if balanced else corrected.pvalue,
        "mcnemar_program_p": of_program[convention],
    }


def newcombe(table, level):
    """Newcombe's method 10: Wilson's intervals of both shares, joined with their correlation."""
    (n00, n01), (n10, n11) = table
    n = table.sum()
    difference = (n01 - n10) / n

    def distances(count):
        low, high = proportion_confint(count, n, alpha=1 - level, method="wilson")
        return count / n - low, high - count / n

    below_after, above_after = distances(n01 + n11)
    below_before, above_before = distances(n10 + n11)
    margins = (n00 + n01) * (n10 + n11) * (n00 + n10) * (n01 + n11)
    over = n00 * n11 - n01 * n10
    phi = 0 if margins == 0 else (max(over - n / 2, 0) if over > 0 else over) / math.sqrt(margins)
    joined = lambda x, y: math.sqrt(max(x**2 - 2 * phi * x * y + y**2, 0))
    return difference - joined(below_after, above_before), difference + joined(above_after, below_before)


def tango(gained, lost, n, level):
    """Tango's interval: the differences at which his score statistic is z and -z."""
    z = stats.norm.isf((1 - level) / 2)
    if gained + lost == 0:
        return -(z**2) / (n + z**2), z**2 / (n + z**2)

    def score(delta):
        # Tango's restricted estimate of the share that was lost, given the difference.
        linear = -gained - lost + (2 * n - gained + lost) * delta
        constant = -lost * delta * (1 - delta)
        share = (math.sqrt(max(linear**2 - 8 * n * constant, 0)) - linear) / (4 * n)
        return (gained - lost - n * delta) / math.sqrt(n * (2 * share + delta * (1 - delta)))

    estimate, edge = (gained - lost) / n, 1 - 1e-12
    root = lambda target, low, high: optimize.brentq(lambda delta: score(delta) - target, low, high, xtol=1e-15)
    low = -1 if estimate == -1 else root(z, -edge, min(estimate, edge))
    high = 1 if estimate == 1 else root(-z, max(estimate, -edge), edge)
    return low, high


def paired_odds_ratio(n01, n10, level):
    """The conditional odds ratio: Clopper and Pearson's interval of n01 out of n01 + n10, as odds."""
    exact = lambda count: proportion_confint(count, n01 + n10, alpha=1 - level, method="beta")[0]
    low, complement = exact(n01), exact(n10)
    return {
        "odds_ratio": n01 / n10 if n10 > 0 else math.nan,
        "odds_ratio_low": low / (1 - low),
        "odds_ratio_high": (1 - complement) / complement if complement > 0 else math.nan,
        "cohen_g": (n01 - n10) / (2 * (n01 + n10)),
    }


def margins(table):
    """How many were at each level before and after, and the share of each count in its row and of all."""
    (n00, n01), (n10, n11) = table
    n, first, second = table.sum(), n00 + n01, n10 + n11
    values = {"first_before": first, "second_before": second, "first_after": n00 + n10, "second_after": n01 + n11}
    if n > 0:
        values |= {"first_share_before": first / n, "first_share_after": (n00 + n10) / n}
        values |= {"n00_joint_share": n00 / n, "n01_joint_share": n01 / n}
        values |= {"n10_joint_share": n10 / n, "n11_joint_share": n11 / n}
    if first > 0:
        values |= {"n00_share": n00 / first, "n01_share": n01 / first}
    if second > 0:
        values |= {"n10_share": n10 / second, "n11_share": n11 / second}
    return values


def cohens_h(before, after):
    """Cohen's h of two shares."""
    angle = lambda share: 2 * math.asin(math.sqrt(min(max(share, 0), 1)))
    return angle(after) - angle(before)


def two_by_two(table, level, convention):
    """Everything about a table of two levels before and after."""
    (n00, n01), (n10, n11) = table
    n = table.sum()
    values = {"n00": n00, "n01": n01, "n10": n10, "n11": n11} | margins(table)
    if n > 0:
        values |= {"share_before": (n10 + n11) / n, "share_after": (n01 + n11) / n, "risk_difference": (n01 - n10) / n}
        values["risk_difference_low"], values["risk_difference_high"] = newcombe(table, level)
        values["tango_low"], values["tango_high"] = low, high = tango(n01, n10, n, level)
        before = values["share_before"]
        values["cohens_h"] = cohens_h(before, values["share_after"])
        values["cohens_h_low"], values["cohens_h_high"] = cohens_h(before, before + low), cohens_h(before, before + high)
    if n01 + n10 > 0:
        values |= mcnemar_tests(table, convention) | paired_odds_ratio(n01, n10, level)
    return values
