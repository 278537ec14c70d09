//! What is asked: the same questions in every run, made of words of the corpus itself.

use std::collections::BTreeMap;

use travaux::model::Project;

/// A question, in the words of each that is asked.
pub struct Question {
    pub travaux: String,
    /// None where SQLite has no such question.
    pub fts5: Option<String>,
    /// For a scan of the files.
    pub regex: Option<String>,
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// The classes of questions, `each` of each.
pub fn classes(project: &Project, each: usize) -> Vec<(&'static str, Vec<Question>)> {
    let ranked = words_by_frequency(project);
    let mut dice = Dice(11);
    // From the most frequent word to one that stands a few times: as far apart on a logarithmic scale.
    let word = move |dice: &mut Dice| {
        let exponent = dice.below(1000) as f64 / 1000.0 * (ranked.len() as f64).ln();
        ranked[(exponent.exp() as usize).min(ranked.len() - 1)].clone()
    };
    let sql = |w: &str| format!("\"{w}\"");
    let mut many = |make: &mut dyn FnMut(&mut Dice) -> Question| (0..each).map(|_| make(&mut dice)).collect();
    let mut classes: Vec<(&'static str, Vec<Question>)> = Vec::new();
    classes.push((
        "term",
        many(&mut |dice| {
            let w = word(dice);
            Question { fts5: Some(sql(&w)), regex: Some(format!(r"\b{w}\b")), travaux: w }
        }),
    ));
    classes.push((
        "phrase",
        many(&mut |dice| {
            let phrase = phrase(project, dice);
            Question {
                travaux: format!("\"{phrase}\""),
                fts5: Some(sql(&phrase)),
                regex: Some(phrase.replace(' ', r"\s+")),
            }
        }),
    ));
    classes.push((
        "boolean",
        many(&mut |dice| {
            let (a, b, c) = (word(dice), word(dice), word(dice));
            let (travaux, fts5) = match dice.below(4) {
                0 => (format!("{a} AND {b}"), format!("\"{a}\" AND \"{b}\"")),
                1 => (format!("{a} OR {b}"), format!("\"{a}\" OR \"{b}\"")),
                2 => (format!("{a} AND ({b} OR {c})"), format!("\"{a}\" AND (\"{b}\" OR \"{c}\")")),
                _ => (format!("{a} NOT {b}"), format!("\"{a}\" NOT \"{b}\"")),
            };
            Question { travaux, fts5: Some(fts5), regex: None }
        }),
    ));
    classes.push((
        "prefix",
        many(&mut |dice| {
            let w = word(dice);
            let start: String = w.chars().take(3 + dice.below(3)).collect();
            Question { travaux: format!("{start}*"), fts5: Some(format!("{}*", sql(&start))), regex: None }
        }),
    ));
    classes.push((
        "fuzzy",
        many(&mut |dice| {
            let w = word(dice);
            let at = dice.below(w.len().max(2) - 1);
            let wrong: String = w.char_indices().filter(|(i, _)| *i != at || w.len() < 5).map(|(_, c)| c).collect();
            Question { travaux: format!("{wrong}~"), fts5: None, regex: None }
        }),
    ));
    classes.push((
        "field",
        many(&mut |dice| {
            let w = word(dice);
            let article = 1 + dice.below(40);
            let draft = &project.drafts[dice.below(project.drafts.len())].slug;
            let (travaux, fts5) = match dice.below(2) {
                0 => (format!("{w} article:{article}"), format!("words:\"{w}\" AND article:\"{article}\"")),
                _ => (format!("{w} draft:{draft}"), format!("words:\"{w}\" AND draft:\"{draft}\"")),
            };
            Question { travaux, fts5: Some(fts5), regex: None }
        }),
    ));
    classes.push((
        "regex",
        many(&mut |dice| {
            let w = word(dice);
            let pattern = match dice.below(5) {
                0 => format!(r"{}\w+", w.chars().take(4).collect::<String>()),
                1 => format!(r"\b{w}(s|es|ing|ed)?\b"),
                2 => format!(r"({w}|{})\s+\w+", word(dice)),
                3 => format!(r"{w}\s+(the|of|and|to)\s+\w+"),
                _ => format!(r"\w+{}\b", w.chars().rev().take(5).collect::<Vec<_>>().iter().rev().collect::<String>()),
            };
            Question { travaux: format!("/{pattern}/"), fts5: None, regex: Some(pattern) }
        }),
    ));
    classes
}

/// Words of letters alone that stand three times at least, the most frequent first.
fn words_by_frequency(project: &Project) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for draft in project.drafts.iter().filter(|d| d.details.language == "en") {
        for word in draft.text.split(|c: char| !c.is_alphanumeric()) {
            if word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
                *counts.entry(word.to_ascii_lowercase()).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<_> = counts.into_iter().filter(|(_, n)| *n > 2).collect();
    ranked.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    ranked.into_iter().map(|(word, _)| word).collect()
}

/// Two or three words that follow one another somewhere.
fn phrase(project: &Project, dice: &mut Dice) -> String {
    loop {
        let text = &project.drafts[dice.below(project.drafts.len())].text;
        let Some(at) = text.get(dice.below(text.len().max(1))..) else { continue };
        let Some((_, rest)) = at.split_once(' ') else { continue };
        let words: Vec<_> = rest.split(' ').take(2 + dice.below(2)).collect();
        if words.iter().all(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_alphabetic())) {
            return words.join(" ").to_ascii_lowercase();
        }
    }
}
