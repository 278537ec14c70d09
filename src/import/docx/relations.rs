//! Which part is which: a package says so itself, and only by habit are they called `word/document.xml` and so on.

use crate::import::Problem;
use crate::import::package::Parts;
use crate::import::part::{Part, Piece};

/// The parts of a document, by what they are to it.
#[derive(Default)]
pub(super) struct Relations {
    document: String,
    /// The last word of the kind of relation, and the name of the part.
    targets: Vec<(String, String)>,
}

impl Relations {
    /// Reads them; a package that does not say has its parts where they always are.
    pub fn find(parts: &mut Parts<'_>) -> Result<Self, Problem> {
        let package = relations(parts, "")?;
        let find = |kind: &str| package.iter().find(|(k, _)| k == kind).map(|(_, target)| target.clone());
        let document = find("officeDocument").unwrap_or_else(|| "word/document.xml".to_owned());
        let mut targets = relations(parts, &document)?;
        for (kind, name) in [
            ("styles", "word/styles.xml"),
            ("numbering", "word/numbering.xml"),
            ("settings", "word/settings.xml"),
            ("footnotes", "word/footnotes.xml"),
            ("endnotes", "word/endnotes.xml"),
            ("comments", "word/comments.xml"),
        ] {
            if !targets.iter().any(|(k, _)| k == kind) {
                targets.push((kind.to_owned(), name.to_owned()));
            }
        }
        targets.extend(package.into_iter().filter(|(kind, _)| kind == "core-properties"));
        Ok(Self { document, targets })
    }

    /// The part that is the document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The part that is this to the document.
    pub fn target(&self, kind: &str) -> Option<&str> {
        self.targets.iter().find(|(k, _)| k == kind).map(|(_, name)| name.as_str())
    }

    /// What is printed above and below every page.
    pub fn page_furniture(&self) -> impl Iterator<Item = &str> {
        let furniture = |kind: &str| kind == "header" || kind == "footer";
        self.targets.iter().filter(move |(k, _)| furniture(k)).map(|(_, name)| name.as_str()).take(40)
    }
}

/// The relations of a part, or of the package itself.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<Vec<(String, String)>, Problem> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(bytes) = parts.read(&name)? else { return Ok(Vec::new()) };
    let part = Part::new(&name, bytes)?;
    let mut elements = part.elements(&[]);
    let mut found = Vec::new();
    loop {
        match elements.next()? {
            Piece::Open(tag) if tag.name == "Relationship" => {
                let external = tag.attribute("TargetMode").is_some_and(|m| m == "External");
                let (Some(kind), Some(target), false) = (tag.attribute("Type"), tag.attribute("Target"), external)
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push((kind, resolve(folder, &target)));
            }
            Piece::End => return Ok(found),
            _ => {}
        }
    }
}

/// The name of a part as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut way: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                way.pop();
            }
            step => way.push(step),
        }
    }
    way.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_seen_from_their_folder() {
        for (folder, target, expected) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/footnotes.xml", "word/footnotes.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
            ("", "word/document2.xml", "word/document2.xml"),
        ] {
            assert_eq!(resolve(folder, target), expected);
        }
    }
}
