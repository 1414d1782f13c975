#!/usr/bin/env bash
# What the release folder costs, in seconds of processor time (user and system, over all threads) that do not depend on how busy
# the machine is: each part is taken away, a run makes it again, and what a run costs that finds nothing stale is subtracted.
#
#   cargo build --release && benches/release_folder.sh [a pipeline folder]
#
# UTFALL names another program than target/release/utfall.
set -euo pipefail
cd "$(dirname "$0")/.."
pipeline=${1:-pipelines/sintef-lav}
program=${UTFALL:-target/release/utfall}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
TIMEFORMAT='%U %S'

# The processor seconds of a run.
run() {
    local said
    said=$({ time "$program" run "$pipeline" --out "$out" > "$out/said" 2>&1; } 2>&1) || { cat "$out/said" >&2; exit 1; }
    echo "$said" | awk '{ printf "%.3f", $1 + $2 }'
}

echo "whole run: $(run)"
idle=$(run)
echo "nothing stale: $idle"
release=$(echo "$out"/*/release)
for part in estimates.\* tables figures published\* \*.xlsx \*.docx report.\* \*; do
    # shellcheck disable=SC2086
    (cd "$release" && rm -rf $part)
    name=$part
    [ "$part" = \* ] && name="all of it"
    echo "$name: $(awk -v one="$(run)" -v idle="$idle" 'BEGIN { printf "%.3f", one - idle }')"
done
