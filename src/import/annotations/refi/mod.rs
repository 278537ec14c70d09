//! REFI-QDA, as our own exporter and as QualCoder, ATLAS.ti, NVivo, MAXQDA and Taguette write it.
//!
//! Those programs differ from the standard in how they count: some count a line end of Windows as one character and some
//! as two, some UTF-16 code units. A selection that carries its first words as a name tells which; see [`text`].
//!
//! Must not know: how the workspace places what is read.

mod codebook;
mod project;
mod text;
mod tree;

use super::super::package::Parts;
use super::super::part::Part;
use super::Problem;
use super::foreign::{Foreign, Gathering};
use tree::Tree;

/// Whether a file is a project, packed or not.
pub(super) fn is_project(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK\x03\x04") {
        return Parts::open(bytes).is_ok_and(|parts| parts.names().any(|n| n.ends_with(".qde")));
    }
    begins_with(bytes, "<Project") && is_named(bytes, "urn:QDA-XML")
}

/// Whether a file is a codebook.
pub(super) fn is_codebook(bytes: &[u8]) -> bool {
    begins_with(bytes, "<CodeBook") && is_named(bytes, "urn:QDA-XML")
}

fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned()
}

fn begins_with(bytes: &[u8], tag: &str) -> bool {
    let head = head(bytes);
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains(tag)
}

fn is_named(bytes: &[u8], space: &str) -> bool {
    head(bytes).contains(space)
}

/// The codebook in a `.qdc` file.
pub(super) fn read_codebook(bytes: &[u8]) -> Result<Foreign, Problem> {
    let part = Part::new("codebook", bytes.to_vec())?;
    let tree = Tree::read(&part)?;
    let mut gathering = Gathering::default();
    codebook::read(&tree, &mut gathering)?;
    let sets = tree.all("Set").count();
    if sets > 0 {
        let sets = super::foreign::counted(sets, "set");
        gathering.foreign.left.push(format!("{sets} of codes; concerns have a tree and no other sets"));
    }
    Ok(gathering.finish())
}

/// The project in a `.qdpx` package or in a bare `.qde` file.
pub(super) fn read_project(bytes: &[u8]) -> Result<Foreign, Problem> {
    if !bytes.starts_with(b"PK\x03\x04") {
        let part = Part::new("project.qde", bytes.to_vec())?;
        return project::read(&part, None);
    }
    let mut parts = Parts::open(bytes)?;
    let name = parts.names().filter(|n| n.ends_with(".qde")).min_by_key(|n| n.len()).map(str::to_owned);
    let Some(name) = name else {
        return Err(Problem::Damaged("it has no part that ends in .qde".to_owned()));
    };
    let Some(bytes) = parts.read(&name)? else {
        return Err(Problem::Damaged(format!("its part {name} cannot be found where it should be")));
    };
    let part = Part::new(&name, bytes)?;
    project::read(&part, Some(&mut parts))
}
