//! The words citations are built of, in the six UN languages, German, Dutch and Portuguese.
//!
//! Sources: UN Editorial Manual, "Citing articles, paragraphs and subparagraphs" (`article 23, paragraph 2 (c)`); EU
//! Interinstitutional Style Guide, 2.7 (`Article 23(2), point (c)`), in its language versions; the texts of the treaties of
//! the UN treaty collection for French, Spanish, Russian, Arabic and Chinese. Everything is in lower case, with `|` between
//! words; a language is one block of lines.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of unit that has numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Article,
    Recital,
    Part,
    Title,
    Chapter,
    Section,
    Annex,
}

/// How deep below its unit a word puts a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// `paragraph 2`: right below the unit.
    Paragraph,
    /// `point (c)`, `subparagraph (c)`: somewhere below.
    Point,
}

/// What a word means in a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `Article`, or `Articles` where several are meant.
    Unit(Unit, bool),
    /// `paragraph`, or `paragraphs`.
    Level(Level, bool),
    /// `preamble`.
    Preamble,
    /// `preambular`.
    Preambular,
    /// Between the items of a list: `and`, `or`.
    And,
    /// Between the ends of a run: `to`.
    To,
    /// From the inside outward: `of`.
    Of,
    /// Says nothing: `the`.
    The,
    /// `this`, `the present`: the one these words stand in.
    This,
    /// `that`, `the said`: the one named last.
    That,
    /// `above`, `below`, `hereof`.
    Near,
    /// `thereof`: of the one named last.
    Thereof,
    /// `first`, in `first subparagraph`; its value.
    Ordinal(u32),
    /// `sentence`, `indent`: part of a provision without a label.
    Piece,
}

/// The languages, as bits: a word between two numbers counts only in the language of the unit's word.
pub(super) type Tongues = u8;

const EN: Tongues = 1;
const FR: Tongues = 2;
const ES: Tongues = 4;
const RU: Tongues = 8;
const AR: Tongues = 16;
const DE: Tongues = 32;
const NL: Tongues = 64;
const PT: Tongues = 128;
pub(super) const ALL: Tongues = 0xff;
pub(super) const ENGLISH: Tongues = EN;
/// Languages that say `of` by the form of a noun.
pub(super) const GENITIVE: Tongues = RU;

use Meaning::{And, Near, Of, Ordinal, Piece, Preamble, Preambular, That, The, Thereof, This, To};

const fn one(unit: Unit) -> Meaning {
    Meaning::Unit(unit, false)
}

const fn many(unit: Unit) -> Meaning {
    Meaning::Unit(unit, true)
}

const PARAGRAPH: Meaning = Meaning::Level(Level::Paragraph, false);
const PARAGRAPHS: Meaning = Meaning::Level(Level::Paragraph, true);
const POINT: Meaning = Meaning::Level(Level::Point, false);
const POINTS: Meaning = Meaning::Level(Level::Point, true);

