//! The concordance: every provision of the older draft with where it is in the newer one.

use std::sync::Arc;

use eframe::egui::{self, ComboBox, FontId, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::model::{Draft, ProvisionIndex};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Change, Command, CompareCommand, ConcordanceRow, Pair};

use super::Both;

const ROW: f32 = 28.0;
/// What can be asked for, with the words of a row that must be there; none for all rows.
const VERDICTS: [(&str, &str); 8] = [
    ("Any verdict", ""),
    ("Unchanged", "unchanged"),
    ("Renumbered", "renumbered"),
    ("Moved", "moved"),
    ("Edited", "edited"),
    ("Split or merged", "split merged"),
    ("New", "new"),
    ("Deleted", "deleted"),
];

/// What the table remembers.
#[derive(Default)]
pub struct TableState {
    text: String,
    verdict: usize,
    listed: Option<Listed>,
}

struct Listed {
    pair: Arc<Pair>,
    text: String,
    verdict: usize,
    rows: Vec<usize>,
}

/// Draws the table.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut TableState, both: &Both) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        let field =
            TextEdit::singleline(&mut state.text).hint_text("Article 4, or a word of a heading").desired_width(260.0);
        ui.add(field).accessible_name("Filter the concordance");
        let name = VERDICTS.get(state.verdict).map_or("", |v| v.0);
        let response = ComboBox::from_id_salt("verdict")
            .selected_text(name)
            .show_ui(ui, |ui| {
                for (i, (words, _)) in VERDICTS.iter().enumerate() {
                    ui.selectable_value(&mut state.verdict, i, *words);
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Verdict: {name}")));
        let n = state.listed.as_ref().map_or(0, |l| l.rows.len());
        ui.label(RichText::new(count(n, "provision", "provisions")).color(tokens.quiet_ink));
    });
    list(scene, state, both);
    ui.add_space(tokens.space.medium);
    let Some(listed) = &state.listed else { return };
    let columns = Columns::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (x, words) in [
        (columns.old, both.old.name()),
        (columns.new, both.new.name()),
        (columns.verdict, "What became of it"),
        (columns.like, "Alike"),
    ] {
        cell(ui, rect, x, words, tokens.quiet_ink, tokens);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.chrome_line));
    if listed.rows.is_empty() {
        ui.add_space(tokens.space.large);
        ui.label(RichText::new("No provision is like that").color(tokens.quiet_ink));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("concordance").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        listed.rows.len(),
        |ui, shown| {
            for &at in listed.rows.get(shown).unwrap_or_default() {
                if let Some(row) = both.pair.concordance.rows.get(at) {
                    provision(ui, scene, both, row, columns);
                }
            }
        },
    );
}

/// Where the columns begin and end, from the left edge of the table.
#[derive(Clone, Copy)]
struct Columns {
    old: (f32, f32),
    new: (f32, f32),
    verdict: (f32, f32),
    like: (f32, f32),
}

impl Columns {
    fn of(ui: &Ui) -> Self {
        // Further apart, the eye loses the row.
        let width = ui.available_width().min(1240.0);
        let (like, verdict) = (64.0, 200.0_f32.min(width * 0.22));
        let each = (width - like - verdict - 16.0) / 2.0;
        Self {
            old: (8.0, each),
            new: (each + 8.0, 2.0 * each),
            verdict: (2.0 * each + 8.0, 2.0 * each + verdict),
            like: (2.0 * each + verdict + 8.0, width),
        }
    }
}

