//! The user's own settings, which belong to no project.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{self, SystemDisk};
use super::error::{StorageError, io_error};
use super::format::FORMAT;
use super::ron_text::{self, NotRead};
use crate::model::{Analyst, AnalystId};

const FILE: &str = "settings.ron";

/// How many recent projects are remembered.
pub const MOST_RECENT: usize = 12;

/// The largest settings file that is read, in bytes, and the most panels whose width is remembered.
const LARGEST: u64 = 1_000_000;
const MOST_PANELS: usize = 200;

/// Which colors to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark words on light paper.
    Light,
    /// Light words on dark paper.
    Dark,
}

/// What the user has chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Who works here; none until asked.
    pub analyst: Option<Analyst>,
    /// Folders of projects, the latest first; at most [`MOST_RECENT`] are kept.
    pub recent: Vec<PathBuf>,
    /// Which colors.
    pub theme: Theme,
    /// The size of the page's text, in points.
    pub text_size: f32,
    /// Sizes of panels, and whatever else the screen wants to remember, by name.
    pub panels: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { analyst: None, recent: Vec::new(), theme: Theme::System, text_size: 18.0, panels: BTreeMap::new() }
    }
}

/// The file, format 1. Whatever is missing in it, or is new in a later version, does no harm.
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct SettingsV1 {
    format: u32,
    analyst: Option<AnalystV1>,
    recent: Vec<String>,
    theme: Theme,
    text_size: f32,
    panels: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct AnalystV1 {
    id: AnalystId,
    name: String,
}

impl Default for SettingsV1 {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

impl Settings {
    /// The settings kept in a folder. Where there are none, the usual ones; where they cannot be read, the usual ones
    /// and a sentence that says why. A damaged file is kept beside the new one.
    pub fn load(folder: &Path) -> (Self, Option<String>) {
        let path = folder.join(FILE);
        let bytes = match fs::metadata(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return (Self::default(), None),
            Ok(metadata) if metadata.len() > LARGEST => {
                let complaint =
                    format!("The settings were left alone, since the file is far too large: {}", path.display());
                return (Self::default(), Some(complaint));
            }
            _ => fs::read(&path),
        };
        let read = bytes.map_err(|e| io_error("read the settings", &path)(e).to_string()).and_then(|bytes| {
            let text = ron_text::utf8(bytes).map_err(NotRead::from);
            let read = text.and_then(|text| Ok(ron_text::read::<SettingsV1>(&text)?));
            read.map_err(|why| {
                let place = match why {
                    NotRead::Damaged(fault) => {
                        format!(" at line {}, column {} ({})", fault.line, fault.column, fault.message)
                    }
                    NotRead::Newer(_) => String::new(),
                };
                // The next change of a setting replaces the file; what stood in it stays beside it.
                let kept = fs::copy(&path, folder.join("settings (damaged).ron")).map_or("", |_| ", a copy is kept");
                format!("The settings are damaged{place} and the usual ones are used{kept}: {}", path.display())
            })
        });
        match read {
            Ok(settings) => (settings.settings(), None),
            Err(complaint) => (Self::default(), Some(complaint)),
        }
    }

    /// Keeps the settings in a folder, in one step.
    ///
    /// # Errors
    /// [`StorageError::Io`].
    pub fn save(&self, folder: &Path) -> Result<(), StorageError> {
        let path = folder.join(FILE);
        let text = super::checkpoint::written(ron_text::write(&SettingsV1::of(self), 2), FILE)?;
        let saved =
            disk::create_dirs(&SystemDisk, folder).and_then(|()| disk::replace(&SystemDisk, &path, text.as_bytes()));
        saved.map_err(io_error("keep the settings", &path))
    }

    /// Puts a project at the head of the recent ones.
    pub fn remember(&mut self, project: &Path) {
        self.recent.retain(|r| r != project);
        self.recent.insert(0, project.to_path_buf());
        self.recent.truncate(MOST_RECENT);
    }
}

impl SettingsV1 {
    fn of(settings: &Settings) -> Self {
        let recent = settings.recent.iter().take(MOST_RECENT);
        Self {
            format: FORMAT,
            analyst: settings.analyst.as_ref().map(|a| AnalystV1 { id: a.id, name: a.name.clone() }),
            recent: recent.map(|p| p.to_string_lossy().into_owned()).collect(),
            theme: settings.theme,
            text_size: settings.text_size,
            panels: settings.panels.clone(),
        }
    }

    fn settings(self) -> Settings {
        let usual = Settings::default();
        let text_size = if self.text_size.is_finite() { self.text_size.clamp(6.0, 96.0) } else { usual.text_size };
        Settings {
            analyst: self.analyst.map(|a| Analyst { id: a.id, name: a.name }),
            recent: self.recent.into_iter().take(MOST_RECENT).map(PathBuf::from).collect(),
            theme: self.theme,
            text_size,
            panels: self.panels.into_iter().take(MOST_PANELS).collect(),
        }
    }
}
