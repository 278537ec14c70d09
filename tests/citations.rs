//! Citations printed and read: what is printed in the style of a house is read back as it was.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use travaux::citation::{Address, Part, Start, expand, find, labels_between, parse, print, print_list, print_opening};
use travaux::model::{Citation, CitationStyle, Place};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(citation in citations()) {
        for style in CitationStyle::ALL {
            for printed in [print(&citation, style), print_opening(&citation, style)] {
                prop_assert_eq!(parse(&printed), Some(citation.clone()), "{} in {:?}", printed, style);
            }
        }
        // The form that is stored is one of those that people type.
        if matches!(&citation.place, Place::Article(n) if n.starts_with(char::is_numeric)) {
            prop_assert_eq!(parse(&citation.to_string()), Some(citation));
        }
    }

    #[test]
    fn a_list_of_one_is_that_one(citation in citations()) {
        for style in CitationStyle::ALL {
            let twice = [citation.clone(), citation.clone()];
            prop_assert_eq!(print_list(&twice, style), print(&citation, style));
        }
    }

    #[test]
    fn nothing_that_is_listed_is_lost(labels in vec(0..40_u32, 1..30), style in select(CitationStyle::ALL.to_vec())) {
        // Whole articles only: every number is printed, or lies in a printed run.
        let wanted: std::collections::BTreeSet<u32> = labels.iter().copied().collect();
        let listed: Vec<Citation> = labels.iter().map(|n| Citation::to(Place::Article(n.to_string()))).collect();
        let printed = print_list(&listed, style);
        let words = printed.replace(',', "");
        let words: Vec<&str> = words.split(' ').collect();
        let mut found = Vec::new();
        for (i, word) in words.iter().enumerate() {
            match (*word, words.get(i.wrapping_sub(1)), words.get(i + 1)) {
                ("to" | "à" | "a", Some(from), Some(to)) => {
                    let between = labels_between(from, to).unwrap();
                    prop_assert!(between.len() > 2, "{}", printed);
                    found.extend(between[1..between.len() - 1].iter().map(|n| n.parse::<u32>().unwrap()));
                }
                (word, ..) => found.extend(word.parse::<u32>().ok()),
            }
        }
        prop_assert_eq!(found.len(), wanted.len(), "{}", &printed);
        prop_assert_eq!(found.into_iter().collect::<std::collections::BTreeSet<_>>(), wanted, "{}", printed);
    }

    #[test]
    fn any_list_is_printed(labels in vec(".{0,6}", 0..12), style in select(CitationStyle::ALL.to_vec())) {
        let listed: Vec<Citation> =
            labels.iter().enumerate().map(|(i, l)| Citation { place: places(l)[i % 10].clone(), points: vec![l.clone()] }).collect();
        for one in &listed {
            let _ = parse(&print(one, style));
        }
        let printed = print_list(&listed, style);
        prop_assert_eq!(printed.is_empty(), listed.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,300}") {
        if let Some(citation) = parse(&text) {
            prop_assert!(citation.points.len() <= 16);
        }
    }
}

#[test]
fn a_long_list_takes_no_longer_than_it_must() {
    // Ten times as many take ten times as long, not a hundred times; the bound is generous to a busy machine.
    let list =
        |n: u32| -> Vec<Citation> { (0..n).map(|i| Citation::to(Place::Article((i * 2).to_string()))).collect() };
    let time = |list: &[Citation]| {
        let start = std::time::Instant::now();
        assert!(print_list(list, CitationStyle::Un).starts_with("articles 0, 2"));
        start.elapsed().as_secs_f64()
    };
    let (few, many) = (list(2_000), list(20_000));
    let short = (0..3).map(|_| time(&few)).fold(f64::MAX, f64::min).max(0.001);
    let long = (0..3).map(|_| time(&many)).fold(f64::MAX, f64::min);
    assert!(long < 40.0 * short, "{long} s for 20,000 and {short} s for 2,000");
}

/// Every kind of unit, with this number.
fn places(number: &str) -> [Place; 10] {
    let n = || number.to_owned();
    [
        Place::Article(n()),
        Place::Recital(n()),
        Place::Part(n()),
        Place::Title(n()),
        Place::Chapter(n()),
        Place::Section(n()),
        Place::Annex(n()),
        Place::Heading(n()),
        Place::Preamble,
        Place::Text,
    ]
}

/// Citations as drafts have them.
fn citations() -> BoxedStrategy<Citation> {
    let digits = || (1..400_u32).prop_map(|n| n.to_string());
    let suffixed = || {
        (1..60_u32, select(vec!["a", "bis", "ter", "quinquies", " bis", " ter", " decies", "ab"]))
            .prop_map(|(n, suffix)| format!("{n}{suffix}"))
    };
    let strange = || {
        select(vec!["I", "IV", "XII", "IV bis", "A", "B", "A1", "-1", "-12a", "٢٣", "十二", "三", "Б", "ب"])
            .prop_map(str::to_owned)
    };
    let number = prop_oneof![4 => digits(), 2 => suffixed(), 2 => strange()].boxed();
    let letters = "abcdefghijklmnopqrstuvwxyz".chars().map(|c| c.to_string()).collect::<Vec<_>>();
    let point = prop_oneof![
        3 => digits(),
        3 => select(letters),
        2 => suffixed(),
        2 => select(vec![
            "ii", "iv", "viii", "aa", "a bis", "a1", "A", "IV", "-1", "-12a", "3.1", "12.10", "1.2.3", "б", "в", "أ",
            "ج", "一", "十二", "٢", "二", "3 bis", "8bis",
        ])
        .prop_map(str::to_owned),
    ];
    let heading = select(vec![
        "Scope",
        "Ways and means",
        "Article 5 and what follows (a)",
        "«Portée» et fins",
        "The “term” used",
        "第一章",
        "Annex",
        "",
    ]);
    let place = prop_oneof![
        8 => (number.clone(), 0..7_usize).prop_map(|(n, kind)| places(&n)[kind].clone()),
        4 => number.prop_map(Place::Article),
        1 => heading.prop_map(|h| Place::Heading(h.to_owned())),
        1 => select(vec![Place::Preamble, Place::Text, Place::Annex(String::new())]),
    ];
    (place, vec(point, 0..5)).prop_map(|(place, points)| Citation { place, points }).boxed()
}