#[rustfmt::skip]
static WORDS: &[(Tongues, Meaning, &str)] = &[
    // English
    (EN, one(Unit::Article), "article|art"), (EN, many(Unit::Article), "articles|arts"),
    (EN, one(Unit::Recital), "recital|rec"), (EN, many(Unit::Recital), "recitals|recs"),
    (EN, one(Unit::Part), "part"), (EN, many(Unit::Part), "parts"),
    (EN, one(Unit::Title), "title"), (EN, many(Unit::Title), "titles"),
    (EN, one(Unit::Chapter), "chapter|chap|ch"), (EN, many(Unit::Chapter), "chapters|chaps"),
    (EN, one(Unit::Section), "section|sect|sec"), (EN, many(Unit::Section), "sections|sects|secs"),
    (EN, one(Unit::Annex), "annex"), (EN, many(Unit::Annex), "annexes"),
    (EN, PARAGRAPH, "paragraph|para|par"), (EN, PARAGRAPHS, "paragraphs|paras|pars"),
    (EN, POINT, "subparagraph|subpara|point|clause|subclause|item|subitem|letter|lit|litt"),
    (EN, POINTS, "subparagraphs|subparas|points|clauses|subclauses|items|letters"),
    (EN, Preamble, "preamble"), (EN, Preambular, "preambular"),
    (EN, And, "and|or"), (EN, To, "to|through|until"), (EN, Of, "of|in|under"), (EN, The, "the"), (EN, This, "this|present|these"),
    (EN, That, "that|said|same|those"), (EN, Near, "above|below|hereof|hereto"), (EN, Thereof, "thereof|thereto"),
    (EN, Ordinal(1), "first"), (EN, Ordinal(2), "second"), (EN, Ordinal(3), "third"), (EN, Ordinal(4), "fourth"),
    (EN, Ordinal(5), "fifth"), (EN, Ordinal(6), "sixth"), (EN, Ordinal(7), "seventh"), (EN, Ordinal(8), "eighth"),
    (EN, Ordinal(9), "ninth"), (EN, Ordinal(10), "tenth"),
    (EN, Piece, "sentence|sentences|indent|indents|chapeau|limb"),
    // French
    (FR, one(Unit::Article), "article|art"), (FR, many(Unit::Article), "articles"),
    (FR, one(Unit::Recital), "considérant"), (FR, many(Unit::Recital), "considérants"),
    (FR, one(Unit::Part), "partie"), 
    (FR, one(Unit::Title), "titre"), (FR, many(Unit::Title), "titres"),
    (FR, one(Unit::Chapter), "chapitre"), (FR, many(Unit::Chapter), "chapitres"),
    (FR, one(Unit::Section), "section"), (FR, many(Unit::Section), "sections"),
    (FR, one(Unit::Annex), "annexe"), (FR, many(Unit::Annex), "annexes"),
    (FR, PARAGRAPH, "paragraphe|par|para"), (FR, PARAGRAPHS, "paragraphes"),
    (FR, POINT, "alinéa|al|point|lettre|litt|lit|sous"), (FR, POINTS, "alinéas|points|lettres"),
    (FR, Preamble, "préambule"), (FR, And, "et|ou"), (FR, To, "à"), (FR, Of, "de|du|des|d"), (FR, The, "l|la|le|les|l'"),
    (FR, This, "présent|présente|présents|présentes|cet|cette|ces"), (FR, That, "ledit|ladite|dudit|dit|même"),
    (FR, Near, "ci"), (FR, Ordinal(1), "premier|première"), (FR, Ordinal(2), "deuxième|second|seconde"),
    (FR, Ordinal(3), "troisième"), (FR, Ordinal(4), "quatrième"), (FR, Ordinal(5), "cinquième"), (FR, Piece, "phrase|tiret"),
    // Spanish
    (ES, one(Unit::Article), "artículo|articulo|art"), (ES, many(Unit::Article), "artículos|articulos|arts"),
    (ES, one(Unit::Recital), "considerando"), (ES, many(Unit::Recital), "considerandos"),
    (ES, one(Unit::Part), "parte"), (ES, many(Unit::Part), "partes"),
    (ES, one(Unit::Title), "título|titulo"), (ES, many(Unit::Title), "títulos|titulos"),
    (ES, one(Unit::Chapter), "capítulo|capitulo"), (ES, many(Unit::Chapter), "capítulos|capitulos"),
    (ES, one(Unit::Section), "sección|seccion"), (ES, many(Unit::Section), "secciones"),
    (ES, one(Unit::Annex), "anexo"), (ES, many(Unit::Annex), "anexos"),
    (ES, PARAGRAPH, "párrafo|parrafo|párr|apdo"), (ES, PARAGRAPHS, "párrafos|parrafos"),
    (ES, POINT, "apartado|inciso|letra|literal|punto|subpárrafo|subapartado|numeral"),
    (ES, POINTS, "apartados|incisos|letras|literales|puntos|subpárrafos|numerales"),
    (ES, Preamble, "preámbulo|preambulo"), (ES, And, "y|e|o|u"), (ES, To, "a|al"), (ES, Of, "de|del"),
    (ES, The, "el|la|los|las"), (ES, This, "presente|presentes|este|esta|estos|estas"), (ES, That, "dicho|dicha|mismo|misma|citado|citada"),
    (ES, Near, "supra|anterior|precedente"), (ES, Ordinal(1), "primer|primero|primera"), (ES, Ordinal(2), "segundo|segunda"),
    (ES, Ordinal(3), "tercer|tercero|tercera"), (ES, Piece, "frase|guion"),
    // Russian
    (RU, one(Unit::Article), "статья|статьи|статье|статью|статьей|статьёй|ст"),
    (RU, many(Unit::Article), "статей|статьям|статьями|статьях"),
    (RU, one(Unit::Part), "часть|части|частью"), (RU, one(Unit::Title), "титул|титула|титуле"),
    (RU, one(Unit::Chapter), "глава|главы|главе|главу|главой"), (RU, many(Unit::Chapter), "глав|главам|главами|главах"),
    (RU, one(Unit::Section), "раздел|раздела|разделе|разделу|разделом"), (RU, many(Unit::Section), "разделы|разделов|разделах"),
    (RU, one(Unit::Annex), "приложение|приложения|приложении|приложению|приложением"), (RU, many(Unit::Annex), "приложениях|приложениям"),
    (RU, PARAGRAPH, "пункт|пункта|пункте|пункту|пунктом|п"), (RU, PARAGRAPHS, "пункты|пунктов|пунктах|пунктам|пунктами|пп"),
    (RU, POINT, "подпункт|подпункта|подпункте|подпункту|подпунктом|абзац|абзаца|абзаце"),
    (RU, POINTS, "подпункты|подпунктов|подпунктах|подпунктам|подпунктами"),
    (RU, Preamble, "преамбула|преамбулы|преамбуле|преамбулу"), (RU, And, "и|или"), (RU, To, "по|до"), (RU, Of, "из"),
    (RU, This, "настоящей|настоящего|настоящая|настоящую|этой|данной"), (RU, That, "указанной|той|упомянутой"), (RU, Near, "выше|ниже"),
    // Arabic, with the prepositions that are written together with their noun
    (AR, one(Unit::Article), "المادة|مادة|بالمادة|للمادة|والمادة|وللمادة|وبالمادة|كالمادة|فالمادة"),
    (AR, many(Unit::Article), "المواد|مواد|بالمواد|للمواد|والمواد|المادتين|المادتان|بالمادتين|للمادتين|والمادتين"),
    (AR, one(Unit::Part), "الجزء|جزء"), (AR, one(Unit::Title), "الباب"), (AR, one(Unit::Chapter), "الفصل|للفصل|بالفصل"),
    (AR, many(Unit::Chapter), "الفصول|الفصلين"), (AR, one(Unit::Section), "القسم|الفرع"),
    (AR, one(Unit::Annex), "المرفق|مرفق|بالمرفق|للمرفق|الملحق"), (AR, many(Unit::Annex), "المرفقات|المرفقين"),
    (AR, PARAGRAPH, "الفقرة|فقرة|بالفقرة|للفقرة|والفقرة|وللفقرة|وبالفقرة"), (AR, PARAGRAPHS, "الفقرات|الفقرتين|الفقرتان|بالفقرات|للفقرات|بالفقرتين"),
    (AR, POINT, "البند|بند|النقطة"), (AR, POINTS, "البنود|البندين"), (AR, Piece, "الفرعية|الفرعيتين"),
    (AR, Preamble, "الديباجة|ديباجة"), (AR, And, "و|أو|او"), (AR, To, "إلى|الى|حتى"), (AR, Of, "من"), (AR, This, "هذه|هذا"),
    (AR, That, "تلك|ذلك|المذكورة"), (AR, Near, "أعلاه|أدناه"),
    (AR, Ordinal(1), "الأولى|الاولى|الأول|الاول"), (AR, Ordinal(2), "الثانية|الثاني"), (AR, Ordinal(3), "الثالثة|الثالث"),
    (AR, Ordinal(4), "الرابعة|الرابع"), (AR, Ordinal(5), "الخامسة|الخامس"), (AR, Ordinal(6), "السادسة|السادس"),
    (AR, Ordinal(7), "السابعة|السابع"), (AR, Ordinal(8), "الثامنة|الثامن"), (AR, Ordinal(9), "التاسعة|التاسع"),
    (AR, Ordinal(10), "العاشرة|العاشر"),
    // German
    (DE, one(Unit::Article), "artikel|art|artikels"), (DE, many(Unit::Article), "artikeln|artikel"),
    (DE, one(Unit::Recital), "erwägungsgrund"), (DE, many(Unit::Recital), "erwägungsgründe|erwägungsgründen"),
    (DE, one(Unit::Part), "teil"), (DE, one(Unit::Title), "titel"), (DE, one(Unit::Chapter), "kapitel"),
    (DE, one(Unit::Section), "abschnitt"), (DE, one(Unit::Annex), "anhang|anhangs"), (DE, many(Unit::Annex), "anhänge|anhängen"),
    (DE, PARAGRAPH, "absatz|absatzes|abs"), (DE, PARAGRAPHS, "absätze|absätzen"), (DE, POINT, "buchstabe|buchst|nummer|ziffer|nr"),
    (DE, POINTS, "buchstaben|nummern|ziffern"), (DE, Preamble, "präambel"), (DE, And, "und|oder"), (DE, To, "bis"), (DE, Of, "des|der"),
    (DE, This, "dieses|diesem|dieser"), (DE, Piece, "unterabsatz|satz"),
    // Dutch
    (NL, one(Unit::Article), "artikel|art"), (NL, many(Unit::Article), "artikelen"), (NL, one(Unit::Recital), "overweging"),
    (NL, many(Unit::Recital), "overwegingen"), (NL, one(Unit::Part), "deel"), (NL, one(Unit::Title), "titel"),
    (NL, one(Unit::Chapter), "hoofdstuk"), (NL, one(Unit::Section), "afdeling"), (NL, one(Unit::Annex), "bijlage"),
    (NL, many(Unit::Annex), "bijlagen"), (NL, PARAGRAPH, "lid"), (NL, PARAGRAPHS, "leden"), (NL, POINT, "punt|onder|letter"),
    (NL, POINTS, "punten"), (NL, Preamble, "preambule"), (NL, And, "en|of"), (NL, To, "tot|t"), (NL, Of, "van"), (NL, The, "de|het"),
    (NL, This, "dit|deze"),
    // Portuguese
    (PT, one(Unit::Article), "artigo|art"), (PT, many(Unit::Article), "artigos|arts"), (PT, one(Unit::Recital), "considerando"),
    (PT, one(Unit::Part), "parte"), (PT, one(Unit::Title), "título"), (PT, one(Unit::Chapter), "capítulo"),
    (PT, one(Unit::Section), "seção|secção"), (PT, one(Unit::Annex), "anexo"), (PT, many(Unit::Annex), "anexos"),
    (PT, PARAGRAPH, "parágrafo"), (PT, PARAGRAPHS, "parágrafos"), (PT, POINT, "inciso|alínea|ponto|letra|item"),
    (PT, POINTS, "incisos|alíneas|pontos|itens"), (PT, Preamble, "preâmbulo"), (PT, And, "e|ou"), (PT, To, "a|ao|até"),
    (PT, Of, "do|da|dos|das|de"), (PT, The, "o|os|as"), (PT, This, "desta|deste|nesta|neste|presente"), (PT, Piece, "caput"),
];

