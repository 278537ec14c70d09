//! Sentences that say what to do: one for a remark, or those of many run together by what they ask.

use super::clause::{At, Clause, Page, one_line};
use super::phrases::Phrase;
use super::proposed::is_instruction;
use super::remark::{also_told, stopped};
use super::select::Item;
use super::speech::opened;
use super::targets::Named;
use super::wording::{Wording, covers_whole};
use crate::citation::{expand, find};
use crate::model::{Action, Citation, Placement};

/// Words longer than this are quoted by their beginning and end, in characters.
const LONGEST_QUOTE: usize = 90;
/// Proposed words longer than this are not put into a sentence, in characters.
const LONGEST_PROPOSAL: usize = 200;

/// What a remark asks for, so that what is asked for in the same words can be said once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ask {
    phrase: Phrase,
    /// What it is about.
    object: Named,
    /// The provisions something is limited to.
    limit: String,
    /// Words of the draft, and proposed ones, without quotation marks.
    quoted: String,
    proposed: String,
    /// A sentence of the analyst's, in the place of ours.
    told: String,
    /// A sentence of the analyst's, behind ours.
    also: String,
}

impl Page<'_> {
    /// What a remark asks for; nothing where it recommends nothing. `shown` says that proposed words stand beside it.
    pub fn ask(
        &self,
        item: &Item<'_>,
        clause: &Clause<'_, '_>,
        named: &Named,
        wording: Option<&Wording>,
        shown: bool,
    ) -> Option<Ask> {
        let recommendation = item.annotation.recommendation.as_ref()?;
        let text = &*self.draft.text;
        let own = self.own(clause);
        let is_own = |n: &Named| n.citations == own.citations && n.unread.is_empty();
        let marked = item.range.map_or_else(
            || item.placement.quote().exact.clone(),
            |r| one_line(r.of(text).unwrap_or_default(), &mut true),
        );
        let part = !item.whole && !self.is_whole(item, clause);
        let proposed = recommendation.proposed.trim();
        // An order in words is said in its own words, also where it could be carried out.
        let told = match wording {
            Some(Wording::Told(told)) => told.clone(),
            _ if !shown && is_instruction(proposed) && recommendation.action != Action::Delete => proposed.to_owned(),
            _ => String::new(),
        };
        let is_gone = matches!(item.placement, Placement::Lost { deleted: true, .. });
        if is_gone && (named.is_empty() || named.provisions.is_empty()) {
            // Of what is no longer there only that can be asked for that it comes back.
            return (recommendation.action == Action::Retain).then(|| Ask {
                phrase: Phrase::Restore,
                object: own,
                limit: String::new(),
                quoted: String::new(),
                proposed: String::new(),
                told: String::new(),
                also: String::new(),
            });
        }
        let limits = self.limits(item, clause, named);
        let about_itself = named.is_empty() || is_own(named) || limits;
        let object = if about_itself { own } else { named.clone() };
        let has_words = !proposed.is_empty() && told.is_empty();
        let short = has_words && !shown && proposed.chars().count() <= LONGEST_PROPOSAL;
        // Whether proposed words take the place of the marked ones, or come behind them.
        let change = match wording {
            Some(Wording::Changes(changes)) => changes.first().filter(|_| changes.len() == 1),
            _ => None,
        };
        let in_place = change.is_some_and(|c| Some(c.at) == item.range.map(|r| r.trimmed(text)));
        let behind =
            change.is_some_and(|c| c.at.is_empty() && item.range.is_some_and(|r| r.trimmed(text).end == c.at.end));
        let (phrase, quoted, words) = match recommendation.action {
            Action::Delete if part && (named.is_empty() || about_itself && !proposed.is_empty()) => {
                (Phrase::DeleteWords, marked.as_str(), "")
            }
            Action::Delete => (Phrase::Delete, "", ""),
            Action::Limit if limits => (Phrase::LimitTo, "", ""),
            Action::Add if short && part && behind => (Phrase::AddAfter, marked.as_str(), proposed),
            Action::Add if short => (Phrase::AddText, "", proposed),
            Action::Add if has_words => (Phrase::AddShown, "", ""),
            Action::Add => (Phrase::AddMissing, "", ""),
            Action::Amend | Action::Clarify | Action::Limit if short && part && in_place => {
                (Phrase::ReplaceWords, marked.as_str(), proposed)
            }
            Action::Amend | Action::Clarify | Action::Limit if short => (Phrase::AmendRead, "", proposed),
            Action::Amend if has_words => (Phrase::AmendShown, "", ""),
            Action::Clarify if has_words => (Phrase::ClarifyShown, "", ""),
            Action::Limit if has_words => (Phrase::LimitShown, "", ""),
            Action::Amend => (Phrase::Amend, "", ""),
            Action::Clarify => (Phrase::Clarify, "", ""),
            Action::Limit => (Phrase::Limit, "", ""),
            Action::Retain => (Phrase::Retain, "", ""),
            Action::Reject => (Phrase::Reject, "", ""),
        };
        Some(Ask {
            phrase,
            object,
            limit: if limits { self.listed(named) } else { String::new() },
            quoted: shortened(quoted),
            proposed: one_line(words, &mut true),
            told: if shown { String::new() } else { told },
            also: also_told(item).filter(|_| !shown).unwrap_or_default().to_owned(),
        })
    }

    /// A clause as a recommendation names it.
    fn own(&self, clause: &Clause<'_, '_>) -> Named {
        let (cited, as_in) = match &clause.at {
            At::Provision(p) => (self.draft.outline.citation(*p), None),
            At::Outside(_) => (Citation::to(crate::model::Place::Text), None),
            At::Nowhere(citation, from) => (citation.clone(), *from),
        };
        Named { citations: vec![cited], provisions: Vec::new(), unread: Vec::new(), as_in }
    }

    /// Whether what a recommendation names is what its clause is to be limited to. That comes again in the words proposed
    /// for it; otherwise it is what is to be limited.
    pub fn limits(&self, item: &Item<'_>, clause: &Clause<'_, '_>, named: &Named) -> bool {
        let Some(recommendation) = &item.annotation.recommendation else { return false };
        let proposed = recommendation.proposed.trim();
        let own = self.own(clause);
        recommendation.action == Action::Limit
            && !named.is_empty()
            && !(named.citations == own.citations && named.unread.is_empty())
            && (proposed.is_empty() || cites_any(proposed, named))
    }

    /// Whether a remark is about all words of its clause.
    fn is_whole(&self, item: &Item<'_>, clause: &Clause<'_, '_>) -> bool {
        let (At::Provision(p), Some(range)) = (&clause.at, item.range) else { return false };
        covers_whole(self, *p, range)
    }

    /// Asks as sentences, those that ask the same of several provisions run together, in the order of the first of each.
    pub fn sentences(&self, asks: &[Ask]) -> Vec<String> {
        let mut joined: Vec<Ask> = Vec::new();
        for ask in asks {
            let is_like = |other: &&mut Ask| {
                other.phrase == ask.phrase
                    && other.limit == ask.limit
                    && other.object.as_in == ask.object.as_in
                    && [other, ask]
                        .iter()
                        .all(|a| a.quoted.is_empty() && a.proposed.is_empty() && a.told.is_empty() && a.also.is_empty())
            };
            if joined.contains(ask) {
                continue;
            }
            match joined.iter_mut().find(is_like) {
                Some(other) => {
                    for citation in &ask.object.citations {
                        if !other.object.citations.contains(citation) {
                            other.object.citations.push(citation.clone());
                        }
                    }
                    for unread in &ask.object.unread {
                        if !other.object.unread.contains(unread) {
                            other.object.unread.push(unread.clone());
                        }
                    }
                }
                None => joined.push(ask.clone()),
            }
        }
        joined.iter().map(|ask| self.sentence(ask)).collect()
    }

    /// An ask as a sentence.
    pub fn sentence(&self, ask: &Ask) -> String {
        let cited = self.listed(&ask.object);
        if !ask.told.is_empty() {
            let head = opened(cited);
            let told = one_line(&ask.told, &mut true);
            let stop = if told.ends_with(['.', '。', '!', '?', '\u{201d}', '»']) { "" } else { "." };
            return format!("{head}{}{told}{stop}", self.speech.colon());
        }
        let quote = |words: &str| if words.is_empty() { String::new() } else { self.speech.quoted(words) };
        let (quoted, proposed, head) = (quote(&ask.quoted), quote(&ask.proposed), opened(cited.clone()));
        let values = [
            ("c", cited.as_str()),
            ("C", head.as_str()),
            ("q", quoted.as_str()),
            ("p", proposed.as_str()),
            ("t", ask.limit.as_str()),
        ];
        let sentence = self.speech.fill(ask.phrase, &values);
        if ask.also.is_empty() {
            return sentence;
        }
        format!("{sentence}{}{}", self.speech.space(), stopped(one_line(&ask.also, &mut true)))
    }
}

