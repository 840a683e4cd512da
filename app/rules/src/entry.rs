//! An entry: what it holds, the wizard that fills it, the states it goes through.

mod authors;
mod consent;
mod content;
mod identity;
mod problem;
mod state;
mod step;

pub use authors::{Author, AuthorType, even_shares};
pub use consent::{
    Consent, Consents, INVITATION_DAYS, Invitation, InvitationProblem, InvitationState, RESEND_AFTER_MINUTES,
    SENDINGS_MAX, invitation_expires, may_add, may_answer, may_send,
};
pub use content::{
    AttachmentInfo, AttachmentKind, EntryContent, EntryScope, EntryTitle, Maturity, SECTION_MAX, Statement,
    StatementSection, TITLE_MAX,
};
pub use identity::{email_of, holds_id_card_number, is_same_person};
pub use problem::{EntryField, EntryGap, EntryProblem, check_for_draft, check_for_submission};
pub use state::{EntryState, EntryStep, StateError};
pub use step::Step;
