"""Whether pyrefiqda reads back what was said: every quote at its position, its codes, its note, its author.

    check_refi.py PROJECT.qdpx CODEBOOK.qdc EXPECTED.json
"""

import json
import pathlib
import sys
import tempfile

from pyrefiqda import RefiProject

project_file, codebook_file, expected_file = sys.argv[1:]
expected = json.loads(pathlib.Path(expected_file).read_text(encoding="utf-8"))

with tempfile.TemporaryDirectory() as folder:
    project = RefiProject.load(project_file, extract_dir=folder)
    users = {u.guid: u.name for u in project.users.user}
    notes = {n.guid: n.plain_text_content for n in project.notes.note}
    codes, waiting = set(), list(project.code_book.codes.code)
    while waiting:
        code = waiting.pop()
        codes.add(code.guid)
        waiting.extend(code.code)
    found = []
    for source in project.sources.text_source:
        path = RefiProject.resolve_source_path(source.plain_text_path, folder)
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        assert text == expected["text"], "the text of the draft is another"
        for selection in source.plain_text_selection:
            quote = text[selection.start_position : selection.end_position]
            for coding in selection.coding:
                assert coding.code_ref.target_guid in codes, "a coding without its code"
            note = "".join(notes[r.target_guid] or "" for r in selection.note_ref)
            absent = "Kind: absence" in (selection.description or "")
            found.append((None if absent else quote, len(selection.coding), users[selection.creating_user], note))

wanted = [(r["quote"], r["concerns"], r["analyst"], r["note"]) for r in expected["remarks"]]
key = lambda r: tuple(str(v) for v in r)
if sorted(found, key=key) != sorted(wanted, key=key):
    sys.exit(f"pyrefiqda reads\n{sorted(found, key=key)}\nand not\n{sorted(wanted, key=key)}")

from pyrefiqda.reficodebook import RefiCodebook  # noqa: E402

book = RefiCodebook.load(codebook_file)
names, waiting = set(), list(book.codes.code)
while waiting:
    code = waiting.pop()
    names.add(code.guid)
    waiting.extend(code.code)
assert names == codes, "the codebook and the project have other codes"
