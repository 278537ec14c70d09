//! Floor 3: the window, drawn over a workspace it only reads.
//!
//! Must not know: how anything is done. It reads a [`Workspace`](crate::workspace::Workspace), draws, and pushes
//! [`Wish`]es; the app hands these on between frames.

mod app;
mod bars;
mod cards;
mod desktop;
mod dialogs;
mod keys;
mod panels;
mod places;
mod replies;
mod scene;
mod widgets;

pub mod reader;
pub mod theme;

pub use app::{App, Options, Outside};
pub use scene::{Scene, Wish};
