"""Writes the files that Python and the programs called by it write, and the list of all of them.

python make.py FOLDER LISTED
"""

import json
import sys
from dataclasses import asdict

import columnar
import r_files
import sheets
import spss
import stata
import text
import values

folder, listed = sys.argv[1:]
values.json_for_r(folder)
for part in [spss, r_files, stata, sheets, text, columnar]:
    part.make(folder)
with open(listed, "w", encoding="utf-8") as file:
    json.dump([asdict(one) for one in values.FILES], file, ensure_ascii=False, indent=1)
