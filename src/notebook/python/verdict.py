total = sum(one["compared"] for one in compared)
suppressed = sum(one["suppressed"] for one in compared)
largest = max((one["largest"] for one in compared), default=0.0)
print(f"{total} numbers compared, {suppressed} suppressed, largest relative difference {largest:.1e}")
unasked = sorted(set(released["analysis"]) - {one["analysis"] for one in compared})
assert not unasked, f"released, but not in this notebook: {unasked}"
differ = [number for one in compared for number in one["differ"]]
assert not differ, f"{len(differ)} numbers differ: {differ[:20]}"
not_made = [number for one in compared for number in one["not_made"]]
assert not not_made, f"{len(not_made)} numbers were not made again: {not_made[:20]}"
