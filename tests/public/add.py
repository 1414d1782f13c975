"""Puts a researcher's lines into a draft: add.py DRAFT ADDITIONS prints how many there are.

In the additions `#@ FILE LINE` says that the lines below belong to the part of FILE (from one [heading] to the next) in which
LINE stands: a key that is there gets the new value, another is put behind LINE, and a key without a value is taken out. `#@ FILE`
alone puts them at the end, and `#- FILE LINE` takes the part out. Every line that is put in, changed or taken out counts as one.
"""

import pathlib
import sys


def part(lines, line, where):
    """First and last line (exclusive) of the part, and the line itself."""
    at = next((at for at, found in enumerate(lines) if found.strip() == line), None)
    if at is None:
        sys.exit(f"{where}: the draft has no line `{line}`")
    first = next(at for at in range(at, -1, -1) if lines[at].startswith("["))
    last = next((last for last in range(at + 1, len(lines)) if lines[last].startswith("[")), len(lines))
    return first, last, at


def put(lines, line, new, where):
    first, last, at = part(lines, line, where)
    key = new.split("=")[0].strip()
    same = [place for place in range(first, last) if lines[place].removeprefix("# ").split("=")[0].strip() == key]
    if not same:
        lines.insert(at + 1, new)
        return
    end = same[0] + 1
    if lines[same[0]].rstrip().endswith("["):
        end = next(place for place in range(end, last) if lines[place].startswith("]")) + 1
    lines[same[0]:end] = [] if new.split("=", 1)[1].strip() == "" else [new]


draft, additions = map(pathlib.Path, sys.argv[1:])
files, count, name, anchor = {}, 0, None, None
for text in additions.read_text(encoding="utf-8").splitlines():
    if text.startswith(("#@ ", "#- ")):
        _, name, *anchor = text.split(" ", 2)
        anchor = anchor[0] if anchor else None
        if name not in files:
            files[name] = (draft / name).read_text(encoding="utf-8").split("\n")
        if text.startswith("#-"):
            first, last, _ = part(files[name], anchor, additions.name)
            del files[name][first:last]
            count += 1
    elif text.startswith("#"):
        continue
    elif not anchor:
        if name:
            files[name].append(text)
            count += text.strip() != ""
    elif text.strip():
        put(files[name], anchor, text, additions.name)
        count += 1
        # What a part is found by may itself be changed.
        if text.split("=")[0].strip() == anchor.split("=")[0].strip():
            anchor = text
for name, lines in files.items():
    (draft / name).write_text("\n".join(lines), encoding="utf-8")
print(count)
