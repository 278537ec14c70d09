//! Sentences that say what to do: one for a remark, or those of many run together by what they ask.
//!
//! A sentence says what the redline shows: where a recommendation changes words, it is made of the change, and not of
//! what the recommendation is called.

use super::changed::Said;
use super::clause::{At, Clause, Page, one_line};
use super::phrases::Phrase;
use super::proposed::is_instruction;
use super::remark::stopped;
use super::select::Item;
use super::speech::opened;
use super::targets::Named;
use super::wording::{Change, Wording, are_apart, covers_whole};
use crate::citation::{expand, find};
use crate::model::{Action, Citation, Placement, ProvisionIndex, Reach, TextRange};

/// Words longer than this are quoted by their beginning and end, in characters.
const LONGEST_QUOTE: usize = 90;
/// Proposed words longer than this are cut in a sentence, in characters.
const LONGEST_PROPOSAL: usize = 320;

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
    /// Other provisions that the same is asked for.
    same: Named,
    /// Provisions that are named too, and are not in the draft.
    see: Named,
    /// Whether it takes the place of something else that is asked for the same clause.
    pub instead: Instead,
    /// Whether a redline carries out what the analyst's sentence says.
    is_drawn: bool,
}

/// What something that is asked for takes the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// Nothing.
    Nothing,
    /// Something asked for before it, beside the same clause.
    Before,
    /// Something asked for elsewhere in the paper.
    Elsewhere,
}

impl Ask {
    /// Whether it asks for more than a redline of its clause shows.
    fn says_more(&self) -> bool {
        !self.also.is_empty() || !self.same.is_empty() || !self.see.is_empty()
    }
}

