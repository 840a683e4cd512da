//! The organiser's register of entries: the eligibility checklist, synonyms for the search, likeness of texts, entries
//! received on paper, and the columns of imported tables.

mod checklist;
mod import;
mod likeness;
mod paper;
mod synonym;

pub use checklist::{
    Answer, AutoCheck, CheckFacts, CheckProblem, CheckStanding, Checklist, ChecklistItem, Evidence, Finding,
    HINT_MAX, ITEMS_MAX, ItemAnswer, LABEL_MAX, NOTE_MAX,
};
pub use import::{ImportField, ImportKind, RoleWord, map_columns, parse_instant, parse_people, role_of};
pub use likeness::{
    Likeness, Overlap, PASSAGE_WORDS, PRINTS_MAX, Passage, TRIGRAM_WORDS, TrigramSet, fingerprints, passages,
};
pub use paper::{Channel, needs_reason};
pub use synonym::{SearchTerm, TERMS_MAX, index_terms, search_terms};
