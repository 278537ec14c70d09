//! Lists as they are printed: what stands before each item.

use scraper::node::Element;

use super::dom::{Page, attr};

/// An open list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    style: Marker,
    next: i64,
    step: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    None,
    Bullet,
    Decimal,
    Letters { upper: bool },
    Romans { upper: bool },
}

impl List {
    /// A list as its element says.
    pub fn of(page: &Page<'_>, at: usize, element: &Element) -> Self {
        let numbered = element.name() == "ol";
        let styled = attr(element, "style").and_then(list_style);
        let style = styled.unwrap_or_else(|| match attr(element, "type").unwrap_or("") {
            "a" => Marker::Letters { upper: false },
            "A" => Marker::Letters { upper: true },
            "i" => Marker::Romans { upper: false },
            "I" => Marker::Romans { upper: true },
            _ if numbered => Marker::Decimal,
            _ => Marker::Bullet,
        });
        let reversed = attr(element, "reversed").is_some();
        let items = || page.children(at).filter(|&c| page.name(c) == "li").count() as i64;
        let start = attr(element, "start").and_then(|s| s.trim().parse().ok());
        let first = start.unwrap_or_else(|| if reversed { items() } else { 1 });
        Self { style, next: first, step: if reversed { -1 } else { 1 } }
    }

    /// What is printed before the next item; empty if nothing.
    pub fn label(&mut self, item: &Element) -> String {
        if let Some(value) = attr(item, "value").and_then(|v| v.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = number.saturating_add(self.step);
        let style = attr(item, "style").and_then(list_style).unwrap_or(self.style);
        match style {
            Marker::None => String::new(),
            Marker::Bullet => "•".to_owned(),
            Marker::Decimal => format!("{number}."),
            Marker::Letters { upper } => {
                letters(number, upper).map_or_else(|| format!("{number}."), |l| format!("{l}."))
            }
            Marker::Romans { upper } => romans(number, upper).map_or_else(|| format!("{number}."), |r| format!("{r}.")),
        }
    }
}

/// `list-style: none`, `list-style-type: lower-alpha`.
fn list_style(style: &str) -> Option<Marker> {
    let lower = style.to_ascii_lowercase();
    let value = lower.split(';').find_map(|rule| {
        let (name, value) = rule.split_once(':')?;
        matches!(name.trim(), "list-style" | "list-style-type").then(|| value.trim().to_owned())
    })?;
    value.split_whitespace().find_map(|word| {
        Some(match word {
            "none" => Marker::None,
            "disc" | "circle" | "square" => Marker::Bullet,
            "decimal" => Marker::Decimal,
            "lower-alpha" | "lower-latin" => Marker::Letters { upper: false },
            "upper-alpha" | "upper-latin" => Marker::Letters { upper: true },
            "lower-roman" => Marker::Romans { upper: false },
            "upper-roman" => Marker::Romans { upper: true },
            _ => return None,
        })
    })
}

/// `a` to `z`, then `aa`.
fn letters(number: i64, upper: bool) -> Option<String> {
    let mut n = u32::try_from(number).ok().filter(|n| (1..=18_278).contains(n))?;
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(char::from_u32((if upper { 65 } else { 97 }) + n % 26)?);
        n /= 26;
    }
    Some(out.into_iter().rev().collect())
}

fn romans(number: i64, upper: bool) -> Option<String> {
    const STEPS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut n = Some(number).filter(|n| (1..4000).contains(n))?;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    Some(if upper { out.to_uppercase() } else { out })
}

/// Whether words are a label and nothing else: `(a)`, `1.`, `iv)`, `–`, `§ 3`, `(4a)`.
pub(super) fn is_label(words: &str) -> bool {
    let words = words.trim().trim_start_matches(['[', '‘', '“', '"', '\'']).trim_end_matches(']');
    if matches!(words, "-" | "–" | "—" | "•" | "·" | "▪" | "●" | "o" | "‣" | "*" | "−") {
        return true;
    }
    let bare = words.strip_prefix('§').map_or(words, str::trim_start);
    let section = bare.len() < words.len();
    let opened = bare.starts_with(['(', '（']);
    let inner = bare.trim_start_matches(['(', '（']);
    let core = inner.trim_end_matches([')', '）', '.', '、', '．', '-', '–', ' ']);
    let closed = core.len() < inner.len() || section;
    if core.is_empty() || core.chars().count() > 12 || !(opened && inner.ends_with([')', '）', '.']) || closed) {
        return false;
    }
    let parts: Vec<&str> = core.split(['.', ' ']).filter(|p| !p.is_empty()).collect();
    let is_part = |part: &&str| {
        let letters = part.trim_start_matches(|c: char| c.is_numeric() || c == '-');
        let count = letters.chars().count();
        let numbered = letters.len() < part.len();
        let roman = count <= 8 && letters.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
        let adverb = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];
        count == 0
            || count <= 2 && letters.chars().all(char::is_alphabetic)
            || roman && !numbered
            || adverb.contains(&letters)
            || letters.chars().all(|c| "〇一二三四五六七八九十百".contains(c))
    };
    parts.len() <= 5 && parts.iter().all(is_part)
}

/// Whether words begin with a label.
pub(super) fn begins_with_label(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("");
    is_label(first) || first.starts_with('§')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed() {
        assert_eq!(letters(28, false).as_deref(), Some("ab"));
        assert_eq!(letters(0, false), None);
        assert_eq!(romans(1994, true).as_deref(), Some("MCMXCIV"));
        assert_eq!(list_style("color: red; LIST-STYLE: inside lower-roman"), Some(Marker::Romans { upper: false }));
    }

    #[test]
    fn labels_are_told_from_words() {
        for label in [
            "(a)",
            "1.",
            "iv)",
            "–",
            "§ 3",
            "(4a)",
            "1.2.",
            "(xviii)",
            "A.",
            "8 bis.",
            "[(b)",
            "‘(1)",
            "（一）",
            "(12)",
        ] {
            assert!(is_label(label), "{label}");
        }
        for words in ["2016", "Yes", "EN", "a", "Article 1", "(see)", "", "(", "3.5 kg", "n.a. to", "Total:"] {
            assert!(!is_label(words), "{words}");
        }
        assert!(begins_with_label("(a) words") && !begins_with_label("words (a)"));
    }
}
