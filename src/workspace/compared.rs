//! What two drafts laid beside each other look like in files: the table of provisions, and the redline as a page.

use crate::export::Table;
use crate::export::redline::{Clause, RedlinePage, Stroke as Drawn};
use crate::model::{Citation, Codebook, Direction, DraftDetails, Outline, ProvisionIndex};
use crate::reconcile::{Change, ComparedRow, Comparison, Concordance, Side, Stroke};

use super::outcomes::{Became, OutcomeCounts, Outcomes, ToDo, heading_over};

/// How a citation is printed.
pub(super) type Cite<'c> = &'c dyn Fn(&Citation) -> String;

/// The concordance as a table, with the names of the two drafts over their columns.
pub(super) fn concordance_table(
    table: &Concordance,
    outlines: [&Outline; 2],
    names: &[String; 2],
    cite: Cite<'_>,
) -> Table {
    let heading =
        |outline: &Outline, i: ProvisionIndex| outline.get(i).and_then(|p| p.heading.clone()).unwrap_or_default();
    let rows = table.rows.iter().map(|row| {
        let old = row.old.map(|p| (cite(&outlines[0].citation(p)), heading(outlines[0], p))).unwrap_or_default();
        let new: Vec<String> = row.new.iter().map(|q| cite(&outlines[1].citation(*q))).collect();
        let new_heading = row.new.first().map(|q| heading(outlines[1], *q)).unwrap_or_default();
        let both = row.old.is_some() && !row.new.is_empty();
        let alike = if both { format!("{:.0} %", f64::from(row.similarity) * 100.0) } else { String::new() };
        vec![old.0, old.1, new.join("; "), new_heading, row.words(), alike]
    });
    let [old, new] = names;
    Table {
        title: format!("{old} \u{2192} {new}"),
        header: [old.as_str(), "heading", new.as_str(), "heading", "what became of it", "similarity"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}

/// What became of the concerns as a table; without names, over all drafts.
pub(super) fn outcomes_table(outcomes: &Outcomes, codebook: &Codebook, names: Option<&[String; 2]>) -> Table {
    let line = |tag: &str, name: &str, counts: &OutcomeCounts| {
        let numbers = Became::ALL.iter().map(|b| counts.of(*b)).map(|n| n.to_string());
        [tag.to_owned(), name.to_owned(), counts.all().to_string()].into_iter().chain(numbers).collect::<Vec<_>>()
    };
    let rows = outcomes.rows.iter().map(|row| match row.concern.and_then(|c| codebook.get(c)) {
        Some(concern) => line(&concern.tag, &concern.name, &row.counts),
        None => line("", "No concern", &row.counts),
    });
    let head = ["tag", "concern", "remarks"].into_iter().chain(Became::ALL.map(Became::word));
    Table {
        title: match names {
            Some([old, new]) => format!("What became of our concerns: {old} \u{2192} {new}"),
            None => "What became of our concerns over all drafts".to_owned(),
        },
        header: head.map(str::to_owned).collect(),
        rows: rows.chain([line("", "All remarks, each once", &outcomes.total)]).collect(),
    }
}

/// What is left to be looked at as a table.
pub(super) fn to_do_table(list: &[ToDo], outlines: [&Outline; 2], names: &[String; 2], cite: Cite<'_>) -> Table {
    let [old, new] = names;
    let rows = list.iter().map(|item| {
        let before = item.old.map(|p| cite(&outlines[0].citation(p))).unwrap_or_default();
        let heading = heading_over(outlines[1], item.provision).to_owned();
        vec![cite(&outlines[1].citation(item.provision)), heading, item.words.clone(), before]
    });
    Table {
        title: format!("Not looked at in {new} since {old}"),
        header: [new.as_str(), "heading", "what became of it", old.as_str()].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// The redline as a page.
pub(super) fn redline_page(
    comparison: &Comparison,
    sides: [Side<'_>; 2],
    names: &[String; 2],
    details: &DraftDetails,
    cite: Cite<'_>,
) -> RedlinePage {
    RedlinePage {
        old: names[0].clone(),
        new: names[1].clone(),
        language: details.language.clone(),
        right_to_left: details.direction == Direction::RightToLeft,
        clauses: comparison.rows.iter().map(|row| clause(row, sides, cite)).collect(),
    }
}

fn clause(row: &ComparedRow, sides: [Side<'_>; 2], cite: Cite<'_>) -> Clause {
    let cited = |side: usize, at: Option<ProvisionIndex>| at.map(|i| cite(&sides[side].outline.citation(i)));
    let (old, new) = (cited(0, row.old_provision), cited(1, row.new_provision));
    let citation = match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{old} \u{2192} {new}"),
        (old, new) => new.or(old).unwrap_or_default(),
    };
    let words = |side: usize, range: Option<crate::model::TextRange>| {
        range.and_then(|r| r.of(sides[side].text)).unwrap_or_default().to_owned()
    };
    let runs = match row.change {
        Change::New => vec![(Drawn::PutIn, words(1, row.new))],
        Change::Deleted | Change::MovedAway => vec![(Drawn::Struck, words(0, row.old))],
        _ => row
            .runs
            .iter()
            .map(|run| match run.stroke {
                Stroke::Kept => (Drawn::Kept, words(1, Some(run.new))),
                Stroke::Struck => (Drawn::Struck, words(0, Some(run.old))),
                Stroke::PutIn => (Drawn::PutIn, words(1, Some(run.new))),
            })
            .collect(),
    };
    let heading = row
        .new_provision
        .and_then(|q| sides[1].outline.get(q))
        .is_some_and(|q| q.kind.is_headed() && row.new.is_some_and(|r| r.start == q.range.start));
    Clause { citation, said: said(row), heading, runs }
}

/// What is said of a clause beside its text; nothing where it is the same.
fn said(row: &ComparedRow) -> String {
    let mut said: Vec<String> = Vec::new();
    if row.change != Change::Same {
        said.push(row.change.word().to_owned());
    }
    if row.edited && row.change == Change::MovedHere {
        said.push("edited".to_owned());
    }
    if row.renumbered {
        said.push("renumbered".to_owned());
    }
    for (count, what) in [(row.brackets.0, "lifted"), (row.brackets.1, "added")] {
        if count > 0 {
            said.push(format!("{count} bracket{} {what}", if count == 1 { "" } else { "s" }));
        }
    }
    if row.agreed {
        said.push("agreed ad referendum".to_owned());
    }
    said.join(", ")
}
