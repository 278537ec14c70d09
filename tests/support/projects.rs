//! Arbitrary projects for property tests: every field takes strange values, ids agree where the model says they must.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use travaux::model::{
    Action, Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Citation,
    CitationStyle, Codebook, Commentary, CommentaryDetails, CommentaryId, Concern, ConcernId, Decision, Direction,
    Draft, DraftDetails, DraftId, Edit, Exported, FoundIn, FrontMatter, HintKind, KeptFile, Mark, MarkKind, Note,
    Origin, Outcome, Outline, PageStart, PaperDate, Pick, Place, Placement, Printed, Project, ProjectDetails,
    ProjectId, Provision, ProvisionIndex, ProvisionKind, Quote, Reach, ReadMark, Recommendation, Reply, ReplyId,
    SavedSearch, SearchId, SearchScope, Severity, Shows, SourceFile, Status, StructureHint, Style, Styled, Submission,
    SubmissionId, SubmissionKind, SuggestionKey, Swatch, Taken, TextRange, Verdict, Wording,
};

/// Words with everything in them that a file format can trip over.
pub fn words() -> BoxedStrategy<String> {
    let piece = select(vec![
        "", "State", " ", "\"", "\\", "'", "\n", "\r\n", "\t", "(", ")", "[", "]", "é", "e\u{301}", "ा", "النص",
        "中文", "🔒", "\u{202e}", "\u{feff}", "\0", "\u{7f}", "\u{2028}", "//", "/*", "r#\"", "=1+1", "{", "}", ",",
        ":", "\\u{41}", "```", "# ", "<b>", "|", "None",
    ]);
    prop_oneof![
        4 => vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        2 => "[a-z ]{0,30}",
    ]
    .boxed()
}

/// A time with nanoseconds, from 1940 to 2090.
pub fn times() -> BoxedStrategy<Timestamp> {
    (-946_771_200_i64..3_786_912_000, 0..1_000_000_000_i32)
        .prop_map(|(second, nano)| Timestamp::new(second, nano.copysign_to(second)).unwrap_or_default())
        .boxed()
}

trait CopySign {
    fn copysign_to(self, second: i64) -> i32;
}

