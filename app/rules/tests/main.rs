//! One test program for the whole crate: golden data, properties, and behaviour by example.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own data has to fail"
)]

mod deadlines;
mod form;
mod golden_rubrics;
mod golden_scoring;
mod golden_sim22;
mod golden_text;
mod judging;
mod markdown;
mod properties_basics;
mod properties_form;
mod properties_tally;
mod record;
mod record_of;
mod register;
mod results;
mod support;
mod time;
mod unit;
