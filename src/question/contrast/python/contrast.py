def mover(first, second):
    """The first of two independent numbers less the second, with its interval; each is given as value, low, high."""
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    return a - b, a - b - math.hypot(a - a_low, b_high - b), a - b + math.hypot(a_high - a, b - b_low)


def record_contrasts(analysis, of, variable, pairs, names, sources):
    """Differences between groups in numbers that have been made above: each pair is a term and two groups."""
    for term, *groups in pairs:
        first, second = ([made.get((of, group, variable, "", source), math.nan) for source in sources] for group in groups)
        values = mover(first, second)
        # Without an interval of both, the difference is not told either.
        values = values if all(map(math.isfinite, values)) else [math.nan] * 3
        record(analysis, "", variable, {f"{name} {term}": value for name, value in zip(names, values)})
