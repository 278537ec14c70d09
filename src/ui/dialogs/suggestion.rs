//! A suggestion of a commentary before it becomes an annotation: where it stands, what it says, what it asks.

use std::collections::BTreeSet;

use eframe::egui::{self, Button, ComboBox, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::{AnnotationKind, CommentaryId, ConcernId, ProvisionIndex, Severity, SuggestionKey};
use crate::ui::cards::{capital, kind_word, recommendation_fields};
use crate::ui::scene::Scene;
use crate::ui::widgets::{labelled, tag, text_area};
use crate::workspace::{Command, CommentaryCommand, Edited, SuggestedNote};

/// Provisions offered.
const MOST: usize = 5;

/// As it is to be.
pub struct Edit {
    which: Option<(CommentaryId, SuggestionKey)>,
    edited: Edited,
    /// The citation as typed.
    place: String,
    first: bool,
}

impl Edit {
    pub fn new(scene: &Scene<'_>) -> Self {
        let key = scene.w.view().suggestion.clone();
        let which = scene.w.beside().map(|c| c.id).zip(key);
        let note = which.as_ref().and_then(|(id, key)| Some(scene.w.reviews().get(*id)?.get(key)?.0));
        let edited = note.map_or_else(nothing, as_suggested);
        let place = match (edited.provision, scene.w.draft(), note) {
            (Some(provision), Some(draft), _) => scene.w.cited(&draft.outline.citation(provision)),
            (_, _, Some(note)) => scene.w.cited(&note.key.citation),
            _ => String::new(),
        };
        Self { which, edited, place, first: true }
    }

    /// Where it is to stand: a citation, with what it can mean.
    fn place(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        let field = labelled(ui, "Stands on", tokens, |ui| {
            ui.add(
                egui::TextEdit::singleline(&mut self.place).hint_text("such as 23(2)(c)").desired_width(f32::INFINITY),
            )
        });
        if std::mem::take(&mut self.first) {
            field.request_focus();
        }
        if field.changed() {
            self.edited.provision = None;
        }
        let found = scene.w.suggest_provisions(&self.place, MOST);
        if self.edited.provision.is_none() && field.changed() {
            self.edited.provision = scene.w.draft().and_then(|d| only(&found, d, &self.place, scene));
        }
        match self.edited.provision {
            Some(provision) => {
                let Some(draft) = scene.w.draft() else { return };
                let heading = draft.outline.ancestors(provision).find_map(|i| draft.outline.get(i)?.heading.clone());
                let citation = scene.w.cited(&draft.outline.citation(provision));
                let line = heading.map_or_else(|| citation.clone(), |h| format!("{citation}, {h}"));
                ui.add(egui::Label::new(RichText::new(line).small().color(tokens.quiet_ink)).truncate());
            }
            None if found.is_empty() => {
                let draft = scene.w.draft().map_or("the draft", |d| d.name());
                let text = format!("This is not in {draft}; type the provision it is to stand on");
                ui.label(RichText::new(text).small().color(tokens.danger));
            }
            None => {
                ui.label(RichText::new("Choose where it is to stand").small().color(tokens.danger));
                for s in found {
                    let text = format!("{}  {}", s.citation, s.words);
                    if ui.add(Button::new(RichText::new(text).small()).truncate()).clicked() {
                        self.edited.provision = Some(s.provision);
                        self.place = s.citation;
                    }
                }
            }
        }
    }

    fn concerns(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(project) = scene.w.project() else { return };
        let tokens = scene.tokens;
        ui.label(RichText::new("Concerns").small().color(tokens.quiet_ink));
        let mut off: Option<ConcernId> = None;
        for concern in self.edited.concerns.iter().filter_map(|&c| project.codebook.get(c)) {
            ui.horizontal(|ui| {
                tag(ui, concern, tokens);
                ui.label(&concern.name);
                let button = ui.small_button("Take off");
                let name = format!("Take off {}", concern.name);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.clicked() {
                    off = Some(concern.id);
                }
            });
        }
        if let Some(off) = off {
            self.edited.concerns.remove(&off);
        }
        let mut taken: Option<ConcernId> = None;
        ComboBox::from_id_salt("add a concern")
            .width(160.0)
            .selected_text("Add a concern")
            .height(260.0)
            .show_ui(ui, |ui| {
                let open = project.codebook.tree().into_iter().filter(|(_, c)| !c.retired);
                for (depth, concern) in open.filter(|(_, c)| !self.edited.concerns.contains(&c.id)) {
                    let name = format!("{}{}", "  ".repeat(depth), concern.name);
                    ui.selectable_value(&mut taken, Some(concern.id), name);
                }
            })
            .response
            .accessible_name("Add a concern");
        self.edited.concerns.extend(taken);
    }

    fn kind_and_severity(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for kind in [AnnotationKind::Remark, AnnotationKind::Absence] {
                let on = self.edited.kind == kind;
                let button = Button::selectable(on, RichText::new(kind_word(kind)).small()).frame_when_inactive(true);
                if ui.add(button).clicked() {
                    self.edited.kind = kind;
                }
            }
            ui.add_space(tokens.space.medium);
            ui.label(RichText::new("Severity").small().color(tokens.quiet_ink));
            for severity in Severity::ALL {
                let on = self.edited.severity == Some(severity);
                let text = RichText::new(capital(severity.word())).small();
                if ui.add(Button::selectable(on, text).frame_when_inactive(true)).clicked() {
                    self.edited.severity = (!on).then_some(severity);
                }
            }
        });
    }
}

impl Dialog for Edit {
    fn title(&self) -> &str {
        "Edit and accept"
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let Some((id, key)) = self.which.clone() else { return Flow::Close };
        let height = (ui.ctx().content_rect().height() - 260.0).max(160.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            self.place(ui, scene);
            let hint = "What is wrong here, and why it matters";
            text_area(ui, "Note", hint, &mut self.edited.note, 4, scene.tokens);
            self.concerns(ui, scene);
            self.kind_and_severity(ui, scene);
            recommendation_fields(ui, scene.tokens, &mut self.edited.recommendation);
        });
        let ready = self.edited.provision.is_some() && scene.w.can_edit();
        match buttons(ui, scene, "Accept as edited", ready, true) {
            Some(true) => {
                let edited = Box::new(self.edited.clone());
                scene.run(Command::Commentary(CommentaryCommand::AcceptAs { id, key, edited }));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

fn nothing() -> Edited {
    Edited {
        provision: None,
        kind: AnnotationKind::Remark,
        concerns: BTreeSet::new(),
        severity: None,
        note: String::new(),
        recommendation: None,
    }
}

fn as_suggested(note: &SuggestedNote) -> Edited {
    Edited {
        provision: note.meaning.one(),
        kind: note.kind,
        concerns: note.concerns.iter().map(|t| t.concern).collect(),
        severity: None,
        note: note.note.clone(),
        recommendation: note.recommendation.clone(),
    }
}

/// The provision that is meant by what was typed, where it is the only one.
fn only(
    found: &[crate::workspace::Suggestion],
    draft: &crate::model::Draft,
    typed: &str,
    scene: &Scene<'_>,
) -> Option<ProvisionIndex> {
    let exact = found.iter().find(|s| {
        let citation = draft.outline.citation(s.provision);
        let same = |words: String| words.to_lowercase() == typed.trim().to_lowercase();
        same(s.citation.clone()) || same(citation.to_string()) || same(scene.w.cited_within(&citation))
    });
    exact.or(if let [one] = found { Some(one) } else { None }).map(|s| s.provision)
}
