def with_all(answers, columns):
    """Those with an answer at all of the waves."""
    return answers[answers[columns].notna().all(axis=1)]


def left_out(answers, columns):
    """How many lack an answer at one of the waves."""
    return {"incomplete": answers[FREQUENCY].sum() - with_all(answers, columns)[FREQUENCY].sum()}


def counts_at_wave(answers, variable, codes):
    """How many answered, why the others did not, and how many and what share gave each answer."""
    return describe_codes(answers, variable, codes)


def mean_at_wave(answers, variable, level, codes):
    """The mean of those with an answer, with its t interval."""
    given = answers[answers[variable].notna()]
    wave = sm.stats.DescrStatsW(given[variable].astype(float), weights=given[FREQUENCY].astype(float), ddof=1)
    values = counts_at_wave(answers, variable, codes)
    if wave.nobs > 0:
        values["wave_mean"] = wave.mean
    if wave.nobs > 1:
        values["wave_sd"] = wave.std
        values["wave_mean_low"], values["wave_mean_high"] = wave.tconfint_mean(alpha=1 - level)
    return values


def share_at_wave(answers, variable, level, codes):
    """The share of the second code among those with an answer, with Wilson's interval."""
    values = counts_at_wave(answers, variable, codes)
    count, n = values[f"count {codes[1]}"], values["valid"]
    if n > 0:
        low, high = proportion_confint(count, n, alpha=1 - level, method="wilson")
        values |= {"wave_count": count, "wave_share": count / n, "wave_share_low": low, "wave_share_high": high}
    return values


def flow(pairs, levels):
    """Of those at each level before, the share at each level after."""
    table = crossed(pairs, levels)
    values = {"n_pairs": table.sum()} | transitions(table, levels)
    for i, before in enumerate(levels):
        for j, after in enumerate(levels):
            if table[i].sum() > 0:
                values[f"flow_share {before}>{after}"] = table[i, j] / table[i].sum()
    return values
