//! One provision: concern by concern who says what, the remarks themselves, and what the team made of them.

use std::collections::BTreeSet;

use eframe::egui::{Button, ComboBox, FontId, Frame, Label, Margin, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::model::{AnalystId, Annotation, Draft};
use crate::ui::cards::{capital, kind_word};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Ticks, Words, tag};
use crate::workspace::{Command, CurateCommand, Curation, CurationRow, Focus, Point, TeamRemark, ViewCommand};

use super::curation::Deed;

/// Whose recommendation joined remarks get.
#[derive(Clone, Copy, Default)]
enum Chosen {
    /// That of the first which has any.
    #[default]
    Proposed,
    /// As a person chose: of this remark, or none.
    By(Option<Focus>),
}

impl Chosen {
    fn of(self, scene: &Scene<'_>, remarks: &[Focus]) -> Option<Focus> {
        match self {
            Self::Proposed => proposed(scene, remarks),
            Self::By(chosen) => chosen,
        }
    }
}

/// What the detail remembers.
#[derive(Default)]
pub struct DetailState {
    /// Remarks that are not to be joined.
    left_out: BTreeSet<Focus>,
    /// Whose recommendation the whole gets.
    recommendation: Chosen,
    /// The remarks that was chosen for.
    of: Vec<Focus>,
}

impl DetailState {
    /// Joins the remarks that are chosen.
    pub fn join(&self, scene: &mut Scene<'_>, row: &CurationRow) {
        let remarks = self.chosen(row);
        let recommendation = self.recommendation.of(scene, &remarks);
        scene.run(Command::Curate(CurateCommand::Join { remarks, recommendation }));
    }

    fn chosen(&self, row: &CurationRow) -> Vec<Focus> {
        row.remarks.iter().copied().filter(|f| !self.left_out.contains(f)).collect()
    }
}

/// The first that recommends anything.
fn proposed(scene: &Scene<'_>, remarks: &[Focus]) -> Option<Focus> {
    remarks.iter().copied().find(|f| annotation(scene, *f).is_some_and(|a| a.recommendation.is_some()))
}

fn annotation<'w>(scene: &Scene<'w>, f: Focus) -> Option<&'w Annotation> {
    scene.w.project()?.annotation(f.analyst, f.annotation)
}

/// Draws it; answers with what was pressed.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut DetailState,
    curation: &Curation,
    row: &CurationRow,
    draft: &Draft,
) -> Option<Deed> {
    let tokens = scene.tokens;
    if state.of != row.remarks {
        *state = DetailState { of: row.remarks.clone(), ..DetailState::default() };
    }
    let mut deed = None;
    let edit = scene.w.can_edit();
    let cited = scene.w.cited(&draft.outline.citation(row.provision));
    ui.add(Label::new(RichText::new(cited).strong().color(tokens.ink)).wrap());
    ui.horizontal_wrapped(|ui| {
        let agreed = row.points.iter().any(|p| p.accord == crate::workspace::Accord::Agree);
        for (text, key, which, enabled) in [
            ("Next that differs", "N", Deed::Next, true),
            ("Take what they agree on", "A", Deed::TakeAgreed, edit && agreed),
            ("Join into one", "J", Deed::Join, edit && state.chosen(row).len() > 1),
            ("Read it", "Ctrl+Enter", Deed::Read, true),
        ] {
            let response = ui.add_enabled(enabled, Button::new(text).shortcut_text(key));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
            if response.clicked() {
                deed = Some(which);
            }
        }
    });
    choose_recommendation(ui, scene, state, row);
    ScrollArea::vertical().id_salt("curation detail").auto_shrink([false, false]).show(ui, |ui| {
        for point in &row.points {
            said(ui, scene, point);
        }
        if !row.team.is_empty() {
            section(ui, scene, "Agreed set");
            row.team.iter().for_each(|t| team(ui, scene, t));
        }
        section(ui, scene, "Remarks");
        for &focus in &row.remarks {
            remark(ui, scene, state, focus, curation.taken.contains_key(&focus), row.remarks.len() > 1);
        }
    });
    deed
}

fn section(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    ui.add_space(scene.tokens.space.medium);
    ui.label(RichText::new(name).strong().color(scene.tokens.ink));
}

