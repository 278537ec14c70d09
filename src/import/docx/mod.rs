//! DOCX: the parts of the package and what each adds to a [`Manuscript`].
//!
//! Must not know: how a text is made of a manuscript (that is `manuscript`'s), how a zip archive is read (`package`'s).
//! The way through: `relations` finds the parts; `styles` and `lists` say what paragraphs inherit; `story` reads the
//! document, its notes and its comments, with `properties` for what a paragraph or a run says of itself.

mod drawn;
mod fields;
mod lists;
mod properties;
mod relations;
mod settings;
mod story;
mod styles;

use super::manuscript::{Manuscript, title, write};
use super::package::{Package, Parts, package};
use super::part::{Namespaces, Part};
use super::{Bytes, Choices, Content, Problem, Watch};

use relations::Relations;
use story::Story;

/// Word's two names for its elements, those for alternatives, for formulas and for what is drawn.
const NAMESPACES: Namespaces = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", 'w'),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", 'w'),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", 'c'),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", 'm'),
    ("http://purl.oclc.org/ooxml/officeDocument/math", 'm'),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", 'd'),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", 'd'),
    ("urn:schemas-microsoft-com:vml", 'v'),
];

/// Whether the bytes are a zip archive with a Word document in it.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    package(bytes) == Some(Package::Word)
}

/// Reads a DOCX file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let mut parts = Parts::open(bytes)?;
    let manuscript = manuscript(&mut parts, watch)?;
    write(manuscript, choices, watch)
}

fn manuscript(parts: &mut Parts<'_>, watch: &mut dyn Watch) -> Result<Manuscript, Problem> {
    let relations = Relations::find(parts)?;
    let Some(document) = part(parts, relations.document())? else {
        let missing = format!("its part {} is missing", relations.document());
        return Err(Problem::Damaged(missing));
    };
    let read = |parts: &mut Parts<'_>, kind: &str| match relations.target(kind) {
        Some(name) => part(parts, name),
        None => Ok(None),
    };
    let mut manuscript = Manuscript::default();
    manuscript.note_numbers[1] = properties::endnotes();
    let styles = read(parts, "styles")?.map(|p| styles::read(&p)).transpose()?.unwrap_or_default();
    let lists = match read(parts, "numbering")? {
        Some(numbering) => lists::read(&numbering, &styles, &mut manuscript)?,
        None => lists::Lists::default(),
    };
    if let Some(settings) = read(parts, "settings")? {
        settings::read_settings(&settings, &mut manuscript)?;
    }
    let mut story = Story::new(&mut manuscript, &styles, &lists);
    for (kind, series) in [("footnotes", 0), ("endnotes", 1)] {
        if let Some(notes) = read(parts, kind)? {
            story.read_notes(&notes, series)?;
        }
    }
    if let Some(comments) = read(parts, "comments")? {
        story.read_comments(&comments)?;
    }
    story.read_document(&document, watch)?;
    story.finish();
    drop(document);
    for name in relations.page_furniture() {
        let bytes = parts.read(name)?.unwrap_or_default();
        manuscript.pages_numbered |= settings::prints_page_number(&bytes);
    }
    if let Some(core) = relations.target("core-properties")
        && let Some(core) = part(parts, core)?
    {
        manuscript.title = title(&core, &manuscript.text)?;
    }
    Ok(manuscript)
}

fn part(parts: &mut Parts<'_>, name: &str) -> Result<Option<Part>, Problem> {
    parts.read(name)?.map(|bytes| Part::new(name, bytes)).transpose()
}
