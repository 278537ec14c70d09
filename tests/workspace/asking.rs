//! Recommendations on papers: the sentence on the delegate sheet, the redline beside the clause and the row of the table of
//! amendments ask for one and the same thing.

use std::collections::BTreeMap;

use travaux::export::paper::{Block, PaperLanguage, Role, Run, Stroke};
use travaux::model::{Action, AnnotationId, Recommendation, SubmissionKind, TextRange};
use travaux::workspace::{
    Aids, AnnotateCommand, CarryCommand, Command, Composed, Given, PaperOf, Progress, Reason, Template, Way, compose,
};

use super::desk::Desk;

fn composed(desk: &Desk, kind: SubmissionKind) -> Composed {
    let language = PaperLanguage::English;
    let submission = Template::for_kind(kind).unwrap().submission(travaux::model::SubmissionId(9), "", language);
    let today = jiff::civil::date(2026, 3, 1);
    let aids = Aids { today, found: None, logo: None, styles: None, pairs: BTreeMap::new() };
    compose(desk.project(), &submission, &aids, &Progress::default()).unwrap().unwrap()
}

fn paragraphs(list: &[Block], of: Role) -> Vec<&[Run]> {
    let mut found: Vec<&[Run]> = Vec::new();
    for block in list {
        match block {
            Block::Paragraph { role, runs, .. } if *role == of => found.push(runs),
            Block::Table(grid) => {
                grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| found.extend(paragraphs(cell, of)));
            }
            _ => {}
        }
    }
    found
}

fn text(runs: &[Run], without: Stroke) -> String {
    let told = runs.iter().filter(|r| r.mark.stroke != without && r.text != "Proposed text: ");
    // Between what is struck and what comes for it stands a thin space.
    told.map(|r| r.text.as_str()).filter(|t| *t != "\u{2009}").collect()
}

/// What the delegate sheet asks for.
fn asked(desk: &Desk) -> String {
    let sheet = composed(desk, SubmissionKind::Delegate);
    let asks = paragraphs(&sheet.paper.body, Role::Ask);
    asks.iter().map(|runs| runs.iter().map(|r| r.text.as_str()).collect::<String>()).collect::<Vec<_>>().join(" | ")
}

/// The clause before and after, as the redline of a paper has it; paragraphs parted by bars.
fn redline(desk: &Desk, kind: SubmissionKind) -> (String, String) {
    let paper = composed(desk, kind);
    let drawn = paragraphs(&paper.paper.body, Role::Proposal);
    let side = |without| {
        let all = drawn.iter().map(|runs| text(runs, without).trim().to_owned());
        all.filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" | ")
    };
    (side(Stroke::PutIn), side(Stroke::Struck))
}

fn recommend(desk: &mut Desk, id: AnnotationId, action: Action, targets: &[&str], proposed: &str) {
    let targets = targets.iter().map(|t| (*t).to_owned()).collect();
    let recommendation = Recommendation { targets, proposed: proposed.into(), ..Recommendation::to(action) };
    desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation) });
}

