//! Every construct of the query language over a treaty with parts, chapters, marks and an annex: what it finds, and what
//! it nearly finds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use travaux::model::text::normalize;
use travaux::model::{
    Action, Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Commentary,
    CommentaryDetails, CommentaryId, Concern, ConcernId, Draft, DraftDetails, DraftId, Outcome, Project,
    ProjectDetails, ProjectId, Reach, Recommendation, Severity, Status, Swatch, TextRange,
};
use travaux::outline::recognize;
use travaux::search::{CONSTRUCTS, Changes, Index, Options, complete, parse};

use super::{found, indexed};

const REV1: &str = "\
The States Parties to this Convention,

Recalling that privacy is a human right,

Mindful of the needs of developing countries,

Have agreed as follows:

PART ONE
GENERAL MATTERS

CHAPTER I
GENERAL PROVISIONS

Article 1
Statement of purpose

1. The purpose of this Convention is to combat cybercrime.

2. Nothing in this Convention permits surveillance without any lawful right.

CHAPTER V
PROCEDURAL MEASURES

Section 1
Common provisions

Article 23
Scope

1. Each State Party shall adopt the [legislative] measures needed to search data without right. [agreed ad referendum]

2. A person acts with right if the law says so:

(a) in an emergency;

(b) on the order of a court.

Section 2
Safeguards

Article 24
Conditions

1. [deleted]

2. Interception needs prior authorization by a court.

Article 24 bis
Records

1. Records of every search are kept for ### months.

ANNEX A
Offences

1. Illegal access to a network.
";

const REV2: &str = "\
PART ONE
GENERAL MATTERS

CHAPTER I
GENERAL PROVISIONS

Article 1
Statement of purpose

1. The purpose of this Convention is to combat cybercrime.

CHAPTER V
PROCEDURAL MEASURES

Article 23
Scope

1. Each State Party may adopt measures needed to search data with right.

Article 25
Oversight

1. An independent body reports on surveillance each year.
";

const COMMENTARY: &str = "\
Comments on the draft

Article 23 lets anyone search data
without an order of a court.

We ask for prior authorization, and for records that are kept.
";

fn draft(id: u128, label: &str, symbol: &str, day: i8, source: &str) -> Arc<Draft> {
    let text = normalize(source);
    let outline = recognize(&text, &[]).outline;
    let date = Some(date(2023, if id == 1 { 5 } else { 11 }, day));
    let details = DraftDetails {
        label: label.into(),
        symbol: symbol.into(),
        date,
        language: "en".into(),
        ..DraftDetails::default()
    };
    Arc::new(Draft::new(DraftId(id), label.to_lowercase(), details, &text, outline))
}

fn concern(id: u128, tag: &str, name: &str) -> Concern {
    Concern {
        id: ConcernId(id),
        tag: tag.into(),
        name: name.into(),
        definition: "What protects people. And more.".into(),
        look_for: String::new(),
        swatch: Swatch::Red,
        key: None,
        parent: None,
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }
}

fn remark(id: u128, draft: &Draft, quote: &str) -> Annotation {
    let start = draft.text.find(quote).unwrap();
    let range = TextRange { start, end: start + quote.len() };
    let anchor = Anchor::new(&draft.text, &draft.outline, range, Reach::Words);
    Annotation::new(AnnotationId(id), AnnotationKind::Remark, draft.id, anchor, Timestamp::UNIX_EPOCH)
}

