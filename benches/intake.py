#!/usr/bin/env python3
"""How long a file of forms takes to come in, and how much memory, beside DuckDB and polars on the same file.

    cargo build --release && python3 benches/intake.py [--rows 1000000] [--items 20] [--rounds 3] [--sav] [--program target/release/utfall]

Writes a CSV of simulated answers (and with --sav the same as an SPSS file), then lets in turn, round by round: `utfall check` take it
in, check every answer and write its Parquet store; DuckDB and polars read the CSV and write it as Parquet, without checking anything.
Each runs in a process of its own. Prints seconds by the clock, processor seconds and peak memory: median (least to greatest), and the
ratios to utfall of each round. Needs numpy, and duckdb and polars for the peers, pyreadstat for --sav; a peer that is absent is told.
"""

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time

DUCKDB = """
import duckdb, sys
duckdb.sql(f"SET threads = {sys.argv[3]}")
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""
POLARS = """
import polars, sys
polars.scan_csv(sys.argv[1]).sink_parquet(sys.argv[2], compression="zstd")
"""


def columns(rng, first, people, items):
    """The columns of so many people at one wave: a third of each kind of question, a twentieth without an answer."""
    import numpy as np

    for item in range(items):
        kind = item % 5
        if kind < 3:
            yield rng.choice(np.array([1, 2, 3, 4, 9, np.nan]), people, p=[0.3, 0.25, 0.2, 0.15, 0.05, 0.05])
        elif kind == 3:
            yield rng.integers(0, 120, people).astype(float)
        else:
            yield np.round(rng.random(people) * 50, 1)


def make(folder, rows, items, sav):
    """The dictionary, the pipelines and the files."""
    import numpy as np

    questions = []
    for item in range(items):
        kind = item % 5
        if kind < 3:
            meaning = 'type = "ordinal"\ncodes = [ { code = 1, en = "Never" }, { code = 2, en = "Seldom" }, { code = 3, en = "Often" }, { code = 4, en = "Always" } ]\nmissing = [ { code = 9, reason = "unknown" } ]'
        else:
            meaning = 'type = "integer"\nrange = [0, 120]' if kind == 3 else 'type = "decimal"'
        questions.append(f'[[item]]\nname = "q{item}"\nlabel = {{ en = "Question {item}" }}\n{meaning}\n')
    with open(f"{folder}/dictionary.toml", "w") as out:
        out.write('format = 1\n[instrument]\nid = "form"\ntitle = { en = "Form" }\n' + "".join(questions))
    for ending in ["csv", "sav"] if sav else ["csv"]:
        os.makedirs(f"{folder}/{ending}")
        with open(f"{folder}/{ending}/pipeline.toml", "w") as out:
            out.write(
                f'format = 1\nid = "bench"\nlanguages = ["en"]\ndictionaries = ["../dictionary.toml"]\n'
                '[[wave]]\nid = "w0"\nmonth = 0\n[[wave]]\nid = "w6"\nmonth = 6\n'
                '[[source]]\ninstrument = "form"\nwave_column = { column = "wave", values = { 0 = "w0", 6 = "w6" } }\n'
                f'file = "../forms.{ending}"\nrespondent = "id"\n'
                '[cohort.all]\ninstrument = "form"\nlabel = { en = "All" }\n'
            )
    rng = np.random.default_rng(2008)
    people, step = rows // 2, 20_000
    kept = []
    with open(f"{folder}/forms.csv", "w") as out:
        out.write("id,wave," + ",".join(f"q{item}" for item in range(items)) + "\n")
        for first in range(0, people, step):
            some = min(step, people - first)
            for wave in (0, 6):
                ids = np.arange(first, first + some) + 1_000_000
                answers = list(columns(rng, first, some, items))
                if sav:
                    kept.append([ids.astype(float), np.full(some, float(wave)), *answers])
                texts = [np.char.mod("%d", ids), np.full(some, str(wave))]
                for answer in answers:
                    text = np.char.mod("%g", answer)
                    texts.append(np.where(np.isnan(answer), "", text))
                out.write("\n".join(map(",".join, zip(*(text.tolist() for text in texts)))) + "\n")
    if sav:
        import pandas
        import pyreadstat

        names = ["id", "wave", *(f"q{item}" for item in range(items))]
        frame = pandas.DataFrame({name: np.concatenate([part[at] for part in kept]) for at, name in enumerate(names)})
        del kept
        pyreadstat.write_sav(frame, f"{folder}/forms.sav")


def measured(command):
    """Seconds by the clock, processor seconds, and peak memory in MB of a command; the program's own words where it fails."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{said.read().decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sav", action="store_true")
    parser.add_argument("--program", default="target/release/utfall")
    parser.add_argument("--make", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        make(asked.make, asked.rows, asked.items, asked.sav)
        return
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own: the peak memory of a child counts what its parent had when it was started.
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--make", folder], check=True)
        csv, parquet = f"{folder}/forms.csv", f"{folder}/peer.parquet"
        runs = {"utfall, CSV": [asked.program, "check", f"{folder}/csv"]}
        if asked.sav:
            runs["utfall, .sav"] = [asked.program, "check", f"{folder}/sav"]
        for peer, code in (("duckdb", DUCKDB), ("polars", POLARS)):
            if importlib.util.find_spec(peer) is None:
                print(f"{peer} is not installed and is left out", file=sys.stderr)
            else:
                runs[f"{peer}, CSV"] = [sys.executable, "-c", code, csv, parquet, str(os.cpu_count())]
        rounds = {name: [] for name in runs}
        for _ in range(asked.rounds):
            for name, command in runs.items():
                rounds[name].append(measured(command))
        size = os.path.getsize(csv) / 1e6
        print(f"{asked.rows} rows of {asked.items} items, {size:.0f} MB as CSV, {asked.rounds} rounds, {os.cpu_count()} threads\n")
        print("| what | seconds | processor seconds | peak memory, MB | seconds ÷ utfall's | processor ÷ utfall's |")
        print("|---|---|---|---|---|---|")

        def spread(values, digits=1):
            return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"

        own = rounds["utfall, CSV"]
        for name, taken in rounds.items():
            cells = [spread([one[at] for one in taken], 0 if at == 2 else 1) for at in range(3)]
            ratios = [spread([one[at] / max(base[at], 1e-9) for one, base in zip(taken, own)], 2) for at in (0, 1)]
            print(f"| {name} | " + " | ".join(cells + ratios) + " |")


if __name__ == "__main__":
    main()
