#!/bin/sh
# Makes the two pictures of README and the guide from a run of the shipped, simulated evaluation:
#   cargo run -- run && guide/pictures/make.sh
# Needs Chromium; CHROMIUM names it where it is called otherwise.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
release=$(cd "${1:-$here/../../out/sintef-lav/release}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Takes a picture of a page: the page, its size, the file.
picture() {
  "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$2" --screenshot="$3" "file://$1" 2> "$work/log" ||
    { cat "$work/log"; exit 1; }
}

picture "$release/report.en.html" 1280,1226 "$here/first-page.png"

# A figure is drawn without the evaluation's notice, so the notice is put above it, in the words of the report.
notice=$(sed -n 's/.*\(All people in this report are simulated\. The numbers describe no real persons\.\).*/\1/p' "$release/report.en.html" | head -n 1)
test -n "$notice" || { echo "report.en.html has no notice of simulated people"; exit 1; }
cat > "$work/figure.html" <<HTML
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>
body { margin: 0; background: white; font-family: sans-serif }
p { margin: 12px 14px; padding: 8px 14px; background: #fff3d6; border-left: 5px solid #c98a10; font-size: 15px }
img { width: 900px }
</style></head><body><p><strong>Note:</strong> $notice</p><img src="file://$release/figures/F4_8.en.png" alt=""></body></html>
HTML
picture "$work/figure.html" 900,745 "$here/figure.png"
ls -l "$here"/*.png
