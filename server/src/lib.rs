//! Composition root: settings, the router over the services, and the commands of the program.
//!
//! Tests build the same router over a database of their own: see [`http::build_router`].

pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod start;
