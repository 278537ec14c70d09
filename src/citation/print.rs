//! A citation in the words of a house.
//!
//! | style | rule | source |
//! |---|---|---|
//! | plain | labels in brackets behind the number, outermost first | the analyses of civil society, and how most treaties in English cite themselves |
//! | UN | `article` is small; `paragraph` is named, its points follow in brackets after a space | United Nations Editorial Manual Online, "Paragraphs and subparagraphs" (first degree `(a)`, second `(i)`); UN Convention against Corruption, `article 23, paragraph 1 (b) (ii)` |
//! | UN | paragraphs of a preamble are `preambular` paragraphs | the same, "Resolutions and other formal decisions", Order of elements |
//! | EU | a paragraph stands in brackets behind the number of its article, `Article 2(1)`; recitals are small, everything else with a number is not; what stands in an annex is a point and its number has no bracket | Interinstitutional Style Guide, 2.7, "Subdivisions of acts" |
//! | EU | from the larger to the smaller, `Article 6(1), point (a)` | Joint Handbook for the presentation and drafting of acts subject to the ordinary legislative procedure, internal references |
//! | French | `paragraphe`, then `alinéa`; labels have a closing bracket only, `c)`, `ii)` | Editorial Manual as above ("French and Spanish: a), b), c)"); the French text of the BBNJ Agreement (`l'alinéa e) du paragraphe 6 de l'article 47`, here from the outside inward so that lists can share their beginning) |
//! | French | the paragraphs of a preamble are its `alinéas` | French texts of UN resolutions |
//! | Spanish | `párrafo`, then `apartado`; labels as in French | Editorial Manual as above; the Spanish text of the same treaties |
//!
//! What is printed is read back by [`parse`](super::parse()) as the same citation, in every style.

use crate::model::{Citation, CitationStyle, Place};

/// The citation as it stands in the middle of a sentence: `article 23, paragraph 2 (c)`.
pub fn print(citation: &Citation, style: CitationStyle) -> String {
    let mut text = head(&citation.place, &citation.points, style);
    for (i, label) in citation.points.iter().enumerate() {
        let step = Step::of(citation, i, style);
        step.lead(false, &mut text);
        step.label(label, &mut text);
    }
    text
}

/// The citation as it begins a sentence, or stands alone: `Article 23, paragraph 2 (c)`.
pub fn print_opening(citation: &Citation, style: CitationStyle) -> String {
    capitalized(print(citation, style))
}

/// The text with a capital at its start.
pub(super) fn capitalized(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}

/// What connects the parts of a list.
pub(super) struct Joints {
    pub and: &'static str,
    pub to: &'static str,
}

impl Joints {
    pub fn of(style: CitationStyle) -> Self {
        match style {
            CitationStyle::UnFrench => Self { and: "et", to: "à" },
            CitationStyle::UnSpanish => Self { and: "y", to: "a" },
            CitationStyle::Plain | CitationStyle::Short | CitationStyle::Un | CitationStyle::Eu => {
                Self { and: "and", to: "to" }
            }
        }
    }
}

