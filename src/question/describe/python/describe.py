def describe_around(answers, variable):
    """How many answered, and why the others did not."""
    missing = answers[answers[variable].isna()]
    values = {"valid": answers.loc[answers[variable].notna(), FREQUENCY].sum()}
    for reason, frequency in missing.groupby(variable + REASON)[FREQUENCY].sum().items():
        values[f"missing {reason}"] = frequency
    if len(missing) > 0:
        values["missing_total"] = missing[FREQUENCY].sum()
    return values


def describe_codes(answers, variable, codes):
    """How many gave each answer, and their share of those who gave any."""
    values = describe_around(answers, variable)
    for code in codes:
        count = answers.loc[answers[variable] == code, FREQUENCY].sum()
        values[f"count {code}"] = count
        values[f"share {code}"] = count / values["valid"] if values["valid"] else math.nan
    return values


def combined(answers, variable, together, each):
    """How many gave one of several answers, their share of those who gave any, and the share of each among them."""
    count = lambda codes: answers.loc[answers[variable].isin(codes), FREQUENCY].sum()
    valid, whole = answers.loc[answers[variable].notna(), FREQUENCY].sum(), count(together)
    name = "+".join(str(code) for code in together)
    values = {f"combined_count {name}": whole}
    if valid > 0:
        values[f"combined_share {name}"] = whole / valid
    if each and whole > 0:
        values |= {f"conditional_share {code}|{name}": count([code]) / whole for code in together}
    return values


def describe_number(answers, variable):
    """Mean, sum, standard deviation (divisor n - 1) and median."""
    values = describe_around(answers, variable)
    given = answers[answers[variable].notna()]
    numbers = repeated(given[variable], given[FREQUENCY])
    if len(numbers) > 0:
        values["mean"] = np.mean(numbers)
        values["sum"] = np.sum(numbers)
        values["median"] = np.median(numbers)
    if len(numbers) > 1:
        values["sd"] = np.std(numbers, ddof=1)
    return values


def both(answers, first, second, events):
    """How many have both."""
    have = (answers[first] == events[0]) & (answers[second] == events[1])
    return {f"both {second}": answers.loc[have, FREQUENCY].sum()}


def cronbach_alpha(answers, items, reverse):
    """Cronbach's alpha of those who answered every item, with Feldt's 95 % interval."""
    given = answers[answers[items].notna().all(axis=1)]
    values = {"complete": given[FREQUENCY].sum()}
    table = pd.DataFrame({item: repeated(given[item], given[FREQUENCY]) for item in items})
    # A constant that is added to an item changes no variance.
    table[reverse] = -table[reverse]
    n, k = table.shape
    total = table.sum(axis=1).var() if n > 1 else 0
    if total > 0:
        alpha = k / (k - 1) * (1 - table.var().sum() / total)
        low, high = stats.f.ppf([0.975, 0.025], n - 1, (n - 1) * (k - 1))
        values["alpha"] = alpha
        values["alpha_low"] = 1 - (1 - alpha) * low
        values["alpha_high"] = 1 - (1 - alpha) * high
    return values
