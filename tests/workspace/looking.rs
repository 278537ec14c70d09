//! What is looked at: places, tabs, going, finding, the list.

use travaux::model::{AnnotationKind, Severity, Status};
use travaux::workspace::{
    AnnotateCommand, Command, Find, Focus, Kinds, Lens, LensCommand, ListFilter, Panel, Place, Selection, SortBy,
    ThemeChoice, ViewCommand,
};

use crate::desk::Desk;

/// Where the last wish to scroll leads: the words there.
fn shown(desk: &Desk) -> String {
    let wish = desk.w.view().scroll.unwrap();
    let draft = desk.project().draft(wish.draft).unwrap();
    draft.text[wish.offset..].chars().take_while(|c| *c != '\n').take(24).collect()
}

#[test]
fn citations_are_taken_in_every_form() {
    let mut desk = Desk::new();
    for typed in ["1(2)(c)", "1.2.c", "art 1.2.c", "Article 1, paragraph 2 (c)", "1(c)"] {
        desk.view(ViewCommand::GoToCitation(typed.into()));
        assert_eq!(shown(&desk), "(c) tell no one else.", "{typed}");
    }
    desk.view(ViewCommand::GoToCitation("art 1".into()));
    assert_eq!(shown(&desk), "Article 1");
    let start = desk.draft(0).text.find("Article 1").unwrap();
    assert_eq!(desk.w.view().selection().map(|s| s.head), Some(start), "the caret is there too");
    desk.view(ViewCommand::GoToCitation("preamble".into()));
    assert_eq!(shown(&desk), "PREAMBLE");
}

#[test]
fn a_citation_that_is_not_clear_is_said_to_be() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::GoToCitation("article 2".into()));
    assert_eq!(
        (shown(&desk).as_str(), desk.said().as_str()),
        ("Article 2", "Article 2 stands 2 times in this draft; this is the first")
    );
    assert!(desk.w.can_resolve("2") && !desk.w.can_resolve("57"));
    desk.view(ViewCommand::GoToCitation("1(2)(z)".into()));
    assert_eq!(shown(&desk), "2. A keeper shall:");
    assert_eq!(desk.said(), "\u{201c}1(2)(z)\u{201d} is not in First; this is Article 1(2)");
    let before = desk.w.view().scroll;
    for missing in ["57", "annex", "weather"] {
        desk.view(ViewCommand::GoToCitation(missing.into()));
        assert_eq!(desk.said(), format!("\u{201c}{missing}\u{201d} is not in First"));
    }
    assert_eq!(desk.w.view().scroll, before);
    let offered: Vec<_> = desk.w.suggest_provisions("1(2", 9).into_iter().map(|s| s.citation).collect();
    assert_eq!(offered, ["Article 1(2)", "Article 1(2)(a)", "Article 1(2)(b)", "Article 1(2)(c)"]);
}

#[test]
fn back_leads_where_one_was_and_forward_again() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    desk.view(ViewCommand::ReadingAt(40));
    desk.view(ViewCommand::GoToCitation("2".into()));
    desk.view(ViewCommand::ReadingAt(300));
    desk.view(ViewCommand::GoTo { draft: second, offset: 90 });
    desk.view(ViewCommand::ReadingAt(90));
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(desk.w.view().place, Place::Search);
    let here = |desk: &Desk| (desk.w.view().place, desk.w.view().current, desk.w.view().draft_view().reading_at);
    let mut back = Vec::new();
    for _ in 0..3 {
        desk.view(ViewCommand::Back);
        back.push(here(&desk));
    }
    assert_eq!(
        back,
        [(Place::Read, Some(second), 90), (Place::Read, Some(first), 300), (Place::Read, Some(first), 40)]
    );
    for _ in 0..3 {
        desk.view(ViewCommand::Forward);
    }
    assert_eq!(here(&desk), (Place::Search, Some(second), 90));
    desk.view(ViewCommand::Forward);
    assert_eq!(here(&desk), (Place::Search, Some(second), 90));
    desk.view(ViewCommand::Back);
    desk.view(ViewCommand::Go(Place::Search));
    assert!(desk.w.view().forward.is_empty(), "who goes elsewhere cannot go forward any more");
}

#[test]
fn each_draft_remembers_its_place_and_selection() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    desk.view(ViewCommand::ReadingAt(120));
    desk.view(ViewCommand::Select(Some(Selection { anchor: 30, head: 20 })));
    desk.view(ViewCommand::CycleTab(1));
    assert_eq!((desk.w.view().current, desk.w.view().selection()), (Some(second), None));
    desk.view(ViewCommand::CycleTab(1));
    assert_eq!((desk.w.view().current, desk.w.view().draft_view().reading_at), (Some(first), 120));
    assert_eq!(desk.w.view().selection().map(|s| (s.range().start, s.range().end)), Some((20, 30)));
    desk.view(ViewCommand::Select(None));
    assert_eq!(desk.w.view().selection(), None);
    desk.view(ViewCommand::CloseTab(first));
    assert_eq!((desk.w.view().current, desk.w.view().tabs.as_slice()), (Some(second), [second].as_slice()));
    desk.view(ViewCommand::CloseTab(second));
    assert_eq!((desk.w.view().current, desk.w.view().tabs.len()), (None, 0));
    desk.view(ViewCommand::OpenDraft(first));
    assert_eq!(desk.w.view().current, Some(first));
}

