//! REFI-QDA 1.0, the exchange format of programs for qualitative analysis (QualCoder, ATLAS.ti, NVivo, MAXQDA): a
//! project as a zip package (`.qdpx`), a codebook as one XML file (`.qdc`).
//!
//! A concern is a code, a remark in a draft a selection with one coding for each concern, its words a note. What the
//! format has no place for stands as facts in descriptions, so that it can be read in those programs and comes back.
//! Positions are Unicode code points of the plain text in `sources/`. Source: the standard's `Project.xsd` and
//! `Codebook.xsd` of 18 March 2019.
//!
//! Must not know: how the files of other programs differ from the standard (that is `import`'s).

mod codes;
mod project;
mod xml;

use super::{ExportError, ExportRequest, Written};
use xml::Xml;

pub(super) use project::project;

/// Who made the file, as other programs show it.
const ORIGIN: &str = concat!("Travaux ", env!("CARGO_PKG_VERSION"));

/// The codebook alone.
pub(super) fn codebook(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    request.check()?;
    if request.project.codebook.concerns.is_empty() {
        return Err(ExportError::NotMade("There are no concerns in the codebook to write".to_owned()));
    }
    let mut xml = Xml::new();
    xml.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)]);
    let mut left = codes::write(&mut xml, &request.project.codebook);
    xml.close();
    let (text, replaced) = xml.finish();
    left.extend(unwritable(replaced));
    Ok(Written { bytes: text.into_bytes(), left })
}

/// What is said of characters that XML cannot hold.
fn unwritable(replaced: usize) -> Option<String> {
    (replaced > 0).then(|| {
        let (s, are) = if replaced == 1 { ("", "is") } else { ("s", "are") };
        format!("{replaced} control character{s} that the format cannot hold {are} written as \u{fffd}")
    })
}
