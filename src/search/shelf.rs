//! The tantivy index itself: in memory, or in a folder of its own, where it is checked before it is trusted.

use std::path::Path;

use tantivy::directory::{Directory, DirectoryLock, Lock, MmapDirectory};
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher};

use super::SearchError;
use super::schema::{Fields, register_tokenizers};
use crate::model::text::sha256;

/// The file beside tantivy's own that says what the index holds.
const CATALOG: &str = "catalog.json";
/// Tantivy's list of segments.
const SEGMENTS: &str = "meta.json";
/// Tantivy's list of files.
const FILES: &str = ".managed.json";
/// Text from which a second thread pays, in bytes.
const LARGE: u64 = 1 << 20;

/// An index and the way to read it.
pub(super) struct Shelf {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    home: Option<Home>,
}

/// The folder of an index; no other window can have it at the same time.
pub(super) struct Home {
    directory: MmapDirectory,
    _lock: DirectoryLock,
}

impl Home {
    /// The folder, or nothing where another window has it.
    pub(super) fn at(folder: &Path) -> Result<Option<Self>, SearchError> {
        let directory = MmapDirectory::open(folder).map_err(|e| SearchError::Index(e.to_string()))?;
        let lock = Lock { filepath: "window.lock".into(), is_blocking: false };
        Ok(directory.acquire_lock(&lock).ok().map(|lock| Self { directory, _lock: lock }))
    }

    /// What the catalog and tantivy's own lists say, if they are as they were left.
    fn catalog(&self) -> Option<String> {
        let whole = String::from_utf8(self.directory.atomic_read(Path::new(CATALOG)).ok()?).ok()?;
        let (hash, rest) = whole.split_once('\n')?;
        let (_, body) = rest.split_once('\n')?;
        (hash == self.hash_with(body)?).then(|| body.to_owned())
    }

    /// Writes the catalog, with tantivy's list of files beside it: should that one be damaged, they can still be cleared.
    fn keep(&self, catalog: &str) -> Option<()> {
        let files = String::from_utf8(self.directory.atomic_read(Path::new(FILES)).ok()?).ok()?.replace('\n', " ");
        let whole = format!("{}\n{files}\n{catalog}", self.hash_with(catalog)?);
        self.directory.atomic_write(Path::new(CATALOG), whole.as_bytes()).ok()
    }

    /// The hash over the catalog and tantivy's lists of segments and files.
    fn hash_with(&self, catalog: &str) -> Option<String> {
        let mut all = catalog.as_bytes().to_vec();
        for list in [SEGMENTS, FILES] {
            all.extend(self.directory.atomic_read(Path::new(list)).ok()?);
        }
        Some(sha256(&all))
    }

    /// Takes away every file an index left here, as far as its lists name them.
    fn clear(&self) {
        let mut names = Vec::new();
        for list in [FILES, SEGMENTS, CATALOG] {
            if let Ok(bytes) = self.directory.atomic_read(Path::new(list)) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                names.extend(text.split('"').filter(|n| is_segment_file(n)).map(str::to_owned));
            }
            names.push(list.to_owned());
        }
        for name in names {
            // A file that cannot be taken away is in nobody's way: the new index has names of its own.
            let _ = self.directory.delete(Path::new(&name));
        }
    }
}

impl Shelf {
    /// An empty one that is gone with the program.
    pub(super) fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::with_schema();
        Ok(Self::of(tantivy::Index::create_in_ram(schema), fields, None)?)
    }

    /// The one in the folder and its catalog, if it is sound.
    pub(super) fn open(home: Home) -> Result<(Self, String), Home> {
        let (schema, fields) = Fields::with_schema();
        let Some(catalog) = home.catalog() else { return Err(home) };
        let sound = |index: &tantivy::Index| {
            index.schema() == schema && index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
        };
        match tantivy::Index::open(home.directory.clone()) {
            Ok(index) if sound(&index) => match Self::of(index, fields, None) {
                Ok(shelf) => Ok((Self { home: Some(home), ..shelf }, catalog)),
                Err(_) => Err(home),
            },
            _ => Err(home),
        }
    }

    /// An empty one in the folder.
    pub(super) fn anew(home: Home) -> Result<Self, SearchError> {
        home.clear();
        let (schema, fields) = Fields::with_schema();
        let index = tantivy::Index::create(home.directory.clone(), schema, IndexSettings::default())?;
        Ok(Self::of(index, fields, Some(home))?)
    }

    /// The folder, given back.
    pub(super) fn into_home(self) -> Option<Home> {
        self.home
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What was there at the last [`Self::finish`].
    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// A writer for about so many bytes of text.
    pub(super) fn writer(&self, bytes: u64) -> Result<IndexWriter, SearchError> {
        let (threads, memory) = if bytes > LARGE { (2, 50_000_000) } else { (1, 15_000_000) };
        let writer = self.index.writer_with_num_threads(threads, memory)?;
        // Merging is done at the end of an update and waited for, so that nothing stirs between updates.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Makes what was written the state of the index, and says so in the catalog.
    pub(super) fn finish(&self, mut writer: IndexWriter, catalog: &str) -> Result<(), SearchError> {
        writer.commit()?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.3);
        for candidate in policy.compute_merge_candidates(&self.index.searchable_segment_metas()?) {
            writer.merge(&candidate.0).wait()?;
        }
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        self.keep(catalog)
    }

    /// Forgets what was written; the catalog is that of the state before.
    pub(super) fn abandon(&self, mut writer: IndexWriter, catalog: &str) -> Result<(), SearchError> {
        writer.rollback()?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        self.keep(catalog)
    }

    fn keep(&self, catalog: &str) -> Result<(), SearchError> {
        let Some(home) = &self.home else { return Ok(()) };
        home.keep(catalog).ok_or_else(|| SearchError::Index("its catalog cannot be written".into()))
    }

    fn of(index: tantivy::Index, fields: Fields, home: Option<Home>) -> tantivy::Result<Self> {
        register_tokenizers(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields, home })
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.to_string())
    }
}

/// An empty index with the schema and the tokenizers used here: the yardstick of the benchmark.
#[doc(hidden)]
pub fn bare_index() -> tantivy::Index {
    let index = tantivy::Index::create_in_ram(Fields::with_schema().0);
    register_tokenizers(&index);
    index
}

/// Whether tantivy gives such names: 32 hexadecimal digits, perhaps a number, and an extension.
fn is_segment_file(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_hexdigit).count();
    digits == 32 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') && name[32..].starts_with('.')
}