impl CopySign for i32 {
    /// A time's seconds and nanoseconds must not pull in opposite directions.
    fn copysign_to(self, second: i64) -> i32 {
        if second < 0 { -self } else { self }
    }
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> BoxedStrategy<T> {
    select(all.to_vec()).boxed()
}

/// A place in a draft.
pub fn citations() -> BoxedStrategy<Citation> {
    let place = prop_oneof![
        Just(Place::Preamble),
        Just(Place::Text),
        words().prop_map(Place::Recital),
        words().prop_map(Place::Part),
        words().prop_map(Place::Title),
        words().prop_map(Place::Chapter),
        words().prop_map(Place::Section),
        words().prop_map(Place::Article),
        words().prop_map(Place::Annex),
        words().prop_map(Place::Heading),
    ];
    (place, vec(words(), 0..3)).prop_map(|(place, points)| Citation { place, points }).boxed()
}

fn quotes() -> BoxedStrategy<Quote> {
    (words(), words(), words()).prop_map(|(exact, prefix, suffix)| Quote { exact, prefix, suffix }).boxed()
}

fn anchors() -> BoxedStrategy<Anchor> {
    let reach = one_of(&[Reach::Words, Reach::Provision]);
    (0..10_000_usize, 0..500_usize, quotes(), citations(), reach)
        .prop_map(|(start, length, quote, citation, reach)| Anchor {
            range: TextRange::new(start, start + length),
            quote,
            citation,
            reach,
        })
        .boxed()
}

fn verdicts() -> BoxedStrategy<Verdict> {
    prop_oneof![
        one_of(&[
            Verdict::Unchanged,
            Verdict::Renumbered,
            Verdict::Moved,
            Verdict::Split,
            Verdict::Merged,
            Verdict::Deleted
        ]),
        (0.0_f32..=1.0).prop_map(|similarity| Verdict::Edited { similarity }),
    ]
    .boxed()
}

fn placements(drafts: Vec<DraftId>) -> BoxedStrategy<Placement> {
    let from = drafts.clone();
    prop_oneof![
        3 => anchors().prop_map(Placement::Made),
        1 => (anchors(), select(from), verdicts())
            .prop_map(|(anchor, from, verdict)| Placement::Carried { anchor, from, verdict }),
        1 => (option::of(select(drafts)), quotes(), citations(), any::<bool>(), any::<bool>()).prop_map(
            |(from, quote, citation, deleted, reviewed)| Placement::Lost { from, quote, citation, deleted, reviewed }
        ),
    ]
    .boxed()
}

fn recommendations() -> BoxedStrategy<Recommendation> {
    (one_of(&Action::ALL), vec(words(), 0..3), words(), words())
        .prop_map(|(action, targets, proposed, supports)| Recommendation { action, targets, proposed, supports })
        .boxed()
}

/// A remark with this id, on some of the drafts and concerns.
pub fn annotations(id: AnnotationId, drafts: Vec<DraftId>, concerns: Vec<ConcernId>) -> BoxedStrategy<Annotation> {
    let some = drafts.len().min(3);
    let outcomes = prop::collection::btree_map(select(drafts.clone()), one_of(&Outcome::ALL), 0..=some);
    let placed = prop::collection::btree_map(select(drafts.clone()), placements(drafts.clone()), 0..=some);
    let tags = btree_set(select(concerns), 0..3);
    let seen = prop::collection::btree_map(select(drafts.clone()), times(), 0..=some);
    let source = (0..3_u128, 0..6_u128).prop_map(|(who, id)| (AnalystId(who), AnnotationId(id)));
    let made_of = btree_map(source, times(), 0..2);
    (
        (one_of(&AnnotationKind::ALL), tags, option::of(one_of(&Severity::ALL)), words()),
        (option::of(recommendations()), one_of(&Status::ALL), times(), times(), placed),
        (outcomes, seen, made_of),
    )
        .prop_map(move |((kind, concerns, severity, note), remark, (outcomes, seen, made_of))| {
            let (recommendation, status, created, changed, placements) = remark;
            let source = None;
            Annotation {
                id,
                kind,
                concerns,
                severity,
                note,
                recommendation,
                status,
                source,
                created,
                changed,
                placements,
                numbering: outcomes.keys().next().copied(),
                outcomes,
                seen,
                made_of,
            }
        })
        .prop_flat_map(|annotation| {
            option::of(origins()).prop_map(move |source| Annotation { source, ..annotation.clone() })
        })
        .boxed()
}

fn origins() -> BoxedStrategy<Origin> {
    (any::<u128>(), words(), words(), words(), spans())
        .prop_map(|(id, title, author, heading, range)| Origin {
            commentary: CommentaryId(id),
            title,
            author,
            heading,
            range,
        })
        .boxed()
}

fn spans() -> BoxedStrategy<TextRange> {
    (0..10_000_usize, 0..500_usize).prop_map(|(start, length)| TextRange::new(start, start + length)).boxed()
}

fn sources() -> BoxedStrategy<Option<SourceFile>> {
    let wording = one_of(&[Wording::Printed, Wording::Proposed, Wording::Original]);
    let taken = (wording, option::of((any::<u16>(), words()))).prop_map(|(wording, column)| Taken { wording, column });
    option::of((words(), "[0-9a-f]{64}", taken).prop_map(|(name, sha256, taken)| SourceFile { name, sha256, taken }))
        .boxed()
}

fn keys() -> BoxedStrategy<SuggestionKey> {
    (spans(), citations()).prop_map(|(at, citation)| SuggestionKey { at, citation }).boxed()
}

fn decisions() -> BoxedStrategy<Decision> {
    prop_oneof![(0..6_u128).prop_map(|id| Decision::Accepted(AnnotationId(id))), Just(Decision::Rejected)].boxed()
}

fn commentary_details() -> BoxedStrategy<CommentaryDetails> {
    let date = option::of((1948_i16..2100, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| Date::constant(y, m, d)));
    (words(), words(), date, words())
        .prop_map(|(title, author, date, language)| CommentaryDetails { title, author, date, language })
        .boxed()
}

/// A commentary with this id on one of the drafts, or on one that is gone.
pub fn commentaries(id: CommentaryId, drafts: Vec<DraftId>) -> BoxedStrategy<Commentary> {
    let decided = prop::collection::btree_map(keys(), decisions(), 0..4);
    (select(drafts), commentary_details(), vec("[^\n]{1,40}", 0..6), hint_picks(), sources(), decided)
        .prop_map(move |(draft, details, lines, hints, source, decisions)| {
            let mut commentary = Commentary::new(id, format!("commentary-{}", id.0), draft, details, &lines.join("\n"));
            commentary.hints = hints_on(&commentary.text, &hints);
            (commentary.source, commentary.decisions) = (source, decisions);
            commentary
        })
        .boxed()
}

/// A concern with this id; its parent may be any of the others, or missing.
pub fn concerns(id: ConcernId) -> BoxedStrategy<Concern> {
    let parent = option::of((0..6_u128).prop_map(ConcernId));
    let key = option::of(prop_oneof![any::<char>(), Just('\''), Just('"'), Just('\\')]);
    let same_as = btree_set((0..20_u128).prop_map(ConcernId), 0..3);
    ((words(), words(), words(), words()), one_of(&Swatch::ALL), key, (parent, same_as), any::<[bool; 2]>())
        .prop_map(move |((tag, name, definition, look_for), swatch, key, (parent, same_as), [retired, safeguard])| {
            Concern { id, tag, name, definition, look_for, swatch, key, parent, retired, safeguard, same_as }
        })
        .boxed()
}

fn details() -> BoxedStrategy<DraftDetails> {
    let date = option::of((1948_i16..2100, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| Date::constant(y, m, d)));
    let direction = one_of(&[Direction::LeftToRight, Direction::RightToLeft]);
    (words(), words(), words(), date, words(), direction)
        .prop_map(|(label, symbol, session, date, language, direction)| DraftDetails {
            label,
            symbol,
            session,
            date,
            language,
            direction,
        })
        .boxed()
}

/// A draft with this id and an outline that fits its text.
pub fn drafts(id: DraftId) -> BoxedStrategy<Draft> {
    let source = sources();
    let heading = option::of(words());
    let title = option::of(words());
    let mark = one_of(&[MarkKind::Agreed, MarkKind::Bracketed, MarkKind::Placeholder, MarkKind::Unbalanced]);
    let printed = (printed_picks(), hint_picks());
    (details(), vec("[^\n]{1,40}", 0..6), words(), words(), heading, title, source, mark, printed)
        .prop_map(move |(details, lines, label, number, heading, title, source, mark, (printed, hints))| {
            let text = lines.join("\n");
            let slug = format!("draft-{}", id.0);
            let mut draft = Draft::new(id, slug, details, &text, Outline::default());
            draft.source = source;
            (draft.printed, draft.hints) = (Arc::new(printed_on(&draft.text, printed)), hints_on(&draft.text, &hints));
            draft.outline = Arc::new(outline_of(&draft.text, &label, &number, heading, title, mark));
            draft
        })
        .boxed()
}

/// Where pages, notes and styles are to stand, in thousandths of a text that is not known yet.
type PrintedPicks = (Vec<(u16, u32, String)>, Vec<(Option<(u16, u16)>, (u16, u16))>, Vec<(Style, (u16, u16))>);

fn printed_picks() -> BoxedStrategy<PrintedPicks> {
    let place = || 0..1000_u16;
    let style = one_of(&[Style::Bold, Style::Italic, Style::Underlined, Style::Struck]);
    (
        vec((place(), any::<u32>(), words()), 0..4),
        vec((option::of((place(), place())), (place(), place())), 0..3),
        vec((style, (place(), place())), 0..5),
    )
        .boxed()
}

fn hint_picks() -> BoxedStrategy<Vec<(HintKind, (u16, u16))>> {
    let kind = prop_oneof![
        (1..7_u8).prop_map(HintKind::Heading),
        (1..9_u8).prop_map(HintKind::ListItem),
        one_of(&[HintKind::Aside, HintKind::Paragraphs, HintKind::Joined, HintKind::Plain]),
        one_of(&[HintKind::Number, HintKind::Caption, HintKind::Provision(ProvisionKind::Annex)]),
    ];
    vec((kind, (0..1000_u16, 0..1000_u16)), 0..4).boxed()
}

fn place_in(text: &str, thousandths: u16) -> usize {
    text.floor_char_boundary(text.len() * usize::from(thousandths) / 1000)
}

fn range_in(text: &str, (a, b): (u16, u16)) -> TextRange {
    TextRange::new(place_in(text, a), place_in(text, b))
}

fn printed_on(text: &str, (pages, notes, styles): PrintedPicks) -> Printed {
    let page = |(at, number, label): (u16, u32, String)| PageStart { at: place_in(text, at), number, label };
    let note = |(call, body): (Option<(u16, u16)>, _)| Note {
        call: call.map(|c| range_in(text, c)),
        body: range_in(text, body),
    };
    let styled = |(style, at): (Style, _)| Styled { range: range_in(text, at), style };
    let mut printed = Printed {
        pages: pages.into_iter().map(page).collect(),
        notes: notes.into_iter().map(note).collect(),
        styles: styles.into_iter().map(styled).collect(),
    };
    printed.pages.sort_by_key(|p| p.at);
    printed.styles.sort_by_key(|s| s.range.start);
    assert_eq!(printed.fault(text), None);
    printed
}

fn hints_on(text: &str, hints: &[(HintKind, (u16, u16))]) -> Arc<[StructureHint]> {
    hints.iter().map(|&(kind, at)| StructureHint { range: range_in(text, at), kind }).collect()
}

/// An article over the whole text, a paragraph for every line.
fn outline_of(
    text: &str,
    label: &str,
    number: &str,
    heading: Option<String>,
    title: Option<String>,
    mark: MarkKind,
) -> Outline {
    let mut outline = Outline { title, ..Outline::default() };
    if text.trim().is_empty() {
        return outline;
    }
    let whole = TextRange::new(0, text.len());
    let mut at = 0;
    for line in text.split('\n') {
        let range = TextRange::new(at, at + line.len());
        at += line.len() + 1;
        let n = outline.provisions.len() as u32 + 1;
        outline.blocks.push(range);
        outline.marks.push(Mark { range, kind: mark });
        outline.provisions.push(Provision {
            kind: ProvisionKind::Paragraph,
            label: String::new(),
            number: n.to_string(),
            label_range: TextRange::new(range.start, range.start),
            heading: None,
            heading_range: None,
            range,
            parent: Some(ProvisionIndex(0)),
            subtree_end: n + 1,
            ordinal: n / 2,
        });
    }
    let article = Provision {
        kind: ProvisionKind::Article,
        label: label.to_owned(),
        number: number.to_owned(),
        label_range: TextRange::new(0, 0),
        heading_range: heading.as_ref().map(|_| TextRange::new(0, 0)),
        heading,
        range: whole,
        parent: None,
        subtree_end: outline.provisions.len() as u32 + 1,
        ordinal: 0,
    };
    outline.provisions.insert(0, article);
    assert_eq!(outline.fault(text), None);
    outline
}

fn ranges() -> BoxedStrategy<TextRange> {
    (0..10_000_usize, 0..500_usize).prop_map(|(start, length)| TextRange::new(start, start + length)).boxed()
}

fn read_marks() -> BoxedStrategy<ReadMark> {
    (citations(), times()).prop_map(|(citation, when)| ReadMark { citation, when }).boxed()
}

/// A reply to a remark that is most often not there.
fn replies(id: ReplyId) -> BoxedStrategy<Reply> {
    (0..4_u128, 0..6_u128, words(), times(), times())
        .prop_map(move |(whose, about, text, created, changed)| Reply {
            id,
            whose: AnalystId(whose),
            about: AnnotationId(about),
            text,
            created,
            changed,
        })
        .boxed()
}

fn sets(analyst: u128, drafts: Vec<DraftId>, concerns: Vec<ConcernId>) -> BoxedStrategy<AnnotationSet> {
    let ids = btree_set(any::<u128>(), 0..5);
    let read = btree_map(select(drafts.clone()), btree_map(ranges(), read_marks(), 1..4), 0..3);
    let annotations = ids.prop_flat_map(move |ids| {
        ids.into_iter().map(|id| annotations(AnnotationId(id), drafts.clone(), concerns.clone())).collect::<Vec<_>>()
    });
    let replies = btree_set(0..5_u128, 0..4)
        .prop_flat_map(|ids| ids.into_iter().map(|id| replies(ReplyId(id))).collect::<Vec<_>>());
    (words(), annotations, read, replies)
        .prop_map(move |(name, annotations, read, replies)| AnnotationSet {
            replies: replies.into_iter().map(|r| (r.id, r)).collect(),
            analyst: Analyst { id: AnalystId(analyst), name },
            annotations: annotations.into_iter().map(|a| (a.id, a)).collect(),
            read,
        })
        .boxed()
}

/// Kinds of words a search finds.
fn kinds() -> BoxedStrategy<FoundIn> {
    let provisions = [ProvisionKind::Recital, ProvisionKind::Article, ProvisionKind::Body].map(FoundIn::Provision);
    select([&provisions[..], &[FoundIn::Outside, FoundIn::Note, FoundIn::Commentary]].concat()).boxed()
}

/// A search kept by name.
pub fn searches(id: SearchId) -> BoxedStrategy<SavedSearch> {
    let ids = || btree_set(0..6_u128, 0..3);
    (words(), words(), ids(), ids(), ids(), btree_set(kinds(), 0..3), ids())
        .prop_map(move |(name, query, drafts, concerns, analysts, kinds, seen)| {
            let drafts = drafts.into_iter().map(DraftId).collect();
            let concerns = concerns.into_iter().map(ConcernId).collect();
            let analysts = analysts.into_iter().map(AnalystId).collect();
            let scope = SearchScope { drafts, concerns, analysts, kinds };
            SavedSearch { id, name, query, scope, seen: seen.into_iter().map(DraftId).collect() }
        })
        .boxed()
}

/// A file in the folder of submissions.
fn kept_files() -> BoxedStrategy<KeptFile> {
    (words(), words()).prop_map(|(name, sha256)| KeptFile { name, sha256 }).boxed()
}

/// What stands before a submission.
fn fronts() -> BoxedStrategy<FrontMatter> {
    let date = prop_oneof![
        Just(PaperDate::Today),
        Just(PaperDate::Nothing),
        (1_i16..3000, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| PaperDate::On(jiff::civil::date(y, m, d))),
    ];
    (words(), words(), words(), option::of(kept_files()), date, words(), words(), vec(words(), 0..3))
        .prop_map(|(title, subtitle, organisation, logo, date, addressee, introduction, signatories)| FrontMatter {
            title,
            subtitle,
            organisation,
            logo,
            date,
            addressee,
            introduction,
            signatories,
        })
        .boxed()
}

/// A submission kept by name.
pub fn submissions(id: SubmissionId) -> BoxedStrategy<Submission> {
    let ids = || btree_set(0..6_u128, 0..3);
    let pick =
        (ids(), ids(), btree_set(select(Status::ALL.to_vec()), 0..3), option::of(select(Severity::ALL.to_vec())))
            .prop_flat_map(|(concerns, analysts, statuses, least)| {
                (words(), option::of(0..4_u128)).prop_map(move |(query, search)| Pick {
                    concerns: concerns.iter().copied().map(ConcernId).collect(),
                    analysts: analysts.iter().copied().map(AnalystId).collect(),
                    statuses: statuses.clone(),
                    least,
                    query,
                    search: search.map(SearchId),
                })
            });
    let remarks = || vec((0..9_u128).prop_map(AnnotationId), 0..4);
    let digests = btree_map((0..9_u128).prop_map(AnnotationId), any::<u64>(), 0..3);
    let exported = (any::<u32>(), words(), 0..6_u128, digests).prop_map(|(when, file, draft, digests)| Exported {
        when: jiff::Timestamp::from_second(i64::from(when)).unwrap_or_default(),
        file,
        draft: DraftId(draft),
        digests,
    });
    let written =
        (words(), option::of(select(CitationStyle::ALL.to_vec())), option::of(kept_files()), any::<[bool; 7]>());
    (
        (words(), select(SubmissionKind::ALL.to_vec()), option::of((0..6_u128).prop_map(DraftId)), pick, fronts()),
        written,
        (remarks(), remarks(), remarks(), option::of(exported)),
    )
        .prop_map(
            move |(
                (name, kind, draft, pick, front),
                (language, style, style_template, is),
                (order, out, promoted, exported),
            )| {
                let [definitions, severity, status, analysts, since, footnotes, contents] = is;
                Submission {
                    id,
                    name,
                    kind,
                    draft,
                    pick,
                    front,
                    language,
                    style,
                    style_template,
                    shows: Shows { definitions, severity, status, analysts, since, footnotes },
                    contents,
                    order,
                    left_out: out.into_iter().collect(),
                    promoted,
                    exported,
                }
            },
        )
        .boxed()
}

/// A whole project: up to four drafts, five concerns, three analysts.
pub fn projects() -> BoxedStrategy<Project> {
    (0..5_u128, 0..6_u128, btree_set(0..9_u128, 0..4), btree_set(0..5_u128, 0..3))
        .prop_flat_map(|(draft_count, concern_count, analysts, commented)| {
            // A remark may speak of drafts and concerns that are no longer there.
            let draft_ids: Vec<DraftId> = (0..=draft_count).map(DraftId).collect();
            let concern_ids: Vec<ConcernId> = (0..=concern_count).map(ConcernId).collect();
            let sets: Vec<_> = analysts.into_iter().map(|a| sets(a, draft_ids.clone(), concern_ids.clone())).collect();
            let commentaries: Vec<_> =
                commented.into_iter().map(|c| commentaries(CommentaryId(c), draft_ids.clone())).collect();
            (
                (any::<u128>(), words(), words(), select(CitationStyle::ALL.to_vec())),
                (0..draft_count).map(|d| drafts(DraftId(d))).collect::<Vec<_>>().prop_shuffle(),
                (0..concern_count).map(|c| concerns(ConcernId(c))).collect::<Vec<_>>().prop_shuffle(),
                sets,
                commentaries,
                btree_set(0..4_u128, 0..3)
                    .prop_flat_map(|ids| ids.into_iter().map(|id| searches(SearchId(id))).collect::<Vec<_>>()),
                btree_set(0..4_u128, 0..3)
                    .prop_flat_map(|ids| ids.into_iter().map(|id| submissions(SubmissionId(id))).collect::<Vec<_>>()),
            )
                .prop_map(
                    |(
                        (id, title, instrument, citation_style),
                        drafts,
                        concerns,
                        sets,
                        commentaries,
                        searches,
                        submissions,
                    )| {
                        Project {
                            id: ProjectId(id),
                            details: ProjectDetails { title, instrument, citation_style },
                            drafts: drafts.into_iter().map(Arc::new).collect(),
                            codebook: Codebook { concerns },
                            sets: sets.into_iter().map(|s| (s.analyst.id, s)).collect::<BTreeMap<_, _>>(),
                            commentaries: commentaries.into_iter().map(|c| (c.id, Arc::new(c))).collect(),
                            searches: searches.into_iter().map(|s| (s.id, s)).collect(),
                            submissions: submissions.into_iter().map(|s| (s.id, s)).collect(),
                        }
                    },
                )
        })
        .boxed()
}

/// Steps of edits in the places that [`projects`] has things in, some of which do not fit the project they are for.
pub fn steps() -> BoxedStrategy<Vec<Vec<Edit>>> {
    let draft_ids: Vec<DraftId> = (0..5).map(DraftId).collect();
    let concern_ids: Vec<ConcernId> = (0..6).map(ConcernId).collect();
    let analyst = || (0..4_u128).prop_map(AnalystId);
    let (some_drafts, some_concerns) = (draft_ids.clone(), concern_ids.clone());
    let (set_drafts, set_concerns) = (draft_ids.clone(), concern_ids.clone());
    let (commented, read_drafts) = (draft_ids.clone(), draft_ids.clone());
    let edit = prop_oneof![
        1 => (words(), words(), select(CitationStyle::ALL.to_vec())).prop_map(|(title, instrument, citation_style)| {
            Edit::PutDetails(ProjectDetails { title, instrument, citation_style })
        }),
        2 => (0..5_u128, any::<bool>(), 0..6_usize).prop_flat_map(|(id, there, at)| {
            drafts(DraftId(id)).prop_map(move |draft| {
                Edit::PutDraft { id: DraftId(id), draft: there.then(|| Arc::new(draft)), at }
            })
        }),
        1 => (select(draft_ids), details()).prop_map(|(id, details)| Edit::PutDraftDetails { id, details }),
        2 => (0..6_u128, any::<bool>(), 0..7_usize).prop_flat_map(|(id, there, at)| {
            concerns(ConcernId(id)).prop_map(move |concern| {
                Edit::PutConcern { id: ConcernId(id), concern: there.then_some(concern), at }
            })
        }),
        1 => (analyst(), words()).prop_map(|(id, name)| Edit::PutAnalyst(Analyst { id, name })),
        1 => (0..4_u128, any::<bool>()).prop_flat_map(move |(id, there)| {
            sets(id, set_drafts.clone(), set_concerns.clone()).prop_map(move |set| {
                Edit::PutSet { analyst: AnalystId(id), set: there.then(|| Box::new(set)) }
            })
        }),
        4 => (analyst(), 0..6_u128, any::<bool>()).prop_flat_map(move |(analyst, id, there)| {
            let id = AnnotationId(id);
            annotations(id, some_drafts.clone(), some_concerns.clone()).prop_map(move |annotation| {
                Edit::PutAnnotation { analyst, id, annotation: there.then(|| Box::new(annotation)) }
            })
        }),
        // Few places, so that marks are put where there are some.
        2 => (analyst(), select(read_drafts), 0..3_usize, option::of(read_marks())).prop_map(|(analyst, draft, at, mark)| {
            Edit::PutRead { analyst, draft, range: TextRange::new(at * 100, at * 100 + 50), mark }
        }),
        2 => (analyst(), 0..5_u128, any::<bool>()).prop_flat_map(|(analyst, id, there)| {
            replies(ReplyId(id)).prop_map(move |reply| {
                Edit::PutReply { analyst, id: reply.id, reply: there.then(|| Box::new(reply)) }
            })
        }),
        2 => (0..5_u128, any::<bool>()).prop_flat_map(move |(id, there)| {
            commentaries(CommentaryId(id), commented.clone()).prop_map(move |commentary| {
                Edit::PutCommentary { id: CommentaryId(id), commentary: there.then(|| Arc::new(commentary)) }
            })
        }),
        1 => (0..5_u128, commentary_details())
            .prop_map(|(id, details)| Edit::PutCommentaryDetails { id: CommentaryId(id), details }),
        2 => (0..5_u128, keys(), option::of(decisions())).prop_map(|(id, key, decision)| Edit::PutDecision {
            commentary: CommentaryId(id),
            key,
            decision,
        }),
        1 => (0..4_u128, any::<bool>()).prop_flat_map(|(id, there)| {
            searches(SearchId(id)).prop_map(move |search| {
                Edit::PutSearch { id: SearchId(id), search: there.then_some(search) }
            })
        }),
        1 => (0..4_u128, any::<bool>()).prop_flat_map(|(id, there)| {
            submissions(SubmissionId(id)).prop_map(move |submission| {
                Edit::PutSubmission { id: SubmissionId(id), submission: there.then(|| Box::new(submission)) }
            })
        }),
    ];
    vec(vec(edit, 1..3), 1..8).boxed()
}

/// Applies those steps that fit, and answers with them.
pub fn fitting(project: &mut Project, steps: Vec<Vec<Edit>>) -> Vec<Vec<Edit>> {
    steps.into_iter().filter(|step| project.apply_all(step.clone()).is_ok()).collect()
}
