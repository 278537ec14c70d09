//! What a recommendation does to the words of a clause: which go, and which come.
//!
//! Analysts propose words in three ways, and each is taken as it is meant: words in the place of those they marked, a whole
//! sentence or clause, and an instruction in words (`Replace “may” by “shall”.`), which is carried out where that can
//! be done in one way only, and otherwise shown as it stands.

use super::clause::{At, Clause, PARAGRAPH, Page, covers_words};
use super::proposed::{is_condition, is_instruction, is_sentence, words_of};
use super::redline::strokes;
use super::select::Item;
use super::speech::opened;
use crate::model::sentences::sentence_around;
use crate::model::{Action, ProvisionIndex, TextRange};
use crate::reconcile::Stroke as Drawn;

/// What a recommendation does to a draft.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wording {
    /// It changes words of the clause.
    Changes(Vec<Change>),
    /// It puts in a text that stands nowhere yet.
    Text(String),
    /// It says in words what to do.
    Told(String),
}

impl Wording {
    /// What it changes in the words of the clause.
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::Changes(changes) => changes,
            Self::Text(_) | Self::Told(_) => &[],
        }
    }
}

/// A stretch of a draft and what is to stand there; an empty stretch is a place between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub at: TextRange,
    pub new: String,
}

impl Page<'_> {
    /// What a remark's recommendation does to its clause; nothing where it proposes no words and strikes none. `range` is
    /// what is quoted of the clause, `objects` the provisions that the recommendation is said to be about.
    pub fn wording(
        &self,
        item: &Item<'_>,
        clause: &Clause<'_, '_>,
        range: TextRange,
        objects: &[ProvisionIndex],
    ) -> Option<Wording> {
        let recommendation = item.annotation.recommendation.as_ref()?;
        let proposed = recommendation.proposed.trim();
        let text = &*self.draft.text;
        let (At::Provision(provision), Some(marked)) = (&clause.at, item.range) else {
            let told = (!proposed.is_empty()).then(|| match is_instruction(proposed) {
                true => Wording::Told(proposed.to_owned()),
                false => Wording::Text(proposed.to_owned()),
            });
            let Some(marked) = item.range.filter(|_| matches!(clause.at, At::Outside(_))) else { return told };
            return match recommendation.action {
                Action::Delete if proposed.is_empty() => Some(Wording::Changes(vec![gone(marked)])),
                Action::Amend if !proposed.is_empty() => {
                    Some(Wording::Changes(vec![Change { at: marked, new: proposed.to_owned() }]))
                }
                _ => told,
            };
        };
        let body = self.body(*provision, range);
        let mut marked = marked.trimmed(text);
        if !marked.overlaps(range) && recommendation.action != Action::Delete && !is_instruction(proposed) {
            // Another clause that the same is asked for is changed where it has the same words, once.
            let words = marked.of(text).unwrap_or_default();
            let mut found = body.of(text).unwrap_or_default().match_indices(words);
            let told = (!proposed.is_empty()).then(|| Wording::Text(proposed.to_owned()));
            let (Some((at, _)), None) = (found.next(), found.next()) else { return told };
            marked = TextRange { start: body.start + at, end: body.start + at + words.len() };
        }
        // What the recommendation is about, where it says so: parts of this clause, or the clause, or something else.
        let ranges = objects.iter().filter_map(|&o| Some(self.draft.outline.get(o)?.range.trimmed(text)));
        let here: Vec<TextRange> = ranges.filter(|r| r.overlaps(range)).collect();
        let elsewhere = !objects.is_empty() && here.is_empty();
        let strikes = recommendation.action == Action::Delete && !elsewhere;
        let keeps_out = recommendation.action == Action::Reject;
        if is_instruction(proposed) && !strikes {
            // It is meant for the smallest stretch that is named.
            let within = here.first().filter(|_| here.len() == 1).and_then(|r| r.intersection(range));
            let done = self.carried_out(proposed, *provision, within.unwrap_or(range), marked, item.whole);
            let done = done.filter(|_| !elsewhere && !keeps_out);
            return Some(done.map_or_else(|| Wording::Told(proposed.to_owned()), Wording::Changes));
        }
        match recommendation.action {
            Action::Delete if elsewhere => None,
            Action::Delete => {
                let is_part = !item.whole && marked.overlaps(body) && !covers_words(text, marked, body);
                // Words that are named as a part of the clause, or the provisions that are said to go.
                let only_part = is_part && objects == [*provision] && !proposed.is_empty();
                if here.is_empty() || only_part {
                    if !is_part {
                        return Some(Wording::Changes(vec![Change { at: range, new: text_of(proposed).to_owned() }]));
                    }
                    if is_instruction(proposed)
                        && let Some(done) = self.carried_out(proposed, *provision, range, marked, false)
                        && done.iter().any(|c| c.at.covers(marked))
                    {
                        return Some(Wording::Changes(done));
                    }
                    let change = match text_of(proposed) {
                        "" => self.lifted(marked, body),
                        new => Change { at: marked, new: new.to_owned() },
                    };
                    return Some(Wording::Changes(vec![change]));
                }
                let mut changes: Vec<Change> = here.into_iter().map(gone).collect();
                if let Some(last) = changes.last_mut() {
                    text_of(proposed).clone_into(&mut last.new);
                }
                Some(Wording::Changes(changes))
            }
            Action::Retain | Action::Reject => (!proposed.is_empty()).then(|| Wording::Told(proposed.to_owned())),
            _ if proposed.is_empty() => None,
            _ if elsewhere || proposed.contains('…') || proposed.contains("...") => {
                Some(Wording::Text(proposed.to_owned()))
            }
            // A condition is put behind the words it limits, unless these are one themselves.
            Action::Limit if !item.whole && is_condition(proposed) && !marked.of(text).is_some_and(is_condition) => {
                Some(Wording::Changes(vec![self.added(item, proposed, marked, *provision, body)]))
            }
            Action::Add => Some(Wording::Changes(vec![self.added(item, proposed, marked, *provision, body)])),
            Action::Amend | Action::Clarify | Action::Limit => {
                let at = self.replaced(proposed, if item.whole { body } else { marked }, *provision, body);
                let Some(at) = at else { return Some(Wording::Text(proposed.to_owned())) };
                Some(Wording::Changes(vec![self.fitted(at, proposed, *provision, body)]))
            }
        }
    }

    /// Words taken out of a clause, with what would be left over of their stops and spaces.
    pub fn lifted(&self, at: TextRange, body: TextRange) -> Change {
        let text = &*self.draft.text;
        let Some(at) = at.intersection(body) else { return gone(at) };
        let (before, after) = (&text[body.start..at.start], &text[at.end..body.end]);
        if !before.chars().any(char::is_alphanumeric) {
            // The sentence begins with what stands behind them.
            let rest =
                after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '،' | '，'));
            let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let end = body.end - rest.len();
            let struck = TextRange { start: at.start, end };
            let was_open =
                at.of(text).and_then(|t| t.chars().find(|c| c.is_alphabetic())).is_some_and(char::is_uppercase);
            if !was_open || !word.starts_with(char::is_lowercase) {
                return gone(struck);
            }
            return Change { at: TextRange { end: end + word.len(), ..struck }, new: opened(word.to_owned()) };
        }
        let bare = before.trim_end();
        let next = after.trim_start().chars().next();
        let ends = |c: char| matches!(c, '.' | ';' | ',' | ':' | '،' | '؛' | '，' | '；' | '。');
        let start = match bare.strip_suffix([',', '،', '，']) {
            // Two commas become one.
            Some(inner) if next.is_none_or(ends) => body.start + inner.trim_end().len(),
            _ if next.is_none_or(|c| ends(c) || c == ')') => body.start + bare.len(),
            _ => at.start,
        };
        let spaces = after.len() - after.trim_start().len();
        let end = if start == at.start && before.ends_with(char::is_whitespace) { at.end + spaces } else { at.end };
        gone(TextRange { start, end })
    }

    /// A change of words, without what stands there already: the label of a clause that is put anew, a stop behind it.
    fn fitted(&self, at: TextRange, proposed: &str, provision: ProvisionIndex, body: TextRange) -> Change {
        let text = &*self.draft.text;
        let mut new = if at.start == body.start { self.unlabeled(proposed, provision) } else { proposed };
        let next = text[at.end..].chars().next();
        if let Some(stop) = new.chars().last().filter(|c| matches!(c, '.' | ';' | ',' | ':' | '。' | '；'))
            && next == Some(stop)
        {
            new = &new[..new.len() - stop.len_utf8()];
        }
        Change { at, new: new.to_owned() }
    }

    /// A proposed text without the label of the provision, where it begins with it.
    fn unlabeled<'t>(&self, proposed: &'t str, provision: ProvisionIndex) -> &'t str {
        let here = self.draft.outline.get(provision).filter(|p| !p.kind.is_headed() && !p.label.trim().is_empty());
        let without = here.and_then(|p| proposed.strip_prefix(p.label.trim()));
        without.map_or(proposed, str::trim_start)
    }

    /// Which words a proposed text takes the place of: those that are marked, or the sentence or clause they stand in,
    /// where it says that anew, or the part of it that a few words say otherwise. Nothing where that cannot be told.
    fn replaced(
        &self,
        proposed: &str,
        marked: TextRange,
        provision: ProvisionIndex,
        body: TextRange,
    ) -> Option<TextRange> {
        let text = &*self.draft.text;
        let whole = covers_words(text, marked, body);
        if !whole && !body.covers(marked) {
            return Some(marked);
        }
        // Some of the marked words alone are what is to be left of them.
        if !whole && says_within(proposed, marked.of(text)?) {
            return Some(marked);
        }
        let old = body.of(text).unwrap_or_default();
        if !whole {
            // What begins as the clause begins says the clause anew, as far as it goes.
            let said = self.unlabeled(proposed, provision);
            let before = old.get(..marked.start - body.start).unwrap_or_default();
            let mut words = words_of(said).map(|(_, w)| w.to_lowercase());
            let begins = words_of(before).count() >= 3
                && words_of(before).all(|(_, w)| words.next().is_some_and(|next| next == w.to_lowercase()));
            if said.len() < proposed.len() || begins && is_sentence(said) {
                return Some(body);
            }
            if begins {
                return Some(TextRange { start: body.start, end: marked.end });
            }
            // How many of the words around the marked ones come again in what is proposed.
            let (mut outside, mut again) = (0, 0);
            for (stroke, range) in strokes(old, proposed) {
                for (start, word) in words_of(range.of(old).unwrap_or_default()) {
                    let at = body.start + range.start + start;
                    if !marked.overlaps(TextRange { start: at, end: at + word.len() }) {
                        outside += 1;
                        again += usize::from(stroke == Drawn::Kept);
                    }
                }
            }
            if outside >= 3 && again * 2 > outside {
                return Some(body);
            }
        }
        if is_sentence(proposed) {
            if whole {
                return Some(body);
            }
            let sentence = sentence_around(text, body, marked).trimmed(text);
            // A part of a sentence is not replaced by a sentence.
            return Some(if sentence.covers(marked) { sentence } else { marked });
        }
        // A few words that say a part of the clause otherwise take the place of that part.
        let count = words_of(proposed).count();
        let around = |stretch: TextRange, least: usize| -> Option<TextRange> {
            let old = stretch.of(text)?;
            let says = |range: &TextRange| range.of(old).is_some_and(|t| words_of(t).count() > 0);
            let kept = strokes(old, proposed).into_iter().filter(|(stroke, r)| *stroke == Drawn::Kept && says(r));
            let kept: Vec<TextRange> = kept.map(|(_, range)| range.trimmed(old)).collect();
            let again: usize = kept.iter().filter_map(|r| r.of(old)).map(|t| words_of(t).count()).sum();
            let (first, last) = (kept.first()?, kept.last()?);
            let part = TextRange { start: stretch.start + first.start, end: stretch.start + last.end };
            let length = words_of(part.of(text)?).count();
            let is_same = lower_words(part.of(text)?) == lower_words(proposed);
            (!is_same && again * 100 >= count * least && length <= count + count / 2 + 3).then_some(part)
        };
        let of_marked = words_of(marked.of(text)?).count();
        if (of_marked * 2 > count * 3 || of_marked < count)
            && let Some(part) = around(body, 60)
        {
            return Some(part);
        }
        if of_marked > count * 3 + 3 {
            return around(marked, 40);
        }
        Some(if whole { body } else { marked })
    }

    /// Where a text is added: behind the marked words, their sentence, or the whole provision; or in the place of the marked
    /// words, where it says them anew.
    fn added(
        &self,
        item: &Item<'_>,
        proposed: &str,
        marked: TextRange,
        provision: ProvisionIndex,
        body: TextRange,
    ) -> Change {
        let text = &*self.draft.text;
        if item.whole {
            let end = body.end;
            return Change { at: TextRange { start: end, end }, new: format!("{PARAGRAPH}{proposed}") };
        }
        let says_anew = |stretch: TextRange| {
            let old = stretch.of(text).unwrap_or_default();
            let kept = strokes(old, proposed).into_iter().filter(|s| s.0 == Drawn::Kept);
            let kept: usize = kept.filter_map(|(_, r)| r.of(old)).map(|t| words_of(t).count()).sum();
            let all = words_of(old).count();
            all >= 2 && kept * 10 >= all * 6
        };
        if says_anew(body) {
            return self.fitted(body, proposed, provision, body);
        }
        if says_anew(marked) {
            return self.fitted(marked, proposed, provision, body);
        }
        let sentence = sentence_around(text, body, marked).trimmed(text);
        let end = if is_sentence(proposed) && sentence.end >= marked.end { sentence.end } else { marked.end };
        let end = text.floor_char_boundary(end);
        let wide = |c: Option<char>| c.is_some_and(|c| ('\u{2e80}'..='\u{9fff}').contains(&c) || c == '\u{3002}');
        let glued = wide(text[..end].chars().next_back()) || proposed.starts_with([',', ';', '.', ':', ')']);
        let space = if glued { "" } else { " " };
        let at = TextRange { start: end, end };
        let fitted = self.fitted(at, proposed, provision, body);
        Change { at, new: format!("{space}{}", fitted.new) }
    }
}

