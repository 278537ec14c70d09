//! A treaty in five languages, in words of our own, with the remarks of two analysts.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use travaux::model::{
    Action, Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Concern, ConcernId,
    Draft, DraftDetails, DraftId, Outline, Placement, Project, ProjectDetails, ProjectId, Provision, ProvisionIndex,
    ProvisionKind, Reach, Recommendation, Severity, Swatch, TextRange,
};

const REV1: &str = "\
preamble
recital|Recalling that privacy is a human right
chapter IV|Procedural measures
article 23|Scope of procedural measures
1|Each State Party shall adopt measures to intercept content data
2|Such measures apply to:
a|the offences established in Articles 7 to 11
b|other offences committed by means of an ICT system
+|as far as national law permits.
article 24|Conditions and safeguards
1|Interception requires prior judicial authorisation, and surveillance is limited
article 8 bis|Young persons
1|No young person is to be detained because of a résumé
article 28|Preservation
1|Data are to be preserved for ninety days by the district authority";

const REV2: &str = "\
article 23|Scope
1|Each State Party may intercept traffic data in real time
2|Mutual legal
  assistance includes interceptions and other surveillance measures
article 30|Final provision
1|This Convention enters into force after the thirtieth instrument";

const FRENCH: &str = "\
article 23|Champ d’application
1|L’interception des données protégées n’est autorisée qu’à titre exceptionnel";
const RUSSIAN: &str = "\
article 23|Сфера применения
1|Учёт преступлений ведётся каждым государством";
const CHINESE: &str = "\
article 23|程序措施的范围
1|各缔约国应当打击网络
  犯罪。为此目的，国家应当合作，因为犯罪为害";
const ARABIC: &str = "\
article 23|نطاق التدابير
1|تُجمع الأدلّة الإلكترونية وفقاً للمادة ٢٣";

/// One line a provision: `number|words`, where a line that begins with white space or `+` goes on with the one above.
pub fn draft(id: u128, label: &str, language: &str, source: &str) -> Arc<Draft> {
    use ProvisionKind::{Article, Chapter, Paragraph, Preamble, Recital, Subparagraph};
    let mut text = format!("{label}, a model convention\n\n");
    let mut rows: Vec<(usize, Provision)> = Vec::new();
    for line in source.lines() {
        if let Some(more) = line.strip_prefix("  ").or_else(|| line.strip_prefix("+|")) {
            text.push_str(more);
            text.push('\n');
            let end = text.len() - 1;
            let flush = line.starts_with('+');
            let owner = rows.iter().rposition(|(_, p)| !flush || p.kind == Paragraph).unwrap();
            rows[owner].1.range.end = end;
            continue;
        }
        let (name, words) = line.split_once('|').unwrap_or((line, ""));
        let (kind, depth, number) = match name.split_once(' ') {
            Some(("article", number)) => (Article, 1, number),
            Some(("chapter", number)) => (Chapter, 0, number),
            _ if name == "preamble" => (Preamble, 0, ""),
            _ if name == "recital" => (Recital, 1, ""),
            _ if name.parse::<u8>().is_ok() => (Paragraph, 2, name),
            _ => (Subparagraph, 3, name),
        };
        let start = text.len();
        let label = match kind {
            Article => format!("Article {number}\n"),
            Chapter => format!("CHAPTER {number}\n"),
            Preamble => "Preamble".to_owned(),
            Paragraph => format!("{number}. "),
            Subparagraph => format!("({number}) "),
            _ => String::new(),
        };
        text.push_str(&label);
        let heading =
            matches!(kind, Article | Chapter).then(|| TextRange { start: text.len(), end: text.len() + words.len() });
        text.push_str(words);
        let range = TextRange { start, end: text.len() };
        text.push('\n');
        let label_range = TextRange { start, end: start + label.trim_end().len() };
        rows.push((
            depth,
            Provision {
                kind,
                label: label.trim().to_owned(),
                number: number.to_owned(),
                label_range,
                heading: heading.map(|_| words.to_owned()),
                heading_range: heading,
                range,
                parent: None,
                subtree_end: 0,
                ordinal: 0,
            },
        ));
    }
    for i in 0..rows.len() {
        let below = rows[i + 1..].iter().take_while(|(d, _)| *d > rows[i].0).count();
        rows[i].1.subtree_end = (i + 1 + below) as u32;
        let end = rows[i..=i + below].iter().map(|(_, p)| p.range.end).max().unwrap();
        rows[i].1.range.end = end;
        let parent = (0..i).rev().find(|&j| rows[j].0 < rows[i].0);
        rows[i].1.parent = parent.map(|j| ProvisionIndex(j as u32));
    }
    let provisions = rows.into_iter().map(|(_, p)| p).collect();
    let outline = Outline { provisions, ..Outline::default() };
    assert_eq!(outline.fault(&text), None, "{label}");
    let details = DraftDetails { label: label.into(), language: language.into(), ..DraftDetails::default() };
    Arc::new(Draft::new(DraftId(id), format!("d{id}"), details, &text, outline))
}

