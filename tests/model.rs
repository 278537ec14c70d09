//! The laws of the model: every edit has an inverse, and an outline is a tree whose addresses lead back to it.
#![allow(clippy::unwrap_used)]

#[path = "support/projects.rs"]
mod projects;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use travaux::citation;
use travaux::model::text::normalize;
use travaux::model::{Edit, Outline, ProvisionIndex, ProvisionKind, TextRange};
use travaux::outline::recognize;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn applying_and_then_the_inverse_is_the_identity(start in projects::projects(), steps in projects::steps()) {
        let mut project = start.clone();
        let mut taken = Vec::new();
        for step in steps {
            let before = project.clone();
            match project.apply_all(step.clone()) {
                Ok(inverse) => taken.push((before, inverse, project.clone())),
                // One edit that does not fit, and none of the step has happened.
                Err(_) => prop_assert_eq!(&project, &before),
            }
        }
        let mut again = Vec::new();
        for (before, inverse, after) in taken.into_iter().rev() {
            prop_assert_eq!(&project, &after);
            again.push((project.apply_all(inverse).unwrap(), after));
            prop_assert_eq!(&project, &before);
        }
        prop_assert_eq!(&project, &start);
        // The inverse of the inverse does it again.
        for (redo, after) in again.into_iter().rev() {
            project.apply_all(redo).unwrap();
            prop_assert_eq!(&project, &after);
        }
    }

    #[test]
    fn a_step_that_does_not_fit_leaves_no_trace(start in projects::projects(), steps in projects::steps()) {
        let mut project = start.clone();
        let nobody = travaux::model::AnalystId(u128::MAX);
        let unfit = Edit::PutAnnotation { analyst: nobody, id: travaux::model::AnnotationId(1), annotation: None };
        for mut step in steps {
            step.push(unfit.clone());
            prop_assert!(project.apply_all(step).is_err());
            prop_assert_eq!(&project, &start);
        }
    }

    #[test]
    fn a_recognized_outline_is_a_tree_that_covers_the_text(text in treaties()) {
        let reading = recognize(&text, &[]);
        let outline = &reading.outline;
        prop_assert_eq!(outline.fault(&text), None);
        for i in outline.indices() {
            let p = outline.get(i).unwrap();
            let children: Vec<_> = outline.children(i).collect();
            let mut next = i.0 + 1;
            let mut from = p.range.start;
            for &child in &children {
                let c = outline.get(child).unwrap();
                prop_assert_eq!(child.0, next, "a gap among the children of {:?}", p);
                prop_assert_eq!(c.parent, Some(i));
                prop_assert!(p.range.covers(c.range) && from <= c.range.start, "{c:?} in {p:?}");
                prop_assert_eq!(outline.depth(child), outline.depth(i) + 1);
                (next, from) = (c.subtree_end, c.range.end);
            }
            prop_assert_eq!(next, p.subtree_end);
            let own = outline.own_range(i);
            prop_assert!(p.range.covers(own) && own.start == p.range.start);
            let first = children.first().and_then(|&c| outline.get(c));
            prop_assert_eq!(own.end, first.map_or(p.range.end, |c| c.range.start));
            prop_assert!(p.range.covers(p.label_range));
            prop_assert_eq!(p.range.trimmed(&text), p.range, "white space at an end of {:?}", p);
        }
        // Every word stands on the page, once.
        let mut at = 0;
        for block in &outline.blocks {
            prop_assert_eq!(text[at..block.start].trim(), "");
            prop_assert!(!block.is_empty() && block.trimmed(&text) == *block);
            at = block.end;
        }
        prop_assert_eq!(text[at..].trim(), "");
    }

    #[test]
    fn places_are_found_as_by_looking_at_every_provision(text in treaties(), ends in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 12)) {
        prop_assume!(!text.is_empty());
        let outline = recognize(&text, &[]).outline;
        for (a, b) in ends {
            let range = TextRange::new(a.index(text.len()), b.index(text.len())).fitted(&text);
            prop_assert_eq!(outline.at(range.start), slow_at(&outline, range.start));
            if !range.is_empty() {
                let covers = |i: &ProvisionIndex| outline.get(*i).unwrap().range.covers(range);
                let smallest = outline.indices().filter(covers).last();
                prop_assert_eq!(outline.covering(range), smallest.or_else(|| slow_at(&outline, range.start)));
            }
        }
    }

    #[test]
    fn an_address_leads_back(text in treaties()) {
        let outline = recognize(&text, &[]).outline;
        for i in outline.indices() {
            let p = outline.get(i).unwrap();
            let cited = outline.citation(i);
            let found = outline.find(&cited);
            prop_assert!(found.is_sorted());
            for &same in &found {
                let other = outline.citation(same).to_string();
                prop_assert_eq!(plain(&other), plain(&cited.to_string()));
            }
            let numbered = matches!(
                p.kind,
                ProvisionKind::Article | ProvisionKind::Paragraph | ProvisionKind::Subparagraph | ProvisionKind::Item
            ) && !p.number.is_empty();
            if numbered {
                prop_assert!(found.contains(&i), "{} is not at {cited}", p.label);
                let article = outline.article(i).is_some();
                if article {
                    // What the program prints, a person can type.
                    for typed in [cited.long(), cited.to_string()] {
                        let single_letter = p.number.chars().count() == 1 && typed == p.number;
                        let resolved = citation::resolve(&typed, &outline);
                        prop_assert!(single_letter || resolved.contains(&i), "{typed} leads to {resolved:?}, not {i:?}");
                    }
                }
            }
            if p.kind == ProvisionKind::Body
                && let Some(parent) = p.parent
            {
                prop_assert_eq!(cited, outline.citation(parent), "text without a number has its parent's address");
            }
        }
    }

    #[test]
    fn any_text_has_an_outline(text in any::<String>()) {
        let text = normalize(&text);
        prop_assert_eq!(recognize(&text, &[]).outline.fault(&text), None);
    }
}

