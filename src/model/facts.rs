//! What other programs have no place for, as lines that people and this program read.
//!
//! A severity, a recommendation or a verdict goes into the description or the text of an annotation in another
//! program's file, below a line that says whose lines these are; a table has a column for each, and linked data a term:
//!
//! ```text
//! The note.
//!
//! [Travaux]
//! - Severity: high
//! - Recommendation: limit
//! - Concerning: Articles 7 to 11
//! ```
//!
//! A value of several lines goes on in lines that are indented.

use super::anchor::{Anchor, Placement, Quote, Reach, Verdict};
use super::annotation::{Annotation, AnnotationKind, Outcome, Severity, Status};
use super::citation::{Citation, Place};
use super::commentary::Origin;
use super::ids::{AnnotationId, ConcernId, DraftId};
use super::recommendation::{Action, Recommendation};
use super::text::TextRange;

/// The line above the facts in a text.
const HEAD: &str = "[Travaux]";

/// All keys, in the order they are written.
pub const KEYS: [&str; 31] = [
    "Remark",
    "Kind",
    "Concern",
    "Severity",
    "Status",
    "Recommendation",
    "Concerning",
    "Proposed",
    "Supports",
    "Source",
    "Source author",
    "Source heading",
    "Source commentary",
    "Source place",
    "Outcome",
    "Seen",
    "Made of",
    "Numbering",
    "Draft",
    "Reach",
    "State",
    "Provision",
    "Quote",
    "Before",
    "After",
    "Tag",
    "Look for",
    "Swatch",
    "Key",
    "Retired",
    "Safeguard",
];

/// Facts in the order they were said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Keys of [`KEYS`] with their values; one that can be many stands several times.
    pub list: Vec<(&'static str, String)>,
}

/// What became of a remark's words in a draft, without the words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum State {
    /// See [`Placement::Made`].
    #[default]
    Made,
    /// See [`Placement::Carried`].
    Carried(Verdict, DraftId),
    /// See [`Placement::Lost`].
    Lost {
        /// The draft it was carried from.
        from: Option<DraftId>,
        /// Whether nothing of its words stands here any more.
        deleted: bool,
        /// Whether a person keeps it so.
        reviewed: bool,
    },
}

