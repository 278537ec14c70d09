//! Floor 1: what a text says by its choice of words: how far it binds ([`wording`]), and which terms it defines and uses
//! ([`terms`]). Pure functions from a text to places in it, in time linear in the text.
//!
//! Must not know: drafts, projects, how anything is drawn, what was said about the text; it imports only
//! [`crate::model`].

mod phrases;
pub mod terms;
mod tokens;
pub mod wording;

pub use terms::{Defined, Loose, Term, Terms, Use, Why};
pub use wording::{Force, Hit, Tongue, Wording};
