//! A project: users, sources with selections, notes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::super::package::Parts;
use super::super::super::part::Part;
use super::super::Problem;
use super::super::foreign::{
    Counting, Foreign, ForeignDraft, ForeignSighting, Gathering, analyst_named, counted, remark, time,
};
use super::codebook;
use super::text::Counted;
use super::tree::{Element, Tree};
use crate::model::facts::Facts;
use crate::model::ids::{derived, from_guid};
use crate::model::text::{normalize, sha256};
use crate::model::{Analyst, AnalystId, ConcernId, DraftId, Quote};

/// What elements refer to by their GUIDs.
struct Known<'t, 'x> {
    tree: &'t Tree<'x>,
    users: HashMap<u128, Analyst>,
    notes: HashMap<u128, &'t Element<'x>>,
    codes: BTreeSet<ConcernId>,
}

/// What of a project is not taken over, in numbers.
#[derive(Default)]
struct Left {
    without_text: usize,
    outside: usize,
    whole: usize,
    memos: usize,
}

/// Reads a project; the texts of its sources come from the package, if there is one.
pub(super) fn read(part: &Part, mut parts: Option<&mut Parts<'_>>) -> Result<Foreign, Problem> {
    let tree = Tree::read(part)?;
    if tree.root().is_none_or(|r| r.tag.name != "Project") {
        return Err(Problem::Damaged("its outermost element is not Project".to_owned()));
    }
    let mut gathering = Gathering::default();
    codebook::read(&tree, &mut gathering)?;
    let users = tree.all("User").filter_map(|user| {
        let id = from_guid(&user.tag.attribute("guid")?)?;
        let name = user.tag.attribute("name").or_else(|| user.tag.attribute("id")).unwrap_or_default();
        Some((id, Analyst { id: AnalystId(id), name }))
    });
    let notes = tree.all("Note").filter_map(|n| Some((from_guid(&n.tag.attribute("guid")?)?, n)));
    let codes = gathering.foreign.concerns.iter().map(|c| c.id).collect();
    let known = Known { tree: &tree, users: users.collect(), notes: notes.collect(), codes };
    let mut left = Left::default();
    let mut used: BTreeSet<u128> = BTreeSet::new();
    for source in sources(&tree) {
        read_source(&known, source, &mut parts, &mut gathering, &mut left, &mut used)?;
    }
    left.memos += known.notes.keys().filter(|id| !used.contains(id)).count();
    // Remarks on drafts that the sender does not have hang on the project itself.
    if let Some(root) = tree.root() {
        for note in tree.inside(root, "NoteRef").filter_map(|r| known.note(r)) {
            left.memos -= usize::from(placeless(&known, note, None, &mut gathering)?);
        }
    }
    say_left(&tree, &left, &mut gathering.foreign.left);
    Ok(gathering.finish())
}

/// The text sources: by themselves, or as what a PDF file says.
fn sources<'t, 'x>(tree: &'t Tree<'x>) -> impl Iterator<Item = &'t Element<'x>> {
    tree.all("Sources").flat_map(move |sources| tree.children(sources)).filter_map(move |source| {
        match source.tag.name {
            "TextSource" => Some(source),
            "PDFSource" => tree.inside(source, "Representation").next(),
            _ => None,
        }
    })
}

impl<'t, 'x> Known<'t, 'x> {
    fn user(&self, element: &Element<'_>, attribute: &str) -> Option<Analyst> {
        let id = from_guid(&element.tag.attribute(attribute)?)?;
        Some(self.users.get(&id).cloned().unwrap_or_else(|| Analyst { id: AnalystId(id), name: String::new() }))
    }

    /// The note that a reference points to.
    fn note(&self, reference: &Element<'_>) -> Option<&'t Element<'x>> {
        self.notes.get(&from_guid(&reference.tag.attribute("targetGUID")?)?).copied()
    }
}

fn id_of(element: &Element<'_>) -> Option<u128> {
    from_guid(&element.tag.attribute("guid")?)
}

