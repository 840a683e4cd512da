//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod extension;
mod files;
mod form;
mod grace;
mod held;
mod mail;
mod medium;
mod messages;
mod papers;
mod pieces;
mod register;
mod result;
mod returns;
mod revise;
mod stage;
mod unit;
mod unit_list;
