//! Rounds at work: ballots, deliberations, tie decisions.
