//! The markup of the Official Journal of the EU: what its classes and names say.
//!
//! Pages since 2023 prefix their classes with `oj-` and name the elements of articles, chapters and annexes (`art_5`,
//! `cpt_III.sct_2`); older ones have the classes only.

use scraper::node::Element;

use crate::model::{HintKind, ProvisionKind};

use super::dom::{Page, attr, has_class};

/// The provision that an element is.
pub(super) fn provision(page: &Page<'_>, at: usize, element: &Element) -> Option<ProvisionKind> {
    let id = attr(element, "id")?;
    let own = id.rsplit('.').next().unwrap_or(id);
    let (name, number) = own.split_once('_')?;
    if number.is_empty() || number.len() > 12 || element.name() != "div" {
        return None;
    }
    let kind = match name {
        "pbl" => ProvisionKind::Preamble,
        "prt" => ProvisionKind::Part,
        "tis" => ProvisionKind::Title,
        "cpt" => ProvisionKind::Chapter,
        "sct" => ProvisionKind::Section,
        "sbs" => ProvisionKind::Heading,
        "art" => ProvisionKind::Article,
        "anx" => ProvisionKind::Annex,
        _ => return None,
    };
    // Other pages may name elements this way; the Journal's have its classes inside.
    let mut inside = (at..page.end(at)).take(40).filter_map(|i| page.element(i));
    inside.any(|e| class(e).is_some_and(|c| c != "table")).then_some(kind)
}

/// What a line of a provision's head is, if it is one.
pub(super) fn head(page: &Page<'_>, at: usize, element: &Element) -> Option<HintKind> {
    match class(element)? {
        "ti-art" | "ti-section-1" => Some(HintKind::Number),
        "sti-art" | "ti-section-2" => Some(HintKind::Caption),
        "doc-ti" => {
            let holder = page.around(at).skip(1).find(|&a| page.name(a) == "div")?;
            let annex = page.element(holder).is_some_and(|e| provision(page, holder, e) == Some(ProvisionKind::Annex));
            let before = page.children(holder).take_while(|&c| c < at).filter(|&c| page.element(c).is_some()).count();
            match (annex, before) {
                (true, 0) => Some(HintKind::Number),
                (true, 1) => Some(HintKind::Caption),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The level of heading that a line is by its class.
pub(super) fn heading(element: &Element) -> Option<u8> {
    Some(match class(element)? {
        "doc-ti" | "ti-doc" => 1,
        "ti-annotation" | "ti-section-1" | "ti-section-2" | "ti-grseq-0" => 2,
        "ti-grseq-1" | "ti-subgrseq" => 3,
        "ti-art" | "sti-art" => 4,
        _ => return None,
    })
}

/// Whether a line is furniture of the Journal: its date, its language, its page.
pub(super) fn is_furniture(element: &Element) -> bool {
    class(element).is_some_and(|c| c.starts_with("hd-") || matches!(c, "doc-end" | "doc-sep"))
}

/// The class of the Journal that an element has, without its prefix.
fn class(element: &Element) -> Option<&str> {
    const KNOWN: [&str; 24] = [
        "doc-ti",
        "ti-doc",
        "ti-art",
        "sti-art",
        "ti-section-1",
        "ti-section-2",
        "ti-grseq-0",
        "ti-grseq-1",
        "ti-subgrseq",
        "ti-annotation",
        "hd-date",
        "hd-lg",
        "hd-ti",
        "hd-oj",
        "hd-coll",
        "hd-uniq",
        "hd-modifiers",
        "doc-end",
        "doc-sep",
        "table",
        "normal",
        "note",
        "signatory",
        "final",
    ];
    let classes = attr(element, "class")?.split_ascii_whitespace();
    let mut known = classes.map(|c| c.strip_prefix("oj-").unwrap_or(c)).filter(|c| KNOWN.contains(c));
    known.next()
}

/// Whether the page is one of the Journal, so that its classes mean what they say.
pub(super) fn is_journal(page: &Page<'_>) -> bool {
    (0..page.len()).filter_map(|i| page.element(i)).any(|e| {
        has_class(
            e,
            &["oj-ti-art", "oj-doc-ti", "ti-art", "sti-art", "doc-ti", "oj-normal", "eli-subdivision", "ti-section-1"],
        )
    })
}
