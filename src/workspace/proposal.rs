//! Drafts read from files that wait to be accepted, with what a person chose and corrected; and what became of each file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::{Choices, Imported};
use crate::model::{Draft, DraftDetails, HintKind, ProvisionKind, StructureHint, TextRange, Wording};
use crate::outline::Reading;

/// A draft read from a file, or a file that waits for its password.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Tells proposals apart, ascending; the same after the file was read again.
    pub number: u64,
    /// The file.
    pub path: PathBuf,
    /// What it was read with; the password is forgotten with it.
    pub choices: Choices,
    /// Set as long as the file asks for a password.
    pub lock: Option<Lock>,
    /// Its text and what was guessed about it.
    pub imported: Arc<Imported>,
    /// Its provisions and what was noticed.
    pub reading: Reading,
    /// The draft as it will be: its text, outline and what was printed; its id and its folder are not settled yet.
    pub preview: Arc<Draft>,
    /// Details as corrected so far.
    pub details: DraftDetails,
    /// What a person said of lines of it, in order.
    pub corrections: Vec<Correction>,
    /// The title of the instrument as a person gave it; none where it is what was recognized.
    pub title: Option<String>,
    /// Whether a person wants it although its text is doubtful.
    pub trusted: bool,
    /// Whether the comments in the file come along as annotations of their authors.
    pub with_comments: bool,
    /// Articles recognized in it.
    pub articles: usize,
    /// The details as they were guessed: what differs from them was corrected.
    pub(super) guessed: DraftDetails,
    /// The work that is under way for it.
    pub(super) work: Option<u64>,
}

/// Why an encrypted file is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It asks for a password.
    Asks,
    /// The password that was given does not open it.
    Refused,
}

/// How far a proposal is from becoming a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing speaks against it.
    Ready,
    /// Something was noticed that a person should look at.
    NeedsLook,
    /// Its text is doubtful, and nobody has said that it is wanted all the same.
    Doubtful,
    /// It waits for a password.
    Locked,
    /// It is being read or recognized again.
    Working,
}

/// What a person says that a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reshape {
    /// A heading; an article or a division where its words say so.
    Heading,
    /// Plain words: neither a heading nor an article nor a label.
    Plain,
    /// Not part of the instrument.
    Aside,
    /// One paragraph with what stands below it.
    Joined,
}

/// One correction of the outline by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What was said.
    pub reshape: Reshape,
    /// Of which lines.
    pub range: TextRange,
    /// Their words, by which they are found again when the file is read in another way.
    pub(super) words: String,
    /// The level, where it is a heading.
    pub(super) level: u8,
}

/// By what a file is taken apart into several drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// As proposed, and as it was.
    Wordings,
    /// Each column of a table that compares texts.
    Columns,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was read and waits for a person, under this number.
    Waiting(u64),
    /// It came in as a draft with this label and so many articles.
    Added {
        /// The draft's label.
        label: String,
        /// Articles recognized.
        articles: usize,
    },
    /// A person left it out.
    LeftOut,
    /// It was not read; why, in one sentence that names it.
    NotRead(String),
    /// Reading was stopped before it.
    NotReached,
}

/// What became of every file of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// In the order they were read.
    pub files: Vec<(PathBuf, Fate)>,
}

impl Proposal {
    /// How far it is from becoming a draft.
    pub fn standing(&self) -> Standing {
        let noticed = !self.reading.warnings.is_empty() || !self.imported.warnings.is_empty();
        match (self.work, self.lock) {
            (Some(_), _) => Standing::Working,
            (None, Some(_)) => Standing::Locked,
            (None, None) if self.is_doubtful() && !self.trusted => Standing::Doubtful,
            (None, None) if noticed || self.is_doubtful() => Standing::NeedsLook,
            (None, None) => Standing::Ready,
        }
    }

    /// Whether it can become a draft now.
    pub fn is_acceptable(&self) -> bool {
        matches!(self.standing(), Standing::Ready | Standing::NeedsLook)
    }

    /// Whether its text is not what a person sees on the page.
    pub fn is_doubtful(&self) -> bool {
        !self.imported.doubts.is_empty()
    }

