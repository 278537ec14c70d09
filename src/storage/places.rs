//! Where the user's own files are outside any project.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The environment variable that names one folder for everything: for tests, and for a program carried on a stick.
pub const HOME_VARIABLE: &str = "TRAVAUX_HOME";

/// The folder of the user's settings: `TRAVAUX_HOME/config` where that variable is set, else what the system uses
/// (`~/.config/travaux`, `%APPDATA%\Travaux`, `~/Library/Application Support/Travaux`). None where the system has no
/// home folder for this user.
pub fn config_folder() -> Option<PathBuf> {
    portable().map(|home| home.join("config")).or_else(|| Some(system()?.config_dir().to_path_buf()))
}

/// The folder of the user's data, such as sample projects: `TRAVAUX_HOME/data`, else what the system uses.
pub fn data_folder() -> Option<PathBuf> {
    portable().map(|home| home.join("data")).or_else(|| Some(system()?.data_dir().to_path_buf()))
}

/// Where copies of the sample projects go in a user's data folder.
pub fn samples_folder(data: &Path) -> PathBuf {
    data.join("samples")
}

fn portable() -> Option<PathBuf> {
    std::env::var_os(HOME_VARIABLE).filter(|home| !home.is_empty()).map(PathBuf::from)
}

fn system() -> Option<ProjectDirs> {
    ProjectDirs::from("", "Travaux", "Travaux")
}
