//! What a recommendation does to the words of a clause: which go, which come, and how that looks as a redline.
//!
//! Analysts propose words in three ways, and each is taken as it is meant: words in the place of those they marked, a whole
//! sentence or clause, and an instruction in words (`Replace “may” by “shall”.`), which is carried out where that can
//! be done in one way only, and otherwise shown as it stands.

use super::clause::{At, Clause, LONGEST_WHOLE, PARAGRAPH, Page, Piece, covers_words, one_line};
use super::phrases::Phrase;
use super::proposed::{is_condition, is_instruction, is_sentence, quotes_in, words_of};
use super::select::Item;
use crate::export::paper::{Block, Mark, Role, Run, Stroke};
use crate::model::sentences::sentence_around;
use crate::model::{Action, AnnotationId, Outline, ProvisionIndex, TextRange};
use crate::reconcile::{Side, Stroke as Drawn, align};

/// Longer texts are put against each other as a whole, not word by word, in bytes.
const LONGEST: usize = 20_000;

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
            let told = (!proposed.is_empty()).then(|| Wording::Text(proposed.to_owned()));
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
        let marked = marked.trimmed(text);
        // What the recommendation is about, where it says so: parts of this clause, or the clause, or something else.
        let ranges: Vec<TextRange> = objects.iter().filter_map(|&o| Some(self.draft.outline.get(o)?.range)).collect();
        let here: Vec<TextRange> = ranges.iter().filter_map(|r| r.intersection(range)).collect();
        let elsewhere = !ranges.is_empty() && here.is_empty();
        let strikes = recommendation.action == Action::Delete && !here.is_empty();
        if is_instruction(proposed) && !strikes {
            let quoted = if here.len() == 1 { here.first().copied().unwrap_or(range) } else { range };
            let done = self.carried_out(proposed, quoted, marked, item.whole);
            return Some(done.map_or_else(|| Wording::Told(proposed.to_owned()), Wording::Changes));
        }
        match recommendation.action {
            Action::Delete if elsewhere => None,
            Action::Delete => {
                let is_part = !item.whole && !covers_words(text, marked, body);
                let about_itself = here.as_slice() == [range] || here.iter().all(|r| r.covers(range));
                let only_part = is_part && about_itself && !proposed.is_empty();
                let mut changes: Vec<Change> = if here.is_empty() || only_part {
                    vec![gone(if is_part { marked } else { range })]
                } else {
                    here.iter().map(|r| gone(r.trimmed(text))).collect()
                };
                if let Some(last) = changes.last_mut().filter(|_| !proposed.is_empty() && !is_instruction(proposed)) {
                    proposed.clone_into(&mut last.new);
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
            (again * 100 >= count * least && length <= count * 3 + 3).then_some(part)
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

    /// An instruction as changes of the quoted words; nothing where it cannot be carried out in one way only.
    fn carried_out(&self, told: &str, quoted: TextRange, marked: TextRange, whole: bool) -> Option<Vec<Change>> {
        let text = &*self.draft.text;
        let verb = told.split_whitespace().next()?.to_lowercase();
        let lower = told.to_lowercase();
        let quotes = quotes_in(told);
        let once = |words: &str| -> Option<TextRange> {
            let stretch = quoted.of(text)?;
            let mut found = stretch.match_indices(words);
            let (at, _) = found.next().filter(|_| !words.trim().is_empty())?;
            let start = quoted.start + at;
            found.next().is_none().then_some(TextRange { start, end: start + words.len() })
        };
        let strikes = matches!(verb.as_str(), "delete" | "remove" | "strike" | "omit");
        if strikes && quotes.is_empty() && lower.contains("bracket") && told.split_whitespace().count() <= 5 {
            let balanced = |r: &TextRange| {
                let count = |c| r.of(text).map_or(0, |t| t.matches(c).count());
                count('[') == count(']') && count('[') > 0
            };
            let within = self.bracketed(if whole { quoted } else { marked }, quoted);
            let within = [within, quoted].into_iter().find(balanced)?;
            let brackets = within.of(text)?.char_indices().filter(|(_, c)| matches!(c, '[' | ']'));
            let changes: Vec<Change> = brackets
                .map(|(i, c)| gone(TextRange { start: within.start + i, end: within.start + i + c.len_utf8() }))
                .collect();
            return (!changes.is_empty()).then_some(changes);
        }
        match (verb.as_str(), quotes.as_slice()) {
            (_, struck) if strikes && !struck.is_empty() => struck.iter().map(|q| once(q).map(gone)).collect(),
            ("replace" | "substitute", [old, new]) if lower.contains(" by ") || lower.contains(" with ") => {
                Some(vec![Change { at: once(old)?, new: (*new).to_owned() }])
            }
            ("add" | "insert", [new]) if lower.contains("at the end") => {
                let end = text[..quoted.end].trim_end_matches(['.', ';', ':', ',', ' ']).len().max(quoted.start);
                let new = new.trim_end_matches(['.', ';']);
                Some(vec![Change { at: TextRange { start: end, end }, new: format!(" {new}") }])
            }
            ("add" | "insert", [new, old]) if lower.contains(" after ") => {
                let end = once(old)?.end;
                Some(vec![Change { at: TextRange { start: end, end }, new: format!(" {new}") }])
            }
            ("add" | "insert", [new, old]) if lower.contains(" before ") => {
                let start = once(old)?.start;
                Some(vec![Change { at: TextRange { start, end: start }, new: format!("{new} ") }])
            }
            _ => None,
        }
    }

    /// A stretch with the brackets right around it.
    fn bracketed(&self, mut range: TextRange, within: TextRange) -> TextRange {
        let text = &*self.draft.text;
        while range.start > within.start && text[..range.start].ends_with('[') {
            range.start -= 1;
        }
        while range.end < within.end && text[range.end..].starts_with(']') {
            range.end += 1;
        }
        range
    }

    /// The clause with changes as a redline, in paragraphs.
    pub fn redline(&self, range: TextRange, changes: &[Change], about: Option<AnnotationId>) -> Vec<Block> {
        let pieces = self.drawn(range, changes);
        let mut paragraphs: Vec<Vec<Run>> = vec![Vec::new()];
        for (stroke, text) in pieces {
            for (n, part) in text.split(PARAGRAPH).enumerate() {
                if n > 0 {
                    paragraphs.push(Vec::new());
                }
                if part.is_empty() {
                    continue;
                }
                let run = Run { mark: Mark { stroke, ..Mark::default() }, ..Run::plain(part) };
                if let Some(last) = paragraphs.last_mut() {
                    last.push(self.of_draft(run));
                }
            }
        }
        let paragraphs = paragraphs.into_iter().filter(|runs| runs.iter().any(|r| !r.text.trim().is_empty()));
        paragraphs.map(|runs| Block::Paragraph { role: Role::Proposal, about, runs }).collect()
    }

    /// What is kept, struck and put in, in order; paragraphs parted by [`PARAGRAPH`].
    fn drawn(&self, range: TextRange, changes: &[Change]) -> Vec<(Stroke, String)> {
        let text = &*self.draft.text;
        let mut changes: Vec<Change> = changes.to_vec();
        changes.sort_by_key(|c| (c.at.start, c.at.end));
        // A paragraph that is put in behind all others stands by itself.
        let is_apart = |c: &&Change| c.at.is_empty() && c.new.starts_with(PARAGRAPH) && c.at.end >= range.end;
        let touched = changes.iter().filter(|c| !is_apart(c));
        let places: Vec<TextRange> = touched
            .map(|c| match c.at.is_empty() {
                false => c.at,
                true => TextRange { start: text.floor_char_boundary(c.at.start.saturating_sub(1)), end: c.at.end },
            })
            .collect();
        let mut all: Vec<(Stroke, String)> = Vec::new();
        let mut push = |stroke: Stroke, words: String| match all.last_mut().filter(|l| l.0 == stroke) {
            _ if words.is_empty() => {}
            Some(last) => last.1.push_str(&words),
            None => all.push((stroke, words)),
        };
        let mut next = changes.iter().peekable();
        let shown = self.shown(range, &places, 0);
        let mut at = range.start;
        for (n, piece) in shown.iter().enumerate() {
            let Piece::Text(block) = piece else {
                if n > 0 {
                    push(Stroke::Kept, PARAGRAPH.to_string());
                }
                push(Stroke::Kept, self.speech.say(Phrase::Omitted).to_owned());
                continue;
            };
            if n > 0 {
                push(Stroke::Kept, PARAGRAPH.to_string());
            }
            at = at.max(block.start);
            let mut spaced = true;
            while let Some(change) = next.next_if(|c| c.at.end <= block.end || c.at.start < block.end) {
                let start = change.at.start.clamp(at, block.end.max(at));
                push(Stroke::Kept, one_line(slice(text, at, start), &mut spaced));
                let end = change.at.end.max(start);
                // What goes beyond the paragraph is struck in the paragraphs behind it.
                let old = self.flattened(TextRange { start, end: end.min(range.end) }, &places);
                for (stroke, words) in word_by_word(&old, &change.new) {
                    push(stroke, words);
                }
                spaced = false;
                at = end;
            }
            if at < block.end {
                push(Stroke::Kept, one_line(slice(text, at, block.end), &mut spaced));
                at = block.end;
            }
        }
        for change in next {
            push(Stroke::PutIn, change.new.clone());
        }
        all
    }

    /// The words of a stretch in one line, its paragraphs parted by [`PARAGRAPH`].
    fn flattened(&self, range: TextRange, places: &[TextRange]) -> String {
        if range.is_empty() {
            return String::new();
        }
        let mut parts: Vec<String> = Vec::new();
        for piece in self.shown(range, places, LONGEST_WHOLE * 3) {
            parts.push(match piece {
                Piece::Text(part) => one_line(part.of(&self.draft.text).unwrap_or_default(), &mut false),
                Piece::Gap => self.speech.say(Phrase::Omitted).to_owned(),
            });
        }
        parts.join(&PARAGRAPH.to_string())
    }
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.max(start)).unwrap_or_default()
}

fn gone(at: TextRange) -> Change {
    Change { at, new: String::new() }
}

/// Old words against new ones, as they are drawn.
fn word_by_word(old: &str, new: &str) -> Vec<(Stroke, String)> {
    let part = |stroke: Stroke, words: &str| (stroke, words.to_owned());
    if old.is_empty() || new.is_empty() || old.len() + new.len() > LONGEST {
        return [part(Stroke::Struck, old), part(Stroke::PutIn, new)].into_iter().filter(|p| !p.1.is_empty()).collect();
    }
    let both = sides(old, new);
    // Where little stays, nobody follows what does.
    let kept: usize = both
        .iter()
        .filter(|r| r.stroke == Drawn::Kept)
        .filter_map(|r| r.new.of(new))
        .map(|t| words_of(t).count())
        .sum();
    if kept * 5 < words_of(old).count().max(words_of(new).count()) * 2 {
        return vec![part(Stroke::Struck, old), part(Stroke::PutIn, new)];
    }
    let mut drawn = Vec::new();
    for run in both {
        let (stroke, words) = match run.stroke {
            Drawn::Kept => (Stroke::Kept, run.new.of(new)),
            Drawn::Struck => (Stroke::Struck, run.old.of(old)),
            Drawn::PutIn => (Stroke::PutIn, run.new.of(new)),
        };
        drawn.extend(words.map(|w| part(stroke, w)));
    }
    drawn
}

/// What becomes of the old words, in bytes of the old text; what is put in lies between them.
fn strokes(old: &str, new: &str) -> Vec<(Drawn, TextRange)> {
    if old.len() + new.len() > LONGEST {
        return Vec::new();
    }
    sides(old, new).into_iter().map(|run| (run.stroke, run.old)).collect()
}

fn sides(old: &str, new: &str) -> Vec<crate::reconcile::Run> {
    let outlines = [old, new].map(|text| Outline { blocks: vec![all(text)], ..Outline::default() });
    let [one, other] = [0, 1].map(|i| Side { text: [old, new][i], outline: &outlines[i] });
    let both = align(one, other, &|| true).unwrap_or_default();
    both.redline(all(old), all(new), [old, new]).into_iter().flatten().collect()
}

fn all(text: &str) -> TextRange {
    TextRange { start: 0, end: text.len() }
}

/// Whether a stretch has all words of a provision, its label and heading apart.
pub(super) fn covers_whole(page: &Page<'_>, provision: ProvisionIndex, range: TextRange) -> bool {
    let Some(all) = page.draft.outline.get(provision).map(|p| p.range.fitted(&page.draft.text)) else { return false };
    covers_words(&page.draft.text, range, page.body(provision, all))
}
