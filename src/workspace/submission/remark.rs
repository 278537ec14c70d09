//! A remark on a paper: the line over it, its note, what became of it, what it asks for and the words it proposes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::asks::{Ask, Instead, told_apart};
use super::clause::{At, Clause, Page};
use super::phrases::Phrase;
use super::select::Item;
use super::targets::Targets;
use super::wording::{Change, Wording};
use crate::export::paper::{Block, Role, Run, Stroke};
use crate::model::sentences::sentences;
use crate::model::{AnnotationId, AnnotationKind, Severity, Status, Submission, TextRange};

/// The longest line that stands for a note, in characters.
const LONGEST_LINE: usize = 240;
/// A shorter sentence is joined by the next.
const SHORTEST_LINE: usize = 40;

/// What the four kinds of papers have in common.
pub(super) struct Room<'a> {
    pub page: Page<'a>,
    pub targets: Targets<'a>,
    pub submission: &'a Submission,
    /// Whether the draft has been named, and bold words have been explained.
    pub named: Cell<bool>,
    pub explained: Cell<bool>,
    /// Whether struck and underlined words have been explained.
    pub keyed: Cell<bool>,
    /// Remarks that ask for something in the place of what others ask for elsewhere in the paper.
    pub apart: RefCell<BTreeSet<AnnotationId>>,
}

/// What a remark recommends, read.
pub(super) struct Told {
    pub wording: Option<Wording>,
    pub ask: Option<Ask>,
}

impl Told {
    /// What it changes in the words of the clause.
    pub fn changes(&self) -> &[Change] {
        self.wording.as_ref().map_or(&[], Wording::changes)
    }
}

