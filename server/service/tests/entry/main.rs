//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod files;
mod held;
mod medium;
mod pieces;
mod result;
mod stage;
mod unit;
