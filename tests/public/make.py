"""Makes the CSV files of FOLDER/parquet into Parquet beside it: make.py FOLDER"""

import pathlib
import sys

import pyarrow.csv
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
for file in sorted((folder / "parquet").glob("*.csv")):
    # R writes NA.
    options = pyarrow.csv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    table = pyarrow.csv.read_csv(file, convert_options=options)
    pyarrow.parquet.write_table(table, folder / f"{file.stem}.parquet")
