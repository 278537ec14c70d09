//! Guesses at a draft's details, from its first lines and the name of its file.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::model::DraftDetails;

/// How many lines a cover page has.
const COVER: usize = 40;

/// The label, symbol, date and session a person would fill in.
pub(super) fn guess(name: &str, text: &str, title: &str) -> DraftDetails {
    let stem = stem(name);
    let cover: Vec<&str> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).take(COVER).take_while(|l| !opens_text(l)).collect();
    let short = || cover.iter().copied().filter(|l| l.len() <= 240);
    let symbol = short().find_map(symbol).or_else(|| symbol_in_name(stem)).unwrap_or_default();
    let date = date_in_name(stem).or_else(|| date(title)).or_else(|| short().find_map(date));
    let session = short().find_map(session).unwrap_or_default();
    DraftDetails { label: label(stem, title, &symbol, short()), symbol, session, date, ..DraftDetails::default() }
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 8 && !extension.contains(' ') => stem,
        _ => name,
    }
}

/// Whether the cover page ends here: at a preamble or the first article.
fn opens_text(line: &str) -> bool {
    let lower = line.trim_start_matches(['[', '#', ' ']).chars().take(12).collect::<String>().to_lowercase();
    line.ends_with([',', '，'])
        || [
            "preamble",
            "preambul",
            "préambule",
            "preámbulo",
            "преамбула",
            "article 1",
            "artikel 1",
            "artículo 1",
            "статья 1",
            "المادة",
            "第一条",
        ]
        .iter()
        .any(|a| lower.starts_with(a))
}

fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

/// `A/AC.291/22/Rev.1`, `FCCC/CP/2015/L.9`, `ST 15698/22`, `10069/22`, `COM(2021) 206 final`.
fn symbol(line: &str) -> Option<String> {
    static SYMBOLS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"\b[A-Z]{1,10}(?:/[A-Z0-9][A-Za-z0-9.\-]*){2,8}",
            r"\b(?:ST|PE-CONS|WK|CM|SWD)\s\d{1,5}/\d{2,4}(?:\s(?:REV|INIT|ADD|COR)(?:\s\d+)?)?",
            r"\b(?:COM|SWD|JOIN|SEC|CM)\(\d{4}\)\s?\d+(?:\sfinal)?",
            r"\bC?ETS\s(?:No\.?\s)?\d{1,3}\b",
            r"\(E[UC]\)\s(?:No\s)?\d{4}/\d{1,4}",
            // The Council of the European Union has it alone on a line.
            r"^\d{4,5}/(?:9|[0-3])\d(?:\s(?:REV|INIT|ADD|COR)(?:\s\d+)?)*$",
        ]
        .into_iter()
        .filter_map(pattern)
        .collect()
    });
    SYMBOLS
        .iter()
        .filter_map(|p| p.find(line))
        .map(|m| m.as_str().trim_end_matches(['.', '-']))
        .find(|s| s.chars().any(|c| c.is_ascii_digit()))
        .map(|s| s.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `CONSIL_ST_15698_2022_INIT`, `A_AC.291_22_Rev.1`: symbols whose strokes the file system would not take.
fn symbol_in_name(stem: &str) -> Option<String> {
    static COUNCIL: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"(?i)\bST[_\- ]?(\d{4,5})[_\- ](?:20)?(\d{2})\b"));
    static UNITED_NATIONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"^(?:A|S|E|FCCC|CRC|CEDAW)[_\-](?:AC|CONF|RES|C|CN|CP|SB[A-Z]*|WG)[._\-][A-Za-z0-9._\-]+$")
    });
    let spaced = stem.replace(['_', '-'], " ");
    if let Some(found) = COUNCIL.as_ref().and_then(|p| p.captures(&spaced)) {
        return Some(format!("ST {}/{}", found.get(1)?.as_str(), found.get(2)?.as_str()));
    }
    static EUROPE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\b(C?ETS) ?(\d{1,3})\b"));
    if let Some(found) = EUROPE.as_ref().and_then(|p| p.captures(&spaced)) {
        return Some(format!("{} {}", found.get(1)?.as_str(), found.get(2)?.as_str()));
    }
    UNITED_NATIONS.as_ref().filter(|p| p.is_match(stem))?;
    Some(stem.replace(['_', '-'], "/"))
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "enero", "januari", "januar", "января"],
    &["february", "feb", "février", "febrero", "februari", "februar", "февраля"],
    &["march", "mar", "mars", "marzo", "maart", "märz", "марта"],
    &["april", "apr", "avril", "abril", "апреля"],
    &["may", "mai", "mayo", "mei", "мая"],
    &["june", "jun", "juin", "junio", "juni", "июня"],
    &["july", "jul", "juillet", "julio", "juli", "июля"],
    &["august", "aug", "août", "agosto", "augustus", "августа"],
    &["september", "sep", "sept", "septembre", "septiembre", "сентября"],
    &["october", "oct", "octobre", "octubre", "oktober", "октября"],
    &["november", "nov", "novembre", "noviembre", "ноября"],
    &["december", "dec", "décembre", "diciembre", "dezember", "декабря"],
];

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&word.as_str())).map(|i| i as i8 + 1)
}

