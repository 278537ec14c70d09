//! The tree of provisions over a draft's text, and the negotiating marks in it.

use serde::{Deserialize, Serialize};

use super::citation::{Citation, Place, folded_label};
use super::text::TextRange;

/// What a provision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProvisionKind {
    /// The preamble as a whole.
    Preamble,
    /// A preambular paragraph, numbered (EU recitals) or not.
    Recital,
    /// A part.
    Part,
    /// A title (the division).
    Title,
    /// A chapter.
    Chapter,
    /// A section.
    Section,
    /// An article.
    Article,
    /// A paragraph of an article, numbered.
    Paragraph,
    /// A lettered point.
    Subparagraph,
    /// A point below a lettered one.
    Item,
    /// An annex.
    Annex,
    /// A heading that is none of the above.
    Heading,
    /// A paragraph without a number.
    Body,
}

impl ProvisionKind {
    /// The word for it on screen and in `outline --json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preamble => "preamble",
            Self::Recital => "recital",
            Self::Part => "part",
            Self::Title => "title",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Subparagraph => "subparagraph",
            Self::Item => "item",
            Self::Annex => "annex",
            Self::Heading => "heading",
            Self::Body => "body",
        }
    }

    /// Whether it groups articles and is shown as a heading of its own.
    pub fn is_division(self) -> bool {
        matches!(
            self,
            Self::Preamble | Self::Part | Self::Title | Self::Chapter | Self::Section | Self::Annex | Self::Heading
        )
    }

    /// Whether it has a heading line of its own on the page (a division or an article).
    pub fn is_headed(self) -> bool {
        self.is_division() || self == Self::Article
    }
}

/// The position of a provision in [`Outline::provisions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProvisionIndex(pub u32);

impl ProvisionIndex {
    fn at(self) -> usize {
        self.0 as usize
    }
}

/// A node of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    /// What it is.
    pub kind: ProvisionKind,
    /// Its label as printed: `2.`, `(c)`, `Article 23`, `CHAPTER IV`; empty where none is printed.
    #[serde(default)]
    pub label: String,
    /// The number alone, without brackets, words or punctuation: `2`, `c`, `23`, `8 bis`, `IV`.
    #[serde(default)]
    pub number: String,
    /// Where the label stands in the text; empty at `range.start` where none is printed.
    pub label_range: TextRange,
    /// Its heading, in one line.
    #[serde(default)]
    pub heading: Option<String>,
    /// Where the heading stands.
    #[serde(default)]
    pub heading_range: Option<TextRange>,
    /// All of it, with what stands below it; ends before trailing white space.
    pub range: TextRange,
    /// The provision it belongs to.
    #[serde(default)]
    pub parent: Option<ProvisionIndex>,
    /// One past the last provision below it, in pre-order.
    pub subtree_end: u32,
    /// Which of its siblings with the same kind and number it is, from 0: real drafts repeat labels.
    #[serde(default)]
    pub ordinal: u32,
}

/// What a negotiating mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MarkKind {
    /// `[agreed ad referendum]` and its kin: negotiators have settled these words.
    Agreed,
    /// Square brackets around words not agreed.
    Bracketed,
    /// `Option I`, `Alternative 2`: one of several texts for the same provision.
    Alternative,
    /// `[deleted]`, `[reserved]`: a number without its text.
    Deleted,
    /// `###`, `[…]`, `[X]`: something still to be written.
    Placeholder,
    /// A bracket opened and never closed, or closed and never opened.
    Unbalanced,
}

impl MarkKind {
    /// The word for it on screen and in `outline --json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Bracketed => "bracketed",
            Self::Alternative => "alternative",
            Self::Deleted => "deleted",
            Self::Placeholder => "placeholder",
            Self::Unbalanced => "unbalanced bracket",
        }
    }
}

/// A negotiating mark in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// From the first to the last character of the mark, brackets included.
    pub range: TextRange,
    /// What it says.
    pub kind: MarkKind,
}

