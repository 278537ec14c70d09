//! Several citations in one phrase: `Articles 7 to 11 and 28(4)`, `articles 7 to 11 and article 28, paragraph 4`.
//!
//! What is printed can be read in one way only:
//!
//! * a number without a word is a unit of the kind last named (`Articles 47(1)(b) and 48`), never a point;
//! * a label in brackets, or behind the word of its level, stands beside the last one before it and shares all that is
//!   before that: `Articles 47(1)(b), (c) and (f)`, `article 47, paragraph 1 (b), (c) and (f)`; whatever does not is
//!   printed from its unit on;
//! * in the styles that name the levels, what follows points names its unit anew: `Article 47(1), points (b) and (c), and
//!   Article 48`;
//! * `to` joins two labels of one series, as [`labels_between`](super::labels_between) reads them, and only three or more labels are
//!   printed so; what is put in between (`8 bis`) is listed by itself, unless a draft is given in which it stands there.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

use crate::model::{Citation, CitationStyle, Outline};

use super::print::{Joints, Step, capitalized, has_number, head, is_counted, number, print, unit_words};
use super::series::{follows, is_plain, run};

/// The citations in the order given as one phrase for the middle of a sentence; those that come twice are printed once.
pub fn print_list(citations: &[Citation], style: CitationStyle) -> String {
    sentence(&unique(citations), style, &|_, labels| run(labels))
}

/// The same in the order of a draft. A run goes through whatever the draft has between its ends if all of it is listed:
/// `Articles 7 to 9` can be 7, 8, 8 bis and 9, and where the draft has an article 8 bis that is not listed, 7, 8 and 9
/// are printed one by one. What is not in the draft comes last.
pub fn print_list_in(citations: &[Citation], style: CitationStyle, outline: &Outline) -> String {
    let order = Order::of(outline);
    let mut sorted = unique(citations);
    sorted.sort_by_key(|c| order.places.get(*c).copied().unwrap_or(usize::MAX));
    sentence(&sorted, style, &|these, labels| order.run(these, labels))
}

/// The list as [`print_list`] has it, with the capital that begins a sentence.
pub fn print_list_opening(citations: &[Citation], style: CitationStyle) -> String {
    capitalized(print_list(citations, style))
}

/// How many of the citations, each beside the one before, are one run; with the labels that tell them apart.
type Run<'r> = &'r dyn Fn(&[&Citation], &[&str]) -> usize;

fn unique(citations: &[Citation]) -> Vec<&Citation> {
    let mut seen = HashSet::new();
    citations.iter().filter(|c| seen.insert(*c)).collect()
}

fn sentence(citations: &[&Citation], style: CitationStyle, run: Run<'_>) -> String {
    let clusters = split(citations, |a, b| are_beside(a, b, style));
    let groups =
        split(&clusters, |a, b| is_flat(a, style) && is_flat(b, style) && word(a[0], style) == word(b[0], style));
    let mut phrases: Vec<String> = Vec::new();
    for group in groups {
        // Behind another phrase a bare number would be one more of its units.
        let named = if style == CitationStyle::Short && !phrases.is_empty() { CitationStyle::Plain } else { style };
        phrases.push(match group {
            [cluster] if cluster.len() == 1 => print(cluster[0], named),
            [cluster] if !is_flat(cluster, style) => levelled(cluster, named, run),
            _ => flat(group, named, run),
        });
    }
    let and = format!(" {} ", Joints::of(style).and);
    let last = phrases.len().saturating_sub(1);
    let comma = phrases.iter().enumerate().any(|(i, p)| p.contains(&and) || i < last && p.contains(','));
    joined(&phrases, style, comma)
}

/// The list cut where a neighbour does not belong to the one before.
fn split<T>(list: &[T], belong: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
    list.chunk_by(belong).collect()
}

