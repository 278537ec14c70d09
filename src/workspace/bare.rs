//! Two bare files compared, without a project: what the command line does for other programs.

use std::path::Path;

use crate::import::{self, Choices};
use crate::model::{Citation, Outline, Reach, TextRange};
use crate::reconcile::{Alignment, Carried, Carrier, Comparison, Concordance, Side, align};

use super::compared;
use super::proposal::Proposal;
use super::read_draft;

/// Two drafts read from files and laid beside each other.
pub struct BarePair {
    old: Proposal,
    new: Proposal,
    both: Alignment,
    table: Concordance,
}

impl BarePair {
    /// Reads two files and aligns them.
    ///
    /// # Errors
    /// One sentence naming the file that cannot be read.
    pub fn read(old: &Path, new: &Path, choices: Choices) -> Result<Self, String> {
        let (old, new) = (read_draft(old, choices.clone())?, read_draft(new, choices)?);
        let both = align(side(&old), side(&new), &|| true).unwrap_or_default();
        let table = Concordance::of(&both, side(&old), side(&new));
        Ok(Self { old, new, both, table })
    }

    /// The text of the old draft.
    pub fn old_text(&self) -> &str {
        &self.old.imported.text
    }

    /// The text of the new draft.
    pub fn new_text(&self) -> &str {
        &self.new.imported.text
    }

    /// The outline of the old draft.
    pub fn old_outline(&self) -> &Outline {
        &self.old.reading.outline
    }

    /// The outline of the new draft.
    pub fn new_outline(&self) -> &Outline {
        &self.new.reading.outline
    }

    /// The table old provision to new.
    pub fn concordance(&self) -> &Concordance {
        &self.table
    }

    /// The drafts side by side, clause by clause.
    pub fn comparison(&self) -> Comparison {
        Comparison::of(&self.both, side(&self.old), side(&self.new), &|| true).unwrap_or_default()
    }

    /// Writes the table old provision to new; the ending of the path says how.
    ///
    /// # Errors
    /// One sentence with the path.
    pub fn write_concordance(&self, path: &Path) -> Result<(), String> {
        let cite = |citation: &Citation| citation.long();
        let names = [self.old_name(), self.new_name()];
        let table = compared::concordance_table(&self.table, [self.old_outline(), self.new_outline()], &names, &cite);
        table.write(path).map_err(|e| e.to_string())
    }

    /// Writes the redline as a page for a browser.
    ///
    /// # Errors
    /// One sentence with the path.
    pub fn write_redline(&self, path: &Path) -> Result<(), String> {
        let cite = |citation: &Citation| citation.long();
        let sides = [side(&self.old), side(&self.new)];
        let names = [self.old_name(), self.new_name()];
        let details = &self.new.details;
        let page = compared::redline_page(&self.comparison(), sides, &names, details, &cite);
        page.write(path).map_err(|e| e.to_string())
    }

    fn old_name(&self) -> String {
        self.old.imported.source.name.clone()
    }

    fn new_name(&self) -> String {
        self.new.imported.source.name.clone()
    }

    /// Where the words at these places, in bytes of the old text, stand in the new one.
    pub fn carry(&self, ranges: impl IntoIterator<Item = TextRange>) -> Vec<Carried> {
        let mut carrier = Carrier::new(&self.both, &self.table, side(&self.old), side(&self.new));
        ranges.into_iter().map(|range| carrier.carry(range, Reach::Words)).collect()
    }
}

fn side(draft: &Proposal) -> Side<'_> {
    Side { text: &draft.imported.text, outline: &draft.reading.outline }
}

/// Reads a file that is to be text as it stands.
///
/// # Errors
/// One sentence naming the file.
pub fn read_utf8(path: &Path) -> Result<String, String> {
    import::read_utf8(path).map_err(|error| format!("{error}: {}", path.display()))
}
