//! From the parts of a commentary to suggestions.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::citation::{Found, Part, Resolution};
use crate::model::{
    Action, AnnotationKind, Citation, Codebook, Outline, ProvisionIndex, Recommendation, StructureHint, SuggestionKey,
    TextRange,
};

use super::asks::{self, Asked, Loose, Role};
use super::passages::{self, Parts, Passage};
use super::places::{Named, Places};
use super::themes::{Themes, Words};
use super::tongues::tongue_of;
use super::verbs::Verbs;
use super::{SuggestedNote, Suggestions};
use crate::model::sentences::sentences;

/// A note has at most so many bytes; of a longer passage what is around the citation.
const LONGEST_NOTE: usize = 1500;
/// At most so many suggestions are read from one commentary.
const MOST: usize = 20_000;
/// How a sentence begins that speaks of what the one before it cites.
const POINTING: &[&str] = &[
    "it ",
    "this ",
    "these ",
    "they ",
    "both ",
    "such ",
    "that provision",
    "the provision",
    "the article",
    "the paragraph",
    "the clause",
    "the words",
    "the reference",
    "il ",
    "elle ",
    "ils ",
    "elles ",
    "cette ",
    "cet ",
    "ce ",
    "cela ",
    "ces ",
    "esta ",
    "este ",
    "estas ",
    "estos ",
    "dicha ",
    "dicho ",
    "esa ",
];

/// Reads a commentary. `found` are the citations in its text, in order; `outline` is that of the draft it speaks about.
///
/// Linear in the length of the text.
pub fn suggest(
    text: &str,
    hints: &[StructureHint],
    found: &[Found],
    outline: &Outline,
    codebook: &Codebook,
) -> Suggestions {
    let cited: Vec<TextRange> = found.iter().map(|f| f.range).collect();
    let parts = passages::parts(text, hints, &cited);
    let mut reader = Reader {
        text,
        found,
        cited: &cited,
        parts: &parts,
        places: Places::of(outline),
        themes: Themes::of(codebook),
        verbs: Verbs::of(tongue_of(text)),
        headings: parts.headings.iter().map(|h| Words::of(h.range.of(text).unwrap_or_default())).collect(),
        heads: heads(outline),
        unit: None,
        around: RefCell::default(),
        list: Vec::new(),
    };
    let mut waiting: Option<Waiting> = None;
    let mut path: &[usize] = &[];
    for (n, passage) in parts.passages.iter().enumerate() {
        if reader.list.len() >= MOST {
            break;
        }
        if passage.headings != path {
            path = &passage.headings;
            reader.settle(waiting.take());
            let about = reader.headed(path);
            reader.unit = about.last().map(|n| n.0.clone());
            waiting = (!about.is_empty()).then_some(Waiting { about, first: None, silent: true });
        }
        let before = reader.list.len();
        reader.passage(n, passage, waiting.as_mut());
        if reader.list.len() > before
            && let Some(waiting) = &mut waiting
        {
            waiting.silent = false;
        }
    }
    reader.settle(waiting);
    let mut list = reader.list;
    list.sort_by_key(|s| (s.passage.start, s.key.at.start));
    Suggestions { title: parts.title, list, paragraphs: parts.paragraphs }
}

struct Reader<'r> {
    text: &'r str,
    found: &'r [Found],
    cited: &'r [TextRange],
    parts: &'r Parts,
    places: Places<'r>,
    themes: Themes,
    verbs: Verbs,
    headings: Vec<Words>,
    /// The headings of the draft, divisions before articles.
    heads: Vec<(ProvisionIndex, Words)>,
    /// What `this article` is.
    unit: Option<Citation>,
    /// The paragraph that was looked at last, with its words.
    around: RefCell<Option<(usize, Rc<Words>)>>,
    list: Vec<SuggestedNote>,
}

/// A heading that cites, until something below it has been said of what it cites.
struct Waiting {
    about: Vec<Named>,
    /// The first passage below it.
    first: Option<usize>,
    silent: bool,
}

/// A provision that a passage speaks of.
struct Mention {
    at: TextRange,
    citation: Citation,
    meaning: Resolution,
    ask: Option<Recommendation>,
    lacks: bool,
    reason: Option<String>,
}

