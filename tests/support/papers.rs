//! Small papers in words of our own, in three languages and three layouts.

use travaux::export::paper::{
    Block, Column, Density, Front, Grid, Logo, LogoKind, Mark, Paper, PaperLanguage, Role, Row, Run, Sheet, Stroke,
};

/// A harbor light, as SVG.
pub const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="180" height="60" viewBox="0 0 180 60">
<rect width="60" height="60" rx="8" fill="#1f3552"/><path d="M30 10 L38 50 L22 50 Z" fill="#fdfcfa"/>
<circle cx="30" cy="14" r="6" fill="#f2c14e"/><text x="72" y="39" font-size="26" fill="#1f3552">Light</text></svg>"##;

fn row(cells: Vec<Vec<Block>>) -> Row {
    Row { about: None, cells }
}

fn cell(text: &str) -> Vec<Block> {
    vec![Block::text(Role::Body, text)]
}

fn paragraph(role: Role, runs: Vec<Run>) -> Block {
    Block::Paragraph { role, about: None, runs }
}

fn noted(text: &str, note: &str) -> Run {
    Run { footnote: Some(vec![Run::plain(note)]), ..Run::plain(text) }
}

fn redline(kept: &str, struck: &str, new: &str, after: &str) -> Vec<Run> {
    vec![
        Run::plain(kept),
        Run::stroke(Stroke::Struck, struck),
        Run::plain(" "),
        Run::stroke(Stroke::PutIn, new),
        Run::plain(after),
    ]
}

