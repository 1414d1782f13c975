def state(name, wave, seen, eligible):
    """A state that members can be in at a wave: dead, in prison, in treatment …"""
    return SimpleNamespace(name=name, wave=wave, seen=seen, eligible=eligible)


def followup_whole(members, waves):
    """Members, and how many have each pattern of follow-up: 1 where there is an assessment."""
    values = {"members": members[FREQUENCY].sum()}
    seen = members[[f"seen {wave}" for wave in waves]].astype(int).astype(str).agg("".join, axis=1)
    for pattern, frequency in members[FREQUENCY].groupby(seen).sum().items():
        values[f"pattern {pattern}"] = frequency
        values[f"pattern_share {pattern}"] = frequency / values["members"]
    if values["members"] > 0:
        values["pattern_share"] = sum(values[name] for name in values if name.startswith("pattern_share "))
    return values


def followup_at(members, wave, states):
    """Each member is seen, in the first state that holds, or lost; a state with `seen` needs an assessment and counts as seen."""
    frequency = members[FREQUENCY]
    assessed = members[f"seen {wave}"] == 1
    free = pd.Series(True, index=members.index)
    elsewhere, ineligible, values = ~free, ~free, {}
    for one in (one for one in states if one.wave == wave):
        here = free & (members[f"state {one.name} {wave}"] == 1)
        here &= assessed | (not one.seen)
        values[f"state {one.name}"] = frequency[here].sum()
        free &= ~here
        if not one.seen:
            elsewhere |= here
            if not one.eligible:
                ineligible |= here
    seen = assessed & ~elsewhere
    values["eligible"] = frequency[~ineligible].sum()
    values["seen"] = frequency[seen].sum()
    values["seen_in_window"] = frequency[seen & (members[f"in window {wave}"] == 1)].sum()
    values["seen_late"] = frequency[seen & (members[f"in window {wave}"] == 2)].sum()
    values["lost"] = frequency[~assessed & ~elsewhere].sum()
    values["seen_otherwise"] = values["seen"] - values["seen_in_window"] - values["seen_late"]
    everyone = frequency.sum()
    if everyone > 0:
        values |= {"seen_share": values["seen"] / everyone, "lost_share": values["lost"] / everyone}
        for name in [name for name in values if name.startswith("state ")]:
            values[f"state_share {name.removeprefix('state ')}"] = values[name] / everyone
    values["followup_rate"] = values["seen"] / values["eligible"] if values["eligible"] else math.nan
    return values
