//! Counts beside filters, counts of terms, and lines in context, over the treaty in five languages.

use std::collections::BTreeSet;

use travaux::model::{DraftId, FoundIn, Project, ProvisionKind};
use travaux::search::{ContextOrder, Index, Options, Results, context_of, lines, parse, sort_lines};

use super::sample::sample;
use super::{Patient, indexed};

fn run(index: &Index, project: &Project, query: &str, options: &Options) -> Results {
    index.run(project, &parse(query).unwrap(), options).unwrap()
}

/// Every count says what one would find with that value alone in its filter.
fn check(index: &Index, project: &Project, query: &str, options: &Options) {
    let everywhere = Options { limit: usize::MAX, bare: true, ..Options::default() };
    let all = run(index, project, query, &everywhere);
    let facets = index.facets(project, &parse(query).unwrap(), options, &all);
    let total = |options: &Options| run(index, project, query, options).total;
    for draft in &project.drafts {
        let found = total(&Options { drafts: Some(BTreeSet::from([draft.id])), ..options.clone() });
        assert_eq!(facets.drafts.get(&draft.id).copied().unwrap_or(0), found, "{query} in {}", draft.name());
    }
    for analyst in project.sets.keys() {
        let found = total(&Options { analysts: Some(BTreeSet::from([*analyst])), ..options.clone() });
        assert_eq!(facets.analysts.get(analyst).copied().unwrap_or(0), found, "{query} by {analyst}");
    }
    for concern in &project.codebook.concerns {
        let within = project.codebook.concerns.iter().map(|c| c.id);
        let within = within.filter(|&c| project.codebook.is_within(c, concern.id)).collect();
        let found = total(&Options { concerns: Some(within), ..options.clone() });
        assert_eq!(facets.concerns.get(&concern.id).copied().unwrap_or(0), found, "{query} with {}", concern.name);
    }
    let kinds = [ProvisionKind::Article, ProvisionKind::Paragraph, ProvisionKind::Subparagraph, ProvisionKind::Recital];
    for kind in kinds.map(FoundIn::Provision).into_iter().chain([FoundIn::Outside, FoundIn::Note]) {
        let found = total(&Options { kinds: Some(BTreeSet::from([kind])), ..options.clone() });
        assert_eq!(facets.kinds.get(&kind).copied().unwrap_or(0), found, "{query}, {}", kind.word());
    }
}

#[test]
fn the_count_beside_a_filter_is_what_the_filter_finds() {
    let project = sample();
    let index = indexed(&project);
    let analysts: BTreeSet<_> = project.sets.keys().copied().take(1).collect();
    let concerns: BTreeSet<_> = project.codebook.concerns.iter().map(|c| c.id).take(1).collect();
    let drafts: BTreeSet<_> = project.drafts.iter().map(|d| d.id).take(2).collect();
    let options = [
        Options::default(),
        Options { drafts: Some(drafts.clone()), ..Options::default() },
        Options { analysts: Some(analysts.clone()), drafts: Some(drafts), ..Options::default() },
        Options { concerns: Some(concerns), analysts: Some(analysts), ..Options::default() },
        Options { kinds: Some(BTreeSet::from([FoundIn::Note])), ..Options::default() },
    ];
    for query in
        ["intercept", "state OR party OR data", "NOT intercept", "severity:>=2", "intercept has:note", "gibberish"]
    {
        for options in &options {
            check(&index, &project, query, options);
        }
    }
}

