//! Two boxes of choices: from which draft, to which.

use eframe::egui::{ComboBox, Label, RichText, Ui};

use crate::model::{DraftId, Project};
use crate::ui::theme::Tokens;

/// Draws them; what is chosen is put in the pair, from and to.
pub fn two_drafts(ui: &mut Ui, project: &Project, chosen: &mut [DraftId; 2], tokens: &Tokens) {
    for (label, slot) in ["From", "To"].into_iter().zip(chosen) {
        ui.horizontal(|ui| {
            let text = RichText::new(label).small().color(tokens.quiet_ink);
            let name = ui.add_sized([40.0, tokens.size.body * 1.6], Label::new(text));
            let shown = project.draft(*slot).map_or("", |d| d.name());
            ComboBox::from_id_salt(("two drafts", label))
                .width(ui.available_width() - tokens.space.medium)
                .truncate()
                .selected_text(shown)
                .show_ui(ui, |ui| {
                    for draft in &project.drafts {
                        ui.selectable_value(slot, draft.id, draft.name());
                    }
                })
                .response
                .labelled_by(name.id);
        });
    }
}