/// What is asked for a clause, in order: what does not go together with something before it is said to be instead of that.
/// With each stand the words it is about; `all` are the words of the clause, `own` is its citation.
pub(super) fn told_apart<'t>(
    asked: impl IntoIterator<Item = (Option<&'t Wording>, Option<TextRange>, Option<Ask>)>,
    all: TextRange,
    own: &Named,
) -> Vec<Option<Ask>> {
    let strikes_all = |changes: &[Change]| changes.iter().any(|c| c.new.is_empty() && c.at.covers(all));
    let mut before: Vec<&[Change]> = Vec::new();
    let mut kept: Vec<(TextRange, String)> = Vec::new();
    // Whether the clause is to be struck, or to be made better without a change that could be drawn.
    let (mut goes, mut stays) = (false, false);
    let mut asks = Vec::new();
    for (wording, about, mut ask) in asked {
        let changes = wording.map_or(&[][..], Wording::changes);
        if let Some(ask) = &mut ask {
            let clashes = |other: &&[Change]| *other != changes && !are_apart(other.iter().chain(changes));
            let is_against = matches!(ask.phrase, Phrase::Delete | Phrase::Reject);
            let is_about_it = !is_against && ask.object.is_same_as(own);
            let mends = changes.is_empty() && is_about_it;
            let loses = |changes: &[Change], (at, words): &(TextRange, String)| {
                changes.iter().any(|c| c.at.overlaps(*at) && !c.new.contains(words))
            };
            let keeps = about.filter(|_| ask.phrase == Phrase::RetainWords).map(|at| (at, ask.quoted.clone()));
            let lost = keeps.as_ref().is_some_and(|keeps| before.iter().any(|changes| loses(changes, keeps)));
            let loses_kept = kept.iter().any(|keeps| loses(changes, keeps));
            if before.iter().any(clashes) || mends && goes || strikes_all(changes) && stays || lost || loses_kept {
                ask.instead = Instead::Before;
            }
            kept.extend(keeps);
            goes |= strikes_all(changes);
            stays |= mends;
            before.extend(Some(changes).filter(|c| !c.is_empty()));
        }
        asks.push(ask);
    }
    asks
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
        let (action, proposed) = (recommendation.action, recommendation.proposed.trim());
        let (order, proposed) = if is_instruction(proposed) { (proposed, "") } else { ("", proposed) };
        let own = self.own(clause);
        let limits = self.limits(item, clause, named);
        let about_itself = named.is_empty() || named.is_same_as(&own) || limits;
        let mut ask = Ask {
            phrase: Phrase::Amend,
            object: if about_itself { own.clone() } else { named.clone() },
            limit: if limits { self.listed(named) } else { String::new() },
            quoted: String::new(),
            proposed: String::new(),
            told: String::new(),
            also: String::new(),
            same: Named::default(),
            see: Named::default(),
            instead: Instead::Nothing,
            is_drawn: false,
        };
        if matches!(clause.at, At::Nowhere(..)) {
            if action == Action::Retain {
                // Words that are no longer there can only come back.
                let from = match item.placement {
                    Placement::Lost { from, .. } => from.and_then(|d| item.annotation.anchor_in(d)),
                    Placement::Made(_) | Placement::Carried { .. } => None,
                };
                let is_whole = from.is_some_and(|a| a.reach == Reach::Provision) && about_itself;
                ask.phrase = if is_whole { Phrase::Restore } else { Phrase::RestoreWords };
                if !is_whole {
                    ask.quoted = shortened(&one_line(&item.placement.quote().exact, &mut true));
                }
                return Some(ask);
            }
            let is_gone = matches!(item.placement, Placement::Lost { deleted: true, .. });
            if is_gone && named.provisions.is_empty() {
                return None;
            }
        }
        let changes = wording.map_or(&[][..], Wording::changes);
        let said = self.said(item, clause, changes);
        // What is changed is said to be changed where it stands; what is named beside that comes behind it.
        let by_place = |ask: &mut Ask, said: &Said| {
            ask.object = Named::of(said.place.clone());
            if !about_itself {
                (ask.same, ask.see) = self.besides(named, said.provision);
            }
        };
        let retains = action == Action::Retain && changes.is_empty() && about_itself;
        let part = retains.then(|| self.marked_part(item, clause)).flatten();
        match action {
            Action::Delete => {
                order.clone_into(&mut ask.also);
                ask.is_drawn = changes.iter().any(|c| !c.new.is_empty());
                ask.phrase = Phrase::Delete;
                match &said {
                    // Provisions that are named go whole.
                    _ if !about_itself && !named.provisions.is_empty() => {}
                    Some(said) if said.phrase != Phrase::Delete => {
                        by_place(&mut ask, said);
                        (ask.phrase, ask.quoted, ask.proposed) = match said.phrase {
                            _ if shown || !order.is_empty() || proposed.is_empty() && said.once => {
                                (Phrase::DeleteWords, said.marked.clone(), String::new())
                            }
                            Phrase::ReplaceWords | Phrase::AmendRead => {
                                (said.phrase, said.quoted.clone(), said.proposed.clone())
                            }
                            _ => (Phrase::DeleteWords, said.marked.clone(), String::new()),
                        };
                    }
                    Some(said) if about_itself => ask.object = Named::of(said.place.clone()),
                    Some(_) | None => {}
                }
            }
            Action::Retain if part.is_some() => {
                ask.phrase = Phrase::RetainWords;
                ask.quoted = part.unwrap_or_default();
                recommendation.proposed.trim().clone_into(&mut ask.also);
            }
            Action::Retain | Action::Reject => {
                let is_drawn = shown && !changes.is_empty();
                ask.phrase = match action {
                    Action::Retain if is_drawn => Phrase::RetainShown,
                    Action::Retain => Phrase::Retain,
                    _ => Phrase::Reject,
                };
                if !is_drawn {
                    recommendation.proposed.trim().clone_into(&mut ask.also);
                }
            }
            Action::Limit if limits => {
                ask.phrase = Phrase::LimitTo;
                order.clone_into(&mut ask.also);
            }
            _ if !order.is_empty() && (!shown || changes.is_empty()) => order.clone_into(&mut ask.told),
            _ => match &said {
                Some(said) if !shown && said.phrase != Phrase::AmendShown => {
                    by_place(&mut ask, said);
                    (ask.phrase, ask.quoted, ask.proposed) = (said.phrase, said.quoted.clone(), said.proposed.clone());
                }
                Some(said) => {
                    by_place(&mut ask, said);
                    let puts_in = matches!(said.phrase, Phrase::AddText | Phrase::AddEnd | Phrase::AddAfter);
                    ask.phrase = match action {
                        Action::Add if puts_in => Phrase::AddShown,
                        Action::Limit => Phrase::LimitShown,
                        Action::Clarify => Phrase::ClarifyShown,
                        _ => Phrase::AmendShown,
                    };
                }
                None if !proposed.is_empty() => {
                    if !shown {
                        proposed.clone_into(&mut ask.proposed);
                    }
                    ask.phrase = match (action, shown) {
                        (Action::Add, false) => Phrase::AddText,
                        (Action::Add, true) => Phrase::AddShown,
                        (_, false) => Phrase::AmendAlong,
                        (_, true) => Phrase::AlongShown,
                    };
                }
                None => {
                    ask.phrase = match action {
                        Action::Add => Phrase::AddMissing,
                        Action::Limit => Phrase::Limit,
                        Action::Clarify => Phrase::Clarify,
                        _ => Phrase::Amend,
                    };
                }
            },
        }
        ask.quoted = shortened(&ask.quoted);
        ask.proposed = shortened_to(one_line(&ask.proposed, &mut true).trim(), LONGEST_PROPOSAL);
        Some(ask)
    }

    /// The words a remark is about in one line, where they are a part of a clause.
    fn marked_part(&self, item: &Item<'_>, clause: &Clause<'_, '_>) -> Option<String> {
        let (At::Provision(provision), Some(marked)) = (&clause.at, item.range.filter(|_| !item.whole)) else {
            return None;
        };
        let words = one_line(marked.of(&self.draft.text)?, &mut true).trim().to_owned();
        (!covers_whole(self, *provision, marked) && !words.is_empty()).then_some(words)
    }

    /// What a recommendation names beside the provision whose words it changes: what is in the draft, and what is not.
    fn besides(&self, named: &Named, changed: Option<ProvisionIndex>) -> (Named, Named) {
        let outline = &self.draft.outline;
        let (mut same, mut see) = (Named::default(), Named { as_in: named.as_in, ..Named::default() });
        for citation in &named.citations {
            let found = named.provisions.iter().find(|p| outline.citation(**p).is_same_address(citation));
            let is_here =
                |p: ProvisionIndex| changed.is_some_and(|c| outline.is_within(c, p) || outline.is_within(p, c));
            match found {
                Some(&p) if is_here(p) => {}
                Some(_) => same.citations.push(citation.clone()),
                None => see.citations.push(citation.clone()),
            }
        }
        see.unread.clone_from(&named.unread);
        (same, see)
    }

    /// A clause as a recommendation names it.
    pub fn own(&self, clause: &Clause<'_, '_>) -> Named {
        let (cited, as_in) = match &clause.at {
            At::Provision(p) => (self.draft.outline.citation(*p), None),
            At::Outside(_) => (Citation::to(crate::model::Place::Text), None),
            At::Nowhere(citation, from) => (citation.clone(), *from),
        };
        Named { as_in, ..Named::of(cited) }
    }

    /// Whether what a recommendation names is what its clause is to be limited to. That comes again in the words proposed
    /// for it; otherwise it is what is to be limited.
    pub fn limits(&self, item: &Item<'_>, clause: &Clause<'_, '_>, named: &Named) -> bool {
        let Some(recommendation) = &item.annotation.recommendation else { return false };
        let proposed = recommendation.proposed.trim();
        let own = self.own(clause);
        recommendation.action == Action::Limit
            && !named.is_empty()
            && !named.is_same_as(&own)
            && (proposed.is_empty() || cites_any(proposed, named))
    }

    /// Asks as sentences, those that ask the same of several provisions run together, in the order of the first of each.
    pub fn sentences(&self, asks: &[Ask]) -> Vec<String> {
        let mut joined: Vec<Ask> = Vec::new();
        for ask in asks {
            let is_like = |other: &&mut Ask| {
                other.phrase == ask.phrase
                    && other.limit == ask.limit
                    && other.object.as_in == ask.object.as_in
                    && [other, ask].iter().all(|a| {
                        a.quoted.is_empty()
                            && a.proposed.is_empty()
                            && a.told.is_empty()
                            && !a.says_more()
                            && a.instead == Instead::Nothing
                    })
            };
            // What is asked for instead is not told again where it would be told in the same words.
            let is_told = |other: &Ask| {
                let is_named = |c: &Citation| other.object.citations.contains(c);
                let same = Ask { instead: ask.instead, object: ask.object.clone(), ..other.clone() } == *ask;
                let is_instead = ask.instead != Instead::Nothing;
                same && (other.object == ask.object || is_instead && ask.object.citations.iter().all(is_named))
            };
            use Phrase::{AddShown, AlongShown, AmendShown, ClarifyShown, LimitShown};
            let is_shown = matches!(ask.phrase, AddShown | AlongShown | AmendShown | ClarifyShown | LimitShown);
            let either = Ask { phrase: Phrase::EitherShown, instead: Instead::Nothing, ..ask.clone() };
            if is_shown && joined.contains(&either) {
                continue;
            }
            if joined.iter().any(is_told) {
                if ask.instead != Instead::Nothing && is_shown {
                    // Which of them is for the delegates to say, so that none is asked for by itself.
                    let at = joined.iter().position(is_told).unwrap_or_default();
                    if let Some(other) = joined.get_mut(at) {
                        other.object.citations.retain(|c| !ask.object.citations.contains(c));
                    }
                    match joined.get_mut(at) {
                        Some(other) if other.object.is_empty() => *other = either,
                        _ => joined.insert((at + 1).min(joined.len()), either),
                    }
                }
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

    /// What is asked for beside the change of a clause that a redline shows, in sentences.
    pub fn beside(&self, ask: &Ask) -> Vec<String> {
        self.behind(ask, !ask.is_drawn)
    }

    fn behind(&self, ask: &Ask, also: bool) -> Vec<String> {
        let mut said = Vec::new();
        if also && !ask.also.is_empty() {
            said.push(stopped(one_line(&ask.also, &mut true)));
        }
        for (phrase, named) in [(Phrase::SameIn, &ask.same), (Phrase::SeeToo, &ask.see)] {
            if !named.is_empty() {
                let cited = self.listed(named);
                said.push(self.speech.fill(phrase, &[("c", &cited), ("C", &opened(cited.clone()))]));
            }
        }
        said
    }

    /// An ask as a sentence, with what is said behind it.
    pub fn sentence(&self, ask: &Ask) -> String {
        let cited = self.listed(&ask.object);
        let mut said = Vec::new();
        if ask.told.is_empty() {
            let quote = |words: &str| if words.is_empty() { String::new() } else { self.speech.quoted(words) };
            let (quoted, proposed, head) = (quote(&ask.quoted), quote(&ask.proposed), opened(cited.clone()));
            let values = [
                ("c", cited.as_str()),
                ("C", head.as_str()),
                ("q", quoted.as_str()),
                ("p", proposed.as_str()),
                ("t", ask.limit.as_str()),
            ];
            said.push(self.speech.fill(ask.phrase, &values));
        } else {
            let told = stopped(one_line(&ask.told, &mut true));
            said.push(format!("{}{}{told}", opened(cited), self.speech.colon()));
        }
        said.extend(self.behind(ask, true));
        let said = said.join(self.speech.space());
        match ask.instead {
            Instead::Nothing => said,
            Instead::Before => self.speech.fill(Phrase::Instead, &[("s", &said)]),
            Instead::Elsewhere => self.speech.fill(Phrase::InsteadElsewhere, &[("s", &said)]),
        }
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
