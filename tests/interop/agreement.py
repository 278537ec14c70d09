"""Checks the figures of `travaux agreement` with other implementations: krippendorff and scikit-learn.

    python agreement.py PROGRAM PROJECT [PROJECT ...]

For every project and unit it reads how the units were rated (`--json --ratings`), computes each figure anew and
compares. Needs the packages krippendorff, scikit-learn and numpy.
"""

import json
import subprocess
import sys
import warnings

import krippendorff
import numpy
from sklearn.metrics import cohen_kappa_score

# Units of a row are put together as (values, weight); these are too many to be written out one by one.
MOST_UNITS = 400_000


def close(ours, theirs):
    return abs(ours - theirs) < 1e-9


def check_row(row, raters):
    values = [r["values"] for r in row["ratings"] if r["units"] > 0]
    weights = [r["units"] for r in row["ratings"] if r["units"] > 0]
    assert sum(weights) <= MOST_UNITS, "too many units to check"
    table = numpy.array(values, dtype=float).reshape(len(values), raters)
    units = numpy.repeat(table, weights, axis=0).T
    checked = 0
    pairable = (~numpy.isnan(units)).sum(axis=0) >= 2
    assert row["units"] == int(pairable.sum()), row["name"]
    seen = set(units[:, pairable][~numpy.isnan(units[:, pairable])])
    if len(seen) > 1:
        theirs = krippendorff.alpha(reliability_data=units, level_of_measurement="nominal")
        assert close(row["alpha"], theirs), (row["name"], row["alpha"], theirs)
        checked += 1
    else:
        assert row["alpha"] is None, row["name"]
    for pair in row["pairs"]:
        a, b = (units[i] for i in pair["analysts"])
        both = ~numpy.isnan(a) & ~numpy.isnan(b)
        assert pair["units"] == int(both.sum()), row["name"]
        if pair["kappa"] is None:
            assert len(set(a[both]) | set(b[both])) < 2, row["name"]
            continue
        theirs = cohen_kappa_score(a[both], b[both])
        assert close(pair["kappa"], theirs), (row["name"], pair["kappa"], theirs)
        assert close(pair["percentage"], float((a[both] == b[both]).mean())), row["name"]
        checked += 1
    return checked


def main(program, projects):
    warnings.simplefilter("ignore")
    checked = 0
    for project in projects:
        for unit in ["article", "provision", "sentence", "character"]:
            command = [program, "agreement", project, "--unit", unit, "--json", "--ratings"]
            answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            raters = len(answer["analysts"])
            assert raters >= 2 and answer["rows"], f"{project} has nobody to compare"
            checked += sum(check_row(row, raters) for row in answer["rows"] if row["subject"] != "all concerns" or unit != "character")
    assert checked > 0, "no figure was checked"
    print(f"{checked} figures of agreement are those of krippendorff and scikit-learn")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
