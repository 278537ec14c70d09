//! What every part of the window is handed: the workspace to read, the look, and a place for wishes.

use std::path::PathBuf;

use crate::workspace::{Command, Question, ViewCommand, Workspace};

use super::theme::Tokens;

/// Something the screen wants done after the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A command for the workspace.
    Run(Command),
    /// A dialog of ours.
    Ask(Question),
    /// A dialog of the desktop.
    Choose(Choice),
    /// A file or folder for the program that the system has for it.
    OpenOutside(PathBuf),
    /// Text for the clipboard.
    Copy(String),
    /// The page gets the keyboard.
    FocusPage,
    /// The program ends.
    Quit,
}

/// What a dialog of the desktop is for; its answer goes to the field that asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// A folder, for the field with this name.
    Folder(&'static str),
    /// One or several files, for the field with this name; with the endings offered.
    Files(&'static str, Vec<&'static str>),
    /// A file to write, for the field with this name; with the name proposed.
    Save(&'static str, String),
}

/// What a dialog of the desktop answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The field that asked.
    pub field: &'static str,
    /// What was chosen.
    pub paths: Vec<PathBuf>,
}

/// Handed to every part of the window.
pub struct Scene<'a> {
    /// The workspace, to read.
    pub w: &'a Workspace,
    /// The look.
    pub tokens: &'static Tokens,
    /// What is wished for in this frame.
    pub wishes: Vec<Wish>,
}

impl<'a> Scene<'a> {
    /// A scene with no wishes yet.
    pub fn new(w: &'a Workspace, tokens: &'static Tokens) -> Self {
        Self { w, tokens, wishes: Vec::new() }
    }

    /// Wishes for a command.
    pub fn run(&mut self, command: Command) {
        self.wishes.push(Wish::Run(command));
    }

    /// Wishes for another view.
    pub fn view(&mut self, command: ViewCommand) {
        self.run(Command::View(command));
    }

    /// Wishes for a dialog.
    pub fn ask(&mut self, question: Question) {
        self.wishes.push(Wish::Ask(question));
    }
}
