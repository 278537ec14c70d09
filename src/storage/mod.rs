//! Our own files: a project's folder, its journal, lock and backups; the shared annotation file; the user's settings.
//!
//! Must not know: the window, threads, the search index, other people's formats, how a text is read or a remark carried.
//! Imports only [`crate::model`]. Reads no clock: times are handed in, or are those of files.
//!
//! What holds at every moment, also when the program is killed between two operations:
//!
//! * every step that [`Store::record`] has confirmed is on the disk, in the journal or in the files;
//! * every file is an old state or a new one, whole; the journal over either makes the same project;
//! * nothing an analyst or another program wrote is overwritten without a copy being kept.

mod annotation_file;
mod backups;
mod checkpoint;
#[doc(hidden)]
pub mod disk;
mod draft_folder;
mod error;
mod format;
mod journal;
mod kept;
mod known;
mod layout;
mod lock;
mod open;
mod places;
mod pseudonyms;
mod read;
mod ron_text;
mod sample;
mod sealed;
mod settings;
mod starter;
mod store;
mod text_folder;

#[doc(hidden)]
pub use annotation_file::read_shared_bytes;
pub use annotation_file::{
    SharedDraft, SharedSet, export_annotation_file, read_annotation_file, read_annotation_file_at, read_shared_file,
    read_shared_file_at, write_annotation_file, write_shared_file,
};
pub use backups::{restore, set_aside};
pub use checkpoint::{Checkpoint, Written};
pub use error::{BackupOffer, StorageError};
pub use kept::read_within;
pub use layout::is_project;
pub use lock::Holder;
pub use open::{Opened, create, create_on, open, open_on};
pub use places::{HOME_VARIABLE, config_folder, data_folder, samples_folder};
pub use pseudonyms::PseudonymBook;
pub use sample::copy_sample;
pub use sealed::{Passphrase, Unopened, is_sealed, seal};
pub use settings::{MOST_RECENT, Settings, Theme};
pub use starter::built_in_codebook;
pub use store::Store;