/// The words of a language: title, a heading, a clause, a note, what is asked for, struck, put in, the rest of a clause.
struct Words {
    language: PaperLanguage,
    title: &'static str,
    organisation: &'static str,
    addressee: &'static str,
    heading: &'static str,
    clause: &'static str,
    note: &'static str,
    ask: &'static str,
    redline: [&'static str; 4],
    columns: [&'static str; 4],
}

const ENGLISH: Words = Words {
    language: PaperLanguage::English,
    title: "Comments on the draft convention on harbor lights",
    organisation: "Friends of the Night Watch",
    addressee: "To the preparatory meeting on lights and signals",
    heading: "Keeping of records",
    clause: "2. Each Party shall keep the logs of every light for a period that the keeper considers necessary, and \
             shall make them available to any authority that asks for them.",
    note: "The period has no upper bound, and \u{201c}any authority\u{201d} names nobody. A log says who came into the \
           harbor and when; it ought to be kept no longer than a fault takes to be found.",
    ask: "Limit Article 7(2) to ninety days, and name the authority.",
    redline: [
        "2. Each Party shall keep the logs of every light for ",
        "a period that the keeper considers necessary",
        "no more than ninety days",
        ", and shall delete them afterwards.",
    ],
    columns: ["Provision", "Current text", "Proposed text", "Justification"],
};

const ARABIC: Words = Words {
    language: PaperLanguage::Arabic,
    title: "تعليقات على مشروع اتفاقية أضواء الموانئ",
    organisation: "أصدقاء الحراسة الليلية",
    addressee: "إلى الاجتماع التحضيري المعني بالأضواء والإشارات",
    heading: "حفظ السجلات",
    clause: "2. يحتفظ كل طرف بسجلات كل ضوء للمدة التي يراها الحارس ضرورية، ويتيحها لأي سلطة تطلبها وفقا للمادة 9 (Rev.1).",
    note: "لا حد أعلى للمدة، وعبارة «أي سلطة» لا تسمي أحدا. فالسجل يبين من دخل الميناء ومتى دخله.",
    ask: "تقييد المادة 7(2) بتسعين يوما، وتسمية السلطة.",
    redline: [
        "2. يحتفظ كل طرف بسجلات كل ضوء ",
        "للمدة التي يراها الحارس ضرورية",
        "لمدة لا تتجاوز 90 يوما",
        "، ثم يمحوها.",
    ],
    columns: ["الحكم", "النص الحالي", "النص المقترح", "التعليل"],
};

const CHINESE: Words = Words {
    language: PaperLanguage::Chinese,
    title: "对港口灯光公约草案的评论意见",
    organisation: "守夜人之友",
    addressee: "致灯光与信号问题筹备会议",
    heading: "记录的保存",
    clause: "二、各缔约方应在守灯人认为必要的期限内保存每盏灯的记录，并应向提出要求的任何主管机关提供（Rev.1）。",
    note: "该期限没有上限，“任何主管机关”也未指明对象。记录显示何人于何时进港，保存时间不应超过查明故障所需。",
    ask: "将第七条第二款限于九十天，并指明主管机关。",
    redline: ["二、各缔约方应", "在守灯人认为必要的期限内", "在不超过九十天的期限内", "保存每盏灯的记录，期满删除。"],
    columns: ["条款", "现有案文", "建议案文", "理由"],
};

fn front(words: &Words) -> Front {
    Front {
        title: words.title.to_owned(),
        subtitle: "A/HL/7/Rev.1".to_owned(),
        organisation: words.organisation.to_owned(),
        logo: Some(Logo { bytes: LOGO.as_bytes().to_vec(), kind: LogoKind::Svg, width: 180.0, height: 60.0 }),
        date: "2026-05-03".to_owned(),
        addressee: words.addressee.to_owned(),
        introduction: vec![
            Block::text(Role::Body, words.note),
            Block::List {
                numbered: true,
                items: vec![
                    vec![
                        Block::text(Role::Body, words.ask),
                        Block::List { numbered: false, items: vec![cell(words.heading), cell(words.addressee)] },
                    ],
                    vec![paragraph(
                        Role::Body,
                        vec![
                            Run::plain("→ "),
                            Run {
                                link: Some("https://light.example/a?b=1&c=2".to_owned()),
                                ..Run::plain("light.example")
                            },
                        ],
                    )],
                ],
            },
        ],
        signatories: Some((words.organisation.to_owned(), vec!["Zoë Ōkami".to_owned(), "李雷".to_owned()])),
    }
}

/// Article by article, for reading.
fn articles(words: &Words) -> Paper {
    let mut body = Vec::new();
    for article in 1..=6 {
        body.push(Block::heading(1, format!("{article}. {}", words.heading)));
        for part in 1..=2 {
            body.push(Block::heading(2, format!("{article}({part}) {}", words.heading)));
            body.push(paragraph(Role::Quote, vec![noted(words.clause, words.addressee)]));
            body.push(Block::text(Role::Label, format!("{} · 3/4", words.heading)));
            body.push(paragraph(
                Role::Body,
                vec![
                    Run::plain(words.note),
                    Run::plain(" "),
                    Run { mark: Mark { emphasis: true, ..Mark::default() }, ..Run::plain(words.heading) },
                    Run::plain(" — "),
                    Run::plain("المادة 23").in_language("ar"),
                    Run::plain(" / "),
                    Run::plain("第二十三条“草案”").in_language("zh"),
                    Run::plain("."),
                ],
            ));
            body.push(paragraph(
                Role::Proposal,
                redline(words.redline[0], words.redline[1], words.redline[2], words.redline[3]),
            ));
            body.push(Block::text(Role::Ask, words.ask));
            body.push(Block::text(Role::Since, words.addressee));
        }
    }
    Paper { language: words.language, front: front(words), contents: true, body, ..Paper::default() }
}

/// The table of amendments, lying.
fn amendments(words: &Words) -> Paper {
    let row_of = |number: usize| {
        row(vec![
            vec![paragraph(Role::Body, vec![Run::strong(format!("7({number})"))])],
            vec![paragraph(Role::Quote, vec![Run::plain(words.clause)])],
            vec![paragraph(
                Role::Proposal,
                redline(words.redline[0], words.redline[1], words.redline[2], words.redline[3]),
            )],
            vec![
                Block::text(Role::Body, words.note),
                Block::text(Role::Label, words.organisation),
                Block::text(Role::Ask, words.ask),
            ],
        ])
    };
    let column = |name: &&str, share: f32| Column { name: (*name).to_owned(), share, ..Column::default() };
    let shares = [1.0, 3.0, 3.0, 3.0];
    let columns = words.columns.iter().zip(shares).map(|(name, share)| column(name, share)).collect();
    let grid = Grid { title: words.title.to_owned(), columns, rows: (1..=12).map(row_of).collect() };
    let mut front = front(words);
    front.introduction.truncate(1);
    Paper {
        language: words.language,
        sheet: Sheet::Lying,
        front,
        body: vec![Block::Table(grid), paragraph(Role::Body, vec![noted(words.ask, words.addressee)])],
        ..Paper::default()
    }
}

/// One line a clause, dense.
fn sheet(words: &Words) -> Paper {
    let rows = (1..=14)
        .map(|number| {
            row(vec![cell(&format!("{number}(2)(c)")), cell(words.note), vec![Block::text(Role::Ask, words.ask)]])
        })
        .collect();
    let columns = [(0, 1.0), (3, 4.0), (2, 3.0)]
        .map(|(at, share)| Column { name: words.columns[at].to_owned(), share, ..Column::default() })
        .to_vec();
    let mut front = front(words);
    front.introduction.clear();
    front.signatories = None;
    Paper {
        language: words.language,
        density: Density::Dense,
        front,
        body: vec![Block::Table(Grid { title: words.heading.to_owned(), columns, rows })],
        ..Paper::default()
    }
}

/// All of them with a name each.
pub fn papers() -> Vec<(String, Paper)> {
    let mut papers = Vec::new();
    for words in [&ENGLISH, &ARABIC, &CHINESE] {
        let tag = words.language.tag();
        papers.push((format!("article-{tag}"), articles(words)));
        papers.push((format!("amendments-{tag}"), amendments(words)));
        papers.push((format!("delegate-{tag}"), sheet(words)));
    }
    papers
}
