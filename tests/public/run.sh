#!/usr/bin/env bash
# Twelve public data sets, from the file to the numbers, held against R: run.sh FOLDER UTFALL
# Makes the files in FOLDER, drafts an evaluation of each, checks the draft as it is, puts in the lines that a researcher adds
# (*.add.toml), runs it without disclosure control, and compares what is released with what R finds in the packages' own tables.
set -euo pipefail
# R writes æ, ø and å only where it can.
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
utfall=$(realpath "$2")
python=${UTFALL_PYTHON:-python3}

rm -rf "$folder"/{data,draft,out,lines.csv}
Rscript --vanilla "$here/make.R" "$folder/data"
"$python" "$here/make.py" "$folder/data"

cd "$folder"
mkdir draft
echo "set,lines" >lines.csv
draft() {
  local set=$1 language=$2 lines
  shift 2
  "$utfall" init "draft/$set" "$@" --lang "$language" >"draft/$set.init.txt" 2>&1 || { cat "draft/$set.init.txt"; exit 1; }
  "$utfall" check "draft/$set" >"draft/$set.check.txt" 2>&1 || { cat "draft/$set.check.txt"; exit 1; }
  lines=$("$python" "$here/add.py" "draft/$set" "$here/$set.add.toml")
  echo "$set,$lines" >>lines.csv
  # Not a line of the researcher's: without it small counts could not be compared.
  sed -i.min5 's/^policy = "min5"$/policy = "none"/' "draft/$set/pipeline.toml"
  "$utfall" check "draft/$set" >"draft/$set.checked.txt" 2>&1 || { cat "draft/$set.checked.txt"; exit 1; }
  "$utfall" run "draft/$set" --out out >"draft/$set.run.txt" 2>&1 || { cat "draft/$set.run.txt"; exit 1; }
}
draft btheb en data/btheb.csv
draft respiratory en data/respiratory.sav
draft schizophrenia en data/schizophrenia.dta
draft toenail en data/toenail.parquet
draft anorexia en data/anorexia.xlsx
draft bakterier nb data/bakterier.csv
draft obrien_kaiser en data/obrien_kaiser.sav
draft weightloss en data/weightloss.xlsx
draft dietox en data/dietox.csv
draft epil en data/epil_period*.dta
draft sleepstudy en data/sleepstudy.zsav
draft pbcseq en data/pbcseq.csv.gz

Rscript --vanilla "$here/expected.R" "$folder"