impl Facts {
    /// Says one thing; nothing where the value is empty.
    pub fn say(&mut self, key: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.list.push((key, value));
        }
    }

    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.list.iter().find(|(k, _)| *k == key).map(|(_, v)| v.as_str())
    }

    /// All values of a key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter(move |(k, _)| *k == key).map(|(_, v)| v.as_str())
    }

    /// What a remark says besides its note, its concerns and its places. `name` is what people call a draft.
    pub fn of_annotation(annotation: &Annotation, name: &dyn Fn(DraftId) -> String) -> Self {
        let mut facts = Self::default();
        facts.say("Remark", annotation.id.to_string());
        if annotation.kind != AnnotationKind::Remark {
            facts.say("Kind", annotation.kind.word());
        }
        facts.say("Severity", annotation.severity.map_or("", Severity::word));
        facts.say("Status", annotation.status.word());
        if let Some(recommendation) = &annotation.recommendation {
            facts.say("Recommendation", recommendation.action.word());
            for target in &recommendation.targets {
                // An empty one is kept: a list must come back as long as it was.
                facts.list.push(("Concerning", target.clone()));
            }
            facts.say("Proposed", recommendation.proposed.as_str());
            facts.say("Supports", recommendation.supports.as_str());
        }
        if let Some(source) = &annotation.source {
            facts.list.push(("Source", source.title.clone()));
            facts.say("Source author", source.author.as_str());
            facts.say("Source heading", source.heading.as_str());
            facts.say("Source commentary", source.commentary.to_string());
            facts.say("Source place", format!("{}-{}", source.range.start, source.range.end));
        }
        let draft = |id: DraftId| format!("{id} ({})", name(id));
        for (&id, outcome) in &annotation.outcomes {
            facts.say("Outcome", format!("{} in {}", outcome.word(), draft(id)));
        }
        for (&id, when) in &annotation.seen {
            facts.say("Seen", format!("{when} in {}", draft(id)));
        }
        for ((analyst, id), when) in &annotation.made_of {
            facts.say("Made of", format!("{id} by {analyst} as of {when}"));
        }
        facts.say("Numbering", annotation.numbering.map(draft).unwrap_or_default());
        facts
    }

    /// What became of a remark in a draft, and the provision; not its words and not where they stand.
    pub fn of_placement(placement: &Placement) -> Self {
        let mut facts = Self::default();
        if placement.anchor().is_some_and(|a| a.reach == Reach::Provision) {
            facts.say("Reach", "provision");
        }
        facts.say("State", State::of(placement).words());
        facts.say("Provision", placement.citation().address());
        facts
    }

    /// Adds the words of a remark that has no place, and what stood around them.
    pub fn say_quote(&mut self, quote: &Quote) {
        self.say("Quote", quote.exact.as_str());
        self.say("Before", quote.prefix.as_str());
        self.say("After", quote.suffix.as_str());
    }

    /// The words that [`Self::say_quote`] added.
    pub fn quote(&self) -> Quote {
        let value = |key| self.get(key).unwrap_or_default().to_owned();
        Quote { exact: value("Quote"), prefix: value("Before"), suffix: value("After") }
    }

    /// Puts into a remark what [`Self::of_annotation`] says of one. What cannot be understood is left as it is and told.
    pub fn put_into(&self, annotation: &mut Annotation) -> Vec<String> {
        let mut odd = Vec::new();
        let mut unknown = |key: &str, value: &str| odd.push(format!("{key}: {value}"));
        if let Some(id) = self.get("Remark").and_then(|v| v.parse::<AnnotationId>().ok()) {
            annotation.id = id;
        }
        if let Some(word) = self.get("Kind") {
            match AnnotationKind::named(word) {
                Some(kind) => annotation.kind = kind,
                None => unknown("Kind", word),
            }
        }
        for id in self.all("Concern") {
            match id.parse::<ConcernId>() {
                Ok(id) => drop(annotation.concerns.insert(id)),
                Err(_) => unknown("Concern", id),
            }
        }
        if let Some(word) = self.get("Severity") {
            annotation.severity = Severity::named(word);
            if annotation.severity.is_none() {
                unknown("Severity", word);
            }
        }
        if let Some(word) = self.get("Status") {
            match Status::named(word) {
                Some(status) => annotation.status = status,
                None => unknown("Status", word),
            }
        }
        if let Some(word) = self.get("Recommendation") {
            match Action::named(word) {
                Some(action) => {
                    annotation.recommendation = Some(Recommendation {
                        action,
                        targets: self.all("Concerning").map(str::to_owned).collect(),
                        proposed: self.get("Proposed").unwrap_or_default().to_owned(),
                        supports: self.get("Supports").unwrap_or_default().to_owned(),
                    });
                }
                None => unknown("Recommendation", word),
            }
        }
        if let Some(title) = self.get("Source") {
            let value = |key| self.get(key).unwrap_or_default();
            let range = value("Source place").split_once('-');
            let range = range.and_then(|(a, b)| Some(TextRange::new(a.parse().ok()?, b.parse().ok()?)));
            match (value("Source commentary").parse(), range) {
                (Ok(commentary), Some(range)) => {
                    annotation.source = Some(Origin {
                        commentary,
                        title: title.to_owned(),
                        author: value("Source author").to_owned(),
                        heading: value("Source heading").to_owned(),
                        range,
                    });
                }
                _ => unknown("Source", title),
            }
        }
        for value in self.all("Outcome") {
            let said = value.split_once(" in ").and_then(|(word, id)| Some((Outcome::named(word)?, first_id(id)?)));
            match said {
                Some((outcome, id)) => drop(annotation.outcomes.insert(id, outcome)),
                None => unknown("Outcome", value),
            }
        }
        for value in self.all("Seen") {
            let said = value.split_once(" in ").and_then(|(when, id)| Some((when.parse().ok()?, first_id(id)?)));
            match said {
                Some((when, id)) => drop(annotation.seen.insert(id, when)),
                None => unknown("Seen", value),
            }
        }
        for value in self.all("Made of") {
            let said = value.split_once(" by ").and_then(|(id, rest)| {
                let (analyst, when) = rest.split_once(" as of ")?;
                Some(((analyst.parse().ok()?, id.parse().ok()?), when.parse().ok()?))
            });
            match said {
                Some((source, when)) => drop(annotation.made_of.insert(source, when)),
                None => unknown("Made of", value),
            }
        }
        annotation.numbering = self.get("Numbering").and_then(first_id);
        odd
    }

    /// What [`Self::of_placement`] says: the state, chosen words or a whole provision, and the provision.
    pub fn placement(&self) -> (State, Reach, Citation) {
        let reach = if self.get("Reach") == Some("provision") { Reach::Provision } else { Reach::Words };
        let citation = self.get("Provision").and_then(Citation::from_address);
        let state = self.get("State").and_then(State::from_words).unwrap_or_default();
        (state, reach, citation.unwrap_or_else(|| Citation::to(Place::Text)))
    }

    /// The facts below words of a person's, as one text.
    pub fn below(&self, words: &str) -> String {
        let mut text = words.to_owned();
        if self.list.is_empty() {
            return text;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(HEAD);
        for (key, value) in &self.list {
            text.push_str(&format!("\n- {key}: {}", value.replace('\n', "\n  ")));
        }
        text
    }

    /// The words of a person, and the facts below them.
    pub fn split(text: &str) -> (&str, Self) {
        let is_head = |at: usize| {
            let after = &text[at + HEAD.len()..];
            (at == 0 || text[..at].ends_with('\n')) && (after.is_empty() || after.starts_with(['\n', '\r']))
        };
        let Some(at) = text.rmatch_indices(HEAD).map(|(at, _)| at).find(|&at| is_head(at)) else {
            return (text, Self::default());
        };
        let words = &text[..at];
        let words = words.strip_suffix("\n\n").or_else(|| words.strip_suffix('\n')).unwrap_or(words);
        let mut facts = Self::default();
        for line in text[at + HEAD.len()..].split('\n').skip(1) {
            let known = line.strip_prefix("- ").and_then(|l| l.split_once(':'));
            let key = known.and_then(|(key, _)| KEYS.into_iter().find(|k| *k == key));
            match (key, known, facts.list.last_mut()) {
                (Some(key), Some((_, value)), _) => {
                    facts.list.push((key, value.strip_prefix(' ').unwrap_or(value).to_owned()));
                }
                (_, _, Some((_, value))) if line.starts_with("  ") || line.is_empty() => {
                    value.push('\n');
                    value.push_str(line.strip_prefix("  ").unwrap_or(line));
                }
                _ => {}
            }
        }
        (words, facts)
    }
}

