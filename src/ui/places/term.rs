//! What a defined term means, beside its use: while the pointer rests on it, or as long as it has the keyboard.

use eframe::egui::{self, Area, FontId, Frame, Id, Margin, Order, Popup, Rect, RichText, Ui};

use crate::model::Draft;
use crate::ui::bars::count;
use crate::ui::reader::ReaderResponse;
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::{sans, serif};
use crate::ui::widgets::Words;
use crate::workspace::{Command, Defined, LensCommand, Term};

use super::lens::{TermFocus, TermTurn};
use super::reference::{WIDEST, place, rested_on};

/// Characters of a definition that are shown.
const WORDS: usize = 600;

/// What is remembered between frames.
#[derive(Default)]
pub struct TermState {
    /// The use the pointer is on, and since when.
    hovered: Option<(usize, f64)>,
    /// The use whose card is shown for the pointer, and where the card stands.
    shown: Option<(usize, Rect)>,
}

/// Follows what was done with uses of terms, and draws the card of the one that is looked at.
pub fn show(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut TermState,
    response: &ReaderResponse,
    turn: &TermTurn,
    draft: &Draft,
) {
    let Some(glass) = scene.w.glass().cloned() else { return };
    let term = |at: usize| glass.terms.uses.get(at).and_then(|u| Some((u.term, glass.terms.all.get(u.term)?)));
    if let Some((at, _)) = turn.followed.and_then(term) {
        scene.run(Command::Lens(LensCommand::GoToDefinition(at)));
        scene.wishes.push(Wish::FocusPage);
        (state.shown, state.hovered) = (None, None);
    } else if let Some(focus) = turn.focus {
        let focus = match focus {
            TermFocus::On(at) => Some(at),
            TermFocus::Off => None,
        };
        if focus != scene.w.view().term {
            scene.run(Command::Lens(LensCommand::ShowTerm(focus)));
        }
    }
    for seen in &turn.visible {
        if let Some((_, term)) = term(seen.link) {
            let said = in_short(scene, term, draft);
            ui.ctx().accesskit_node_builder(seen.id, |node| node.set_description(said));
        }
    }
    let kept = scene.w.view().term.and_then(|at| turn.visible.iter().find(|v| v.link == at)).copied();
    let rested = rested_on(ui, &mut state.hovered, state.shown, &turn.visible);
    let Some(looked_at) = rested.or(kept).filter(|_| !Popup::is_any_open(ui.ctx())) else {
        state.shown = None;
        return;
    };
    let Some((_, term)) = term(looked_at.link) else { return };
    let (pivot, at) = place(looked_at.rect, response);
    let area = Area::new(Id::unique("defined term")).order(Order::Foreground).pivot(pivot).fixed_pos(at);
    let drawn = area.constrain(true).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
            ui.set_width(WIDEST.min(response.page_rect.width() - 40.0));
            card(ui, scene, term, draft);
        });
    });
    state.shown = rested.map(|v| (v.link, drawn.response.rect));
}

fn cited(scene: &Scene<'_>, term: &Term, draft: &Draft) -> String {
    let at = draft.outline.covering(term.named).map(|i| scene.w.cited(&draft.outline.citation(i)));
    at.unwrap_or_else(|| draft.name().to_owned())
}

/// In a line, for a screen reader.
fn in_short(scene: &Scene<'_>, term: &Term, draft: &Draft) -> String {
    format!("Defined in {}: {}", cited(scene, term, draft), words(term, draft))
}

fn words(term: &Term, draft: &Draft) -> String {
    let text = term.definition.of(&draft.text).unwrap_or_default();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDS) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

fn card(ui: &mut Ui, scene: &Scene<'_>, term: &Term, draft: &Draft) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = tokens.space.small;
    let how = match term.defined {
        Defined::Means => "defined in",
        Defined::OnTheWay => "introduced in",
    };
    let title = format!("{}  {how} {}", term.name, cited(scene, term, draft));
    let strong = egui::text::TextFormat::simple(FontId::new(tokens.size.body, sans()), tokens.accent);
    Words::new(&title, FontId::new(tokens.size.body, sans()), tokens.quiet_ink)
        .marked(vec![(0..term.name.len(), strong)])
        .rows(2)
        .brief()
        .show(ui);
    let words = words(term, draft);
    Words::new(&words, FontId::new(tokens.size.body + 2.0, serif()), tokens.ink).rows(9).brief().show(ui);
    let holds = match term.scope {
        Some(scope) => {
            let within = draft.outline.covering(scope).map(|i| scene.w.cited(&draft.outline.citation(i)));
            format!(", holds in {}", within.unwrap_or_default())
        }
        None => String::new(),
    };
    let foot = format!("{}{holds}; Enter goes to the definition", count(term.uses, "use", "uses"));
    ui.label(RichText::new(foot).small().color(tokens.quiet_ink));
}
