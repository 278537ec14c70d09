//! One remark: what became of it and why, the old clause and the new one with the redline between, and other places.

use eframe::egui::{self, Button, FontId, Frame, Key, Label, Margin, RichText, ScrollArea, TextEdit, Ui};

use super::words::Shown;
use crate::model::{Anchor, Annotation, AnnotationKind, Draft, DraftId, Reach, TextRange};
use crate::ui::scene::Scene;
use crate::ui::theme::{sans, serif};
use crate::ui::widgets::{Row, Words, tag};
use crate::workspace::{
    CarryCommand, CarryItem, CarryState, Command, Focus, Instead, Offer, ReviewLook, ViewCommand, Way, clauses,
};

/// What is kept between frames.
#[derive(Default)]
pub struct DetailState {
    /// The field for another provision is to get the keyboard.
    pub focus_field: bool,
    /// So many screens further down, asked for by key.
    pub pages: f32,
    field: String,
    /// What was typed is no provision of the draft.
    unknown: bool,
    of: Option<Focus>,
    redline: Option<(DraftId, DraftId, TextRange, TextRange, Shown)>,
}

/// The place that is looked at: the one it has or would have, or another (then true) that a person has turned to.
pub fn looked_at(scene: &Scene<'_>, way: Way, item: &CarryItem) -> (Option<Anchor>, bool) {
    let to = scene.w.project().and_then(|p| p.draft(way.to));
    let instead = match scene.w.view().review.instead {
        Some(Instead::Candidate(n)) => item.finding.candidates.get(n).map(|c| c.anchor.clone()),
        Some(Instead::Provision(p)) => {
            to.and_then(|d| Some(Anchor::new(&d.text, &d.outline, d.outline.get(p)?.range, Reach::Provision)))
        }
        None => None,
    };
    match (instead, item.state) {
        (Some(anchor), _) => (Some(anchor), true),
        (None, CarryState::NotCarried) => (item.finding.place.clone(), false),
        (None, _) => (item.place.clone(), false),
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, state: &mut DetailState) {
    let Some(item) = scene.w.review_item().cloned() else { return };
    let Some(project) = scene.w.project() else { return };
    let source = &item.finding.source;
    let focus = source.focus;
    let Some(annotation) = project.annotation(focus.analyst, focus.annotation).cloned() else { return };
    let (Some(old), Some(new)) = (project.draft(source.from).cloned(), project.draft(way.to).cloned()) else { return };
    if state.of != Some(focus) {
        (state.of, state.unknown) = (Some(focus), false);
        state.field.clear();
    }
    let (place, instead) = looked_at(scene, way, &item);
    ScrollArea::vertical().id_salt(("review item", focus.annotation)).auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(820.0));
        ui.spacing_mut().item_spacing.y = scene.tokens.space.small + 2.0;
        let page = ui.clip_rect().height() * 0.85 * std::mem::take(&mut state.pages);
        if page != 0.0 {
            ui.scroll_with_delta(egui::vec2(0.0, -page));
        }
        verdict(ui, scene, &item);
        remark(ui, scene, way, &item, &annotation);
        clause(ui, scene, &old, Some(&source.anchor), "stood in", true);
        // Of what has no place, what became of the clause it stood in.
        let beside = place.as_ref().map(|a| a.range).or(item.finding.beside);
        if let Some(beside) = beside {
            redline(ui, scene, way, &item, [&old, &new], beside, state);
        }
        let standing = match (&place, instead) {
            (Some(_), true) => "could stand in",
            (Some(_), false) => "stands in",
            (None, _) => "no place; its clause became",
        };
        let clause_there = item.finding.beside.map(|r| Anchor::new(&new.text, &new.outline, r, Reach::Words));
        clause(ui, scene, &new, place.as_ref().or(clause_there.as_ref()), standing, place.is_some());
        if !instead {
            for part in item.finding.candidates.iter().filter(|c| c.offer == Offer::Part) {
                clause(ui, scene, &new, Some(&part.anchor), "another part stands in", true);
            }
        }
        candidates(ui, scene, way, &item, &new);
        another(ui, scene, way, &item, &new, state);
    });
}

fn quiet(text: impl Into<String>, scene: &Scene<'_>) -> RichText {
    RichText::new(text).small().color(scene.tokens.quiet_ink)
}