/// What the file a text came from knew about a stretch of it: Markdown's `##`, a word processor's heading style; or
/// what a person said of it. In a list of hints those of people stand last: of two that contradict each other the later
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureHint {
    /// The stretch, in bytes of the imported text.
    pub range: TextRange,
    /// What the file says it is.
    pub kind: HintKind,
}

/// What a [`StructureHint`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HintKind {
    /// A heading of this level, from 1.
    Heading(u8),
    /// A list item of this depth, from 1.
    ListItem(u8),
    /// Not part of the instrument: a table of contents, a footnote, an editor's remark.
    Aside,
    /// Each of its lines is a paragraph, so that none is to be joined to the one before: a file without hard line ends.
    Paragraphs,
    /// All of its lines are one paragraph.
    Joined,
    /// Plain words, whatever they look like: neither heading nor label.
    Plain,
    /// A whole provision with all that stands below it, where the file's own markup says so. Such hints nest.
    Provision(ProvisionKind),
    /// The printed number of the innermost such provision around it, with the word and the brackets: `Article 5`, `(a)`.
    Number,
    /// The heading of the innermost such provision around it.
    Caption,
}

/// The provisions of a draft in pre-order, the blocks of its page, and the marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The title of the instrument as the draft prints it.
    #[serde(default)]
    pub title: Option<String>,
    /// In pre-order: a parent stands before its children.
    pub provisions: Vec<Provision>,
    /// The paragraphs of the page, in order, not overlapping, white space between them left out. A hard-wrapped
    /// paragraph is one block; a block never crosses the start of a provision.
    pub blocks: Vec<TextRange>,
    /// In order of start.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

impl Outline {
    /// The provision at a position in the list.
    pub fn get(&self, index: ProvisionIndex) -> Option<&Provision> {
        self.provisions.get(index.at())
    }

    /// All positions, in pre-order.
    pub fn indices(&self) -> impl Iterator<Item = ProvisionIndex> + use<> {
        (0..self.provisions.len() as u32).map(ProvisionIndex)
    }

