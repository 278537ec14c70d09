//! The journal: every step an analyst took since the files were last written, safe on the disk before the screen shows it.
//!
//! A journal is a row of segments `000001.journal`, `000002.journal`, … in `.travaux/journal`. A segment is text: a
//! header line, then one line per step: its number, the length of its RON in bytes, a checksum, the RON. Saving the
//! project starts a new segment first and drops the old ones last, so that whatever moment the program is killed at,
//! the files and the segments together have every step.
//!
//! * A line that is not whole at the end of a segment was being written at a crash, and nobody was told it is safe: it
//!   is passed over. The next session never adds to such a segment but starts another, with the same number again.
//! * A line that is not whole with whole ones after it, or a number left out, is damage: reading stops there, and the
//!   rest is put aside unread.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk};
use super::error::{StorageError, io_error};
use super::{layout, ron_text};
use crate::model::text::sha256;

/// The first line of a segment, up to its format.
const HEADER: &str = "travaux-journal ";
const FORMAT: u32 = 1;
/// Hexadecimal digits of the checksum of a line.
const CHECKSUM: usize = 16;

/// The journal of an open project, for writing.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    /// The segment that was last written to, or found.
    segment: u64,
    /// Whether the next step goes to that segment rather than to a new one.
    is_open: bool,
    /// The number of the next step.
    next: u64,
}

/// One step found in the journal.
pub(super) struct Entry {
    /// The step in RON.
    pub step: String,
    number: u64,
    /// Where it stands: segment and byte.
    place: Place,
}

type Place = (u64, usize);

/// What was found in the journal.
#[derive(Default)]
pub(super) struct Found {
    /// Steps in order.
    pub entries: Vec<Entry>,
    /// Whether a step was cut off by a crash.
    pub torn: bool,
    /// Where damage begins, if anywhere.
    pub damage: Option<Place>,
    segments: Vec<u64>,
}

impl Found {
    /// Counts the steps from this one on as damage.
    pub fn cut(&mut self, at: usize) {
        if let Some(entry) = self.entries.get(at) {
            self.damage = Some(entry.place);
            self.entries.truncate(at);
        }
    }
}

/// The journal's folder.
pub(super) fn folder(project: &Path) -> PathBuf {
    project.join(layout::PRIVATE).join("journal")
}

/// Reads the journal of a project.
///
/// # Errors
/// [`StorageError::Newer`], [`StorageError::TooLarge`], [`StorageError::Io`].
pub(super) fn read(project: &Path) -> Result<Found, StorageError> {
    let folder = folder(project);
    let mut found = Found { segments: segments(&folder)?, ..Found::default() };
    for segment in found.segments.clone() {
        let path = segment_path(&folder, segment);
        let failed = |error| StorageError::Io { doing: "read the journal", path: path.clone(), error };
        let size = fs::metadata(&path).map_err(failed)?.len();
        if size > ron_text::MAX_BYTES {
            return Err(StorageError::TooLarge { file: path, bytes: size });
        }
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // Another window has saved meanwhile; its files hold what was in it.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(failed(e)),
        };
        if let Some(format) = newer(&bytes) {
            return Err(StorageError::Newer { file: path, format, known: FORMAT });
        }
        read_segment(segment, &bytes, &mut found);
        if found.damage.is_some() {
            break;
        }
    }
    Ok(found)
}

/// Puts the damaged end of a journal aside, and leaves the journal without it. Answers with where it is kept.
///
/// # Errors
/// [`StorageError::Io`].
pub(super) fn put_aside(disk: &dyn Disk, project: &Path, found: &Found) -> Result<Option<PathBuf>, StorageError> {
    let Some((segment, byte)) = found.damage else { return Ok(None) };
    let folder = folder(project);
    let path = segment_path(&folder, segment);
    let failed =
        |error| StorageError::Io { doing: "put the damaged end of the journal aside", path: path.clone(), error };
    let bytes = fs::read(&path).map_err(failed)?;
    let later: Vec<u64> = found.segments.iter().copied().filter(|&s| s > segment).collect();
    let mut rest = bytes.get(byte..).unwrap_or_default().to_vec();
    for &segment in &later {
        rest.extend(fs::read(segment_path(&folder, segment)).map_err(failed)?);
    }
    let aside = backups_folder(project);
    disk::create_dirs(disk, &aside).map_err(failed)?;
    let kept = aside.join(format!("damaged-{}.journal", &sha256(&rest)[..CHECKSUM]));
    disk::replace(disk, &kept, &rest).map_err(failed)?;
    // Backward, so that a crash in between leaves the damage where the next start finds it again.
    for &segment in later.iter().rev() {
        disk.remove_file(&segment_path(&folder, segment)).map_err(failed)?;
        disk.sync_dir(&folder).map_err(failed)?;
    }
    disk::replace(disk, &path, &bytes[..byte]).map_err(failed)?;
    Ok(Some(kept))
}

/// Takes away what a crash left half-written beside the segments.
pub(super) fn tidy(disk: &dyn Disk, project: &Path) {
    disk::clear_unfinished(disk, &folder(project));
    disk::clear_unfinished(disk, &backups_folder(project));
}

