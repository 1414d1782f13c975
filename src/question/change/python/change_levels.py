def transitions(table, levels):
    """From each level to each other, and the levels before and after."""
    values = {f"transition {a}>{b}": table[i, j] for i, a in enumerate(levels) for j, b in enumerate(levels)}
    values |= {f"before_count {level}": table[i].sum() for i, level in enumerate(levels)}
    return values | {f"after_count {level}": table[:, i].sum() for i, level in enumerate(levels)}


def transition_shares(table, levels):
    """The shares at the levels before and after, and of each count in its row and of all."""
    n, values = table.sum(), {}
    for i, before in enumerate(levels):
        if n > 0:
            values |= {f"before_share {before}": table[i].sum() / n, f"after_share {before}": table[:, i].sum() / n}
            values |= {f"joint_share {before}>{after}": table[i, j] / n for j, after in enumerate(levels)}
        if table[i].sum() > 0:
            shares = table[i] / table[i].sum()
            values |= {f"transition_share {before}>{after}": shares[j] for j, after in enumerate(levels)}
    return values


def marginal_homogeneity(table):
    """Stuart and Maxwell's and Bhapkar's tests, without the levels that nobody moved into or out of."""
    moves = table + table.T
    np.fill_diagonal(moves, 0)
    moved = moves.sum(axis=1) > 0
    difference = table.sum(axis=0) - table.sum(axis=1)
    covariance = np.diag(moves.sum(axis=1)) - moves
    df = np.linalg.matrix_rank(covariance)
    if df == 0:
        return {}
    if df == moved.sum() - 1:
        square = SquareTable(table[np.ix_(moved, moved)], shift_zeros=False)
        chi2 = square.homogeneity(method="stuart_maxwell").statistic
    else:
        # Groups of levels without moves between them: S has more than one direction less, and its pseudoinverse serves.
        chi2 = difference @ np.linalg.pinv(covariance) @ difference
    share = chi2 / table.sum()
    bhapkar = chi2 / (1 - share) if share < 1 - 1e-12 else math.nan
    return {
        "stuart_maxwell": chi2,
        "stuart_maxwell_df": df,
        "stuart_maxwell_p": stats.chi2.sf(chi2, df),
        "bhapkar": bhapkar,
        "bhapkar_p": stats.chi2.sf(bhapkar, df),
    }


def bowker(table):
    """Bowker's test of symmetry, over the pairs of levels between which anybody moved."""
    there, back = table[np.triu_indices_from(table, 1)], table.T[np.triu_indices_from(table, 1)]
    moved = there + back > 0
    if not moved.any():
        return {}
    if moved.all():
        test = SquareTable(table, shift_zeros=False).symmetry(method="bowker")
        return {"bowker": test.statistic, "bowker_df": test.df, "bowker_p": test.pvalue}
    chi2 = ((there - back)[moved] ** 2 / (there + back)[moved]).sum()
    return {"bowker": chi2, "bowker_df": moved.sum(), "bowker_p": stats.chi2.sf(chi2, moved.sum())}
