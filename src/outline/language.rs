//! The language of a text and the way its lines run.

use std::collections::HashMap;

use crate::model::Direction;

use super::page::Paragraph;
use super::words::{LANGUAGES, split};

/// As much text as a guess needs, in bytes.
const SAMPLE: usize = 24 * 1024;

/// BCP 47, empty where it cannot be told.
///
/// Words over articles and divisions count first, since they are certain; where several languages share them
/// (`Article`, `Artikel`) or there are none, the letters decide.
pub(super) fn language(text: &str, paragraphs: &[Paragraph]) -> String {
    let sample = sample(text, paragraphs);
    let headings = by_headings(text, paragraphs);
    let detected = match headings.as_slice() {
        [] => whatlang::detect(&sample).filter(|info| info.is_reliable()).map(|info| info.lang()),
        [only] => return (*only).to_owned(),
        several => {
            let list: Vec<whatlang::Lang> = several.iter().filter_map(|tag| of_tag(tag)).collect();
            whatlang::Detector::with_allowlist(list).detect_lang(&sample)
        }
    };
    detected.map_or_else(String::new, |lang| tag(lang).to_owned())
}

/// The languages whose word for an article stands over most headings.
fn by_headings(text: &str, paragraphs: &[Paragraph]) -> Vec<&'static str> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    for p in paragraphs.iter().filter(|p| !p.aside && p.range.len() < 120) {
        let words = p.range.of(text).unwrap_or("").trim_start_matches(['[', ' ']);
        let word = &words[..words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len())];
        if words.starts_with('第') && words.contains('条') {
            order.push("条".to_owned());
        } else if word.starts_with(|c: char| !c.is_lowercase()) && !word.is_empty() {
            order.push(word.to_lowercase());
        }
    }
    for word in &order {
        *counts.entry(word.clone()).or_default() += 1;
    }
    let score = |w: &super::words::Words| split(w.article).filter_map(|a| counts.get(a)).max().copied().unwrap_or(0);
    let best = LANGUAGES.iter().map(score).max().unwrap_or(0);
    if best < 2 {
        return Vec::new();
    }
    // Of two languages one after the other the first counts, if it is more than a table of contents.
    let common = |word: &&String| counts.get(*word).is_some_and(|&n| n >= 2 && n * 2 >= best);
    let first =
        order.iter().filter(common).find(|word| LANGUAGES.iter().any(|w| split(w.article).any(|a| a == **word)));
    let Some(first) = first else { return Vec::new() };
    LANGUAGES.iter().filter(|w| split(w.article).any(|a| a == first)).map(|w| w.tag).collect()
}

/// Longer paragraphs from all over the first half of a text: the cover of a draft may be in another language, and a second
/// language may follow the first.
fn sample(text: &str, paragraphs: &[Paragraph]) -> String {
    let long = || paragraphs.iter().filter(|p| !p.aside && p.range.len() > 60);
    let half = long().filter(|p| p.range.end <= text.len() / 2).count();
    let from = half.max(long().take(1).count());
    let size: usize = long().take(from).map(|p| p.range.len().min(SAMPLE)).sum();
    let mut sample = String::new();
    for p in long().take(from).step_by(size.div_ceil(SAMPLE).max(1)) {
        let words = p.range.of(text).unwrap_or("");
        sample.push_str(&words[..words.floor_char_boundary(SAMPLE.min(words.len()))]);
        sample.push('\n');
        if sample.len() > 2 * SAMPLE {
            break;
        }
    }
    if sample.is_empty() { text[..text.floor_char_boundary(SAMPLE)].to_owned() } else { sample }
}

fn of_tag(tag: &str) -> Option<whatlang::Lang> {
    Some(match tag {
        "en" => whatlang::Lang::Eng,
        "fr" => whatlang::Lang::Fra,
        "es" => whatlang::Lang::Spa,
        "ru" => whatlang::Lang::Rus,
        "ar" => whatlang::Lang::Ara,
        "zh" => whatlang::Lang::Cmn,
        "nl" => whatlang::Lang::Nld,
        "pt" => whatlang::Lang::Por,
        "de" => whatlang::Lang::Deu,
        _ => return None,
    })
}

/// The two-letter tag where there is one (BCP 47 asks for the shortest), else the three letters of ISO 639-3.
fn tag(lang: whatlang::Lang) -> &'static str {
    match lang.code() {
        "eng" => "en",
        "fra" => "fr",
        "spa" => "es",
        "rus" => "ru",
        "ara" => "ar",
        "cmn" => "zh",
        "nld" => "nl",
        "deu" => "de",
        "por" => "pt",
        "ita" => "it",
        "ukr" => "uk",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "bul" => "bg",
        "ron" => "ro",
        "ell" => "el",
        "hun" => "hu",
        "fin" => "fi",
        "swe" => "sv",
        "nob" => "nb",
        "dan" => "da",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "tur" => "tr",
        "heb" => "he",
        "pes" => "fa",
        "urd" => "ur",
        "hin" => "hi",
        "ben" => "bn",
        "jpn" => "ja",
        "kor" => "ko",
        "vie" => "vi",
        "tha" => "th",
        "ind" => "id",
        "jav" => "jv",
        "cat" => "ca",
        "afr" => "af",
        "lat" => "la",
        "epo" => "eo",
        "bel" => "be",
        "aze" => "az",
        "kat" => "ka",
        "hye" => "hy",
        "uzb" => "uz",
        "tuk" => "tk",
        "mkd" => "mk",
        "mal" => "ml",
        "tam" => "ta",
        "tel" => "te",
        "kan" => "kn",
        "mar" => "mr",
        "guj" => "gu",
        "pan" => "pa",
        "ori" => "or",
        "mya" => "my",
        "khm" => "km",
        "sin" => "si",
        "nep" => "ne",
        "amh" => "am",
        "sna" => "sn",
        "zul" => "zu",
        "aka" => "ak",
        "yid" => "yi",
        "tgl" => "tl",
        "cym" => "cy",
        other => other,
    }
}

/// From the share of letters of right-to-left scripts.
pub(super) fn direction(text: &str) -> Direction {
    let (mut left, mut right) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}' => right += 1,
            _ => left += 1,
        }
    }
    if right > left { Direction::RightToLeft } else { Direction::LeftToRight }
}