/// Everything a word (in lower case) can mean, and in which languages.
pub(super) fn meanings(word: &str) -> &'static [(Tongues, Meaning)] {
    static ALL_WORDS: LazyLock<HashMap<&'static str, Vec<(Tongues, Meaning)>>> = LazyLock::new(|| {
        let mut all: HashMap<&'static str, Vec<(Tongues, Meaning)>> = HashMap::new();
        for &(tongue, meaning, words) in WORDS {
            for word in words.split('|') {
                let known = all.entry(word).or_default();
                match known.iter_mut().find(|(_, m)| *m == meaning) {
                    Some((tongues, _)) => *tongues |= tongue,
                    None => known.push((tongue, meaning)),
                }
            }
        }
        all
    });
    ALL_WORDS.get(word).map_or(&[], Vec::as_slice)
}

/// No word of the table is longer, in bytes.
pub(super) const LONGEST: usize = 40;

/// `bis` and the rest, which belong to the number before them.
pub(super) fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "bis"
            | "ter"
            | "quater"
            | "quinquies"
            | "sexies"
            | "septies"
            | "octies"
            | "novies"
            | "nonies"
            | "decies"
            | "undecies"
            | "duodecies"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_lower_case_and_short() {
        for (_, _, words) in WORDS {
            assert_eq!(*words, words.to_lowercase());
            assert!(words.split('|').all(|w| !w.is_empty() && w.len() <= LONGEST), "{words}");
        }
        assert!(meanings("article").contains(&(EN | FR, one(Unit::Article))));
        assert!(meanings("party").is_empty());
    }
}