fn treaty() -> Project {
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    project.drafts = vec![draft(1, "Rev.1", "A/CN.9/7/Rev.1", 12, REV1), draft(2, "Rev.2", "A/CN.9/7/Rev.2", 3, REV2)];
    project.codebook.concerns = vec![concern(1, "SG", "Missing safeguards"), concern(2, "SC", "Wide scope")];
    let rev1 = Arc::clone(&project.drafts[0]);
    let mut wide = remark(1, &rev1, "search data");
    wide.concerns.insert(ConcernId(2));
    wide.severity = Some(Severity::High);
    wide.note = "Too wide a search".into();
    wide.status = Status::Agreed;
    let mut court = remark(2, &rev1, "by a court");
    court.recommendation = Some(Recommendation { proposed: "independent".into(), ..Recommendation::to(Action::Amend) });
    court.outcomes.insert(DraftId(2), Outcome::NotMet);
    court.status = Status::ForReview;
    let mut missing = remark(3, &rev1, "kept for");
    missing.kind = AnnotationKind::Absence;
    missing.concerns.insert(ConcernId(1));
    for (id, name, annotations) in [(1, "Amara Diallo", vec![wide, missing]), (2, "Bo Lindqvist", vec![court])] {
        let analyst = Analyst { id: AnalystId(id), name: name.into() };
        let annotations: BTreeMap<_, _> = annotations.into_iter().map(|a| (a.id, a)).collect();
        project.sets.insert(analyst.id, AnnotationSet { annotations, ..AnnotationSet::of(analyst) });
    }
    let details = CommentaryDetails {
        title: "First comments".into(),
        author: "Digital Rights Desk".into(),
        date: None,
        language: "en".into(),
    };
    let commentary = Commentary::new(CommentaryId(1), "first".into(), DraftId(1), details, COMMENTARY);
    project.commentaries.insert(commentary.id, Arc::new(commentary));
    project
}

/// What has changed as a comparison would say it: the article that was edited and the one that is new.
fn changes(project: &Project) -> Changes {
    let text = &project.drafts[1].text;
    let range = |words: &str| {
        let start = text.find(words).unwrap();
        TextRange { start, end: start + words.len() }
    };
    let mut changes = Changes::default();
    let ranges = [range("1. Each State Party may"), range("Article 25\nOversight"), range("1. An independent")];
    changes.tell(DraftId(1), DraftId(2), Arc::from(ranges));
    changes
}