/// Words of one line in a column of a row.
pub(super) fn cell(ui: &Ui, row: egui::Rect, x: (f32, f32), words: &str, color: egui::Color32, tokens: &Tokens) {
    let font = FontId::new(tokens.size.body, sans());
    let mut job = Words::new(words, font, color).rows(1).job(ui.ctx(), (x.1 - x.0).max(8.0));
    job.halign = egui::Align::LEFT;
    let galley = ui.painter().layout_job(job);
    let at = pos2(row.left() + x.0, row.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

/// Finds the rows that are asked for, when something else is.
fn list(scene: &Scene<'_>, state: &mut TableState, both: &Both) {
    let same = |l: &Listed| Arc::ptr_eq(&l.pair, &both.pair) && l.text == state.text && l.verdict == state.verdict;
    if state.listed.as_ref().is_some_and(same) {
        return;
    }
    let wanted = VERDICTS.get(state.verdict).map_or("", |v| v.1);
    let typed = state.text.trim().to_lowercase();
    let has = |draft: &Draft, p: ProvisionIndex| title(scene, draft, p).to_lowercase().contains(&typed);
    let keeps = |row: &ConcordanceRow| {
        let words = row.words();
        let verdict = wanted.is_empty() || words.split(", ").any(|w| wanted.split(' ').any(|v| v == w));
        verdict
            && (typed.is_empty()
                || row.old.is_some_and(|p| has(&both.old, p))
                || row.new.iter().any(|&p| has(&both.new, p)))
    };
    let rows = both.pair.concordance.rows.iter().enumerate().filter(|(_, row)| keeps(row)).map(|(at, _)| at).collect();
    let (text, verdict) = (state.text.clone(), state.verdict);
    state.listed = Some(Listed { pair: Arc::clone(&both.pair), text, verdict, rows });
}

/// `Article 4  Scope`
fn title(scene: &Scene<'_>, draft: &Draft, p: ProvisionIndex) -> String {
    let cited = scene.w.cited(&draft.outline.citation(p));
    let heading = draft.outline.get(p).and_then(|p| p.heading.as_deref()).unwrap_or_default();
    if cited.contains(heading) { cited } else { format!("{cited}  {heading}") }
}

fn provision(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, row: &ConcordanceRow, columns: Columns) {
    let tokens = scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let old = row.old.map_or_else(|| "\u{2013}".to_owned(), |p| title(scene, &both.old, p));
    let new: Vec<String> = row.new.iter().map(|&p| title(scene, &both.new, p)).collect();
    let new = if new.is_empty() { "\u{2013}".to_owned() } else { new.join("; ") };
    let words = row.words();
    let alike = if row.old.is_some() && !row.new.is_empty() {
        format!("{:.0} %", (f64::from(row.similarity) * 100.0).floor())
    } else {
        String::new()
    };
    let name = format!("{old}, {new}: {words} {alike}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.trim()));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, false, tokens);
        let ink = if words == "unchanged" { tokens.quiet_ink } else { tokens.ink };
        for (x, words) in [(columns.old, &old), (columns.new, &new), (columns.verdict, &words), (columns.like, &alike)]
        {
            cell(ui, rect, x, words, ink, tokens);
        }
    }
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
        && let Some(at) = row_of(both, row)
    {
        scene.run(Command::Compare(CompareCommand::GoTo(at)));
    }
}

/// The first row of the comparison that shows a provision of the newer draft.
pub(super) fn row_of_new(both: &Both, q: ProvisionIndex) -> Option<usize> {
    let from = both.new.outline.get(q)?.range.start;
    let here = |r: &crate::workspace::ComparedRow| {
        r.change != Change::MovedAway && r.new.is_some_and(|n| n.end > from && n.start <= from)
    };
    both.pair.comparison.rows.iter().position(here)
}

/// The first row of the comparison that shows a provision: where it stands now, or where it stood.
fn row_of(both: &Both, row: &ConcordanceRow) -> Option<usize> {
    let rows = &both.pair.comparison.rows;
    match (row.new.first(), row.old) {
        (Some(&q), _) => row_of_new(both, q),
        (None, Some(p)) => {
            let from = both.old.outline.get(p)?.range.start;
            rows.iter().position(|r| r.old.is_some_and(|o| o.end > from && o.start <= from))
        }
        (None, None) => None,
    }
}
