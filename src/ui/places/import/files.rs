//! The files of an import with the state of each: those that wait, then those that were not read.

use eframe::egui::{
    self, EventFilter, FontId, Key, Label, RichText, Role, Sense, Ui, Vec2, WidgetInfo, pos2, text::LayoutJob,
};

use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::row_ground;
use crate::workspace::{Proposal, Standing};

/// Draws the list; answers with the place of another proposal that was chosen. `focus` gives the chosen row the keyboard,
/// and is set when the choice was made by keyboard.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, chosen: usize, focus: &mut bool) -> Option<usize> {
    let tokens = scene.tokens;
    let proposals = scene.w.proposals();
    let mut next = None;
    // Taken before the rows: a row clicked above must not leave the keyboard to the one that was chosen before.
    let takes_keyboard = std::mem::take(focus);
    ui.label(RichText::new(count(proposals.len(), "draft to add", "drafts to add")).small().color(tokens.quiet_ink));
    ui.spacing_mut().item_spacing.y = 1.0;
    egui::ScrollArea::vertical().id_salt("import files").auto_shrink([false, false]).show(ui, |ui| {
        for (at, proposal) in proposals.iter().enumerate() {
            // Drafts from one file stand side by side.
            let same =
                |beside: Option<usize>| beside.and_then(|n| proposals.get(n)).is_some_and(|p| p.path == proposal.path);
            let several = same(at.checked_sub(1)) || same(Some(at + 1));
            let response = row(ui, scene, proposal, at == chosen, several);
            if response.clicked() {
                next = Some(at);
                *focus = true;
            }
            if at == chosen && takes_keyboard {
                response.request_focus();
                response.scroll_to_me(None);
            }
            if response.has_focus() {
                let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
                let (up, down) = ui.input(|i| (i.key_pressed(Key::ArrowUp), i.key_pressed(Key::ArrowDown)));
                let beside = if down { at + 1 } else { at.saturating_sub(1) };
                if up != down && beside < proposals.len() && beside != at {
                    next = Some(beside);
                    *focus = true;
                }
            }
        }
        let not_read: Vec<_> = scene.w.import_report().map_or_else(Vec::new, |r| r.not_read().collect());
        if !not_read.is_empty() {
            ui.add_space(tokens.space.medium);
            let title = format!("{} not read", count(not_read.len(), "file was", "files were"));
            ui.label(RichText::new(title).small().color(tokens.quiet_ink));
            for (_, why) in not_read {
                ui.add(Label::new(RichText::new(why).small().color(tokens.ink)).wrap());
                ui.add_space(tokens.space.small);
            }
        }
    });
    next
}

/// Two lines: the file's name, and what state it is in; of `several` drafts from one file also which of them it is.
fn row(ui: &mut Ui, scene: &Scene<'_>, proposal: &Proposal, selected: bool, several: bool) -> egui::Response {
    let tokens = scene.tokens;
    let height = tokens.size.body * 1.5 + tokens.size.small * 1.6;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    let standing = proposal.standing();
    let name = proposal.file_name();
    let mut state = standing.name().to_owned();
    if several && let Some(which) = proposal.which() {
        state = format!("{which}: {}", standing.name().to_lowercase());
    }
    if proposal.lock.is_none() {
        state = format!("{state}, {}", count(proposal.articles, "article", "articles"));
    }
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, format!("{name}, {state}")));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, selected, tokens);
        let painter = ui.painter();
        let x = rect.left() + tokens.space.medium;
        let font = FontId::new(tokens.size.body, sans());
        let mut job = LayoutJob::simple_singleline(name.clone(), font, tokens.ink);
        job.wrap.max_width = rect.right() - tokens.space.small - x;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        painter.galley(pos2(x, rect.top() + 3.0), painter.layout_job(job), tokens.ink);
        let color = match standing {
            Standing::Doubtful | Standing::Locked => tokens.danger,
            Standing::NeedsLook => tokens.accent,
            Standing::Ready | Standing::Working => tokens.quiet_ink,
        };
        let font = FontId::new(tokens.size.small, sans());
        let mut job = LayoutJob::simple_singleline(state, font, color);
        job.wrap.max_width = rect.right() - tokens.space.small - x;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = painter.layout_job(job);
        painter.galley(pos2(x, rect.bottom() - 4.0 - galley.size().y), galley, color);
    }
    response.on_hover_text(proposal.path.display().to_string()).on_hover_cursor(egui::CursorIcon::PointingHand)
}
