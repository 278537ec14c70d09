//! Lines that are drawn over a page instead of set with its words, as conversions from PDF leave those that strike words.
//!
//! Must not know: which words lie below a line; only a program that lays the page out does.

use crate::import::part::Tag;

/// A line through words is not higher, in points.
const HIGHEST: f32 = 1.6;
/// And not shorter.
const SHORTEST: f32 = 20.0;
/// English metric units in a point.
const UNITS: f32 = 12_700.0;

/// Beside words that are struck, so many drawn lines say that others may be.
const FEWEST_BESIDE_STRUCK: usize = 3;
/// And so many where no word is: a form has some to write on.
const FEWEST: usize = 20;

/// Whether an element is a shape as flat as a line: `v:rect` with its style, or `wp:extent`.
pub(super) fn is_line(tag: &Tag<'_>) -> bool {
    let size = match (tag.space, tag.name) {
        ('v', "rect" | "line") => tag.attribute("style").and_then(|style| {
            let points = |name| {
                let value = style.split(';').find_map(|rule| rule.trim().strip_prefix(name)?.strip_prefix(':'))?;
                value.trim().strip_suffix("pt")?.parse::<f32>().ok()
            };
            Some((points("width")?, points("height")?))
        }),
        ('d', "extent") => {
            let points = |name| Some(tag.attribute(name)?.parse::<f32>().ok()? / UNITS);
            points("cx").zip(points("cy"))
        }
        _ => None,
    };
    size.is_some_and(|(width, height)| width >= SHORTEST && (0.0..=HIGHEST).contains(&height))
}

/// What is to be said of a document with so many lines drawn in paragraphs with words.
pub(super) fn warning(lines: usize, has_struck_words: bool) -> Option<String> {
    let fewest = if has_struck_words { FEWEST_BESIDE_STRUCK } else { FEWEST };
    (lines >= fewest).then(|| {
        format!("{lines} lines are drawn over the pages; words that they strike out are read as if they stood: compare them with the document")
    })
}
