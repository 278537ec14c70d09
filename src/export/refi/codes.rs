//! Concerns as codes, parents around children.

use super::xml::Xml;
use crate::model::facts::Facts;
use crate::model::ids::guid;
use crate::model::{Codebook, Concern};

/// Writes `<Codes>`; answers with what it could not carry.
pub(super) fn write(xml: &mut Xml, codebook: &Codebook) -> Vec<String> {
    let rows = codebook.tree();
    xml.open("Codes", &[]);
    let mut open = 0;
    let mut at_top = 0;
    for (depth, concern) in &rows {
        while open > *depth {
            xml.close();
            open -= 1;
        }
        at_top += usize::from(*depth == 0 && concern.parent.is_some());
        begin(xml, concern);
        open += 1;
    }
    (0..open).for_each(|_| xml.close());
    xml.close();
    if at_top == 0 {
        return Vec::new();
    }
    let (s, stand) = if at_top == 1 { ("", "stands") } else { ("s", "stand") };
    vec![format!("{at_top} concern{s} whose parent is missing or below them {stand} at the top of the codebook")]
}

fn begin(xml: &mut Xml, concern: &Concern) {
    let [r, g, b] = concern.swatch.printed();
    let color = format!("#{r:02X}{g:02X}{b:02X}");
    let id = guid(concern.id.0);
    // The schema asks for a name.
    let name = if concern.name.is_empty() { concern.tag.as_str() } else { concern.name.as_str() };
    let name = if name.is_empty() { "?" } else { name };
    xml.open("Code", &[("guid", &id), ("name", name), ("isCodable", "true"), ("color", &color)]);
    let mut facts = Facts::default();
    facts.say("Tag", concern.tag.as_str());
    facts.say("Look for", concern.look_for.as_str());
    facts.say("Swatch", concern.swatch.word());
    facts.say("Key", concern.key.map(String::from).unwrap_or_default());
    for (key, is) in [("Retired", concern.retired), ("Safeguard", concern.safeguard)] {
        facts.say(key, if is { "yes" } else { "" });
    }
    xml.words("Description", &facts.below(&concern.definition));
}
