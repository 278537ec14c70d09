//! Completing a citation as one types it.

use crate::model::{Outline, ProvisionIndex, ProvisionKind};

use super::resolve;

/// A provision offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which.
    pub provision: ProvisionIndex,
    /// Its address, `Article 23(2)(c)`.
    pub citation: String,
    /// Its heading, or its first words.
    pub words: String,
}

/// Provisions meant by what has been typed so far, best first, at most `most`: those the citation resolves to, those
/// whose address begins so, then those whose heading contains the words.
pub fn complete(typed: &str, text: &str, outline: &Outline, most: usize) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let plain = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let short = plain(wanted.trim_start_matches("article").trim_start_matches("art"));
    let mut found: Vec<ProvisionIndex> = Vec::new();
    let add = |i: ProvisionIndex, found: &mut Vec<ProvisionIndex>| {
        if found.len() < most && !found.contains(&i) {
            found.push(i);
        }
    };
    for i in resolve(typed, outline) {
        add(i, &mut found);
    }
    let is_cited = |i: ProvisionIndex| outline.get(i).is_some_and(|p| p.kind != ProvisionKind::Body);
    let number = wanted.trim_start_matches("article").trim_start_matches("art").trim_start_matches(['.', ' ']);
    if !number.is_empty() {
        for i in outline.indices().filter(|&i| outline.get(i).is_some_and(|p| p.kind.is_headed())) {
            if outline.get(i).is_some_and(|p| p.number.to_lowercase().starts_with(number)) {
                add(i, &mut found);
            }
        }
    }
    if !short.is_empty() {
        for i in outline.indices().filter(|&i| is_cited(i)) {
            if found.len() >= most {
                break;
            }
            if plain(&outline.citation(i).to_string()).starts_with(&short) {
                add(i, &mut found);
            }
        }
    }
    for i in outline.indices().filter(|&i| is_cited(i)) {
        let heading = outline.get(i).and_then(|p| p.heading.as_deref());
        if wanted.is_empty() && outline.get(i).is_some_and(|p| p.kind.is_headed())
            || !wanted.is_empty() && heading.is_some_and(|h| h.to_lowercase().contains(&wanted))
        {
            add(i, &mut found);
        }
    }
    found.into_iter().map(|i| suggestion(i, text, outline)).collect()
}

fn suggestion(provision: ProvisionIndex, text: &str, outline: &Outline) -> Suggestion {
    let heading = outline.get(provision).and_then(|p| p.heading.clone());
    let words = heading.unwrap_or_else(|| {
        let own = outline.own_range(provision).of(text).unwrap_or_default();
        let label = outline.get(provision).map_or(0, |p| p.label.len());
        let rest = own.get(label..).unwrap_or(own).trim();
        rest.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect()
    });
    Suggestion { provision, citation: outline.citation(provision).long(), words }
}
