//! How far analysts agree: the figures, how they are reckoned, and where along a draft they do not say the same.

use eframe::egui::{
    Align2, CollapsingHeader, FontId, Grid, Key, Label, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::ui::bars::count;
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Ticks, tag};
use crate::workspace::{Agreeing, AgreementRow, MatrixLook, Subject, ViewCommand, figure_words};

use super::nothing;

const COLUMN: f32 = 26.0;
const ROW: f32 = 22.0;
const NAMES: f32 = 130.0;
/// Places that are listed.
const MOST_PLACES: usize = 500;

const RECKONED: [&str; 4] = [
    "Each unit is one question to each analyst: flagged with the concern, or not. An analyst who remarked on a draft has \
     looked at all of it, unless only what was marked as read is to count; where somebody has not looked, the answer is \
     missing. Remarks that overlap count once",
    "Percentage: of all pairs of answers to one question, the part that is equal",
    "Cohen's kappa, for two: (p_o - p_e) / (1 - p_e), where p_o is the percentage and p_e what chance would give by how \
     often each says yes. J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological \
     Measurement 20 (1960)",
    "Krippendorff's alpha, for any number and with answers missing: 1 - D_o / D_e, the disagreement there is by what \
     chance would give. K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), nominal data. 1 is full \
     agreement, 0 what chance gives; he asks for .800, and .667 where conclusions are tentative",
];

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, agreeing: &Agreeing) {
    let tokens = scene.tokens;
    let table = &agreeing.table;
    choose_analysts(ui, scene);
    if table.analysts.len() < 2 || table.drafts.is_empty() {
        let words = ["There is nobody to compare with", "Agreement needs the annotations of at least two analysts"];
        nothing(ui, scene, words, None);
        return;
    }
    arrows(ui, scene, agreeing);
    ScrollArea::vertical().id_salt("agreement").auto_shrink([false, false]).show(ui, |ui| {
        figures(ui, scene, agreeing);
        ui.add_space(tokens.space.small);
        CollapsingHeader::new("How it is reckoned").show(ui, |ui| {
            for text in RECKONED {
                ui.add(Label::new(RichText::new(text).small().color(tokens.quiet_ink)).wrap());
                ui.add_space(tokens.space.small);
            }
        });
        if let Some(row) = agreeing.row() {
            pairs(ui, scene, agreeing, row);
            strip(ui, scene, agreeing, row);
            places(ui, scene, agreeing, row);
        }
    });
}

/// Whose agreement is asked for.
fn choose_analysts(ui: &mut Ui, scene: &mut Scene<'_>) {
    let look = scene.w.view().matrix.clone();
    let mut new = look.clone();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Analysts").small().color(scene.tokens.quiet_ink));
        for (id, name, _, shown) in scene.w.analysts() {
            if !shown || scene.w.is_team(id) {
                continue;
            }
            let mut on = !look.without.contains(&id);
            if ui.tick(&mut on, name).changed() && !new.without.remove(&id) {
                new.without.insert(id);
            }
        }
    });
    if new != look {
        scene.view(ViewCommand::Matrix(Box::new(new)));
    }
}

/// Up and down the concerns.
fn arrows(ui: &Ui, scene: &mut Scene<'_>, agreeing: &Agreeing) {
    if !keys::is_free(ui.ctx()) {
        return;
    }
    let press = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let now = agreeing.chosen;
    let to = if press(Key::ArrowDown) {
        now + 1
    } else if press(Key::ArrowUp) {
        now.saturating_sub(1)
    } else {
        return;
    };
    if let Some(row) = agreeing.table.rows.get(to).filter(|r| r.subject != Subject::AllConcerns) {
        choose(scene, row);
    }
}

fn choose(scene: &mut Scene<'_>, row: &AgreementRow) {
    let concern = if let Subject::Concern(id) = row.subject { Some(id) } else { None };
    let look = MatrixLook { concern, ..scene.w.view().matrix.clone() };
    scene.view(ViewCommand::Matrix(Box::new(look)));
}

fn shown(figure: Option<f64>, scale: f64, places: usize) -> String {
    figure_words(figure, scale, places).unwrap_or_else(|| "\u{2013}".to_owned())
}

