//! A query over a small treaty in five languages, and the citations and words it finds.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::{prop_assert, prop_assert_eq};
use sample::{draft, sample};
use travaux::model::{
    AnalystId, Annotation, AnnotationId, ConcernId, DraftId, Project, ProjectDetails, ProjectId, Reply, ReplyId,
    Severity,
};
use travaux::search::{Hit, Index, Options, Order, Results, SearchError, Updated, Watch, parse};

#[path = "search/counting.rs"]
mod counting;
#[path = "search/language.rs"]
mod language;
#[path = "search/random.rs"]
mod random;
#[path = "search/sample.rs"]
mod sample;
#[path = "search/scan.rs"]
mod scan;
#[path = "search/tongues.rs"]
mod tongues;

struct Patient;

impl Watch for Patient {
    fn progress(&mut self, done: u64, total: u64) {
        assert!(done <= total);
    }

    fn cancelled(&self) -> bool {
        false
    }
}

fn indexed(project: &Project) -> Index {
    let mut index = Index::in_memory().unwrap();
    index.update(project, &mut Patient).unwrap();
    index
}

/// `Rev.1 23(1) intercept|data`, and for a note `Rev.1 23(1) # interception` with the words marked in its snippet.
fn shown(project: &Project, results: &Results) -> Vec<String> {
    let line = |hit: &Hit| {
        let draft = project.draft(hit.draft).unwrap();
        if let Some(commentary) = hit.commentary.map(|id| &project.commentaries[&id]) {
            let marks: Vec<_> = hit.marks.iter().map(|m| m.of(&commentary.text).unwrap().replace('\n', " ")).collect();
            return format!("{} “{}” {}", draft.name(), commentary.name(), marks.join("|")).trim_end().to_owned();
        }
        let marks: Vec<_> = match hit.annotation {
            None => hit.marks.iter().map(|m| m.of(&draft.text).unwrap().replace('\n', " ")).collect(),
            Some(_) => hit.snippet.marks.iter().map(|m| hit.snippet.text[m.clone()].to_owned()).collect(),
        };
        let note = if hit.annotation.is_some() { " #" } else { "" };
        format!("{} {}{note} {}", draft.name(), hit.citation, marks.join("|")).trim_end().to_owned()
    };
    results.hits.iter().map(line).collect()
}

fn found(index: &Index, project: &Project, query: &str, options: &Options) -> Vec<String> {
    let query = parse(query).unwrap_or_else(|e| panic!("{query}: {e:?}"));
    shown(project, &index.run(project, &query, options).unwrap())
}

