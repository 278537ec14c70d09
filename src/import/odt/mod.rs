//! ODT, and its form as one XML file (FODT): what each part adds to a [`Manuscript`].
//!
//! Must not know: how a text is made of a manuscript (that is `manuscript`'s), how a zip archive is read (`package`'s).
//! The way through: `styles` says what paragraphs, runs and lists look like; `story` reads the document, with
//! `lists` to tell which lists go on counting and `changes` for what was deleted.

mod changes;
mod lists;
mod story;
mod styles;

use super::manuscript::{Manuscript, title, write};
use super::package::{Package, Parts, package};
use super::part::{Namespaces, Part};
use super::{Bytes, Choices, Content, Problem, Watch};

use story::Story;
use styles::Styles;

const NAMESPACES: Namespaces = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", 'o'),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", 't'),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", 'b'),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", 's'),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", 'd'),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", 'g'),
    ("http://purl.org/dc/elements/1.1/", 'c'),
];

/// What an encrypted document says of its parts.
const ENCRYPTED: &[u8] = b"encryption-data";

/// Whether the bytes are an OpenDocument text.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    package(bytes) == Some(Package::OpenDocumentText) || is_flat(bytes)
}

/// Whether the bytes are such a text as one XML file.
fn is_flat(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8_000)];
    let has = |words: &[u8]| head.windows(words.len()).any(|w| w == words);
    head.trim_ascii_start().starts_with(b"<?xml")
        && has(b"<office:document")
        && has(b"application/vnd.oasis.opendocument.text")
}

/// Reads an ODT or FODT file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let mut manuscript = Manuscript::default();
    if is_flat(bytes) {
        let part = Part::new("itself", bytes.to_vec())?;
        let mut styles = Styles::default();
        styles.read(&part)?;
        fill(&mut manuscript, &part, &styles, watch)?;
        manuscript.pages_numbered = styles.prints_page_number;
        manuscript.title = title(&part, &manuscript.text)?;
    } else {
        let mut parts = Parts::open(bytes)?;
        if parts.read("META-INF/manifest.xml")?.is_some_and(|m| m.windows(ENCRYPTED.len()).any(|w| w == ENCRYPTED)) {
            let how = "open it with its password, save it without one and add that";
            return Err(Problem::Convert { what: "an encrypted OpenDocument text", how });
        }
        let Some(document) = part(&mut parts, "content.xml")? else {
            return Err(Problem::Damaged("its part content.xml is missing".to_owned()));
        };
        let mut styles = Styles::default();
        if let Some(common) = part(&mut parts, "styles.xml")? {
            styles.read(&common)?;
        }
        styles.read(&document)?;
        fill(&mut manuscript, &document, &styles, watch)?;
        manuscript.pages_numbered = styles.prints_page_number;
        if let Some(meta) = part(&mut parts, "meta.xml")? {
            manuscript.title = title(&meta, &manuscript.text)?;
        }
    }
    write(manuscript, choices, watch)
}

fn fill(manuscript: &mut Manuscript, document: &Part, styles: &Styles, watch: &mut dyn Watch) -> Result<(), Problem> {
    let mut story = Story::new(manuscript, styles);
    story.read(document, watch)?;
    story.finish();
    Ok(())
}

fn part(parts: &mut Parts<'_>, name: &str) -> Result<Option<Part>, Problem> {
    parts.read(name)?.map(|bytes| Part::new(name, bytes)).transpose()
}