impl Reader<'_> {
    fn passage(&mut self, n: usize, passage: &Passage, waiting: Option<&mut Waiting>) {
        let body = TextRange { start: passage.words.max(passage.range.start), end: passage.range.end };
        let inside = self.within(passage.range);
        let lead = passage.lead.map(|lead| self.read(lead));
        let (mut mentions, mut loose) = (Vec::new(), Vec::new());
        let mut spoken = false;
        for sentence in
            sentences(self.text, TextRange { start: passage.range.start, ..body }, &self.cited[inside.clone()])
        {
            let (found, asked) = self.read(sentence);
            spoken |= self.mentions(found, &asked, &mut mentions);
            loose.extend(asked.loose);
        }
        let leads = self.parts.passages.get(n + 1).is_some_and(|next| next.lead == Some(passage.range));
        if leads && mentions.iter().all(|m| m.ask.is_none()) {
            // What it cites is said of in the list that follows.
            return;
        }
        if passage.is_heading {
            // A heading is no note, unless it asks for something itself.
            if mentions.iter().any(|m| m.ask.is_some()) {
                self.add(passage, None, mentions);
            }
            return;
        }
        if let Some((found, asked)) = &lead {
            let wish = asked.loose.first().map(|l| l.ask.clone());
            if let Some(wish) = wish.filter(|_| mentions.iter().all(|m| m.ask.is_none())) {
                for mention in &mut mentions {
                    mention.lacks |= wish.action == Action::Add;
                    mention.ask = Some(wish.clone());
                }
            }
            if mentions.is_empty() && !spoken {
                // `We recommend that Article 24: (a) include …`
                self.mentions(found.clone(), asked, &mut mentions);
                let own = loose.first().map(|l| l.ask.clone());
                for mention in &mut mentions {
                    mention.at = passage.range;
                    mention.ask = own.clone().or_else(|| mention.ask.take());
                    mention.lacks |= mention.ask.as_ref().is_some_and(|a| a.action == Action::Add);
                }
            }
        }
        let meant = loose.iter().filter(|l| !l.targets.is_empty()).filter_map(|l| self.meant(l, passage));
        mentions.extend(meant.collect::<Vec<_>>());
        if mentions.is_empty() && !spoken {
            self.without_citation(n, passage, loose, waiting);
        } else {
            self.add(passage, passage.lead.filter(|_| lead.is_some()), mentions);
        }
    }

    /// A passage that cites nothing: it may go on with the sentence before it, or speak of what its heading cites.
    fn without_citation(&mut self, n: usize, passage: &Passage, loose: Vec<Loose>, waiting: Option<&mut Waiting>) {
        let words = self.text[passage.words..passage.range.end].trim_start_matches(['*', '_']).to_lowercase();
        let words = words.strip_prefix("recommendation: ").unwrap_or(&words);
        let before = n.checked_sub(1).and_then(|i| self.parts.passages.get(i));
        let ask = loose.into_iter().map(|l| l.ask).next();
        let follows = before.is_some_and(|b| b.paragraph == passage.paragraph && !b.is_heading);
        let points = POINTING.iter().any(|p| words.starts_with(p)) || words.contains(" it ") || words.ends_with(" it.");
        if let (Some(ask), Some(before), true) = (&ask, before, follows && points) {
            let (note, since) = (self.note(passage, None, passage.range), before.range.start);
            let open = |s: &&mut SuggestedNote| s.passage.start == since && s.recommendation.is_none();
            let mut joined = false;
            for earlier in self.list.iter_mut().rev().take(40).filter(open) {
                earlier.recommendation = Some(ask.clone());
                earlier.note = format!("{} {note}", earlier.note);
                earlier.passage.end = passage.range.end;
                joined = true;
            }
            if joined {
                return;
            }
        }
        let Some(waiting) = waiting else { return };
        waiting.first = waiting.first.or(Some(n));
        if let Some(ask) = ask {
            let about = waiting.about.clone();
            self.add_about(passage, about, Some(ask));
        }
    }

    /// Where nothing below a heading spoke of what it cites, its first sentence does.
    fn settle(&mut self, waiting: Option<Waiting>) {
        let Some(Waiting { about, first: Some(first), silent: true }) = waiting else { return };
        if let Some(passage) = self.parts.passages.get(first) {
            self.add_about(passage, about, None);
        }
    }

    fn add_about(&mut self, passage: &Passage, about: Vec<Named>, ask: Option<Recommendation>) {
        let reason = Some("its heading cites it".to_owned());
        let lacks = ask.as_ref().is_some_and(|a| a.action == Action::Add) || self.says_missing(passage);
        let mention = |(citation, meaning): Named| Mention {
            at: passage.range,
            citation,
            meaning,
            ask: ask.clone(),
            lacks,
            reason: reason.clone(),
        };
        self.add(passage, None, about.into_iter().map(mention).collect());
    }

    fn says_missing(&self, passage: &Passage) -> bool {
        let words = passage.range.of(self.text).unwrap_or_default().to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let phrases = self.verbs.tongue.missing.iter();
        phrases.filter(|p| p.len() > 1 || p[0].len() > 4).any(|p| words.windows(p.len()).any(|w| w == *p))
    }

    /// The citations of a stretch and what it asks of them.
    fn read(&self, range: TextRange) -> (std::ops::Range<usize>, Asked) {
        let inside = self.within(range);
        (inside.clone(), asks::read(self.text, range, &self.cited[inside], &self.verbs))
    }

    fn within(&self, range: TextRange) -> std::ops::Range<usize> {
        let from = self.cited.partition_point(|c| c.start < range.start);
        let to = from + self.cited[from..].partition_point(|c| c.end <= range.end);
        from..to
    }

    /// Adds what a sentence speaks of. Answers with whether it cites the draft at all.
    fn mentions(&mut self, inside: std::ops::Range<usize>, asked: &Asked, mentions: &mut Vec<Mention>) -> bool {
        let mut any = false;
        for (found, role) in self.found[inside].iter().zip(&asked.roles) {
            if found.instrument.is_some() {
                continue;
            }
            for part in &found.parts {
                let named = self.named(found, part);
                if let Some((last, _)) = named.last() {
                    self.unit = Some(last.clone());
                    any = true;
                }
                let Role::Spoken { ask, lacks } = role else { continue };
                mentions.extend(named.into_iter().map(|(citation, meaning)| Mention {
                    at: part.range,
                    citation,
                    meaning,
                    ask: ask.clone(),
                    lacks: *lacks,
                    reason: None,
                }));
            }
        }
        any
    }

    fn named(&self, found: &Found, part: &Part) -> Vec<Named> {
        self.places.named(found, part, self.unit.as_ref())
    }

    /// The provisions that the innermost heading cites which cites any.
    fn headed(&self, path: &[usize]) -> Vec<Named> {
        for &heading in path.iter().rev() {
            let Some(heading) = self.parts.headings.get(heading) else { continue };
            let own = self.found[self.within(heading.range)].iter().filter(|f| f.instrument.is_none());
            let named: Vec<Named> =
                own.flat_map(|f| f.parts.iter().flat_map(move |p| self.places.named(f, p, None))).collect();
            if !named.is_empty() {
                return named;
            }
        }
        Vec::new()
    }

    /// Where a wish belongs that names what is to be limited otherwise than by a citation: the division or article with
    /// these words as its heading, else the one that holds what it is to be limited to.
    fn meant(&self, loose: &Loose, passage: &Passage) -> Option<Mention> {
        if loose.ask.action != Action::Limit {
            return None;
        }
        let inside = self.within(passage.range);
        let found = self.found[inside].get(*loose.targets.first()?)?;
        let first = found.range;
        let subject = loose.subject.of(self.text).unwrap_or_default();
        let stems = Words::of(subject);
        let wanted = stems.stems();
        let same = |heading: &Words| {
            let stems = heading.stems();
            !stems.is_empty() && (stems == wanted || stems.len() > 1 && stems.is_subset(&wanted))
        };
        let outline = self.places.outline;
        let named = outline_name(subject);
        let (index, reason) = match self.heads.iter().find(|(_, words)| same(words)) {
            Some(&(index, _)) => {
                (index, format!("\u{201c}{named}\u{201d} is the heading of {}", outline.citation(index).long()))
            }
            _ => {
                let ends: Vec<_> = found
                    .parts
                    .iter()
                    .flat_map(|p| self.named(found, p))
                    .filter_map(|(_, meaning)| meaning.one())
                    .collect();
                let (one, last) = (*ends.first()?, *ends.last()?);
                let holder = outline.ancestors(one).skip(1).find(|&a| {
                    outline.get(a).is_some_and(|p| p.kind.is_division() && a < last && last.0 < p.subtree_end)
                })?;
                let to = found.range.of(self.text).unwrap_or_default();
                let holds = outline.citation(holder).long();
                (holder, format!("what is to be limited is cited nowhere; {holds} holds {to}"))
            }
        };
        let (citation, meaning) = (self.places.citation(index), Resolution::Exact(vec![index]));
        Some(Mention { at: first, citation, meaning, ask: Some(loose.ask.clone()), lacks: false, reason: Some(reason) })
    }

    /// Makes suggestions of what a passage speaks of, one for each provision.
    fn add(&mut self, passage: &Passage, lead: Option<TextRange>, mentions: Vec<Mention>) {
        let mut merged: Vec<Mention> = Vec::with_capacity(mentions.len());
        let mut at: BTreeMap<Citation, usize> = BTreeMap::new();
        for mention in mentions {
            match at.get(&mention.citation).and_then(|&i| merged.get_mut(i)) {
                Some(first) => {
                    first.ask = first.ask.take().or(mention.ask);
                    first.lacks |= mention.lacks;
                }
                None => {
                    at.insert(mention.citation.clone(), merged.len());
                    merged.push(mention);
                }
            }
        }
        if merged.is_empty() {
            return;
        }
        let path: Vec<TextRange> =
            passage.headings.iter().filter_map(|&h| self.parts.headings.get(h)).map(|h| h.range).collect();
        let plain = passage.range.of(self.text).unwrap_or_default();
        let headings: Vec<&Words> = passage.headings.iter().filter_map(|&h| self.headings.get(h)).collect();
        let around = self.paragraph(passage.paragraph);
        let concerns = self.themes.of_remark(&headings, &around, &Words::of(plain), plain);
        for mention in merged {
            let kind = kind(&mention);
            self.list.push(SuggestedNote {
                key: SuggestionKey { at: mention.at, citation: mention.citation },
                passage: passage.range,
                headings: path.clone(),
                meaning: mention.meaning,
                kind,
                note: self.note(passage, lead, mention.at),
                recommendation: mention.ask,
                concerns: concerns.clone(),
                reason: mention.reason,
            });
        }
    }

    /// The words of a paragraph.
    fn paragraph(&self, number: usize) -> Rc<Words> {
        if let Some((known, words)) = &*self.around.borrow()
            && *known == number
        {
            return Rc::clone(words);
        }
        let passages = &self.parts.passages;
        let from = passages.partition_point(|p| p.paragraph < number);
        let to = passages.partition_point(|p| p.paragraph <= number);
        let ends = passages.get(from).zip(passages.get(to.saturating_sub(1)));
        let range = ends.map_or_else(TextRange::default, |(a, b)| TextRange::new(a.range.start, b.range.end));
        let words = Rc::new(Words::of(range.of(self.text).unwrap_or_default()));
        *self.around.borrow_mut() = Some((number, Rc::clone(&words)));
        words
    }

    /// The passage as a note: on one line, without the signs of lists and of Markdown, with what leads it in.
    fn note(&self, passage: &Passage, lead: Option<TextRange>, cited: TextRange) -> String {
        let range = TextRange { start: passage.words.min(passage.range.end), end: passage.range.end };
        // What stands at the head of a bullet is a heading only where the rest is a sentence.
        let range = if cited.start < range.start { passage.range } else { range };
        let clean = |range: TextRange| {
            let words = range.of(self.text).unwrap_or_default().replace("**", "");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            words.trim_start_matches(['•', '▪', '‣', '◦', '●', '■', '*', '·', '–', '-', ' ']).to_owned()
        };
        let cut = around(self.text, range, cited);
        let mut note = clean(cut);
        if cut.start > range.start {
            note.insert_str(0, "… ");
        }
        if cut.end < range.end {
            note.push_str(" …");
        }
        // An item of a list ends where the list goes on.
        let kept = note.trim_end_matches([';', ',', ' ']).len();
        note.truncate(kept);
        match lead {
            Some(lead) => format!("{} {note}", clean(lead)),
            None => note,
        }
    }
}