/// Where the remarks to be joined ask for different things.
fn choose_recommendation(ui: &mut Ui, scene: &Scene<'_>, state: &mut DetailState, row: &CurationRow) {
    let remarks = state.chosen(row);
    let asked: Vec<(Focus, String)> = remarks
        .iter()
        .filter_map(|f| {
            let summary = annotation(scene, *f)?.recommendation.as_ref()?.summary();
            Some((*f, format!("{}: {summary}", scene.w.analyst_name(f.analyst))))
        })
        .collect();
    if asked.is_empty() || remarks.len() < 2 || !scene.w.can_edit() {
        return;
    }
    let before = state.recommendation.of(scene, &remarks);
    let mut chosen = before;
    let label = ui.label(RichText::new("Joined, it recommends").small().color(scene.tokens.quiet_ink));
    let shown = asked.iter().find(|(f, _)| Some(*f) == chosen).map_or("nothing", |(_, text)| text.as_str());
    let combo = ComboBox::from_id_salt("joined recommendation").width(ui.available_width() - 12.0).truncate();
    let response = combo.selected_text(shown).show_ui(ui, |ui| {
        for (focus, text) in &asked {
            ui.selectable_value(&mut chosen, Some(*focus), text);
        }
        ui.selectable_value(&mut chosen, None, "nothing");
    });
    response.response.labelled_by(label.id);
    if chosen != before {
        state.recommendation = Chosen::By(chosen);
    }
}

/// A concern with who flagged it and who did not.
fn said(ui: &mut Ui, scene: &Scene<'_>, point: &Point) {
    let tokens = scene.tokens;
    let concern = point.concern.and_then(|c| scene.w.project()?.codebook.get(c));
    ui.add_space(tokens.space.small);
    ui.horizontal_wrapped(|ui| {
        if let Some(concern) = concern {
            tag(ui, concern, tokens);
        }
        let name = concern.map_or("Untagged", |c| c.name.as_str());
        ui.label(RichText::new(name).color(tokens.ink));
        let differs = if point.differs.is_empty() { String::new() } else { format!(" ({})", point.differs.join(", ")) };
        let words = format!("{} {}{differs}", point.accord.sign(), point.accord.word());
        ui.label(RichText::new(words).strong().color(if point.is_open() { tokens.ink } else { tokens.quiet_ink }));
    });
    let mut lines: Vec<String> = point
        .said
        .iter()
        .map(|s| {
            let severity = s.severity.map(|s| s.word());
            let facts: Vec<&str> = severity.into_iter().chain(s.actions.iter().map(|a| a.word())).collect();
            let facts = if facts.is_empty() { "flagged it".to_owned() } else { facts.join(", ") };
            format!("{}: {facts}", scene.w.analyst_name(s.analyst))
        })
        .collect();
    if !point.silent.is_empty() {
        lines.push(format!("Looked and did not flag it: {}", names(scene, &point.silent)));
    }
    for line in lines {
        ui.add(Label::new(RichText::new(line).small().color(tokens.quiet_ink)).wrap());
    }
}

fn names(scene: &Scene<'_>, of: &[AnalystId]) -> String {
    of.iter().map(|a| scene.w.analyst_name(*a)).collect::<Vec<_>>().join(", ")
}

/// What a remark says.
fn words(ui: &mut Ui, scene: &Scene<'_>, a: &Annotation, who: &str) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(who).small().strong().color(tokens.ink));
        for concern in project.codebook.concerns.iter().filter(|c| a.concerns.contains(&c.id)) {
            tag(ui, concern, tokens);
        }
        let severity = a.severity.map(|s| capital(s.word()));
        let facts: Vec<String> = std::iter::once(kind_word(a.kind).to_owned()).chain(severity).collect();
        ui.label(RichText::new(facts.join(", ")).small().color(tokens.quiet_ink));
    });
    let font = FontId::new(tokens.size.body - 0.5, sans());
    if !a.note.trim().is_empty() {
        Words::new(&a.note, font, tokens.ink).rows(12).show(ui);
    }
    if let Some(r) = &a.recommendation {
        ui.add(Label::new(RichText::new(capital(&r.summary())).small().color(tokens.accent)).wrap());
    }
}

