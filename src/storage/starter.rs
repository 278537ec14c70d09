//! The codebook a new project starts with, which ships inside the program.

use serde::Deserialize;

use super::error::StorageError;
use super::ron_text;
use crate::model::{Codebook, Concern, ConcernId, Swatch};

const FILE: &str = "assets/codebooks/cybercrime.ron";
const TEXT: &str = include_str!("../../assets/codebooks/cybercrime.ron");

/// The file as its authors write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Starter {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "description")]
    _description: String,
    concerns: Vec<StarterConcern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StarterConcern {
    id: ConcernId,
    tag: String,
    name: String,
    definition: String,
    look_for: String,
    swatch: String,
    key: Option<char>,
    parent: Option<ConcernId>,
    retired: bool,
    #[serde(default)]
    safeguard: bool,
}

/// The built-in codebook for reading treaties on cybercrime and surveillance.
///
/// # Errors
/// [`StorageError::Damaged`] where the program was built with a faulty file; a test sees to it that it is not.
pub fn built_in_codebook() -> Result<Codebook, StorageError> {
    let damaged = |fault: ron_text::Fault| StorageError::Damaged {
        file: FILE.into(),
        line: fault.line,
        column: fault.column,
        message: fault.message.into(),
        kept_aside: None,
        backup: None,
    };
    let starter: Starter = ron_text::read(TEXT).map_err(damaged)?;
    let mut concerns = Vec::with_capacity(starter.concerns.len());
    for concern in starter.concerns {
        let Some(swatch) = Swatch::ALL.into_iter().find(|s| s.word() == concern.swatch) else {
            let at = TEXT.find(&concern.id.to_string()).unwrap_or(0);
            return Err(damaged(ron_text::Fault::at(TEXT, at, format!("no color is called {}", concern.swatch))));
        };
        concerns.push(Concern {
            id: concern.id,
            tag: concern.tag,
            name: concern.name,
            definition: concern.definition,
            look_for: concern.look_for,
            swatch,
            key: concern.key,
            parent: concern.parent,
            retired: concern.retired,
            safeguard: concern.safeguard,
            same_as: Default::default(),
        });
    }
    Ok(Codebook { concerns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_is_whole() {
        let book = built_in_codebook().unwrap();
        assert!(book.concerns.len() >= 16, "{}", book.concerns.len());
        for (n, concern) in book.concerns.iter().enumerate() {
            assert!(!concern.definition.is_empty() && !concern.look_for.is_empty(), "{}", concern.name);
            assert!(concern.parent.is_none_or(|p| book.get(p).is_some()), "{}", concern.name);
            let twice =
                book.concerns[..n].iter().any(|c| c.id == concern.id || (c.key.is_some() && c.key == concern.key));
            assert!(!twice, "{}", concern.name);
        }
    }
}
