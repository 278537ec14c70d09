//! What can be said of the remark that is looked at: one key each, and the same as buttons.

use eframe::egui::{self, Key, Modifiers, RichText, Ui};

use super::detail::{self, DetailState};
use super::keyed;
use crate::model::Outcome;
use crate::ui::scene::Scene;
use crate::workspace::{CarryCommand, CarryItem, CarryState, Command, Focus, Instead, ReviewLook, ViewCommand, Way};

/// The keys of the place, for the list of all keys.
pub const KEYS: [(&str, &str); 11] = [
    ("Review: accept the place that is shown", "A"),
    ("Review: accept all with the verdict of this one", "Shift+A"),
    ("Review: look at the next best place", "C"),
    ("Review: name another provision", "P"),
    ("Review: choose words in the reader", "W"),
    ("Review: met, partly met, not met, worse", "1, 2, 3, 4"),
    ("Review: keep as lost", "K"),
    ("Review: skip, or go back", "S or Down, Up"),
    ("Review: renumber what it recommends", "R"),
    ("Review: open in the reader", "Enter"),
    ("Review: a screen on, back", "Space, Page down, Page up"),
];

/// What a person does with a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Accept,
    NextPlace,
    Provision,
    Words,
    Became(Outcome),
    KeepLost,
    Step(i32),
    Renumber,
    Open,
    Page(i32),
}

const DEEDS: [(Key, Deed); 17] = [
    (Key::A, Deed::Accept),
    (Key::C, Deed::NextPlace),
    (Key::P, Deed::Provision),
    (Key::W, Deed::Words),
    (Key::Num1, Deed::Became(Outcome::Met)),
    (Key::Num2, Deed::Became(Outcome::PartlyMet)),
    (Key::Num3, Deed::Became(Outcome::NotMet)),
    (Key::Num4, Deed::Became(Outcome::Worse)),
    (Key::K, Deed::KeepLost),
    (Key::S, Deed::Step(1)),
    (Key::ArrowDown, Deed::Step(1)),
    (Key::ArrowUp, Deed::Step(-1)),
    (Key::R, Deed::Renumber),
    (Key::Enter, Deed::Open),
    (Key::PageDown, Deed::Page(1)),
    (Key::Space, Deed::Page(1)),
    (Key::PageUp, Deed::Page(-1)),
];

/// Takes the keys of the place, unless something is being typed or asked.
pub fn take(ui: &Ui, scene: &mut Scene<'_>, way: Way, state: &mut DetailState) {
    let ctx = ui.ctx();
    let busy =
        ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) || ctx.memory(|m| m.top_modal_layer().is_some());
    if busy {
        return;
    }
    let all = ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::A));
    if all
        && scene.w.can_edit()
        && let Some(verdict) = scene.w.review_item().map(|i| i.finding.verdict)
    {
        if verdict.has_an_answer() {
            scene.run(Command::Carry(CarryCommand::AcceptAll { way, verdict }));
        }
        return;
    }
    // A button that has the keyboard takes Enter and Space for itself.
    let held = ctx.memory(|m| m.focused().is_some());
    for (key, deed) in DEEDS {
        if matches!(key, Key::Enter | Key::Space) && held {
            continue;
        }
        match (ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)), deed) {
            (0, _) => {}
            (times, Deed::Step(by)) => scene.view(ViewCommand::StepReview(by * times as i32)),
            (_, deed) => act(scene, way, deed, state),
        }
    }
}

