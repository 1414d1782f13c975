#!/usr/bin/env bash
# The whole evaluation of simulated respondents by utfall, beside the R script that computes the same statistics for the tests.
# Both run in turn on this machine; quote the ratio. Needs Rscript with the packages of tests/reference and GNU time.
#
#   benches/against_r.sh [runs]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
cargo build --release --quiet
program=${CARGO_TARGET_DIR:-target}/release/utfall
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of wall time and peak memory in MB of a command.
measure() { /usr/bin/time -f '%e %M' -o "$work/time" "$@" >/dev/null 2>&1; awk '{ printf "%s %.0f\n", $1, $2 / 1024 }' "$work/time"; }

printf '%-4s %16s %16s %10s\n' run 'utfall s (MB)' 'R s (MB)' 'R/utfall'
for run in $(seq "$runs"); do
  read -r ours ours_mb < <(measure "$program" run pipelines/sintef-lav --out "$work/out" --force --quiet)
  read -r theirs theirs_mb < <(measure Rscript tests/reference/sintef_lav.R "$work/expected.csv")
  printf '%-4s %9s (%4s) %9s (%4s) %10s\n' "$run" "$ours" "$ours_mb" "$theirs" "$theirs_mb" \
    "$(awk "BEGIN { printf \"%.1f\", $theirs / $ours }")"
done
