//! Goes through a text once, paragraph by paragraph, and tells what each modal, verb and qualifier does.

use std::sync::OnceLock;

use super::super::phrases::{Phrases, UNKNOWN, spelled_out};
use super::super::tokens::{Gap, Token, folded, is_alone, paragraphs, tokens};
use super::{Entry, Force, Hit, Lists, Part, Tongue, lists};
use crate::model::TextRange;

/// Words after a modal within which what makes it soft is looked for.
const FAR: usize = 20;

/// A paragraph as words.
pub(super) struct Sentence<'a> {
    tokens: &'a [Token],
    words: &'a str,
    ends: &'a [usize],
    numbers: &'a [u32],
}

impl Sentence<'_> {
    /// A word as it is compared; empty beyond the paragraph.
    pub(super) fn word(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.words.get(from..end)).unwrap_or("")
    }

    /// Whether nothing but space parts it from the word before.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        self.gap(at) == Some(Gap::Joined)
    }

    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.capital)
    }

    /// Whether a sentence begins with it.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.gap(at) == Some(Gap::Sentence)
    }

    /// Whether these words stand right before it.
    pub(super) fn follows(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(words.len()).is_some_and(|from| words.iter().enumerate().all(|(i, w)| self.word(from + i) == *w))
    }

    fn gap(&self, at: usize) -> Option<Gap> {
        self.tokens.get(at).map(|t| t.gap)
    }

    /// The longest form that begins with a word, and how many words it has.
    fn form(&self, at: usize, known: &Known) -> Option<(usize, &'static Entry)> {
        let first = *self.numbers.get(at).filter(|&&n| n != UNKNOWN)?;
        let rest = self.tokens.iter().zip(self.numbers).skip(at + 1);
        let rest = rest.take_while(|(t, _)| t.gap == Gap::Joined).map(|(_, number)| *number);
        let (count, value) = known.phrases.longest(std::iter::once(first).chain(rest))?;
        Some((count, known.lists.entries.get(value as usize)?))
    }

    fn range(&self, at: usize, count: usize) -> TextRange {
        let end = self.tokens.get(at + count.max(1) - 1).map_or(0, |t| t.end);
        TextRange { start: self.tokens.get(at).map_or(end, |t| t.start), end }
    }
}

/// The forms of a language, ready to be looked for.
struct Known {
    phrases: Phrases,
    lists: &'static Lists,
}

fn known(tongue: Tongue) -> &'static Known {
    static ALL: [OnceLock<Known>; 6] = [const { OnceLock::new() }; 6];
    let build = || {
        let lists = lists(tongue);
        let mut phrases = Phrases::default();
        for (value, entry) in (0_u32..).zip(lists.entries) {
            for phrase in entry.forms.iter().flat_map(|form| spelled_out(form)) {
                let words: Vec<String> = phrase.iter().flat_map(|word| pieces(word)).collect();
                phrases.add(words.iter().map(String::as_str), value);
            }
        }
        Known { phrases, lists }
    };
    ALL[tongue as usize].get_or_init(build)
}

/// A word of a list as the text has it: Han character by character.
fn pieces(word: &str) -> Vec<String> {
    if word.starts_with(is_alone) { word.chars().map(String::from).collect() } else { vec![folded(word).into_owned()] }
}

/// Everything that binds or loosens.
pub(super) fn read(text: &str, tongue: Tongue) -> Vec<Hit> {
    let known = known(tongue);
    let mut hits = Vec::new();
    let (mut found, mut words, mut ends, mut numbers) = (Vec::new(), String::new(), Vec::new(), Vec::new());
    for (at, paragraph) in paragraphs(text) {
        tokens(at, paragraph, &mut found);
        words.clear();
        ends.clear();
        numbers.clear();
        for token in &found {
            let word = folded(text.get(token.start..token.end).unwrap_or_default());
            numbers.push(known.phrases.number(&word));
            words.push_str(&word);
            ends.push(words.len());
        }
        let sentence = Sentence { tokens: &found, words: &words, ends: &ends, numbers: &numbers };
        sentence_by_sentence(&sentence, known, &mut hits);
    }
    hits
}

