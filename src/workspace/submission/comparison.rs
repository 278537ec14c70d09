//! Papers on drafts as a whole: which article became which, and what became of the concerns.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Composed;
use super::clause::one_line;
use super::phrases::Phrase;
use super::speech::{Speech, opened};
use crate::export::paper::{Block, Column, Front, Grid, Paper, PaperLanguage, Role, Row, Run, Sheet};
use crate::model::{CitationStyle, DraftId, Place, Project, ProvisionIndex, TextRange};
use crate::reconcile::Row as ComparedRow;
use crate::workspace::Pair;
use crate::workspace::outcomes::{Became, OutcomeCounts, Outcomes, brackets};

/// A table of no more columns than these stands on an upright page.
const WIDEST_UPRIGHT: usize = 6;

/// The table of provisions of two drafts.
pub(super) fn concordance(
    project: &Project,
    pair: &Pair,
    (old, new): (DraftId, DraftId),
    language: PaperLanguage,
    style: Option<CitationStyle>,
    today: Date,
) -> Composed {
    let speech = Speech::new(language, style, project.details.citation_style);
    let name = |id: DraftId| project.draft(id).map_or("", |d| d.name());
    let tongue = |id: DraftId| project.draft(id).map_or("", |d| d.details.language.as_str());
    let outlines = pair.outlines();
    let texts = [old, new].map(|id| project.draft(id).map_or("", |d| &*d.text));
    let heading = |side: usize, id: DraftId, p| {
        let provision = outlines[side].get(p);
        let mut words = provision.and_then(|p| p.heading.clone()).unwrap_or_default();
        if words.is_empty() && outlines[side].is_bare(p, texts[side]) {
            // What stands in the place of words.
            let body = provision.map(|p| TextRange { start: p.label_range.end, end: p.range.end });
            let said = body.and_then(|b| b.of(texts[side])).unwrap_or_default();
            words = one_line(said.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '[' | ']')), &mut true);
            words = format!("[{words}]");
        }
        let run = Run::plain(words);
        let foreign = PaperLanguage::named(tongue(id)) != Some(language);
        vec![paragraph(if foreign { run.in_language(tongue(id)) } else { run })]
    };
    // The number of what is deleted can be kept; that is one thing to say, not two.
    let kept_number = |p| {
        let cited = outlines[0].citation(p);
        outlines[1].find(&cited).into_iter().find(|q| outlines[1].is_bare(*q, texts[1]))
    };
    let deleted = |row: &&ComparedRow| row.new.is_empty();
    let kept: BTreeSet<ProvisionIndex> =
        pair.concordance.rows.iter().filter(deleted).filter_map(|r| kept_number(r.old?)).collect();
    // The title of the instrument is no provision.
    let is_title = |side: usize, p| match &outlines[side].citation(p).place {
        Place::Heading(words) => {
            let titles = [outlines[0].title.as_deref(), outlines[1].title.as_deref()].into_iter().flatten();
            let details = [project.details.title.as_str(), project.details.instrument.as_str()];
            titles.chain(details).any(|t| t.trim().eq_ignore_ascii_case(words.trim()))
        }
        _ => false,
    };
    let is_shown = |row: &&ComparedRow| match (row.old, row.new.first()) {
        (Some(p), q) => !is_title(0, p) || q.is_some_and(|q| !is_title(1, *q)),
        (None, Some(q)) => !kept.contains(q) && !is_title(1, *q),
        (None, None) => false,
    };
    let brackets = brackets(&pair.comparison.rows, outlines[1]);
    let rows = pair.concordance.rows.iter().filter(is_shown).map(|row| {
        let mut became: Vec<String> = Vec::new();
        for word in row.words().split(", ") {
            became.push(verdict(word).map_or_else(|| word.to_owned(), |p| speech.say(p).to_owned()));
        }
        // In a text under negotiation brackets say as much as words.
        if let Some((lifted, added)) = row.new.first().and_then(|q| brackets.get(q)).filter(|_| row.old.is_some()) {
            let both = [(lifted, Phrase::BracketsLifted), (added, Phrase::BracketsAdded)];
            let told: Vec<String> = both.iter().filter(|b| *b.0 > 0).map(|b| speech.say(b.1).to_owned()).collect();
            if row.words() == "unchanged" && !told.is_empty() {
                became.clear();
            }
            became.extend(told);
        }
        let mut nows = row.new.clone();
        if let Some(p) = row.old.filter(|p| nows.is_empty() && outlines[0].is_bare(*p, texts[0])) {
            // There was no text that could have gone.
            became = vec![speech.say(Phrase::NumberOnly).to_owned()];
            nows.extend(kept_number(p));
        } else if nows.is_empty() {
            nows.extend(row.old.and_then(kept_number));
        } else if row.old.is_none() && nows.iter().all(|q| outlines[1].is_bare(*q, texts[1])) {
            became = vec![speech.say(Phrase::NumberOnly).to_owned()];
        }
        let both = row.old.is_some() && !row.new.is_empty();
        let alike = if both { format!("{:.0}\u{a0}%", f64::from(row.similarity) * 100.0) } else { String::new() };
        let old_cited = row.old.map(|p| speech.cited_opening(&outlines[0].citation(p))).unwrap_or_default();
        let new_cited: Vec<_> = nows.iter().map(|q| outlines[1].citation(*q)).collect();
        let new_cited = opened(speech.cited_list(&new_cited, outlines[1]));
        Row {
            about: None,
            cells: vec![
                vec![paragraph(Run::strong(old_cited))],
                row.old.map_or_else(Vec::new, |p| heading(0, old, p)),
                vec![paragraph(Run::strong(new_cited))],
                nows.iter().flat_map(|q| heading(1, new, *q)).filter(says).collect(),
                vec![paragraph(Run::plain(speech.joined(&became)))],
                vec![paragraph(Run::plain(alike))],
            ],
        }
    });
    let column = |name: &str, share| Column { name: name.to_owned(), share, ..Column::default() };
    let title = speech.fill(Phrase::ConcordanceOf, &[("d", name(old)), ("s", name(new))]);
    let mut grid = Grid {
        title: title.clone(),
        columns: vec![
            column(name(old), 2.0),
            column(speech.say(Phrase::Heading), 3.0),
            column(name(new), 2.0),
            column(speech.say(Phrase::Heading), 3.0),
            column(speech.say(Phrase::Became), 2.4),
            Column { counts: true, ..column(speech.say(Phrase::Similarity), 1.3) },
        ],
        rows: rows.collect(),
    };
    // Articles without headings need no column for them.
    for side in [3, 1] {
        let is_headed = |row: &Row| row.cells.get(side).is_some_and(|cell| cell.iter().any(says));
        if !grid.rows.iter().any(is_headed) {
            grid.columns.remove(side);
            grid.rows.iter_mut().for_each(|row| drop(row.cells.remove(side)));
        }
    }
    let note = Block::text(Role::Label, speech.say(Phrase::AboutSimilarity));
    composed(project, title, vec![Block::Table(grid), note], (old, new), speech, today)
}

