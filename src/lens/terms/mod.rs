//! The terms a text defines, where it uses them, and what looks like a term and is none.
//!
//! A definition says what a term in quotation marks means (`“Lamp” means …`, `on entend par « phare » …`, `“灯”系指…`), or
//! introduces it on the way (`(hereinafter “the Keeper”)`). Every use of a term is found, the longest where several begin
//! at one word, in its plural and its cases as far as the ending tells; a term written with a capital within sentences is
//! not used by the word in small letters.
//!
//! Must not know: how terms are drawn, drafts, what was said about them; it reads a text, its outline and its language.

mod cues;
mod definitions;
mod loose;
mod quotes;
mod stems;
mod uses;

use crate::model::{Outline, TextRange};

/// How a term came to be defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defined {
    /// `“Lamp” means a light`.
    Means,
    /// `(hereinafter “the Lamp”)`.
    OnTheWay,
}

/// A term that is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as its definition has it, without quotation marks or an article before it.
    pub name: String,
    /// The same in the text, in bytes.
    pub named: TextRange,
    /// The words that define it: the provision, or the sentence, the term stands in.
    pub definition: TextRange,
    /// How it came to be defined.
    pub defined: Defined,
    /// Where it holds, if not everywhere: `for the purposes of this article`.
    pub scope: Option<TextRange>,
    /// How often it is used outside of its definition's quotation marks.
    pub uses: usize,
}

/// A use of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Its words, in bytes of the text.
    pub range: TextRange,
    /// The position of the term in [`Terms::all`].
    pub term: usize,
}

/// Why words look like a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// They stand in quotation marks.
    Quoted,
    /// They are written with capitals, as defined terms are.
    Capitals,
}

/// Words that look like a term and are not defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    /// The words as they first stand.
    pub name: String,
    /// Why they look so.
    pub why: Why,
    /// Where they stand, in order, in bytes of the text; the first few hundred.
    pub places: Vec<TextRange>,
}

/// Everything about the terms of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The terms, in the order of their definitions.
    pub all: Vec<Term>,
    /// Their uses, in order, apart from each other; the words in the quotation marks of a definition are none.
    pub uses: Vec<Use>,
    /// What looks like a term and is none, the most frequent first.
    pub loose: Vec<Loose>,
}

impl Terms {
    /// Those of any text whatever, in time linear in its length but for the depth of its outline. `language` is a BCP 47
    /// tag, which may be empty.
    pub fn of(text: &str, outline: &Outline, language: &str) -> Self {
        let quotes = quotes::quotes(text);
        let ending = stems::Ending::of(language);
        let mut all = definitions::definitions(text, outline, &quotes);
        let mut runs = Vec::new();
        let uses = uses::uses(text, &mut all, ending, &mut |found| loose::runs(text, found, language, &mut runs));
        let loose = loose::loose(text, outline, &quotes, &all, ending, &runs);
        Self { all, uses, loose }
    }

    /// The use at a byte of the text.
    pub fn at(&self, offset: usize) -> Option<usize> {
        let at = self.uses.partition_point(|u| u.range.start <= offset).checked_sub(1)?;
        self.uses.get(at)?.range.contains(offset).then_some(at)
    }

