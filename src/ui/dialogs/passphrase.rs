//! The passphrase of a colleague's encrypted file.

use std::path::PathBuf;

use eframe::egui::{Key, Label, RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::scene::Scene;
use crate::ui::widgets::secret_field;
use crate::workspace::{ColleagueCommand, Command, Passphrase, SealedFile};

/// What has been typed so far.
pub struct AskPassphrase {
    path: PathBuf,
    refused: bool,
    typed: String,
    shown: bool,
    given: bool,
}

impl AskPassphrase {
    pub fn new(file: &SealedFile) -> Self {
        Self { path: file.path.clone(), refused: file.refused, typed: String::new(), shown: false, given: false }
    }
}

impl Dialog for AskPassphrase {
    fn title(&self) -> &str {
        "Open an encrypted file"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let name = self.path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let about = format!("{name} is encrypted; its passphrase is used to read it and then forgotten");
        ui.add(Label::new(RichText::new(about).color(tokens.quiet_ink)).wrap());
        ui.add_space(tokens.space.small);
        let field = secret_field(ui, "Passphrase", &mut self.typed, tokens);
        if !std::mem::replace(&mut self.shown, true) {
            field.request_focus();
        }
        if self.refused && self.typed.is_empty() {
            ui.label(RichText::new("This passphrase does not open it").color(tokens.danger));
        }
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        let ready = !self.typed.is_empty();
        let answer = buttons(ui, scene, "Open", ready, false);
        if (entered && ready || answer == Some(true))
            && let Some(passphrase) = Passphrase::new(std::mem::take(&mut self.typed))
        {
            self.given = true;
            let path = self.path.clone();
            scene.run(Command::Colleague(ColleagueCommand::Unseal { path, passphrase, reported: false }));
            return Flow::Close;
        }
        if answer == Some(false) { Flow::Close } else { Flow::Stay }
    }

    fn leave(&mut self, scene: &mut Scene<'_>) {
        if !self.given {
            scene.run(Command::Colleague(ColleagueCommand::LeaveSealed(self.path.clone())));
        }
    }
}
