def use_thresholds(window, improved, deteriorated):
    """How many days fewer, or more, of a window count as a change of use."""
    return SimpleNamespace(window=window, improved=improved, deteriorated=deteriorated)


def use_classes(pairs, use):
    """Classes of use (Marsden et al. 2008), and their shares of those who used before."""
    before, after, frequency = pairs["before"], pairs["after"], pairs["frequency"]
    if not (before.between(0, use.window) & after.between(0, use.window)).all():
        return {}
    used, uses = before > 0, after > 0
    less, more = before - after >= use.improved, after - before >= use.deteriorated
    classes = {
        "abstinent": used & ~uses,
        "improved": used & uses & less,
        "unchanged": used & uses & ~less & ~more,
        "deteriorated": used & uses & more,
    }
    users = frequency[used].sum()
    values = {"users_before": users, "use_none": frequency[~used & ~uses].sum()}
    values["use_started"] = frequency[~used & uses].sum()
    for name, rows in classes.items():
        values[f"use_{name}"] = frequency[rows].sum()
        if users > 0:
            values[f"use_{name}_share"] = values[f"use_{name}"] / users
    return values