/// A date written out in a line: `9 December 2015`, `December 9, 2015`, `2015-12-09`, `9.12.2015`, `29 November-5 December 2015`.
fn date(line: &str) -> Option<Date> {
    static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b",
            r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?[ \-](?:de )?(?P<w>\p{L}{3,10})\.?,?[ \-](?:de )?(?P<y>(?:19|20)\d{2})\b",
            r"\b(?P<w>\p{L}{3,10})\s(?P<d>\d{1,2})(?:st|nd|rd|th)?,\s(?P<y>(?:19|20)\d{2})\b",
            r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:19|20)\d{2})\b",
        ]
        .into_iter()
        .filter_map(pattern)
        .collect()
    });
    FORMS.iter().find_map(|form| {
        form.captures_iter(line).find_map(|c| {
            let number = |name: &str| c.name(name)?.as_str().parse::<i16>().ok();
            let month = match c.name("w") {
                Some(word) => month(word.as_str())?,
                None => i8::try_from(number("m")?).ok()?,
            };
            Date::new(number("y")?, month, i8::try_from(number("d")?).ok()?).ok()
        })
    })
}

/// The same in a file's name: `2015-12-09`, `9-dec-2015`, `20221206`.
fn date_in_name(stem: &str) -> Option<Date> {
    static RUN: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\b(20\d{2})(\d{2})(\d{2})\b"));
    let spaced = stem.replace(['_', ' '], " ");
    date(&spaced).or_else(|| {
        let found = RUN.as_ref()?.captures(&spaced)?;
        let part = |i: usize| found.get(i)?.as_str().parse::<i16>().ok();
        Date::new(part(1)?, i8::try_from(part(2)?).ok()?, i8::try_from(part(3)?).ok()?).ok()
    })
}

/// `Seventh session`, `Twenty-first session`, `42nd session`, `Concluding session`, `Septième session`.
fn session(line: &str) -> Option<String> {
    static SESSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y[- ])?",
            r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|(?:six|seven|eigh|nine|four|fif|thir)?teenth|",
            r"tenth|eleventh|twelfth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth|concluding|resumed|",
            r"\d{1,3}(?:st|nd|rd|th)|première|deuxième|troisième|quatrième|cinquième|sixième|septième|huitième)",
            r"(?:\s(?:special|resumed|substantive|concluding|organizational|regular))?\ssession\b",
        ))
    });
    let found = SESSION.as_ref()?.find(line)?.as_str();
    let mut chars = found.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect())
}

