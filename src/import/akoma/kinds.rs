//! What the elements of Akoma Ntoso are in a draft's outline.

use crate::model::ProvisionKind;

use super::tree::Tree;

/// How far an element is looked into to know what it holds.
const FAR: usize = 400;

/// The provision an element is, given those it stands in, outermost first; `None` where it only holds others.
pub(super) fn kind(tree: &Tree, at: usize, holders: &[ProvisionKind]) -> Option<ProvisionKind> {
    use ProvisionKind::{
        Annex, Article, Body, Chapter, Heading, Item, Paragraph, Part, Preamble, Recital, Section, Subparagraph, Title,
    };
    let has = |name: &str| tree.children(at).any(|c| tree.name(c) == name && !tree.words(c).is_empty());
    let numbered = || has("num");
    let since_unit = holders.iter().rposition(|k| k.is_headed()).map_or(0, |i| i + 1);
    let within = |kinds: &[ProvisionKind]| holders[since_unit..].iter().any(|k| kinds.contains(k));
    let in_article = holders.contains(&Article);
    // Below a numbered paragraph come points, below those items.
    let point = || if within(&[Subparagraph, Item]) { Item } else { Subparagraph };
    let paragraph = || if within(&[Paragraph, Recital, Subparagraph, Item]) { point() } else { Paragraph };
    let holds = |name: &str| (at..tree.end(at)).take(FAR).any(|i| tree.name(i) == name);
    Some(match tree.name(at) {
        "tome" | "book" | "part" | "subpart" => Part,
        "title" | "subtitle" => Title,
        "chapter" | "subchapter" => Chapter,
        "section" | "division" | "subdivision" if !in_article => Section,
        "subsection" if holds("article") || holds("section") => Section,
        "article" | "rule" => Article,
        "clause" if !in_article && !holders.contains(&Section) => Article,
        "paragraph" | "subsection" | "clause" | "section" | "division" | "subdivision" if numbered() => paragraph(),
        "subparagraph" | "subclause" | "alinea" | "transitional" | "proviso" if numbered() => {
            if within(&[Paragraph]) {
                point()
            } else {
                paragraph()
            }
        }
        "point" | "item" => point(),
        "indent" | "li" => Item,
        "paragraph" | "subparagraph" | "subclause" | "alinea" | "transitional" | "proviso" | "clause"
        | "subsection" => Body,
        "hcontainer" | "level" | "section" | "division" | "subdivision" => {
            if has("heading") && !within(&[Paragraph, Subparagraph, Item]) {
                Heading
            } else if numbered() {
                paragraph()
            } else {
                return None;
            }
        }
        "crossHeading" => Heading,
        "debateSection"
        | "administrationOfOath"
        | "rollCall"
        | "prayers"
        | "oralStatements"
        | "writtenStatements"
        | "personalStatements"
        | "ministerialStatements"
        | "resolutions"
        | "nationalInterest"
        | "declarationOfVote"
        | "communication"
        | "petitions"
        | "papers"
        | "noticesOfMotion"
        | "questions"
        | "address"
        | "proceduralMotions"
        | "pointOfOrder"
        | "introduction"
        | "background"
        | "motivation"
        | "decision"
        | "arguments"
        | "remedies"
            if has("heading") || numbered() =>
        {
            Heading
        }
        "preamble" => Preamble,
        "recitals" if is_group(tree, at) => Recital,
        "recital" | "citation" => {
            if holders.last() == Some(&Recital) {
                if numbered() { Subparagraph } else { Body }
            } else {
                Recital
            }
        }
        "attachment" | "annex" => Annex,
        // A part of a collection; one that only refers to others is none.
        "component" if tree.children(at).any(|c| !matches!(tree.name(c), "" | "componentRef")) => Heading,
        _ => return None,
    })
}

/// Whether recitals are one of several groups that each begin with words of their own, `considering`.
fn is_group(tree: &Tree, at: usize) -> bool {
    let Some(holder) = tree.get(at).map(|n| n.parent) else { return false };
    let groups = tree.children(holder).filter(|&c| tree.name(c) == "recitals").take(2).count();
    groups > 1 && tree.children(at).any(|c| tree.name(c) == "intro")
}

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "heading"
            | "subheading"
            | "longTitle"
            | "docTitle_"
            | "block"
            | "container"
            | "blockContainer"
            | "div"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "ul"
            | "ol"
            | "li"
            | "toc"
            | "tocItem"
            | "from"
            | "formula"
            | "preface"
            | "preamble"
            | "conclusions"
            | "body"
            | "mainBody"
            | "collectionBody"
            | "amendmentBody"
            | "debateBody"
            | "judgmentBody"
            | "portionBody"
            | "coverPage"
            | "header"
            | "intro"
            | "wrapUp"
            | "listIntroduction"
            | "listWrapUp"
            | "content"
            | "list"
            | "blockList"
            | "tblock"
            | "interstitial"
            | "quotedStructure"
            | "embeddedStructure"
            | "fragmentBody"
            | "scene"
            | "narrative"
            | "summary"
            | "speech"
            | "question"
            | "answer"
            | "speechGroup"
            | "foreign"
            | "recitals"
            | "citations"
            | "components"
            | "attachments"
            | "component"
            | "attachment"
            | "other"
    )
}

/// What is known about the document but is none of its words.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(name, "meta" | "componentRef" | "documentRef" | "img" | "attachmentOf" | "presentation")
}

/// The tag of BCP 47 for a language of ISO 639-2.
pub(super) fn language(code: &str) -> String {
    let code = code.trim().to_ascii_lowercase();
    let short = match code.as_str() {
        "eng" => "en",
        "fra" | "fre" => "fr",
        "spa" => "es",
        "rus" => "ru",
        "ara" => "ar",
        "zho" | "chi" => "zh",
        "por" => "pt",
        "deu" | "ger" => "de",
        "ita" => "it",
        "nld" | "dut" => "nl",
        "pol" => "pl",
        "ron" | "rum" => "ro",
        "ell" | "gre" => "el",
        "ukr" => "uk",
        "swa" => "sw",
        "jpn" => "ja",
        "kor" => "ko",
        "hin" => "hi",
        "fin" => "fi",
        "swe" => "sv",
        "dan" => "da",
        "ces" | "cze" => "cs",
        "und" | "mul" | "zxx" => "",
        other => other,
    };
    let fits = (2..=12).contains(&short.len()) && short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits { short.to_owned() } else { String::new() }
}