/// Whether a text cites one of the provisions named.
fn cites_any(text: &str, named: &Named) -> bool {
    let found = find(text, &[]);
    let cited = found.iter().flat_map(|f| &f.parts).flat_map(expand).filter_map(|a| a.citation());
    cited.into_iter().any(|c| named.citations.iter().any(|n| n.is_same_address(&c)))
}

/// Words up to so many characters, whole ones.
pub(super) fn shortened_to(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some((cut, _)) => {
            let end = words[..cut].rfind(char::is_whitespace).filter(|e| *e > cut / 2).unwrap_or(cut);
            format!("{} …", words[..end].trim_end())
        }
    }
}

/// Words by their beginning and their end, where they are many.
pub(super) fn shortened(words: &str) -> String {
    let words = words.trim();
    if words.chars().count() <= LONGEST_QUOTE {
        return words.to_owned();
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() > 9 {
        return format!("{} … {}", all[..4].join(" "), all[all.len() - 4..].join(" "));
    }
    let chars: Vec<char> = words.chars().collect();
    let part = |range: &[char]| range.iter().collect::<String>();
    format!(
        "{} … {}",
        part(&chars[..LONGEST_QUOTE / 3]).trim_end(),
        part(&chars[chars.len() - LONGEST_QUOTE / 3..]).trim_start()
    )
}
