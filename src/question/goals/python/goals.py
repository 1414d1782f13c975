def levels_of(ratings, goal, codes, says):
    """What each pattern's rating of a goal is read as; nan for those who do not have it."""
    return ratings[goal].map(dict(zip(codes, says, strict=True)))


def goal_levels(ratings, goal, codes, says):
    """How many have a goal, how far they came with it, and how many came as far as expected or further."""
    level, frequency = levels_of(ratings, goal, codes, says), ratings[FREQUENCY]
    n, attained = frequency[level.notna()].sum(), frequency[level >= 0].sum()
    values = {"with_goal": n, "attained": attained}
    values |= {f"attainment {own}": frequency[level == own].sum() for own in range(-2, 3)}
    values |= {f"goal_level {code}": said for code, said in zip(codes, says, strict=True)}
    if n > 0:
        values |= {f"attainment_share {own}": values[f"attainment {own}"] / n for own in range(-2, 3)}
        values["attained_share"] = attained / n
    return values


def goal_scores(ratings, goals, weights, rho, level, codes, says):
    """The mean of the persons' T scores with its t interval (Kiresuk and Sherman 1968)."""
    x = np.array([levels_of(ratings, goal, codes, says) for goal in goals]).T
    w = np.where(np.isnan(x), 0, np.array(weights))
    variance = (1 - rho) * (w**2).sum(axis=1) + rho * w.sum(axis=1) ** 2
    own = variance > 0
    score = 50 + 10 * np.nansum(w * x, axis=1)[own] / np.sqrt(variance[own])
    score = repeated(pd.Series(score), ratings[FREQUENCY][own])
    values = {"with_any_goal": len(score)}
    if len(score) > 0:
        values["goal_t_mean"] = np.mean(score)
    if len(score) > 1:
        values["goal_t_sd"] = np.std(score, ddof=1)
        reach = stats.t.isf((1 - level) / 2, len(score) - 1) * stats.sem(score)
        values |= {"goal_t_mean_low": np.mean(score) - reach, "goal_t_mean_high": np.mean(score) + reach}
    return values