#[test]
fn queries_find_citations_and_mark_words() {
    let project = sample();
    let index = indexed(&project);
    let cases: &[(&str, &[&str])] = &[
        // Words meet at their stem, in any capitals.
        (
            "INTERCEPTIONS",
            &[
                "Rev.1 23(1) intercept",
                "Rev.1 23(1) # interception",
                "Rev.1 24(1) Interception",
                "Rev.2 23(1) intercept",
                "Rev.2 23(1) # interception",
                "Rev.2 23(2) interceptions",
                "FR 23(1) interception",
            ],
        ),
        ("intercept data NOT traffic", &["Rev.1 23(1) intercept|data"]),
        ("resume", &["Rev.1 8 bis(1) résumé"]),
        ("protegees OR quagga", &["FR 23(1) protégées"]),
        ("protéger", &["FR 23(1) protégées"]),
        ("учет преступление", &["RU 23(1) Учёт|преступлений"]),
        ("أدلة", &["AR 23(1) الأدلّة"]),
        ("المادة AND 23 AND draft:AR", &["AR 23(1) للمادة|٢٣"]),
        ("للمادة 23 in:heading", &[]),
        ("罪", &["ZH 23(1) 罪|罪"]),
        ("网络犯罪", &["ZH 23(1) 网络 犯罪"]),
        // The end of one word and the next: neither begins with the first sign.
        ("罪为", &[]),
        ("络罪", &[]),
        // Phrases run over line ends and not over provisions.
        ("\"state party\"", &["Rev.1 23(1) State Party", "Rev.2 23(1) State Party"]),
        ("“mutual legal assistance”", &["Rev.2 23(2) Mutual legal assistance"]),
        ("\"legal mutual\"", &[]),
        ("\"apply to the offences\"", &[]),
        ("\"apply to as far as\"", &[]),
        ("\"mutual legal assist*\"", &["Rev.2 23(2) Mutual legal assistance"]),
        // Words after lettered points belong to the paragraph; those outside every provision are found.
        ("\"national law\"", &["Rev.1 23(2) national law"]),
        ("apply permits", &["Rev.1 23(2) apply|permits"]),
        ("\"model convention\" draft:Rev.2", &["Rev.2 Text model convention"]),
        // AND binds closer than OR.
        ("traffic OR content AND adopt", &["Rev.1 23(1) adopt|content", "Rev.2 23(1) traffic"]),
        ("(traffic OR content) adopt", &["Rev.1 23(1) adopt|content"]),
        ("-intercept data", &["Rev.1 28(1) Data"]),
        ("NOT NOT zebra", &["Rev.1 Preamble(1) # zebra"]),
        // Prefixes look at the word as written, not at its stem.
        ("surveilla*", &["Rev.1 24(1) surveillance", "Rev.2 23(2) surveillance"]),
        ("surveillancex*", &[]),
        ("preser* NOT preserved", &[]),
        // Patterns and exact words.
        ("/inter(cept|fere)\\w+/ article:24", &["Rev.1 24(1) Interception"]),
        ("/(?-i)inter(cept|fere)\\w+/ NOT in:note draft:Rev.1", &[]),
        ("=ICT", &["Rev.1 23(2)(b) ICT"]),
        ("=ict", &[]),
        ("=\"legal assistance\"", &["Rev.2 23(2) legal assistance"]),
        ("=Interception", &["Rev.1 24(1) Interception"]),
        ("/ninety\\s+days/ =Data", &["Rev.1 28(1) Data|ninety days"]),
        // Places.
        ("data article:23", &["Rev.1 23(1) data", "Rev.2 23(1) data"]),
        ("article:28..30 kind:paragraph", &["Rev.1 28(1)", "Rev.2 30(1)"]),
        ("article:\"8 bis\" kind:paragraph", &["Rev.1 8 bis(1)"]),
        ("article:8BIS kind:article", &["Rev.1 8 bis"]),
        ("article:8", &[]),
        ("article:23(2)(b)", &["Rev.1 23(2)(b)"]),
        ("article:23(2) kind:subparagraph", &["Rev.1 23(2)(a)", "Rev.1 23(2)(b)"]),
        ("(article:23(2) kind:item) OR kind:chapter", &["Rev.1 Chapter IV"]),
        ("data draft:rev", &["Rev.1 23(1) data", "Rev.1 28(1) Data", "Rev.2 23(1) data"]),
        ("scope in:heading", &["Rev.1 23 Scope", "Rev.2 23 Scope"]),
        ("intercept in:heading", &[]),
        ("in:heading draft:Rev.2", &["Rev.2 23", "Rev.2 30"]),
        ("国家", &["ZH 23(1) 国家"]),
        // Remarks: the concerns below count, and one remark has to meet all.
        ("concern:surveillance", &["Rev.1 23(1)", "Rev.1 28(1)", "Rev.2 23(1)"]),
        ("concern:BR", &["Rev.1 28(1)"]),
        ("concern:\"bulk ret\"", &["Rev.1 28(1)"]),
        ("concern:veillance", &[]),
        ("concern:safeguards analyst:amara", &[]),
        ("analyst:bo", &["Rev.1 24(1)"]),
        ("severity:>=3", &["Rev.1 23(1)", "Rev.1 28(1)", "Rev.2 23(1)"]),
        ("severity:<high", &["Rev.1 24(1)"]),
        ("severity:4 concern:SV", &["Rev.1 28(1)"]),
        ("data concern:surveillance -severity:critical", &["Rev.1 23(1) data", "Rev.2 23(1) data"]),
        ("has:note article:28", &[]),
        ("has:absence", &["Rev.1 28(1)"]),
        ("has:recommendation OR concern:BR", &["Rev.1 24(1)", "Rev.1 28(1)"]),
        // Notes are read with the words they propose, and shown where they stand.
        ("wide", &["Rev.1 23(1) # wide", "Rev.2 23(1) # wide"]),
        ("wide draft:Rev.2", &["Rev.2 23(1) # wide"]),
        ("\"independent court\" concern:SG", &["Rev.1 24(1) # independent court"]),
        ("zebra", &["Rev.1 Preamble(1) # zebra"]),
        ("zebra article:23", &[]),
        ("in:note severity:low", &["Rev.1 24(1) #"]),
        ("=Good in:note", &["Rev.1 24(1) # Good"]),
        ("intercept in:note article:24", &[]),
        ("intercept NOT in:note draft:Rev.2", &["Rev.2 23(1) intercept", "Rev.2 23(2) interceptions"]),
        // Signs that are no words are passed over.
        ("data & days", &["Rev.1 28(1) Data|days"]),
        ("young - person's", &["Rev.1 8 bis Young|persons", "Rev.1 8 bis(1) young|person"]),
        ("quagga", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&index, &project, query, &Options::default()), *expected, "{query}");
    }
}