#[test]
fn every_construct_finds_what_it_says() {
    let project = treaty();
    let index = indexed(&project);
    let options = Options { changes: changes(&project), ..Options::default() };
    let cases: &[(&str, &[&str])] = &[
        // Phrases with room: a word between costs one, two that change places cost two; the words are marked.
        ("\"without right\"", &["Rev.1 23(1) without right"]),
        ("\"without right\"~1", &["Rev.1 23(1) without right"]),
        ("\"without right\"~2", &["Rev.1 1(2) without|right", "Rev.1 23(1) without right"]),
        ("\"right without\"~1", &[]),
        ("\"right without\"~2", &["Rev.1 23(1) without right"]),
        ("\"permits right\"~3", &[]),
        ("\"permits right\"~4", &["Rev.1 1(2) permits|right"]),
        ("\"permit* surveilance~1 right\"~3", &["Rev.1 1(2) permits surveillance|right"]),
        ("\"State measures adopt\"~1 draft:Rev.2", &[]),
        ("\"State adopt measures\"~2 draft:Rev.2", &["Rev.2 23(1) State|adopt measures"]),
        ("\"data data\"~9", &[]),
        ("\"a court\"~0", &["Rev.1 23(2)(b) a court", "Rev.1 24(2) a court"]),
        // Words a few letters off.
        ("cybrcrime~", &["Rev.1 1(1) cybercrime", "Rev.2 1(1) cybercrime"]),
        ("cybrcrime~1", &["Rev.1 1(1) cybercrime", "Rev.2 1(1) cybercrime"]),
        ("cybrcrime~0", &[]),
        ("cybrcrim~1", &[]),
        ("cybrcrim~2", &["Rev.1 1(1) cybercrime", "Rev.2 1(1) cybercrime"]),
        ("cyebrcrime~1", &["Rev.1 1(1) cybercrime", "Rev.2 1(1) cybercrime"]),
        ("STATSE~1 in:preamble", &["Rev.1 Preamble States"]),
        ("state~0", &["Rev.1 23(1) State", "Rev.2 23(1) State"]),
        ("curt~", &["Rev.1 23(2)(b) court", "Rev.1 24(2) court"]),
        ("crt~", &[]),
        ("by~ NOT in:note", &["Rev.1 24(2) by"]),
        ("\"prior authorisaton~2 by\"", &["Rev.1 24(2) prior authorization by"]),
        ("\"prior authorisaton~1 by\"", &[]),
        // Beginnings in a phrase.
        ("\"sta* party\"", &["Rev.1 Preamble States Parties", "Rev.1 23(1) State Party", "Rev.2 23(1) State Party"]),
        ("\"stat party\"", &[]),
        ("\"sta* par\"", &[]),
        // Patterns and exact words.
        ("/s(ea|ou)rch/ draft:Rev.2", &["Rev.2 23(1) search"]),
        ("/(?-i)S(ea|ou)rch/", &[]),
        ("=Scope", &["Rev.1 23 Scope", "Rev.2 23 Scope"]),
        ("=scope", &[]),
        ("=\"State Party\" draft:Rev.1", &["Rev.1 23(1) State Party"]),
        // Drafts by label, symbol, date; first and last.
        ("surveillance draft:rev.2", &["Rev.2 25(1) surveillance"]),
        ("surveillance draft:A/CN.9/7/Rev.1", &["Rev.1 1(2) surveillance"]),
        ("surveillance draft:2023-05", &["Rev.1 1(2) surveillance"]),
        ("surveillance draft:2023-11-03", &["Rev.2 25(1) surveillance"]),
        ("surveillance draft:2023", &["Rev.1 1(2) surveillance", "Rev.2 25(1) surveillance"]),
        ("surveillance draft:2024", &[]),
        ("surveillance draft:first", &["Rev.1 1(2) surveillance"]),
        ("surveillance draft:last", &["Rev.2 25(1) surveillance"]),
        // Articles and points.
        ("article:24 kind:paragraph", &["Rev.1 24(1)", "Rev.1 24(2)"]),
        ("article:\"24 bis\" kind:paragraph", &["Rev.1 24 bis(1)"]),
        ("article:24..25 kind:article", &["Rev.1 24", "Rev.1 24 bis", "Rev.2 25"]),
        ("article:23(2)(b)", &["Rev.1 23(2)(b)"]),
        ("article:XXIII kind:article", &["Rev.1 23", "Rev.2 23"]),
        ("article:2", &[]),
        // Divisions, whatever way their number is written.
        ("chapter:V kind:article", &["Rev.1 23", "Rev.1 24", "Rev.1 24 bis", "Rev.2 23", "Rev.2 25"]),
        ("chapter:5 draft:Rev.2 kind:article", &["Rev.2 23", "Rev.2 25"]),
        ("chapter:five draft:Rev.2 kind:article", &["Rev.2 23", "Rev.2 25"]),
        ("chapter:I kind:article", &["Rev.1 1", "Rev.2 1"]),
        ("chapter:I..IV kind:article", &["Rev.1 1", "Rev.2 1"]),
        ("chapter:IV", &[]),
        ("part:1 kind:chapter", &["Rev.1 Chapter I", "Rev.1 Chapter V", "Rev.2 Chapter I", "Rev.2 Chapter V"]),
        ("part:II", &[]),
        ("section:2 kind:article", &["Rev.1 24", "Rev.1 24 bis"]),
        ("section:3", &[]),
        ("title:I", &[]),
        ("annex:A kind:paragraph", &["Rev.1 Annex A(1)"]),
        ("annex:B", &[]),
        ("recital:1", &["Rev.1 Preamble(1)"]),
        ("recital:1..2", &["Rev.1 Preamble(1)", "Rev.1 Preamble(2)"]),
        ("recital:9", &[]),
        ("in:preamble privacy", &["Rev.1 Preamble(1) privacy"]),
        ("in:preamble surveillance", &[]),
        ("in:annex access", &["Rev.1 Annex A(1) access"]),
        ("kind:subparagraph", &["Rev.1 23(2)(a)", "Rev.1 23(2)(b)"]),
        ("kind:item", &[]),
        ("scope in:heading draft:Rev.2", &["Rev.2 23 Scope"]),
        ("search in:heading", &[]),
        ("has:heading kind:section", &["Rev.1 Section 1", "Rev.1 Section 2"]),
        ("no:heading kind:article", &[]),
        // Marks of negotiators.
        ("mark:bracketed", &["Rev.1 23(1)"]),
        ("mark:agreed", &["Rev.1 23(1)"]),
        ("mark:deleted", &["Rev.1 24(1)"]),
        ("mark:placeholder", &["Rev.1 24 bis(1)"]),
        ("mark:alternative", &[]),
        ("mark:unbalanced", &[]),
        ("has:mark kind:paragraph no:annotation", &["Rev.1 24(1)"]),
        ("no:mark article:24 kind:paragraph", &["Rev.1 24(2)"]),
        // What changed.
        ("changed:since(Rev.1)", &["Rev.2 23(1)", "Rev.2 25", "Rev.2 25(1)"]),
        ("changed:since(\"A/CN.9/7/Rev.1\") surveillance", &["Rev.2 25(1) surveillance"]),
        ("changed:since(2023-05) kind:article", &["Rev.2 25"]),
        ("changed:since(Rev.1) cybercrime", &[]),
        ("draft:Rev.2 kind:paragraph NOT changed:since(Rev.1)", &["Rev.2 1(1)"]),
        ("changed:since(first) surveillance", &["Rev.2 25(1) surveillance"]),
        ("changed:since(Rev.2)", &[]),
        ("changed:since(last)", &[]),
        // Remarks.
        ("concern:safeguards", &["Rev.1 24 bis(1)"]),
        ("concern:SC", &["Rev.1 23(1)"]),
        ("concern:SX", &[]),
        ("search AND NOT concern:safeguards draft:Rev.1", &["Rev.1 23(1) search", "Rev.1 23(1) # search"]),
        ("severity:>=3", &["Rev.1 23(1)"]),
        ("severity:critical", &[]),
        ("analyst:bo", &["Rev.1 24(2)"]),
        ("analyst:o", &[]),
        ("status:agreed", &["Rev.1 23(1)"]),
        ("status:review", &["Rev.1 24(2)"]),
        ("status:draft", &["Rev.1 24 bis(1)"]),
        ("status:\"for review\" analyst:amara", &[]),
        ("has:note", &["Rev.1 23(1)"]),
        ("has:recommendation", &["Rev.1 24(2)"]),
        ("has:proposal", &["Rev.1 24(2)"]),
        ("has:remark", &["Rev.1 23(1)", "Rev.1 24(2)"]),
        ("has:absence", &["Rev.1 24 bis(1)"]),
        ("has:annotation", &["Rev.1 23(1)", "Rev.1 24(2)", "Rev.1 24 bis(1)"]),
        ("has:concern", &["Rev.1 23(1)", "Rev.1 24 bis(1)"]),
        ("has:severity", &["Rev.1 23(1)"]),
        ("has:outcome", &["Rev.1 24(2)"]),
        ("has:source", &[]),
        ("no:concern has:annotation", &["Rev.1 24(2)"]),
        ("no:annotation article:\"24..24 bis\" kind:paragraph", &["Rev.1 24(1)"]),
        ("no:note has:annotation", &["Rev.1 24(2)", "Rev.1 24 bis(1)"]),
        ("in:note wide", &["Rev.1 23(1) # wide"]),
        ("in:note no:concern", &["Rev.1 24(2) #"]),
        ("in:note court", &[]),
        // Commentaries only where they are asked for.
        ("authorization", &["Rev.1 24(2) authorization"]),
        ("authorization in:commentary", &["Rev.1 “First comments” authorization"]),
        ("\"search data without\" in:commentary", &["Rev.1 “First comments” search data without"]),
        ("authorisaton~2 in:commentary draft:Rev.1", &["Rev.1 “First comments” authorization"]),
        ("authorization in:commentary draft:Rev.2", &[]),
        ("authorization in:commentary article:24", &[]),
        ("privacy OR (records in:commentary)", &["Rev.1 Preamble(1) privacy", "Rev.1 “First comments” records"]),
        ("=Article in:commentary", &["Rev.1 “First comments” Article"]),
        ("authorization NOT in:commentary", &["Rev.1 24(2) authorization"]),
        ("in:commentary zebra", &[]),
    ];
    let answers = cases.iter().map(|(query, expected)| (*query, found(&index, &project, query, &options), *expected));
    let wrong: Vec<_> = answers.filter(|(_, found, expected)| found != expected).collect();
    assert!(wrong.is_empty(), "query, found, expected: {wrong:#?}");
}