    /// The name of the file.
    pub fn file_name(&self) -> String {
        file_name(&self.path)
    }

    /// Which reading of its file it is, where there are several: a column, or a wording of marked changes.
    pub fn which(&self) -> Option<String> {
        let taken = &self.imported.source.taken;
        match (&taken.column, self.imported.offers.changes, taken.wording) {
            (Some((n, _)), ..) => Some(format!("Column {}", n + 1)),
            (None, None, _) => None,
            (None, Some(_), Wording::Proposed) => Some("As proposed".to_owned()),
            (None, Some(_), Wording::Original) => Some("As it was".to_owned()),
            (None, Some(_), Wording::Printed) => Some("As printed".to_owned()),
        }
    }

    /// The authors of the comments in it with the number of each, in order of their first; empty names as they are.
    pub fn commenters(&self) -> Vec<(&str, usize)> {
        let mut list: Vec<(&str, usize)> = Vec::new();
        for comment in &self.imported.comments {
            let author = comment.author.trim();
            match list.iter_mut().find(|(name, _)| *name == author) {
                Some((_, count)) => *count += 1,
                None => list.push((author, 1)),
            }
        }
        list
    }

    /// The whole lines of all paragraphs that a range touches; a caret between two touches the one above.
    pub fn lines(&self, range: TextRange) -> Option<TextRange> {
        let text = &*self.preview.text;
        let blocks = &self.preview.outline.blocks;
        let range = range.fitted(text);
        let first = blocks.partition_point(|b| b.end < range.start);
        let touched = blocks.iter().skip(first).take_while(|b| b.start <= range.end).count();
        let first = if touched == 0 { first.saturating_sub(1) } else { first };
        let (start, end) = (blocks.get(first)?.start, blocks.get(first + touched.saturating_sub(1))?.end);
        Some(TextRange { start: line_start(text, start), end: line_end(text, end) }.trimmed(text))
    }

    /// Whether whole lines are one paragraph, although there may be several of them.
    fn is_one(&self, lines: TextRange) -> bool {
        let text = &*self.preview.text;
        let blocks = &self.preview.outline.blocks;
        let first = blocks.partition_point(|b| b.end <= lines.start);
        let inside = blocks.iter().skip(first).take_while(|b| b.start < lines.end);
        inside.skip(1).all(|b| line_start(text, b.start) <= lines.start)
    }

    /// What the outline is recognized from: what the file knew, then what a person said, which wins.
    pub(super) fn hints(&self) -> Vec<StructureHint> {
        let said = self.corrections.iter().flat_map(Correction::hints);
        self.imported.hints.iter().copied().chain(said).collect()
    }

    /// Takes over what was recognized anew from `hints`.
    pub(super) fn take_reading(&mut self, reading: Reading, hints: Vec<StructureHint>) {
        let mut preview = Draft::clone(&self.preview);
        preview.outline = Arc::new(reading.outline.clone());
        preview.hints = hints.into();
        self.preview = Arc::new(preview);
        self.articles = articles(&reading);
        self.reading = reading;
        self.put_title();
    }

    /// Gives the outline the title a person gave it.
    pub(super) fn put_title(&mut self) {
        let title = self.title.clone().or_else(|| self.reading.outline.title.clone());
        if self.preview.outline.title != title {
            let preview = Arc::make_mut(&mut self.preview);
            Arc::make_mut(&mut preview.outline).title = title;
        }
    }
}

impl Correction {
    /// Of all lines that the range touches; none where it touches nothing, or where nothing follows to be merged with.
    pub(super) fn new(proposal: &Proposal, range: TextRange, reshape: Reshape) -> Option<Self> {
        let text = &*proposal.preview.text;
        let mut range = proposal.lines(range)?;
        if reshape == Reshape::Joined && proposal.is_one(range) {
            let next = proposal.preview.outline.blocks.iter().find(|b| line_start(text, b.start) >= range.end)?;
            range.end = line_end(text, next.end);
        }
        let range = range.trimmed(text);
        let before = |h: &&StructureHint| h.range.start <= range.start && matches!(h.kind, HintKind::Heading(_));
        let level = match proposal.hints().iter().filter(before).max_by_key(|h| h.range.start).map(|h| h.kind) {
            Some(HintKind::Heading(level)) => level,
            _ => 1,
        };
        Some(Self { reshape, range, words: range.of(text)?.to_owned(), level })
    }

