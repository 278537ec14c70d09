//! Instructions to the drafters, carried out on the words of a clause where that can be done in one way only.

use super::clause::Page;
use super::proposed::quotes_in;
use super::wording::{Change, gone};
use crate::model::{ProvisionIndex, TextRange};

impl Page<'_> {
    /// An instruction as changes of the quoted words; nothing where it cannot be carried out in one way only.
    pub fn carried_out(
        &self,
        told: &str,
        provision: ProvisionIndex,
        quoted: TextRange,
        marked: TextRange,
        whole: bool,
    ) -> Option<Vec<Change>> {
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
            (_, struck) if strikes && !struck.is_empty() => {
                let body = self.body(provision, quoted);
                struck.iter().map(|q| once(q).map(|at| self.lifted(at, body))).collect()
            }
            ("begin" | "open" | "start", [new]) if lower.contains(" with ") => {
                // The clause begins with words that stand in it: what is before them goes.
                let start = self.body(provision, quoted).start;
                let other_case = |c: char| match c.is_uppercase() {
                    true => c.to_lowercase().collect::<String>(),
                    false => c.to_uppercase().collect::<String>(),
                };
                let first = new.chars().next()?;
                let other = format!("{}{}", other_case(first), &new[first.len_utf8()..]);
                let found = [once(new), once(&other)].into_iter().flatten().find(|r| r.start >= start)?;
                let word = first_word(new);
                Some(vec![Change { at: TextRange { start, end: found.start + word.len() }, new: word.to_owned() }])
            }
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
}

/// The first word of a text, with what stands before it.
fn first_word(text: &str) -> &str {
    let start = text.find(char::is_alphanumeric).unwrap_or_default();
    let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| start + n);
    &text[..end]
}
