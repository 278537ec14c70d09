//! Saying things in the language of a paper: phrases with what is put in, numbers, dates, quotation marks, citations.

use jiff::civil::Date;

use super::phrases::Phrase;
use crate::citation::{print, print_list_in, print_opening};
use crate::export::paper::PaperLanguage;
use crate::model::{Citation, CitationStyle, Draft, Outline, Place};

/// A language, with how citations are printed in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech {
    pub language: PaperLanguage,
    pub style: CitationStyle,
}

impl Speech {
    /// In a language; where no style is said, one that fits it.
    pub fn new(language: PaperLanguage, style: Option<CitationStyle>, project: CitationStyle) -> Self {
        use CitationStyle::{Plain, Short, Un, UnFrench, UnSpanish};
        let fitting = match (language, project) {
            (PaperLanguage::English, UnFrench | UnSpanish) => Un,
            (PaperLanguage::English, style) => style,
            (PaperLanguage::French, _) => UnFrench,
            (PaperLanguage::Spanish, _) => UnSpanish,
            (_, Short) => Short,
            _ => Plain,
        };
        Self { language, style: style.unwrap_or(fitting) }
    }

    /// A phrase as it is.
    pub fn say(self, phrase: Phrase) -> &'static str {
        phrase.said(self.language)
    }

    /// A phrase with values put in.
    pub fn fill(self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        Self::filled(phrase.said(self.language), values)
    }

    /// A phrase in the form that goes with a number, with the number put in.
    pub fn count(self, phrase: Phrase, n: usize) -> String {
        let forms: Vec<&str> = phrase.said(self.language).split('|').collect();
        let form = forms.get(form_of(self.language, n)).or_else(|| forms.last()).copied().unwrap_or_default();
        Self::filled(form, &[("n", &n.to_string())])
    }

    fn filled(words: &str, values: &[(&str, &str)]) -> String {
        let mut text = String::with_capacity(words.len() + values.iter().map(|v| v.1.len()).sum::<usize>());
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            let value = values.iter().find(|(n, _)| *n == name).map_or("", |v| v.1);
            text.push_str(value);
            rest = behind;
        }
        // A quotation that ends a sentence is followed by no second stop.
        let ended = text.trim_end_matches(['\u{201d}', '»', ')']).trim_end_matches('\u{a0}');
        let is_quoted = ended.len() < text.len() && ended.ends_with(['.', '。', '!', '?', '…', '؟', ';', '；']);
        let stop = rest.chars().next().filter(|c| matches!(c, '.' | '。'));
        let doubled = stop.filter(|&s| is_quoted || text.ends_with(s));
        text.push_str(doubled.map_or(rest, |s| &rest[s.len_utf8()..]));
        text
    }

    /// Words between the quotation marks of the language.
    pub fn quoted(self, words: &str) -> String {
        match self.language {
            // Quotation marks within others are single ones.
            PaperLanguage::English | PaperLanguage::Chinese => {
                let words = words.replace('\u{201c}', "\u{2018}").replace('\u{201d}', "\u{2019}");
                format!("\u{201c}{words}\u{201d}")
            }
            PaperLanguage::French => format!("«\u{a0}{words}\u{a0}»"),
            PaperLanguage::Spanish | PaperLanguage::Russian | PaperLanguage::Arabic => format!("«{words}»"),
        }
    }

    /// A citation within a sentence.
    pub fn cited(self, citation: &Citation) -> String {
        self.outside(citation).unwrap_or_else(|| self.in_its_words(print(citation, self.style)))
    }

    /// A citation that begins a sentence or stands alone.
    pub fn cited_opening(self, citation: &Citation) -> String {
        let printed = self.outside(citation).unwrap_or_else(|| self.in_its_words(print_opening(citation, self.style)));
        opened(printed)
    }

    /// Citations in one phrase, in the order of a draft.
    pub fn cited_list(self, citations: &[Citation], outline: &Outline) -> String {
        let (apart, rest): (Vec<&Citation>, Vec<&Citation>) = citations.iter().partition(|c| c.place == Place::Text);
        let rest: Vec<Citation> = rest.into_iter().cloned().collect();
        let mut parts = Vec::new();
        if !rest.is_empty() {
            parts.push(self.in_its_words(print_list_in(&rest, self.style, outline)));
        }
        parts.extend(apart.into_iter().filter_map(|c| self.outside(c)));
        self.joined(&parts)
    }

    /// What stands outside every article, as a reader who does not know the program would call it; nothing for what has
    /// an address.
    fn outside(self, citation: &Citation) -> Option<String> {
        if citation.place != Place::Text {
            return None;
        }
        let mut points = citation.points.iter();
        let Some(first) = points.next() else { return Some(self.say(Phrase::OutsideAll).to_owned()) };
        let number = points.fold(first.clone(), |all, point| format!("{all}({point})"));
        Some(self.fill(Phrase::Outside, &[("n", &number)]))
    }

    /// Things one behind the other.
    pub fn joined(self, things: &[String]) -> String {
        things.join(match self.language {
            PaperLanguage::Arabic => "، ",
            PaperLanguage::Chinese => "、",
            _ => ", ",
        })
    }

    /// Things one behind the other that may have commas in them.
    pub fn listed(self, things: &[String]) -> String {
        things.join(match self.language {
            PaperLanguage::Arabic => "؛ ",
            PaperLanguage::Chinese => "；",
            PaperLanguage::French => "\u{a0}; ",
            _ => "; ",
        })
    }

    /// What stands between a head and what it heads: `Recommendation: `.
    pub fn colon(self) -> &'static str {
        match self.language {
            PaperLanguage::French => "\u{a0}: ",
            PaperLanguage::Chinese => "：",
            _ => ": ",
        }
    }

    /// What stands between sentences.
    pub fn space(self) -> &'static str {
        if self.language == PaperLanguage::Chinese { "" } else { " " }
    }

    /// A draft by symbol, name and date.
    pub fn draft(self, draft: &Draft) -> String {
        let date = draft.details.date.map(|d| self.date(d)).unwrap_or_default();
        let mut parts: Vec<String> = Vec::new();
        for part in [draft.details.symbol.trim(), draft.name()] {
            if !part.is_empty() && !date.starts_with(part) && !parts.iter().any(|p| p.contains(part)) {
                parts.push(part.to_owned());
            }
        }
        if !date.is_empty() {
            parts.push(date);
        }
        self.joined(&parts)
    }

    /// A date as it is printed.
    pub fn date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), usize::from(date.month().unsigned_abs()), date.day());
        let name = |months: [&'static str; 12]| months.get(month - 1).copied().unwrap_or_default();
        match self.language {
            PaperLanguage::English => format!("{day} {} {year}", name(ENGLISH)),
            PaperLanguage::French if day == 1 => format!("1er {} {year}", name(FRENCH)),
            PaperLanguage::French => format!("{day} {} {year}", name(FRENCH)),
            PaperLanguage::Spanish => format!("{day} de {} de {year}", name(SPANISH)),
            PaperLanguage::Russian => format!("{day} {} {year} года", name(RUSSIAN)),
            PaperLanguage::Arabic => format!("{day} {} {year}", name(ARABIC)),
            PaperLanguage::Chinese => format!("{year}年{month}月{day}日"),
        }
    }

    /// The words for units in languages that no house style is for; the styles without such words are in English.
    fn in_its_words(self, printed: String) -> String {
        let units: &[Unit] = match self.language {
            PaperLanguage::Russian => &RUSSIAN_UNITS,
            PaperLanguage::Arabic => &ARABIC_UNITS,
            PaperLanguage::Chinese => &CHINESE_UNITS,
            _ => return printed,
        };
        if !matches!(self.style, CitationStyle::Plain | CitationStyle::Short) {
            return printed;
        }
        // Headings stand between quotation marks, and their words are the draft's.
        let mut text = String::with_capacity(printed.len());
        for (n, part) in printed.split_inclusive(['\u{201c}', '\u{201d}']).enumerate() {
            if n % 2 == 1 {
                text.push_str(part);
            } else {
                text.push_str(&self.units_in(part, units));
            }
        }
        text
    }

    fn units_in(self, part: &str, units: &[Unit]) -> String {
        let (arabic, chinese) = (self.language == PaperLanguage::Arabic, self.language == PaperLanguage::Chinese);
        let unit = |word: &str| units.iter().find(|u| u.0 == word.split('(').next().unwrap_or_default());
        let words: Vec<&str> = part.split(' ').collect();
        let is_unit = |at: usize| words.get(at).is_some_and(|w| unit(w).is_some());
        let mut text = String::with_capacity(part.len() * 2);
        // What closes the number of the unit, and whether a space comes next.
        let (mut behind, mut spaced) = ("", false);
        for (n, word) in words.iter().enumerate() {
            let (bare, comma) = word.strip_suffix(',').map_or((*word, false), |w| (w, true));
            let joint = match (bare, self.language) {
                ("and", PaperLanguage::Russian) => Some((" и", true)),
                ("and", PaperLanguage::Arabic) => Some((" و", false)),
                ("and", PaperLanguage::Chinese) => Some(("和", false)),
                ("to", PaperLanguage::Russian) => Some(("–", false)),
                ("to", PaperLanguage::Arabic) => Some((" إلى", true)),
                ("to", PaperLanguage::Chinese) => Some(("至", false)),
                _ => None,
            };
            if let Some((joint, space)) = joint {
                text.push_str(joint);
                spaced = space;
                continue;
            }
            if std::mem::take(&mut spaced) && !chinese {
                text.push(' ');
            }
            match unit(bare) {
                Some((name, before, after)) => {
                    text.push_str(before);
                    text.push_str(&bare[name.len()..]);
                    behind = after;
                }
                None => text.push_str(bare),
            }
            let closes = is_unit(n + 1) || words.get(n + 1) == Some(&"and") && is_unit(n + 2);
            if closes && unit(bare).is_none() {
                text.push_str(std::mem::take(&mut behind));
            }
            if comma {
                text.push_str(match (arabic, chinese) {
                    (true, _) => "،",
                    (_, true) => "、",
                    _ => ",",
                });
            }
            spaced = true;
        }
        text.push_str(behind);
        // Before a joint Chinese has no comma.
        text.replace("、和", "和")
    }
}

