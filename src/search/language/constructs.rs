//! The table of what a query can say. The window's help and the guide in the README show it, and a test reads every line.

/// One way to say something in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it is about; those of one group stand together.
    pub group: &'static str,
    /// A query, or several parted by two spaces.
    pub example: &'static str,
    /// What it finds, in a few words.
    pub means: &'static str,
}

impl Construct {
    /// The queries of the example.
    pub fn queries(&self) -> impl Iterator<Item = &'static str> {
        self.example.split("  ")
    }
}

const fn words(example: &'static str, means: &'static str) -> Construct {
    Construct { group: "Words", example, means }
}

const fn places(example: &'static str, means: &'static str) -> Construct {
    Construct { group: "Places", example, means }
}

const fn remarks(example: &'static str, means: &'static str) -> Construct {
    Construct { group: "Remarks", example, means }
}

const fn together(example: &'static str, means: &'static str) -> Construct {
    Construct { group: "Put together", example, means }
}

/// All of them, in the order they are shown.
pub const CONSTRUCTS: [Construct; 36] = [
    words("intercept", "the word in any of its forms, in each draft's own language: intercepts, interception"),
    words("intercept data", "both words, anywhere in one provision or note"),
    words("\"serious crime\"", "the phrase, in any forms of its words; it can run over the end of a line"),
    words("\"without right\"~3", "the same words up to 3 words apart in all; the other way round counts as 2"),
    words("surveil*", "words that begin so; also in a phrase: \"mutual legal assist*\""),
    words(
        "cybrcrime~",
        "words 2 letters off at most, 1 if it has up to 5 letters, 0 up to 2; two letters swapped are 1",
    ),
    words("cybrcrime~1  states~0", "1 letter off at most; this spelling alone, whatever its capitals"),
    words("/inter(cept|fere)\\w+/", "a regular expression, in any capitals; (?-i) makes them count"),
    words("=ICT  =\"State Party\"", "exactly so, capitals included"),
    together("encryption AND keys", "both; AND can be left out"),
    together("encryption OR cryptography", "one or the other; AND binds closer than OR"),
    together("crime NOT terrorism  crime -terrorism", "the first without the second"),
    together("crime NOT (terrorism OR \"money laundering\")", "parentheses hold together"),
    together("\"serious crime\" AND NOT concern:safeguards", "words and conditions in one question"),
    places("draft:Rev.1  draft:2023-05  draft:last", "in a draft, by label, symbol, date, or as the first or last"),
    places("article:23  article:\"8 bis\"  article:23(2)(c)", "in an article, or at a point of it"),
    places("article:28..30", "in these articles, both ends included"),
    places("chapter:V  chapter:5  chapter:five", "in a chapter, whatever way its number is written"),
    places("part:II  section:2  title:IV", "in a part, a section or a title; ranges as with articles"),
    places("annex:A  recital:12", "in an annex, or a paragraph of the preamble"),
    places("kind:paragraph", "provisions of a kind: article, paragraph, subparagraph, item, recital, …"),
    places("in:heading", "the words beside it stand in a heading; alone, provisions with a heading"),
    places("in:preamble  in:annex", "anywhere in the preamble, or in an annex"),
    places("mark:bracketed  mark:agreed", "with words in brackets; agreed ad referendum"),
    places("mark:alternative  mark:deleted  mark:placeholder  mark:unbalanced", "the other marks of negotiators"),
    places("has:mark  has:heading  no:mark  no:heading", "with or without any such mark; with or without a heading"),
    places("changed:since(Rev.1)  changed:since(first)", "new or edited since that draft, in the drafts after it"),
    remarks("concern:surveillance  concern:SV", "where a remark has this concern, by name or tag, or one below it"),
    remarks("severity:>=3  severity:high  severity:2..3", "where a remark is so severe: 1 to 4, or low to critical"),
    remarks("analyst:Amara", "where this analyst has a remark"),
    remarks("status:draft  status:review  status:agreed", "where a remark has come so far"),
    remarks(
        "has:note  has:recommendation  has:proposal  has:remark  has:absence  has:annotation",
        "where there is a note, a recommendation, proposed words, a remark, an absence, either of the two",
    ),
    remarks("has:concern  has:severity  has:source  has:outcome", "where a remark has one; source: a commentary"),
    remarks("no:concern  no:note  no:annotation", "where no remark has one; all that has: knows can be missing"),
    remarks("in:note", "only notes, proposed words and replies; these are searched with the drafts otherwise"),
    remarks("\"prior authorization\" in:commentary", "in the commentaries by others, which are left out otherwise"),
];
