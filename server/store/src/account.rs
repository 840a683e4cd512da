//! Units, people, sessions, roles.