/// The text with a capital at its start.
pub(super) fn opened(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}

/// How many forms a language has for things that are counted.
#[cfg(test)]
pub(super) fn forms(language: PaperLanguage) -> usize {
    match language {
        PaperLanguage::English | PaperLanguage::French | PaperLanguage::Spanish => 2,
        PaperLanguage::Russian => 3,
        PaperLanguage::Arabic => 6,
        PaperLanguage::Chinese => 1,
    }
}

/// Which of them goes with a number, as the Unicode rules for plurals have it.
fn form_of(language: PaperLanguage, n: usize) -> usize {
    match language {
        PaperLanguage::English | PaperLanguage::Spanish => usize::from(n != 1),
        PaperLanguage::French => usize::from(n > 1),
        PaperLanguage::Russian => match (n % 10, n % 100) {
            (1, tens) if tens != 11 => 0,
            (2..=4, tens) if !(12..=14).contains(&tens) => 1,
            _ => 2,
        },
        PaperLanguage::Arabic => match (n, n % 100) {
            (0..=2, _) => n,
            (_, 3..=10) => 3,
            (_, 11..=99) => 4,
            _ => 5,
        },
        PaperLanguage::Chinese => 0,
    }
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const RUSSIAN: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
/// As the United Nations print them, with both names.
const ARABIC: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];

