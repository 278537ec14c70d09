"""Whether a project and a codebook are valid by the schemas of REFI-QDA.

    check_schema.py SCHEMAS PROJECT.qdpx CODEBOOK.qdc
"""

import pathlib
import sys
import zipfile

from lxml import etree

schemas, project, codebook = map(pathlib.Path, sys.argv[1:])


def check(schema, text, name):
    schema = etree.XMLSchema(etree.parse(str(schemas / schema)))
    if not schema.validate(etree.fromstring(text)):
        sys.exit(f"{name} is not valid by {schema}:\n{schema.error_log}")


with zipfile.ZipFile(project) as package:
    names = package.namelist()
    assert names[0] == "project.qde", names
    assert all(n == "project.qde" or n.startswith("sources/") for n in names), names
    check("Project.xsd", package.read("project.qde"), project)
check("Codebook.xsd", codebook.read_bytes(), codebook)
