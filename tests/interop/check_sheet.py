"""Whether a spreadsheet, as LibreOffice opened it, has words in its cells and nothing else where words were.

    check_sheet.py SHEET.fods EXPECTED.json
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as tree

sheet_file, expected_file = sys.argv[1:]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Positions are numbers in a table without types, and times are times; no person's words are.
NUMBERS = {"start", "end"}
TIMES = {"created", "changed"}

rows = []
for row in tree.parse(sheet_file).iter(TABLE + "table-row"):
    cells = []
    for cell in row.iter(TABLE + "table-cell"):
        words = "\n".join("".join(p.itertext()) for p in cell.iter(TEXT + "p"))
        value = (cell.get(OFFICE + "value-type"), cell.get(TABLE + "formula"), words)
        cells += [value] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 64)
    rows.append(cells)
header = [words for _, _, words in rows[0]]
expected = json.loads(pathlib.Path(expected_file).read_text(encoding="utf-8"))["remarks"]
seen = 0
for cells in rows[1:]:
    if not any(words for _, _, words in cells):
        continue
    seen += 1
    for name, (kind, formula, words) in zip(header, cells):
        if formula:
            sys.exit(f"{name} holds a formula: {formula}")
        if kind in (None, "string") or name in NUMBERS and kind == "float" or name in TIMES and kind == "date":
            continue
        sys.exit(f"{name} is of the kind {kind}: {words}")
if seen != len(expected):
    sys.exit(f"{seen} rows and not {len(expected)}")
at = {name: n for n, name in enumerate(header)}
for remark in expected:
    row = [r for r in rows[1:] if len(r) > at["id"] and r[at["id"]][2].lstrip("'") == remark["id"]]
    if len(row) != 1:
        sys.exit(f"{len(row)} rows of {remark['id']}")
    note = row[0][at["note"]][2]
    if note.lstrip("'").replace("\n", "") != remark["note"].lstrip("'").replace("\n", ""):
        sys.exit(f"the note of {remark['id']} is {note!r}")
