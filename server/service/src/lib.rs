//! The services: each loads what a decision needs, asks `rules`, stores rows and events in one transaction, and
//! publishes what was committed. They know nothing of HTTP or pages.

pub mod account;
pub mod actor;
pub mod clock;
pub mod contest;
pub mod ctx;
pub mod demo;
pub mod entry;
pub mod error;
pub mod hub;
pub mod input;
pub mod judging;
pub mod live;
pub mod results;
pub mod uploads;

pub use ctx::{Begun, Ctx, ServiceConfig};
pub use hub::Hub;