#[test]
fn everything_but_is_a_query() {
    let project = sample();
    let index = indexed(&project);
    let words = |query: &str| found(&index, &project, query, &Options::default()).len();
    let all = words("NOT quagga");
    assert_eq!(words("data") + words("NOT data"), all);
    assert_eq!(words("\"state party\"") + words("NOT \"state party\""), all);
    assert_eq!(words("article:23") + words("NOT article:23"), all);
    assert_eq!(words("/e/ NOT in:note") + words("NOT /e/"), all);
    assert_eq!(words("NOT (data OR article:23)"), words("NOT data NOT article:23"));
}

#[test]
fn mistakes_are_explained_with_their_place() {
    let huge = format!("/{}/", "(a{1,100}){1,100}".repeat(4));
    let deep = "(".repeat(200);
    let nots = format!("{}x", "NOT ".repeat(200));
    let many = "x ".repeat(150);
    let long = "x".repeat(9000);
    let phrase = format!("\"{}\"", "a b ".repeat(50));
    let cases: &[(&str, &str, &str)] = &[
        ("", "", "There are no words to search for"),
        (" *** ", "***", "A star can only stand at the end of a word"),
        ("a *", "*", "A star needs the beginning of a word before it"),
        ("& §", "& §", "There are no words to search for"),
        ("state \"party", "\"", "This quotation mark is never closed"),
        ("« état", "«", "This quotation mark is never closed"),
        ("a \"--\"", "\"--\"", "There are no words between these quotation marks"),
        ("a (b OR c", "(", "This parenthesis is never closed"),
        ("(a OR b)) c", ")", "This parenthesis closes nothing"),
        ("a ()", "()", "There is nothing between these parentheses"),
        ("a AND", "AND", "AND needs something after it"),
        ("OR a", "OR", "OR needs something before it"),
        ("(AND a)", "AND", "AND needs something before it"),
        ("a NOT", "NOT", "NOT needs something after it"),
        ("/inter", "/", "This slash opens a pattern that is never closed"),
        ("//", "//", "There is nothing between these slashes"),
        ("/a(b/", "/a(b/", "This pattern cannot be read: unclosed group"),
        (&huge, &huge, "This pattern is too large"),
        ("\"a b\"~", "~", "Say how many words may stand between, as in \"without right\"~3"),
        ("\"a b\"~x", "~x", "Say how many words may stand between"),
        ("\"a b\"~999 c", "~999", "The words of a phrase can be up to 50 words apart"),
        ("=\"a b\"~2", "=\"a b\"~", "Words exactly as written cannot stand apart"),
        ("data~3", "data~3", "A word can be 0, 1 or 2 letters off"),
        ("data~0.8", "data~0.8", "A word can be 0, 1 or 2 letters off"),
        ("dat*~1", "dat*~1", "A word ends in a star or in a tilde, not in both"),
        ("\"right * privacy\"", "\"right * privacy\"", "A star needs the beginning of a word before it"),
        ("data articel:23", "articel", "There is no field “articel”, did you mean article?"),
        ("concern:(a OR b)", "concern:(", "A field has one value: write it out for each"),
        ("chapter:V..I", "V..I", "A range of chapters runs from a number to a higher one"),
        ("article:23,24", "23,24", "This is no number of an article, write article:23"),
        ("annex:§", "§", "This is no number of an annex, write annex:23"),
        (
            "mark:bracket",
            "bracket",
            "A mark is bracketed, agreed, alternative, deleted, placeholder or unbalanced; did you mean bracketed?",
        ),
        ("status:done", "done", "A status is draft, review or agreed"),
        ("no:notes", "notes", "A provision can be without a note, recommendation, proposal,"),
        ("changed:Rev.1", "Rev.1", "Say since which draft, as in changed:since(Rev.1)"),
        ("changed:", "changed:", "Say since which draft"),
        ("changed:since()", "since()", "Say since which draft"),
        ("changed:since(Rev.1 a", "(", "This parenthesis is never closed"),
        ("changed:since(\"Rev.1\" a)", "(", "This parenthesis is never closed"),
        ("sur*lance", "sur*lance", "A star can only stand at the end of a word"),
        ("=\"\"", "=\"\"", "There is nothing to search for here"),
        ("é foo:bar", "foo", "There is no field “foo”"),
        ("article:", "article:", "A value is missing, as in article:23"),
        ("article:§", "§", "This is no number of an article"),
        ("article:30..28", "30..28", "A range of articles runs from a number to a higher one"),
        ("article:VI..IV", "VI..IV", "A range of articles runs"),
        ("article:x..", "x..", "A range of articles runs"),
        ("severity:5", "5", "A severity is 1 to 4"),
        ("kind:clause", "clause", "A kind is article, paragraph,"),
        ("has:zebra", "zebra", "A provision can have a note,"),
        ("in:text", "text", "Words can be in a heading, note, commentary, preamble or annex"),
        (&deep, "(", "This"),
        (&nots, "NOT", "This is more than 40 levels deep"),
        (&many, "x", "A query can have 100 parts"),
        (&long, &long[4000..], "A query can have 4000 bytes"),
        (&phrase, &phrase, "A phrase can have 60 words"),
    ];
    for (query, place, message) in cases {
        let error = parse(query).map(|_| ()).expect_err(query);
        assert!(error.message.starts_with(message), "{query}: {error:?}");
        assert_eq!(&query[error.range.clone()], *place, "{query}: {error:?}");
        assert!(!error.message.ends_with('.'), "{error:?}");
    }
}