/// What is to go or to be narrowed is there, whatever else it lacks.
fn kind(mention: &Mention) -> AnnotationKind {
    let goes =
        mention.ask.as_ref().is_some_and(|a| matches!(a.action, Action::Delete | Action::Limit | Action::Reject));
    if mention.lacks && !goes { AnnotationKind::Absence } else { AnnotationKind::Remark }
}

/// The headings of a draft, divisions before articles.
fn heads(outline: &Outline) -> Vec<(ProvisionIndex, Words)> {
    let of = |divisions: bool| {
        outline.indices().filter_map(move |i| {
            let p = outline.get(i).filter(|p| p.kind.is_headed() && p.kind.is_division() == divisions)?;
            Some((i, Words::of(p.heading.as_deref()?)))
        })
    };
    of(true).chain(of(false)).collect()
}

/// The part of a passage around a citation that is short enough for a note.
fn around(text: &str, range: TextRange, cited: TextRange) -> TextRange {
    if range.len() <= LONGEST_NOTE {
        return range;
    }
    let middle = cited.start.clamp(range.start, range.end);
    let from = range.start.max(middle.saturating_sub(LONGEST_NOTE / 2));
    let to = range.end.min(from + LONGEST_NOTE);
    let cut = TextRange { start: text.floor_char_boundary(from), end: text.floor_char_boundary(to) };
    let words = cut.of(text).unwrap_or_default();
    let start = if cut.start > range.start { words.find(char::is_whitespace).map_or(0, |i| i + 1) } else { 0 };
    let end = if cut.end < range.end { words.rfind(char::is_whitespace).unwrap_or(words.len()) } else { words.len() };
    if start >= end { cut } else { TextRange { start: cut.start + start, end: cut.start + end } }
}

/// The words that name what is to be limited, without articles at their beginning.
fn outline_name(subject: &str) -> String {
    let words = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    let cut =
        ["the ", "any ", "all ", "la ", "le ", "el "].iter().find(|a| lower.starts_with(*a)).map_or(0, |a| a.len());
    words.get(cut..).unwrap_or(&words).to_owned()
}