#[test]
fn terms_are_counted_by_draft() {
    let project = sample();
    let index = indexed(&project);
    let query = parse("(interception OR \"state party\") AND NOT quagga").unwrap();
    let options = Options { limit: usize::MAX, bare: true, ..Options::default() };
    let whole = index.run(&project, &query, &options).unwrap();
    let table = index.term_table(&project, &query, &options, &whole, &Patient).unwrap();
    let terms: Vec<&str> = table.rows.iter().map(|r| r.term.as_str()).collect();
    assert_eq!(terms, ["interception", "state party", ""]);
    assert_eq!(table.drafts.len(), project.drafts.len());
    for row in &table.rows[..2] {
        for (column, draft) in table.drafts.iter().enumerate() {
            let alone = format!("\"{}\"", row.term);
            let only = Options { drafts: Some(BTreeSet::from([*draft])), notes: false, ..Options::default() };
            let found = run(&index, &project, &alone, &only);
            let marks: usize = found.hits.iter().map(|h| h.marks.len()).sum();
            assert_eq!((row.counts[column].marks, row.counts[column].provisions), (marks, found.total), "{alone}");
        }
    }
    // Where both stand in a provision, the whole has the marks of both and the provision once.
    let marks = |row: usize| table.rows[row].counts[0].marks;
    assert_eq!(marks(2), marks(0) + marks(1));
    // Rev.1 has the word twice, Rev.2 three times; the drafts in other languages are compared with neither.
    assert_eq!(table.rows[0].counts.iter().map(|c| c.marks).collect::<Vec<_>>(), [2, 2, 1, 0, 0, 0]);
    let changes = |row: usize| (0..6).map(|draft| table.change(&table.rows[row], draft)).collect::<Vec<_>>();
    assert_eq!(changes(0), [None, Some(0), None, None, None, None]);
    assert_eq!(changes(1), [None, Some(0), None, None, None, None]);
    // A part of a query counts only where the whole is met.
    let both = parse("intercept AND state").unwrap();
    let whole = index.run(&project, &both, &options).unwrap();
    let table = index.term_table(&project, &both, &options, &whole, &Patient).unwrap();
    let provisions = |row: usize| table.rows[row].counts.iter().map(|c| c.provisions).sum::<usize>();
    assert_eq!((provisions(0), provisions(1)), (provisions(2), provisions(2)));
    assert!(parse("severity:>=2").unwrap().terms().is_empty());
}

/// A term is called as it was asked for, and what is asked for in different ways is counted for itself.
#[test]
fn terms_are_called_as_they_are_written() {
    let terms = |query: &str| -> Vec<String> { parse(query).unwrap().terms().into_iter().map(|(t, _)| t).collect() };
    assert_eq!(terms("=\"cyber-enabled\" OR =A.1"), ["=\"cyber-enabled\"", "=A.1"]);
    assert_eq!(terms("ICT OR =ICT OR /ICT/ OR =ICT"), ["ICT", "=ICT", "/ICT/"]);
    assert_eq!(terms("/a\\/b\\s+c/ in:heading"), ["/a\\/b\\s+c/ (in headings)"]);
    assert_eq!(
        terms("\"state party\" surveil* cybrcrime~1 \"a b\"~3"),
        ["state party", "surveil*", "cybrcrime~1", "a b ~3"]
    );
}

/// `2024 en, 2024 fr, 2025 en` is three drafts and one change.
#[test]
fn a_draft_is_compared_with_the_one_before_it_in_its_language() {
    let mut project = sample();
    // Rev.1, FR, Rev.2, and one whose language nobody knows.
    project.drafts.swap(1, 2);
    project.drafts.truncate(3);
    let unknown = super::draft(9, "Anon", "", "article 1\n1|An interception of data");
    project.drafts.push(unknown);
    let index = indexed(&project);
    let query = parse("data").unwrap();
    let options = Options { limit: usize::MAX, ..Options::default() };
    let whole = index.run(&project, &query, &options).unwrap();
    let table = index.term_table(&project, &query, &options, &whole, &Patient).unwrap();
    assert_eq!(table.before, [None, None, Some(0), Some(2)]);
    assert_eq!(table.rows[0].counts.iter().map(|c| c.marks).collect::<Vec<_>>(), [2, 0, 1, 1]);
    let changes: Vec<_> = (0..4).map(|draft| table.change(&table.rows[0], draft)).collect();
    assert_eq!(changes, [None, None, Some(-1), Some(0)]);
}

#[test]
fn every_mark_has_its_line_in_context() {
    let project = sample();
    let index = indexed(&project);
    let found = run(&index, &project, "intercept OR data", &Options::default());
    let mut all = lines(&found.hits, usize::MAX);
    let marks: usize =
        found.hits.iter().map(|h| if h.annotation.is_some() { h.snippet.marks.len() } else { h.marks.len() }).sum();
    assert_eq!(all.len(), marks);
    let place = all.clone();
    for order in ContextOrder::ALL {
        sort_lines(&project, &found.hits, &mut all, order);
        for line in &all {
            let context = context_of(&project, &found.hits, *line, 30);
            assert!(!context.found.is_empty(), "{context:?}");
            let line = format!("{}{}{}", context.before, context.found, context.after);
            assert!(!line.contains('\n') && context.before.chars().count() <= 30, "{line}");
        }
    }
    sort_lines(&project, &found.hits, &mut all, ContextOrder::Place);
    assert_eq!(all, place);
    assert!(found.hits.iter().any(|h| h.draft == DraftId(1)));
}