#[test]
fn names_the_project_does_not_have_are_pointed_out() {
    let project = sample();
    let index = indexed(&project);
    let text = "data OR concern:zebra OR draft:\"Rev 9\" OR analyst:Zoe";
    let results = index.run(&project, &parse(text).unwrap(), &Options::default()).unwrap();
    assert_eq!(results.total, 3);
    let notices: Vec<_> = results.notices.iter().map(|n| &text[n.range.clone()]).collect();
    assert_eq!(notices, ["zebra", "\"Rev 9\"", "Zoe"]);
    assert_eq!(results.notices[0].message, "No concern is called “zebra”");
}

#[test]
fn options_narrow_order_and_limit() {
    let project = sample();
    let index = indexed(&project);
    let check = |query: &str, options: Options, expected: &[&str]| {
        assert_eq!(found(&index, &project, query, &options), expected, "{query} {options:?}");
    };
    let all = Options { notes: false, ..Options::default() };
    check(
        "intercept draft:rev",
        all.clone(),
        &["Rev.1 23(1) intercept", "Rev.1 24(1) Interception", "Rev.2 23(1) intercept", "Rev.2 23(2) interceptions"],
    );
    let drafts = Options { drafts: Some(BTreeSet::from([DraftId(3)])), ..all.clone() };
    check("interception", drafts, &["FR 23(1) interception"]);
    let amara = Options { analysts: Some(BTreeSet::from([AnalystId(1)])), ..Options::default() };
    check("data", amara.clone(), &["Rev.1 23(1) data", "Rev.1 28(1) Data", "Rev.2 23(1) data"]);
    check("zebra OR wide", amara.clone(), &["Rev.1 23(1) # wide", "Rev.2 23(1) # wide"]);
    let both = Options { concerns: Some(BTreeSet::from([ConcernId(2)])), ..amara };
    check("data", both.clone(), &["Rev.1 28(1) Data"]);
    check("data severity:high", both, &[]);

    let ranked = Options { order: Order::Ranked, limit: 2, ..all.clone() };
    let query = parse("scope OR procedural").unwrap();
    let results = index.run(&project, &query, &ranked).unwrap();
    assert_eq!(shown(&project, &results), ["Rev.1 23 Scope|procedural", "Rev.2 23 Scope"]);
    assert!(results.hits[0].score > results.hits[1].score && results.hits[1].score > 0.0);
    assert!(results.truncated);
    assert_eq!((results.total, results.per_draft), (3, vec![(DraftId(1), 2), (DraftId(2), 1)]));
    let none = index.run(&project, &query, &Options { limit: 0, ..all }).unwrap();
    assert_eq!((none.hits.len(), none.total, none.truncated), (0, 3, true));
}