fn concern(id: u128, tag: &str, name: &str, parent: Option<u128>) -> Concern {
    Concern {
        id: ConcernId(id),
        tag: tag.into(),
        name: name.into(),
        definition: String::new(),
        look_for: String::new(),
        swatch: Swatch::Red,
        key: None,
        parent: parent.map(ConcernId),
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }
}

fn note(id: u128, draft: &Draft, quote: &str, concern: u128, severity: Option<Severity>, note: &str) -> Annotation {
    let start = draft.text.find(quote).unwrap();
    let range = TextRange { start, end: start + quote.len() };
    let anchor = Anchor::new(&draft.text, &draft.outline, range, Reach::Words);
    let now = Timestamp::UNIX_EPOCH;
    let mut annotation = Annotation::new(AnnotationId(id), AnnotationKind::Remark, draft.id, anchor, now);
    annotation.concerns.insert(ConcernId(concern));
    annotation.severity = severity;
    annotation.note = note.into();
    annotation
}

pub fn sample() -> Project {
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    project.drafts = vec![
        draft(1, "Rev.1", "en", REV1),
        draft(2, "Rev.2", "en", REV2),
        draft(3, "FR", "fr", FRENCH),
        draft(4, "RU", "ru", RUSSIAN),
        draft(5, "ZH", "zh", CHINESE),
        draft(6, "AR", "ar", ARABIC),
    ];
    project.codebook.concerns = vec![
        concern(1, "SV", "Surveillance powers", None),
        concern(2, "BR", "Bulk retention", Some(1)),
        concern(3, "SG", "Missing safeguards", None),
    ];
    let [rev1, rev2] = [&project.drafts[0], &project.drafts[1]];
    let mut bulk = note(3, rev1, "preserved for ninety days", 2, Some(Severity::Critical), "");
    bulk.kind = AnnotationKind::Absence;
    let mut wide = note(1, rev1, "intercept content", 1, Some(Severity::High), "Far too wide an interception power");
    let start = rev2.text.find("intercept traffic").unwrap();
    let range = TextRange { start, end: start + 9 };
    wide.placements.insert(rev2.id, Placement::Made(Anchor::new(&rev2.text, &rev2.outline, range, Reach::Words)));
    let mut safe = note(2, rev1, "prior judicial", 3, Some(Severity::Low), "Good as it stands");
    safe.recommendation = Some(Recommendation {
        proposed: "prior authorisation by an independent court".into(),
        ..Recommendation::to(Action::Amend)
    });
    let mut lost = note(4, rev1, "privacy", 3, None, "The zebra clause is gone");
    lost.placements = lost
        .placements
        .iter()
        .map(|(&id, p)| (id, Placement::lost(None, p.quote().clone(), p.citation().clone())))
        .collect();
    for (id, name, annotations) in [(1, "Amara Diallo", vec![wide, bulk]), (2, "Bo Lindqvist", vec![safe, lost])] {
        let analyst = Analyst { id: AnalystId(id), name: name.into() };
        let annotations: BTreeMap<_, _> = annotations.into_iter().map(|a| (a.id, a)).collect();
        project.sets.insert(analyst.id, AnnotationSet { annotations, ..AnnotationSet::of(analyst) });
    }
    project
}
