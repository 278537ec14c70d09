//! The sample project that ships inside the program.

/// The name of its folder in the user's data folder.
pub const FOLDER: &str = "model-convention";

/// Its files, by their path inside the folder.
pub const FILES: &[(&str, &[u8])] = &[];
