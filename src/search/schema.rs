//! The fields of the index, its tokenizers, and its documents.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use super::analysis::{Analyzer, Stems, WholeWords};
use super::languages::Tongue;

const WHOLE_WORDS: &str = "whole_words";

/// The fields.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Slot of the owner and number of the passage: see [`place`].
    pub place: Field,
    /// Slot of the owner, to take its documents out by.
    owner: Field,
    /// Words as they are, for prefixes.
    pub whole_words: Field,
    /// Stems, by language.
    stems: Vec<Field>,
}

impl Fields {
    /// The schema and its fields.
    pub(super) fn with_schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str, option, norms| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default().set_indexing_options(indexing.set_index_option(option).set_fieldnorms(norms))
        };
        let place = schema.add_u64_field(PLACE, FAST);
        let owner = schema.add_u64_field("owner", NumericOptions::from(INDEXED));
        let whole_words = schema.add_text_field(WHOLE_WORDS, text(WHOLE_WORDS, IndexRecordOption::Basic, false));
        let stems = Tongue::all().map(|t| {
            schema.add_text_field(&stems_of(t), text(&stems_of(t), IndexRecordOption::WithFreqsAndPositions, true))
        });
        let stems = stems.collect();
        (schema.build(), Self { place, owner, whole_words, stems })
    }

    /// The field of the stems of a language.
    pub(super) fn stems(&self, tongue: Tongue) -> Option<Field> {
        self.stems.get(usize::from(tongue.0)).copied()
    }

    /// The term that all documents of an owner have.
    pub(super) fn owned_by(&self, slot: u32) -> Term {
        Term::from_field_u64(self.owner, slot.into())
    }

    /// A document of these texts in these languages.
    pub(super) fn document<'t>(
        &self,
        slot: u32,
        passage: u32,
        texts: impl Iterator<Item = &'t str>,
        tongues: &[Tongue],
    ) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.place, place(slot, passage));
        document.add_u64(self.owner, slot.into());
        for text in texts {
            document.add_text(self.whole_words, text);
            for field in tongues.iter().filter_map(|&t| self.stems(t)) {
                document.add_text(field, text);
            }
        }
        document
    }
}

/// The name of [`Fields::place`], by which tantivy reads its column.
pub(super) const PLACE: &str = "place";

/// The owner of a document and the number of the passage among the owner's, in one number.
pub(super) fn place(slot: u32, passage: u32) -> u64 {
    u64::from(slot) << 32 | u64::from(passage)
}

/// The slot and the passage of a [`place`].
pub(super) fn split(place: u64) -> (u32, u32) {
    ((place >> 32) as u32, place as u32)
}

/// Makes an index know the tokenizers of its fields.
pub(super) fn register_tokenizers(index: &tantivy::Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(WHOLE_WORDS, WholeWords(Analyzer::new(Tongue::PLAIN)));
    for tongue in Tongue::all() {
        tokenizers.register(&stems_of(tongue), Stems(Analyzer::new(tongue)));
    }
}

fn stems_of(tongue: Tongue) -> String {
    format!("stems_{}", tongue.code())
}
