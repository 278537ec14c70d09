//! Akoma Ntoso 2 and 3: hierarchy, numbers and headings as the markup has them.
//!
//! The file is read into a flat list (`tree`), `kinds` says what its elements are, `walk` turns them into paragraphs and
//! marks. Namespaces are not asked for, since drafts of the standard had many; names are. Must not know: how a number or
//! a heading looks in print, which is the recognizer's where nothing is marked.

mod kinds;
mod tree;
mod walk;

use crate::model::{Taken, Wording};

use super::decode::{decode_markup, head};
use super::{Bytes, Choices, Content, Offers, Problem, Watch};

use tree::Tree;

/// Whether a file begins as Akoma Ntoso does.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = head(bytes, 8192);
    if !start.starts_with('<') {
        return false;
    }
    start.match_indices("akomantoso").any(|(at, _)| start[..at].ends_with('<') || tag_prefix(&start[..at]))
}

/// Whether a text ends in `<prefix:`.
fn tag_prefix(s: &str) -> bool {
    let open = s.strip_suffix(':').map(|s| s.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'));
    open.is_some_and(|s| s.ends_with('<'))
}

/// Reads an Akoma Ntoso file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let (source, warning) = decode_markup(bytes, None)?;
    if source.trim().is_empty() {
        return Err(Problem::Empty);
    }
    if !source.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Err(Problem::Damaged("there is no XML in it".to_owned()));
    }
    let tree = tree::parse(source.trim_start_matches('\u{feff}').trim_start(), watch)?;
    known_root(&tree)?;
    let wording = choices.wording.unwrap_or(Wording::Proposed);
    let (mut content, changes) = walk::Walk::new(&tree, wording).run();
    let changed = changes.inserted + changes.deleted > 0;
    content.title = title(&tree);
    content.language = language(&tree);
    content.warnings.extend(warning);
    content.taken.clone_from(&Taken { wording: if changed { wording } else { Wording::Printed }, column: None });
    content.offers = Offers { changes: changed.then_some(changes), columns: Vec::new() };
    Ok(content)
}

/// Refuses XML of other kinds.
fn known_root(tree: &Tree) -> Result<(), Problem> {
    const DOCUMENTS: [&str; 12] = [
        "akomaNtoso",
        "act",
        "bill",
        "doc",
        "statement",
        "amendment",
        "amendmentList",
        "documentCollection",
        "debate",
        "debateReport",
        "judgment",
        "portion",
    ];
    // What the Official Journal's own XML begins with.
    const FORMEX: [&str; 12] = [
        "ACT",
        "GENERAL",
        "CONS.ACT",
        "CONS.DOC",
        "ANNEX",
        "AGR",
        "PUBLICATION",
        "DOC",
        "LSEU",
        "DECISION",
        "PROPOSAL",
        "CORR",
    ];
    let root = tree.name(0);
    let akoma = root == DOCUMENTS[0] || DOCUMENTS.contains(&root) && tree.find(0, "FRBRWork").is_some();
    if akoma {
        return Ok(());
    }
    if FORMEX.contains(&root) {
        return Err(Problem::Convert {
            what: "a Formex file",
            how: "add the same document as HTML or PDF, which EUR-Lex has as well",
        });
    }
    if tree.len() == 0 {
        return Err(Problem::Damaged("there is no XML in it".to_owned()));
    }
    Err(Problem::Convert {
        what: "XML of another kind than Akoma Ntoso",
        how: "save the document as HTML, PDF or plain text and add that",
    })
}

/// The title the document gives itself.
fn title(tree: &Tree) -> String {
    let words = |name: &str| tree.find(0, name).map(|at| tree.words(at)).filter(|w| !w.is_empty());
    let value = |name: &str, attribute: &str| {
        (0..tree.len()).find(|&i| tree.name(i) == name).and_then(|i| tree.attribute(i, attribute)).map(str::to_owned)
    };
    words("longTitle")
        .filter(|w| w.len() <= 300)
        .or_else(|| words("docTitle"))
        .or_else(|| words("shortTitle"))
        .or_else(|| value("FRBRalias", "value"))
        .or_else(|| value("FRBRnumber", "showAs"))
        .unwrap_or_default()
}

/// The language of the first document that says it.
fn language(tree: &Tree) -> String {
    let lang = (0..tree.len().min(200)).find_map(|i| tree.attribute(i, "lang"));
    let frbr = || (0..tree.len()).find(|&i| tree.name(i) == "FRBRlanguage").and_then(|i| tree.attribute(i, "language"));
    lang.or_else(frbr).map(kinds::language).unwrap_or_default()
}
