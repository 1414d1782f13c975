def coded(name, levels, reference):
    """A term with codes: one indicator for each but the reference."""
    return SimpleNamespace(name=name, levels=levels, reference=reference)


def numeric(name):
    """A term that is a number."""
    return SimpleNamespace(name=name, levels=None, reference=None)


def design(cases, terms):
    """The design matrix; levels that nobody has are left out."""
    columns = {"(intercept)": np.ones(len(cases))}
    for term in terms:
        answers = cases[term.name]
        if term.levels is None:
            columns[term.name] = answers.astype(float)
        else:
            others = [code for code in term.levels if code != term.reference and (answers == code).any()]
            columns |= {f"{term.name}={code}": (answers == code).astype(float) for code in others}
    return pd.DataFrame(columns, index=cases.index)


def maximum(outcome, columns, frequency, offset=None, start=None):
    """The maximum-likelihood fit of patterns with frequencies."""
    model = sm.GLM(outcome, columns, family=sm.families.Binomial(), freq_weights=frequency, offset=offset)
    return model.fit(start_params=start, maxiter=100, tol=1e-14)


def logistic(table, outcome, event, terms, clustered, level):
    """The logistic regression of the complete cases."""
    needed = [outcome] + [term.name for term in terms] + ([CLUSTER] if clustered else [])
    cases = table[table[needed].notna().all(axis=1)].reset_index(drop=True)
    y, x, frequency = (cases[outcome] == event).astype(float), design(cases, terms), cases[FREQUENCY].astype(float)
    fit = maximum(y, x, frequency)
    # Once more from the maximum: the covariance is that of the weights of the step before the last.
    fit = maximum(y, x, frequency, start=fit.params.to_numpy())
    missing = table[FREQUENCY].sum() - frequency.sum()
    return SimpleNamespace(
        cases=cases, y=y, x=x, frequency=frequency, fit=fit, terms=terms, clustered=clustered, level=level, missing=missing
    )


def columns_of(model, term):
    """The columns of the design that belong to a term."""
    return [name for name in model.x.columns if name == term.name or name.startswith(f"{term.name}=")]


def show(model):
    """The regression as statsmodels prints it."""
    print(model.fit.summary())
