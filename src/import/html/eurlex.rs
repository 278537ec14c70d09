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

/// The class of the Journal that an element has, without its prefix, consolidated texts' own names included.
fn class(element: &Element) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 35] = [
        ("doc-ti", "doc-ti"),
        ("ti-doc", "ti-doc"),
        ("ti-art", "ti-art"),
        ("sti-art", "sti-art"),
        ("ti-section-1", "ti-section-1"),
        ("ti-section-2", "ti-section-2"),
        ("ti-grseq-0", "ti-grseq-0"),
        ("ti-grseq-1", "ti-grseq-1"),
        ("ti-subgrseq", "ti-subgrseq"),
        ("ti-annotation", "ti-annotation"),
        ("hd-date", "hd-date"),
        ("hd-lg", "hd-lg"),
        ("hd-ti", "hd-ti"),
        ("hd-oj", "hd-oj"),
        ("hd-coll", "hd-coll"),
        ("hd-uniq", "hd-uniq"),
        ("hd-modifiers", "hd-modifiers"),
        ("doc-end", "doc-end"),
        ("doc-sep", "doc-sep"),
        ("table", "table"),
        ("normal", "normal"),
        ("note", "note"),
        ("signatory", "signatory"),
        ("final", "final"),
        ("title-doc-first", "doc-ti"),
        ("title-doc-last", "doc-ti"),
        ("title-article-norm", "ti-art"),
        ("stitle-article-norm", "sti-art"),
        ("title-division-1", "ti-section-1"),
        ("title-division-2", "ti-section-2"),
        ("title-annex-1", "doc-ti"),
        ("title-annex-2", "doc-ti"),
        ("title-gr-seq-level-1", "ti-grseq-1"),
        ("modref", "hd-modref"),
        ("norm", "normal"),
    ];
    let mut classes = attr(element, "class")?.split_ascii_whitespace().map(|c| c.strip_prefix("oj-").unwrap_or(c));
    classes.find_map(|c| KNOWN.iter().find(|(name, _)| *name == c).map(|(_, known)| *known))
}

/// Whether an element is a point set in two columns of blocks, as consolidated texts have them.
pub(super) fn is_grid(element: &Element) -> bool {
    element.name() == "div" && has_class(element, &["grid-list"])
}

/// Whether the page is one of the Journal, so that its classes mean what they say.
pub(super) fn is_journal(page: &Page<'_>) -> bool {
    (0..page.len()).filter_map(|i| page.element(i)).any(|e| {
        has_class(
            e,
            &[
                "oj-ti-art",
                "oj-doc-ti",
                "ti-art",
                "sti-art",
                "doc-ti",
                "oj-normal",
                "eli-subdivision",
                "ti-section-1",
                "title-doc-first",
            ],
        )
    })
}
