//! An entry: what it holds, the wizard that fills it, the states it goes through.

mod authors;
mod clue;
mod consent;
mod content;
mod form;
mod identity;
mod medium;
mod problem;
mod receipt;
mod revise;
mod scan;
mod state;
mod step;

pub use authors::{Author, AuthorType, even_shares};
pub use clue::{CLUES_MAX, Clue, ClueKind, Traces};
pub use consent::{
    Consent, Consents, INVITATION_DAYS, Invitation, InvitationProblem, InvitationState, RESEND_AFTER_MINUTES,
    SENDINGS_MAX, invitation_expires, may_add, may_answer, may_send,
};
pub use content::{
    AttachmentInfo, AttachmentKind, EntryContent, EntryScope, EntryTitle, Maturity, SECTION_MAX, Statement,
    StatementSection, TITLE_MAX,
};
pub use form::{
    AmendProblem, Answer, AnswerLine, Answers, FIELDS_MAX, FieldCondition, FieldKind, FieldOption,
    FormChange, FormField, FormIssue, FormProblem, FormRefusal, FormVersion, LINE_MAX, LONG_MAX, OPTIONS_MAX,
    Quantity, QuantityProblem, Wording,
};
pub use identity::{email_of, holds_id_card_number, is_same_person};
pub use medium::{PhysicalCopy, carries_medium, with_copy};
pub use problem::{EntryField, EntryGap, EntryProblem, check_for_draft, check_for_submission};
pub use receipt::{CHECK_DIGITS, ReceiptToken};
pub use revise::{after_revision, may_take_up};
pub use scan::Scan;
pub use state::{EntryState, EntryStep, StateError};
pub use step::Step;
