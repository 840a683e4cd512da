//! Entries with their authors, revisions and files.
//!
//! [`Entry`] is a whole row with its content; [`EntryLine`] is the same without the content, for lists. Everything that
//! belongs to several entries is loaded for all of them in one query.

mod copy;
mod desk;
mod files;
mod people;
mod revise;
mod row;
mod track;

pub use copy::{copy, promise_copy, receive_copy};
pub use desk::{
    DeskQuery, accepted, assign_blind_codes, blind_codes, desk_page, drafts_in, last_code, on_board,
};
pub use files::{
    Attachment, BlindFile, Document, attachment, attachments, blind_files, document, held_attachments,
    infected_names, insert_attachment, insert_document, is_infected, remove_attachment, set_scan,
};
pub use people::{EntryAuthor, ExcludedPerson, authors, excluded_people, set_authors};
pub use revise::{
    CodedRevision, RevisionLine, WorkingCopy, delete_working_copy, files_by_revision, handed_in,
    has_working_copy, insert_working_copy, out_of_time, restore_files, revision_lines, revisions_by_code,
    save_working_copy, submitted_file, working_copies, working_copy,
};
pub(crate) use row::lines;
pub use row::{
    Entry, EntryLine, Revision, contest_of, count_drafts, find, find_all, insert, insert_revision, of_person,
    revision, revisions, submissions, touch, update,
};
pub use track::{EntryEvent, comments_on, events_of};
