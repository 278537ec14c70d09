//! Codes as concerns.

use super::super::Problem;
use super::super::foreign::{Gathering, concern_named};
use super::tree::{Element, Tree};
use crate::model::facts::Facts;
use crate::model::ids::{derived, from_guid};
use crate::model::{ConcernId, Swatch};

/// Adds the codes of a codebook, parents before children.
pub(super) fn read(tree: &Tree<'_>, gathering: &mut Gathering) -> Result<(), Problem> {
    let tops = tree.all("Codes").flat_map(|codes| tree.inside(codes, "Code"));
    // A stack of our own: how deep codes go is the file's to say.
    let mut waiting: Vec<(&Element<'_>, Option<ConcernId>)> = tops.map(|code| (code, None)).collect();
    waiting.reverse();
    while let Some((code, parent)) = waiting.pop() {
        let id = id(code);
        add(tree, code, id, parent, gathering)?;
        waiting.extend(tree.inside(code, "Code").rev().map(|child| (child, Some(id))));
    }
    Ok(())
}

/// The identity of a code: its GUID, or one made of its name.
fn id(code: &Element<'_>) -> ConcernId {
    let name = code.tag.attribute("name").unwrap_or_default();
    let given = code.tag.attribute("guid").and_then(|g| from_guid(&g));
    ConcernId(given.unwrap_or_else(|| derived(&["concern", &name.to_lowercase()])))
}

fn add(
    tree: &Tree<'_>,
    code: &Element<'_>,
    id: ConcernId,
    parent: Option<ConcernId>,
    gathering: &mut Gathering,
) -> Result<(), Problem> {
    let name = code.tag.attribute("name").unwrap_or_default();
    let (definition, facts) = Facts::split(tree.words(code, "Description").unwrap_or_default());
    let mut concern = concern_named(id, &name);
    concern.definition = definition.to_owned();
    concern.parent = parent;
    concern.tag = facts.get("Tag").unwrap_or_default().to_owned();
    concern.look_for = facts.get("Look for").unwrap_or_default().to_owned();
    concern.key = facts.get("Key").and_then(|k| k.chars().next());
    concern.retired = facts.get("Retired").is_some();
    concern.safeguard = facts.get("Safeguard").is_some();
    let color = code.tag.attribute("color").and_then(|c| color(&c));
    concern.swatch =
        facts.get("Swatch").and_then(Swatch::named).or_else(|| color.map(Swatch::nearest)).unwrap_or_default();
    gathering.concern(concern)
}

/// `#RRGGBB` or `#RGB`.
fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let byte = |shift: u32| ((value >> shift) & 0xff) as u8;
    let half = |shift: u32| ((value >> shift) & 0xf) as u8 * 17;
    match digits.len() {
        6 => Some([byte(16), byte(8), byte(0)]),
        3 => Some([half(8), half(4), half(0)]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_read_as_the_schema_has_them() {
        for (text, expected) in
            [("#F00082", Some([0xf0, 0, 0x82])), ("#fa0", Some([0xff, 0xaa, 0])), ("#12", None), ("red", None)]
        {
            assert_eq!(color(text), expected, "{text}");
        }
    }
}