#[test]
fn commentaries_are_searched_along_when_wanted() {
    let mut project = treaty();
    let mut index = indexed(&project);
    let all = Options { commentaries: true, ..Options::default() };
    let expected = ["Rev.1 24(2) authorization", "Rev.1 “First comments” authorization"];
    assert_eq!(found(&index, &project, "authorization", &all), expected);
    let results = index.run(&project, &parse("authorization").unwrap(), &all).unwrap();
    assert_eq!(results.per_commentary, [(CommentaryId(1), 1)]);
    assert_eq!(results.per_draft, [(DraftId(1), 1)]);
    assert_eq!(results.total, 2);
    let hit = &results.hits[1];
    let text = &project.commentaries[&CommentaryId(1)].text;
    assert_eq!(hit.range.of(text), Some("We ask for prior authorization, and for records that are kept."));
    // What was decided about its suggestions does not make it another text; a commentary that goes is gone.
    let mut decided = (*project.commentaries[&CommentaryId(1)]).clone();
    decided.details.title = "Renamed".into();
    project.commentaries.insert(decided.id, Arc::new(decided));
    assert_eq!(index.update(&project, &mut super::Patient).unwrap().commentaries, 0);
    assert_eq!(found(&index, &project, "authorization in:commentary", &all), ["Rev.1 “Renamed” authorization"]);
    project.commentaries.clear();
    assert_eq!(index.update(&project, &mut super::Patient).unwrap().removed, 1);
    assert_eq!(found(&index, &project, "authorization in:commentary", &all), [""; 0]);
}