impl Journal {
    /// The journal of a project after what was found in it; the next step starts a new segment.
    pub fn after(project: &Path, found: &Found) -> Self {
        let segment = found.segments.last().copied().unwrap_or(0);
        let next = found.entries.last().map_or(1, |e| e.number + 1);
        Self { folder: folder(project), segment, is_open: false, next }
    }

    /// Adds a step and waits until it is on the disk.
    ///
    /// # Errors
    /// [`StorageError::Io`]; the step then counts as not taken.
    pub fn append(&mut self, disk: &dyn Disk, step: &str) -> Result<(), StorageError> {
        let mut line = String::with_capacity(step.len() + 64);
        if !self.is_open {
            disk::create_dirs(disk, &self.folder).map_err(io_error("keep a change", &self.folder))?;
            line.push_str(&format!("{HEADER}{FORMAT}\n"));
        }
        let segment = if self.is_open { self.segment } else { self.segment + 1 };
        line.push_str(&format!("{} {} {} {step}\n", self.next, step.len(), &sha256(step.as_bytes())[..CHECKSUM]));
        let path = segment_path(&self.folder, segment);
        let added = disk.append(&path, line.as_bytes());
        let added = if self.is_open { added } else { added.and_then(|()| disk.sync_dir(&self.folder)) };
        self.segment = segment;
        // After a failure the segment may end in half a line; nothing is ever written behind that.
        self.is_open = added.is_ok();
        added.map_err(io_error("keep a change", &path))?;
        self.next += 1;
        Ok(())
    }

    /// Ends the segment, so that the next step starts a new one. Answers with the last segment so far.
    pub fn rotate(&mut self) -> u64 {
        self.is_open = false;
        self.segment
    }

    /// Takes the segments up to this one away, oldest first. What cannot be taken away now stays until the next time:
    /// its steps are already in the files, and replaying them changes nothing.
    pub fn drop_through(&self, disk: &dyn Disk, last: u64) {
        for segment in segments(&self.folder).unwrap_or_default().into_iter().take_while(|&s| s <= last) {
            let dropped = disk.remove_file(&segment_path(&self.folder, segment));
            // One at a time: a newer segment must never be gone while an older one is still there.
            if dropped.and_then(|()| disk.sync_dir(&self.folder)).is_err() {
                return;
            }
        }
    }
}

fn backups_folder(project: &Path) -> PathBuf {
    super::backups::folder(project, "journal")
}

fn segment_path(folder: &Path, segment: u64) -> PathBuf {
    folder.join(format!("{segment:06}.journal"))
}

fn segments(folder: &Path) -> Result<Vec<u64>, StorageError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(io_error("read the journal", folder)(e)),
    };
    let mut numbers: Vec<u64> =
        entries.flatten().filter_map(|e| e.file_name().to_str()?.strip_suffix(".journal")?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// The format in the header where it is beyond ours.
fn newer(bytes: &[u8]) -> Option<u32> {
    let end = bytes.iter().position(|&b| b == b'\n')?;
    let format = std::str::from_utf8(&bytes[..end]).ok()?.strip_prefix(HEADER)?.parse().ok()?;
    (format > FORMAT).then_some(format)
}

fn read_segment(segment: u64, bytes: &[u8], found: &mut Found) {
    let header = format!("{HEADER}{FORMAT}\n");
    let mut at = header.len();
    let mut is_first = true;
    if !bytes.starts_with(header.as_bytes()) {
        let whole_line_follows = lines(bytes, 0).any(|(_, line)| parse_line(line).is_some());
        if whole_line_follows {
            found.damage = Some((segment, 0));
        } else {
            found.torn |= !bytes.is_empty();
        }
        return;
    }
    while at < bytes.len() {
        let Some((_, line)) = lines(bytes, at).next() else { break };
        let parsed = parse_line(line);
        let fits = parsed.as_ref().is_some_and(|(number, _)| follows(*number, is_first, found));
        let Some((number, step)) = parsed.filter(|_| fits) else {
            let whole_line_follows = lines(bytes, at).any(|(_, line)| parse_line(line).is_some());
            if whole_line_follows {
                found.damage = Some((segment, at));
            } else {
                found.torn = true;
            }
            return;
        };
        if is_first {
            // A step that was written but never confirmed gives way to the one written with its number afterwards.
            found.entries.retain(|e| e.number < number);
            is_first = false;
        }
        found.entries.push(Entry { step, number, place: (segment, at) });
        at += line.len();
    }
}

/// Whether a step may have this number after those found. The first of a segment may repeat the last one.
fn follows(number: u64, is_first: bool, found: &Found) -> bool {
    let Some(last) = found.entries.last().map(|e| e.number) else { return true };
    number == last + 1 || (is_first && number == last)
}

/// Lines with their line ends, from a byte on; the last may have none.
fn lines(bytes: &[u8], from: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|r| !r.is_empty())?;
        let length = rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |i| i + 1);
        let line = (at, &rest[..length]);
        at += length;
        Some(line)
    })
}

/// The number and the RON of a line, if it is whole.
fn parse_line(line: &[u8]) -> Option<(u64, String)> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let mut parts = line.splitn(4, ' ');
    let (number, length, checksum, step) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let whole = length.parse() == Ok(step.len()) && sha256(step.as_bytes()).get(..CHECKSUM) == Some(checksum);
    Some((number.parse().ok()?, step.to_owned())).filter(|_| whole)
}