/// Whether two citations differ in their last label only, so that the second can do without what is before it.
fn are_beside(a: &Citation, b: &Citation, style: CitationStyle) -> bool {
    match (a.points.split_last(), b.points.split_last()) {
        (None, None) => {
            discriminant(&a.place) == discriminant(&b.place)
                && has_number(&a.place)
                && has_number(&b.place)
                && word(a, style) == word(b, style)
        }
        (Some((last, above)), Some((other, same))) => {
            let at = above.len();
            a.place == b.place
                && above == same
                && is_counted(last) == is_counted(other)
                && Step::of(a, at, style) == Step::of(b, at, style)
        }
        _ => false,
    }
}

/// Whether citations beside each other can stand with others behind one word for their units: `Articles 7 and 28(4)`.
fn is_flat(cluster: &[&Citation], style: CitationStyle) -> bool {
    let [first, more @ ..] = cluster else { return false };
    let glued = (0..first.points.len()).all(|i| Step::of(first, i, style).is_glued());
    let lists = matches!(style, CitationStyle::Plain | CitationStyle::Short);
    has_number(&first.place) && glued && (lists || more.is_empty() || first.points.is_empty())
}

fn word(citation: &Citation, style: CitationStyle) -> Option<&'static str> {
    unit_words(&citation.place, style).map(|words| words.1)
}

/// `Articles 7 to 11 and 28(4)`, `Article 47(1)(b), (c) and (f)`, `Article 5(1)(a) to (d)`.
fn flat(group: &[&[&Citation]], style: CitationStyle, run: Run<'_>) -> String {
    let Some(first) = group.first().and_then(|c| c.first()) else { return String::new() };
    let mut entries = Vec::new();
    for cluster in group {
        let from = entries.len();
        entries.extend(runs(cluster, style, run));
        // The first of those that share their beginning has it in full.
        if let (Some(entry), Some(citation)) = (entries.get_mut(from), cluster.first()) {
            let above = citation.points.split_last().map_or(&[][..], |(_, above)| above);
            let mut text = if citation.points.is_empty() { String::new() } else { number(&citation.place, style) };
            for (i, label) in above.iter().enumerate() {
                Step::of(citation, i, style).label(label, &mut text);
            }
            entry.insert_str(0, &text);
        }
    }
    // Parts of one article are in one article.
    let several = entries.len() > 1 && group.len() > 1 || first.points.is_empty();
    let list = joined(&entries, style, false);
    match unit_words(&first.place, style) {
        Some((one, many)) => format!("{} {list}", if several { many } else { one }),
        None => list,
    }
}

/// `article 47, paragraph 1 (b), (c) and (f)`, `Article 47(1), points (b) and (c)`, `preambular paragraphs 3 to 5`.
fn levelled(cluster: &[&Citation], style: CitationStyle, run: Run<'_>) -> String {
    let Some(first) = cluster.first() else { return String::new() };
    let at = first.points.len().saturating_sub(1);
    let mut text = head(&first.place, &first.points, style);
    for (i, label) in first.points[..at].iter().enumerate() {
        let step = Step::of(first, i, style);
        step.lead(false, &mut text);
        step.label(label, &mut text);
    }
    Step::of(first, at, style).lead(true, &mut text);
    text.push_str(&joined(&runs(cluster, style, run), style, false));
    text
}

/// The last labels of citations beside each other, three or more of a run as `a to c`.
fn runs(cluster: &[&Citation], style: CitationStyle, run: Run<'_>) -> Vec<String> {
    let written = |citation: &Citation| {
        let mut text = String::new();
        match citation.points.split_last() {
            None => text = number(&citation.place, style),
            Some((last, above)) => Step::of(citation, above.len(), style).label(last, &mut text),
        }
        text
    };
    let labels: Vec<&str> = cluster.iter().map(|c| own_label(c)).collect();
    let mut entries = Vec::new();
    let mut rest = cluster;
    while !rest.is_empty() {
        let length = run(rest, &labels[labels.len() - rest.len()..]);
        let (these, others) = rest.split_at(length.clamp(1, rest.len()));
        match these {
            [from, _, .., to] => {
                entries.push(format!("{} {} {}", written(from), Joints::of(style).to, written(to)));
            }
            few => entries.extend(few.iter().map(|c| written(c))),
        }
        rest = others;
    }
    entries
}