fn figures(ui: &mut Ui, scene: &mut Scene<'_>, agreeing: &Agreeing) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let table = &agreeing.table;
    let two = table.analysts.len() == 2;
    let head = |ui: &mut Ui, words: &str| {
        ui.label(RichText::new(words).small().strong().color(tokens.quiet_ink));
    };
    let spacing = [tokens.space.large, tokens.space.small];
    ScrollArea::horizontal().id_salt("agreement figures").show(ui, |ui| {
        Grid::new("agreement figures").spacing(spacing).striped(true).show(ui, |ui| {
            head(ui, "Concern");
            head(ui, "Units");
            head(ui, "Percentage");
            if two {
                head(ui, "Cohen\u{2019}s kappa");
            }
            head(ui, "Krippendorff\u{2019}s alpha");
            head(ui, "Differ");
            table.analysts.iter().for_each(|(_, name)| head(ui, name));
            ui.end_row();
            for (at, row) in table.rows.iter().enumerate() {
                let name = row.name(project);
                let all = row.subject == Subject::AllConcerns;
                ui.horizontal(|ui| {
                    if let Subject::Concern(id) = row.subject
                        && let Some(concern) = project.codebook.get(id)
                    {
                        tag(ui, concern, tokens);
                    }
                    if all {
                        ui.label(RichText::new(&name).color(tokens.ink));
                    } else if ui.selectable_label(at == agreeing.chosen, &name).clicked() {
                        choose(scene, row);
                    }
                });
                let ink = tokens.ink;
                let cell = |ui: &mut Ui, words: String| {
                    ui.label(RichText::new(words).color(ink));
                };
                cell(ui, row.figures.units.to_string());
                cell(ui, shown(row.figures.percentage, 100.0, 1));
                if two {
                    cell(ui, shown(row.figures.pairs.first().and_then(|p| p.kappa), 1.0, 3));
                }
                match row.why_undefined() {
                    Some(why) => {
                        let words = format!("{}  {why}", shown(row.figures.alpha, 1.0, 3));
                        ui.label(RichText::new(words).color(tokens.quiet_ink));
                    }
                    None => cell(ui, shown(row.figures.alpha, 1.0, 3)),
                }
                cell(ui, if all { String::new() } else { row.differences.len().to_string() });
                row.flagged.iter().for_each(|n| cell(ui, n.to_string()));
                ui.end_row();
            }
        });
    });
}

/// With more than two, each pair has figures of its own.
fn pairs(ui: &mut Ui, scene: &Scene<'_>, agreeing: &Agreeing, row: &AgreementRow) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    if row.figures.pairs.len() < 2 {
        return;
    }
    ui.add_space(tokens.space.medium);
    ui.label(RichText::new(format!("{}, two by two", row.name(project))).strong().color(tokens.ink));
    let name = |at: usize| agreeing.table.analysts.get(at).map_or("", |(_, name)| name.as_str());
    for pair in &row.figures.pairs {
        let kappa = if pair.kappa.is_some() { shown(pair.kappa, 1.0, 3) } else { "not defined".to_owned() };
        let words = format!(
            "{} and {}: {} % of {}, kappa {kappa}",
            name(pair.raters.0),
            name(pair.raters.1),
            shown(pair.percentage, 100.0, 1),
            pair.units,
        );
        ui.add(Label::new(RichText::new(words).color(tokens.ink)).wrap());
    }
}