#[test]
fn what_is_not_compared_is_asked_for() {
    let project = treaty();
    let index = indexed(&project);
    let query = parse("changed:since(Rev.1) OR changed:since(Rev.1) cybercrime").unwrap();
    let results = index.run(&project, &query, &Options::default()).unwrap();
    assert_eq!(results.uncompared, [(DraftId(1), DraftId(2))]);
    assert_eq!(results.notices[0].message, "Rev.2 is not compared with Rev.1 yet");
    let told = Options { changes: changes(&project), ..Options::default() };
    let results = index.run(&project, &query, &told).unwrap();
    assert!(results.uncompared.is_empty() && results.notices.is_empty());
    let said = |text: &str| index.run(&project, &parse(text).unwrap(), &told).unwrap().notices[0].message.clone();
    assert_eq!(said("changed:since(rev)"), "Several drafts are called “rev”, among them Rev.1 and Rev.2");
    assert_eq!(said("changed:since(Rev.3)"), "No draft is called “Rev.3”; did you mean “Rev.1”?");
    assert_eq!(said("changed:since(Rev.2)"), "No draft searched here comes after Rev.2 in its language");
    assert_eq!(said("draft:Rec.2"), "No draft searched here is called “Rec.2”; did you mean “Rev.2”?");
    assert_eq!(said("concern:safegards"), "No concern is called “safegards”; did you mean “Missing safeguards”?");
    assert_eq!(said("analyst:amaro"), "No analyst is called “amaro”; did you mean “Amara Diallo”?");
}

