"""Whether other programs read the papers in a folder: python-docx, tidy, LibreOffice and pdftotext.

    check_papers.py FOLDER [--no-office] [--no-han]

Each paper is there as .docx, .html and .xlsx, some as .pdf, named KIND-LANGUAGE or KIND-PROJECT. Beside what the
readers find, the elements of DOCX are checked to stand in the order that the schema of Word has, as Word opens no
other. `--no-han`: no font here has Chinese letters.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import xml.etree.ElementTree as tree

import docx
from docx.oxml.ns import qn

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tbl": "tblPr tblGrid tr",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "settings": "defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr compat themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
ORDER = {parent: children.split() for parent, children in ORDER.items()}
HEADED = {"article": True, "thematic": True, "amendments": False, "delegate": False, "concordance": False, "outcomes": False}


def fail(path, why):
    sys.exit(f"{path.name}: {why}")


def parts(path):
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            fail(path, "a part is damaged")
        for entry in archive.infolist():
            if entry.date_time != (1980, 1, 1, 0, 0, 0):
                fail(path, f"{entry.filename} says when it was made: {entry.date_time}")
        return {name: archive.read(name) for name in archive.namelist()}


def check_order(path, files):
    for name, data in files.items():
        if not name.endswith(".xml"):
            continue
        for element in tree.fromstring(data).iter():
            order = ORDER.get(element.tag.removeprefix(W)) if element.tag.startswith(W) else None
            if not order:
                continue
            try:
                places = [order.index(child.tag.removeprefix(W)) for child in element]
            except ValueError as error:
                fail(path, f"{name}: in {element.tag}: {error}")
            if element.tag == W + "sectPr":
                places = [max(place, 1) for place in places]
            if places != sorted(places):
                fail(path, f"{name}: {element.tag} has its children in disorder: {[c.tag for c in element]}")


def check_references(path, files):
    """Every id that a text names is one that its part leads from, and every style one that there is."""
    styles = {style.get(W + "styleId") for style in tree.fromstring(files["word/styles.xml"]).iter(W + "style")}
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    for name, data in files.items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        folder, file = name.rsplit("/", 1)
        relations = files.get(f"{folder}/_rels/{file}.rels", b"<x/>")
        relations = {relation.get("Id"): relation for relation in tree.fromstring(relations)}
        for relation in relations.values():
            target = relation.get("Target").lstrip("/")
            if relation.get("TargetMode") != "External" and target not in files:
                fail(path, f"{name} leads to {target}, which is not there")
        for element in tree.fromstring(data).iter():
            for key, value in element.attrib.items():
                if key.startswith(space) and value not in relations:
                    fail(path, f"{name} names {value}, which leads nowhere")
            if element.tag in [W + "pStyle", W + "rStyle", W + "tblStyle", W + "basedOn", W + "next"]:
                if element.get(W + "val") not in styles:
                    fail(path, f"{name} names the style {element.get(W + 'val')}, which is not there")


def check_docx(path, kind):
    files = parts(path)
    check_order(path, files)
    check_references(path, files)
    document = docx.Document(path)
    names = {style.name for style in document.styles}
    wanted = ["Title", "Subtitle", "Heading 1", "Heading 4", "Quote", "Body Text", "List Bullet", "List Number"]
    wanted += ["footnote text", "footnote reference", "Put in", "Struck", "Proposal", "Ask", "Label", "Since"]
    if missing := [name for name in wanted if name not in names]:
        fail(path, f"has no styles {missing}")
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    if "Title" not in styles:
        fail(path, "has no title")
    if HEADED.get(kind, True) and "Heading 1" not in styles:
        fail(path, "has no headings")
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        if sum(column.width for column in table.columns) > room + 635:
            fail(path, "has a table that is wider than the text")
        if table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is None:
            fail(path, "has a table whose head is not repeated")
    if not HEADED.get(kind, True) and not document.tables:
        fail(path, "has no table")
    marks = document.element.findall(".//" + qn("w:footnoteReference"))
    notes = tree.fromstring(files.get("word/footnotes.xml", b"<x/>")).findall(W + "footnote")
    if len(marks) != max(len(notes) - 2, 0):
        fail(path, f"has {len(marks)} marks and {len(notes)} footnotes with the two lines")
    footers = " ".join(files[name].decode() for name in files if name.startswith("word/footer"))
    if " PAGE " not in footers or " NUMPAGES " not in footers:
        fail(path, "does not number its pages")
    if b"updateFields" in files["word/settings.xml"] or b"w:dirty" in files["word/document.xml"]:
        fail(path, "makes Word ask whether fields are to be updated")
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def check_html(path):
    page = path.read_text(encoding="utf-8")
    if re.search(r"<script|<link|\bsrc=\"(?!data:)|url\(|@import", page):
        fail(path, "takes something from elsewhere")
    if shutil.which("tidy"):
        said = subprocess.run(["tidy", "-e", "-q", "-utf8", path], capture_output=True, text=True)
        if said.returncode:
            fail(path, said.stderr.strip())


def words_of(text):
    """Without what a page changes: blanks, hyphens, presentation forms and the marks of direction."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if c.isalnum())


