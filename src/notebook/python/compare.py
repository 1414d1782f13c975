released = pd.read_csv(ESTIMATES, dtype=str, keep_default_na=False)
released["value"] = numbers(released["value"])

KEY = ["analysis", "group", "variable", "term", "statistic"]
made = {}
compared = []


def record(analysis, group, variable, values):
    """Keeps numbers that were made; `values` are named by the statistic, or `statistic term`."""
    for name, value in values.items():
        statistic, _, term = name.partition(" ")
        made[analysis, group, variable, term, statistic] = float(value)


def apart(analysis, group, variable):
    """How far apart R, SPSS and Stata are: of each number that was made as they have it the largest less the smallest."""
    variants = {}
    for (*key, term, statistic), value in made.items():
        if key == [analysis, group, variable] and term in ("(r)", "(spss)", "(stata)"):
            variants.setdefault(f"{statistic} (apart)", []).append(value)
    return {name: max(values) - min(values) for name, values in variants.items()}


TOLERANCES = {"computed directly": 1e-8, "found by iteration": 1e-6}


def how_made(kind, statistic):
    """How a number comes about, which says how near two programs come to each other."""
    of_model = kind in ("attrition", "model", "prediction")
    return "found by iteration" if of_model and statistic not in DIRECT else "computed directly"


def difference(own, shown, statistic):
    """The relative difference of a number made here from the released one. A chi-squared statistic may be the difference of two
    large deviances: where it is next to nothing, its last digits are those of rounding."""
    size = max(abs(shown), 0.001) if statistic.endswith("chi2") else abs(shown)
    return abs(own - shown) / size if size else abs(own)


def compare(analysis):
    """Compares the numbers of one analysis with the released ones and prints how many and how near."""
    rows = released[released["analysis"] == analysis]
    # A widened interval or bounded p-value is larger than computed by intent, so that it gives nothing away.
    widened = rows["conditions"].str.split(";").map(lambda conditions: "widened" in conditions or "bounded" in conditions)
    shown = rows[(rows["shown"] == "value") & ~widened]
    # Without a finite maximum the ecosystem's functions return whatever they stopped at, so nothing is made again.
    separated = any(one.split(":")[0] in ("separation", "limiting_weights") for some in rows["conditions"] for one in some.split(";"))
    mine, missing = [], []
    for row in shown.to_dict("records"):
        key = tuple(row[name] for name in KEY)
        if key not in made or not math.isfinite(made[key]):
            if row["statistic"] not in NOT_REMADE and not separated:
                missing.append("/".join(key))
            continue
        mine.append(("/".join(key), difference(made[key], row["value"], row["statistic"]), how_made(row["kind"], row["statistic"])))
    compared.append(
        {
            "analysis": analysis,
            "compared": mine,
            "suppressed": int((rows["shown"] == "suppressed").sum()),
            "widened": int(widened.sum()),
            "differ": [number for number, far, how in mine if not far <= TOLERANCES[how]],
            "not_made": missing,
        }
    )
    last = compared[-1]
    largest = max((far for _, far, _ in mine), default=0.0)
    print(f"{analysis}: {len(mine)} compared, {last['suppressed']} suppressed, largest relative difference {largest:.1e}")
    if separated:
        print("  there is separation: what was not made again has no finite maximum to be made from")
    for number in last["differ"]:
        print(f"  differs: {number}")
    for number in last["not_made"]:
        print(f"  not made again: {number}")


def look(analysis, statistics):
    """A table of some of the numbers that were made, of everybody together; only of those that are released."""
    shown = released[(released["analysis"] == analysis) & (released["group"] == "") & (released["shown"] == "value")]
    shown = shown[shown["statistic"].isin(statistics) & ~shown["term"].isin(["(r)", "(spss)", "(stata)", "(apart)"])]
    values = [made.get(tuple(row[name] for name in KEY), math.nan) for row in shown.to_dict("records")]
    texts = [f"{value:.0f}" if value % 1 == 0 else f"{value:.4g}" for value in values]
    rows = ["variable", "term"]
    table = shown[[*rows, "statistic"]].assign(value=texts).pivot(index=rows, columns="statistic", values="value")
    return table.reindex(shown[rows].drop_duplicates())[[name for name in statistics if name in table]].fillna("")