/// `a, b and c`; with a comma before the last where the parts are lists themselves.
fn joined(parts: &[String], style: CitationStyle, comma: bool) -> String {
    let Some((last, rest)) = parts.split_last() else { return String::new() };
    if rest.is_empty() {
        return last.clone();
    }
    // In Spanish `y` gives way before its own sound.
    let and = if style == CitationStyle::UnSpanish && last.starts_with("i)") { "e" } else { Joints::of(style).and };
    format!("{}{} {and} {last}", rest.join(", "), if comma { "," } else { "" })
}

/// The label that tells a citation from those beside it.
fn own_label(citation: &Citation) -> &str {
    use crate::model::Place::{Annex, Article, Chapter, Heading, Part, Preamble, Recital, Section, Text, Title};
    match (citation.points.last(), &citation.place) {
        (Some(label), _) => label,
        (None, Recital(n) | Part(n) | Title(n) | Chapter(n) | Section(n) | Article(n) | Annex(n)) => n,
        (None, Preamble | Heading(_) | Text) => "",
    }
}

/// The provisions of a draft in order.
struct Order {
    /// Where each stands.
    places: HashMap<Citation, usize>,
    /// The one right behind each among those beside it.
    next: HashMap<Citation, Citation>,
}

impl Order {
    fn of(outline: &Outline) -> Self {
        let mut places = HashMap::new();
        let mut next = HashMap::new();
        let mut last: HashMap<Citation, Citation> = HashMap::new();
        for index in outline.indices() {
            let citation = outline.citation(index);
            if places.contains_key(&citation) {
                continue;
            }
            places.insert(citation.clone(), places.len());
            // Units stand beside those of their kind, whatever division they are in.
            let mut above = citation.clone();
            if above.points.pop().is_none() {
                unit_without_number(&mut above);
            }
            if let Some(before) = last.insert(above, citation.clone()) {
                next.insert(before, citation);
            }
        }
        Self { places, next }
    }

    /// How many are one run: each right behind the other in the draft, and no number missing.
    fn run(&self, citations: &[&Citation], labels: &[&str]) -> usize {
        let mut counted = labels.first().copied().filter(|l| is_plain(l));
        let mut length = citations.len().min(1);
        for (i, pair) in citations.windows(2).enumerate() {
            let label = labels[i + 1];
            let plain = is_plain(label);
            let is_next = self.next.get(pair[0]) == Some(pair[1]);
            if !is_next || plain && counted.is_some_and(|before| !follows(before, label)) {
                break;
            }
            counted = if plain { Some(label) } else { counted };
            length = i + 2;
        }
        // Between two plain numbers a reader without the draft must come to the same labels, or to those with what the
        // draft has put in between.
        let known = |n: usize| {
            let plain: Vec<&str> = labels[..n].iter().copied().filter(|l| is_plain(l)).collect();
            plain.len() < 2 || run(&plain) == plain.len()
        };
        (1..=length).rev().find(|&n| known(n)).unwrap_or(length)
    }
}

