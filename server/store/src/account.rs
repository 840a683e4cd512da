//! Units, people, sessions, roles.

mod grant;
mod person;
mod session;
mod unit;

pub use grant::{GrantRow, grants_in, grants_of, insert_grant, people_with_roles, remove_grant};
pub use person::{
    NewPerson, PersonRow, count_failure, find_people, insert_person, people_by_ids, people_named,
    people_without_roles, person, person_by_login, reset_failures, set_password,
};
pub use session::{
    SessionRow, end_session, end_sessions_of, insert_session, prolong_session, remove_expired, session,
};
pub use unit::{NewUnit, insert_units, unit_by_code, units};
