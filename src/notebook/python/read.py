import math
import os
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: threads would only wait for each other

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import optimize, special, stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

ANALYSIS = Path(os.environ.get("UTFALL_ANALYSIS", "../../restricted/analysis"))
ESTIMATES = Path(os.environ.get("UTFALL_ESTIMATES", "../estimates.csv"))
for needed in (ANALYSIS, ESTIMATES):
    if not needed.exists():
        raise FileNotFoundError(f"{needed} is not there; what is needed stands at the top of this notebook")

GROUP, FREQUENCY, CLUSTER, REASON = "(group)", "(frequency)", "(cluster)", " (reason)"


def numbers(texts):
    """Texts as numbers, each exactly; nan where there is none."""
    return [float(text) if text else math.nan for text in texts]


def patterns(name, group=None):
    """A pattern table: a row for each combination of answers, with its frequency; of one group where there are groups."""
    table = pd.read_csv(ANALYSIS / f"{name}.csv", dtype=str, keep_default_na=False)
    for column in table.columns:
        if column != GROUP and not column.endswith(REASON):
            table[column] = numbers(table[column])
    return table if group is None else table[table[GROUP] == group]


def repeated(values, frequency):
    """One value a person: each as often as its frequency says."""
    return np.repeat(np.asarray(values, dtype=float), np.asarray(frequency, dtype=int))