def check_pages(folder, papers):
    """LibreOffice opens each file, and its pages show the words of the paper."""
    with tempfile.TemporaryDirectory() as scratch:
        for ending, filters in [("docx", []), ("html", ["--infilter=HTML (StarWriter)"]), ("xlsx", [])]:
            files = sorted(folder.glob(f"*.{ending}"))
            out = pathlib.Path(scratch, ending)
            home = f"-env:UserInstallation=file://{scratch}/office"
            to = {"docx": "pdf:writer_pdf_Export", "html": "pdf:writer_pdf_Export", "xlsx": "pdf:calc_pdf_Export"}[ending]
            subprocess.run(
                ["soffice", "--headless", home, *filters, "--convert-to", to, "--outdir", out, *files],
                check=True, capture_output=True, timeout=300,
            )
            for file in files:
                pages = out / (file.stem + ".pdf")
                if not pages.exists():
                    fail(file, "LibreOffice does not open it")
                text = subprocess.run(["pdftotext", pages, "-"], check=True, capture_output=True, text=True).stdout
                found = words_of(text)
                if len(found) < 100:
                    fail(file, "its pages are empty")
                if ending == "docx":
                    check_words(file, papers[file.stem], found)


def check_words(file, lines, found):
    """Pages show the beginning of every line, up to letters that no font of the machine has (`--no-han`). Lines from
    right to left come out of PDF in an order of their own."""
    if file.stem.endswith("-ar"):
        return
    passed_over = "\u0590-\u08ff" + ("\u2e80-\u9fff" if "--no-han" in sys.argv else "")
    for line in lines:
        piece = re.split(f"[{passed_over}]+.*", line)[0]
        if words_of(piece)[:24] not in found:
            fail(file, f"its pages do not show {piece!r}")


def check_pdf(path, lines):
    """Our own pages say what the DOCX says, and are tagged for readers that hear them."""
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    check_words(path, lines, words_of(text))
    about = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    if not re.search(r"Tagged: +yes", about):
        fail(path, "is not tagged")
    fonts = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    if not fonts or any(line.split()[-5] != "yes" for line in fonts):
        fail(path, "does not hold the letters it needs")


def main():
    folder = pathlib.Path(sys.argv[1])
    papers = {}
    for path in sorted(folder.glob("*.docx")):
        papers[path.stem] = check_docx(path, path.stem.split("-")[0])
    for path in sorted(folder.glob("*.html")):
        check_html(path)
    if not papers:
        sys.exit(f"there is no paper in {folder}")
    if shutil.which("pdftotext"):
        for path in sorted(folder.glob("*.pdf")):
            check_pdf(path, papers[path.stem])
    if "--no-office" not in sys.argv:
        check_pages(folder, papers)
    print(f"{len(papers)} papers")


main()