/// What became of the concerns, between two drafts, or over all of them.
///
/// # Errors
/// One sentence, where the project has not two drafts or not those.
pub(super) fn outcomes(
    project: &Project,
    drafts: Option<(DraftId, DraftId)>,
    language: PaperLanguage,
    style: Option<CitationStyle>,
    today: Date,
) -> Result<Composed, String> {
    let Some(latest) = project.drafts.last().map(|d| d.id) else {
        return Err("There is no draft in this project yet".to_owned());
    };
    let speech = Speech::new(language, style, project.details.citation_style);
    let title = match drafts {
        Some((old, new)) => match (project.draft(old), project.draft(new)) {
            (Some(old), Some(new)) => speech.fill(Phrase::OutcomesOf, &[("d", old.name()), ("s", new.name())]),
            _ => return Err("The drafts to compare are not in this project".to_owned()),
        },
        None => speech.say(Phrase::OutcomesOfAll).to_owned(),
    };
    let remarks = project.annotations().map(|(_, a)| a).filter(|a| a.kind.is_raised());
    let outcomes = Outcomes::of(project, remarks, drafts);
    // What never came about needs no column.
    let shown: Vec<Became> = Became::ALL.into_iter().filter(|b| outcomes.total.of(*b) > 0).collect();
    let line = |name: Run, counts: &OutcomeCounts| {
        let number = |n: usize| vec![paragraph(Run::plain(if n == 0 { String::new() } else { n.to_string() }))];
        let counts = std::iter::once(counts.all()).chain(shown.iter().map(|b| counts.of(*b)));
        let cells = std::iter::once(vec![paragraph(name)]).chain(counts.map(number));
        Row { about: None, cells: cells.collect() }
    };
    let mut rows: Vec<Row> = Vec::new();
    for row in outcomes.rows.iter().filter(|r| r.counts.all() > 0) {
        let name = match row.concern.and_then(|c| project.codebook.get(c)) {
            Some(concern) => format!("{}{}", "\u{2003}".repeat(row.depth.min(6)), concern.name.trim()),
            None => speech.say(Phrase::NoConcern).to_owned(),
        };
        rows.push(line(Run::plain(name), &row.counts));
    }
    rows.push(line(Run::strong(speech.say(Phrase::EachOnce)), &outcomes.total));
    let counted = |name: String| Column { name, share: 1.2, counts: true };
    let column = |phrase: Phrase, share| Column { name: speech.say(phrase).to_owned(), share, ..Column::default() };
    let mut columns = vec![column(Phrase::Concern, 4.0), counted(speech.say(Phrase::Remarks).to_owned())];
    columns.extend(shown.iter().map(|b| counted(opened(speech.say(became(*b)).to_owned()))));
    let width = columns.len();
    let grid = Grid { title: title.clone(), columns, rows };
    let first = project.drafts.first().map_or(latest, |d| d.id);
    let between = drafts.unwrap_or((first, latest));
    let mut body = vec![Block::Table(grid), Block::text(Role::Label, speech.say(Phrase::OutcomesCount))];
    for became in shown {
        let Some(about) = about(became) else { continue };
        let name = format!("{}{}", opened(speech.say(self::became(became)).to_owned()), speech.colon());
        let runs = vec![Run::strong(name), Run::plain(super::remark::stopped(speech.say(about).to_owned()))];
        body.push(Block::Paragraph { role: Role::Label, about: None, runs });
    }
    let mut composed = composed(project, title, body, between, speech, today);
    if width <= WIDEST_UPRIGHT {
        composed.paper.sheet = Sheet::Upright;
    }
    Ok(composed)
}

