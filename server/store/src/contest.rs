//! Contests, rounds and juries.