fn read_source(
    known: &Known<'_, '_>,
    source: &Element<'_>,
    parts: &mut Option<&mut Parts<'_>>,
    gathering: &mut Gathering,
    left: &mut Left,
    used: &mut BTreeSet<u128>,
) -> Result<(), Problem> {
    let tree = known.tree;
    let label = source.tag.attribute("name").unwrap_or_default();
    let raw = text_of(tree, source, parts)?;
    let id = DraftId(id_of(source).unwrap_or_else(|| derived(&["draft", &label])));
    let mut draft = ForeignDraft::named(id, &label);
    for line in tree.words(source, "Description").unwrap_or_default().lines() {
        match line.split_once(": ") {
            Some(("Symbol", symbol)) => draft.symbol = symbol.to_owned(),
            Some(("Language", language)) => draft.language = language.to_owned(),
            _ => {}
        }
    }
    if let Some(raw) = &raw {
        draft.text_hash = sha256(normalize(raw).as_bytes());
    }
    gathering.draft(draft)?;
    let selections: Vec<&Element<'_>> = tree.inside(source, "PlainTextSelection").collect();
    let spans: Vec<(usize, usize, String)> = selections
        .iter()
        .map(|s| {
            let number = |name| s.tag.number::<usize>(name).unwrap_or(usize::MAX);
            (number("startPosition"), number("endPosition"), s.tag.attribute("name").unwrap_or_default())
        })
        .collect();
    let counted = raw.as_deref().map(|raw| Counted::new(raw, &spans));
    left.without_text += usize::from(counted.is_none() && !selections.is_empty());
    let ranges = counted.as_ref().map(|c| c.ranges(spans.iter().map(|(a, b, _)| (*a, *b))));
    let points = counted.as_ref().zip(ranges.as_ref()).map(|(c, ranges)| c.points(ranges));
    for (n, (selection, (start, end, name))) in selections.iter().zip(&spans).enumerate() {
        let range = ranges.as_ref().and_then(|r| r.get(n).copied().flatten());
        let quote = match (&counted, range) {
            (Some(counted), Some(range)) => counted.quote(range),
            // The names of selections are often their first words.
            _ => Quote { exact: name.trim_end_matches("...").to_owned(), ..Quote::default() },
        };
        left.outside += usize::from(counted.is_some() && range.is_none());
        let span = match &points {
            Some(points) => points.get(n).copied().flatten(),
            None => Some((*start, *end)).filter(|(a, b)| a <= b && *b < usize::MAX),
        };
        let sighting =
            ForeignSighting { draft: id, span, quote, counting: Counting::CodePoints, ..ForeignSighting::default() };
        read_selection(known, selection, sighting, gathering, used)?;
    }
    left.whole += tree.inside(source, "Coding").count();
    for note in tree.inside(source, "NoteRef").filter_map(|r| known.note(r)) {
        if placeless(known, note, Some(id), gathering)? {
            used.extend(id_of(note));
        }
    }
    Ok(())
}

/// The text of a source: in the project itself, or in a part of the package that it names.
fn text_of(
    tree: &Tree<'_>,
    source: &Element<'_>,
    parts: &mut Option<&mut Parts<'_>>,
) -> Result<Option<String>, Problem> {
    if let Some(words) = tree.words(source, "PlainTextContent") {
        return Ok(Some(words.to_owned()));
    }
    let Some(path) = source.tag.attribute("plainTextPath") else { return Ok(None) };
    let (Some(name), Some(parts)) = (path.strip_prefix("internal://"), parts) else { return Ok(None) };
    // Only a name in the folder of sources: what leads elsewhere is not followed.
    if name.contains(['/', '\\']) || name.contains("..") {
        return Ok(None);
    }
    let Some(bytes) = parts.read(&format!("sources/{name}"))? else { return Ok(None) };
    Ok(Some(match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        _ => String::from_utf8(bytes).unwrap_or_else(|e| encoding_rs::WINDOWS_1252.decode(e.as_bytes()).0.into_owned()),
    }))
}

