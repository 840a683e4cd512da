//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod files;
mod form;
mod mail;
mod messages;
mod papers;
mod register;
mod held;
mod medium;
mod pieces;
mod result;
mod returns;
mod stage;
mod unit;
mod unit_list;