/// One row for each analyst, the articles of the draft along.
fn strip(ui: &mut Ui, scene: &mut Scene<'_>, agreeing: &Agreeing, row: &AgreementRow) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let Some(draft) = agreeing.strip.draft.and_then(|d| project.draft(d)) else { return };
    let (columns, analysts) = (&agreeing.strip.columns, &agreeing.table.analysts);
    ui.add_space(tokens.space.medium);
    let title = format!("{}, article by article, {}", row.name(project), draft.name());
    ui.label(RichText::new(title).strong().color(tokens.ink));
    let legend = "+ flagged, \u{b7} looked and did not flag, empty not looked at, \u{2260} not all say the same";
    ui.add(Label::new(RichText::new(legend).small().color(tokens.quiet_ink)).wrap());
    let pigment = match row.subject {
        Subject::Concern(id) => project.codebook.get(id).map(|c| tokens.swatch(c.swatch)),
        _ => None,
    };
    let small = FontId::new(tokens.size.small - 1.0, sans());
    let mut go = None;
    ScrollArea::horizontal().id_salt("agreement strip").show_viewport(ui, |ui, seen| {
        let size = vec2(NAMES + COLUMN * columns.len() as f32, ROW * (analysts.len() + 2) as f32);
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        let differ = columns.iter().filter(|c| c.differs()).count();
        let name = format!("{}: {differ} of {} articles differ", row.name(project), columns.len());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        let painter = ui.painter_at(rect);
        let at = |c: usize, r: usize| {
            let corner = pos2(rect.left() + NAMES + COLUMN * c as f32, rect.top() + ROW * r as f32);
            Rect::from_min_size(corner, vec2(COLUMN, ROW)).shrink(1.0)
        };
        let from = ((seen.left() - NAMES) / COLUMN).max(0.0) as usize;
        let to = (((seen.right() - NAMES) / COLUMN).max(0.0) as usize + 1).min(columns.len());
        for (c, column) in columns.iter().enumerate().take(to).skip(from) {
            let short: String = column.short.chars().take(5).collect();
            painter.text(at(c, 0).center(), Align2::CENTER_CENTER, short, small.clone(), tokens.quiet_ink);
            for r in 0..analysts.len() {
                let cell = at(c, r + 1);
                match column.values.get(r).copied().flatten() {
                    Some(true) => {
                        let (wash, ink) = pigment.map_or((tokens.accent, tokens.accent_ink), |p| (p.wash, p.ink));
                        painter.rect_filled(cell, 2.0, wash);
                        painter.text(cell.center(), Align2::CENTER_CENTER, "+", small.clone(), ink);
                    }
                    Some(false) => {
                        painter.rect_filled(cell, 2.0, tokens.chrome_hover);
                        painter.text(cell.center(), Align2::CENTER_CENTER, "\u{b7}", small.clone(), tokens.quiet_ink);
                    }
                    None => {}
                }
            }
            if column.differs() {
                let cell = at(c, analysts.len() + 1);
                painter.text(cell.center(), Align2::CENTER_CENTER, "\u{2260}", small.clone(), tokens.ink);
            }
        }
        for (r, (_, name)) in analysts.iter().enumerate() {
            let middle = pos2(rect.left(), rect.top() + ROW * (r as f32 + 1.5));
            let name: String = name.chars().take(18).collect();
            painter.text(middle, Align2::LEFT_CENTER, name, FontId::new(tokens.size.small, sans()), tokens.ink);
        }
        let under = response.interact_pointer_pos().or_else(|| response.hover_pos());
        let column = under.map(|p| (p.x - rect.left() - NAMES) / COLUMN).filter(|x| *x >= 0.0);
        let column = column.and_then(|x| columns.get(x as usize));
        if response.clicked() {
            go = column.map(|c| c.range.start);
        }
        if let Some(column) = column {
            response.on_hover_text(&column.name);
        }
    });
    if let Some(offset) = go {
        scene.view(ViewCommand::GoTo { draft: draft.id, offset });
    }
}

/// The places that differ, each leading to its words.
fn places(ui: &mut Ui, scene: &mut Scene<'_>, agreeing: &Agreeing, row: &AgreementRow) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    ui.add_space(tokens.space.medium);
    let all = row.differences.len();
    ui.label(RichText::new(format!("{} where they differ", count(all, "place", "places"))).strong().color(tokens.ink));
    for difference in row.differences.iter().take(MOST_PLACES) {
        let Some(draft) = project.draft(difference.draft) else { continue };
        let of = |flagged: bool| {
            let named = agreeing.table.analysts.iter().zip(&difference.values).filter(|(_, v)| **v == Some(flagged));
            named.map(|((_, name), _)| name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let words: String = difference.range.of(&draft.text).unwrap_or_default().chars().take(400).collect();
        let words: String = words.split_whitespace().take(10).collect::<Vec<_>>().join(" ");
        let cited = scene.w.cited(&difference.citation);
        let text = format!("{cited}: {} flagged, {} did not. {words}", of(true), of(false));
        let font = RichText::new(text).small();
        if ui.add(eframe::egui::Button::new(font).frame(false).wrap()).clicked() {
            scene.view(ViewCommand::GoTo { draft: draft.id, offset: difference.range.start });
        }
    }
    if all > MOST_PLACES {
        let more = format!("and {} more, told by travaux agreement", all - MOST_PLACES);
        ui.label(RichText::new(more).small().color(tokens.quiet_ink));
    }
}