/// A unit as the plain style prints it, and what stands before and behind its number.
type Unit = (&'static str, &'static str, &'static str);

const RUSSIAN_UNITS: [Unit; 16] = [
    ("Article", "статья", ""),
    ("Articles", "статьи", ""),
    ("Recital", "пункт преамбулы", ""),
    ("Recitals", "пункты преамбулы", ""),
    ("Part", "часть", ""),
    ("Parts", "части", ""),
    ("Title", "титул", ""),
    ("Titles", "титулы", ""),
    ("Chapter", "глава", ""),
    ("Chapters", "главы", ""),
    ("Section", "раздел", ""),
    ("Sections", "разделы", ""),
    ("Annex", "приложение", ""),
    ("Annexes", "приложения", ""),
    ("Preamble", "преамбула", ""),
    ("Text", "текст", ""),
];
const ARABIC_UNITS: [Unit; 16] = [
    ("Article", "المادة", ""),
    ("Articles", "المواد", ""),
    ("Recital", "فقرة الديباجة", ""),
    ("Recitals", "فقرات الديباجة", ""),
    ("Part", "الجزء", ""),
    ("Parts", "الأجزاء", ""),
    ("Title", "الباب", ""),
    ("Titles", "الأبواب", ""),
    ("Chapter", "الفصل", ""),
    ("Chapters", "الفصول", ""),
    ("Section", "القسم", ""),
    ("Sections", "الأقسام", ""),
    ("Annex", "المرفق", ""),
    ("Annexes", "المرفقات", ""),
    ("Preamble", "الديباجة", ""),
    ("Text", "النص", ""),
];
const CHINESE_UNITS: [Unit; 16] = [
    ("Article", "第", "条"),
    ("Articles", "第", "条"),
    ("Recital", "序言部分第", "段"),
    ("Recitals", "序言部分第", "段"),
    ("Part", "第", "部分"),
    ("Parts", "第", "部分"),
    ("Title", "第", "编"),
    ("Titles", "第", "编"),
    ("Chapter", "第", "章"),
    ("Chapters", "第", "章"),
    ("Section", "第", "节"),
    ("Sections", "第", "节"),
    ("Annex", "附件", ""),
    ("Annexes", "附件", ""),
    ("Preamble", "序言", ""),
    ("Text", "案文", ""),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{parse, print_list};

    fn speech(language: PaperLanguage) -> Speech {
        Speech::new(language, None, CitationStyle::Plain)
    }

    #[test]
    fn citations_are_in_the_language_of_the_paper() {
        let check = |listed: &str, expected: [&str; 6]| {
            let citations: Vec<Citation> = listed.split("; ").map(|s| parse(s).unwrap()).collect();
            for (language, expected) in PaperLanguage::ALL.into_iter().zip(expected) {
                let s = speech(language);
                let printed = s.in_its_words(print_list(&citations, s.style));
                assert_eq!(printed, expected, "{listed} in {language:?}");
            }
        };
        check(
            "23(2)(c)",
            [
                "Article 23(2)(c)",
                "article 23, paragraphe 2, alinéa c)",
                "artículo 23, párrafo 2, apartado c)",
                "статья 23(2)(c)",
                "المادة 23(2)(c)",
                "第23(2)(c)条",
            ],
        );
        check(
            "7; 8; 9; 28(4)",
            [
                "Articles 7 to 9 and 28(4)",
                "articles 7 à 9 et article 28, paragraphe 4",
                "artículos 7 a 9 y artículo 28, párrafo 4",
                "статьи 7–9 и 28(4)",
                "المواد 7 إلى 9 و28(4)",
                "第7至9和28(4)条",
            ],
        );
        check(
            "7; 8; Chapter V",
            [
                "Articles 7 and 8, and Chapter V",
                "articles 7 et 8, et chapitre V",
                "artículos 7 y 8, y capítulo V",
                "статьи 7 и 8, и глава V",
                "المواد 7 و8، والفصل V",
                "第7和8条和第V章",
            ],
        );
        check(
            "Preamble(3)",
            ["Preamble(3)", "préambule, alinéa 3", "preámbulo, párrafo 3", "преамбула(3)", "الديباجة(3)", "序言(3)"],
        );
    }

    #[test]
    fn a_number_has_the_form_of_its_language() {
        let check = |language, n: usize, expected: &str| {
            assert_eq!(speech(language).count(Phrase::MoreClauses, n), expected);
        };
        check(PaperLanguage::English, 1, "1 more clause is not on this sheet.");
        check(PaperLanguage::English, 7, "7 more clauses are not on this sheet.");
        check(PaperLanguage::French, 1, "1 autre disposition ne figure pas sur cette fiche.");
        check(PaperLanguage::Russian, 21, "Еще 21 положение не вошло в этот листок.");
        check(PaperLanguage::Russian, 3, "Еще 3 положения не вошли в этот листок.");
        check(PaperLanguage::Russian, 12, "Еще 12 положений не вошло в этот листок.");
        check(PaperLanguage::Arabic, 2, "لم يرد في هذه الورقة حكمان آخران.");
        check(PaperLanguage::Arabic, 5, "لم ترد في هذه الورقة 5 أحكام أخرى.");
        check(PaperLanguage::Arabic, 14, "لم يرد في هذه الورقة 14 حكماً آخر.");
        check(PaperLanguage::Arabic, 100, "لم يرد في هذه الورقة 100 حكم آخر.");
        check(PaperLanguage::Chinese, 4, "另有4项条款未列入本页。");
    }

    #[test]
    fn a_sentence_ends_once() {
        let check = |language, text: &str, expected: &str| {
            let s = speech(language);
            let quoted = s.quoted(text);
            assert_eq!(s.fill(Phrase::AmendRead, &[("c", "7(2)"), ("C", "7(2)"), ("p", &quoted)]), expected);
        };
        check(PaperLanguage::English, "No one.", "Amend 7(2) to read: \u{201c}No one.\u{201d}");
        check(PaperLanguage::English, "no one", "Amend 7(2) to read: \u{201c}no one\u{201d}.");
        check(PaperLanguage::French, "Personne.", "7(2) : lire «\u{a0}Personne.\u{a0}»");
        check(PaperLanguage::Chinese, "无人。", "将7(2)改为：\u{201c}无人。\u{201d}");
        let date = jiff::civil::date(2026, 3, 1);
        let dates = PaperLanguage::ALL.map(|l| speech(l).date(date));
        assert_eq!(
            dates,
            [
                "1 March 2026",
                "1er mars 2026",
                "1 de marzo de 2026",
                "1 марта 2026 года",
                "1 آذار/مارس 2026",
                "2026年3月1日"
            ]
        );
    }
}