fn read_selection(
    known: &Known<'_, '_>,
    selection: &Element<'_>,
    mut sighting: ForeignSighting,
    gathering: &mut Gathering,
    used: &mut BTreeSet<u128>,
) -> Result<(), Problem> {
    let tree = known.tree;
    let nobody = || analyst_named("", "REFI-QDA");
    let author = known.user(selection, "creatingUser").or_else(|| known.user(selection, "modifyingUser"));
    let (said, facts) = Facts::split(tree.words(selection, "Description").unwrap_or_default());
    (sighting.state, sighting.reach, sighting.citation) = facts.placement();
    let span = sighting.span.unwrap_or_default();
    let id = id_of(selection).unwrap_or_else(|| {
        derived(&["selection", &sighting.draft.to_string(), &format!("{span:?}"), &sighting.quote.exact])
    });
    // One remark for each person who coded the words.
    let mut by: BTreeMap<Analyst, BTreeSet<ConcernId>> = BTreeMap::new();
    for coding in tree.inside(selection, "Coding") {
        let who = known.user(coding, "creatingUser").or_else(|| author.clone()).unwrap_or_else(nobody);
        let codes = tree.inside(coding, "CodeRef").filter_map(|c| from_guid(&c.tag.attribute("targetGUID")?));
        by.entry(who).or_default().extend(codes.map(ConcernId).filter(|c| known.codes.contains(c)));
    }
    let mut note = said.to_owned();
    let mut references: Vec<&Element<'_>> = tree.inside(selection, "NoteRef").collect();
    references.extend(tree.inside(selection, "Coding").flat_map(|c| tree.inside(c, "NoteRef")));
    for element in references.into_iter().filter_map(|r| known.note(r)) {
        used.extend(id_of(element));
        let words = [tree.words(element, "PlainTextContent"), tree.words(element, "Description")];
        let words = words.into_iter().flatten().find(|w| !w.is_empty()).unwrap_or_default();
        if !note.is_empty() && !words.is_empty() {
            note.push_str("\n\n");
        }
        note.push_str(words);
    }
    let author = author.or_else(|| by.keys().next().cloned()).unwrap_or_else(nobody);
    by.entry(author.clone()).or_default();
    for (analyst, concerns) in by {
        let own = analyst.id == author.id;
        if !own && concerns.is_empty() {
            continue;
        }
        let of = if own { id } else { derived(&["selection", &format!("{id:032x}"), &analyst.id.to_string()]) };
        let mut annotation = remark(of);
        annotation.concerns = concerns;
        let attribute = |name| selection.tag.attribute(name).and_then(|t| time(&t));
        let created = attribute("creationDateTime").or_else(|| attribute("modifiedDateTime"));
        if let Some(created) = created {
            annotation.created = created;
            annotation.changed = attribute("modifiedDateTime").unwrap_or(created);
        }
        if own {
            annotation.note.clone_from(&note);
            gathering.odd(&facts.put_into(&mut annotation));
        }
        gathering.remark(analyst, annotation, created.is_some(), sighting.clone())?;
    }
    Ok(())
}

/// Adds the remark without a place that a note of ours tells; false for a note of another kind.
fn placeless(
    known: &Known<'_, '_>,
    note: &Element<'_>,
    draft: Option<DraftId>,
    gathering: &mut Gathering,
) -> Result<bool, Problem> {
    let (_, facts) = Facts::split(known.tree.words(note, "Description").unwrap_or_default());
    let draft = facts.get("Draft").and_then(|d| d.parse().ok()).or(draft);
    let (Some(draft), Some(id), Some(_)) = (draft, id_of(note), facts.get("Remark")) else { return Ok(false) };
    let mut annotation = remark(id);
    known.tree.words(note, "PlainTextContent").unwrap_or_default().clone_into(&mut annotation.note);
    let attribute = |name| note.tag.attribute(name).and_then(|t| time(&t));
    let created = attribute("creationDateTime");
    annotation.created = created.unwrap_or_default();
    annotation.changed = attribute("modifiedDateTime").unwrap_or(annotation.created);
    gathering.odd(&facts.put_into(&mut annotation));
    let (state, reach, citation) = facts.placement();
    let sighting =
        ForeignSighting { draft, state, reach, citation, quote: facts.quote(), ..ForeignSighting::default() };
    let analyst = known.user(note, "creatingUser").unwrap_or_else(|| analyst_named("", "REFI-QDA"));
    gathering.remark(analyst, annotation, created.is_some(), sighting)?;
    Ok(true)
}

fn say_left(tree: &Tree<'_>, left: &Left, said: &mut Vec<String>) {
    let count = |names: &[&str]| names.iter().map(|n| tree.all(n).count()).sum::<usize>();
    for (count, what, why) in [
        (count(&["PictureSource", "AudioSource", "VideoSource"]), "source", "that are no text"),
        (count(&["PDFSelection"]), "selection", "on pages of PDF files, which say no words"),
        (count(&["TranscriptSelection"]), "selection", "in transcripts of sound or film"),
        (left.without_text, "source", "whose text is not in the file; their selections have their first words only"),
        (left.outside, "selection", "outside the text of the source; kept without a place"),
        (left.whole, "code", "of whole sources, since a remark is about words"),
        (left.memos, "note", "on no words"),
        (count(&["Case"]), "case", ""),
        (count(&["Variable"]), "variable", ""),
        (count(&["Set"]), "set", ""),
        (count(&["Graph"]), "graph", ""),
        (count(&["Link"]), "link", ""),
    ] {
        if count > 0 {
            said.push(format!("{} {why}", counted(count, what)).trim_end().to_owned());
        }
    }
}
