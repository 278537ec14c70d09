//! Reading a project's folder: what its files say, then the journal over it.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::annotation_file;
use super::checkpoint::{Changes, Gone};
use super::disk::Disk;
use super::error::{BackupOffer, StorageError, io_error};
use super::format::FORMAT;
use super::format::codebook::CodebookV1;
use super::format::commentaries::CommentaryV1;
use super::format::outline::OutlineV1;
use super::format::printed::PrintedV1;
use super::format::project::ProjectV1;
use super::format::searches::SearchesV1;
use super::format::steps::StepV1;
use super::format::submissions::SubmissionsV1;
use super::journal::{self, Found};
use super::known::{Fingerprint, Known};
use super::ron_text::{self, Fault, MAX_BYTES, NotRead};
use super::{backups, layout};
use crate::model::text::{normalize, sha256};
use crate::model::{
    AnalystId, Codebook, Commentary, Concern, ConcernId, Draft, DraftId, Edit, Outline, Printed, Project, StructureHint,
};

/// What a folder holds.
pub(super) struct Contents {
    pub project: Project,
    pub known: Known,
    /// The file of each analyst's set.
    pub set_files: BTreeMap<AnalystId, String>,
    /// How many steps came from the journal.
    pub recovered: usize,
    /// What differs from the files, thanks to the journal.
    pub changes: Changes,
    pub journal: Found,
    pub notes: Vec<String>,
    pub needs_outline: Vec<DraftId>,
    pub changed_texts: Vec<DraftId>,
    /// The folders that the files have and the journal takes away.
    pub gone: Gone,
}

/// A step of the journal: its edits and the orders it left.
type Step = (Vec<Edit>, Option<Vec<DraftId>>, Option<Vec<ConcernId>>);

struct Reader<'a> {
    disk: &'a dyn Disk,
    folder: &'a Path,
    writable: bool,
    known: Known,
    notes: Vec<String>,
}

/// Reads the project in a folder. Writes nothing unless `writable`, and then only copies of what is damaged.
///
/// # Errors
/// Whatever keeps the project from opening; nothing has been changed.
pub(super) fn read(disk: &dyn Disk, folder: &Path, writable: bool) -> Result<Contents, StorageError> {
    // The journal first: should another window save meanwhile, its older steps over its newer files still make a
    // project, while newer files without the steps between would not.
    let mut found = journal::read(folder)?;
    let mut reader = Reader { disk, folder, writable, known: Known::new(), notes: Vec::new() };
    let mut project = reader.project_file()?;
    let mut slugs: BTreeMap<DraftId, String> = project.drafts.iter().map(|d| (d.id, d.slug.clone())).collect();
    let (set_files, embedded) = reader.sets(&mut project)?;
    reader.commentaries(&mut project)?;
    let mut folders: BTreeMap<_, _> = project.commentaries.values().map(|c| (c.id, c.slug.clone())).collect();
    reader.searches(&mut project)?;
    reader.submissions(&mut project)?;
    let codebook_remade = reader.codebook(&mut project, embedded)?;

    let mut changes = Changes { codebook: codebook_remade, ..Changes::default() };
    let mut whole = BTreeSet::new();
    for at in 0..found.entries.len() {
        let Ok(step) = parse_step(&found.entries[at].step) else {
            found.cut(at);
            break;
        };
        for edit in &step.0 {
            changes.add(edit);
            if let Edit::PutCommentary { id, commentary: Some(commentary) } = edit {
                folders.insert(*id, commentary.slug.clone());
            }
            if let Edit::PutDraft { id, draft, .. } = edit {
                if let Some(draft) = draft {
                    slugs.insert(*id, draft.slug.clone());
                    whole.insert(*id);
                } else {
                    whole.remove(id);
                }
            }
        }
        replay(&mut project, step);
    }
    let recovered = found.entries.len();
    reader.journal_notes(&found)?;
    slugs.retain(|id, _| changes.drafts.contains(id) && project.draft(*id).is_none());
    folders.retain(|id, _| changes.commentaries.contains(id) && !project.commentaries.contains_key(id));

    let (mut needs_outline, mut changed_texts) = (Vec::new(), Vec::new());
    for draft in &mut project.drafts {
        if whole.contains(&draft.id) {
            reader.fingerprint(&layout::draft_outline(&draft.slug))?;
            reader.fingerprint(&layout::draft_printed(&draft.slug))?;
        } else {
            let (loaded, text_changed) = reader.draft(draft)?;
            *draft = Arc::new(loaded);
            if text_changed {
                changed_texts.push(draft.id);
            }
        }
        let unread = draft.outline.provisions.is_empty() && draft.outline.blocks.is_empty() && !draft.text.is_empty();
        if unread {
            needs_outline.push(draft.id);
        }
    }
    let Reader { known, notes, .. } = reader;
    Ok(Contents {
        project,
        known,
        set_files,
        recovered,
        changes,
        journal: found,
        notes,
        needs_outline,
        changed_texts,
        gone: Gone { drafts: slugs, commentaries: folders },
    })
}

