//! Search beside a plain scan: random drafts, notes and commentaries, random edits of them, random questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, any, proptest};
use travaux::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Commentary, CommentaryDetails,
    CommentaryId, Concern, ConcernId, Draft, DraftId, Project, ProjectDetails, ProjectId, Reach, Swatch, TextRange,
};
use travaux::search::{Index, Options, parse};

use super::random::Dice;
use super::sample::draft;

/// Words no stemmer changes, some of them near one another.
const WORDS: [&str; 8] = ["blorp", "blorpo", "blrop", "quib", "quab", "zand", "zandmux", "mux"];

/// A question, written and answered in the plainest way.
#[derive(Clone, Debug)]
enum Asked {
    Word(usize),
    Prefix(&'static str),
    Near(usize, usize),
    Phrase(Vec<usize>, usize),
    Exact(usize),
    Pattern(&'static str),
    Article(usize),
    Draft(usize),
    Concern,
    NoNote,
    InNote,
    InCommentary,
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

/// What can be found: the words of a paragraph of a draft, a note, or a paragraph of a commentary.
#[derive(Clone, Debug)]
struct Unit {
    name: String,
    words: Vec<String>,
    draft: usize,
    /// The article of a paragraph; none elsewhere.
    article: Option<usize>,
    kind: Kind,
    /// Whether one of the remarks on it has the concern, and whether one has a note.
    concern: bool,
    noted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Note,
    Commentary,
}

/// How a unit meets a question: by its own words, and where commentaries were asked for.
type Met = Option<(bool, bool)>;

impl Asked {
    fn at_random(dice: &mut Dice, depth: usize) -> Self {
        let word = |dice: &mut Dice| dice.below(WORDS.len());
        match dice.below(if depth > 2 { 14 } else { 22 }) {
            0 | 1 => Self::Word(word(dice)),
            2 => Self::Prefix(dice.pick(&["bl", "blorp", "zand", "q", "muxx", "blorpo"])),
            3 | 4 => Self::Near(word(dice), dice.below(3)),
            5 | 6 => {
                let length = 2 + dice.below(2);
                Self::Phrase((0..length).map(|_| word(dice)).collect(), [0, 0, 1, 2, 3, 5][dice.below(6)])
            }
            7 => Self::Exact(word(dice)),
            8 => Self::Pattern(dice.pick(&["lo?r", "mux$", "^[0-9. ]*zand", "b.{1,12}x"])),
            9 => Self::Article(1 + dice.below(3)),
            10 => Self::Draft(1 + dice.below(3)),
            11 if dice.below(2) == 0 => Self::Concern,
            11 => Self::NoNote,
            12 => Self::InNote,
            13 => Self::InCommentary,
            14 | 15 => Self::Not(Box::new(Self::at_random(dice, depth + 1))),
            n => {
                let parts = (0..2 + dice.below(2)).map(|_| Self::at_random(dice, depth + 1)).collect();
                if n < 20 { Self::And(parts) } else { Self::Or(parts) }
            }
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Word(w) => WORDS[*w].to_owned(),
            Self::Prefix(p) => format!("{p}*"),
            Self::Near(w, d) => format!("{}~{d}", WORDS[*w]),
            Self::Phrase(words, slop) => {
                let words: Vec<_> = words.iter().map(|&w| WORDS[w]).collect();
                format!("\"{}\"~{slop}", words.join(" "))
            }
            Self::Exact(w) => format!("={}", WORDS[*w]),
            Self::Pattern(p) => format!("/{p}/"),
            Self::Article(n) => format!("article:{n}"),
            Self::Draft(n) => format!("draft:D{n}"),
            Self::Concern => "concern:SV".to_owned(),
            Self::NoNote => "no:note".to_owned(),
            Self::InNote => "in:note".to_owned(),
            Self::InCommentary => "in:commentary".to_owned(),
            Self::Not(part) => format!("NOT ({})", part.written()),
            Self::And(parts) => parts.iter().map(|p| format!("({})", p.written())).collect::<Vec<_>>().join(" AND "),
            Self::Or(parts) => parts.iter().map(|p| format!("({})", p.written())).collect::<Vec<_>>().join(" OR "),
        }
    }

    fn met(&self, unit: &Unit) -> Met {
        let condition = |holds: bool| holds.then_some((false, false));
        match self {
            Self::Not(part) => match &**part {
                // Denied twice is asked for.
                Self::Not(part) => part.met(unit),
                part => condition(part.met(unit).is_none()),
            },
            Self::And(parts) => parts.iter().try_fold((false, false), |(a, b), part| {
                let (c, d) = part.met(unit)?;
                Some((a || c, b || d))
            }),
            Self::Or(parts) => parts.iter().filter_map(|p| p.met(unit)).reduce(|(a, b), (c, d)| (a || c, b || d)),
            Self::Article(n) => condition(unit.article == Some(*n)),
            Self::Draft(n) => condition(unit.draft == *n),
            Self::Concern => condition(unit.concern),
            Self::NoNote => condition(!unit.noted),
            Self::InNote => (unit.kind == Kind::Note).then_some((true, false)),
            Self::InCommentary => (unit.kind == Kind::Commentary).then_some((true, true)),
            _ => (!self.marked(&unit.words).is_empty()).then_some((true, false)),
        }
    }

    /// The words that are marked, by their numbers.
    fn marked(&self, words: &[String]) -> BTreeSet<usize> {
        let which = |test: &dyn Fn(&str) -> bool| (0..words.len()).filter(|&i| test(&words[i])).collect();
        match self {
            Self::Word(w) => which(&|t| t == WORDS[*w]),
            Self::Exact(w) => which(&|t| t == WORDS[*w]),
            Self::Prefix(p) => which(&|t| t.starts_with(p)),
            Self::Near(w, most) => which(&|t| distance(t.as_bytes(), WORDS[*w].as_bytes()) <= *most),
            Self::Phrase(wanted, slop) => {
                let mut marked = BTreeSet::new();
                choices(words, wanted, &mut Vec::new(), *slop as i64, &mut marked);
                marked
            }
            Self::Pattern(p) => {
                let text = words.join(" ");
                let mut starts = vec![0];
                starts.extend(text.match_indices(' ').map(|(i, _)| i + 1));
                let regex = regex::Regex::new(&format!("(?im){p}")).unwrap();
                let found: Vec<_> = regex.find_iter(&text).filter(|m| !m.is_empty()).map(|m| m.range()).collect();
                (0..words.len())
                    .filter(|&i| found.iter().any(|m| m.start < starts[i] + words[i].len() && starts[i] < m.end))
                    .collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The marks of all parts that are not denied.
    fn all_marked(&self, words: &[String], asserted: bool) -> BTreeSet<usize> {
        match self {
            Self::Not(part) => part.all_marked(words, !asserted),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(|p| p.all_marked(words, asserted)).collect(),
            leaf if asserted => leaf.marked(words),
            _ => BTreeSet::new(),
        }
    }

    fn says(&self, asserted: bool, wanted: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::Not(part) => part.says(!asserted, wanted),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|p| p.says(asserted, wanted)),
            leaf => asserted && wanted(leaf),
        }
    }
}

/// Every choice of different words, one for each of the phrase, that are moved no farther than allowed.
fn choices(words: &[String], wanted: &[usize], chosen: &mut Vec<usize>, slop: i64, marked: &mut BTreeSet<usize>) {
    if chosen.len() == wanted.len() {
        let shifts = || chosen.iter().enumerate().map(|(i, &at)| at as i64 - i as i64);
        if shifts().max().unwrap() - shifts().min().unwrap() <= slop {
            marked.extend(chosen.iter().copied());
        }
        return;
    }
    for at in 0..words.len() {
        if words[at] == WORDS[wanted[chosen.len()]] && !chosen.contains(&at) {
            chosen.push(at);
            choices(words, wanted, chosen, slop, marked);
            chosen.pop();
        }
    }
}

/// Letters left out, put in, changed or swapped, none touched twice.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let (Some((&x, rest_a)), Some((&y, rest_b))) = (a.split_last(), b.split_last()) else { return a.len() + b.len() };
    let mut least = distance(rest_a, b).min(distance(a, rest_b)) + 1;
    least = least.min(distance(rest_a, rest_b) + usize::from(x != y));
    if let ([before_a @ .., p, q], [before_b @ .., r, s]) = (a, b)
        && p == s
        && q == r
    {
        least = least.min(distance(before_a, before_b) + 1);
    }
    least
}

fn some_words(dice: &mut Dice, most: usize) -> String {
    let count = 1 + dice.below(most);
    (0..count).map(|_| dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn new_draft(dice: &mut Dice, id: usize) -> Arc<Draft> {
    let mut source = String::new();
    for article in 1..=1 + dice.below(3) {
        source.push_str(&format!("article {article}|Heading\n"));
        for paragraph in 1..=1 + dice.below(3) {
            source.push_str(&format!("{paragraph}|{}\n", some_words(dice, 7)));
        }
    }
    draft(id as u128, &format!("D{id}"), "", source.trim_end())
}

fn new_remark(dice: &mut Dice, id: u128, draft: &Draft) -> Annotation {
    let outline = &draft.outline;
    let paragraphs: Vec<_> = outline.provisions.iter().filter(|p| p.kind.word() == "paragraph").collect();
    let provision = paragraphs[dice.below(paragraphs.len())];
    let range = TextRange { start: provision.range.end - 2, end: provision.range.end };
    let anchor = Anchor::new(&draft.text, outline, range, Reach::Words);
    let now = Timestamp::UNIX_EPOCH;
    let mut annotation = Annotation::new(AnnotationId(id), AnnotationKind::Remark, draft.id, anchor, now);
    if dice.below(2) == 0 {
        annotation.concerns.insert(ConcernId(1));
    }
    if dice.below(3) > 0 {
        annotation.note = some_words(dice, 5);
    }
    annotation
}

fn new_commentary(dice: &mut Dice, id: u128, draft: DraftId) -> Arc<Commentary> {
    let paragraphs: Vec<_> = (0..1 + dice.below(3)).map(|_| some_words(dice, 6)).collect();
    let details = CommentaryDetails { title: format!("C{id}"), ..CommentaryDetails::default() };
    Arc::new(Commentary::new(CommentaryId(id), format!("c{id}"), draft, details, &paragraphs.join("\n\n")))
}

fn start(dice: &mut Dice) -> Project {
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    project.drafts = vec![new_draft(dice, 1), new_draft(dice, 2)];
    project.codebook.concerns = vec![Concern {
        id: ConcernId(1),
        tag: "SV".into(),
        name: "Surveillance".into(),
        definition: String::new(),
        look_for: String::new(),
        swatch: Swatch::Red,
        key: None,
        parent: None,
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }];
    let set = AnnotationSet::of(Analyst { id: AnalystId(1), name: "Amara".into() });
    project.sets.insert(AnalystId(1), set);
    project
}

/// One change such as a person makes.
fn edit(dice: &mut Dice, project: &mut Project, next: &mut u128) {
    *next += 1;
    let draft_at = dice.below(project.drafts.len());
    let draft = project.drafts.get(draft_at).cloned();
    let annotations = &mut project.sets.get_mut(&AnalystId(1)).unwrap().annotations;
    let remark = annotations.keys().nth(dice.below(annotations.len())).copied();
    match (dice.below(9), draft, remark) {
        (0..3, Some(draft), _) => {
            annotations.insert(AnnotationId(*next), new_remark(dice, *next, &draft));
        }
        (3, _, Some(id)) => drop(annotations.remove(&id)),
        (4, _, Some(id)) => annotations.get_mut(&id).unwrap().note = some_words(dice, 5),
        (5, Some(draft), _) => {
            project.commentaries.insert(CommentaryId(*next), new_commentary(dice, *next, draft.id));
        }
        (6, ..) => drop(project.commentaries.pop_first()),
        (7, Some(draft), _) if project.drafts.len() > 1 => {
            // What was said of a draft that goes away goes with it here; that places get lost is another test's.
            annotations.retain(|_, a| !a.placements.contains_key(&draft.id));
            project.commentaries.retain(|_, c| c.draft != draft.id);
            project.drafts.remove(draft_at);
        }
        _ => {
            let free = (1..=3).find(|id| project.drafts.iter().all(|d| d.id.0 != *id as u128));
            if let Some(id) = free {
                project.drafts.push(new_draft(dice, id));
            }
        }
    }
}

fn units(project: &Project) -> Vec<Unit> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut units = Vec::new();
    for draft in &project.drafts {
        let number = draft.id.0 as usize;
        let outline = &draft.outline;
        let mut of_draft = Vec::new();
        for index in outline.indices() {
            let provision = outline.get(index).unwrap();
            let own = outline.own_range(index).of(&draft.text).unwrap();
            let on_it = project
                .annotations()
                .filter(|(_, a)| a.anchor_in(draft.id).is_some_and(|x| outline.own_range(index).overlaps(x.range)));
            let on_it: Vec<_> = on_it.map(|(_, a)| a).collect();
            let article = outline.article(index).and_then(|a| outline.get(a)?.number.parse().ok());
            let unit = Unit {
                name: format!("{} {}", draft.name(), outline.citation(index)),
                words: words(own),
                draft: number,
                article,
                kind: Kind::Paragraph,
                concern: on_it.iter().any(|a| !a.concerns.is_empty()),
                noted: on_it.iter().any(|a| !a.note.is_empty()),
            };
            of_draft.push((provision.range.start, unit));
            for annotation in project.annotations().map(|(_, a)| a).filter(|a| !a.note.is_empty()) {
                let Some(anchor) = annotation.anchor_in(draft.id) else { continue };
                if outline.covering(anchor.range) == Some(index) {
                    let unit = Unit {
                        name: format!("{} {} #{}", draft.name(), outline.citation(index), annotation.id.0),
                        words: words(&annotation.note),
                        draft: number,
                        article,
                        kind: Kind::Note,
                        concern: !annotation.concerns.is_empty(),
                        noted: true,
                    };
                    of_draft.push((anchor.range.start, unit));
                }
            }
        }
        // The title stands outside of all provisions.
        let title = draft.text.lines().next().unwrap();
        let unit = Unit {
            name: format!("{} Text", draft.name()),
            words: words(title),
            draft: number,
            article: None,
            kind: Kind::Paragraph,
            concern: false,
            noted: false,
        };
        units.push(unit);
        of_draft.sort_by_key(|(start, unit)| (*start, unit.kind == Kind::Note));
        units.extend(of_draft.into_iter().map(|(_, unit)| unit));
    }
    for commentary in project.commentaries.values() {
        for (i, paragraph) in commentary.text.split("\n\n").enumerate() {
            units.push(Unit {
                name: format!("{} {i}", commentary.name()),
                words: words(paragraph),
                draft: commentary.draft.0 as usize,
                article: None,
                kind: Kind::Commentary,
                concern: false,
                noted: false,
            });
        }
    }
    units
}

/// Each find with the numbers of its marked words.
type Found = (String, BTreeSet<usize>);

fn scanned(units: &[Unit], asked: &Asked) -> Vec<Found> {
    let is_words = |a: &Asked| {
        matches!(a, Asked::Word(_) | Asked::Prefix(_) | Asked::Near(..) | Asked::Phrase(..) | Asked::Exact(_))
            || matches!(a, Asked::Pattern(_) | Asked::InNote)
    };
    let notes = asked.says(true, &is_words);
    let commentaries = asked.says(true, &|a| matches!(a, Asked::InCommentary));
    let found = units.iter().filter(|unit| match (asked.met(unit), unit.kind) {
        (Some(_), Kind::Paragraph) => true,
        (Some((by_words, _)), Kind::Note) => by_words && notes,
        (Some((by_words, inside)), Kind::Commentary) => by_words && inside && commentaries,
        (None, _) => false,
    });
    found.map(|unit| (unit.name.clone(), asked.all_marked(&unit.words, true))).collect()
}

fn searched(project: &Project, index: &Index, query: &str) -> Vec<Found> {
    let results = index.run(project, &parse(query).unwrap(), &Options { limit: 1000, ..Options::default() }).unwrap();
    assert_eq!(results.total, results.hits.len());
    let numbers = |text: &str, marks: &[TextRange]| -> BTreeSet<usize> {
        let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        let words = text.split_whitespace().map(|w| TextRange { start: place(w), end: place(w) + w.len() });
        words.enumerate().filter(|(_, w)| marks.iter().any(|m| m.overlaps(*w))).map(|(i, _)| i).collect()
    };
    let one = |hit: &travaux::search::Hit| {
        if let Some(commentary) = hit.commentary.map(|id| &project.commentaries[&id]) {
            let before = &commentary.text[..hit.range.start];
            let local: Vec<_> = hit.marks.iter().map(|m| shifted(*m, hit.range.start)).collect();
            let marks = numbers(hit.range.of(&commentary.text).unwrap(), &local);
            return (format!("{} {}", commentary.name(), before.matches("\n\n").count()), marks);
        }
        let draft = project.draft(hit.draft).unwrap();
        let name = format!("{} {}", draft.name(), hit.citation);
        if let Some((_, id)) = hit.annotation {
            let marks: Vec<_> = hit.snippet.marks.iter().map(|m| TextRange { start: m.start, end: m.end }).collect();
            return (format!("{name} #{}", id.0), numbers(&hit.snippet.text, &marks));
        }
        let own = hit.provision.map_or(hit.range, |p| draft.outline.own_range(p));
        let local: Vec<_> = hit.marks.iter().map(|m| shifted(*m, own.start)).collect();
        (name, numbers(own.of(&draft.text).unwrap(), &local))
    };
    results.hits.iter().map(one).collect()
}

fn shifted(range: TextRange, by: usize) -> TextRange {
    TextRange { start: range.start - by, end: range.end - by }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn search_agrees_with_a_plain_scan(seed in any::<u64>()) {
        let dice = &mut Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let mut project = start(dice);
        let mut next = 0;
        let mut index = Some(Index::at(folder.path()).unwrap());
        for step in 0..5 {
            for _ in 0..dice.below(5) {
                edit(dice, &mut project, &mut next);
            }
            match dice.below(6) {
                // The program ends and starts again.
                0 => {
                    drop(index.take());
                    index = Some(Index::at(folder.path()).unwrap());
                }
                // Somebody takes the cache away in between.
                1 => {
                    drop(index.take());
                    for file in std::fs::read_dir(folder.path()).unwrap() {
                        std::fs::remove_file(file.unwrap().path()).unwrap();
                    }
                    index = Some(Index::at(folder.path()).unwrap());
                }
                _ => {}
            }
            let index = index.as_mut().unwrap();
            index.update(&project, &mut super::Patient).unwrap();
            let units = units(&project);
            for _ in 0..40 {
                let asked = Asked::at_random(dice, 0);
                let query = asked.written();
                let (found, expected) = (searched(&project, index, &query), scanned(&units, &asked));
                assert_eq!(found, expected, "seed {seed}, step {step}: {query}\n{units:#?}");
            }
        }
    }
}
