//! The whole world of a paper, as typst sees it: one template, one file of data, one picture. There is no clock in it, no disk,
//! no network and no package.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

pub(super) const TEMPLATE: &str = include_str!("paper.typ");

/// One paper.
pub(super) struct PaperWorld {
    main: Source,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    data: Bytes,
    logo: Option<(&'static str, Bytes)>,
}

impl PaperWorld {
    /// With the fonts it may use, its data and its logo, under the name the data has for it.
    pub(super) fn new(fonts: Vec<Font>, data: Vec<u8>, logo: Option<(&'static str, Bytes)>) -> Option<Self> {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Some(Self { main: MAIN.clone()?, fonts, book, data: Bytes::new(data), logo })
    }
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static MAIN: LazyLock<Option<Source>> = LazyLock::new(|| {
    let path = VirtualPath::new("paper.typ").ok()?;
    Some(Source::new(FileId::new(RootedPath::new(VirtualRoot::Project, path)), TEMPLATE.to_owned()))
});

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(missing()) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        match &self.logo {
            _ if name == "paper.json" => Ok(self.data.clone()),
            Some((logo, bytes)) if name == *logo => Ok(bytes.clone()),
            _ => Err(missing()),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Nothing is said of where it was looked for.
fn missing() -> FileError {
    FileError::Other(Some("there is no such file".into()))
}