fn unit_without_number(citation: &mut Citation) {
    use crate::model::Place::{Annex, Article, Chapter, Heading, Part, Preamble, Recital, Section, Text, Title};
    match &mut citation.place {
        Recital(n) | Part(n) | Title(n) | Chapter(n) | Section(n) | Article(n) | Annex(n) => n.clear(),
        Preamble | Heading(_) | Text => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::parse;

    fn read(short: &str) -> Vec<Citation> {
        short.split_terminator("; ").map(|s| parse(s).unwrap()).collect()
    }

    fn check(listed: &str, style: CitationStyle, printed: &str) {
        assert_eq!(print_list(&read(listed), style), printed, "{listed}");
    }

    #[test]
    fn lists_as_analyses_have_them() {
        for (listed, printed) in [
            ("", ""),
            ("23(2)(c)", "Article 23(2)(c)"),
            ("7; 8", "Articles 7 and 8"),
            ("7; 8; 9", "Articles 7 to 9"),
            ("7; 8; 9; 10; 11; 28(4)", "Articles 7 to 11 and 28(4)"),
            ("7; 8; 8; 7", "Articles 7 and 8"),
            ("47(1)(b); 47(1)(c)", "Article 47(1)(b) and (c)"),
            ("47(1)(b); 47(1)(c); 47(1)(f)", "Article 47(1)(b), (c) and (f)"),
            ("47(1)(b); 47(1)(c); 48", "Articles 47(1)(b), (c) and 48"),
            ("5(1)(a); 5(1)(b); 5(1)(c); 5(1)(d)", "Article 5(1)(a) to (d)"),
            ("5(1)(a); 5(1)(b); 5(1)(c); 7", "Articles 5(1)(a) to (c) and 7"),
            ("28(4); 28(5); 28(6)", "Article 28(4) to (6)"),
            ("47(1)(b); 47(1)(c)(i); 47(2)", "Articles 47(1)(b), 47(1)(c)(i) and 47(2)"),
            ("47; 47(1); 47(1)(a)", "Articles 47, 47(1) and 47(1)(a)"),
            ("5(a); 5(1)", "Articles 5(a) and 5(1)"),
            ("7; 8; 8 bis; 9; 10; 11", "Articles 7, 8, 8 bis and 9 to 11"),
            ("9; 8; 7", "Articles 9, 8 and 7"),
            ("Chapter II; Chapter III", "Chapters II and III"),
            ("Chapter II; Chapter III; Chapter IV; Chapter VI", "Chapters II to IV and VI"),
            ("Recital 4; Recital 5; Recital 6", "Recitals 4 to 6"),
            ("Preamble(3); Preamble(4); Preamble(5)", "Preamble(3) to (5)"),
            ("Annex III(1)(a); Annex III(1)(b); Annex IV", "Annexes III(1)(a), (b) and IV"),
            ("Annex(1); Annex(2)(a)", "Annex(1) and Annex(2)(a)"),
            ("7; 8; Chapter V", "Articles 7 and 8, and Chapter V"),
            ("Chapter V; 7; Annex I", "Chapter V, Article 7 and Annex I"),
            ("\u{201c}Scope\u{201d}; \u{201c}Aims\u{201d}", "\u{201c}Scope\u{201d} and \u{201c}Aims\u{201d}"),
            ("5(1)(i); 5(1)(ii); 5(1)(iii)", "Article 5(1)(i) to (iii)"),
            ("Chapter V; Part II; Title I; Section 3; Text(4)", "Chapter V, Part II, Title I, Section 3 and Text(4)"),
        ] {
            check(listed, CitationStyle::Plain, printed);
        }
    }

    #[test]
    fn lists_by_number_alone() {
        for (listed, printed) in [
            ("7; 8; 9; 28(4)", "7 to 9 and 28(4)"),
            ("47(1)(b); 47(1)(c); 47(1)(f)", "47(1)(b), (c) and (f)"),
            ("Chapter V; 7; 8", "Chapter V, and Articles 7 and 8"),
            ("7; Chapter V", "7 and Chapter V"),
            ("7; Article A; 8", "7, Article A and Article 8"),
        ] {
            check(listed, CitationStyle::Short, printed);
        }
    }

    #[test]
    fn lists_of_the_united_nations() {
        for (listed, printed) in [
            ("7; 8; 9; 10; 11; 28(4)", "articles 7 to 11 and article 28, paragraph 4"),
            ("28(4); 28(6); 30", "article 28, paragraphs 4 and 6, and article 30"),
            ("47(1)(b); 47(1)(c); 47(1)(f)", "article 47, paragraph 1 (b), (c) and (f)"),
            ("47(1)(b); 47(2)", "article 47, paragraph 1 (b), and article 47, paragraph 2"),
            ("2(a); 2(b); 2(c)", "article 2 (a) to (c)"),
            ("Preamble(3); Preamble(4); Preamble(5)", "preambular paragraphs 3 to 5"),
            ("Annex(a); Annex(b)", "annex, subparagraphs (a) and (b)"),
            ("Chapter II; Chapter III; 7", "chapters II and III, and article 7"),
        ] {
            check(listed, CitationStyle::Un, printed);
        }
        for (listed, printed) in [
            ("7; 8; 9; 28(4)", "articles 7 à 9 et article 28, paragraphe 4"),
            ("47(1)(b); 47(1)(c); 47(1)(f)", "article 47, paragraphe 1, alinéas b), c) et f)"),
            ("28(4); 28(6)", "article 28, paragraphes 4 et 6"),
            ("8(2)(b)(i); 8(2)(b)(ii); 8(2)(b)(iii)", "article 8, paragraphe 2, alinéa b) i) à iii)"),
            ("Preamble(1); Preamble(2)", "préambule, alinéas 1 et 2"),
        ] {
            check(listed, CitationStyle::UnFrench, printed);
        }
        for (listed, printed) in [
            ("7; 8; 9; 28(4)", "artículos 7 a 9 y artículo 28, párrafo 4"),
            ("47(1)(b); 47(1)(c); 47(1)(f)", "artículo 47, párrafo 1, apartados b), c) y f)"),
            ("5(h); 5(i)", "artículo 5, apartados h) e i)"),
            ("Section 1; Section 2", "secciones 1 y 2"),
        ] {
            check(listed, CitationStyle::UnSpanish, printed);
        }
    }

    #[test]
    fn lists_of_the_european_union() {
        for (listed, printed) in [
            ("7; 8; 9; 10; 11; 28(4)", "Articles 7 to 11 and 28(4)"),
            ("28(4); 28(6)", "Article 28(4) and (6)"),
            ("7; 28(4); 28(6)", "Article 7, and Article 28(4) and (6)"),
            ("47(1)(b); 47(1)(c); 48", "Article 47(1), points (b) and (c), and Article 48"),
            ("5(1)(a); 5(1)(b); 5(1)(c); 5(1)(d)", "Article 5(1), points (a) to (d)"),
            ("Recital 4; Recital 5; Recital 6", "recitals 4 to 6"),
            ("Annex III(1)(a); Annex III(1)(b)", "Annex III, point 1(a) and (b)"),
            ("Annex III(1); Annex III(2)", "Annex III, points 1 and 2"),
        ] {
            check(listed, CitationStyle::Eu, printed);
        }
        let opening = print_list_opening(&read("Recital 4; Recital 5"), CitationStyle::Eu);
        assert_eq!(opening, "Recitals 4 and 5");
    }

    #[test]
    fn a_draft_says_what_is_between() {
        let articles = |numbers: &str| {
            let mut outline = Outline::default();
            for (i, number) in numbers.split(", ").enumerate() {
                outline.provisions.push(crate::model::Provision {
                    kind: crate::model::ProvisionKind::Article,
                    label: format!("Article {number}"),
                    number: number.to_owned(),
                    label_range: crate::model::TextRange::default(),
                    heading: None,
                    heading_range: None,
                    range: crate::model::TextRange::default(),
                    parent: None,
                    subtree_end: i as u32 + 1,
                    ordinal: 0,
                });
            }
            outline
        };
        for (draft, listed, printed) in [
            ("7, 8, 8 bis, 9", "9; 8 bis; 7; 8", "Articles 7 to 9"),
            ("7, 8, 8 bis, 9", "7; 8; 9", "Articles 7, 8 and 9"),
            ("7, 8, 9, 10", "10; 9; 8", "Articles 8 to 10"),
            ("7, 8, 8 bis, 8 ter", "8; 8 bis; 8 ter", "Articles 8 to 8 ter"),
            ("7, 9, 10", "7; 9; 10", "Articles 7, 9 and 10"),
            ("7, 8, 9", "7; 8; 9; 12; 11", "Articles 7 to 9, 12 and 11"),
        ] {
            let printed_here = print_list_in(&read(listed), CitationStyle::Plain, &articles(draft));
            assert_eq!(printed_here, printed, "{listed} in {draft}");
        }
    }
}
