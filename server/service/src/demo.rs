//! Demo data and what plays it.

pub mod sim;