impl Reader<'_> {
    fn project_file(&mut self) -> Result<Project, StorageError> {
        let Some(text) = self.text(layout::PROJECT)? else {
            return Err(StorageError::NotAProject { folder: self.folder.to_path_buf() });
        };
        read_project(&text).map_err(|e| self.not_read(layout::PROJECT, e, |t| read_project(t).is_ok()))
    }

    /// Reads the codebook; where there is none, makes one of the concerns that the annotation files carry.
    fn codebook(&mut self, project: &mut Project, embedded: Vec<Concern>) -> Result<bool, StorageError> {
        if let Some(text) = self.text(layout::CODEBOOK)? {
            project.codebook =
                read_codebook(&text).map_err(|e| self.not_read(layout::CODEBOOK, e, |t| read_codebook(t).is_ok()))?;
            return Ok(false);
        }
        for concern in embedded {
            if project.codebook.get(concern.id).is_none() {
                project.codebook.concerns.push(concern);
            }
        }
        let path = self.folder.join(layout::CODEBOOK);
        self.notes.push(format!(
            "The codebook is missing; it was put together again from the {} concerns that the annotations carry: {}",
            project.codebook.concerns.len(),
            path.display()
        ));
        Ok(true)
    }

    /// Reads the searches that are kept by name; a project without the file has none.
    fn searches(&mut self, project: &mut Project) -> Result<(), StorageError> {
        let read = |text: &str| -> Result<_, NotRead> {
            Ok(ron_text::read_versioned::<SearchesV1<'_>>(text, FORMAT)?.searches(text)?)
        };
        if let Some(text) = self.text(layout::SEARCHES)? {
            project.searches = read(&text).map_err(|e| self.not_read(layout::SEARCHES, e, |t| read(t).is_ok()))?;
        }
        Ok(())
    }

    /// Reads the submissions that are kept by name; a project without the file has none.
    fn submissions(&mut self, project: &mut Project) -> Result<(), StorageError> {
        let read = |text: &str| -> Result<_, NotRead> {
            Ok(ron_text::read_versioned::<SubmissionsV1<'_>>(text, FORMAT)?.submissions(text)?)
        };
        if let Some(text) = self.text(layout::SUBMISSIONS)? {
            let not_read = |e| self.not_read(layout::SUBMISSIONS, e, |t| read(t).is_ok());
            project.submissions = read(&text).map_err(not_read)?;
        }
        Ok(())
    }

    /// Reads all annotation files. Answers with the file of each set, and the concerns the files carry.
    fn sets(&mut self, project: &mut Project) -> Result<(BTreeMap<AnalystId, String>, Vec<Concern>), StorageError> {
        let folder = self.folder.join(layout::ANNOTATIONS);
        let mut names: Vec<String> = match fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(io_error("read the annotations", &folder)(e)),
        };
        names.retain(|n| n.ends_with(layout::ANNOTATIONS_SUFFIX) && !n.starts_with('.'));
        names.sort_unstable();
        let (mut files, mut embedded) = (BTreeMap::new(), Vec::new());
        for name in names {
            let relative = format!("{}/{name}", layout::ANNOTATIONS);
            let path = folder.join(&name);
            let Some(text) = self.text(&relative)? else { continue };
            let shared = match annotation_file::parse(&text) {
                Ok(shared) => shared,
                Err(NotRead::Newer(format)) => {
                    let newer = StorageError::Newer { file: path, format, known: FORMAT };
                    self.notes.push(newer.to_string());
                    continue;
                }
                Err(fault) => {
                    return Err(self.not_read(&relative, fault, |t| annotation_file::parse(t).is_ok()));
                }
            };
            let analyst = &shared.set.analyst;
            let alone = match files.entry(analyst.id) {
                _ if shared.project != project.id => "belongs to another project",
                Entry::Occupied(_) => "is a second file of the same analyst",
                Entry::Vacant(free) => {
                    free.insert(relative);
                    embedded.extend(shared.concerns);
                    project.sets.insert(analyst.id, shared.set);
                    continue;
                }
            };
            self.notes.push(format!(
                "The annotation file of {} {alone} and was left alone; it can be opened as a colleague's: {}",
                analyst.name,
                path.display()
            ));
        }
        Ok((files, embedded))
    }

    /// Reads all commentaries. One that a newer version wrote is left alone; one whose text is missing is there without
    /// it, so that what was decided about it is kept.
    fn commentaries(&mut self, project: &mut Project) -> Result<(), StorageError> {
        let parent = self.folder.join(layout::COMMENTARIES);
        let mut slugs: Vec<String> = match fs::read_dir(&parent) {
            Ok(entries) => entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(io_error("read the commentaries", &parent)(e)),
        };
        slugs.retain(|slug| layout::is_slug(slug) && parent.join(slug).is_dir());
        slugs.sort_unstable();
        for slug in slugs {
            let relative = layout::commentary_file(&slug);
            let folder = parent.join(&slug);
            let Some(text) = self.text(&relative)? else {
                self.notes.push(format!(
                    "A commentary is not shown, as its {} is missing: {}",
                    layout::COMMENTARY,
                    folder.display()
                ));
                continue;
            };
            let mut commentary = match read_commentary(&slug, &text) {
                Ok(commentary) => commentary,
                Err(NotRead::Newer(format)) => {
                    let file = layout::inside(self.folder, &relative);
                    self.notes.push(StorageError::Newer { file, format, known: FORMAT }.to_string());
                    continue;
                }
                Err(fault) => return Err(self.not_read(&relative, fault, |t| read_commentary(&slug, t).is_ok())),
            };
            if project.commentaries.contains_key(&commentary.id) {
                let name = commentary.name();
                self.notes.push(format!(
                    "A second copy of the commentary \u{201c}{name}\u{201d} was left alone: {}",
                    folder.display()
                ));
                continue;
            }
            let relative = layout::commentary_text(&slug);
            let imported = commentary.text_hash.clone();
            let problem = match self.text(&relative) {
                Ok(Some(raw)) => {
                    commentary.text = normalize(&raw).into();
                    commentary.text_hash = sha256(commentary.text.as_bytes());
                    (commentary.text_hash != imported)
                        .then(|| "is not the one that was imported; what was decided about it may not fit".to_owned())
                }
                Ok(None) => Some("is missing; what was decided about it is kept".to_owned()),
                Err(StorageError::Damaged { line, column, message, .. }) => {
                    Some(format!("is damaged at line {line}, column {column} ({message}); what was decided is kept"))
                }
                Err(other) => return Err(other),
            };
            if let Some(problem) = problem {
                let file = layout::inside(self.folder, &relative);
                let name = commentary.name();
                self.notes
                    .push(format!("The text of the commentary \u{201c}{name}\u{201d} {problem}: {}", file.display()));
            }
            project.commentaries.insert(commentary.id, Arc::new(commentary));
        }
        Ok(())
    }

    /// Reads a draft's text and outline. Answers with whether the text is another than the one that was imported.
    fn draft(&mut self, listed: &Draft) -> Result<(Draft, bool), StorageError> {
        let mut draft = listed.clone();
        let relative = layout::draft_text(&draft.slug);
        let path = layout::inside(self.folder, &relative);
        let Some(raw) = self.text(&relative)? else {
            return Err(StorageError::Missing { file: path, backup: None });
        };
        let mut changed = false;
        if self.known.get(&relative).is_some_and(|k| k.hash == draft.text_hash) {
            draft.text = raw.into();
        } else {
            // Version control may have turned the line ends; that is no change of the text.
            draft.text = normalize(&raw).into();
            let hash = sha256(draft.text.as_bytes());
            changed = hash != draft.text_hash;
            draft.text_hash = hash;
        }
        if changed {
            self.notes.push(format!(
                "The text of {} is not the one that was imported; remarks on it may stand at the wrong words: {}",
                draft.name(),
                path.display()
            ));
        }
        draft.outline = Arc::new(self.outline(&draft)?);
        // What was printed stands in bytes of the text that was imported.
        if changed {
            self.fingerprint(&layout::draft_printed(&draft.slug))?;
        } else {
            let (printed, hints) = self.printed(&draft)?;
            (draft.printed, draft.hints) = (Arc::new(printed), hints.into());
        }
        Ok((draft, changed))
    }

    /// Reads a draft's outline; an empty one where it has to be recognized anew.
    fn outline(&mut self, draft: &Draft) -> Result<Outline, StorageError> {
        let relative = layout::draft_outline(&draft.slug);
        let read = self.part(&relative, |text| {
            let outline = ron_text::read_versioned::<OutlineV1<'_>>(text, FORMAT)?.outline();
            Ok(match outline.fault(&draft.text) {
                None => Ok(outline),
                Some(fault) => Err(fault),
            })
        })?;
        let problem = match read {
            Ok(Some(outline)) => return Ok(outline),
            Ok(None) => "is missing".to_owned(),
            Err(problem) => problem,
        };
        self.notes.push(format!(
            "The outline of {} {problem} and is recognized anew: {}",
            draft.name(),
            layout::inside(self.folder, &relative).display()
        ));
        Ok(Outline::default())
    }

    /// Reads a draft's pages, notes and styles, and what was known of its structure; nothing where it has none, or
    /// where they cannot be read.
    fn printed(&mut self, draft: &Draft) -> Result<(Printed, Vec<StructureHint>), StorageError> {
        let relative = layout::draft_printed(&draft.slug);
        let read = self.part(&relative, |text| {
            let (printed, hints) = ron_text::read_versioned::<PrintedV1<'_>>(text, FORMAT)?.values();
            let off = || hints.iter().any(|h| h.range.of(&draft.text).is_none());
            let fault =
                printed.fault(&draft.text).or_else(|| off().then(|| "a hint stands outside the text".to_owned()));
            Ok(match fault {
                None => Ok((printed, hints)),
                Some(fault) => Err(fault),
            })
        })?;
        match read {
            Ok(read) => return Ok(read.unwrap_or_default()),
            Err(problem) => self.notes.push(format!(
                "The pages, footnotes and bold or struck words of {} are not shown, since their file {problem}: {}",
                draft.name(),
                layout::inside(self.folder, &relative).display()
            )),
        }
        Ok(<_>::default())
    }

    /// Reads a part of a draft without which the project opens all the same: what it holds, if it is there, or what is
    /// wrong with it; a copy of one that is damaged is kept.
    fn part<T>(
        &mut self,
        relative: &str,
        read: impl Fn(&str) -> Result<Result<T, String>, NotRead>,
    ) -> Result<Result<Option<T>, String>, StorageError> {
        let damaged = |line, column, message: &str| format!("is damaged at line {line}, column {column} ({message})");
        let text = match self.text(relative) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(Ok(None)),
            Err(StorageError::Damaged { line, column, message, .. }) => {
                return Ok(Err(damaged(line, column, &message)));
            }
            Err(other) => return Err(other),
        };
        Ok(match read(&text) {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(fault)) => Err(format!("does not fit the text ({fault})")),
            Err(NotRead::Newer(format)) => Err(format!("was written by a newer version of Travaux (format {format})")),
            Err(NotRead::Damaged(fault)) => {
                self.aside(relative, text.as_bytes());
                Err(damaged(fault.line, fault.column, &fault.message))
            }
        })
    }

    fn journal_notes(&mut self, found: &Found) -> Result<(), StorageError> {
        if found.torn {
            self.notes.push("The last change was being written when the program ended, and is not here".to_owned());
        }
        if found.damage.is_some() {
            let kept = if self.writable { journal::put_aside(self.disk, self.folder, found)? } else { None };
            let place = kept.unwrap_or_else(|| journal::folder(self.folder));
            self.notes.push(format!(
                "The journal of the latest changes is damaged; the changes before the damage are here, what follows \
                 was put aside unread: {}",
                place.display()
            ));
        }
        Ok(())
    }

    /// The text of a file, if it is there; remembers what it held.
    fn text(&mut self, relative: &str) -> Result<Option<String>, StorageError> {
        let path = layout::inside(self.folder, relative);
        let Some(bytes) = bytes(&path)? else { return Ok(None) };
        self.known.insert(relative.to_owned(), Fingerprint::new(&path, &bytes));
        match ron_text::utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(fault) => Err(self.not_read(relative, fault.into(), |_| true)),
        }
    }

    /// Remembers what a file holds that is about to be written anew.
    fn fingerprint(&mut self, relative: &str) -> Result<(), StorageError> {
        let path = layout::inside(self.folder, relative);
        if let Some(bytes) = bytes(&path)? {
            self.known.insert(relative.to_owned(), Fingerprint::new(&path, &bytes));
        }
        Ok(())
    }

    /// The error for a file that was not understood, with a copy kept aside and a backup to offer.
    fn not_read(&self, relative: &str, why: NotRead, is_good: impl Fn(&str) -> bool) -> StorageError {
        let file = layout::inside(self.folder, relative);
        match why {
            NotRead::Newer(format) => StorageError::Newer { file, format, known: FORMAT },
            NotRead::Damaged(Fault { line, column, message }) => {
                let kept_aside = fs::read(&file).ok().and_then(|bytes| self.aside(relative, &bytes));
                let backup: Option<BackupOffer> = backups::offer(self.folder, relative, is_good);
                StorageError::Damaged { file, line, column, message: message.into(), kept_aside, backup }
            }
        }
    }

    fn aside(&self, relative: &str, bytes: &[u8]) -> Option<Box<Path>> {
        // The damaged file itself is not touched, so a copy that cannot be made loses nothing.
        self.writable
            .then(|| backups::keep_damaged(self.disk, self.folder, relative, bytes).ok())
            .flatten()
            .map(PathBuf::into_boxed_path)
    }
}

