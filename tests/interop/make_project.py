"""Makes a project with the program's own commands, exports it in every format, twice, and takes the files in again.

    make_project.py BINARY FOLDER

Leaves in FOLDER: out/ with the files, expected.json with what other programs must find in them.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys

BINARY, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])

# Words of our own: letters of one to four bytes, marks that combine, a right-to-left paragraph.
DRAFT = """Draft convention on harbor lights
A/LIGHT/1

Article 1
Keepers 🔒

1. Each State Party shall name a keeper 🔦 for every light, and shall keep the “list of keepers” 𐍈𐍈 open to all.
2. A keeper shall:
(a) record every ship that passes;
(b) hand the records over on request, without any order of a court.

Article 2
الأضواء

1. على كل دولة طرف أن تعيّن حارسا لكل منارة، وأن تحفظ السجلات ثلاثين يوما.
2. Café owners, naïve or not, keep no lights; =1+2 is no rule.

Article 3
Costs

1. Each State Party bears its own costs (3/4 of them in the first year).
"""

# Quote, citation, concerns, analyst, and what else is said.
REMARKS = [
    ("Each State Party shall name a keeper 🔦 for every light", "1(1)", ["SC"], "Zoë", ["--note", "Too wide 🔒\n\nSecond paragraph & <b>none</b> of it bold", "--severity", "high"]),
    ("keeper 🔦 for every light, and shall keep the “list of keepers” 𐍈𐍈 open", "1(1)", ["SC", "DP", "PC"], "Zoë", ["--recommend", "limit", "--target", "Articles 7 to 11", "--target", "3/4", "--proposed", "=keeper for 🔦", "--supports", "@delegation"]),
    ("hand the records over on request, without any order of a court", "1(2)(b)", ["DP", "JA"], "Zoë", ["--status", "agreed", "--severity", "critical"]),
    ("hand the records over on request, without any order of a court", "1(2)(b)", ["DP"], "李雷", ["--note", "=HYPERLINK(\"http://example.org\";\"click\")"]),
    ("على كل دولة طرف أن تعيّن حارسا لكل منارة", "2(1)", ["SC"], "李雷", ["--note", "ملاحظة"]),
    ("السجلات ثلاثين يوما", "2(1)", ["RT"], "Zoë", []),
    ("=1+2 is no rule", "2(2)", ["JW"], "Zoë", ["--note", "2/3"]),
    ("Café owners, naïve or not", "2(2)", ["JW"], "李雷", ["--note", "-"]),
    ("3/4 of them", "3(1)", ["JW"], "Zoë", ["--note", "1/2"]),
]
ABSENCE = ("1(2)", ["HR", "NO"], "Zoë", ["--absence", "--note", "No remedy is said"])
FORMATS = {"qdpx": "a.qdpx", "qdc": "a.qdc", "jsonld": "a.jsonld", "hypothesis": "a.json", "csv": "a.csv", "xlsx": "a.xlsx", "taguette": "taguette.csv"}


def travaux(*arguments, who="Reader"):
    """What the program prints, run by somebody with settings of their own."""
    home = {**os.environ, "TRAVAUX_HOME": str(FOLDER / f"home of {who}")}
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, env=home)
    if done.returncode != 0:
        sys.exit(f"travaux {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
    return done.stdout


def project(name):
    folder = FOLDER / name
    travaux("new", folder, "--title", "Harbor lights", "--instrument", "Convention on harbor lights")
    travaux("import", folder, FOLDER / "draft.txt", "--label", "Rev.1", "--symbol", "A/LIGHT/1")
    return folder


def main():
    (FOLDER / "out").mkdir(parents=True)
    (FOLDER / "again").mkdir()
    (FOLDER / "draft.txt").write_text(DRAFT, encoding="utf-8")
    ours = project("ours")
    expected = []
    for quote, cited, concerns, who, more in REMARKS:
        arguments = ["annotate", ours, "--draft", "Rev.1", "--quote", quote, "--citation", cited, "--as", who, *more]
        for concern in concerns:
            arguments += ["--concern", concern]
        identity = travaux(*arguments, who=who).split()[0]
        note = more[more.index("--note") + 1] if "--note" in more else ""
        expected.append({"id": identity, "quote": quote, "concerns": len(concerns), "analyst": who, "note": note, "citation": cited})
    cited, concerns, who, more = ABSENCE
    arguments = ["annotate", ours, "--draft", "Rev.1", "--citation", cited, "--as", who, *more]
    for concern in concerns:
        arguments += ["--concern", concern]
    identity = travaux(*arguments, who=who).split()[0]
    expected.append({"id": identity, "quote": None, "concerns": len(concerns), "analyst": who, "note": "No remedy is said", "citation": cited, "absence": True})
    stored = next((ours / "drafts").glob("*/text.txt")).read_text(encoding="utf-8")
    (FOLDER / "expected.json").write_text(json.dumps({"text": stored, "remarks": expected}, ensure_ascii=False), encoding="utf-8")

    for form, name in FORMATS.items():
        for out in ["out", "again"]:
            travaux("export", ours, "--format", form, "--out", FOLDER / out / name)
        if (FOLDER / "out" / name).read_bytes() != (FOLDER / "again" / name).read_bytes():
            sys.exit(f"{form}: two exports of one project differ")

    # In again where the draft has another identity: every remark on its words, and the same file out.
    for form in ["qdpx", "jsonld", "hypothesis", "csv", "xlsx"]:
        theirs = project(f"theirs-{form}")
        file = FOLDER / "out" / FORMATS[form]
        said = json.loads(travaux("import-annotations", theirs, file, "--json"))
        count = sum(s["same_words"] + s["found"] for s in said["sets"])
        if count != len(expected) or said["left"]:
            sys.exit(f"{form}: {count} of {len(expected)} remarks came to their words: {said}")
        again = json.loads(travaux("import-annotations", theirs, file, "--json"))
        if any(s["new"] or s["changed"] for s in again["sets"]):
            sys.exit(f"{form}: a second import changes something: {again}")
        for who in ["Zoë", "李雷"]:
            for folder, name in [(ours, "ours"), (theirs, "theirs")]:
                travaux("export", folder, "--format", "csv", "--analyst", who, "--out", FOLDER / f"{name}.csv")
            rows = [(FOLDER / f"{name}.csv").read_text(encoding="utf-8") for name in ["ours", "theirs"]]
            ids = [row_ids(r) for r in rows]
            if ids[0] != ids[1]:
                sys.exit(f"{form}: what came back of {who} is not what went:\n{ids[0]}\n{ids[1]}")


def row_ids(table):
    """Every cell but the identity of the draft and what the two projects call it."""
    rows = csv.DictReader(io.StringIO(table.lstrip("\ufeff"), newline=""))
    return [{k: v for k, v in row.items() if k != "draft id"} for row in rows]


main()