fn sentence_by_sentence(s: &Sentence<'_>, known: &Known, hits: &mut Vec<Hit>) {
    let lists = known.lists;
    let (mut at, mut denied, mut goes_on) = (0, false, None);
    while at < s.tokens.len() {
        if s.begins(at) || s.gap(at) == Some(Gap::Other) && s.is_capital(at) {
            denied = lists.deniers.contains(&s.word(at)) && !lists.but_not.contains(&s.word(at + 1));
        }
        let Some((count, entry)) = s.form(at, known) else {
            let verb = lists.verb.and_then(|verb| verb(s, at));
            if let Some((force, words)) = verb {
                let (force, words) =
                    if std::mem::take(&mut denied) { (Force::Prohibition, lists.denied) } else { (force, words) };
                hits.push(Hit { range: s.range(at, 1), force, words, goes_on: false });
            }
            at += 1;
            continue;
        };
        if let Some(hit) = meant(s, at, count, entry, known, &mut denied, &mut goes_on) {
            hits.push(hit);
        }
        at += if entry.part == Part::Softens && goes_on != Some(at) { 1 } else { count };
    }
}

/// What a form says where it stands.
fn meant(
    s: &Sentence<'_>,
    at: usize,
    count: usize,
    entry: &Entry,
    known: &Known,
    denied: &mut bool,
    goes_on: &mut Option<usize>,
) -> Option<Hit> {
    let lists = known.lists;
    let hit = |force, words, goes_on| Some(Hit { range: s.range(at, count), force, words, goes_on });
    if *goes_on == Some(at) {
        return hit(Force::Soft, entry.words, true);
    }
    let after = at > 0 && s.is_joined(at) && lists.relative.contains(&s.word(at - 1));
    let is_other = lists.is_other.is_some_and(|is_other| is_other(s, at));
    if is_other || matches!(entry.part, Part::Nothing | Part::Softens) || entry.force == Force::Permission && after {
        return None;
    }
    if matches!(entry.force, Force::Obligation | Force::Permission) && std::mem::take(denied) {
        return hit(Force::Prohibition, lists.denied, false);
    }
    if entry.part == Part::Modal
        && matches!(entry.force, Force::Obligation | Force::Soft)
        && let Some((softener, soft)) = softened(s, at + count, known)
    {
        *goes_on = Some(softener);
        // `should consider` is no softer than `should`.
        let words = if entry.force == Force::Soft { entry.words } else { soft.words };
        return hit(Force::Soft, words, false);
    }
    hit(entry.force, entry.words, false)
}

