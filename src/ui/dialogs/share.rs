//! What is to leave for colleagues: whose annotations, which, how; with all that is in the file beside it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use eframe::egui::{self, Align, ComboBox, Id, Layout, PopupCloseBehavior, RichText, ScrollArea, Ui, vec2};

use super::share_account::AccountView;
use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::model::{Severity, Status};
use crate::ui::bars::count;
use crate::ui::scene::{Chosen, Scene};
use crate::ui::widgets::{Ticks, secret_field};
use crate::workspace::{Command, Passphrase, ShareChoices, ShareCommand, ShareWhich};

/// The width of the choices, in points.
const LEFT: f32 = 340.0;
/// What stands above and below the choices and the account, in points.
const AROUND: f32 = 292.0;
/// A passphrase of fewer characters is called short.
const SHORT: usize = 16;

const ENDING: &str = ".annotations.ron";
const SEALED: &str = ".age";

/// What has been chosen so far.
pub struct Share {
    choices: ShareChoices,
    /// What was last asked for, and at which revision.
    asked: Option<(u64, ShareChoices)>,
    encrypt: bool,
    typed: [String; 2],
    target: Target,
    /// The name that was proposed last.
    proposed: Option<PathBuf>,
    account: AccountView,
    shown: bool,
    /// What had the keyboard at the last look.
    focused: Option<Id>,
}

impl Share {
    pub fn new(scene: &Scene<'_>) -> Self {
        let own = scene.w.own_set().map(|s| s.analyst.id);
        let first = own.or_else(|| scene.w.analysts().first().map(|a| a.0));
        let choices = ShareChoices { analysts: first.into_iter().collect(), ..ShareChoices::default() };
        let mut share = Self {
            choices,
            asked: None,
            encrypt: false,
            typed: [String::new(), String::new()],
            target: Target::default(),
            proposed: None,
            account: AccountView::default(),
            shown: false,
            focused: None,
        };
        share.propose(scene);
        share
    }

    /// Proposes a name that says no more than the file does, unless somebody chose one.
    fn propose(&mut self, scene: &Scene<'_>) {
        if self.target.path() != self.proposed {
            self.target.with_ending(SEALED, self.encrypt);
            return;
        }
        let mut words = Vec::new();
        let one = scene.w.analysts().into_iter().filter(|a| self.choices.analysts.contains(&a.0)).map(|a| a.1);
        if self.choices.names {
            words.extend(scene.w.project().map(|p| p.details.title.clone()));
            words.extend(one.take(1).filter(|_| self.choices.analysts.len() == 1));
        } else {
            words.push("shared".to_owned());
        }
        let name = words.join(" ");
        let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let sealed = if self.encrypt { SEALED } else { "" };
        self.target.propose(&format!("{}{ENDING}{sealed}", parts.join("-").to_lowercase()));
        self.proposed = self.target.path();
    }

    fn whose(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        head(ui, scene, "Whose annotations");
        let analysts = scene.w.analysts();
        if analysts.is_empty() {
            ui.label("There are no annotations in this project yet");
        }
        for (id, name, count, _) in analysts {
            let you = if scene.w.is_own(id) { " (you)" } else { "" };
            let mut on = self.choices.analysts.contains(&id);
            let first = ui.tick(&mut on, format!("{name}{you}, {count}"));
            if !std::mem::replace(&mut self.shown, true) {
                first.request_focus();
            }
            toggle(&mut self.choices.analysts, id, on);
        }
    }

