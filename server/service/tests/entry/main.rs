//! Entries and their files through the services, on both engines.

mod author;
mod desk;
mod exclusion;
mod files;
mod invitation;
mod invitation_secret;
mod result;
mod stage;
mod unit;
