//! Travaux.

pub mod citation;
pub mod cli;
pub mod export;
pub mod import;
pub mod model;
pub mod outline;
pub mod reconcile;
pub mod search;
pub mod storage;
pub mod ui;
pub mod workspace;