/// The bytes of a file, if it is there.
///
/// # Errors
/// [`StorageError::TooLarge`], [`StorageError::Io`].
pub(super) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, StorageError> {
    let failed = |error| StorageError::Io { doing: "read a file", path: path.to_path_buf(), error };
    let size = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(e)),
    };
    if size > MAX_BYTES {
        return Err(StorageError::TooLarge { file: path.to_path_buf(), bytes: size });
    }
    fs::read(path).map(Some).map_err(failed)
}

fn read_project(text: &str) -> Result<Project, NotRead> {
    Ok(ron_text::read_versioned::<ProjectV1<'_>>(text, FORMAT)?.project(text)?)
}

fn read_codebook(text: &str) -> Result<Codebook, NotRead> {
    Ok(ron_text::read_versioned::<CodebookV1<'_>>(text, FORMAT)?.codebook(text)?)
}

fn read_commentary(slug: &str, text: &str) -> Result<Commentary, NotRead> {
    Ok(ron_text::read_versioned::<CommentaryV1<'_>>(text, FORMAT)?.without_text(slug, text)?)
}

fn parse_step(text: &str) -> Result<Step, Fault> {
    let step: StepV1<'_> = ron_text::read(text)?;
    let mut edits = Vec::with_capacity(step.edits.len());
    for edit in step.edits {
        edits.push(edit.edit(text)?);
    }
    Ok((edits, step.drafts, step.concerns))
}

/// Applies a step of the journal, which may already be in the files.
///
/// Edits put whole values, so the last one wins however often they are replayed. One that does not fit (a remark put
/// into a set that a later step took away, and that the files no longer have) is passed over: the later step is coming.
fn replay(project: &mut Project, (edits, drafts, concerns): Step) {
    for edit in edits {
        let _passed_over = project.apply(edit);
    }
    if let Some(order) = drafts {
        reorder(&mut project.drafts, &order, |d| d.id);
    }
    if let Some(order) = concerns {
        reorder(&mut project.codebook.concerns, &order, |c| c.id);
    }
}

/// Puts a list into an order; what the order does not name keeps its place after the rest.
fn reorder<T, I: Ord + Copy>(list: &mut [T], order: &[I], id: impl Fn(&T) -> I) {
    let places: BTreeMap<I, usize> = order.iter().enumerate().map(|(place, &id)| (id, place)).collect();
    list.sort_by_key(|item| places.get(&id(item)).copied().unwrap_or(usize::MAX));
}