/// The guide is written from the table.
#[test]
fn every_construct_can_be_read_and_stands_in_the_guide() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap_or_default();
    let mut expected = String::new();
    let mut group = "";
    for construct in CONSTRUCTS {
        for query in construct.queries() {
            parse(query).unwrap_or_else(|e| panic!("{query}: {e:?}"));
        }
        assert!(!construct.means.ends_with('.') && !construct.means.is_empty(), "{construct:?}");
        if construct.group != group {
            group = construct.group;
            expected.push_str(&format!("| **{group}** | |\n"));
        }
        let examples: Vec<_> = construct.queries().map(|q| format!("`{}`", q.replace('|', "\\|"))).collect();
        expected.push_str(&format!("| {} | {} |\n", examples.join(" "), construct.means));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        println!("{expected}");
    }
    assert!(guide.contains(&expected), "the README's guide to searching is not that of the table:\n{expected}");
}

/// `Plastics` holds the letters of `last`, and says nothing about which draft is the last.
#[test]
fn the_first_and_the_last_are_meant_before_names_that_hold_the_words() {
    let mut project = treaty();
    project.drafts = vec![
        draft(1, "Plastics INC-4", "First things", 12, REV1),
        draft(2, "Plastics INC-5", "UNEP/5", 3, REV2),
        draft(3, "Elastic", "Firsthand", 4, REV2),
    ];
    let mut known = changes(&project);
    known.tell(DraftId(1), DraftId(3), Arc::from([TextRange { start: 0, end: project.drafts[2].text.len() }]));
    let index = indexed(&project);
    let options = Options { changes: known, ..Options::default() };
    let found = |query: &str| found(&index, &project, query, &options);
    assert_eq!(found("surveillance draft:last"), ["Elastic 25(1) surveillance"]);
    assert_eq!(found("surveillance draft:First"), ["Plastics INC-4 1(2) surveillance"]);
    let since_first = ["Plastics INC-5 25(1) surveillance", "Elastic 25(1) surveillance"];
    assert_eq!(found("surveillance changed:since(first)"), since_first);
    assert_eq!(found("surveillance changed:since(last)"), [""; 0]);
    assert_eq!(found("surveillance draft:lastic").len(), 3);
    // Where the last is not searched there is none of it; and a draft that is called so is meant first.
    let narrow = Options { drafts: Some([DraftId(1)].into()), ..options.clone() };
    assert_eq!(super::found(&index, &project, "surveillance draft:last", &narrow), [""; 0]);
    let mut project = project.clone();
    project.drafts[1] = draft(2, "Last", "UNEP/5", 3, REV2);
    let index = indexed(&project);
    assert_eq!(super::found(&index, &project, "surveillance draft:last", &options), ["Last 25(1) surveillance"]);
}

/// `|` is the cursor; each expected entry is what would stand in its place.
fn completes(marked: &str, expected: &[&str]) {
    let project = treaty();
    let cursor = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let found = complete(&text, cursor, Some(&project));
    assert!(found.replace.start <= cursor && cursor <= found.replace.end, "{marked} {found:?}");
    let made: Vec<_> = found.entries.iter().map(|e| e.insert.as_str()).collect();
    assert_eq!(made, expected, "{marked} {found:?}");
    for entry in &found.entries {
        assert!(!entry.shows.is_empty());
        // Whatever is offered can be read, as it stands or with a value behind it.
        let open = entry.insert.ends_with([':', '(', ' ']);
        let text = format!("{}{}{}", &text[..found.replace.start], entry.insert, &text[found.replace.end..]);
        assert!(open || parse(&text).is_ok(), "{text}");
    }
}