/// Article 28 has a critical remark and one about safeguards, which are two.
#[test]
fn parentheses_do_not_part_what_one_remark_has_to_meet() {
    let mut project = sample();
    let bulk = project.annotation(AnalystId(1), AnnotationId(3)).unwrap().clone();
    let safe = Annotation {
        id: AnnotationId(9),
        concerns: BTreeSet::from([ConcernId(3)]),
        severity: Some(Severity::Low),
        ..bulk
    };
    project.sets.get_mut(&AnalystId(1)).unwrap().annotations.insert(safe.id, safe);
    let index = indexed(&project);
    let safeguards = Options { concerns: Some(BTreeSet::from([ConcernId(3)])), ..Options::default() };
    let count = |query: &str, options: &Options| found(&index, &project, query, options).len();
    for (query, places) in [
        ("concern:SG severity:4 data", 0),
        ("concern:SG (severity:4 data)", 0),
        ("(concern:SG data) AND ((severity:4) days)", 0),
        ("data (concern:SG (days severity:1))", 1),
        ("(concern:BR data) (severity:4 days)", 1),
        ("(concern:SG days) (concern:BR OR severity:4)", 0),
    ] {
        assert_eq!(count(query, &Options::default()), places, "{query}");
    }
    for (query, places) in [("severity:4 data", 0), ("days (severity:4 data)", 0), ("days (severity:1 data)", 1)] {
        assert_eq!(count(query, &safeguards), places, "{query}, with safeguards");
    }
}

#[test]
fn a_hit_shows_its_words_and_its_place() {
    let project = sample();
    let index = indexed(&project);
    let query = parse("interceptions").unwrap();
    let hit = &index.run(&project, &query, &Options { notes: false, ..Options::default() }).unwrap().hits[3];
    let text = &project.drafts[1].text;
    assert_eq!(hit.snippet.text, "2. Mutual legal assistance includes interceptions and other surveillance measures");
    assert_eq!(&hit.snippet.text[hit.snippet.marks[0].clone()], "interceptions");
    assert_eq!(hit.range.of(text).unwrap().replace('\n', " "), hit.snippet.text);
    assert_eq!(project.drafts[1].outline.get(hit.provision.unwrap()).unwrap().number, "2");
}

#[test]
fn an_updated_index_answers_as_a_new_one() {
    let mut project = sample();
    let mut index = indexed(&project);
    let steps: [&dyn Fn(&mut Project); 9] = [
        &|p| drop(p.drafts.remove(2)),
        &|p| p.drafts.insert(0, draft(9, "Rev.0", "en", "article 1|Use of terms\n1|Interception means zebra")),
        &|p| p.sets.get_mut(&AnalystId(1)).unwrap().annotations.values_mut().for_each(|a| a.note = "zebra data".into()),
        &|p| Arc::make_mut(&mut p.drafts[1]).details.language = "de".into(),
        &|p| p.drafts[2] = draft(2, "Rev.2", "en", "article 23|Scope\n1|Zebra data"),
        &|p| reply(p, 2, "A zebra crossing, rather"),
        &|p| reply(p, 2, "No, the interception of data"),
        &|p| p.sets.get_mut(&AnalystId(2)).unwrap().replies.clear(),
        &|p| drop(p.sets.remove(&AnalystId(2))),
    ];
    for (i, step) in steps.iter().enumerate() {
        step(&mut project);
        let updated = index.update(&project, &mut Patient).unwrap();
        assert_ne!(updated, Updated::default(), "step {i}");
        assert_eq!(index.update(&project, &mut Patient).unwrap(), Updated::default(), "step {i}");
        let new = indexed(&project);
        for query in ["interception", "zebra", "data OR zebra*", "NOT data", "\"zebra data\"", "in:note", "独 OR 国"]
        {
            let [a, b] = [&index, &new].map(|index| found(index, &project, query, &Options::default()));
            assert_eq!(a, b, "step {i}: {query}");
        }
    }
}

/// Has an analyst answer the first note.
fn reply(project: &mut Project, who: u128, text: &str) {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let reply = Reply {
        id: ReplyId(1),
        whose: AnalystId(1),
        about: AnnotationId(1),
        text: text.to_owned(),
        created: now,
        changed: now,
    };
    project.sets.get_mut(&AnalystId(who)).unwrap().replies.insert(reply.id, reply);
}

