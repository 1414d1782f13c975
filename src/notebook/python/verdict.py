everything = [number for one in compared for number in one["compared"]]
print(f"{len(everything)} numbers compared, {sum(one['suppressed'] for one in compared)} suppressed")
for how, allowed in TOLERANCES.items():
    own = [(far, number) for number, far, made_how in everything if made_how == how]
    if own:
        far, number = max(own)
        print(f"  {how}: {len(own)}, largest relative difference {far:.1e} of {allowed:.0e} allowed, {number}")
unasked = sorted(set(released["analysis"]) - {one["analysis"] for one in compared})
assert not unasked, f"released, but not in this notebook: {unasked}"
differ = [number for one in compared for number in one["differ"]]
assert not differ, f"{len(differ)} numbers differ: {differ[:20]}"
not_made = [number for one in compared for number in one["not_made"]]
assert not not_made, f"{len(not_made)} numbers were not made again: {not_made[:20]}"
