//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod files;
mod mail;
mod messages;
mod result;
mod stage;
mod unit;