#[test]
fn a_sentence_asks_for_what_the_redline_shows() {
    use Action::{Add, Amend, Clarify, Delete, Limit, Reject, Retain};
    const ONE: &str = "1. Each Party shall name two keepers for every light.";
    const TWO: &str = "2. No keeper is liable for fog.";
    type Case = (&'static str, Action, &'static [&'static str], &'static str, &'static str, String);
    let three = "1. Each Party shall name three keepers for every light.".to_owned();
    let cases: Vec<Case> = vec![
        (
            "two keepers",
            Amend,
            &[],
            "three keepers",
            "In Article 1(1), replace “two keepers” with “three keepers”.",
            three.clone(),
        ),
        // The article is named, the words are in one of its paragraphs.
        (
            "two keepers",
            Clarify,
            &["Article 1"],
            "three keepers",
            "In Article 1(1), replace “two keepers” with “three keepers”.",
            three.clone(),
        ),
        (
            "two keepers",
            Amend,
            &["Articles 1(1) and 2(1)"],
            "three keepers",
            "In Article 1(1), replace “two keepers” with “three keepers”. The same in Article 2(1).",
            three.clone(),
        ),
        (
            "two keepers",
            Amend,
            &["Article 9"],
            "three keepers",
            "In Article 1(1), replace “two keepers” with “three keepers”. See also Article 9.",
            three.clone(),
        ),
        (
            "two keepers",
            Amend,
            &["Article 2(1)"],
            "three keepers",
            "Amend Article 2(1) along these lines: “three keepers”.",
            "three keepers".into(),
        ),
        (
            "two keepers",
            Amend,
            &[],
            "Each Party shall name a keeper.",
            "Amend Article 1(1) to read: “Each Party shall name a keeper.”",
            "1. Each Party shall name a keeper.".into(),
        ),
        (
            "two keepers",
            Add,
            &[],
            "of full age",
            "In Article 1(1), after “two keepers”, add “of full age”.",
            "1. Each Party shall name two keepers of full age for every light.".into(),
        ),
        (
            "two keepers",
            Limit,
            &[],
            "where ships pass",
            "In Article 1(1), after “two keepers”, add “where ships pass”.",
            "1. Each Party shall name two keepers where ships pass for every light.".into(),
        ),
        (
            "for ninety days",
            Add,
            &[],
            "and no longer",
            "At the end of Article 2(1), add “and no longer”.",
            "1. Records are kept for ninety days and no longer.".into(),
        ),
        (
            "for every light",
            Delete,
            &[],
            "",
            "In Article 1(1), delete “for every light”.",
            "1. Each Party shall name two keepers.".into(),
        ),
        ("two keepers", Delete, &["1(1)"], "", "Delete Article 1(1).", String::new()),
        ("two keepers", Delete, &["Article 1"], "", "Delete Article 1.", String::new()),
        (
            "Each Party shall name",
            Delete,
            &[],
            "Begin the paragraph with “Two keepers”.",
            "In Article 1(1), delete “Each Party shall name”. Begin the paragraph with “Two keepers”.",
            "1. Two keepers for every light.".into(),
        ),
        (
            "two keepers",
            Retain,
            &[],
            "Replace “two” by “three”.",
            "Retain Article 1(1). Replace “two” by “three”.",
            three.clone(),
        ),
        (
            "two keepers",
            Reject,
            &[],
            "Replace “two” by “three”.",
            "Reject Article 1(1). Replace “two” by “three”.",
            String::new(),
        ),
        // It is said of another article, and cannot be carried out in this one.
        (
            "two keepers",
            Amend,
            &["Article 2"],
            "Replace “two” by “three”.",
            "Article 2: Replace “two” by “three”.",
            String::new(),
        ),
        ("two keepers", Amend, &[], "Replace “two” by “three”.", "Article 1(1): Replace “two” by “three”.", three),
    ];
    for (words, action, targets, proposed, expected, becomes) in cases {
        let mut desk = Desk::new();
        let second = desk.draft(1).id;
        let id = desk.remark(second, words, &["SC"]);
        recommend(&mut desk, id, action, targets, proposed);
        let case = format!("{words:?} {action:?} {targets:?} {proposed:?}");
        assert_eq!(asked(&desk), expected, "{case}");
        let (old, new) = redline(&desk, SubmissionKind::Article);
        assert_eq!(new, becomes, "{case}");
        if action == Action::Delete && targets == ["Article 1"] {
            assert_eq!(old, format!("Article 1 | Keepers | {ONE} | {TWO}"), "all of it is struck");
        }
        // The table of amendments shows the same, or says it.
        let table = redline(&desk, SubmissionKind::Amendments);
        assert!(table.0.starts_with(&old) && table.1.starts_with(&new), "{case}: {table:?}");
    }
}

#[test]
fn the_row_of_an_amendment_stands_where_the_text_changes() {
    for (target, provision, current) in [
        (
            "Article 1",
            "Article 1",
            "Article 1 | Keepers | 1. Each Party shall name two keepers for every light. | 2. No keeper is liable for fog.",
        ),
        ("Article 2(1)", "Article 2(1)", "1. Records are kept for ninety days."),
    ] {
        let mut desk = Desk::new();
        let second = desk.draft(1).id;
        let id = desk.remark(second, "two keepers", &["SC"]);
        recommend(&mut desk, id, Action::Delete, &[target], "");
        let table = composed(&desk, SubmissionKind::Amendments);
        let [Block::Table(grid)] = table.paper.body.as_slice() else { panic!("{:?}", table.paper.body) };
        let [row] = grid.rows.as_slice() else { panic!("{:?}", grid.rows) };
        let said = |at: usize, role| {
            let all = paragraphs(&row.cells[at], role);
            all.iter().map(|r| text(r, Stroke::PutIn)).collect::<Vec<_>>().join(" | ")
        };
        assert!(said(0, Role::Label).starts_with(provision), "{}", said(0, Role::Label));
        assert_eq!(said(1, Role::Quote), current);
    }
}

#[test]
fn what_has_no_words_is_no_amendment_and_counted() {
    let mut desk = Desk::new();
    let second = desk.draft(1).id;
    let id = desk.remark(second, "two keepers", &["SC"]);
    recommend(&mut desk, id, Action::Clarify, &[], "");
    let table = composed(&desk, SubmissionKind::Amendments);
    assert!(table.paper.body.is_empty() && table.remarks.is_empty());
    assert_eq!((table.left_out.of(Reason::NoWords), table.left_out.all()), (1, 1));
}

#[test]
fn remarks_that_clash_are_told_apart() {
    let mut desk = Desk::new();
    let second = desk.draft(1).id;
    let one = desk.remark(second, "two keepers", &["SC"]);
    recommend(&mut desk, one, Action::Delete, &["1(1)"], "");
    let other = desk.remark(second, "keepers", &["SC"]);
    recommend(&mut desk, other, Action::Amend, &[], "women");
    let third = desk.remark(second, "for every light", &["SC"]);
    recommend(&mut desk, third, Action::Delete, &["1(1)"], "");
    let apart = "Delete Article 1(1). | Alternatively: In Article 1(1), replace “keepers” with “women”.";
    assert_eq!(asked(&desk), apart);
}

#[test]
fn what_cannot_be_had_together_is_told_apart() {
    use Action::{Amend, Clarify, Delete, Reject, Retain};
    type Wish = (&'static str, Action, &'static [&'static str], &'static str);
    let women: Wish = ("keepers", Amend, &[], "women");
    let gone: Wish = ("keepers", Delete, &["1(1)"], "");
    let cases: [(Wish, Wish, &str); 5] = [
        (("two keepers", Clarify, &[], ""), gone, "Clarify Article 1(1). | Alternatively: Delete Article 1(1)."),
        (("two keepers", Reject, &[], ""), gone, "Reject Article 1(1). | Delete Article 1(1)."),
        (
            ("two keepers", Retain, &[], ""),
            women,
            "In Article 1(1), retain “two keepers”. | Alternatively: In Article 1(1), replace “keepers” with “women”.",
        ),
        (
            ("two keepers", Retain, &[], ""),
            ("for every light", Amend, &[], "for each lamp"),
            "In Article 1(1), retain “two keepers”. | In Article 1(1), replace “for every light” with “for each lamp”.",
        ),
        // The words come again in what is proposed.
        (
            ("keepers", Retain, &[], ""),
            ("two keepers", Amend, &[], "three keepers"),
            "In Article 1(1), retain “keepers”. | In Article 1(1), replace “two keepers” with “three keepers”.",
        ),
    ];
    for (one, other, expected) in cases {
        let mut desk = Desk::new();
        let second = desk.draft(1).id;
        for (words, action, targets, proposed) in [one, other] {
            let id = desk.remark(second, words, &["SC"]);
            recommend(&mut desk, id, action, targets, proposed);
        }
        let mut all: Vec<String> = asked(&desk).split(" | ").map(str::to_owned).collect();
        all.sort();
        let mut wanted: Vec<&str> = expected.split(" | ").collect();
        wanted.sort();
        assert_eq!(all, wanted);
    }
}

#[test]
fn old_numbers_in_proposed_words_are_told_in_every_kind() {
    let mut desk = Desk::with_project("Ines", 1);
    let fog = "1. In fog each Party shall cause a bell to be rung once a minute and note the hour in the log.";
    let fee = "1. No fee is asked of a ship in distress, nor of a ship that is bound for a port of refuge.";
    desk.add_draft("march.txt", &format!("Article 1\nFog\n\n{fog}\n\nArticle 2\nFees\n\n{fee}\n"));
    let lights = "1. Every Party names its lights and says who keeps them.";
    let june = format!("Article 1\nLights\n\n{lights}\n\nArticle 2\nFog\n\n{fog}\n\nArticle 3\nFees\n\n{fee}\n");
    desk.add_draft("june.txt", &june);
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let id = desk.remark(way.from, "a ship in distress", &["SC"]);
    recommend(&mut desk, id, Action::Add, &[], "and subject to Article 1");
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    for kind in SubmissionKind::ALL {
        let language = PaperLanguage::English;
        let submission = Template::for_kind(kind).unwrap().submission(travaux::model::SubmissionId(9), "", language);
        let of = PaperOf::Given(Box::new(Given { submission, logo: None, styles: None }));
        let paper = format!("{:?}", desk.w.compose_now(&of).unwrap().paper);
        let told = "Citations in the proposed text are as numbered in March";
        assert!(paper.contains(told), "{kind:?}: {paper}");
    }
}

#[test]
fn a_text_that_two_remarks_propose_is_drawn_once() {
    let mut desk = Desk::new();
    let second = desk.draft(1).id;
    for _ in 0..2 {
        let id = desk.remark(second, "two keepers", &["SC"]);
        recommend(&mut desk, id, Action::Amend, &[], "three keepers");
    }
    for kind in [SubmissionKind::Article, SubmissionKind::Thematic] {
        let paper = composed(&desk, kind);
        assert_eq!(paper.remarks.len(), 2);
        assert_eq!(paragraphs(&paper.paper.body, Role::Proposal).len(), 1, "{kind:?}");
    }
}

#[test]
fn what_was_to_go_as_a_whole_is_not_gone_with_a_few_words() {
    for (targets, asked) in [(&[][..], true), (&["1(1)"][..], false)] {
        let mut desk = Desk::with_project("Ines", 1);
        let clause = |words: &str| {
            format!("Article 1\nFog\n\n1. In fog a bell is rung once a minute{words} and the hour is noted.\n")
        };
        desk.add_draft("march.txt", &clause(", by night and by day,"));
        desk.add_draft("june.txt", &clause(""));
        let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
        let id = desk.remark(way.from, "by night and by day", &["SC"]);
        recommend(&mut desk, id, Action::Delete, targets, "");
        desk.run(Command::Carry(CarryCommand::Carry(way)));
        let language = PaperLanguage::English;
        let template = Template::for_kind(SubmissionKind::Article).unwrap();
        let submission = template.submission(travaux::model::SubmissionId(9), "", language);
        let of = PaperOf::Given(Box::new(Given { submission, logo: None, styles: None }));
        let paper = format!("{:?}", desk.w.compose_now(&of).unwrap().paper);
        assert!(paper.contains("The words no longer stand in the text"), "{paper}");
        assert_eq!(paper.contains("as was asked"), asked, "{paper}");
    }
}

/// What a sentence makes of a clause, word by word; nothing where it shortens what it quotes.
fn followed(ask: &str, old: &str) -> Option<String> {
    let quotes: Vec<&str> = ask.split('\u{201c}').skip(1).filter_map(|q| Some(q.split_once('\u{201d}')?.0)).collect();
    if ask.contains('…') {
        return None;
    }
    let once = |words: &str| assert_eq!(old.matches(words).count(), 1, "{words:?} in {old:?}: {ask}");
    Some(match quotes.as_slice() {
        [] if ask.starts_with("Delete ") => String::new(),
        [words] if ask.contains(", delete ") => {
            once(words);
            old.replacen(words, "", 1)
        }
        [new] if ask.starts_with("At the end") => format!("{old} {new}"),
        [new] if ask.contains(" to read: ") => (*new).to_owned(),
        [words, new] if ask.contains(", replace ") => {
            once(words);
            old.replacen(words, new, 1)
        }
        [words, new] if ask.contains(", after ") => {
            once(words);
            old.replacen(words, &format!("{words} {new}"), 1)
        }
        _ => panic!("{ask}"),
    })
}

/// Every stretch of some words of a clause, marked and put anew in every way; answers how many sentences could be followed.
fn follow(clause: &str, every: usize, proposals: &[&str]) -> usize {
    let starts: Vec<usize> = clause.split(' ').map(|w| w.as_ptr() as usize - clause.as_ptr() as usize).collect();
    let ends: Vec<usize> =
        clause.split(' ').zip(&starts).map(|(w, s)| s + w.trim_end_matches(['.', ',']).len()).collect();
    let words = |text: &str| {
        let all = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        all.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    };
    let mut followed_up = 0;
    let ranges = (0..starts.len()).flat_map(|first| (first..starts.len()).map(move |last| (first, last)));
    for (first, last) in ranges.step_by(every) {
        let mut desk = Desk::new();
        let text = format!("Convention on lights\nA/LIGHT/3\n\nArticle 1\nKeepers\n\n1. {clause}\n");
        desk.add_draft("third.txt", &text);
        let draft = desk.draft(2).id;
        let at = desk.words(draft, clause).start;
        let range = TextRange { start: at + starts[first], end: at + ends[last] };
        let concerns = [desk.concern("SC")].into();
        desk.annotate(AnnotateCommand::Words { draft, range, concerns });
        let id = desk.w.view().focus.unwrap().annotation;
        let marked = &clause[starts[first]..ends[last]];
        // Less of the same words: its beginning, its end, its middle.
        let third = ((last - first + 1) / 3).max(1);
        let shorter = last.saturating_sub(third);
        let parts = [(first, shorter), (first + third, last), (first + third, shorter)];
        for (from, to) in parts.into_iter().filter(|(from, to)| last - first >= 2 && from <= to) {
            let rest = &clause[starts[from]..ends[to]];
            recommend(&mut desk, id, Action::Amend, &[], rest);
            let (old, new) = redline(&desk, SubmissionKind::Article);
            assert_ne!(words(&old), words(&new), "{marked:?} to {rest:?}: {}", asked(&desk));
            if last - first + 1 < starts.len() {
                let less = format!("1. {}{rest}{}", &clause[..starts[first]], &clause[ends[last]..]);
                assert_eq!(words(&new), words(&less), "{marked:?} to {rest:?}: {}", asked(&desk));
            }
        }
        for proposed in proposals {
            for action in [Action::Delete, Action::Amend, Action::Limit, Action::Add] {
                if (action == Action::Delete) != proposed.is_empty() {
                    continue;
                }
                recommend(&mut desk, id, action, &[], proposed);
                let ask = asked(&desk);
                if ask.contains("along these lines") {
                    continue;
                }
                let (old, new) = redline(&desk, SubmissionKind::Article);
                let case = format!("{:?} {action:?} {proposed:?}: {ask}", &clause[starts[first]..ends[last]]);
                assert_eq!(old.trim_start_matches("1. "), clause, "{case}");
                if let Some(text) = followed(&ask, clause) {
                    assert_eq!(words(new.trim_start_matches("1.")), words(&text), "{case}");
                    followed_up += 1;
                }
            }
        }
    }
    followed_up
}

#[test]
fn whoever_follows_a_sentence_gets_the_proposed_text() {
    let short = "Each Party shall name two keepers for every light.";
    let proposals = [
        "three keepers",
        "a keeper for every light",
        "shall name at least two keepers",
        "unless there is fog",
        "Each Party shall name three keepers for every lamp.",
        "Lights shall burn.",
        "",
    ];
    let followed_up = follow(short, 1, &proposals);
    assert!(followed_up > 400, "{followed_up}");
    let long = "Each Party shall name two keepers for every light, shall pay, house and hear each of the keepers before the \
                light is changed, and shall tell the other Parties who the keepers are.";
    let proposals = [
        "three keepers",
        "shall pay, feed and hear each of the keepers",
        "the keepers of every light, by name",
        "Each Party shall name two keepers for every light, shall pay, house and ask each of the keepers before the \
         light is changed, and shall tell the other Parties who the keepers are.",
        "",
    ];
    let followed_up = follow(long, 11, &proposals);
    assert!(followed_up > 200, "{followed_up}");
}