/// A short name: `Rev.1` from the symbol, else the file's own title, else its name made readable.
fn label<'l>(stem: &str, title: &str, symbol: &str, mut cover: impl Iterator<Item = &'l str>) -> String {
    static REVISION: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"(?i)\b(?:rev|add|corr|l|crp|wp)\.? ?\d+(?:/\S+)?"));
    if let Some(found) = REVISION.as_ref().and_then(|p| p.find(symbol)) {
        return found.as_str().replace(". ", ".");
    }
    static STAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:zero|first|second|third|fourth|revised|further revised|final|consolidated|chair.s|updated) (?:draft|text|version)",
        )
    });
    if !title.is_empty() && title.chars().count() <= 48 {
        return title.to_owned();
    }
    if let Some(found) = cover.find_map(|l| STAGE.as_ref()?.find(l)) {
        return found.as_str().to_owned();
    }
    let words: Vec<String> = stem
        .split(|c: char| matches!(c, '-' | '_' | '+') || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .map(|w| if month(w).is_some() { capitalized(w) } else { w.to_owned() })
        .collect();
    // A date in figures reads best in words, behind what else the name says.
    let figures = |w: &String| matches!(w.len(), 2 | 4 | 8) && w.bytes().all(|b| b.is_ascii_digit());
    match date_in_name(stem) {
        Some(date)
            if words.iter().filter(|w| figures(w)).count() == 3 || words.iter().any(|w| w.len() == 8 && figures(w)) =>
        {
            let rest: Vec<&str> = words.iter().filter(|w| !figures(w)).map(String::as_str).collect();
            let date = date.strftime("%-d %B %Y").to_string();
            if rest.is_empty() { date } else { format!("{}, {date}", capitalized(&rest.join(" "))) }
        }
        _ => capitalized(&words.join(" ")),
    }
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: [&str; 4]) {
        let d = guess(name, text, "");
        let date = d.date.map_or_else(String::new, |d| d.to_string());
        assert_eq!([d.label.as_str(), &d.symbol, &date, &d.session], expected, "{name}");
    }

    #[test]
    fn details_are_guessed() {
        check(
            "draft.txt",
            "United Nations\nA/AC.291/22/Rev.1\nGeneral Assembly\n6 November 2023\nSeventh session\nArticle 1\n2 May 1999",
            ["Rev.1", "A/AC.291/22/Rev.1", "2023-11-06", "Seventh session"],
        );
        check(
            "x.txt",
            "FCCC/CP/2015/L.9\n12 December 2015\nTwenty-first session",
            ["L.9", "FCCC/CP/2015/L.9", "2015-12-12", "Twenty-first session"],
        );
        check("9-dec-2015.md", "The Parties,", ["9 Dec 2015", "", "2015-12-09", ""]);
        check("2015-12-09.txt", "The Parties,", ["9 December 2015", "", "2015-12-09", ""]);
        check("council text.txt", "ST 15698/22 of December 6, 2022", ["Council text", "ST 15698/22", "2022-12-06", ""]);
        check("2021-04-21-com.txt", "words", ["Com, 21 April 2021", "", "2021-04-21", ""]);
        check("ETS185.md", "words", ["ETS185", "ETS 185", "", ""]);
        check("p.txt", "COM(2021) 206 final", ["P", "COM(2021) 206 final", "", ""]);
        check("CONSIL_ST_15698_2022_INIT_EN.txt", "words", ["CONSIL ST 15698 2022 INIT EN", "ST 15698/22", "", ""]);
        check("n.pdf", "Council\n10069/22\nLIMITE\n9/12 of 100/22", ["N", "10069/22", "", ""]);
        check("m.md", "Second session, part twelve\nand/or INDC/NDMC 31.02.2020", ["M", "", "", "Second session"]);
        check(
            "a.txt",
            "First draft, MC/CYB/2/L.3\nSecond session, 14 March 2025",
            ["L.3", "MC/CYB/2/L.3", "2025-03-14", "Second session"],
        );
    }
}