/// The deepest provision that holds an offset, else the last that starts before it.
fn slow_at(outline: &Outline, offset: usize) -> Option<ProvisionIndex> {
    let holds = |i: &ProvisionIndex| outline.get(*i).unwrap().range.contains(offset);
    let before = |i: &ProvisionIndex| outline.get(*i).unwrap().range.start <= offset;
    outline.indices().filter(holds).last().or_else(|| outline.indices().filter(before).last())
}

fn plain(citation: &str) -> String {
    citation.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Texts with the lines of treaties in any order, well-formed or not.
fn treaties() -> BoxedStrategy<String> {
    let number = || prop_oneof![4 => (1..30_u8).prop_map(|n| n.to_string()), 1 => select(vec!["4a".into(), "8 bis".into(), "12bis".into(), "IV".into()])];
    let words = select(vec![
        "Each Party shall act.",
        "États parties: mesures nécessaires;",
        "the 🔒 of data [and of devices]",
        "within thirty days, or",
        "缔约国应当合作。",
        "Scope",
        "to the extent that\nnational law permits.",
        "",
    ]);
    let line = prop_oneof![
        3 => (number(), words.clone()).prop_map(|(n, w)| format!("Article {n}\n{w}")),
        1 => (number(), words.clone()).prop_map(|(n, w)| format!("[Article {n}] – {w}")),
        1 => (select(vec!["CHAPTER", "PART", "TITLE", "Section", "ANNEX"]), select(vec!["I", "II", "IV", "3", ""]))
            .prop_map(|(unit, n)| format!("{unit} {n}")),
        1 => select(vec!["PREAMBLE", "The Parties to this Convention,", "Recalling the rights of all,", "(5) Whereas people write,", "Have agreed as follows:"])
            .prop_map(str::to_owned),
        4 => (number(), words.clone()).prop_map(|(n, w)| format!("{n}. {w}")),
        4 => (select(vec!["a", "b", "c", "h", "i", "ii", "iii", "iv", "j", "aa", "c bis"]), words.clone())
            .prop_map(|(l, w)| format!("({l}) {w}")),
        1 => (1..9_u8, 1..4_u8, words.clone()).prop_map(|(a, b, w)| format!("{a}.{b} {w}")),
        1 => (select(vec!["a)", "1)", "- ", "• ", "Option 1:", "[agreed ad referendum]", "# ", "### Article 3"]), words.clone())
            .prop_map(|(l, w)| format!("{l} {w}")),
        2 => words.prop_map(str::to_owned),
    ];
    let gap = select(vec!["\n", "\n\n", "\n   ", "\n\n\t"]);
    vec((line, gap), 0..24)
        .prop_map(|lines| {
            normalize(&lines.into_iter().flat_map(|(line, gap)| [line, gap.to_owned()]).collect::<String>())
        })
        .boxed()
}
