def describe_around(answers, variable):
    """How many answered, and why the others did not."""
    missing = answers[answers[variable].isna()]
    values = {"valid": answers.loc[answers[variable].notna(), FREQUENCY].sum()}
    for reason, frequency in missing.groupby(variable + REASON)[FREQUENCY].sum().items():
        values[f"missing {reason}"] = frequency
    return values


def describe_codes(answers, variable, codes):
    """How many gave each answer, and their share of those who gave any."""
    values = describe_around(answers, variable)
    for code in codes:
        count = answers.loc[answers[variable] == code, FREQUENCY].sum()
        values[f"count {code}"] = count
        values[f"share {code}"] = count / values["valid"] if values["valid"] else math.nan
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
