PLACES = ["first", "second", "third", "fourth"]


def ranked_terms(which, subject):
    """The terms of an analysis, group and variable that are ranked; answers that are told by their place get their codes."""
    at = (released[["analysis", "group", "variable"]] == subject).all(axis=1)
    counted = "before_count" if which == "a>a" else "count"
    codes = released.loc[at & (released["statistic"] == counted), "term"]
    if which == "a>a":
        return [f"{code}>{code}" for code in codes]
    for place, code in zip(PLACES, codes):
        which = which.replace(place, code)
    return [] if any(place in which for place in PLACES) else [which]


def ranked_number(subject, statistic, term):
    """A number that is ranked, of how many it is, and the standard deviation of a mean; nan where there is none."""
    find = lambda statistic, term: made.get((*subject, term, statistic), math.nan)
    of = {
        "conditional_share": ("combined_count", term.partition("|")[2]),
        "attained_share": ("with_goal", ""),
        "flow_share": ("before_count", term.partition(">")[0]),
    }
    value, n = find(statistic, term), find(*of.get(statistic, ("valid", "")))
    if statistic == "share" and (*subject, term, statistic) not in made and n > 0:
        value = 0.0  # an answer that the variable does not have, which nobody gave
    return value, n, find("sd", "") if statistic == "mean" else None


def ranked_interval(number, level):
    """A number with its interval: Wilson's of a share, Student's of a mean; without ends where there are too few."""
    value, n, sd = number
    if sd is None and n >= 1:
        return value, *proportion_confint(round(value * n), n, alpha=1 - level, method="wilson")
    if sd is not None and n >= 2:
        reach = stats.t.ppf(1 - (1 - level) / 2, n - 1) * sd / math.sqrt(n)
        return value, value - reach, value + reach
    return value, -math.inf, math.inf


def ranked_range(numbers):
    """The largest of several numbers less the smallest; of equals the last is the largest and the first the smallest."""
    values = {"range": math.nan, "range_low": math.nan, "range_high": math.nan, "n_compared": len(numbers)}
    if len(numbers) > 1:
        level = 1 - (1 - 0.95) / math.comb(len(numbers), 2)
        a, a_low, a_high = ranked_interval(max(reversed(numbers), key=lambda number: number[0]), level)
        b, b_low, b_high = ranked_interval(min(numbers, key=lambda number: number[0]), level)
        values["range"] = a - b
        values["range_low"] = a - b - math.hypot(a - a_low, b_high - b)
        values["range_high"] = a - b + math.hypot(a_high - a, b - b_low)
    return values


def record_rankings(analysis, of):
    """The ranges of a table: the keys of each tell which of the numbers of its analyses are ranked."""
    columns = ["analysis", "group", "variable"]
    subjects = [subject for one in of for subject in released.loc[released["analysis"] == one, columns].drop_duplicates().values.tolist()]
    keys = released.loc[released["analysis"] == analysis, ["group", "variable", "term"]].drop_duplicates()
    for group, variable, term in keys.values.tolist():
        statistic, _, which = term.partition("=")
        numbers = []
        for subject in subjects:
            by = " & ".join(level.partition("=")[0] for level in subject[1].split(" & "))
            if by == group and variable in ("", subject[2]):
                numbers += [ranked_number(subject, statistic, one) for one in ranked_terms(which, subject)]
        values = ranked_range([number for number in numbers if math.isfinite(number[0])])
        record(analysis, group, variable, {f"{name} {term}": value for name, value in values.items()})
