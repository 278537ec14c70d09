//! What commentaries ask of the provisions on the page: a quiet sign beside each, which says it and leads to the review.

use eframe::egui::{Align2, Area, FontId, Frame, Id, Margin, Order, Ui, pos2};

use crate::model::{AnalystId, AnnotationId, Draft, ProvisionIndex};
use crate::ui::reader::{Highlight, HighlightKey, HighlightKind, ReaderResponse};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::Words;
use crate::workspace::Asks;

/// Stands where the analyst of a remark does: no analyst has it.
const COMMENTARIES: AnalystId = AnalystId(u128::MAX);

/// The provision of a sign, if it is one.
pub fn provision(key: HighlightKey) -> Option<ProvisionIndex> {
    (key.0 == COMMENTARIES).then(|| u32::try_from(key.1.0).ok().map(ProvisionIndex)).flatten()
}

/// The signs for a draft: how many commentaries speak of a provision, between quotation marks.
pub fn signs(scene: &Scene<'_>, draft: &Draft) -> Vec<Highlight> {
    let Some(asked) = scene.w.reviews().asked_of(draft.id) else { return Vec::new() };
    let signs = asked.iter().filter_map(|(&provision, asks)| {
        let start = draft.outline.get(provision)?.range.start;
        Some(Highlight {
            key: (COMMENTARIES, AnnotationId(u128::from(provision.0))),
            range: crate::model::TextRange { start, end: start },
            swatches: Vec::new(),
            tags: vec![format!("\u{201c}{}\u{201d}", asks.commentaries.len())],
            kind: HighlightKind::Asked,
            faded: false,
            name: sentence(scene, draft, provision, asks),
        })
    });
    signs.collect()
}

/// `Article 4(2), 2 commentaries: delete 1, limit 1`.
fn sentence(scene: &Scene<'_>, draft: &Draft, provision: ProvisionIndex, asks: &Asks) -> String {
    format!("{}, {}", scene.w.cited(&draft.outline.citation(provision)), asks.line())
}

/// Says in full what a sign stands for while the pointer is on it.
pub fn show(ui: &Ui, scene: &Scene<'_>, response: &ReaderResponse, draft: &Draft) {
    let tokens = scene.tokens;
    let pointed = response.visible_highlights.iter().find_map(|h| Some((provision(h.key)?, h.pointed_at?)));
    let Some((provision, rect)) = pointed else { return };
    let Some(asks) = scene.w.reviews().asked(draft.id, provision) else { return };
    let (pivot, at) = (Align2::LEFT_TOP, pos2(rect.left(), rect.bottom() + 4.0));
    let area = Area::new(Id::unique("what is asked")).order(Order::Tooltip).pivot(pivot).fixed_pos(at);
    area.interactable(false).constrain(true).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.set_max_width(320.0);
            let words = sentence(scene, draft, provision, asks);
            Words::new(&words, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
        });
    });
}
