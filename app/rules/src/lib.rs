//! The rules of a contest of administrative-reform initiatives, and nothing else: no I/O, no clock, no randomness,
//! no floats. Server, browser and offline verifier call the same functions and reach the same verdict.
//!
//! A slice is a module (`contest`, `entry`, `judging`, `results`, `account`); the words are those of the glossary.

pub mod account;
pub mod contest;
pub mod entry;
pub mod event;
pub mod id;
pub mod judging;
pub mod ledger;
pub mod message;
pub mod points;
pub mod record;
pub mod register;
pub mod results;
pub mod text;
pub mod time;
pub mod unit;
mod violation;
pub mod visibility;

pub use violation::Violation;
