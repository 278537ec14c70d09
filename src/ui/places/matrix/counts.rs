//! The heat map: the matrix, and which concerns come together.

use eframe::egui::{self, FontId, RichText, Sense, Ui, vec2};

use crate::model::{Concern, Project};
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans};
use crate::workspace::{Cell, Grid, Head, HeadKey, MatrixPage, Shade, figure};

use super::lattice::{self, CellLook, HeadLook, Lattice, LatticeState, Plan};
use super::nothing;

/// Draws it. Answers whether a cell was opened.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut LatticeState, grid: &Grid) -> bool {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return false };
    if grid.rows.is_empty() || grid.columns.is_empty() || grid.total.count == 0 && scene.w.view().matrix.without_empty {
        let words = ["No remark is like that", "Choose other rows, columns or analysts above"];
        nothing(ui, scene, words, None);
        return false;
    }
    let look = &scene.w.view().matrix;
    let shade = look.shade;
    top(ui, tokens, grid, shade);
    let counts = Counts { grid, project, shade, together: look.page == MatrixPage::Together };
    let narrow = grid.columns.iter().all(is_narrow);
    let longest = grid.rows.iter().map(|h| h.name.chars().count() + 2 * h.depth).max().unwrap_or(0);
    let names = (longest as f32 * 7.2 + 80.0).clamp(160.0, (ui.available_width() * 0.34).clamp(200.0, 380.0));
    let plan = if narrow {
        Plan { names, head: 44.0, column: 38.0, row: 25.0, words: false }
    } else {
        Plan { names, head: 58.0, column: 96.0, row: 25.0, words: false }
    };
    lattice::show(ui, scene, state, plan, &counts)
}

/// Whether a column needs no more room than a number: names that are no numbers are cut there.
fn is_narrow(head: &Head) -> bool {
    let by_name = matches!(
        head.key,
        HeadKey::Draft(_) | HeadKey::Elsewhere | HeadKey::Analyst(_) | HeadKey::Status(_) | HeadKey::Severity(_)
    );
    !by_name || head.short.chars().count() <= 4
}

/// How many there are, and what the shades stand for.
fn top(ui: &mut Ui, tokens: &Tokens, grid: &Grid, shade: Shade) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        let total = count(grid.total.count, "remark", "remarks");
        ui.label(RichText::new(total).color(tokens.ink));
        ui.add_space(tokens.space.medium);
        for (step, words) in grid.legend(shade) {
            let Some(heat) = step.checked_sub(1).and_then(|s| tokens.heat.get(s)) else { continue };
            let font = FontId::new(tokens.size.small, sans());
            let galley = ui.painter().layout_no_wrap(words.clone(), font, heat.ink);
            let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(14.0, 4.0), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Shade: {words}")));
            ui.painter().rect_filled(rect, 2.0, heat.wash);
            ui.painter().galley(rect.min + vec2(7.0, 2.0), galley, heat.ink);
        }
    });
    ui.add_space(tokens.space.small);
}

struct Counts<'a> {
    grid: &'a Grid,
    project: &'a Project,
    shade: Shade,
    together: bool,
}

impl<'a> Counts<'a> {
    fn concern(&self, head: &Head) -> Option<&'a Concern> {
        match head.key {
            HeadKey::Concern(id) => self.project.codebook.get(id),
            _ => None,
        }
    }

    fn total(&self, cell: Cell) -> String {
        let figure = figure(cell, self.shade);
        if figure.is_empty() { "0".to_owned() } else { figure }
    }

    fn head(&self, head: &Head, text: &str) -> HeadLook<'a> {
        HeadLook {
            text: text.to_owned(),
            name: format!("{}: {}", head.name, said(head.total)),
            concern: self.concern(head),
            indent: head.depth as f32 * 14.0,
            total: self.total(head.total),
            empty: head.total.count == 0,
        }
    }
}

impl Lattice for Counts<'_> {
    fn size(&self) -> (usize, usize) {
        (self.grid.rows.len(), self.grid.columns.len())
    }

    fn row(&self, row: usize) -> HeadLook<'_> {
        self.grid.rows.get(row).map(|h| self.head(h, &h.name)).unwrap_or_default()
    }

    fn column(&self, column: usize) -> HeadLook<'_> {
        self.grid.columns.get(column).map(|h| HeadLook { indent: 0.0, ..self.head(h, &h.short) }).unwrap_or_default()
    }

    fn cell(&self, row: usize, column: usize) -> CellLook {
        let (Some(r), Some(c)) = (self.grid.rows.get(row), self.grid.columns.get(column)) else {
            return CellLook::default();
        };
        let meets_itself = self.together && row == column;
        let name = match meets_itself {
            true => format!("{} at all: {}", r.name, said(self.grid.cell(row, column))),
            false => format!("{} \u{d7} {}: {}", r.name, c.name, said(self.grid.cell(row, column))),
        };
        CellLook {
            text: self.grid.figure(row, column, self.shade),
            step: self.grid.step(row, column, self.shade),
            name,
            quiet: meets_itself,
        }
    }
}

/// `3 remarks, worst high`
fn said(cell: Cell) -> String {
    let worst = cell.worst.map_or_else(String::new, |s| format!(", worst {}", s.word()));
    format!("{}{worst}", count(cell.count, "remark", "remarks"))
}