    fn which(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        head(ui, scene, "Which of them");
        let which = &mut self.choices.which;
        ui.choose(which, ShareWhich::All, "All");
        let listed = scene.w.can_share(ShareWhich::Listed).unwrap_or(0);
        ui.choose(which, ShareWhich::Listed, format!("Those in the annotation list ({listed})"));
        let found = scene.w.can_share(ShareWhich::Found).is_some();
        let question: String = scene.w.search().query.trim().chars().take(40).collect();
        let words = if found { format!("Those found by {question}") } else { "Those the search has found".to_owned() };
        ui.add_enabled_ui(found, |ui| ui.choose(which, ShareWhich::Found, words))
            .response
            .on_disabled_hover_text("Ask the search something first");
        let Some(project) = scene.w.project() else { return };
        let drafts: Vec<_> = project.drafts.iter().map(|d| (d.id, d.name().to_owned())).collect();
        let concerns: Vec<_> = project
            .codebook
            .tree()
            .iter()
            .map(|(depth, c)| (c.id, format!("{}{} {}", "   ".repeat(*depth), c.tag, c.name)))
            .collect();
        egui::Grid::new("which to share").num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
            several(ui, scene, "Only in drafts", "all", &drafts, &mut self.choices.drafts);
            several(ui, scene, "Only with concerns", "any", &concerns, &mut self.choices.concerns);
            let severities = Severity::ALL.map(|s| {
                (s, if s == Severity::Critical { s.word().to_owned() } else { format!("{} or worse", s.word()) })
            });
            one(ui, scene, "Only of severity", &severities, &mut self.choices.least);
            let statuses: Vec<_> = Status::ALL.iter().map(|s| (*s, s.word().to_owned())).collect();
            one(ui, scene, "Only of status", &statuses, &mut self.choices.status);
        });
    }

    fn how(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        let quiet = |ui: &mut Ui, text: &str| {
            ui.add(egui::Label::new(RichText::new(text).small().color(tokens.quiet_ink)).wrap());
        };
        head(ui, scene, "How");
        ui.tick(&mut self.choices.notes, "With notes, replies and recommendations");
        if !self.choices.notes {
            quiet(ui, "Only what is marked, its concerns, severity and status");
        }
        let mut masked = !self.choices.names;
        ui.tick(&mut masked, "Under pseudonyms");
        self.choices.names = !masked;
        if masked {
            quiet(ui, "The same in every file of this project from this machine");
        }
        let whole = !self.choices.restricts();
        let mut read = self.choices.read && whole;
        let enabled = ui.tick_box(whole, egui::Checkbox::new(&mut read, "With what has been read"));
        if enabled.on_disabled_hover_text("Only with whole sets").changed() {
            self.choices.read = read;
        }
        ui.tick(&mut self.encrypt, "Encrypt it to a passphrase");
        if !self.encrypt {
            return;
        }
        let [first, again] = &mut self.typed;
        ui.columns_const(|[left, right]| {
            secret_field(left, "Passphrase", first, tokens);
            secret_field(right, "The passphrase again", again, tokens);
        });
        if !again.is_empty() && first != again {
            ui.label(RichText::new("The two are not the same").color(tokens.danger));
        } else if !first.is_empty() && first.chars().count() < SHORT {
            quiet(ui, "Short ones can be guessed; four or five words that do not belong together cannot");
        } else {
            quiet(ui, "Tell it to your colleagues by another way than the file; without it nobody can open the file");
        }
    }

    /// Brings into sight what has come to have the keyboard, and the fields that have just come up.
    fn follow_keyboard(&mut self, ui: &Ui, encrypted: bool) {
        let focused = ui.memory(|m| m.focused());
        if focused != std::mem::replace(&mut self.focused, focused)
            && let Some(response) = focused.and_then(|id| ui.ctx().read_response(id))
            && ui.max_rect().x_range().contains(response.rect.center().x)
        {
            ui.scroll_to_rect(response.rect.expand(4.0), None);
        }
        if self.encrypt && !encrypted {
            ui.scroll_to_cursor(Some(Align::BOTTOM));
        }
    }

    fn passphrase_is_ready(&self) -> bool {
        let [first, again] = &self.typed;
        !self.encrypt || !first.is_empty() && first == again
    }

    /// Whether the name of the file names an analyst although the file does not.
    fn name_tells(&self, scene: &Scene<'_>) -> bool {
        let path = self.target.path();
        let name = path.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().to_lowercase());
        let Some(name) = name.filter(|_| !self.choices.names) else { return false };
        let tells = |analyst: &str| {
            let words = analyst.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
            words.map(str::to_lowercase).any(|word| name.contains(&word))
        };
        scene.w.analysts().iter().any(|(_, analyst, ..)| tells(analyst))
    }
}

impl Dialog for Share {
    fn title(&self) -> &str {
        "Share annotations"
    }

