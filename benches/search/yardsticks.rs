//! What the search is measured against: tantivy with nothing around it, SQLite's FTS5, and the scan ripgrep does.

use std::path::{Path, PathBuf};

use grep_regex::RegexMatcherBuilder;
use grep_searcher::{Searcher, sinks};
use rusqlite::{Connection, params};
use tantivy::{IndexWriter, TantivyDocument};
use travaux::model::{Project, ProvisionKind};
use travaux::search::bare_index;

use super::LIMIT;

/// The provisions' own words into an index of the same schema with the same tokenizers.
pub fn bare_tantivy(project: &Project) -> tantivy::Index {
    let index = bare_index();
    let schema = index.schema();
    let [place, owner, words] = ["place", "owner", "whole_words"].map(|name| schema.get_field(name).unwrap());
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 50_000_000).unwrap();
    for (slot, draft) in project.drafts.iter().enumerate() {
        let stems = schema.get_field(&format!("stems_{}", draft.details.language)).unwrap();
        for i in draft.outline.indices() {
            let text = draft.outline.own_range(i).of(&draft.text).unwrap();
            let mut document = TantivyDocument::default();
            document.add_u64(place, (slot as u64) << 32 | u64::from(i.0));
            document.add_u64(owner, slot as u64);
            document.add_text(words, text);
            document.add_text(stems, text);
            writer.add_document(document).unwrap();
        }
    }
    writer.commit().unwrap();
    index
}

/// A table with a row for each provision, stemmed as FTS5 does, in a file; the waits for the disk are left out.
pub fn sqlite(project: &Project, file: &Path) -> Connection {
    let mut database = Connection::open(file).unwrap();
    database
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        .unwrap();
    database
        .execute_batch(
            "CREATE VIRTUAL TABLE t USING fts5(words, article, draft, tokenize = 'porter unicode61 tokenchars ''-''')",
        )
        .unwrap();
    let transaction = database.transaction().unwrap();
    {
        let mut insert = transaction.prepare("INSERT INTO t (words, article, draft) VALUES (?, ?, ?)").unwrap();
        for draft in &project.drafts {
            let mut article = "";
            for i in draft.outline.indices() {
                let provision = draft.outline.get(i).unwrap();
                match provision.kind {
                    ProvisionKind::Article => article = &provision.number,
                    ProvisionKind::Chapter | ProvisionKind::Annex | ProvisionKind::Part => article = "",
                    _ => {}
                }
                let text = draft.outline.own_range(i).of(&draft.text).unwrap();
                insert.execute(params![text, article, draft.slug]).unwrap();
            }
        }
    }
    transaction.commit().unwrap();
    database
}

/// The best hits with a snippet each.
pub fn sqlite_ranked(database: &Connection, query: &str) -> usize {
    snippets(
        database,
        "SELECT rowid, snippet(t, 0, '[', ']', '…', 24) FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT ?2",
        query,
    )
}

/// The first hits with a snippet each, and the number of all, as the window shows it.
pub fn sqlite_in_order(database: &Connection, query: &str) -> usize {
    snippets(
        database,
        "SELECT rowid, snippet(t, 0, '[', ']', '…', 24) FROM t WHERE t MATCH ?1 ORDER BY rowid LIMIT ?2",
        query,
    );
    let mut count = database.prepare_cached("SELECT count(*) FROM t WHERE t MATCH ?1").unwrap();
    count.query_row([query], |row| row.get::<_, i64>(0)).unwrap() as usize
}

fn snippets(database: &Connection, sql: &str, query: &str) -> usize {
    let mut statement = database.prepare_cached(sql).unwrap();
    let rows = statement.query_map(params![query, LIMIT as i64], |row| row.get::<_, String>(1)).unwrap();
    rows.map(|row| row.unwrap().len()).filter(|n| *n > 0).count()
}

/// The lines of all files on which a pattern is found, by the libraries ripgrep is made of, in one thread.
pub fn ripgrep(files: &[PathBuf], pattern: &str) -> usize {
    let matcher = RegexMatcherBuilder::new().case_insensitive(true).build(pattern).unwrap();
    let mut searcher = Searcher::new();
    let mut found = 0;
    for file in files {
        let sink = sinks::UTF8(|_, _| {
            found += 1;
            Ok(true)
        });
        searcher.search_path(&matcher, file, sink).unwrap();
    }
    found
}
