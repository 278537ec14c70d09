//! Travaux: a desktop workbench for the people who read treaty drafts.
//!
//! *Travaux préparatoires* are the papers a treaty is drafted in. The program opens successive drafts of an instrument,
//! lets analysts highlight clauses, tag them with concerns and say what should change, and searches across all drafts.
//! This page is the map of the code; each folder's `mod.rs` says what it is for and what it must not know.
//!
//! # Six sentences
//!
//! 1. A draft's text never changes after import: immutable text, an outline over it, annotations pointing into it.
//! 2. Everything that changes is a [`model::Project`], and the only way to change it is a [`model::Edit`], whose
//!    [`apply`](model::Project::apply) returns its inverse. Undo, the journal on disk and the tests are made of edits.
//! 3. The screen reads a [`workspace::Workspace`] and pushes [`workspace::Command`]s; it never mutates. The command line
//!    pushes the same commands.
//! 4. Imports go downward only, and `tests/floors.rs` enforces it, since one package has no crate walls.
//! 5. What can be many is a table: importers, exporters, panels, dialogs and actions each live in one file and are listed
//!    on one line.
//! 6. Nothing an analyst wrote is ever dropped: what cannot be placed is shown as lost and waits for a person.
//!
//! # The floors
//!
//! | floor | folder | what |
//! |---|---|---|
//! | 0 | [`model`] | what a project is: plain data and its edits |
//! | 1 | [`outline`] | recognizes provisions, blocks and negotiating marks in a text |
//! | 1 | [`citation`] | citations as people type them, resolved against an outline, printed as houses write them; commentaries into suggestions |
//! | 1 | [`reconcile`] | finds a remark's words in a copy of the draft made from another file |
//! | 1 | [`lens`] | what a text says by its choice of words: how far it binds, which terms it defines and uses |
//! | 1 | [`search`] | the tantivy index over drafts and notes, a disposable cache |
//! | 1 | [`import`] | other people's files in: one file per format, one table |
//! | 1 | [`export`] | files out: one file per format, one table |
//! | 1 | [`storage`] | our own files: project folder, journal, lock, backups, settings, the annotation file |
//! | 2 | [`workspace`] | the running application without a screen: history, view, tasks, commands |
//! | 3 | [`cli`] | subcommands over the workspace |
//! | 3 | [`ui`] | the window over the workspace, with [`ui::reader`] as its heart |
//!
//! Folders of floor 1 do not import each other; the workspace ties them. `egui` stands only in `ui` and `main`, `tantivy`
//! only in `search`, `typst` only in `export/paper/pdf`, `rfd` only in `ui/desktop.rs`, files only in `import`, `export`
//! and `storage`, threads only in `workspace/tasks.rs`; the clock and new ids come from [`workspace::Surroundings`].
//!
//! # The life of a click
//!
//! ```text
//! click or subcommand -> Command -> Workspace::run -> Edit(s) -> Project::apply -> inverse -> History
//!                                       |                           `-> journal on disk (synced) before the screen
//!                                       |-> task -> named thread -> Outcome -> Workspace::receive -> Edit(s)
//!                                       `-> view move (selection, open draft, scroll wish)
//! ui reads &Workspace <- revision += 1; derived caches are keyed by revision
//! ```
//!
//! Every error ends once, in [`workspace::Notices`], as a sentence for a person.
//!
//! # On disk
//!
//! ```text
//! my-convention/
//!   project.ron                          title, instrument, drafts in order, format version
//!   codebook.ron
//!   searches.ron                         the searches the team keeps, where there are any
//!   submissions.ron                      the submissions the team keeps, where there are any
//!   submissions/                         the files they use: logos, style templates
//!   drafts/<slug>/{text.txt, outline.ron, printed.ron, source.<ext>}
//!   commentaries/<slug>/{text.txt, commentary.ron, source.<ext>}
//!   annotations/<analyst>.annotations.ron  one per analyst, self-contained: it can be mailed as it is
//!   .travaux/                            this machine only: journal, index, lock, backups, what was looked at
//! ```
//!
//! Structs on disk are versioned and apart from the model (`storage/format`); old versions open for ever
//! (`tests/compat`). Saves are temp + sync + rename.
//!
//! # Where to add what
//!
//! * A format to read: a file in `import/`, a line in [`import::IMPORTERS`], a golden case in `tests/import/`.
//! * Annotations of another program to read: a file in `import/annotations/`, a line in
//!   [`import::annotations::ANNOTATION_IMPORTERS`], a round trip or a sample in `tests/exchange.rs`.
//! * A format to write: a file in `export/`, a line in [`export::EXPORTERS`], a golden file in `tests/export/`.
//! * A format of submissions: a file or folder in `export/paper/`, a line in [`export::paper::PAPER_FORMATS`], a golden
//!   file; `tests/report_formats.rs` wants the same words out of every format.
//! * An action: a line in [`workspace::ACTIONS`]; its key, menu and palette entry follow. What it does is a
//!   [`workspace::Command`] with its handler in `workspace/run/`, or a dialog in `ui/dialogs/`.
//! * A page of the side panel: a variant of [`workspace::Panel`], a file in `ui/panels/`, a line in its table.
//! * An axis of the matrix: a variant of [`workspace::Axis`], an arm in `workspace/matrix/axes.rs`.
//! * A fixed word of submissions, in six languages: a row in `workspace/submission/phrases.rs`. A template for them: an entry
//!   in `assets/submissions/templates.ron`.
//! * A language of treaties: a line in `outline/words.rs`.
//!
//! # Tests by floor
//!
//! | where | what |
//! |---|---|
//! | in each file | small pure functions, literal cases |
//! | `tests/floors.rs` | import direction, confinement of crates, folder docs |
//! | `tests/model.rs` | apply then inverse is the identity; laws of outlines |
//! | `tests/import.rs`, `tests/export.rs` | golden outlines and files; any bytes never panic |
//! | `tests/report_formats.rs`, `tests/report_import.rs` | any words come out of every format of a paper as they went in |
//! | `tests/commentary.rs` | sentences of analyses give these suggestions; a golden file of a whole one |
//! | `tests/search.rs` | a query over a sample gives these citations; search agrees with a scan |
//! | `tests/storage.rs`, `tests/crash.rs` | save and load; a crash at every step loses nothing; old versions open |
//! | `tests/workspace.rs` | scripts of commands give a state; every command undoes |
//! | `tests/reader.rs`, `tests/ui.rs` | the page and whole journeys through the accessibility tree |
//! | `tests/sharing.rs` | no more leaves than was chosen and laid out; nothing that stays behind is lost at the other end |
//! | `tests/cli.rs` | the built program, its output and exit codes |

pub mod citation;
pub mod cli;
pub mod export;
pub mod import;
pub mod lens;
pub mod model;
pub mod outline;
pub mod reconcile;
pub mod search;
pub mod storage;
pub mod ui;
pub mod workspace;