fn lower_words(text: &str) -> Vec<String> {
    words_of(text).map(|(_, word)| word.to_lowercase()).collect()
}

/// Whether the words of one text stand in another, one behind the other.
fn says_within(few: &str, many: &str) -> bool {
    let (few, many) = (lower_words(few), lower_words(many));
    !few.is_empty() && many.windows(few.len()).any(|w| w == few)
}

/// Proposed words that are a text, and no instruction.
fn text_of(proposed: &str) -> &str {
    if is_instruction(proposed) { "" } else { proposed }
}

/// Whether changes can be made together: none touches words of another, and no two put words in at one place.
pub(super) fn are_apart<'c>(changes: impl IntoIterator<Item = &'c Change>) -> bool {
    let mut ranges: Vec<_> = changes.into_iter().map(|c| c.at).collect();
    ranges.sort_unstable();
    ranges.windows(2).all(|pair| {
        pair[0].end < pair[1].start || pair[0].end == pair[1].start && !pair[0].is_empty() && !pair[1].is_empty()
    })
}

/// A stretch with all that is changed.
pub(super) fn spanning(range: TextRange, changes: &[Change]) -> TextRange {
    changes.iter().fold(range, |all, c| TextRange { start: all.start.min(c.at.start), end: all.end.max(c.at.end) })
}

pub(super) fn gone(at: TextRange) -> Change {
    Change { at, new: String::new() }
}

/// Whether a stretch has all words of a provision, its label and heading apart.
pub(super) fn covers_whole(page: &Page<'_>, provision: ProvisionIndex, range: TextRange) -> bool {
    let Some(all) = page.draft.outline.get(provision).map(|p| p.range.fitted(&page.draft.text)) else { return false };
    covers_words(&page.draft.text, range, page.body(provision, all))
}