/// The word for a unit, for one and for several; none where the style has none for it.
pub(super) fn unit_words(place: &Place, style: CitationStyle) -> Option<(&'static str, &'static str)> {
    use CitationStyle::{Eu, Plain, Short, Un, UnFrench, UnSpanish};
    Some(match (place, style) {
        (Place::Heading(_), _) => return None,
        // A number that does not begin with a digit would be taken for something else.
        (Place::Article(number), Short) if number.starts_with(char::is_numeric) => return None,
        (Place::Article(_), Plain | Short | Eu) => ("Article", "Articles"),
        (Place::Article(_), Un | UnFrench) => ("article", "articles"),
        (Place::Article(_), UnSpanish) => ("artículo", "artículos"),
        (Place::Recital(_), Plain | Short) => ("Recital", "Recitals"),
        (Place::Recital(_), Un | Eu) => ("recital", "recitals"),
        (Place::Recital(_), UnFrench) => ("considérant", "considérants"),
        (Place::Recital(_), UnSpanish) => ("considerando", "considerandos"),
        (Place::Part(_), Plain | Short | Eu) => ("Part", "Parts"),
        (Place::Part(_), Un) => ("part", "parts"),
        (Place::Part(_), UnFrench) => ("partie", "parties"),
        (Place::Part(_), UnSpanish) => ("parte", "partes"),
        (Place::Title(_), Plain | Short | Eu) => ("Title", "Titles"),
        (Place::Title(_), Un) => ("title", "titles"),
        (Place::Title(_), UnFrench) => ("titre", "titres"),
        (Place::Title(_), UnSpanish) => ("título", "títulos"),
        (Place::Chapter(_), Plain | Short | Eu) => ("Chapter", "Chapters"),
        (Place::Chapter(_), Un) => ("chapter", "chapters"),
        (Place::Chapter(_), UnFrench) => ("chapitre", "chapitres"),
        (Place::Chapter(_), UnSpanish) => ("capítulo", "capítulos"),
        (Place::Section(_), Plain | Short | Eu) => ("Section", "Sections"),
        (Place::Section(_), Un) => ("section", "sections"),
        (Place::Section(_), UnFrench) => ("section", "sections"),
        (Place::Section(_), UnSpanish) => ("sección", "secciones"),
        (Place::Annex(_), Plain | Short | Eu) => ("Annex", "Annexes"),
        (Place::Annex(_), Un) => ("annex", "annexes"),
        (Place::Annex(_), UnFrench) => ("annexe", "annexes"),
        (Place::Annex(_), UnSpanish) => ("anexo", "anexos"),
        (Place::Preamble, Plain | Short) => ("Preamble", "Preamble"),
        (Place::Preamble, Un | Eu) => ("preamble", "preamble"),
        (Place::Preamble, UnFrench) => ("préambule", "préambule"),
        (Place::Preamble, UnSpanish) => ("preámbulo", "preámbulo"),
        (Place::Text, Plain | Short) => ("Text", "Text"),
        (Place::Text, Un | Eu) => ("text", "text"),
        (Place::Text, UnFrench) => ("texte", "texte"),
        (Place::Text, UnSpanish) => ("texto", "texto"),
    })
}

/// The number of a unit, or the words of a heading between the quotation marks of the language; empty where it has none.
pub(super) fn number(place: &Place, style: CitationStyle) -> String {
    match place {
        Place::Recital(n)
        | Place::Part(n)
        | Place::Title(n)
        | Place::Chapter(n)
        | Place::Section(n)
        | Place::Article(n)
        | Place::Annex(n) => n.clone(),
        Place::Heading(words) => match style {
            CitationStyle::UnFrench => format!("«\u{a0}{words}\u{a0}»"),
            CitationStyle::UnSpanish => format!("«{words}»"),
            _ => format!("\u{201c}{words}\u{201d}"),
        },
        Place::Preamble | Place::Text => String::new(),
    }
}

/// The unit with its number; nothing where the first label is named by a word that says the unit too.
pub(super) fn head(place: &Place, points: &[String], style: CitationStyle) -> String {
    if is_preambular(place, points, style) {
        return String::new();
    }
    let number = number(place, style);
    match unit_words(place, style) {
        None => number,
        Some((word, _)) if number.is_empty() => word.to_owned(),
        // One heading can stand for several: `Articles 31 to 33 [reserved]`.
        Some((_, words)) if is_several(&number) => format!("{words} {number}"),
        Some((word, _)) => format!("{word} {number}"),
    }
}

fn is_several(number: &str) -> bool {
    let is_number = |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_numeric));
    let mut words = number.split(' ');
    is_number(words.next()) && is_number(words.next_back())
}

/// `preambular paragraph 3`.
fn is_preambular(place: &Place, points: &[String], style: CitationStyle) -> bool {
    *place == Place::Preamble && style == CitationStyle::Un && points.first().is_some_and(|p| is_counted(p))
}

/// How a label hangs on what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    lead: Lead,
    brackets: (&'static str, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// `23(2)`.
    Nothing,
    /// `2 (c)`.
    Space,
    /// `, paragraph 2`, `, paragraphs 2 and 3`.
    Word(&'static str, &'static str),
}