#[test]
fn what_colleagues_reply_is_found_where_the_note_stands() {
    let mut project = sample();
    reply(&mut project, 2, "Narrower than the quagga clause");
    let index = indexed(&project);
    let search = |query: &str| index.run(&project, &parse(query).unwrap(), &Options::default()).unwrap().hits;
    let hits = search("quagga");
    let places: Vec<_> = hits.iter().map(|h| (h.draft, h.citation.to_string(), h.annotation, h.reply_of)).collect();
    let note = Some((AnalystId(1), AnnotationId(1)));
    let by = Some(AnalystId(2));
    let at = |draft| (DraftId(draft), "23(1)".to_owned(), note, by);
    assert_eq!(places, [at(1), at(2)]);
    assert!(hits.iter().all(|h| h.snippet.text == "Narrower than the quagga clause"));
    // A note and the replies to it meet a question together, and the words with the most of it are shown.
    assert_eq!(search("wide quagga").len(), 2);
    assert_eq!(search("wide").iter().map(|h| h.reply_of).collect::<Vec<_>>(), [None, None]);
    assert_eq!(search("quagga NOT in:note"), []);
}

#[test]
fn a_cancelled_update_changes_nothing() {
    struct Impatient;
    impl Watch for Impatient {
        fn progress(&mut self, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let mut project = sample();
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::at(folder.path()).unwrap();
    assert_eq!(index.update(&project, &mut Impatient), Err(SearchError::Cancelled));
    assert_eq!(index.update(&project, &mut Patient).unwrap().drafts, 6);
    let before = found(&index, &project, "data", &Options::default());
    project.drafts.push(draft(9, "Rev.9", "en", "article 1|More data"));
    assert_eq!(index.update(&project, &mut Impatient), Err(SearchError::Cancelled));
    assert_eq!(found(&index, &project, "data", &Options::default()), before);
    drop(index);
    let mut index = Index::at(folder.path()).unwrap();
    assert_eq!(index.update(&project, &mut Patient).unwrap().drafts, 1, "the others were kept");
    assert_eq!(found(&index, &project, "data", &Options::default()).len(), before.len() + 1);
    let slow = parse("/.{0,200}s.{0,200}t.{0,200}zz/").unwrap();
    assert_eq!(index.run_while(&project, &slow, &Options::default(), &Impatient), Err(SearchError::Cancelled));
}

#[test]
fn an_index_in_a_folder_is_kept_and_can_be_lost_or_damaged() {
    let project = sample();
    let folder = tempfile::tempdir().unwrap();
    let expected = found(&indexed(&project), &project, "data OR wide", &Options::default());
    let open = |folder: &Path| {
        let mut index = Index::at(folder).unwrap();
        let updated = index.update(&project, &mut Patient).unwrap();
        assert_eq!(found(&index, &project, "data OR wide", &Options::default()), expected);
        updated.drafts
    };
    assert_eq!(open(folder.path()), 6);
    assert_eq!(open(folder.path()), 0, "what was kept is not read again");

    let files = |folder: &Path| {
        let names = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
        let mut names: Vec<_> = names.filter(|f| !f.to_string_lossy().ends_with(".lock")).collect();
        names.sort();
        names
    };
    let count = files(folder.path()).len();
    for i in 0..count {
        for damage in 0..3 {
            let file = &files(folder.path())[i];
            let mut bytes = std::fs::read(file).unwrap();
            let middle = bytes.len() / 2;
            match damage {
                0 => bytes.truncate(middle),
                1 => bytes[middle] ^= 0x01,
                _ => bytes = b"nonsense".to_vec(),
            }
            std::fs::remove_file(file).unwrap();
            std::fs::write(file, bytes).unwrap();
            assert_eq!(open(folder.path()), 6, "{file:?} {damage}");
            assert_eq!(open(folder.path()), 0);
        }
    }
    for i in 0..count {
        std::fs::remove_file(&files(folder.path())[i]).unwrap();
        assert_eq!(open(folder.path()), 6);
    }
    // Two windows on one project: the second has an index of its own, in memory.
    let first = Index::at(folder.path()).unwrap();
    assert_eq!(open(folder.path()), 6);
    drop(first);
    assert_eq!(open(folder.path()), 0);
    // The folder goes while the program runs.
    let mut index = Index::at(folder.path()).unwrap();
    std::fs::remove_dir_all(folder.path()).unwrap();
    let mut changed = project.clone();
    changed.drafts.push(draft(9, "Rev.9", "en", "article 1|More zebras"));
    index.update(&changed, &mut Patient).unwrap();
    assert_eq!(found(&index, &changed, "zebras draft:Rev.9", &Options::default()), ["Rev.9 1 zebras"]);
}

/// A treaty of nonsense words, a paragraph for each list.
fn nonsense(paragraphs: &[Vec<usize>]) -> Project {
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    let mut source = String::from("article 1|Title");
    for (i, words) in paragraphs.iter().enumerate() {
        let words: Vec<_> = words.iter().map(|&w| NONSENSE[w % NONSENSE.len()]).collect();
        source.push_str(&format!("\n{}|{}", i + 1, words.join(" ")));
    }
    project.drafts = vec![draft(1, "X", "", &source)];
    project
}

const NONSENSE: [&str; 6] = ["blorp", "blorpo", "quib", "zand", "mux", "quibble"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_query_or_explained(text in any::<String>(), picks in proptest::collection::vec(0usize..26, 0..12)) {
        const PARTS: [&str; 26] = [
            "data", "\"state party\"", "(", ")", "AND", "OR", "NOT", "-", "sur*", "/a+/", "/", "=ICT", "=\"", "article:",
            "23", "..", "concern:SV", "in:heading", "in:note", "\"", "severity:>=", "罪", "é", ":", "kind:article", " ",
        ];
        let project = sample_once();
        let made: Vec<_> = picks.iter().map(|&p| PARTS[p]).collect();
        for text in [text.clone(), made.join(" "), made.concat()] {
            match parse(&text) {
                Ok(query) => {
                    let results = project.1.run(&project.0, &query, &Options::default()).unwrap();
                    for hit in &results.hits {
                        let text = &project.0.draft(hit.draft).unwrap().text;
                        prop_assert!(hit.marks.iter().all(|m| !m.is_empty() && m.of(text).is_some()));
                        prop_assert!(hit.snippet.marks.iter().all(|m| hit.snippet.text.get(m.clone()).is_some()));
                    }
                }
                Err(error) => prop_assert!(text.get(error.range).is_some() && !error.message.is_empty()),
            }
        }
    }

    #[test]
    fn words_are_found_where_a_plain_scan_finds_them(
        paragraphs in proptest::collection::vec(proptest::collection::vec(0usize..6, 0..8), 1..12),
        first in 0usize..6,
        second in 0usize..6,
    ) {
        let project = nonsense(&paragraphs);
        let index = indexed(&project);
        let (a, b) = (NONSENSE[first], NONSENSE[second]);
        type Holds<'a> = &'a dyn Fn(&[&str]) -> bool;
        let cases: [(String, Holds<'_>); 6] = [
            (a.to_owned(), &|w| w.contains(&a)),
            (format!("{a} AND {b}"), &|w| w.contains(&a) && w.contains(&b)),
            (format!("{a} OR {b}"), &|w| w.contains(&a) || w.contains(&b)),
            (format!("{a} NOT {b}"), &|w| w.contains(&a) && !w.contains(&b)),
            (format!("\"{a} {b}\""), &|w| w.windows(2).any(|p| p == [a, b])),
            (format!("{a}*"), &|w| w.iter().any(|w| w.starts_with(a))),
        ];
        for (query, holds) in cases {
            let results = index.run(&project, &parse(&query).unwrap(), &Options::default()).unwrap();
            let found: Vec<_> = results.hits.iter().map(|h| h.citation.to_string()).collect();
            let expected: Vec<_> = (1..)
                .zip(&paragraphs)
                .filter(|(_, words)| holds(&words.iter().map(|&w| NONSENSE[w]).collect::<Vec<_>>()))
                .map(|(i, _)| format!("1({i})"))
                .collect();
            prop_assert_eq!(found, expected, "{}", query);
            for hit in results.hits {
                prop_assert!(!hit.marks.is_empty());
            }
        }
    }
}

fn sample_once() -> &'static (Project, Index) {
    static SAMPLE: LazyLock<(Project, Index)> = LazyLock::new(|| {
        let project = sample();
        let index = indexed(&project);
        (project, index)
    });
    &SAMPLE
}
