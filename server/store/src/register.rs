//! The organiser's register: checklists and checks, entries from paper, search terms and fingerprints, imported tables.

mod check;
mod import;
mod index;
mod paper;

pub use check::{
    ChecklistRow, EntryCheck, check_of, checklist, checks_of, complete_in, save_check, save_checklist,
};
pub use import::{
    ImportFile, NewImport, UnitRow, by_import, forget_imports, import_file, insert_import, insert_links,
    mark_imported, redeem_link, units_with_codes, update_unit, use_link, user_names_taken,
};
pub use index::{Candidate, candidates, index_entry, unindexed};
pub use paper::{
    Registration, codes_taken, insert_registration, is_registered, receipts_taken, registration,
    registrations,
};