#[test]
fn finding_in_a_draft() {
    let mut desk = Desk::new();
    let second = desk.draft(1).id;
    desk.view(ViewCommand::Find(Some(Find { text: "each party".into(), exact_case: false })));
    let find = desk.w.view().find.clone().unwrap();
    assert_eq!((find.hits.len(), find.current), (3, 0));
    assert_eq!(shown(&desk), "Each Party shall name a ");
    let mut seen = Vec::new();
    for by in [1, 1, 1, -1] {
        desk.view(ViewCommand::FindNext(by));
        seen.push(desk.w.view().find.as_ref().unwrap().current);
    }
    assert_eq!(seen, [1, 2, 0, 2]);
    // The search begins where one reads, and stays when one opens another draft.
    let at = desk.w.view().find.as_ref().unwrap().hits[1].start;
    desk.view(ViewCommand::ReadingAt(at));
    desk.view(ViewCommand::Find(Some(Find { text: "Each Party".into(), exact_case: true })));
    assert_eq!(desk.w.view().find.as_ref().unwrap().current, 1);
    desk.view(ViewCommand::OpenDraft(second));
    assert_eq!(desk.w.view().find.as_ref().unwrap().hits.len(), 1);
    desk.view(ViewCommand::Find(Some(Find { text: "each PARTY".into(), exact_case: true })));
    assert_eq!(desk.w.view().find.as_ref().unwrap().hits.len(), 0);
    desk.view(ViewCommand::FindNext(1));
    desk.view(ViewCommand::Find(None));
    assert!(desk.w.view().find.is_none());
}

#[test]
fn annotations_are_gone_through_in_order() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::CycleAnnotation(1));
    assert_eq!(desk.said(), "This draft has no annotations");
    let draft = desk.draft(0).id;
    let late = desk.remark(draft, "thirty days", &[]);
    let early = desk.remark(draft, "every light", &[]);
    desk.view(ViewCommand::Focus(None));
    let mut seen = Vec::new();
    for by in [1, 1, 1, -1] {
        desk.view(ViewCommand::CycleAnnotation(by));
        seen.push(desk.w.view().focus.unwrap().annotation);
    }
    assert_eq!(seen, [early, late, early, late]);
    let analyst = desk.w.analyst().unwrap().id;
    let second = desk.draft(1).id;
    desk.view(ViewCommand::OpenDraft(second));
    desk.view(ViewCommand::ShowAnnotation(Focus { analyst, annotation: early }));
    assert_eq!((desk.w.view().current, shown(&desk).as_str()), (Some(draft), "every light."));
}

#[test]
fn the_list_is_filtered_and_sorted() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let light = desk.remark(first, "every light", &["SC"]);
    let days = desk.remark(first, "thirty days", &["DP"]);
    let fog = desk.remark(second, "liable for fog", &["SC", "DP"]);
    desk.annotate(AnnotateCommand::SetSeverity { id: days, severity: Some(Severity::Critical) });
    desk.annotate(AnnotateCommand::SetSeverity { id: fog, severity: Some(Severity::Low) });
    desk.annotate(AnnotateCommand::SetStatus { id: fog, status: Status::Agreed });
    desk.annotate(AnnotateCommand::SetKind { id: days, kind: AnnotationKind::Absence });
    desk.annotate(AnnotateCommand::SetNote { id: light, note: "Even a Candle?".into() });
    let (sc, dp) = (desk.concern("SC"), desk.concern("DP"));
    let analyst = desk.w.analyst().unwrap().id;
    let all = ListFilter { all_drafts: true, ..ListFilter::default() };
    let cases = [
        (ListFilter::default(), vec![light, days]),
        (all.clone(), vec![light, days, fog]),
        (ListFilter { draft: Some(second), ..ListFilter::default() }, vec![fog]),
        (ListFilter { sort: SortBy::Date, ..all.clone() }, vec![light, days, fog]),
        (ListFilter { sort: SortBy::Severity, ..all.clone() }, vec![days, fog, light]),
        (ListFilter { concern: Some(sc), ..all.clone() }, vec![light, fog]),
        (ListFilter { concern: Some(dp), severity: Some(Severity::Moderate), ..all.clone() }, vec![days]),
        (ListFilter { status: Some(Status::Agreed), ..all.clone() }, vec![fog]),
        (ListFilter { severity: Some(Severity::Low), ..all.clone() }, vec![days, fog]),
        (ListFilter { severity: Some(Severity::Critical), ..all.clone() }, vec![days]),
        (ListFilter { kind: Some(AnnotationKind::Absence), ..all.clone() }, vec![days]),
        (all.clone().of_kinds(Kinds::Absences), vec![days]),
        (all.clone().of_kinds(Kinds::Raised), vec![light, days, fog]),
        (ListFilter { analyst: Some(analyst), text: "candle".into(), ..all.clone() }, vec![light]),
        (ListFilter { text: "THIRTY".into(), ..all.clone() }, vec![days]),
        (ListFilter { text: "article 1(2)".into(), ..all.clone() }, vec![fog]),
        (ListFilter { text: "scope".into(), ..all.clone() }, vec![light, fog]),
        (ListFilter { analyst: Some(travaux::model::AnalystId(9)), ..all }, vec![]),
    ];
    for (filter, expected) in cases {
        desk.view(ViewCommand::Filter(filter.clone()));
        let mut ids: Vec<_> = desk.w.derived().list.iter().map(|r| r.focus.annotation).collect();
        if filter.sort == SortBy::Date {
            // The latest change stands first.
            let changed = |id| desk.own(id).changed;
            assert!(ids.is_sorted_by(|&a, &b| changed(a) >= changed(b)), "{ids:?}");
            ids.sort();
        }
        assert_eq!(ids, expected, "{filter:?}");
    }
    let derived = desk.w.derived();
    assert_eq!((derived.counts[&sc].here, derived.counts[&sc].everywhere), (1, 2), "fog stands in the other draft");
    assert_eq!((derived.here, derived.everywhere, derived.to_review), (2, 3, 0));
    let article = desk.provision(first, "1");
    assert_eq!(derived.badges[&article].get(&sc), Some(&1));
    let at = desk.words(first, "light.").start;
    assert_eq!(desk.w.derived().at(at).map(|r| r.focus.annotation).collect::<Vec<_>>(), [light]);
}

