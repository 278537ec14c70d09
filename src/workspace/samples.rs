//! The sample project that ships inside the program.

/// The name of its folder in the user's data folder.
pub const FOLDER: &str = "model-convention";

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../sample_projects/model-convention/", $path)))),*]
    };
}

/// Its files, by their path inside the folder.
pub const FILES: &[(&str, &[u8])] = files![
    "README.md",
    "annotations/digital-rights-desk.annotations.ron",
    "annotations/legal-desk.annotations.ron",
    "codebook.ron",
    "commentaries/open-networks/commentary.ron",
    "commentaries/open-networks/source.md",
    "commentaries/open-networks/text.txt",
    "drafts/first-draft/outline.ron",
    "drafts/first-draft/source.md",
    "drafts/first-draft/text.txt",
    "drafts/further-revised-draft/outline.ron",
    "drafts/further-revised-draft/source.txt",
    "drafts/further-revised-draft/text.txt",
    "drafts/revised-draft/outline.ron",
    "drafts/revised-draft/source.md",
    "drafts/revised-draft/text.txt",
    "project.ron",
];
