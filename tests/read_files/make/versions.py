"""The programs and their versions, one a line with a tab between."""

import platform
import re
import subprocess

import duckdb
import fastparquet
import odf.namespaces
import openpyxl
import pandas
import polars
import pyarrow
import pyreadstat
import xlrd
import xlsxwriter
import xlwt


def first_number(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.search(r"\d+(\.\d+)+", done.stdout + done.stderr).group()


versions = {
    "pyreadstat": pyreadstat.__version__, "pandas": pandas.__version__, "openpyxl": openpyxl.__version__, "XlsxWriter": xlsxwriter.__version__,
    "xlwt": xlwt.__VERSION__, "xlrd": xlrd.__version__, "odfpy": odf.namespaces.TOOLSVERSION.split("/")[-1], "pyarrow": pyarrow.__version__,
    "fastparquet": fastparquet.__version__, "polars": polars.__version__, "DuckDB": duckdb.__version__, "Python's csv": platform.python_version(),
    "PSPP": first_number("pspp", "--version"), "LibreOffice": first_number("soffice", "--version"), "Gnumeric": first_number("ssconvert", "--version"),
    "R": first_number("Rscript", "--version"),
}
for package in ["haven", "foreign", "readxl", "openxlsx", "readr"]:
    versions[package] = first_number("Rscript", "-e", f'cat(as.character(packageVersion("{package}")))')
for name, version in versions.items():
    print(name, version, sep="\t")
