//! `travaux agreement`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Answer, counted, finish, open, say};
use crate::model::text::CodePoints;
use crate::model::{DraftId, Project};
use crate::workspace::{
    AgreementRow, AgreementTable, AgreementUnit, AgreementWish, Difference, Home, Subject, Workspace, figure_words,
};

/// The most characters of a concern's name in the table.
const WIDEST: usize = 60;

/// What is asked.
pub struct Wish {
    pub project: PathBuf,
    pub draft: Option<String>,
    pub analysts: Vec<String>,
    pub unit: AgreementUnit,
    pub ratings: bool,
    pub json: bool,
}

/// Prints how far the analysts of a project agree.
pub fn agreement(home: &Home, wish: &Wish, out: &mut dyn Write) -> Answer {
    let workspace = open(home, &wish.project, false)?;
    let Some(project) = workspace.project() else { return finish(workspace) };
    let draft = match &wish.draft {
        Some(word) => {
            Some(project.draft_named(word).ok_or_else(|| format!("there is no draft “{word}” in this project"))?.id)
        }
        None => None,
    };
    let known = workspace.analysts();
    let analyst = |name: &String| {
        let found = known.iter().find(|(_, n, ..)| n.to_lowercase() == name.to_lowercase());
        found.map(|a| a.0).ok_or_else(|| format!("there is no analyst “{name}” in this project"))
    };
    let analysts = wish.analysts.iter().map(analyst).collect::<Result<Vec<_>, _>>()?;
    let table = workspace.agreement(&AgreementWish { analysts, draft, unit: wish.unit, only_marked: false });
    if wish.json {
        let answer = whole(&workspace, project, &table, wish);
        say(out, serde_json::to_string_pretty(&answer).map_err(|e| e.to_string())?)?;
    } else {
        print(project, &table, wish.unit, out)?;
    }
    finish(workspace)
}

fn print(project: &Project, table: &AgreementTable, unit: AgreementUnit, out: &mut dyn Write) -> Answer {
    let names: Vec<&str> = table.analysts.iter().map(|(_, name)| name.as_str()).collect();
    say(out, format!("{}; one question for every {}", names.join(", "), unit.word()))?;
    if names.len() < 2 {
        return say(out, "Agreement needs the annotations of at least two analysts");
    }
    let wide = table.rows.iter().map(|r| r.name(project).chars().count()).max().unwrap_or(0).min(WIDEST);
    say(out, format!("{:wide$} {:>8} {:>8} {:>8} {:>8} {:>8}", "", "units", "percent", "alpha", "kappa", "differ"))?;
    for row in &table.rows {
        // Kappa is for two; where there are more, each pair has one of its own below.
        let kappa = (names.len() == 2).then(|| row.figures.pairs.first()?.kappa).flatten();
        say(
            out,
            line(
                wide,
                &row.name(project),
                row.figures.units,
                row.figures.percentage,
                row.figures.alpha,
                kappa,
                Some(row),
            ),
        )?;
        if names.len() > 2 {
            for pair in &row.figures.pairs {
                let [a, b] = [pair.raters.0, pair.raters.1].map(|r| names.get(r).copied().unwrap_or_default());
                say(out, line(wide, &format!("  {a}, {b}"), pair.units, pair.percentage, None, pair.kappa, None))?;
            }
        }
    }
    let differ = table.rows.first().map_or(0, |r| r.differences.len());
    say(out, format!("{} flagged by some and not by others", counted(differ, "place")))
}

fn line(
    wide: usize,
    name: &str,
    units: u64,
    percentage: Option<f64>,
    alpha: Option<f64>,
    kappa: Option<f64>,
    row: Option<&AgreementRow>,
) -> String {
    let shown = |figure: Option<f64>, scale: f64, places: usize| {
        figure_words(figure, scale, places).unwrap_or_else(|| "-".to_owned())
    };
    let differ = row.filter(|r| r.subject != Subject::AllConcerns).map(|r| r.differences.len().to_string());
    format!(
        "{:<wide$} {:>8} {:>8} {:>8} {:>8} {:>8}",
        name.chars().take(wide).collect::<String>(),
        units,
        shown(percentage, 100.0, 1),
        shown(alpha, 1.0, 3),
        shown(kappa, 1.0, 3),
        differ.unwrap_or_default()
    )
    .trim_end()
    .to_owned()
}

fn whole(workspace: &Workspace, project: &Project, table: &AgreementTable, wish: &Wish) -> Value {
    let rows: Vec<Value> = table.rows.iter().map(|r| of_row(workspace, project, r, wish.ratings)).collect();
    let name = |id: &DraftId| project.draft(*id).map(|d| d.name().to_owned());
    json!({
        "unit": wish.unit.word(),
        "analysts": table.analysts.iter().map(|(id, name)| json!({ "id": id.to_string(), "name": name })).collect::<Vec<_>>(),
        "drafts": table.drafts.iter().filter_map(name).collect::<Vec<_>>(),
        "rows": rows,
    })
}

fn of_row(workspace: &Workspace, project: &Project, row: &AgreementRow, with_ratings: bool) -> Value {
    let figures = &row.figures;
    let pairs: Vec<Value> = figures
        .pairs
        .iter()
        .map(|p| {
            json!({
                "analysts": [p.raters.0, p.raters.1], "units": p.units, "percentage": p.percentage, "kappa": p.kappa,
            })
        })
        .collect();
    let subject = match row.subject {
        Subject::Any => "any",
        Subject::Concern(_) => "concern",
        Subject::AllConcerns => "all concerns",
    };
    let mut value = json!({
        "subject": subject,
        "name": row.name(project),
        "units": figures.units,
        "flagged": row.flagged,
        "percentage": figures.percentage,
        "alpha": figures.alpha,
        "undefined": row.why_undefined(),
        "pairs": pairs,
        "differences": differences(workspace, project, &row.differences),
    });
    if with_ratings {
        let ratings = row.ratings.units().map(|(values, units)| json!({ "units": units, "values": values }));
        value["ratings"] = ratings.collect();
    }
    value
}

fn differences(workspace: &Workspace, project: &Project, differences: &[Difference]) -> Vec<Value> {
    let mut told = Vec::new();
    for draft in &project.drafts {
        let points = CodePoints::new(&draft.text);
        told.extend(differences.iter().filter(|d| d.draft == draft.id).map(|d| {
            json!({
                "draft": draft.name(),
                "citation": workspace.cited(&d.citation),
                "start": points.of_byte(d.range.start),
                "end": points.of_byte(d.range.end),
                "flagged": d.values,
            })
        }));
    }
    told
}
