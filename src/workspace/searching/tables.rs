//! What was found, as tables for files.

use std::path::PathBuf;

use super::super::{Outcome, Workspace};
use crate::export::Table;
use crate::search::{self, TermTable};

/// Characters on either side of a mark in a file.
const AROUND: usize = 120;

impl Workspace {
    /// Writes the terms by drafts; the ending of the path says how.
    pub(in super::super) fn export_terms(&mut self, path: PathBuf) {
        let Some(table) = &self.search.table else {
            self.notices.caution("There are no terms counted yet");
            return;
        };
        let name = |id| self.project().and_then(|p| p.draft(id)).map_or_else(String::new, |d| d.name().to_owned());
        let names: Vec<String> = table.drafts.iter().map(|&d| name(d)).collect();
        let table = terms_table(table, &names, &self.search.query);
        self.tasks.start("Writing the terms", false, move |_| {
            Outcome::Exported(table.write(&path).map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }

    /// Writes every mark in its context; the ending of the path says how.
    pub(in super::super) fn export_lines(&mut self, path: PathBuf) {
        let (Some(lines), Some(project)) = (&self.search.lines, self.project()) else {
            self.notices.caution("There are no lines in context yet");
            return;
        };
        let header = ["Draft", "Citation", "Before", "Found", "After"].map(str::to_owned).to_vec();
        let mut table = Table { title: format!("Search: {}", self.search.query), header, rows: Vec::new() };
        let results = &lines.results;
        for line in &lines.list {
            let Some(hit) = results.hits.get(line.hit as usize) else { continue };
            let draft = project.draft(hit.draft).map_or("", |d| d.name());
            let context = search::context_of(project, &results.hits, *line, AROUND);
            let cited = self.cited(&hit.citation);
            let cells = [draft, &cited, context.before.trim_end(), &context.found, context.after.trim_start()];
            table.rows.push(cells.map(str::to_owned).to_vec());
        }
        self.tasks.start("Writing the lines in context", false, move |_| {
            Outcome::Exported(table.write(&path).map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }
}

/// For each draft the places, the provisions, and how many places more than in the draft before in its language.
fn terms_table(terms: &TermTable, names: &[String], query: &str) -> Table {
    let mut header = vec!["Term".to_owned()];
    for (n, name) in names.iter().enumerate() {
        header.push(format!("{name}: places"));
        header.push(format!("{name}: provisions"));
        if terms.before.get(n).is_some_and(Option::is_some) {
            header.push(format!("{name}: change"));
        }
    }
    let row = |row: &search::TermRow| {
        let mut cells = vec![if row.term.is_empty() { "All of the search".to_owned() } else { row.term.clone() }];
        for (n, count) in row.counts.iter().enumerate() {
            cells.push(count.marks.to_string());
            cells.push(count.provisions.to_string());
            if let Some(change) = terms.change(row, n) {
                // A sign before it would be a formula.
                let sign = if change < 0 { "\u{2212}" } else { "" };
                cells.push(format!("{sign}{}", change.unsigned_abs()));
            }
        }
        cells
    };
    Table { title: format!("Search: {query}"), header, rows: terms.rows.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DraftId;
    use crate::search::{TermCount, TermRow};

    #[test]
    fn each_draft_has_its_columns_and_its_change() {
        let count = |marks, provisions| TermCount { marks, provisions };
        let row = |term: &str| TermRow { term: term.into(), counts: vec![count(5, 3), count(9, 9), count(2, 2)] };
        let terms = TermTable {
            drafts: [1, 2, 3].map(DraftId).to_vec(),
            rows: vec![row("light"), row("")],
            // The second is in another language.
            before: vec![None, None, Some(0)],
            truncated: false,
        };
        let table = terms_table(&terms, &["A".into(), "F".into(), "B".into()], "light fog");
        let header = "Term|A: places|A: provisions|F: places|F: provisions|B: places|B: provisions|B: change";
        assert_eq!(table.header.join("|"), header);
        assert_eq!(table.rows[0], ["light", "5", "3", "9", "9", "2", "2", "\u{2212}3"]);
        assert_eq!(table.rows[1][0], "All of the search");
    }
}
