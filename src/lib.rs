//! Travaux
pub mod model;
