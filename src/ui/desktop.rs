//! The desktop's own dialogs, and opening files with other programs. The only file that knows `rfd` and
//! `opener`.
//!
//! A dialog blocks, so it runs on a thread of the workspace; where the desktop has none (no portal, no zenity) it
//! answers at once with nothing, which is why every dialog of ours has a field for the path beside the button.

use std::path::{Path, PathBuf};

use super::scene::{Choice, Chosen};

/// Asks and waits for the answer; nothing where the person canceled or the desktop has no dialogs.
pub fn choose(choice: &Choice) -> Chosen {
    let dialog = rfd::FileDialog::new();
    match choice {
        Choice::Folder(field) => {
            Chosen { field, paths: dialog.set_title("Choose a folder").pick_folder().into_iter().collect() }
        }
        Choice::Files(field, endings) => {
            let dialog = dialog.set_title("Choose files");
            let dialog = if endings.is_empty() {
                dialog
            } else {
                dialog.add_filter("Files Travaux reads", endings).add_filter("All files", &["*"])
            };
            Chosen { field, paths: dialog.pick_files().unwrap_or_default() }
        }
        Choice::Save(field, name) => {
            let saved = dialog.set_title("Write to").set_file_name(name).save_file();
            Chosen { field, paths: saved.into_iter().collect() }
        }
    }
}

/// Opens a file or a folder with the program that the system has for it. It may take its time, so it belongs on a thread.
///
/// # Errors
/// One sentence with the path.
pub fn open(path: &Path) -> Result<(), String> {
    opener::open(path).map_err(|error| {
        let why = error.to_string();
        let why = why.lines().next().unwrap_or_default();
        format!("No program could be started for this ({why}): {}", path.display())
    })
}

/// Where the user's documents are, to start from.
pub fn documents() -> PathBuf {
    directories::UserDirs::new()
        .and_then(|dirs| dirs.document_dir().map(PathBuf::from).or_else(|| Some(dirs.home_dir().to_owned())))
        .unwrap_or_else(|| PathBuf::from("."))
}
