//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod exclusion;
mod extension;
mod files;
mod form;
mod grace;
mod held;
mod invitation;
mod invitation_mail;
mod invitation_secret;
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
