//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod extension;
mod files;
mod grace;
mod result;
mod revise;
mod stage;
mod unit;
