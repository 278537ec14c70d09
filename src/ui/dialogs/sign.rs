//! The analyst's name, asked once, before the first remark.

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Scene, Wish};
use crate::ui::widgets::text_field;
use crate::workspace::{Command, ProjectCommand, ViewCommand};

/// What has been typed so far, and what waits for it.
pub struct Sign {
    name: String,
    then: Command,
    first: bool,
}

impl Sign {
    /// Asks, then runs the command.
    pub fn new(then: Command) -> Self {
        Self { name: String::new(), then, first: true }
    }
}

impl Dialog for Sign {
    fn title(&self) -> &str {
        "Who is writing?"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let quiet = "Your name stands beside your remarks and in the files you send. It is asked once, kept on this machine, and can be changed in the settings";
        ui.label(RichText::new(quiet).color(scene.tokens.quiet_ink));
        let field = text_field(ui, "Your name", "Name or role", &mut self.name, scene.tokens);
        if std::mem::take(&mut self.first) {
            field.request_focus();
        }
        match buttons(ui, scene, "Keep and go on", !self.name.trim().is_empty(), true) {
            Some(true) => {
                scene.run(Command::Project(ProjectCommand::SetAnalyst(self.name.clone())));
                scene.run(self.then.clone());
                if matches!(self.then, Command::Annotate(_)) {
                    scene.view(ViewCommand::Select(None));
                    scene.wishes.push(Wish::FocusPage);
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}