fn framed(ui: &mut Ui, scene: &mut Scene<'_>, add: impl FnOnce(&mut Ui, &mut Scene<'_>)) {
    let tokens = scene.tokens;
    let frame = Frame::new().fill(tokens.chrome_raised).stroke((1.0, tokens.chrome_line));
    frame.corner_radius(tokens.size.corner).inner_margin(Margin::symmetric(8, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui, scene);
    });
}

fn remark(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut DetailState, focus: Focus, taken: bool, several: bool) {
    let Some(a) = annotation(scene, focus) else { return };
    let who = scene.w.analyst_name(focus.analyst).to_owned();
    framed(ui, scene, |ui, scene| {
        words(ui, scene, a, &who);
        ui.horizontal_wrapped(|ui| {
            let edit = scene.w.can_edit();
            if taken {
                ui.label(RichText::new("\u{25cf} In the agreed set").small().color(scene.tokens.accent));
            } else if edit && named(ui, "Take", &format!("Take the remark of {who} into the agreed set")) {
                scene.run(Command::Curate(CurateCommand::Take(vec![focus])));
            }
            if named(ui, "Show", &format!("Show the remark of {who}")) {
                show_remark(scene, focus);
            }
            if several && edit {
                let mut join = !state.left_out.contains(&focus);
                let response = ui.tick(&mut join, "Join");
                let name = format!("Join the remark of {who}");
                response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, join, &name));
                if response.changed() && !state.left_out.remove(&focus) {
                    state.left_out.insert(focus);
                }
            }
        });
    });
}

fn team(ui: &mut Ui, scene: &mut Scene<'_>, of: &TeamRemark) {
    let Some(project) = scene.w.project() else { return };
    let focus = Focus { analyst: project.team(), annotation: of.id };
    let Some(a) = annotation(scene, focus) else { return };
    framed(ui, scene, |ui, scene| {
        let tokens = scene.tokens;
        words(ui, scene, a, "Agreed");
        let from: Vec<String> = a
            .made_of
            .keys()
            .map(|&(who, id)| {
                let gone = if project.annotation(who, id).is_none() { " (not here any more)" } else { "" };
                format!("{}{gone}", scene.w.analyst_name(who))
            })
            .collect();
        let from = format!("Made of remarks of {}", from.join(", "));
        ui.add(Label::new(RichText::new(from).small().color(tokens.quiet_ink)).wrap());
        if !of.stale.is_empty() {
            let mut who: Vec<AnalystId> = of.stale.iter().map(|f| f.analyst).collect();
            who.dedup();
            let said = format!("Changed since by {}", names(scene, &who));
            ui.add(Label::new(RichText::new(said).small().color(tokens.danger)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            if named(ui, "Show", "Show the agreed remark") {
                show_remark(scene, focus);
            }
            if !scene.w.can_edit() {
                return;
            }
            if !of.stale.is_empty() {
                if named(ui, "Make anew", "Make the agreed remark anew") {
                    scene.run(Command::Curate(CurateCommand::Renew(of.id)));
                }
                if named(ui, "Keep as it is", "Keep the agreed remark as it is") {
                    scene.run(Command::Curate(CurateCommand::Keep(of.id)));
                }
            }
            if named(ui, "Take out", "Take the agreed remark out") {
                scene.run(Command::Curate(CurateCommand::TakeOut(vec![of.id])));
            }
        });
    });
}

fn named(ui: &mut Ui, text: &str, name: &str) -> bool {
    let response = ui.small_button(text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// Goes to its words in the draft that is laid out, and opens its card.
fn show_remark(scene: &mut Scene<'_>, focus: Focus) {
    let draft = scene.w.matrix_draft(&scene.w.view().matrix).map(|d| d.id);
    let here = draft.and_then(|d| Some((d, annotation(scene, focus)?.anchor_in(d)?.range.start)));
    match here {
        Some((draft, offset)) => {
            scene.view(ViewCommand::GoTo { draft, offset });
            scene.view(ViewCommand::Focus(Some(focus)));
        }
        None => scene.view(ViewCommand::ShowAnnotation(focus)),
    }
}
