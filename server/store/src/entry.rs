//! Entries, their authors, revisions and files.