    /// The positions of the terms that are never used.
    pub fn unused(&self) -> impl Iterator<Item = usize> {
        self.all.iter().enumerate().filter(|(_, t)| t.uses == 0).map(|(i, _)| i)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::*;
    use crate::model::{Provision, ProvisionIndex, ProvisionKind};

    /// Paragraphs as blocks and provisions of one article.
    pub(super) fn outline(text: &str) -> Outline {
        let mut outline = Outline::default();
        let mut at = 0;
        for piece in text.split_inclusive("\n\n") {
            let range = TextRange { start: at, end: at + piece.len() }.trimmed(text);
            at += piece.len();
            if range.is_empty() {
                continue;
            }
            outline.blocks.push(range);
        }
        let provision = |kind, range, parent, subtree_end| Provision {
            kind,
            label: String::new(),
            number: String::new(),
            label_range: TextRange { start: range, end: range },
            heading: None,
            heading_range: None,
            range: TextRange { start: range, end: range },
            parent,
            subtree_end,
            ordinal: 0,
        };
        let count = outline.blocks.len() as u32;
        let mut article = provision(ProvisionKind::Article, 0, None, count + 1);
        article.range = TextRange { start: 0, end: text.len() };
        outline.provisions.push(article);
        for (i, block) in outline.blocks.clone().into_iter().enumerate() {
            let mut p = provision(ProvisionKind::Paragraph, block.start, Some(ProvisionIndex(0)), i as u32 + 2);
            p.range = block;
            p.ordinal = i as u32;
            outline.provisions.push(p);
        }
        outline
    }

    /// The terms with how often they are used, then what is loose.
    fn check(language: &str, text: &str, terms: &[(&str, usize)], loose: &[&str]) {
        let found = Terms::of(text, &outline(text), language);
        let all: Vec<(&str, usize)> = found.all.iter().map(|t| (t.name.as_str(), t.uses)).collect();
        assert_eq!(all, terms, "{text}");
        let names: Vec<&str> = found.loose.iter().map(|l| l.name.as_str()).collect();
        assert_eq!(names, loose, "{text}");
    }

    #[test]
    fn terms_are_found_in_every_language_and_style() {
        check(
            "en",
            "For the purposes of this text:\n\n(a) “Lamp” means a light;\n\n(b) \"keeper of lamps\" shall mean a person;\n\n\
             (c) ‘fog’ or ‘mist’ means air;\n\n(d) ``Oil'', which includes fat, means what burns.\n\n\
             Lamps burn. Keepers of lamps sleep in the fog. A lamp burns oil.",
            &[("Lamp", 2), ("keeper of lamps", 1), ("fog", 1), ("mist", 0), ("Oil", 1)],
            &[],
        );
        check(
            "en",
            "The Harbour Union (hereinafter referred to as “the Union”) and the Fund (the “Fund”).\n\nThe Union and the Fund agree. A union is none.",
            &[("Union", 2), ("Fund", 2)],
            &[],
        );
        check(
            "fr",
            "Aux fins du présent texte, on entend par :\n\na) « huile », ce qui brûle.\n\nOn entend par « phare » une lumière.\n\n\
             Le terme « gardien » désigne une personne (ci-après dénommée « la Veille »).\n\nLes phares et les gardiens de la Veille.",
            &[("huile", 0), ("phare", 1), ("gardien", 1), ("Veille", 1)],
            &[],
        );
        check(
            "es",
            "Por “señal luminosa” se entenderá una luz.\n\nEl Fondo (en adelante, el “Fondo”).\n\nLas señales luminosas del Fondo.",
            &[("señal luminosa", 1), ("Fondo", 2)],
            &[],
        );
        check(
            "ru",
            "«Маяк» означает огонь.\n\nТермин «смотритель маяка» означает лицо (далее — «Служба»).\n\nМаяки и смотрители маяка Службы.",
            &[("Маяк", 1), ("смотритель маяка", 1), ("Служба", 1)],
            &[],
        );
        check(
            "zh",
            "“灯塔”系指灯。\n\n港口联盟（以下简称“联盟”）。\n\n各灯塔属于联盟。",
            &[("灯塔", 1), ("联盟", 2)],
            &[],
        );
        check(
            "ar",
            "يقصد بتعبير \"المنارة\" ضوء.\n\nالاتحاد (يشار إليه فيما يلي باسم \"الاتحاد\").\n\nتضيء المنارة والاتحاد.",
            &[("المنارة", 1), ("الاتحاد", 2)],
            &[],
        );
        check(
            "de",
            "Im Sinne dieses Textes bezeichnet der Ausdruck „Lampe“ ein Licht.\n\nEine Lampe.",
            &[("Lampe", 1)],
            &[],
        );
    }

    #[test]
    fn a_term_holds_where_its_definition_says() {
        let text = "For the purpose of this article, “lamp” means a light. A lamp burns.";
        let found = Terms::of(text, &outline(text), "en");
        assert_eq!(found.all[0].scope, Some(TextRange { start: 0, end: text.len() }));
        assert_eq!(found.all[0].definition.of(text), Some(text));
        assert_eq!(found.at(text.rfind("lamp").unwrap() + 1), Some(0));
        assert_eq!(found.at(0), None);
    }

    #[test]
    fn what_looks_like_a_term_and_is_none() {
        check(
            "en",
            "“Lamp” means a light.\n\nThe Harbour Board shall meet. A keeper asks the Harbour Board about the “night watch”. The Lamp and a Lamp burn.\n\n\
             Each Party in Vienna and the United Nations; the United Nations agree; each Party too, as Article 3 and Article 4 say.",
            &[("Lamp", 2)],
            &["Harbour Board", "Party", "night watch"],
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_places_in_it(
            pieces in prop::collection::vec(prop_oneof![
                "\\PC{0,6}", Just("“".to_owned()), Just("”".to_owned()), Just("\"".to_owned()), Just("« ".to_owned()), Just(" »".to_owned()),
                Just(" means ".to_owned()), Just("hereinafter ".to_owned()), Just("\n\n".to_owned()), Just("Lamp".to_owned()), Just(" the ".to_owned()),
                Just("系指".to_owned()), Just("灯".to_owned()), Just("(".to_owned()), Just(")".to_owned()), Just(". ".to_owned()), Just("``".to_owned()),
                Just("المنارة".to_owned()), Just("’".to_owned()), Just("‘".to_owned()),
            ], 0..40),
            language in prop::sample::select(vec!["", "en", "fr", "es", "ru", "zh", "ar", "de"]),
        ) {
            let text: String = pieces.concat();
            let terms = Terms::of(&text, &outline(&text), language);
            for term in &terms.all {
                prop_assert!(term.named.of(&text).is_some_and(|w| !w.is_empty()));
                prop_assert!(term.definition.of(&text).is_some() && term.definition.covers(term.named));
                prop_assert!(term.scope.is_none_or(|s| s.of(&text).is_some()));
            }
            prop_assert!(terms.uses.iter().all(|u| u.range.of(&text).is_some_and(|w| !w.is_empty()) && u.term < terms.all.len()));
            prop_assert!(terms.uses.windows(2).all(|w| w[0].range.end <= w[1].range.start));
            let counted: usize = terms.all.iter().map(|t| t.uses).sum();
            prop_assert_eq!(counted, terms.uses.len());
            for loose in &terms.loose {
                prop_assert!(loose.places.iter().all(|p| p.of(&text).is_some_and(|w| !w.is_empty())));
                prop_assert!(loose.places.windows(2).all(|w| w[0].end <= w[1].start));
            }
        }
    }
}