/// The id that a value begins with; a name may follow.
fn first_id(value: &str) -> Option<DraftId> {
    value.get(..32)?.parse().ok()
}

impl State {
    /// Of a placement.
    pub fn of(placement: &Placement) -> Self {
        match placement {
            Placement::Made(_) => Self::Made,
            Placement::Carried { from, verdict, .. } => Self::Carried(*verdict, *from),
            Placement::Lost { from, deleted, reviewed, .. } => {
                Self::Lost { from: *from, deleted: *deleted, reviewed: *reviewed }
            }
        }
    }

    /// The placement of this state.
    pub fn placement(self, anchor: Anchor) -> Placement {
        match self {
            Self::Made => Placement::Made(anchor),
            Self::Carried(verdict, from) => Placement::Carried { anchor, from, verdict },
            Self::Lost { from, deleted, reviewed } => {
                Placement::Lost { from, quote: anchor.quote, citation: anchor.citation, deleted, reviewed }
            }
        }
    }

    /// In words; none for what was made where it stands.
    pub fn words(self) -> String {
        match self {
            Self::Made => String::new(),
            Self::Carried(Verdict::Edited { similarity }, from) => format!("carried, edited {similarity}, from {from}"),
            Self::Carried(verdict, from) => format!("carried, {}, from {from}", verdict.word()),
            Self::Lost { from, deleted, reviewed } => {
                let mut words = String::from("lost");
                for (is, word) in [(deleted, ", deleted"), (reviewed, ", reviewed")] {
                    words.push_str(if is { word } else { "" });
                }
                from.map_or_else(|| words.clone(), |from| format!("{words}, from {from}"))
            }
        }
    }

    /// From its words.
    pub fn from_words(words: &str) -> Option<Self> {
        let mut parts = words.split(", ").map(str::trim);
        let first = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        let from = rest.iter().find_map(|p| first_id(p.strip_prefix("from ")?));
        match first {
            "lost" => {
                Some(Self::Lost { from, deleted: rest.contains(&"deleted"), reviewed: rest.contains(&"reviewed") })
            }
            "carried" => {
                let word = rest.first()?;
                let verdict = match word.split_once(' ') {
                    Some(("edited", similarity)) => {
                        let similarity: f32 = similarity.parse().ok()?;
                        let similarity = if similarity.is_nan() { 0.0 } else { similarity.clamp(0.0, 1.0) };
                        Verdict::Edited { similarity }
                    }
                    _ => [
                        Verdict::Unchanged,
                        Verdict::Renumbered,
                        Verdict::Moved,
                        Verdict::Split,
                        Verdict::Merged,
                        Verdict::Deleted,
                    ]
                    .into_iter()
                    .find(|v| v.word() == *word)?,
                };
                Some(Self::Carried(verdict, from?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_below_a_note_and_are_found_again() {
        let check = |note: &str, list: &[(&'static str, &str)]| {
            let mut facts = Facts::default();
            for (key, value) in list {
                facts.list.push((key, (*value).to_owned()));
            }
            let text = facts.below(note);
            assert_eq!(Facts::split(&text), (note, facts), "{text}");
        };
        check("", &[]);
        check("A note.", &[]);
        check("", &[("Severity", "high")]);
        check("A note.\n\n", &[("Concerning", ""), ("Proposed", " two\nlines\n\n  and - Severity: low\n")]);
        check("[Travaux]\n- Severity: low\n", &[("Severity", "high"), ("Quote", "[Travaux]\n[Travaux]")]);
        let trimmed = "Note\n[Travaux]\r\nwritten by hand\n- Severity: high";
        let (words, facts) = Facts::split(trimmed);
        assert_eq!((words, facts.get("Severity")), ("Note", Some("high")));
    }

    #[test]
    fn a_state_survives_being_written() {
        let from = DraftId(7);
        for state in [
            State::Made,
            State::Carried(Verdict::Edited { similarity: 0.123_456_79 }, from),
            State::Carried(Verdict::Moved, from),
            State::Lost { from: None, deleted: false, reviewed: false },
            State::Lost { from: Some(from), deleted: true, reviewed: true },
        ] {
            let words = state.words();
            assert_eq!(State::from_words(&words).unwrap_or_default(), state, "{words}");
        }
    }
}
