//! Storage on SQLite or PostgreSQL, chosen by the address. Queries give out types of `rules` or small rows; every
//! write goes through [`Tx`], which also appends the ledger.

pub mod account;
pub mod author;
mod connect;
pub mod contest;
pub mod deadline;
mod entity;
pub mod entry;
mod error;
pub mod judging;
pub mod ledger;
mod listen;
pub mod message;
mod migration;
pub mod register;
pub mod results;
mod tx;
pub mod unit;
pub mod upload;
mod value;

pub use connect::{Engine, Store};
pub use error::{Error, Result};
pub use listen::{Heard, Listener};
pub use tx::{Committed, Tx};

/// What queries run on: [`Store::read`] or [`Tx::conn`].
pub use sea_orm::ConnectionTrait as Conn;
