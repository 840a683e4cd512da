//! Rounds at work: opening, ballots, deliberations, tie decisions, the locked tally.
//!
//! Reading functions take a list of rounds where a page shows several, so that the number of queries does not grow
//! with what is listed.

mod card;
mod deliberation;
mod entries;
mod order;
mod round;
mod seat;

pub use card::{CardRow, add_revision, card, cards, cards_of, insert_cards, revisions, update_card};
pub use deliberation::{
    DeliberationRow, TieRow, add_deliberation, add_tie_decision, close_deliberation, deliberations,
    tie_decisions,
};
pub use entries::{
    Candidate, Outcome, RoundEntryRow, add_round_entries, candidates, labels, round_entries,
    round_entries_where, set_entry_states, set_outcomes,
};
pub use order::{OrderRow, order_of, orders, orders_of, put_order};
pub use round::{Frozen, RoundResult, contests_of, freeze, lock, rounds_of, set_state};
pub use seat::{Juror, confirm_principles, jurors, seats_of_person};