// ---- citations in running text ----

/// A case is a paragraph; below it, indented, each citation in it: its words, and what it cites.
#[test]
fn citations_are_found_in_the_forms_people_use() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citations/forms.txt");
    let cases = std::fs::read_to_string(&path).unwrap();
    let mut made = String::new();
    for case in cases.lines().filter(|l| !l.starts_with("    ")) {
        made.push_str(case);
        made.push('\n');
        if case.starts_with('#') {
            continue;
        }
        for found in find(case, &["Convention on lighthouses"]) {
            let whose = found.instrument.as_ref().map_or_else(String::new, |i| format!("[{i}] "));
            let parts: Vec<String> = found.parts.iter().map(part_in_words).collect();
            made.push_str(&format!(
                "    {}  =>  {whose}{}\n",
                &case[found.range.start..found.range.end],
                parts.join("; ")
            ));
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(made, cases);
}

fn part_in_words(part: &Part) -> String {
    let address = |a: &Address| {
        let within: String = a.within.iter().map(|p| format!("{}, ", Citation::to(p.clone()))).collect();
        let start = match &a.start {
            Start::Unit(place) => Citation::to(place.clone()).to_string(),
            Start::ThisUnit => "this".to_owned(),
            Start::Nearest => "nearest".to_owned(),
        };
        let points: String = a.points.iter().map(|p| format!("({p})")).collect();
        format!("{within}{start}{points}")
    };
    match &part.to {
        Some(to) => format!("{} to {}", address(&part.from), address(to)),
        None => address(&part.from),
    }
}

/// What a text cites, one by one, in order.
fn cited(text: &str) -> Vec<Citation> {
    let found = find(text, &[]);
    found.iter().flat_map(|f| &f.parts).flat_map(expand).filter_map(|a| a.citation()).collect()
}

proptest! {
    #[test]
    fn a_printed_list_is_found_as_it_was(
        listed in vec((1..40_u32, vec(0..5_usize, 0..3)), 1..8),
        style in select(vec![CitationStyle::Plain, CitationStyle::Un, CitationStyle::Eu, CitationStyle::UnFrench, CitationStyle::UnSpanish]),
    ) {
        let labels = [["1", "2", "3", "4", "7"], ["a", "b", "c", "d", "g"]];
        let mut wanted: Vec<Citation> = Vec::new();
        for (article, points) in &listed {
            let points = points.iter().enumerate().map(|(depth, &i)| labels[depth][i].to_owned()).collect();
            let citation = Citation { place: Place::Article(article.to_string()), points };
            if !wanted.contains(&citation) {
                wanted.push(citation);
            }
        }
        let printed = print_list(&wanted, style);
        prop_assert_eq!(cited(&printed), wanted, "{}", printed);
    }

    #[test]
    fn any_text_is_read(text in ".{0,300}") {
        check_sound(&text);
    }

    #[test]
    fn any_pile_of_citation_words_is_read(pieces in vec(select(PIECES.to_vec()), 0..60)) {
        check_sound(&pieces.concat());
    }
}

const PIECES: &[&str] = &[
    "Article ",
    "Articles ",
    "art. ",
    "article",
    "paragraph ",
    "paragraphs ",
    "points ",
    "Annex ",
    "Chapter ",
    "Section ",
    "recital ",
    "1",
    "23",
    "40.21",
    "7bis",
    " bis",
    "(a)",
    "(b)",
    "(ii)",
    "(1)",
    "c)",
    " ",
    ", ",
    " and ",
    " or ",
    " to ",
    "-",
    " of ",
    "the ",
    "this ",
    "that ",
    "above",
    "Preamble",
    "Convention",
    "Covenant",
    "GDPR",
    "Regulation (EU) 2016/679",
    "resolution 74/247",
    "\n",
    "\n\n",
    "статьи ",
    "пункт ",
    "المادة ",
    "الفقرة ",
    "و",
    "第",
    "二十三",
    "条",
    "款",
    "至",
    "、",
    "§",
    "its ",
    "I",
    "A ",
    "’s ",
    "(",
    ")",
    "ARTICLE 19",
];

fn check_sound(text: &str) {
    let mut last = 0;
    for found in find(text, &["Convention on lighthouses"]) {
        assert!(found.range.start >= last && found.range.start < found.range.end, "{text:?}");
        assert!(text.get(found.range.start..found.range.end).is_some(), "{text:?}");
        last = found.range.end;
        for part in &found.parts {
            assert!(found.range.covers(part.range), "{text:?}");
            assert!(expand(part).len() <= 200, "{text:?}");
        }
    }
}
