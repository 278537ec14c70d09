//! Whole journeys in the real window, through the accessibility tree: what a person sees, clicks and types, by label.

#![allow(clippy::unwrap_used)]

#[path = "ui/codebook.rs"]
mod codebook;
#[path = "ui/colleagues.rs"]
mod colleagues;
#[path = "ui/commentary.rs"]
mod commentary;
#[path = "ui/compare.rs"]
mod compare;
#[path = "ui/curating.rs"]
mod curating;
#[path = "ui/desk.rs"]
mod desk;
#[path = "ui/eyes.rs"]
mod eyes;
#[path = "ui/hands.rs"]
mod hands;
#[path = "ui/importing.rs"]
mod importing;
#[path = "ui/keyboard.rs"]
mod keyboard;
#[path = "ui/lenses.rs"]
mod lenses;
#[path = "ui/looks.rs"]
mod looks;
#[path = "ui/matrix.rs"]
mod matrix;
#[path = "ui/mouse.rs"]
mod mouse;
#[path = "ui/printed.rs"]
mod printed;
#[path = "ui/reading_only.rs"]
mod reading_only;
#[path = "ui/references.rs"]
mod references;
#[path = "ui/replies.rs"]
mod replies;
#[path = "ui/report.rs"]
mod report;
#[path = "ui/review.rs"]
mod review;
#[path = "ui/searching.rs"]
mod searching;
#[path = "ui/sharing.rs"]
mod sharing;
#[path = "ui/side.rs"]
mod side;
#[path = "ui/start.rs"]
mod start;
#[path = "ui/tabs.rs"]
mod tabs;
#[path = "ui/treaty.rs"]
mod treaty;
#[path = "support/trial.rs"]
mod trial;
