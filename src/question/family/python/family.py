from statsmodels.stats.multitest import multipletests


def record_family(analysis, tests):
    """Adjusts the p-values of tests, each an analysis, a group, a variable and a statistic that has been made above."""
    p = np.array([made.get((of, group, variable, "", statistic), math.nan) for of, group, variable, statistic in tests])
    tested = np.isfinite(p)
    record(analysis, "", "", {"family_size": tested.sum()})
    holm, bh = (multipletests(p[tested], method=method)[1] for method in ("holm", "fdr_bh"))
    for (_, group, variable, _), *values in zip([test for test, there in zip(tests, tested) if there], p[tested], holm, bh):
        record(analysis, group, variable, dict(zip(("p_value", "p_holm", "p_bh"), values)))