fn verdict(ui: &mut Ui, scene: &Scene<'_>, item: &CarryItem) {
    let tokens = scene.tokens;
    let finding = &item.finding;
    ui.horizontal_wrapped(|ui| {
        let said = format!("{} {}", finding.verdict.sign(), finding.verdict.word());
        ui.label(RichText::new(said).size(tokens.size.heading).color(tokens.ink));
        ui.label(RichText::new(&finding.why).color(tokens.quiet_ink));
        ui.label(RichText::new(item.state_words()).color(if item.is_reviewed() {
            tokens.quiet_ink
        } else {
            tokens.accent
        }));
    });
    for doubt in &finding.doubts {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Doubt").small().strong().color(tokens.danger));
            ui.add(Label::new(RichText::new(doubt).color(tokens.ink)).wrap());
        });
    }
    ui.add_space(tokens.space.medium);
}

/// My words: concerns, note, what I ask for, and what of that would be renumbered.
fn remark(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, item: &CarryItem, annotation: &Annotation) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let focus = item.finding.source.focus;
    let own = scene.w.can_write(focus.analyst);
    Frame::new().fill(tokens.chrome).corner_radius(tokens.size.corner).inner_margin(Margin::symmetric(12, 8)).show(
        ui,
        |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                for concern in project.codebook.concerns.iter().filter(|c| annotation.concerns.contains(&c.id)) {
                    tag(ui, concern, tokens);
                    ui.label(RichText::new(&concern.name).small().color(tokens.ink));
                }
                let mut about = Vec::new();
                if annotation.kind != AnnotationKind::Remark {
                    about.push(annotation.kind.word().to_owned());
                }
                about.extend(annotation.severity.map(|s| format!("severity {}", s.word())));
                if !own {
                    about.extend(project.sets.get(&focus.analyst).map(|s| format!("by {}", s.analyst.name)));
                }
                if !about.is_empty() {
                    ui.label(quiet(about.join(", "), scene));
                }
            });
            if !annotation.note.trim().is_empty() {
                Words::new(&annotation.note, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
            }
            let Some(recommendation) = &annotation.recommendation else { return };
            ui.horizontal_wrapped(|ui| {
                ui.label(quiet("recommends to", scene));
                ui.label(RichText::new(recommendation.summary()).color(tokens.ink));
            });
            if !recommendation.proposed.is_empty() {
                Words::new(&recommendation.proposed, FontId::new(tokens.size.body, serif()), tokens.ink).show(ui);
            }
            let Some(offer) = &item.finding.renumbering else { return };
            for (was, is) in &offer.changes {
                ui.label(RichText::new(format!("{was} \u{2192} {is}, as renumbered")).color(tokens.ink));
            }
            for gone in &offer.gone {
                ui.label(RichText::new(format!("Nothing like {gone} is found in this draft")).color(tokens.danger));
            }
            if !offer.changes.is_empty()
                && super::keyed(ui, "Renumber what it recommends", "R", own && scene.w.can_edit(), false).clicked()
            {
                scene.run(Command::Carry(CarryCommand::Renumber { way, of: focus }));
            }
        },
    );
    ui.add_space(tokens.space.medium);
}

/// A clause with what is remarked on marked; or that there is none.
fn clause(ui: &mut Ui, scene: &Scene<'_>, draft: &Draft, anchor: Option<&Anchor>, verb: &str, marked: bool) {
    let tokens = scene.tokens;
    match anchor {
        Some(anchor) => {
            let cited = scene.w.cited(&anchor.citation);
            let heading = draft
                .outline
                .covering(anchor.range)
                .and_then(|i| draft.outline.article(i))
                .and_then(|a| draft.outline.get(a)?.heading.clone())
                .unwrap_or_default();
            let whole = if anchor.reach == Reach::Provision { ", as a whole" } else { "" };
            ui.horizontal_wrapped(|ui| {
                ui.label(quiet(format!("{}: {verb}", draft.name()), scene));
                ui.label(RichText::new(format!("{cited}{whole}")).strong().color(tokens.ink));
                ui.label(quiet(heading, scene));
            });
            // A whole provision is read in the redline; twice more would be too much.
            if anchor.reach == Reach::Words {
                Shown::clause(draft, anchor.range, marked).show(ui, tokens);
            }
        }
        None => {
            ui.label(quiet(draft.name(), scene));
            ui.label(
                RichText::new("It has no place in this draft, and neither has the clause it stood in")
                    .color(tokens.ink),
            );
        }
    }
    ui.add_space(tokens.space.medium);
}

