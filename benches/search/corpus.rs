//! The trade agreements as plain texts, as drafts of a project, and as files for a program that searches files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use travaux::model::text::normalize;
use travaux::model::{Draft, DraftDetails, DraftId, Project, ProjectDetails, ProjectId};
use travaux::outline::recognize;

const ARCHIVE: &str = "scale/tota-450-trade-agreements.tar.xz";

/// The agreements, and the folder with their texts, one file each.
pub struct Corpus {
    pub project: Project,
    pub texts: Vec<PathBuf>,
    pub folder: tempfile::TempDir,
}

/// Unpacks the archive; nothing, with a word about it, where there is none or no program to do it.
pub fn unpacked() -> Option<Corpus> {
    let Some(corpus) = std::env::var_os("TRAVAUX_CORPUS") else {
        println!("TRAVAUX_CORPUS does not say where the corpus is: nothing is measured");
        return None;
    };
    let archive = Path::new(&corpus).join(ARCHIVE);
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(folder.path()).status();
    if !done.is_ok_and(|status| status.success()) {
        println!("{} cannot be unpacked with tar and xz: nothing is measured", archive.display());
        return None;
    }
    let mut files: Vec<_> =
        fs::read_dir(folder.path().join("tota/xml")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    let mut texts = Vec::new();
    fs::create_dir(folder.path().join("texts")).unwrap();
    for (number, file) in files.iter().enumerate() {
        let (details, text) = agreement(&fs::read_to_string(file).unwrap());
        let text = normalize(&text);
        let slug = file.file_stem().unwrap().to_string_lossy().replace('_', "-");
        let path = folder.path().join("texts").join(format!("{slug}.txt"));
        fs::write(&path, text.as_bytes()).unwrap();
        texts.push(path);
        let outline = recognize(&text, &[]).outline;
        project.drafts.push(Arc::new(Draft::new(DraftId(number as u128 + 1), slug, details, &text, outline)));
    }
    Some(Corpus { project, texts, folder })
}

/// The same agreements once more, under other names.
pub fn doubled(project: &Project) -> Project {
    let mut double = project.clone();
    for draft in &project.drafts {
        let mut copy = Draft::clone(draft);
        copy.id = DraftId(copy.id.0 + (1 << 64));
        copy.slug.push_str("-2");
        double.drafts.push(Arc::new(copy));
    }
    double
}

fn agreement(xml: &str) -> (DraftDetails, String) {
    let mut reader = Reader::from_str(xml);
    let (mut details, mut text) = (DraftDetails::default(), String::new());
    let mut within = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if matches!(name.as_str(), "chapter" | "article") {
                    text.push_str("\n\n");
                    text.push_str(&attribute(&start, "number"));
                    text.push('\n');
                    text.push_str(&attribute(&start, "name"));
                    text.push_str("\n\n");
                }
                within.push(name);
            }
            Event::End(_) => drop(within.pop()),
            Event::Text(words) => {
                let words = words.xml10_content();
                match within.last().map(String::as_str) {
                    Some("name") => details.label.push_str(&words),
                    Some("language") => details.language.push_str(&words),
                    _ if within.iter().any(|w| w == "body") => text.push_str(&words),
                    _ => {}
                }
            }
            Event::GeneralRef(entity) => {
                let sign = match entity.xml10_content().as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => " ",
                };
                text.push_str(if within.iter().any(|w| w == "body") { sign } else { "" });
            }
            _ => {}
        }
    }
    (details, text)
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.try_get_attribute(name).unwrap();
    found.map_or_else(String::new, |a| a.value.replace("&amp;", "&").replace("&quot;", "\""))
}
