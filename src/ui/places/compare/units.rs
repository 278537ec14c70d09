//! Beside the comparison: every article with how much was put in and struck, and what became of it.

use eframe::egui::{self, FontId, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Words, row_ground};
use crate::workspace::{Command, CompareCommand, CompareFilter, UnitChange};

use super::Both;
use super::bar::grouped;

const ROW: f32 = 42.0;

/// What the list remembers.
#[derive(Default)]
pub struct UnitState {
    /// The unit that was last brought into sight.
    shown: Option<usize>,
}

/// Draws the list.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut UnitState, both: &Both) {
    let tokens = scene.tokens;
    let tally = &both.pair.tally;
    let clauses = format!("{} of {} clauses changed", grouped(tally.changes), grouped(tally.unit_of.len()));
    ui.label(RichText::new(clauses).color(tokens.ink));
    let words = format!("+{} \u{2212}{} words", grouped(tally.put_in), grouped(tally.struck));
    ui.label(RichText::new(words).small().color(tokens.quiet_ink));
    ui.add_space(tokens.space.small);
    let only_changed = scene.w.view().compare.filter != CompareFilter::All;
    let units: Vec<usize> = (0..tally.units.len()).filter(|&u| !only_changed || tally.units[u].changes > 0).collect();
    let current = tally.unit_of.get(scene.w.view().compare.row).copied();
    let place = current.and_then(|c| units.iter().position(|u| *u == c));
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("units").auto_shrink([false, false]);
    if state.shown != current {
        state.shown = current;
        if let Some(place) = place {
            let middle = place as f32 * ROW - ui.available_height() * 0.4;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
    }
    area.show_rows(ui, ROW, units.len(), |ui, rows| {
        for &unit in units.get(rows).unwrap_or_default() {
            if let Some(change) = tally.units.get(unit) {
                row(ui, scene, both, change, current == Some(unit));
            }
        }
    });
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, both: &Both, unit: &UnitChange, chosen: bool) {
    let tokens = scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let shown = unit.new.map(|p| (&both.new, p)).or_else(|| unit.old.map(|p| (&both.old, p)));
    let title = match shown {
        Some((draft, p)) => {
            let heading = draft.outline.get(p).and_then(|p| p.heading.as_deref()).unwrap_or_default();
            let cited = scene.w.cited(&draft.outline.citation(p));
            if cited.contains(heading) { cited } else { format!("{cited}  {heading}") }
        }
        None => "Outside the articles".to_owned(),
    };
    let about = about(unit);
    let name = format!("{title}: {about}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, chosen, tokens);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 4.0))));
        inner.spacing_mut().item_spacing.y = 1.0;
        let ink = if unit.changes > 0 { tokens.ink } else { tokens.quiet_ink };
        Words::new(&title, FontId::new(tokens.size.body, sans()), ink).rows(1).brief().show(&mut inner);
        Words::new(&about, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).brief().show(&mut inner);
    }
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        scene.run(Command::Compare(CompareCommand::GoTo(unit.first)));
    }
}

/// `+12 −3, moved, edited`
fn about(unit: &UnitChange) -> String {
    if unit.changes == 0 {
        return "unchanged".to_owned();
    }
    let mut counts = Vec::new();
    if unit.put_in > 0 {
        counts.push(format!("+{}", grouped(unit.put_in)));
    }
    if unit.struck > 0 {
        counts.push(format!("\u{2212}{}", grouped(unit.struck)));
    }
    let words = match unit.words.as_str() {
        "unchanged" | "" => "edited",
        words => words,
    };
    if counts.is_empty() { words.to_owned() } else { format!("{}  {words}", counts.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_summed_up() {
        let unit = |changes, put_in, struck, words: &str| UnitChange {
            changes,
            put_in,
            struck,
            words: words.to_owned(),
            ..UnitChange::default()
        };
        assert_eq!(about(&unit(0, 0, 0, "unchanged")), "unchanged");
        assert_eq!(about(&unit(3, 12, 3, "moved, edited")), "+12 \u{2212}3  moved, edited");
        assert_eq!(about(&unit(1, 0, 1500, "deleted")), "\u{2212}1,500  deleted");
        assert_eq!(about(&unit(1, 0, 0, "renumbered")), "renumbered");
    }
}