    /// The same correction in another reading of the file, at the place that is likest; none where its words are gone.
    pub(super) fn placed(&self, before: &str, now: &str) -> Option<Self> {
        let wanted = self.range.start as f64 / before.len().max(1) as f64;
        let off = |start: usize| ((start as f64 / now.len().max(1) as f64 - wanted).abs() * 1e9) as u64;
        let whole = |start: usize| {
            let end = start + self.words.len();
            line_start(now, start) == start && line_end(now, end) == end
        };
        let found = now.match_indices(&self.words).map(|(at, _)| at).filter(|&at| whole(at));
        let start = found.min_by_key(|&at| off(at))?;
        let range = TextRange { start, end: start + self.words.len() };
        Some(Self { range, ..self.clone() })
    }

    fn hints(&self) -> impl Iterator<Item = StructureHint> + use<> {
        let range = self.range;
        let kind = match self.reshape {
            Reshape::Heading => HintKind::Heading(self.level),
            Reshape::Plain => HintKind::Plain,
            Reshape::Aside => HintKind::Aside,
            Reshape::Joined => HintKind::Joined,
        };
        // A heading on several lines is one heading.
        let one = self.reshape == Reshape::Heading && self.words.contains('\n');
        let joined = one.then_some(HintKind::Joined);
        joined.into_iter().chain([kind]).map(move |kind| StructureHint { range, kind })
    }
}

impl Reshape {
    /// What it is called on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "Heading or article",
            Self::Plain => "Plain words",
            Self::Aside => "Not part of the instrument",
            Self::Joined => "Merge with the next paragraph",
        }
    }

    /// All of them, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Heading, Self::Plain, Self::Aside, Self::Joined];
}

impl Standing {
    /// What it is called on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::NeedsLook => "Needs a look",
            Self::Doubtful => "Doubtful text",
            Self::Locked => "Needs a password",
            Self::Working => "Being read",
        }
    }
}

impl ImportReport {
    /// Whether a file was read or tried that has not come in, but for those a person left out.
    pub fn is_wanting(&self) -> bool {
        self.files.iter().any(|(_, fate)| !matches!(fate, Fate::Added { .. } | Fate::LeftOut))
    }

    /// How many files came in.
    pub fn added(&self) -> usize {
        self.files.iter().filter(|(_, fate)| matches!(fate, Fate::Added { .. })).count()
    }

    /// The files that were not read, with the sentence that says why.
    pub fn not_read(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().filter_map(|(path, fate)| match fate {
            Fate::NotRead(why) => Some((path.as_path(), why.as_str())),
            _ => None,
        })
    }

    /// One line a file, for a person, and a line of sums at its head.
    pub fn text(&self) -> String {
        let (all, added) = (self.files.len(), self.added());
        let mut text = format!("{added} of {all} file{} came in as drafts\n", if all == 1 { "" } else { "s" });
        for (path, fate) in &self.files {
            text.push_str(&format!("{}: {}\n", path.display(), fate.sentence()));
        }
        text
    }

    pub(super) fn settle(&mut self, number: u64, fate: Fate) {
        if let Some((_, waiting)) = self.files.iter_mut().find(|(_, f)| *f == Fate::Waiting(number)) {
            *waiting = fate;
        }
    }
}

impl Fate {
    /// What is said of the file after its name.
    pub fn sentence(&self) -> String {
        match self {
            Self::Waiting(_) => "read, and not added".to_owned(),
            Self::Added { label, articles } => {
                format!("added as {label}, {articles} article{}", if *articles == 1 { "" } else { "s" })
            }
            Self::LeftOut => "left out".to_owned(),
            Self::NotRead(why) => why.clone(),
            Self::NotReached => "not read, since reading was stopped".to_owned(),
        }
    }
}

/// How many articles were recognized.
pub(super) fn articles(reading: &Reading) -> usize {
    reading.outline.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).count()
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n)
}