/// What makes the modal before a word soft: the verb after it, past what is set off by commas.
fn softened(s: &Sentence<'_>, from: usize, known: &Known) -> Option<(usize, &'static Entry)> {
    let (mut at, mut aside) = (from, false);
    let softener =
        |at: usize| s.form(at, known).map(|(_, entry)| entry).filter(|e| matches!(e.part, Part::Softens | Part::Soft));
    let qualifier = |at: usize| {
        let (count, entry) = s.form(at, known)?;
        (entry.force == Force::Qualifier && entry.part == Part::Whole).then_some(count)
    };
    while at < from + FAR {
        match s.gap(at)? {
            // Of two asides in a row the comma between them closes one and opens the other, unless the verb follows.
            Gap::Comma if aside => {
                aside = qualifier(at).is_some_and(|n| !s.is_joined(at + n) || softener(at + n).is_none());
            }
            Gap::Comma => aside = true,
            Gap::Other | Gap::Sentence => return None,
            Gap::Joined => {}
        }
        if aside {
            at += 1;
            continue;
        }
        if let Some(soft) = softener(at) {
            return Some((at, soft));
        }
        match qualifier(at) {
            Some(count) => at += count,
            None if (known.lists.between)(s.word(at)) => at += 1,
            None => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::{Just, prop, prop_assert, prop_oneof, proptest};

    use super::super::Wording;
    use super::*;

    /// The text with its words marked: `[shall!]`: `!` obligation, `x` prohibition, `~` soft, `?` permission, `%` qualifier,
    /// `+` what goes on.
    fn check(tongue: Tongue, marked: &str) {
        let plain: String = {
            let mut out = String::new();
            let mut rest = marked;
            while let Some(open) = rest.find('⟦') {
                out.push_str(&rest[..open]);
                let close = rest.find('⟧').unwrap();
                let inside = &rest[open + '⟦'.len_utf8()..close];
                out.push_str(&inside[..inside.len() - 1]);
                rest = &rest[close + '⟧'.len_utf8()..];
            }
            out.push_str(rest);
            out
        };
        let mut shown = String::new();
        let mut at = 0;
        for hit in Wording::of(&plain, tongue).hits {
            let sign = match hit.force {
                _ if hit.goes_on => '+',
                Force::Obligation => '!',
                Force::Prohibition => 'x',
                Force::Soft => '~',
                Force::Permission => '?',
                Force::Qualifier => '%',
            };
            shown.push_str(&plain[at..hit.range.start]);
            shown.push_str(&format!("⟦{}{sign}⟧", hit.range.of(&plain).unwrap()));
            at = hit.range.end;
        }
        shown.push_str(&plain[at..]);
        assert_eq!(shown, marked);
    }

    #[test]
    fn english() {
        let en = |marked| check(Tongue::English, marked);
        en("Each keeper ⟦shall!⟧ light the lamp and ⟦may?⟧ rest. He ⟦shall notx⟧ sleep, and ⟦may notx⟧ leave.");
        en("Keepers ⟦should~⟧ ⟦aim to+⟧ see. Keepers ⟦should~⟧ write, ⟦as appropriate%⟧, and ⟦must!⟧ read.");
        en("Each Party ⟦shall~⟧, ⟦as appropriate%⟧ and within a year, ⟦endeavour+⟧ to mend its lamps.");
        en("It ⟦shall~⟧, within one year, ⟦in accordance with its domestic law%⟧, ⟦endeavour+⟧ to mend its lamps.");
        en("It ⟦shall!⟧, within a year, ⟦in accordance with domestic law%⟧, adopt measures, consider others.");
        en("It ⟦shall~⟧, within a year, ⟦as appropriate%⟧ ⟦endeavour+⟧ to mend its lamps.");
        en("Each Party ⟦shall~⟧ also ⟦consider+⟧ mending them, and ⟦may?⟧ consider others.");
        en("It ⟦shall!⟧ mend and consider them.");
        en("No keeper ⟦shallx⟧ sleep. No later than May 2020 each keeper ⟦shall!⟧ wake. In May they sang.");
        en("Nothing in this text ⟦mayx⟧ be read so.\n\n(a) No lamp ⟦mayx⟧ be sold;");
        en("Should a keeper wish so, such measures as may be necessary ⟦shall!⟧ be taken. “Lamp” shall mean a light.");
        en("Lamps which may fail ⟦are to be!⟧ kept. The aim of it is to see.");
        en("It ⟦shall!⟧ act ⟦in accordance with its domestic law%⟧, ⟦to the extent possible%⟧.");
        en(
            "It ⟦shall!⟧ act as soon as possible, subject to applicable law, ⟦as far as possible%⟧ and ⟦where feasible%⟧.",
        );
        en("Each Party [⟦shall!⟧][⟦should~⟧] act.");
        en("Keepers ⟦are encouraged to~⟧ sing, and ⟦need not?⟧ dance.");
        en("Each Party ⟦undertakes to!⟧ keep it ⟦subject to domestic law%⟧.");
    }

    #[test]
    fn french() {
        let fr = |marked| check(Tongue::French, marked);
        fr("Les Parties ⟦prennent!⟧ des mesures et ⟦peuvent?⟧ se reposer.");
        fr("Chaque État Partie ⟦adopte!⟧ une loi, ⟦s’il y a lieu%⟧, et ⟦s’efforce de~⟧ la suivre.");
        fr("Les Parties ne se ⟦consultentx⟧ jamais. Le gardien ⟦doit!⟧ veiller ; il ⟦ne doit pasx⟧ dormir.");
        fr("Les Parties à la présente Convention ⟦devraient~⟧ chanter ⟦dans la mesure du possible%⟧.");
        fr("Aucune Partie ne ⟦prendx⟧ la lampe ⟦conformément à son droit interne%⟧.");
        fr("La Partie requise et les Parties concernées, qui peuvent tomber, ⟦sont encouragées à~⟧ lire.");
    }

    #[test]
    fn spanish() {
        let es = |marked| check(Tongue::Spanish, marked);
        es("Cada Parte ⟦adoptará!⟧ medidas y ⟦podrá?⟧ descansar; ⟦no podráx⟧ vender la lámpara.");
        es("Las Partes no se ⟦retiraránx⟧. Ninguna Parte ⟦dormiráx⟧.");
        es(
            "Las Partes ⟦procurarán~⟧, ⟦según proceda%⟧ y ⟦de conformidad con su derecho interno%⟧, cantar; ⟦deberían~⟧ leer.",
        );
        es("Irán y el Corán. Por “lámpara” se entenderá una luz ⟦en la medida de lo posible%⟧.");
    }

    #[test]
    fn russian() {
        let ru = |marked| check(Tongue::Russian, marked);
        ru("Каждое Государство-участник ⟦принимает!⟧ меры, ⟦в соответствующих случаях%⟧, и ⟦может?⟧ отдыхать.");
        ru("Стороны ⟦стремятся~⟧ петь ⟦по мере возможности%⟧. Смотритель ⟦должен!⟧ бодрствовать и ⟦не можетx⟧ спать.");
        ru(
            "Стороны не ⟦продаютx⟧ лампы ⟦в соответствии со своим внутренним законодательством%⟧; им ⟦следует~⟧ читать.",
        );
        ru("Сторона ⟦принимает!⟧ меры в случаях пожара, ⟦насколько это целесообразно%⟧.");
        ru("Лампы, которые могут погаснуть.");
    }

    #[test]
    fn arabic() {
        let ar = |marked| check(Tongue::Arabic, marked);
        ar("⟦تتخذ!⟧ كل دولة طرف التدابير، ⟦حسب الاقتضاء%⟧، ⟦ويجوز?⟧ النوم.");
        ar("⟦لا يجوزx⟧ بيع المصباح. ⟦يجب أن!⟧ يُضاء، ثم ⟦ينبغي أن~⟧ يحفظ.");
        ar("⟦تَسْعَى~⟧ الدول الأطراف إلى ذلك ⟦وفقاً لقانونها الداخلي%⟧.");
        ar("لا ⟦تبيعx⟧ الدول الأطراف المصابيح ⟦قدر الإمكان%⟧.");
    }

    #[test]
    fn chinese() {
        let zh = |marked| check(Tongue::Chinese, marked);
        zh("各缔约国⟦应!⟧采取措施，⟦酌情%⟧点灯，并⟦可?⟧休息。守灯人⟦不得x⟧睡觉。");
        zh("缔约国⟦应~⟧⟦尽可能%⟧⟦努力+⟧适应可持续的供应。");
        zh("各国⟦应当~⟧⟦考虑+⟧修灯；灯可能熄灭，⟦必须!⟧⟦根据本国法律%⟧处理。");
    }

    #[test]
    fn a_language_is_known_by_its_tag_or_its_letters() {
        assert_eq!(Tongue::of("fr-CA", ""), Some(Tongue::French));
        assert_eq!(Tongue::of("de", "und"), None);
        assert_eq!(Tongue::of("", "缔约国应 shall"), Some(Tongue::Chinese));
        assert_eq!(Tongue::of("", "Стороны"), Some(Tongue::Russian));
        assert_eq!(Tongue::of("", ""), Some(Tongue::English));
    }

    const TONGUES: [Tongue; 6] =
        [Tongue::Arabic, Tongue::Chinese, Tongue::English, Tongue::French, Tongue::Russian, Tongue::Spanish];

    #[test]
    fn no_form_is_listed_under_two_words() {
        for tongue in TONGUES {
            let mut listed: BTreeMap<Vec<String>, usize> = BTreeMap::new();
            for (at, entry) in lists(tongue).entries.iter().enumerate() {
                assert!(entry.part == Part::Nothing || !entry.words.is_empty());
                for phrase in entry.forms.iter().flat_map(|form| spelled_out(form)) {
                    let words: Vec<String> = phrase.iter().flat_map(|word| pieces(word)).collect();
                    let before = *listed.entry(words).or_insert(at);
                    assert_eq!(before, at, "{tongue:?}: {} is listed twice", phrase.join(" "));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_places_in_it(
            pieces in prop::collection::vec(prop_oneof![
                "\\PC{0,6}", Just("shall".to_owned()), Just(" ".to_owned()), Just(", ".to_owned()), Just("\n\n".to_owned()),
                Just("endeavour".to_owned()), Just("No".to_owned()), Just("Les Parties ".to_owned()), Just("应".to_owned()),
                Just("努力".to_owned()), Just("كل دولة طرف".to_owned()), Just("adoptará".to_owned()), Just("не".to_owned()),
            ], 0..40),
            tongue in prop::sample::select(TONGUES.to_vec()),
        ) {
            let text: String = pieces.concat();
            let hits = Wording::of(&text, tongue).hits;
            for hit in &hits {
                prop_assert!(hit.range.of(&text).is_some_and(|w| !w.is_empty()) && !hit.words.is_empty());
            }
            prop_assert!(hits.windows(2).all(|w| w[0].range.end <= w[1].range.start));
        }
    }
}
