//! Judging and results through the services, on both engines.
//!
//! `play` holds the acts that most tests repeat; each other module is about one part of the work.

mod judging {
    mod deliberations;
    mod independence;
    mod opening;
    mod orders;
    pub(crate) mod play;
    mod results;
    mod scorecards;
    mod ties;
}
