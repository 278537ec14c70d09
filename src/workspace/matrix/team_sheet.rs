//! What several analysts say, and how far they agree, as tables and as a picture.

use std::collections::BTreeMap;

use crate::export::Table;
use crate::export::picture::{Align, HAIR, INK, PAPER, Picture, QUIET, SHADES, fitted, width};
use crate::model::AnalystId;

use super::super::agreement::figure_words;
use super::super::curating::Curation;
use super::Scope;
use super::agreeing::Agreeing;
use super::picture::{MARGIN, ROW, WORDS, closed, page};
use super::sheet::{Sheet, title};

/// One row for each concern in each provision.
pub fn curation(scope: &Scope<'_>, curation: &Curation) -> Sheet {
    let names =
        ["provision", "concern", "together", "differ in", "flagged by", "looked and did not flag", "agreed set"];
    let name = |a: &AnalystId| scope.project.sets.get(a).map_or("", |s| s.analyst.name.as_str());
    let mut rows = Vec::new();
    for row in &curation.rows {
        let outline = scope.draft.map(|d| &d.outline);
        let cited = outline.map_or_else(String::new, |o| scope.cited(&o.citation(row.provision)));
        for point in &row.points {
            let concern = point.concern.and_then(|c| scope.project.codebook.get(c)).map_or("", |c| c.name.as_str());
            let said = point.said.iter().map(|s| {
                let severity = s.severity.map(|s| s.word());
                let facts: Vec<&str> = severity.into_iter().chain(s.actions.iter().map(|a| a.word())).collect();
                let who = name(&s.analyst);
                if facts.is_empty() { who.to_owned() } else { format!("{who} ({})", facts.join(", ")) }
            });
            rows.push(vec![
                cited.clone(),
                concern.to_owned(),
                point.accord.word().to_owned(),
                point.differs.join(", "),
                said.collect::<Vec<_>>().join("; "),
                point.silent.iter().map(name).collect::<Vec<_>>().join(", "),
                row.team.len().to_string(),
            ]);
        }
    }
    (Table { title: title(scope), header: names.map(str::to_owned).to_vec(), rows }, 6, BTreeMap::new())
}

/// One row for each concern; with more than two analysts each pair has one of its own below.
pub fn agreement(scope: &Scope<'_>, agreeing: &Agreeing) -> Sheet {
    let table = &agreeing.table;
    let two = table.analysts.len() == 2;
    let mut header: Vec<String> =
        ["concern", "analysts", "units", "percentage", "Cohen's kappa", "Krippendorff's alpha", "places that differ"]
            .map(str::to_owned)
            .to_vec();
    header.extend(table.analysts.iter().map(|(_, name)| format!("flagged by {name}")));
    header.push("why a figure is missing".to_owned());
    let figure = |f: Option<f64>, scale: f64, places: usize| figure_words(f, scale, places).unwrap_or_default();
    let mut rows = Vec::new();
    for row in &table.rows {
        let kappa = row.figures.pairs.first().filter(|_| two).and_then(|p| p.kappa);
        let mut cells = vec![
            row.name(scope.project),
            "all".to_owned(),
            row.figures.units.to_string(),
            figure(row.figures.percentage, 100.0, 1),
            figure(kappa, 1.0, 3),
            figure(row.figures.alpha, 1.0, 3),
            row.differences.len().to_string(),
        ];
        cells.extend(row.flagged.iter().map(u64::to_string));
        cells.push(row.why_undefined().unwrap_or_default().to_owned());
        rows.push(cells);
        for pair in row.figures.pairs.iter().filter(|_| !two) {
            let names = [pair.raters.0, pair.raters.1].map(|r| table.analysts.get(r).map_or("", |(_, n)| n.as_str()));
            let mut cells = vec![
                row.name(scope.project),
                names.join(", "),
                pair.units.to_string(),
                figure(pair.percentage, 100.0, 1),
                figure(pair.kappa, 1.0, 3),
            ];
            cells.resize(header.len(), String::new());
            rows.push(cells);
        }
    }
    (Table { title: title(scope), header, rows }, 2, BTreeMap::new())
}

/// Where each analyst flagged, article by article.
pub fn strip(scope: &Scope<'_>, agreeing: &Agreeing) -> Picture {
    const COLUMN: f32 = 24.0;
    const ACROSS: usize = 40;
    const NAMES: f32 = 130.0;
    let (mut picture, top) = page(scope);
    let table = &agreeing.table;
    let subject = agreeing.row().map_or_else(String::new, |r| r.name(scope.project));
    let draft = agreeing.strip.draft.and_then(|d| scope.project.draft(d)).map_or("", |d| d.name());
    let about = fitted(&format!("{subject}, {draft}"), WORDS, true, 900.0);
    picture.bold([MARGIN, top + 14.0], WORDS + 1.0, Align::Start, INK, about);
    let mut y = top + 24.0;
    let mut right = MARGIN + NAMES;
    for columns in agreeing.strip.columns.chunks(ACROSS) {
        let x = |c: usize| MARGIN + NAMES + COLUMN * c as f32;
        for (c, column) in columns.iter().enumerate() {
            let short = fitted(&column.short, WORDS - 1.0, false, COLUMN - 2.0);
            picture.text([x(c) + COLUMN / 2.0, y + ROW - 6.0], WORDS - 1.0, Align::Middle, QUIET, short);
        }
        y += ROW;
        for (r, (_, name)) in table.analysts.iter().enumerate() {
            let name = fitted(name, WORDS, false, NAMES - 8.0);
            picture.text([MARGIN, y + ROW - 6.0], WORDS, Align::Start, INK, name);
            for (c, column) in columns.iter().enumerate() {
                let (sign, (wash, ink)) = match column.values.get(r).copied().flatten() {
                    Some(true) => ("+", SHADES.get(3).copied().unwrap_or((PAPER, INK))),
                    Some(false) => ("\u{b7}", SHADES.first().copied().unwrap_or((PAPER, INK))),
                    None => ("", (PAPER, INK)),
                };
                if wash != PAPER {
                    picture.rect([x(c) + 0.5, y + 0.5, COLUMN - 1.0, ROW - 1.0], wash);
                }
                picture.text([x(c) + COLUMN / 2.0, y + ROW - 6.0], WORDS, Align::Middle, ink, sign);
            }
            y += ROW;
            picture.line([MARGIN, y, x(columns.len()), y], 0.5, HAIR);
        }
        picture.text([MARGIN, y + ROW - 6.0], WORDS, Align::Start, QUIET, "Differ");
        for (c, _) in columns.iter().enumerate().filter(|(_, column)| column.differs()) {
            picture.text([x(c) + COLUMN / 2.0, y + ROW - 6.0], WORDS, Align::Middle, INK, "\u{2260}");
        }
        right = right.max(x(columns.len()));
        y += ROW + 12.0;
    }
    let legend = "+ flagged    \u{b7} looked and did not flag    empty: not looked at    \u{2260} not all say the same";
    picture.text([MARGIN, y + ROW - 6.0], WORDS, Align::Start, QUIET, legend);
    right = right.max(MARGIN + width(legend, WORDS, false));
    closed(picture, right, y + ROW)
}
