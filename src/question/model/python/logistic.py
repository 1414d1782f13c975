def coded(name, levels, reference):
    """A term with codes: one indicator for each but the reference."""
    return SimpleNamespace(name=name, levels=levels, reference=reference)


def numeric(name, step=1):
    """A term that is a number; `step`: for how many units more its difference is told."""
    return SimpleNamespace(name=name, levels=None, reference=None, step=step)


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


def independent(columns):
    """The columns without those that are sums of the ones before them: aliased, they have no coefficient."""
    kept = []
    for name in columns:
        if np.linalg.matrix_rank(columns[kept + [name]]) > len(kept):
            kept.append(name)
    return columns[kept]


def maximum(outcome, columns, frequency, offset=None, start=None):
    """The maximum-likelihood fit of patterns with frequencies. Newton's method doubles the digits with each step: where the deviance
    moves by less than 1e-10, the estimates have all they can have."""
    model = sm.GLM(outcome, columns, family=sm.families.Binomial(), freq_weights=frequency, offset=offset)
    return model.fit(start_params=start, maxiter=100, tol=1e-10)


def logistic(table, outcome, event, terms, clustered, level):
    """The logistic regression of the complete cases."""
    needed = [outcome] + [term.name for term in terms] + ([CLUSTER] if clustered else [])
    cases = table[table[needed].notna().all(axis=1)].reset_index(drop=True)
    y, full, frequency = (cases[outcome] == event).astype(float), design(cases, terms), cases[FREQUENCY].astype(float)
    x = independent(full)
    fit = maximum(y, x, frequency)
    # Once more from the maximum: the covariance is that of the weights of the step before the last.
    fit = maximum(y, x, frequency, start=fit.params.to_numpy())
    missing = table[FREQUENCY].sum() - frequency.sum()
    model = SimpleNamespace(cases=cases, y=y, full=full, x=x, frequency=frequency, fit=fit)
    return SimpleNamespace(**vars(model), terms=terms, clustered=clustered, level=level, missing=missing)


def separated(model):
    """Whether some cases are told apart for certain: the likelihood then has no maximum, and coefficients run away."""
    p = model.fit.fittedvalues
    return bool(((p < 1e-8) | (p > 1 - 1e-8)).any())


def columns_of(columns, term):
    """The columns that belong to a term."""
    return [name for name in columns if name == term.name or name.startswith(f"{term.name}=")]


def show(model):
    """The regression as statsmodels prints it."""
    print(model.fit.summary())
