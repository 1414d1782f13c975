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


def tolerance(kind):
    """The largest relative difference that passes: estimates found by iteration agree less closely than closed forms, and the
    penalised ones least, since their optimiser stops at a gradient of 1e-8."""
    return {"attrition": 1e-6, "model": 1e-6, "prediction": 1e-5}.get(kind, 1e-8)


def difference(own, shown):
    """The relative difference of a number made here from the released one."""
    return abs(own - shown) / abs(shown) if shown != 0 else abs(own)


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
        far = difference(made[key], row["value"])
        mine.append({"number": "/".join(key), "difference": far, "passes": far <= tolerance(row["kind"])})
    compared.append(
        {
            "analysis": analysis,
            "compared": len(mine),
            "suppressed": int((rows["shown"] == "suppressed").sum()),
            "widened": int(widened.sum()),
            "largest": max((one["difference"] for one in mine), default=0.0),
            "differ": [one["number"] for one in mine if not one["passes"]],
            "not_made": missing,
        }
    )
    last = compared[-1]
    print(
        f"{analysis}: {last['compared']} compared, {last['suppressed']} suppressed, "
        f"largest relative difference {last['largest']:.1e}"
    )
    if separated:
        print("  there is separation: what was not made again has no finite maximum to be made from")
    for number in last["differ"]:
        print(f"  differs: {number}")
    for number in last["not_made"]:
        print(f"  not made again: {number}")
