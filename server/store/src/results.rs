//! Prizes, decisions, documents.