impl Room<'_> {
    /// Reads what a remark recommends. `shown` says that proposed words will stand beside it.
    pub fn told(&self, item: &Item<'_>, clause: &Clause<'_, '_>, range: TextRange, shown: bool) -> Told {
        let named = self.targets.of(item, &self.page);
        let objects = if self.page.limits(item, clause, &named) { &[][..] } else { &named.provisions };
        let wording = self.page.wording(item, clause, range, objects);
        let ask = self.page.ask(item, clause, &named, wording.as_ref(), shown);
        Told { wording, ask }
    }

    /// Reads what the remarks of a clause recommend, in order; what has been met asks for nothing.
    pub fn told_all<'i, 'p>(
        &self,
        items: &[&'i Item<'p>],
        clause: &Clause<'_, '_>,
        range: TextRange,
        shown: bool,
    ) -> Vec<(&'i Item<'p>, Told)> {
        let mut all: Vec<(&Item<'_>, Told)> =
            items.iter().map(|item| (*item, self.told(item, clause, range, shown))).collect();
        for (item, told) in &mut all {
            if item.is_met() {
                *told = Told { wording: None, ask: None };
            }
        }
        let words = range.trimmed(&self.page.draft.text);
        let asked = all.iter().map(|(item, t)| (t.wording.as_ref(), item.range, t.ask.clone()));
        let asks = told_apart(asked, words, &self.page.own(clause));
        let apart = self.apart.borrow();
        for ((item, told), mut ask) in all.iter_mut().zip(asks) {
            if let Some(ask) = ask.as_mut().filter(|ask| ask.instead == Instead::Nothing)
                && apart.contains(&item.annotation.id)
            {
                ask.instead = Instead::Elsewhere;
            }
            told.ask = ask;
        }
        all
    }

    /// The quotation of a clause, with the `headings` that are to be struck; the first one with the draft it is from in a footnote.
    pub fn quotation(
        &self,
        clause: &Clause<'_, '_>,
        range: TextRange,
        told: &[(&Item<'_>, Told)],
        headings: bool,
    ) -> Vec<Block> {
        let changed: Vec<TextRange> = told.iter().flat_map(|(_, t)| t.changes()).map(|c| c.at).collect();
        let (mut blocks, set_apart) = self.page.quotation(clause, range, &changed, headings);
        let mut note = Vec::new();
        if !self.named.replace(true) {
            let draft = self.draft_told();
            note.push(self.page.speech.fill(Phrase::QuotedFrom, &[("d", &draft)]));
        }
        if set_apart && !self.explained.replace(true) {
            note.push(self.page.speech.say(Phrase::BoldWords).to_owned());
        }
        if !note.is_empty() {
            // A cell can go on overleaf; its footnote then stays below its beginning.
            let beginning = if headings { 1.min(blocks.len()) } else { blocks.len() };
            self.footnote(&mut blocks[..beginning], &note.join(self.page.speech.space()));
        }
        blocks
    }

    /// The words a remark had in the draft it stood in last.
    pub fn former_quotation(&self, item: &Item<'_>) -> Vec<Block> {
        let words = super::clause::one_line(&item.placement.quote().exact, &mut true);
        let words = super::asks::shortened_to(words.trim(), 1_500);
        if words.is_empty() {
            return Vec::new();
        }
        let run = self.page.of_draft(Run::plain(words));
        vec![Block::Paragraph { role: Role::Quote, about: Some(item.annotation.id), runs: vec![run] }]
    }

    /// The draft by symbol, name and date.
    pub fn draft_told(&self) -> String {
        self.page.speech.draft(self.page.draft)
    }

    /// Puts a footnote behind the last words of blocks, where footnotes are shown.
    pub fn footnote(&self, blocks: &mut [Block], words: &str) {
        if !self.submission.shows.footnotes {
            return;
        }
        if let Some(Block::Paragraph { runs, .. }) = blocks.last_mut()
            && let Some(run) = runs.last_mut()
        {
            match &mut run.footnote {
                Some(note) => note.push(Run::plain(format!("{}{words}", self.page.speech.space()))),
                None => run.footnote = Some(vec![Run::plain(words)]),
            }
        }
    }

    /// A remark with all that is said of it. `concerns` says whether its concerns stand over it, `asks` whether what it
    /// asks for stands below.
    pub fn remark(&self, item: &Item<'_>, range: TextRange, told: &Told, concerns: bool, asks: bool) -> Vec<Block> {
        let about = Some(item.annotation.id);
        let mut blocks = Vec::new();
        let label = self.label(item, concerns);
        if !label.is_empty() {
            blocks.push(Block::Paragraph { role: Role::Label, about, runs: label });
        }
        blocks.extend(Self::note(item));
        if let Some(source) = &item.annotation.source {
            let mut said = vec![self.page.speech.quoted(&source.title)];
            said.extend([&source.author, &source.heading].into_iter().filter(|s| !s.is_empty()).cloned());
            let words = self.page.speech.fill(Phrase::Source, &[("s", &self.page.speech.joined(&said))]);
            if blocks.is_empty() && self.submission.shows.footnotes {
                // Nothing the footnote could stand behind.
                blocks.push(Block::Paragraph { role: Role::Label, about, runs: vec![Run::plain(words)] });
            } else {
                self.footnote(&mut blocks, &words);
            }
        }
        if self.submission.shows.since {
            let all_gone = item.range.is_none() && self.targets.of(item, &self.page).provisions.is_empty();
            let since = self.page.since(item, all_gone);
            if !since.is_empty() {
                let head = format!("{}{}", self.page.speech.say(Phrase::SinceLast), self.page.speech.colon());
                let runs = vec![Run::strong(head), Run::plain(since.join(self.page.speech.space()))];
                blocks.push(Block::Paragraph { role: Role::Since, about, runs });
            }
        }
        if item.is_met() {
            return blocks;
        }
        if asks {
            blocks.extend(told.ask.as_ref().map(|ask| self.asked(item, ask)));
        }
        blocks.extend(self.proposal(item, range, told));
        if let Some(supported) = self.supported(item).filter(|_| !asks) {
            blocks.push(Block::Paragraph { role: Role::Label, about, runs: vec![Run::plain(supported)] });
        }
        blocks
    }

    /// What a remark asks for, with whose proposal that supports.
    fn asked(&self, item: &Item<'_>, ask: &Ask) -> Block {
        let speech = self.page.speech;
        let mut said = vec![self.page.sentence(ask)];
        said.extend(self.supported(item));
        let head = format!("{}{}", speech.say(Phrase::Recommendation), speech.colon());
        let runs = vec![Run::strong(head), Run::plain(said.join(speech.space()))];
        Block::Paragraph { role: Role::Ask, about: Some(item.annotation.id), runs }
    }

    /// Whose proposal a remark supports, in a sentence.
    pub fn supported(&self, item: &Item<'_>) -> Option<String> {
        let supports = item.annotation.recommendation.as_ref()?.supports.trim().trim_end_matches('.');
        (!supports.is_empty()).then(|| self.page.speech.fill(Phrase::Supports, &[("s", supports)]))
    }

    /// The words a remark proposes: as a redline of the clause, or as a text. What is told to be done is no text, and stands
    /// with what is asked for.
    pub fn proposal(&self, item: &Item<'_>, range: TextRange, told: &Told) -> Vec<Block> {
        let about = Some(item.annotation.id);
        let speech = self.page.speech;
        let mut blocks = match &told.wording {
            None | Some(Wording::Told(_)) => return Vec::new(),
            Some(Wording::Changes(changes)) => self.page.redline(range, changes, about),
            Some(Wording::Text(text)) => {
                paragraphs(text, Role::Proposal, about, |words| Run::stroke(Stroke::PutIn, words))
            }
        };
        if let Some(Block::Paragraph { runs, .. }) = blocks.first_mut() {
            let instead = told.ask.as_ref().is_some_and(|ask| ask.instead != Instead::Nothing);
            let head = speech.say(if instead { Phrase::ProposedInstead } else { Phrase::Proposed });
            runs.insert(0, Run::strong(format!("{head}{}", speech.colon())));
        }
        self.key(&mut blocks);
        if let Some(words) = self.old_numbers(item) {
            self.footnote(&mut blocks, &words);
        }
        blocks
    }

    /// That citations in what a remark proposes are as an earlier draft numbers, where they are.
    pub fn old_numbers(&self, item: &Item<'_>) -> Option<String> {
        let old = self.targets.old_numbers(item, &self.page)?;
        Some(self.page.speech.fill(Phrase::OldNumbers, &[("d", &old)]))
    }

    /// Explains the first redline of the paper.
    pub fn key(&self, blocks: &mut [Block]) {
        let is_drawn = |b: &Block| matches!(b, Block::Paragraph { runs, .. } if runs.iter().any(|r| r.mark.stroke != Stroke::Kept));
        if blocks.iter().any(is_drawn) && !self.keyed.replace(true) {
            self.footnote(blocks, self.page.speech.say(Phrase::RedlineKey));
        }
    }

    /// A note in paragraphs, as it was written.
    fn note(item: &Item<'_>) -> Vec<Block> {
        paragraphs(&item.annotation.note, Role::Body, Some(item.annotation.id), Run::plain)
    }

    /// The line over a remark.
    fn label(&self, item: &Item<'_>, concerns: bool) -> Vec<Run> {
        let speech = self.page.speech;
        let (a, shows) = (item.annotation, self.submission.shows);
        let mut runs = Vec::new();
        if concerns {
            let names = self.concerns(item);
            if !names.is_empty() {
                runs.push(Run::strong(speech.listed(&names)));
            }
        }
        let mut rest: Vec<String> = Vec::new();
        if a.kind == AnnotationKind::Absence {
            rest.push(speech.say(Phrase::Missing).to_owned());
        }
        if let Some(severity) = a.severity.filter(|_| shows.severity) {
            rest.push(speech.say(severity_word(severity)).to_owned());
        }
        if shows.status {
            rest.push(speech.say(status_word(a.status)).to_owned());
        }
        if shows.analysts {
            let name = self.page.project.sets.get(&item.focus.analyst).map_or("", |s| s.analyst.name.as_str());
            rest.extend(Some(name.trim()).filter(|n| !n.is_empty()).map(str::to_owned));
        }
        if !rest.is_empty() {
            // No line begins with the dot.
            let text = rest.join("\u{a0}\u{b7} ");
            runs.push(Run::plain(if runs.is_empty() {
                super::speech::opened(text)
            } else {
                format!("\u{a0}\u{b7} {text}")
            }));
        }
        runs
    }

    /// The names of a remark's concerns, in the order of the codebook.
    pub fn concerns(&self, item: &Item<'_>) -> Vec<String> {
        let tree = self.page.project.codebook.tree();
        let its = tree.into_iter().filter(|(_, c)| item.annotation.concerns.contains(&c.id));
        its.map(|(_, c)| c.name.trim().to_owned()).filter(|n| !n.is_empty()).collect()
    }

    /// A remark in one line: the first sentence of its note, and those behind it up to so many characters; without a note
    /// its concerns, or its words.
    pub fn line(&self, item: &Item<'_>, most: usize) -> String {
        let note = super::clause::one_line(&item.annotation.note, &mut true);
        let note = note.trim_end().to_owned();
        if !note.is_empty() {
            let all = TextRange { start: 0, end: note.len() };
            // A few words alone say little.
            let long = |r: &TextRange| r.of(&note).is_some_and(|s| s.chars().count() >= SHORTEST_LINE);
            let all_of_it = sentences(&note, all, &[]);
            let ends = || all_of_it.iter().map(|r| TextRange { start: 0, end: r.end });
            let short = |r: &TextRange| r.of(&note).is_some_and(|s| s.chars().count() <= most);
            let said = ends().rfind(short).filter(long).or_else(|| ends().find(long)).unwrap_or(all);
            return super::asks::shortened_to(said.of(&note).unwrap_or(&note).trim(), LONGEST_LINE);
        }
        let concerns = self.concerns(item);
        if concerns.is_empty() {
            let words = super::clause::one_line(&item.placement.quote().exact, &mut true);
            self.page.speech.quoted(&super::asks::shortened(&words))
        } else {
            self.page.speech.joined(&concerns)
        }
    }

    /// The main points, each in a line.
    pub fn main_points(&self, items: &[Item<'_>]) -> Vec<Block> {
        let mut points = Vec::new();
        for id in &self.submission.promoted {
            for item in items.iter().filter(|i| i.annotation.id == *id) {
                let clauses = super::clause::gathered([item], &self.page);
                let Some(clause) = clauses.first() else { continue };
                let told = self.told(item, clause, self.page.quoted(clause), false);
                let colon = self.page.speech.colon();
                let mut said = vec![stopped(self.line(item, 0))];
                said.extend(told.ask.as_ref().filter(|_| !item.is_met()).map(|ask| self.page.sentence(ask)));
                let runs = vec![
                    Run::strong(format!("{}{colon}", self.page.cited(&clause.at))),
                    Run::plain(said.join(self.page.speech.space())),
                ];
                points.push(vec![Block::Paragraph { role: Role::Body, about: Some(*id), runs }]);
            }
        }
        if points.is_empty() {
            return Vec::new();
        }
        vec![
            Block::heading(1, self.page.speech.say(Phrase::MainPoints)),
            Block::List { numbered: false, items: points },
        ]
    }

    /// The remarks of a clause with its quotation.
    pub fn clause(&self, clause: &Clause<'_, '_>, concerns: bool, asks: bool) -> (Vec<Block>, Vec<Ask>) {
        let range = self.page.quoted(clause);
        let told = self.told_all(&self.promoted_first(&clause.items), clause, range, true);
        let mut blocks = match clause.at {
            At::Nowhere(..) => Vec::new(),
            At::Provision(_) | At::Outside(_) => self.quotation(clause, range, &told, false),
        };
        let mut all = Vec::new();
        let mut before = String::new();
        let mut drawn: Vec<Wording> = Vec::new();
        for (item, mut told) in told {
            // The same text is drawn once.
            match &told.wording {
                Some(wording) if drawn.contains(wording) => told.wording = None,
                wording => drawn.extend(wording.clone()),
            }
            if matches!(clause.at, At::Nowhere(..)) && item.placement.quote().exact != before {
                before.clone_from(&item.placement.quote().exact);
                blocks.extend(self.former_quotation(item));
            }
            blocks.extend(self.remark(item, range, &told, concerns, asks));
            all.extend(told.ask);
        }
        (blocks, all)
    }

    fn promoted_first<'i, 'p>(&self, items: &[&'i Item<'p>]) -> Vec<&'i Item<'p>> {
        let rank = |i: &Item<'_>| self.submission.promoted.iter().position(|p| *p == i.annotation.id);
        let mut sorted = items.to_vec();
        sorted.sort_by_key(|i| rank(i).unwrap_or(usize::MAX));
        sorted
    }
}

/// A text in paragraphs: an empty line parts two of them, and breaks of lines within one are kept.
pub(super) fn paragraphs(
    text: &str,
    role: Role,
    about: Option<crate::model::AnnotationId>,
    run: impl Fn(String) -> Run,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let clean = |line: &str| -> String { line.chars().filter(|c| *c == '\t' || !c.is_control()).collect() };
    let mut end = |lines: &mut Vec<&str>| {
        if !lines.is_empty() {
            let words: Vec<String> = lines.drain(..).map(|l| clean(l.trim_end()).replace('\t', " ")).collect();
            blocks.push(Block::Paragraph { role, about, runs: vec![run(words.join("\n"))] });
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() {
            end(&mut lines);
        } else {
            lines.push(line);
        }
    }
    end(&mut lines);
    blocks
}

/// A line that ends like a sentence.
pub(super) fn stopped(line: String) -> String {
    let ends = ['.', '!', '?', ':', ';', '…', '。', '！', '？', '؟', '；'];
    let closing = ['\u{201d}', '»', ')', '"', '\u{2019}', '\u{a0}', ']'];
    let wide = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || c == '）';
    let text = line.trim_end();
    if text.is_empty() || text.trim_end_matches(closing).ends_with(ends) {
        return text.to_owned();
    }
    format!("{text}{}", if text.chars().next_back().is_some_and(wide) { "。" } else { "." })
}

fn severity_word(severity: Severity) -> Phrase {
    match severity {
        Severity::Low => Phrase::SeverityLow,
        Severity::Moderate => Phrase::SeverityModerate,
        Severity::High => Phrase::SeverityHigh,
        Severity::Critical => Phrase::SeverityCritical,
    }
}

fn status_word(status: Status) -> Phrase {
    match status {
        Status::Draft => Phrase::StatusDraft,
        Status::ForReview => Phrase::StatusForReview,
        Status::Agreed => Phrase::StatusAgreed,
    }
}
