//! A plain finder of citations for the tests of this folder: `Article(s) N…`, `Chapter V`, `paragraph 2 of this article`.

use regex::Regex;

use travaux::citation::{Address, Found, Part, Start, parse};
use travaux::model::{Place, TextRange};

/// The citations of a text, in order.
pub fn find(text: &str) -> Vec<Found> {
    let label = r"\d+(?:\s?bis)?(?:\.\d+|\.[a-z]\b|\s?\(\w{1,3}\))*";
    let inherited = r"\(\w{1,3}\)(?:\(\w{1,3}\))*";
    let joint = r"(?:\s*,\s*and\s+|\s*,\s*|\s+(?:and|or|et|y)\s+)";
    let run = r"(?:\s+(?:to|à|a)\s+|-|–)";
    let unit = r"(?:[Aa]rticles?|[Aa]rts?\.?|[Aa]rtículos?|l’[Aa]rticle)";
    let list = format!(r"{unit} {label}(?:{joint}(?:{unit} )?(?:{label}|{inherited})|{run}{label})*");
    let whole = Regex::new(&format!(
        r"(?P<list>{list})(?P<of> of the (?:[A-Z]\w+ ?)+)?|(?P<chapter>Chapter [IVX]+)|(?P<this>paragraph (?P<n>\d+) of this article)|(?P<point>\bpoint \((?P<p>\w)\))"
    ));
    let (whole, piece) = (whole.unwrap(), Regex::new(&format!(r"{label}|{inherited}|\bto\b|\ba\b|à|-|–")).unwrap());
    let mut found = Vec::new();
    for m in whole.captures_iter(text) {
        let at = |g: regex::Match<'_>| TextRange { start: g.start(), end: g.end() };
        let range = at(m.get(0).unwrap());
        let unit = |start, points| Address { within: Vec::new(), start, points };
        let one = |from| vec![Part { range, from, to: None }];
        if let Some(chapter) = m.name("chapter") {
            let number = chapter.as_str()[8..].to_owned();
            let parts = one(unit(Start::Unit(Place::Chapter(number)), Vec::new()));
            found.push(Found { range, parts, instrument: None });
            continue;
        }
        if m.name("this").is_some() || m.name("point").is_some() {
            let start = if m.name("this").is_some() { Start::ThisUnit } else { Start::Nearest };
            let point = m.name("n").or(m.name("p")).unwrap().as_str().to_owned();
            found.push(Found { range, parts: one(unit(start, vec![point])), instrument: None });
            continue;
        }
        if let Some(of) = m.name("of") {
            let instrument = Some(of.as_str().trim_start_matches(" of the ").to_owned());
            found.push(Found { range, parts: Vec::new(), instrument });
            continue;
        }
        let list = m.name("list").unwrap();
        let mut parts: Vec<Part> = Vec::new();
        let mut to = false;
        for p in piece.find_iter(list.as_str()) {
            let words = p.as_str();
            if matches!(words, "to" | "à" | "a" | "-" | "–") {
                to = true;
                continue;
            }
            let range = TextRange { start: list.start() + p.start(), end: list.start() + p.end() };
            let address = if words.starts_with('(') {
                let points: Vec<String> = words.trim_matches(['(', ')']).split(")(").map(str::to_owned).collect();
                let mut before = parts.last().unwrap().from.clone();
                let kept = before.points.len().saturating_sub(points.len());
                before.points.truncate(kept);
                before.points.extend(points);
                before
            } else {
                let citation = parse(words).unwrap();
                unit(Start::Unit(citation.place), citation.points)
            };
            match parts.last_mut().filter(|_| to) {
                Some(last) => last.to = Some(address),
                None => parts.push(Part { range, from: address, to: None }),
            }
            to = false;
        }
        found.push(Found { range, parts, instrument: None });
    }
    found
}
