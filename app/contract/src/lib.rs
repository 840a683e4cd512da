//! What the screens may ask of the product: per slice its commands, views and one service trait.
//!
//! Commands carry a [`rules::id::CommandKey`] (safe to repeat) and, where they change something that exists, the
//! [`rules::id::Version`] they were made from. Views hold exactly what their viewer may see. To add a call: a command
//! or view here, a method in the slice's trait, its implementation in `service`, a server function in `app`, a row in
//! the permission table of `rules::account`.

pub mod account;
pub mod author;
pub mod contest;
pub mod deadline;
pub mod entry;
pub mod error;
pub mod file;
pub mod judging;
pub mod live;
pub mod message;
pub mod paper;
pub mod register;
pub mod results;
pub mod services;
pub mod unit;

pub use error::{Conflict, Error, ErrorId, FieldError, FieldProblem, Kind};
pub use services::Services;

/// What every call returns.
pub type Result<T> = std::result::Result<T, Error>;