impl Step {
    /// How the label at a place in the list of points is printed.
    pub fn of(citation: &Citation, at: usize, style: CitationStyle) -> Self {
        let (place, points) = (&citation.place, citation.points.as_slice());
        let counted = points.get(at).is_some_and(|l| is_counted(l));
        let opened = points.first().is_some_and(|l| is_counted(l));
        let (bare, round, half) = (("", ""), ("(", ")"), ("", ")"));
        let (lead, brackets) = match style {
            CitationStyle::Plain | CitationStyle::Short => (Lead::Nothing, round),
            CitationStyle::Un => match at {
                0 if is_preambular(place, points, style) => {
                    (Lead::Word("preambular paragraph", "preambular paragraphs"), bare)
                }
                0 if counted => (Lead::Word("paragraph", "paragraphs"), bare),
                // `annex (a)` would be an annex called (a).
                0 if !has_number(place) => (Lead::Word("subparagraph", "subparagraphs"), round),
                _ => (Lead::Space, round),
            },
            CitationStyle::Eu => {
                let in_article = matches!(place, Place::Article(n) if !n.is_empty());
                let point = Lead::Word("point", "points");
                match at {
                    0 if counted && in_article => (Lead::Nothing, round),
                    0 if counted && *place == Place::Preamble => (Lead::Word("paragraph", "paragraphs"), bare),
                    0 if in_article || matches!(place, Place::Recital(_)) => (point, round),
                    // Annexes number their points `1.`, `A.`, `I.`; the innermost only have brackets.
                    0 if counted || points[0].starts_with(char::is_uppercase) => (point, bare),
                    0 => (point, round),
                    1 if opened && in_article => (point, round),
                    _ => (Lead::Nothing, round),
                }
            }
            CitationStyle::UnFrench | CitationStyle::UnSpanish => {
                let french = style == CitationStyle::UnFrench;
                let paragraph =
                    if french { Lead::Word("paragraphe", "paragraphes") } else { Lead::Word("párrafo", "párrafos") };
                let point =
                    if french { Lead::Word("alinéa", "alinéas") } else { Lead::Word("apartado", "apartados") };
                let of_preamble = french && *place == Place::Preamble;
                match at {
                    0 if counted && of_preamble => (point, bare),
                    0 if counted => (paragraph, bare),
                    0 => (point, half),
                    1 if opened && !of_preamble => (point, half),
                    _ => (Lead::Space, half),
                }
            }
        };
        Self { lead, brackets }
    }

    /// What stands before the label, or before several.
    pub fn lead(self, several: bool, text: &mut String) {
        match self.lead {
            Lead::Nothing => {}
            Lead::Space => text.push(' '),
            Lead::Word(one, many) => {
                text.push_str(if text.is_empty() { "" } else { ", " });
                text.push_str(if several { many } else { one });
                text.push(' ');
            }
        }
    }

    /// The label in its brackets.
    pub fn label(self, label: &str, text: &mut String) {
        text.push_str(self.brackets.0);
        text.push_str(label);
        text.push_str(self.brackets.1);
    }

    /// Whether the label stands right behind the one before it.
    pub fn is_glued(self) -> bool {
        self.lead == Lead::Nothing
    }
}

/// Whether a unit has a number of its own, by which its labels are told apart from it.
pub(super) fn has_number(place: &Place) -> bool {
    !matches!(place, Place::Heading(_)) && !number(place, CitationStyle::Plain).is_empty()
}