    fn width(&self) -> f32 {
        1060.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let height = (ui.ctx().content_rect().height() - AROUND).max(160.0);
        let before = (self.choices.clone(), self.encrypt);
        let now = (scene.w.revision(), self.choices.clone());
        let prepared = scene.w.prepared().cloned();
        let current = prepared.as_ref().filter(|p| (p.revision, &p.choices) == (now.0, &now.1));
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(LEFT, height), Layout::top_down(Align::Min), |ui| {
                ScrollArea::vertical().id_salt("what to share").max_height(height).auto_shrink([false, false]).show(
                    ui,
                    |ui| {
                        // All of it is to be seen at once in a small window.
                        ui.spacing_mut().item_spacing.y = 1.0;
                        ui.spacing_mut().interact_size.y = 25.0;
                        self.whose(ui, scene);
                        self.which(ui, scene);
                        self.how(ui, scene);
                        ui.add_space(tokens.space.small);
                        self.follow_keyboard(ui, before.1);
                    },
                );
            });
            ui.add_space(tokens.space.medium);
            ui.vertical(|ui| {
                let said = match current {
                    Some(p) if p.account.sets.is_empty() => "Nothing passes what was chosen".to_owned(),
                    Some(p) => {
                        let kept = p.account.left_behind;
                        let behind = if kept == 0 { String::new() } else { format!(", {kept} stay behind") };
                        let replies = match p.account.replies {
                            0 => String::new(),
                            replies => format!(" and {}", count(replies, "reply", "replies")),
                        };
                        let annotations = count(p.account.annotations, "annotation", "annotations");
                        format!("{annotations}{replies} in the file{behind}")
                    }
                    None => "Preparing…".to_owned(),
                };
                ui.label(RichText::new(said).color(tokens.ink));
                if let Some(prepared) = &prepared {
                    self.account.show(ui, scene, prepared, height - 26.0);
                }
            });
        });
        if self.asked.as_ref() != Some(&now) {
            self.asked = Some(now.clone());
            scene.run(Command::Share(ShareCommand::Prepare(Box::new(now.1.clone()))));
        }
        if (&before.0, before.1) != (&self.choices, self.encrypt) {
            self.propose(scene);
        }
        self.target.show(ui, scene);
        if self.name_tells(scene) {
            ui.label(RichText::new("The name of the file names an analyst").color(tokens.danger));
        }
        // What is written is what is shown.
        let shown = current.is_some_and(|p| !p.account.sets.is_empty() && p.choices == self.choices);
        let ready = shown && self.passphrase_is_ready() && self.target.path().is_some();
        let action = if self.encrypt { "Write the encrypted file" } else { "Write the file" };
        match buttons(ui, scene, action, ready, false) {
            Some(true) => {
                let Some(path) = self.target.path() else { return Flow::Stay };
                let typed = std::mem::take(&mut self.typed).into_iter().next().unwrap_or_default();
                let passphrase = Passphrase::new(typed).filter(|_| self.encrypt);
                scene.run(Command::Share(ShareCommand::Write { path, passphrase }));
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }

    fn chosen(&mut self, chosen: Chosen) {
        self.target.chosen(&chosen);
    }

    fn leave(&mut self, scene: &mut Scene<'_>) {
        scene.run(Command::Share(ShareCommand::PutAway));
    }
}

fn head(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    ui.add_space(scene.tokens.space.small);
    ui.label(RichText::new(name).small().color(scene.tokens.quiet_ink));
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, item: T, on: bool) {
    if on {
        set.insert(item);
    } else {
        set.remove(&item);
    }
}

/// A box in which several can be ticked; none stands for all.
fn several<T: Ord + Copy>(
    ui: &mut Ui,
    scene: &Scene<'_>,
    label: &str,
    none: &str,
    all: &[(T, String)],
    set: &mut BTreeSet<T>,
) {
    let name = ui.label(RichText::new(label).small().color(scene.tokens.quiet_ink));
    let mut ticked = all.iter().filter(|(id, _)| set.contains(id)).map(|(_, name)| name.trim());
    let shown = match (set.len(), ticked.next()) {
        (0, _) | (_, None) => none.to_owned(),
        (1, Some(only)) => only.chars().take(24).collect(),
        (several, Some(_)) => format!("{several} of them"),
    };
    ComboBox::from_id_salt(label)
        .width(190.0)
        .selected_text(shown)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            for (id, name) in all {
                let mut on = set.contains(id);
                ui.tick(&mut on, name);
                toggle(set, *id, on);
            }
        })
        .response
        .labelled_by(name.id);
    ui.end_row();
}

fn one<T: PartialEq + Copy>(
    ui: &mut Ui,
    scene: &Scene<'_>,
    label: &str,
    choices: &[(T, String)],
    value: &mut Option<T>,
) {
    let name = ui.label(RichText::new(label).small().color(scene.tokens.quiet_ink));
    let shown = value.and_then(|v| choices.iter().find(|(c, _)| *c == v)).map_or("any", |(_, text)| text.as_str());
    ComboBox::from_id_salt(label)
        .width(190.0)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            ui.selectable_value(value, None, "any");
            for (choice, text) in choices {
                ui.selectable_value(value, Some(*choice), text);
            }
        })
        .response
        .labelled_by(name.id);
    ui.end_row();
}