fn act(scene: &mut Scene<'_>, way: Way, deed: Deed, state: &mut DetailState) {
    let Some(item) = scene.w.review_item().cloned() else { return };
    let of = item.finding.source.focus;
    let look = ReviewLook { way: Some(way), at: Some(of), ..scene.w.view().review };
    let may = scene.w.can_edit();
    match deed {
        Deed::Accept if may => match detail::looked_at(scene, way, &item) {
            (Some(anchor), true) => {
                let (range, reach) = (anchor.range, anchor.reach);
                scene.run(Command::Carry(CarryCommand::Put { way, of, range, reach }));
            }
            _ => scene.run(Command::Carry(CarryCommand::Accept { way, of: vec![of] })),
        },
        Deed::NextPlace => {
            let count = item.finding.candidates.len();
            let next = match look.instead {
                Some(Instead::Candidate(n)) if n + 1 < count => Some(Instead::Candidate(n + 1)),
                Some(Instead::Candidate(_)) => None,
                _ => (count > 0).then_some(Instead::Candidate(0)),
            };
            scene.view(ViewCommand::Review(ReviewLook { instead: next, ..look }));
        }
        Deed::Provision => state.focus_field = true,
        Deed::Words if may => scene.view(ViewCommand::ChooseWords),
        Deed::Became(outcome) if may => scene.run(Command::Carry(CarryCommand::SetOutcome { way, of, outcome })),
        Deed::KeepLost if may => scene.run(Command::Carry(CarryCommand::KeepLost { way, of })),
        Deed::Step(by) => scene.view(ViewCommand::StepReview(by)),
        Deed::Renumber if may => scene.run(Command::Carry(CarryCommand::Renumber { way, of })),
        Deed::Page(by) => state.pages += by as f32,
        Deed::Open => open(scene, way, of, &item),
        _ => {}
    }
}

/// Into the reader: to its place in the new draft, else to where it stood.
fn open(scene: &mut Scene<'_>, way: Way, of: Focus, item: &CarryItem) {
    let (anchor, _) = detail::looked_at(scene, way, item);
    match anchor {
        Some(anchor) => scene.view(ViewCommand::GoTo { draft: way.to, offset: anchor.range.start }),
        None => {
            let source = &item.finding.source;
            scene.view(ViewCommand::GoTo { draft: source.from, offset: source.anchor.range.start });
        }
    }
    scene.view(ViewCommand::Focus(Some(of)));
}

/// The same as buttons, each with its key.
pub fn bar(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, state: &mut DetailState) {
    let tokens = scene.tokens;
    let Some(item) = scene.w.review_item().cloned() else { return };
    let own = scene.w.can_write(item.finding.source.focus.analyst);
    let may = scene.w.can_edit();
    let (anchor, instead) = detail::looked_at(scene, way, &item);
    let mut deed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(tokens.space.small, tokens.space.small);
        let gone = anchor.is_none() && item.finding.verdict == crate::workspace::CarriedAs::Deleted;
        let (accept, can) = match (instead, gone) {
            (true, _) => ("Put it there", true),
            (_, true) => ("Accept as deleted", item.state != CarryState::KeptLost),
            _ => ("Accept", anchor.is_some()),
        };
        let mut button = |ui: &mut Ui, text: &str, key: &str, enabled: bool, selected: bool, what: Deed| {
            if keyed(ui, text, key, enabled, selected).clicked() {
                deed = Some(what);
            }
        };
        button(ui, accept, "A", may && can, false, Deed::Accept);
        button(ui, "Next place", "C", !item.finding.candidates.is_empty(), false, Deed::NextPlace);
        button(ui, "Choose words…", "W", may, false, Deed::Words);
        let lost = item.state == CarryState::KeptLost;
        button(ui, "Keep as lost", "K", may && !lost, lost, Deed::KeepLost);
        button(ui, "Skip", "S", true, false, Deed::Step(1));
        button(ui, "Open in the reader", "Enter", true, false, Deed::Open);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(tokens.space.small, tokens.space.small);
        ui.label(RichText::new("The concern is").small().color(tokens.quiet_ink));
        for (n, outcome) in Outcome::ALL.into_iter().enumerate() {
            let selected = item.outcome == Some(outcome);
            if keyed(ui, outcome.word(), &(n + 1).to_string(), may && own, selected).clicked() {
                deed = Some(Deed::Became(outcome));
            }
        }
        if !own {
            ui.label(RichText::new("for its author to say").small().color(tokens.quiet_ink));
        }
    });
    if let Some(deed) = deed {
        act(scene, way, deed, state);
    }
}
