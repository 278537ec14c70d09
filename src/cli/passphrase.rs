//! A passphrase on the command line: in a file or on standard input, never among the arguments, which others can see.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::workspace::{Passphrase, read_utf8};

/// Where the passphrase stands.
#[derive(Args, Debug, Default)]
pub struct PassphraseArgument {
    /// A file whose first line is the passphrase of an encrypted file; - for standard input
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

impl PassphraseArgument {
    /// The passphrase, if one is to be read.
    ///
    /// # Errors
    /// Where it cannot be read, or is empty.
    pub fn read(&self) -> Result<Option<Passphrase>, String> {
        let Some(path) = &self.passphrase_file else { return Ok(None) };
        let text = if path == Path::new("-") {
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line);
            read.map_err(|e| format!("the passphrase cannot be read from standard input: {e}"))?;
            line
        } else {
            read_utf8(path)?
        };
        let line = text.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let phrase = Passphrase::new(line.to_owned());
        phrase.map(Some).ok_or_else(|| format!("the passphrase is empty: {}", path.display()))
    }
}