fn redline(
    ui: &mut Ui,
    scene: &Scene<'_>,
    way: Way,
    item: &CarryItem,
    [old, new]: [&Draft; 2],
    beside: TextRange,
    state: &mut DetailState,
) {
    let tokens = scene.tokens;
    let around = |draft: &Draft, range: TextRange| {
        let list = clauses(draft, range);
        let start = list.first().map_or(range.start, |c| c.start);
        TextRange { start, end: list.last().map_or(range.end, |c| c.end) }
    };
    let (was, is) = (around(old, item.finding.source.anchor.range), around(new, beside));
    let known = state.redline.as_ref().is_some_and(|(a, b, c, d, _)| (*a, *b, *c, *d) == (old.id, new.id, was, is));
    if !known {
        let Some(pair) = scene.w.carry_findings(way).and_then(|f| f.pair_of(&item.finding)) else { return };
        let rows = pair.alignment.redline(was, is, pair.texts());
        state.redline = Some((old.id, new.id, was, is, Shown::redline(&rows, pair.texts())));
    }
    let Some((.., shown)) = &state.redline else { return };
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.large);
        ui.vertical(|ui| {
            if shown.is_unchanged() {
                ui.label(quiet("Nothing was struck or put in", scene));
                if item.finding.source.anchor.reach == Reach::Provision {
                    shown.show(ui, tokens);
                }
            } else {
                ui.label(quiet("What was struck and what was put in", scene));
                shown.show(ui, tokens);
            }
        });
    });
    ui.add_space(tokens.space.medium);
}

fn candidates(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, item: &CarryItem, new: &Draft) {
    let tokens = scene.tokens;
    if item.finding.candidates.is_empty() {
        return;
    }
    let look = scene.w.view().review;
    ui.label(quiet("Next best places", scene));
    for (n, candidate) in item.finding.candidates.iter().enumerate() {
        let cited = scene.w.cited(&candidate.anchor.citation);
        let lead = format!("{cited}, {}", candidate.words());
        let chosen = look.instead == Some(Instead::Candidate(n));
        let about = in_its_clause(&new.text, &candidate.anchor, clauses(new, candidate.anchor.range).first());
        let row = Row { lead: &lead, selected: chosen, ..Row::new(&about) }.show(ui, tokens);
        if row.clicked() {
            let instead = (!chosen).then_some(Instead::Candidate(n));
            let at = Some(item.finding.source.focus);
            scene.view(ViewCommand::Review(ReviewLook { way: Some(way), at, instead, ..look }));
        }
    }
    ui.add_space(tokens.space.medium);
}

/// The words of a place; of few, the clause they stand in from some words before them, since they say too little alone.
fn in_its_clause(text: &str, anchor: &Anchor, clause: Option<&TextRange>) -> String {
    const FEW: usize = 8;
    const LEAD: usize = 4;
    let words: Vec<&str> = anchor.quote.exact.split_whitespace().take(40).collect();
    let within = clause.filter(|c| words.len() < FEW && c.covers(anchor.range));
    let around =
        within.and_then(|c| Some((text.get(c.start..anchor.range.start)?, text.get(anchor.range.start..c.end)?)));
    let Some((before, from)) = around else { return words.join(" ") };
    let lead: Vec<&str> = before.split_whitespace().collect();
    let skipped = lead.len().saturating_sub(LEAD);
    let sign = if skipped > 0 { "\u{2026} " } else { "" };
    let words: Vec<&str> = lead.into_iter().skip(skipped).chain(from.split_whitespace()).take(40).collect();
    format!("{sign}{}", words.join(" "))
}

/// Another provision, by its citation.
fn another(ui: &mut Ui, scene: &mut Scene<'_>, way: Way, item: &CarryItem, new: &Draft, state: &mut DetailState) {
    let tokens = scene.tokens;
    let name = ui.label(quiet("Another provision (P)", scene));
    let mut asked = false;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut state.field).hint_text("Article 5(2)").desired_width(220.0);
        let response = ui.add(field).labelled_by(name.id);
        if std::mem::take(&mut state.focus_field) {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.changed() {
            state.unknown = false;
        }
        asked = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        asked |= ui.add_enabled(!state.field.trim().is_empty(), Button::new("Show it")).clicked();
        if state.unknown {
            ui.label(RichText::new(format!("Not in {}", new.name())).color(tokens.danger));
        }
    });
    if asked && !state.field.trim().is_empty() {
        match scene.w.provision_named(way.to, &state.field) {
            Some(provision) => {
                let at = Some(item.finding.source.focus);
                let instead = Some(Instead::Provision(provision));
                let look = ReviewLook { way: Some(way), at, instead, ..scene.w.view().review };
                scene.view(ViewCommand::Review(look));
                ui.memory_mut(|m| m.stop_text_input());
            }
            None => state.unknown = true,
        }
    }
    ui.add_space(egui::vec2(0.0, tokens.space.large).y);
}
