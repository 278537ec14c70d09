"""Whether JSON-LD can be expanded with no term dropped, with W3C's context and without it.

    check_jsonld.py FILE.jsonld EXPECTED.json
"""

import json
import pathlib
import sys

from pyld import jsonld

file, expected_file = sys.argv[1:]
document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
expected = json.loads(pathlib.Path(expected_file).read_text(encoding="utf-8"))
ANNO = "http://www.w3.org/ns/anno.jsonld"
assert document["@context"][0] == ANNO

# There is no network here: what W3C's context says is left out, so that ours must say all of it.
jsonld.set_document_loader(
    lambda url, options: {"contextUrl": None, "documentUrl": url, "document": {"@context": {}}}
)


def leaves(value):
    """How many values a document has, empty lists aside."""
    if isinstance(value, dict):
        return sum(leaves(v) for k, v in value.items() if k not in ("@context", "@type"))
    if isinstance(value, list):
        return sum(leaves(v) for v in value)
    return 1


def terms(value, seen):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "@context":
                seen.setdefault(key, inner)
                terms(inner, seen)
    elif isinstance(value, list):
        for inner in value:
            terms(inner, seen)
    return seen


for term, value in terms(document, {}).items():
    if term in ("id", "type"):
        continue
    sample = {"@context": document["@context"], "id": "urn:x:1", term: value}
    expanded = jsonld.expand(sample)
    if not expanded or not [k for k in expanded[0] if not k.startswith("@")]:
        sys.exit(f"the term {term} is dropped")
kinds = {k for v in [document, *document["first"]["items"]] for k in [v["type"]]}
for kind in kinds | {"Draft", "Concern", "Person", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "FragmentSelector"}:
    expanded = jsonld.expand({"@context": document["@context"], "id": "urn:x:1", "type": kind, "label": "x"})
    assert ":" in expanded[0]["@type"][0], f"the type {kind} is dropped"

expanded = jsonld.expand(document)
compacted = jsonld.compact(expanded, {"@context": document["@context"]})
before = {k: v for k, v in document.items() if k != "@context"}
after = {k: v for k, v in compacted.items() if k != "@context"}


def canonical(value):
    """Without what JSON-LD does not tell apart: a list of one and its value, empty lists, the order of sets."""
    if isinstance(value, dict):
        return {k: canonical(v) for k, v in sorted(value.items()) if v != []}
    if isinstance(value, list):
        values = [canonical(v) for v in value]
        if len(values) == 1:
            return values[0]
        return sorted(values, key=lambda v: json.dumps(v, sort_keys=True))
    return value


if canonical(before) != canonical(after):
    sys.exit("what is expanded and compacted again is not what it was")

text = expected["text"]
found = []
for item in document["first"]["items"]:
    selectors = {s["type"]: s for s in item["target"]["selector"]}
    place, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    words = text[place["start"] : place["end"]]
    assert words == quote["exact"], (words, quote)
    assert text[: place["start"]].endswith(quote["prefix"]) and text[place["end"] :].startswith(quote["suffix"])
    found.append(None if item.get("kind") == "absence" else words)
assert sorted(map(str, found)) == sorted(str(r["quote"]) for r in expected["remarks"])
