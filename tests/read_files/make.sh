#!/usr/bin/env bash
# Writes the files of other software anew, what independent readers read from them, and the table of them (files.md).
# Needs R with haven, foreign, readxl, openxlsx, readr, jsonlite and hms; Python with pyreadstat, pandas, openpyxl,
# XlsxWriter, xlwt, xlrd, odfpy, pyarrow, fastparquet, polars, duckdb, cramjam and zstandard; LibreOffice, Gnumeric's
# ssconvert, PSPP. Values have a fixed seed; other versions of the programs may write other bytes.
set -euo pipefail
cd "$(dirname "$0")/make"
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1796040000 PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files" "$work/expected"

python3 versions.py | tee "$work/versions"
python3 make.py "$work/files" "$work/list.json"
rm -r "$work/files/away" "$work/files/values.json"

Rscript read.R "$work/files" "$work/dumps"
soffice --headless --convert-to xlsx --outdir "$work/ods" "$work"/files/*.ods >/dev/null 2>&1
for file in "$work"/ods/*.xlsx; do mv "$file" "$work/dumps/$(basename "$file" .xlsx).ods.xlsx"; done
python3 expected.py "$work/list.json" "$work/versions" "$work/files" "$work/dumps" "$work/expected" "$work/files.md"

rm -rf ../files ../expected
mv "$work/files" "$work/expected" "$work/files.md" ..
# Line ends are part of what is tested.
echo '* -text' >../files/.gitattributes