fn composed(
    project: &Project,
    title: String,
    body: Vec<Block>,
    drafts: (DraftId, DraftId),
    speech: Speech,
    today: Date,
) -> Composed {
    // Which drafts these are, for those who do not call them as the project does.
    let told = |id: DraftId| project.draft(id).map(|d| speech.draft(d)).unwrap_or_default();
    let instrument = project.details.instrument.trim();
    let between = format!("{} \u{2192} {}", told(drafts.0), told(drafts.1));
    let front = Front {
        title,
        subtitle: if instrument.is_empty() { between } else { format!("{instrument} \u{b7} {between}") },
        date: speech.date(today),
        ..Front::default()
    };
    let mut paper = Paper { language: speech.language, sheet: Sheet::Lying, front, body, ..Paper::default() };
    super::clean::clean(&mut paper);
    Composed { paper, draft: Some(drafts.1), ..Composed::default() }
}

fn paragraph(run: Run) -> Block {
    Block::Paragraph { role: Role::Body, about: None, runs: vec![run] }
}

/// Whether a paragraph has words.
fn says(block: &Block) -> bool {
    matches!(block, Block::Paragraph { runs, .. } if runs.iter().any(|run| !run.text.trim().is_empty()))
}

fn verdict(word: &str) -> Option<Phrase> {
    Some(match word {
        "unchanged" => Phrase::Unchanged,
        "renumbered" => Phrase::Renumbered,
        "moved" => Phrase::Moved,
        "edited" => Phrase::EditedTo,
        "split" => Phrase::Split,
        "merged" => Phrase::Merged,
        "deleted" => Phrase::DeletedTo,
        "new" => Phrase::NewTo,
        _ => return None,
    })
}

fn became(became: Became) -> Phrase {
    match became {
        Became::Met => Phrase::ToMet,
        Became::PartlyMet => Phrase::ToPartlyMet,
        Became::NotMet => Phrase::ToNotMet,
        Became::Worse => Phrase::ToWorse,
        Became::Gone => Phrase::ToGone,
        Became::Lost => Phrase::ToLost,
        Became::NotLookedAt => Phrase::ToNotLookedAt,
        Became::NoOutcome => Phrase::ToNoOutcome,
        Became::NotCarried => Phrase::ToNotCarried,
    }
}

/// What a column says, where its head does not.
fn about(became: Became) -> Option<Phrase> {
    Some(match became {
        Became::Met | Became::PartlyMet | Became::NotMet | Became::Worse => return None,
        Became::Gone => Phrase::AboutGone,
        Became::Lost => Phrase::AboutLost,
        Became::NotLookedAt => Phrase::AboutNotLookedAt,
        Became::NoOutcome => Phrase::AboutNoOutcome,
        Became::NotCarried => Phrase::AboutNotCarried,
    })
}
