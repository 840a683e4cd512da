//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod files;
mod form;
mod held;
mod mail;
mod medium;
mod messages;
mod papers;
mod pieces;
mod register;
mod result;
mod returns;
mod stage;
mod unit;
mod unit_list;