    /// The provisions directly below this one, in order.
    pub fn children(&self, index: ProvisionIndex) -> impl Iterator<Item = ProvisionIndex> + '_ {
        let end = self.get(index).map_or(0, |p| p.subtree_end);
        let mut next = index.0 + 1;
        std::iter::from_fn(move || {
            let child = ProvisionIndex(next);
            if next >= end {
                return None;
            }
            next = self.get(child)?.subtree_end.max(next + 1);
            Some(child)
        })
    }

    /// This provision, its parent, and so on to the top.
    pub fn ancestors(&self, index: ProvisionIndex) -> impl Iterator<Item = ProvisionIndex> + '_ {
        std::iter::successors(self.get(index).map(|_| index), |&i| self.get(i)?.parent)
    }

    /// Whether a provision is another one, or stands below it.
    pub fn is_within(&self, index: ProvisionIndex, other: ProvisionIndex) -> bool {
        self.get(other).is_some_and(|p| (other.0..p.subtree_end.max(other.0 + 1)).contains(&index.0))
    }

    /// How many provisions stand above this one.
    pub fn depth(&self, index: ProvisionIndex) -> usize {
        self.ancestors(index).count().saturating_sub(1)
    }

    /// The deepest provision that holds the byte `offset`, else the last one that starts before it.
    pub fn at(&self, offset: usize) -> Option<ProvisionIndex> {
        // Pre-order and nesting make starts ascending, so the candidate is the last to start at or before the offset.
        let after = self.provisions.partition_point(|p| p.range.start <= offset);
        let last = ProvisionIndex(after.checked_sub(1)? as u32);
        self.ancestors(last).find(|&i| self.get(i).is_some_and(|p| p.range.contains(offset))).or(Some(last))
    }

    /// The smallest provision that covers all of `range`, else the one its start stands in.
    pub fn covering(&self, range: TextRange) -> Option<ProvisionIndex> {
        let at = self.at(range.start)?;
        self.ancestors(at).find(|&i| self.get(i).is_some_and(|p| p.range.covers(range))).or(Some(at))
    }

    /// Whether a provision of this text is a number whose place is kept, without words: `Article 12 [deleted]`.
    pub fn is_bare(&self, index: ProvisionIndex, text: &str) -> bool {
        let Some(p) = self.get(index) else { return false };
        let (start, end) = (p.label_range.end.max(p.range.start), p.range.end);
        let kept = |m: &&Mark| matches!(m.kind, MarkKind::Deleted | MarkKind::Placeholder);
        let first = self.marks.partition_point(|m| m.range.start < p.range.start);
        let mut at = start;
        let mut any = false;
        let has_words =
            |from: usize, to: usize| text.get(from..to.max(from)).unwrap_or_default().contains(char::is_alphanumeric);
        for mark in self.marks[first..].iter().take_while(|m| m.range.start < end).filter(kept) {
            if mark.range.end <= start {
                continue;
            }
            if has_words(at, mark.range.start) {
                return false;
            }
            any = true;
            at = at.max(mark.range.end);
        }
        any && !has_words(at, end)
    }

    /// The nearest article, annex, recital or other unit that a citation starts from.
    pub fn unit(&self, index: ProvisionIndex) -> ProvisionIndex {
        self.ancestors(index)
            .find(|&i| {
                self.get(i)
                    .is_some_and(|p| p.kind.is_headed() || (p.kind == ProvisionKind::Recital && !p.number.is_empty()))
            })
            .unwrap_or(index)
    }

    /// The article a provision stands in, if any.
    pub fn article(&self, index: ProvisionIndex) -> Option<ProvisionIndex> {
        self.ancestors(index).find(|&i| self.get(i).is_some_and(|p| p.kind == ProvisionKind::Article))
    }

    /// The human address of a provision. Text without a number of its own has its parent's.
    ///
    /// Articles are cited by number alone wherever they stand, except inside an annex, which is where their count
    /// begins anew; an unnumbered preambular paragraph by its place in the preamble. `3.1` below `3` is cited as `3.1`
    /// alone. Headings without a word are passed over: paragraphs of a decision are numbered through them.
    pub fn citation(&self, index: ProvisionIndex) -> Citation {
        let mut points = Vec::new();
        for i in self.ancestors(index) {
            let Some(p) = self.get(i) else { break };
            let number = p.number.clone();
            let in_annex = p.kind.is_division() && p.kind != ProvisionKind::Annex && self.inside_annex(i);
            let heading = p.kind == ProvisionKind::Heading;
            if !points.is_empty() && (in_annex || heading) || heading && self.article(i).is_some() {
                continue;
            }
            let place = match p.kind {
                ProvisionKind::Article => match self.ancestors(i).skip(1).find(|&a| self.is(a, ProvisionKind::Annex)) {
                    Some(annex) => {
                        points.push(number);
                        Place::Annex(self.provisions[annex.at()].number.clone())
                    }
                    None => Place::Article(number),
                },
                ProvisionKind::Recital if !number.is_empty() => Place::Recital(number),
                ProvisionKind::Recital => {
                    // The ordinal says it at once; only the first, or an outline made without ordinals, is counted.
                    let counted = || {
                        let before = |parent| self.children(parent).take_while(|&c| c != i);
                        p.parent.map_or(0, |parent| before(parent).filter(|&c| self.is(c, p.kind)).count())
                    };
                    let before = if p.ordinal > 0 { p.ordinal as usize } else { counted() };
                    points.push((before + 1).to_string());
                    continue;
                }
                ProvisionKind::Preamble => Place::Preamble,
                ProvisionKind::Part => Place::Part(number),
                ProvisionKind::Title => Place::Title(number),
                ProvisionKind::Chapter => Place::Chapter(number),
                ProvisionKind::Section => Place::Section(number),
                ProvisionKind::Annex => Place::Annex(number),
                ProvisionKind::Heading => Place::Heading(p.heading.clone().unwrap_or_default()),
                ProvisionKind::Body => continue,
                ProvisionKind::Paragraph | ProvisionKind::Subparagraph | ProvisionKind::Item => {
                    let held = points.last().and_then(|below: &String| below.strip_prefix(&number));
                    if !number.is_empty() && !held.is_some_and(|rest| rest.starts_with('.')) {
                        points.push(number);
                    }
                    continue;
                }
            };
            points.reverse();
            return Citation { place, points };
        }
        points.reverse();
        Citation { place: Place::Text, points }
    }

    /// All provisions with this citation, in order: repeated labels give several.
    pub fn find(&self, citation: &Citation) -> Vec<ProvisionIndex> {
        let wanted = folded_label(&citation.to_string());
        // A citation ends with the number of what it cites: most are told apart before theirs is made.
        let ends_so = |p: &Provision| {
            p.number.is_empty() || p.kind == ProvisionKind::Heading || wanted.contains(&folded_label(&p.number))
        };
        self.indices()
            .filter(|&i| self.is_addressed(i) && self.get(i).is_some_and(ends_so))
            .filter(|&i| folded_label(&self.citation(i).to_string()) == wanted)
            .collect()
    }

    /// The words of the provision that are its own: from its start to its first child.
    pub fn own_range(&self, index: ProvisionIndex) -> TextRange {
        let Some(p) = self.get(index) else { return TextRange::default() };
        let end = self.children(index).next().and_then(|c| self.get(c)).map_or(p.range.end, |c| c.range.start);
        TextRange { start: p.range.start, end: end.max(p.range.start) }
    }

    /// What is wrong with the tree, if anything: an outline read from a file is checked before it is trusted.
    pub fn fault(&self, text: &str) -> Option<String> {
        let fits = |r: TextRange| r.start <= r.end && r.of(text).is_some();
        let mut open: Vec<u32> = Vec::new();
        for (i, p) in self.provisions.iter().enumerate() {
            let i = i as u32;
            while open.last().is_some_and(|&o| self.provisions[o as usize].subtree_end <= i) {
                open.pop();
            }
            let bad = if !fits(p.range) || !fits(p.label_range) || p.heading_range.is_some_and(|h| !fits(h)) {
                "a range outside the text"
            } else if p.parent.map(|q| q.0) != open.last().copied() {
                "a wrong parent"
            } else if p.subtree_end <= i || p.subtree_end as usize > self.provisions.len() {
                "a wrong end"
            } else if open.last().is_some_and(|&o| {
                let q = &self.provisions[o as usize];
                !q.range.covers(p.range) || q.subtree_end < p.subtree_end
            }) {
                "a range outside its parent"
            } else if i > 0 && self.provisions[i as usize - 1].range.start > p.range.start {
                "a start before the one preceding it"
            } else {
                open.push(i);
                continue;
            };
            return Some(format!("provision {i} ({} {}) has {bad}", p.kind.word(), p.number));
        }
        let mut last = 0;
        for b in &self.blocks {
            if !fits(*b) || b.start < last {
                return Some(format!("the block at {} is out of order", b.start));
            }
            last = b.end;
        }
        self.marks.iter().find(|m| !fits(m.range)).map(|m| format!("the mark at {} is outside the text", m.range.start))
    }

    fn is(&self, index: ProvisionIndex, kind: ProvisionKind) -> bool {
        self.get(index).is_some_and(|p| p.kind == kind)
    }

    /// Whether a provision has an address of its own, rather than the one of what it stands in.
    pub fn is_addressed(&self, index: ProvisionIndex) -> bool {
        let Some(p) = self.get(index) else { return false };
        match p.kind {
            ProvisionKind::Body => false,
            ProvisionKind::Paragraph | ProvisionKind::Subparagraph | ProvisionKind::Item => !p.number.is_empty(),
            ProvisionKind::Heading => self.article(index).is_none(),
            _ => true,
        }
    }

    fn inside_annex(&self, index: ProvisionIndex) -> bool {
        self.ancestors(index).any(|a| self.is(a, ProvisionKind::Annex))
    }
}