/// Whether a label is a number as paragraphs have it: `2`, `3 bis`, `-1`; not a letter.
pub(super) fn is_counted(label: &str) -> bool {
    label.strip_prefix('-').unwrap_or(label).starts_with(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::parse;

    /// One citation in the order of [`CitationStyle::ALL`].
    fn check(place: Place, points: &[&str], printed: [&str; 6]) {
        let points = points.iter().map(|&p| p.to_owned()).collect();
        let citation = Citation { place, points };
        for (style, printed) in CitationStyle::ALL.into_iter().zip(printed) {
            assert_eq!(print(&citation, style), printed, "{style:?}");
            for typed in [print(&citation, style), print_opening(&citation, style)] {
                assert_eq!(parse(&typed).as_ref(), Some(&citation), "{typed} in {style:?}");
            }
        }
        assert_eq!(print(&citation, CitationStyle::Plain), citation.long());
    }

    #[test]
    fn articles_in_every_house() {
        let article = |n: &str| Place::Article(n.into());
        check(article("23"), &[], ["Article 23", "23", "article 23", "Article 23", "article 23", "artículo 23"]);
        check(
            article("23"),
            &["2", "c"],
            [
                "Article 23(2)(c)",
                "23(2)(c)",
                "article 23, paragraph 2 (c)",
                "Article 23(2), point (c)",
                "article 23, paragraphe 2, alinéa c)",
                "artículo 23, párrafo 2, apartado c)",
            ],
        );
        check(
            article("8 bis"),
            &["3 ter", "b", "ii"],
            [
                "Article 8 bis(3 ter)(b)(ii)",
                "8 bis(3 ter)(b)(ii)",
                "article 8 bis, paragraph 3 ter (b) (ii)",
                "Article 8 bis(3 ter), point (b)(ii)",
                "article 8 bis, paragraphe 3 ter, alinéa b) ii)",
                "artículo 8 bis, párrafo 3 ter, apartado b) ii)",
            ],
        );
        check(
            article("2"),
            &["c"],
            [
                "Article 2(c)",
                "2(c)",
                "article 2 (c)",
                "Article 2, point (c)",
                "article 2, alinéa c)",
                "artículo 2, apartado c)",
            ],
        );
        check(
            article("3"),
            &["3.1", "-12a"],
            [
                "Article 3(3.1)(-12a)",
                "3(3.1)(-12a)",
                "article 3, paragraph 3.1 (-12a)",
                "Article 3(3.1), point (-12a)",
                "article 3, paragraphe 3.1, alinéa -12a)",
                "artículo 3, párrafo 3.1, apartado -12a)",
            ],
        );
        check(article("A"), &[], ["Article A", "Article A", "article A", "Article A", "article A", "artículo A"]);
    }

    #[test]
    fn other_units_in_every_house() {
        check(
            Place::Annex("III".into()),
            &["1", "a"],
            [
                "Annex III(1)(a)",
                "Annex III(1)(a)",
                "annex III, paragraph 1 (a)",
                "Annex III, point 1(a)",
                "annexe III, paragraphe 1, alinéa a)",
                "anexo III, párrafo 1, apartado a)",
            ],
        );
        check(
            Place::Annex(String::new()),
            &["a"],
            [
                "Annex(a)",
                "Annex(a)",
                "annex, subparagraph (a)",
                "Annex, point (a)",
                "annexe, alinéa a)",
                "anexo, apartado a)",
            ],
        );
        check(
            Place::Preamble,
            &["3", "b"],
            [
                "Preamble(3)(b)",
                "Preamble(3)(b)",
                "preambular paragraph 3 (b)",
                "preamble, paragraph 3(b)",
                "préambule, alinéa 3 b)",
                "preámbulo, párrafo 3, apartado b)",
            ],
        );
        check(
            Place::Recital("5".into()),
            &[],
            ["Recital 5", "Recital 5", "recital 5", "recital 5", "considérant 5", "considerando 5"],
        );
        check(
            Place::Chapter("IV bis".into()),
            &[],
            [
                "Chapter IV bis",
                "Chapter IV bis",
                "chapter IV bis",
                "Chapter IV bis",
                "chapitre IV bis",
                "capítulo IV bis",
            ],
        );
        check(
            Place::Heading("Ways \u{201c}and\u{201d} means, article 5".into()),
            &["2"],
            [
                "\u{201c}Ways \u{201c}and\u{201d} means, article 5\u{201d}(2)",
                "\u{201c}Ways \u{201c}and\u{201d} means, article 5\u{201d}(2)",
                "\u{201c}Ways \u{201c}and\u{201d} means, article 5\u{201d}, paragraph 2",
                "\u{201c}Ways \u{201c}and\u{201d} means, article 5\u{201d}, point 2",
                "«\u{a0}Ways \u{201c}and\u{201d} means, article 5\u{a0}», paragraphe 2",
                "«Ways \u{201c}and\u{201d} means, article 5», párrafo 2",
            ],
        );
        check(
            Place::Text,
            &["23"],
            [
                "Text(23)",
                "Text(23)",
                "text, paragraph 23",
                "text, point 23",
                "texte, paragraphe 23",
                "texto, párrafo 23",
            ],
        );
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        let article = Citation::to(Place::Article("5".into()));
        assert_eq!(print_opening(&article, CitationStyle::Un), "Article 5");
        assert_eq!(print_opening(&article, CitationStyle::Short), "5");
        let several = Citation::to(Place::Article("31 to 33".into()));
        assert_eq!(print(&several, CitationStyle::Un), "articles 31 to 33");
    }
}