const EVERYTHING: [&str; 21] = [
    "draft:",
    "article:",
    "concern:",
    "severity:",
    "analyst:",
    "status:",
    "has:",
    "no:",
    "in:",
    "mark:",
    "changed:since(",
    "kind:",
    "chapter:",
    "part:",
    "section:",
    "title:",
    "annex:",
    "recital:",
    "AND ",
    "OR ",
    "NOT ",
];

#[test]
fn what_can_come_next_is_offered() {
    completes("arti|", &["article:", "kind:article"]);
    completes("ch|", &["changed:since(", "chapter:"]);
    completes("data AN|", &["analyst:", "annex:", "AND "]);
    completes("N|", &["no:", "NOT "]);
    completes("data | crime", &EVERYTHING);
    completes("saf|", &["concern:SG"]);
    completes("lind|", &["analyst:\"Bo Lindqvist\""]);
    completes("brack|", &["mark:bracketed"]);
}

#[test]
fn values_of_the_project_are_offered() {
    completes("concern:|", &["SG", "SC"]);
    completes("concern:saf|", &["SG"]);
    completes("concern:\"Missing sa|", &["SG"]);
    completes("concern:w| data", &["SC"]);
    completes("analyst:|", &["\"Amara Diallo\"", "\"Bo Lindqvist\""]);
    completes("draft:|", &["Rev.1", "Rev.2", "first", "last"]);
    completes("draft:2023-11|", &["Rev.2"]);
    completes("changed:|", &["since(Rev.1)", "since(Rev.2)"]);
    completes("changed:since(Rev.1|", &["since(Rev.1)"]);
    completes("article:2|", &["23", "25", "24", "\"24 bis\""]);
    completes("article:scop|", &["23"]);
    completes("article:23..|", &["23..23", "23..25", "23..24", "\"23..24 bis\""]);
    completes("article:23(2)(|", &["23(2)(a)", "23(2)(b)"]);
    completes("chapter:|", &["I", "V"]);
    completes("annex:|", &["A"]);
    completes("status:|", &["draft", "review", "agreed"]);
    completes("severity:>=h|", &[">=high"]);
    completes("mark:a|", &["agreed", "alternative"]);
    completes("no:c|", &["concern"]);
    completes("kind:para|", &["paragraph"]);
    completes("in:|", &["heading", "note", "commentary", "preamble", "annex"]);
    completes("articel:|", &["article:"]);
    completes("\"serious cri|me\"", &[]);
    completes("zebra|", &[]);
    let entry = complete("concern:saf", 11, Some(&treaty())).entries.remove(0);
    assert_eq!((entry.shows.as_str(), entry.explains.as_str()), ("SG Missing safeguards", "What protects people"));
    let entry = complete("article:23", 10, Some(&treaty())).entries.remove(0);
    assert_eq!((entry.shows.as_str(), entry.explains.as_str()), ("23", "Scope"));
    assert_eq!(complete("concern:", 8, None).entries, []);
}

/// An index answers no question wrongly because of a commentary that is not in it yet.
#[test]
fn a_commentary_that_came_since_is_left_out() {
    let mut project = treaty();
    let commentaries = std::mem::take(&mut project.commentaries);
    let index = indexed(&project);
    project.commentaries = commentaries;
    assert_eq!(found(&index, &project, "authorization in:commentary", &Options::default()), [""; 0]);
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::at(folder.path()).unwrap();
    assert_eq!(index.update(&project, &mut super::Patient).unwrap().commentaries, 1);
    drop(index);
    let mut index = Index::at(folder.path()).unwrap();
    assert_eq!(index.update(&project, &mut super::Patient).unwrap().commentaries, 0, "it was kept");
    let expected = ["Rev.1 “First comments” authorization"];
    assert_eq!(found(&index, &project, "authorization in:commentary", &Options::default()), expected);
}
