//! Which language the words say they are in.

use std::collections::BTreeMap;

/// Words counted by the language that somebody, not a template, gave them.
#[derive(Default)]
pub(in crate::import) struct Languages {
    counts: BTreeMap<String, usize>,
    total: usize,
    /// Whether any run names its language.
    said: bool,
}

impl Languages {
    /// A run names its language.
    pub fn said(&mut self) {
        self.said = true;
    }

    /// Counts words.
    pub fn count(&mut self, language: Option<&str>, words: &str) {
        self.total += words.len();
        if let Some(language) = language {
            if let Some(count) = self.counts.get_mut(language) {
                *count += words.len();
            } else if self.counts.len() < 50 {
                // A document in more languages than that says nothing.
                self.counts.insert(language.to_owned(), words.len());
            }
        }
    }

    /// The language of most words, by its first subtag; empty where none has most, or where it only is what every
    /// new document has or cannot be true of these letters.
    pub fn most(&self, text: &str) -> String {
        let mut primary: BTreeMap<String, usize> = BTreeMap::new();
        for (language, count) in &self.counts {
            let short = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
            *primary.entry(short).or_default() += count;
        }
        let Some((language, count)) = primary.into_iter().max_by_key(|(_, count)| *count) else { return String::new() };
        let of_template = !self.said && self.counts.keys().all(|l| l == "en-US");
        let well_formed = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        if count * 3 < self.total * 2 || of_template || !well_formed || !could_be(&language, text) {
            return String::new();
        }
        language
    }
}

/// Whether a text's letters are those of the language.
fn could_be(language: &str, text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(20_000)];
    let (mut latin, mut cyrillic, mut arabic, mut chinese, mut all) = (0, 0, 0, 0, 0_usize);
    for c in head.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        match c {
            '\0'..='\u{24f}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => arabic += 1,
            '\u{3400}'..='\u{9fff}' => chinese += 1,
            _ => {}
        }
    }
    let own = match language {
        "ru" | "uk" | "be" | "bg" | "mk" | "kk" | "ky" | "mn" | "tg" => cyrillic,
        "ar" | "fa" | "ur" => arabic,
        "zh" | "ja" => chinese,
        "el" | "he" | "hi" | "th" | "ko" | "ka" | "hy" | "am" | "bn" => all - latin - cyrillic - arabic - chinese,
        _ => latin,
    };
    own * 2 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runs: &[(&str, &str)], said: bool, expected: &str) {
        let mut languages = Languages { said, ..Languages::default() };
        for (language, words) in runs {
            languages.count(Some(language), words);
        }
        let text: String = runs.iter().map(|(_, words)| *words).collect();
        assert_eq!(languages.most(&text), expected);
    }

    #[test]
    fn a_template_says_nothing() {
        check(&[("en-US", "Les Parties conviennent de ce qui suit")], false, "");
        check(&[("en-US", "The Parties agree")], true, "en");
        check(&[("fr-FR", "Les Parties conviennent"), ("en-GB", "and")], false, "fr");
        check(&[("en-GB", "Стороны договорились")], true, "");
        check(&[("en-GB", "half of it"), ("fr-FR", "la moitié")], true, "");
    }
}
