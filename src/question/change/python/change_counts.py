def complete_pairs(table, before, after):
    """The rows with an answer at both waves."""
    complete = table[table[before].notna() & table[after].notna()]
    return pd.DataFrame(
        {"before": complete[before], "after": complete[after], "frequency": complete[FREQUENCY]}, dtype=float
    )


def crossed(pairs, levels):
    """Before (rows) against after (columns)."""
    table = np.zeros((len(levels), len(levels)))
    for before, after, frequency in pairs.itertuples(index=False):
        table[levels.index(before), levels.index(after)] += frequency
    return table


def change_counts(pairs, better):
    """How many changed, in which direction, and for the better."""
    count = lambda rows: pairs.loc[rows, "frequency"].sum()
    n = pairs["frequency"].sum()
    increased, decreased = count(pairs["after"] > pairs["before"]), count(pairs["after"] < pairs["before"])
    values = {
        "n_pairs": n,
        "increased": increased,
        "decreased": decreased,
        "unchanged": n - increased - decreased,
    }
    if better != "none":
        improved, worse = (increased, decreased) if better == "higher" else (decreased, increased)
        values |= {"improved": improved, "worse": worse}
        if n > 0:
            values |= {
                "improved_share": improved / n,
                "unchanged_share": values["unchanged"] / n,
                "worse_share": worse / n,
            }
    return values