#[test]
fn panels_marks_theme_and_text_size() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::Panel(Panel::Concerns));
    assert_eq!((desk.w.view().panel, desk.w.view().side_open), (Panel::Concerns, true));
    desk.view(ViewCommand::Panel(Panel::Concerns));
    assert!(!desk.w.view().side_open);
    desk.view(ViewCommand::ToggleSide);
    assert!(desk.w.view().side_open);
    desk.run(Command::Lens(LensCommand::Toggle(Lens::Marks)));
    assert!(!desk.w.view().marks_shown);
    desk.view(ViewCommand::Theme(ThemeChoice::Dark));
    desk.view(ViewCommand::TextSize(1000.0));
    desk.view(ViewCommand::Zoom(1.26));
    assert_eq!((desk.w.theme(), desk.w.text_size(), desk.w.zoom()), (ThemeChoice::Dark, 40.0, 1.3));
    desk.view(ViewCommand::GoToCitation("57".into()));
    let notice = desk.w.notices().latest().unwrap().number;
    desk.view(ViewCommand::DismissNotice(notice));
    assert!(desk.w.notices().all().iter().all(|n| n.number != notice));
    desk.view(ViewCommand::CancelTask(99));
    // What is looked at, and the settings, are there the next time.
    desk.view(ViewCommand::ReadingAt(77));
    desk.view(ViewCommand::Filter(ListFilter { text: "fog".into(), ..ListFilter::default() }));
    desk.restart();
    let view = desk.w.view();
    assert_eq!((view.panel, view.side_open, view.marks_shown), (Panel::Concerns, true, false));
    assert_eq!((view.current, view.draft_view().reading_at), (Some(desk.draft(0).id), 77));
    assert_eq!((view.filter.text.as_str(), view.tabs.len()), ("fog", 2));
    assert_eq!((desk.w.theme(), desk.w.text_size(), desk.w.zoom()), (ThemeChoice::Dark, 40.0, 1.3));
    assert_eq!(desk.w.analyst().map(|a| a.name.as_str()), Some("Ines"));
    let wish = desk.w.view().scroll.unwrap();
    assert_eq!((wish.offset, wish.to_top), (77, true));
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let mut desk = Desk::empty("Ines", 1);
    for command in [
        ViewCommand::GoToCitation("1".into()),
        ViewCommand::Back,
        ViewCommand::Forward,
        ViewCommand::CycleTab(-1),
        ViewCommand::FindNext(1),
        ViewCommand::ReadingAt(5),
        ViewCommand::Select(Some(Selection { anchor: 1, head: 2 })),
        ViewCommand::Find(Some(Find { text: "x".into(), exact_case: false })),
        ViewCommand::CycleAnnotation(1),
    ] {
        desk.ignores(Command::View(command));
    }
    let mut desk = Desk::new();
    let nowhere = travaux::model::DraftId(9);
    let before = desk.w.view().current;
    desk.view(ViewCommand::OpenDraft(nowhere));
    desk.view(ViewCommand::GoTo { draft: nowhere, offset: 3 });
    desk.view(ViewCommand::CloseTab(nowhere));
    assert_eq!(desk.w.view().current, before);
}
