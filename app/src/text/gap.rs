//! What a set-up, an entry, a scorecard or a password still lacks, in words.

use contract::unit::NoteView;

use crate::i18n::ui_locale;

use super::{milestone_name, points_text, statement_section_name, word};
use rules::account::PasswordProblem;
use rules::contest::{Exclusion, ExclusionReason, MilestoneCode, SetupField, SetupGap, SetupProblem};
use rules::entry::{Consent, EntryField, EntryGap, EntryProblem, InvitationProblem};
use rules::judging::{CommentReason, ScoreProblem};
use rules::points::Points;

/// Fewest and most characters of a password, as `rules::account::check_password` asks.
const PASSWORD_LENGTH: (usize, usize) = (rules::account::PASSWORD_MIN, rules::account::PASSWORD_MAX);

/// "Số kế hoạch: còn trống".
pub fn setup_gap_text(gap: &SetupGap) -> String {
    format!(
        "{}: {}",
        setup_field_name(&gap.field),
        setup_problem_text(gap.problem)
    )
}

/// What is wrong with a field of the set-up, without its name.
pub fn setup_problem_text(problem: SetupProblem) -> String {
    match problem {
        SetupProblem::Missing => word!(common.error.setup.missing),
        SetupProblem::Malformed => word!(common.error.setup.malformed),
        SetupProblem::Duplicate => word!(common.error.setup.duplicate),
        SetupProblem::TooLong => word!(common.error.setup.too_long),
        SetupProblem::OutOfOrder => word!(common.error.setup.out_of_order),
        SetupProblem::RubricInvalid => word!(common.error.setup.rubric),
        SetupProblem::FormInvalid => word!(form.problem.invalid),
        SetupProblem::PolicyInvalid => word!(common.error.setup.policy),
        SetupProblem::JuryTooSmall => word!(common.error.setup.jury_small),
        SetupProblem::NoChair => word!(common.error.setup.no_chair),
        SetupProblem::InThePast => word!(common.error.setup.past),
        SetupProblem::AdvanceMisplaced => word!(common.error.setup.advance),
    }
}

/// The name of a field of the set-up; list positions count from 1.
pub fn setup_field_name(field: &SetupField) -> String {
    match field {
        SetupField::PlanNumber => word!(common.name.setup_field.plan_number),
        SetupField::PlanSymbol => word!(common.name.setup_field.plan_symbol),
        SetupField::PlanDate => word!(common.name.setup_field.plan_date),
        SetupField::PlanSigner => word!(common.name.setup_field.plan_signer),
        SetupField::Purpose => word!(common.name.setup_field.purpose),
        SetupField::WhoMayEnter => word!(common.name.setup_field.who_may_enter),
        SetupField::Categories => word!(common.name.setup_field.categories),
        SetupField::Category(index) => word!(common.name.setup_field.category, number = index + 1),
        SetupField::SubmissionDeadline => milestone_name(MilestoneCode::SubmissionDeadline),
        SetupField::UnitForwardDeadline => milestone_name(MilestoneCode::UnitForwardDeadline),
        SetupField::Grace => word!(common.name.setup_field.grace),
        SetupField::Milestones => word!(common.name.setup_field.milestones),
        SetupField::GroupMax => word!(common.name.setup_field.group_max),
        SetupField::Quota => word!(common.name.setup_field.quota),
        SetupField::DeclarationText => word!(common.name.setup_field.declaration),
        SetupField::FormField(index) => word!(form.setup.one, number = index + 1),
        SetupField::Rounds => word!(common.name.setup_field.rounds),
        SetupField::Round(index) => word!(common.name.setup_field.round, number = index + 1),
        SetupField::Rubric(index) => word!(common.name.setup_field.rubric, number = index + 1),
        SetupField::Policy(index) => word!(common.name.setup_field.policy, number = index + 1),
        SetupField::Advance(index) => word!(common.name.setup_field.advance, number = index + 1),
        SetupField::Jury(index) => word!(common.name.setup_field.jury, number = index + 1),
        SetupField::Prizes => word!(common.name.setup_field.prizes),
        SetupField::Prize(index) => word!(common.name.setup_field.prize, number = index + 1),
    }
}

/// "Tên sáng kiến, giải pháp: còn trống".
pub fn entry_gap_text(gap: &EntryGap) -> String {
    match &gap.problem {
        // Names the person, which is clearer than a position in the list.
        EntryProblem::Excluded(exclusion) => exclusion_text(exclusion),
        EntryProblem::NotAgreed { full_name, consent } => not_agreed_text(full_name, *consent),
        problem => format!(
            "{}: {}",
            entry_field_name(&gap.field),
            entry_problem_text(problem)
        ),
    }
}

/// What is wrong with a field of an entry, without its name.
pub fn entry_problem_text(problem: &EntryProblem) -> String {
    match problem {
        EntryProblem::Missing => word!(common.error.entry.missing),
        EntryProblem::TooShort { min } => word!(common.error.entry.too_short, min = *min),
        EntryProblem::TooLong { max } => word!(common.error.entry.too_long, max = *max),
        EntryProblem::Unknown => word!(common.error.entry.unknown),
        EntryProblem::SharesTotal { total } => shares_text(*total),
        EntryProblem::Lead => word!(common.error.entry.lead),
        EntryProblem::IdCardNumber => word!(author.problem.id_card),
        EntryProblem::NotAgreed { full_name, consent } => not_agreed_text(full_name, *consent),
        EntryProblem::Duplicate => word!(common.error.entry.duplicate),
        EntryProblem::TooMany { max } => word!(common.error.entry.too_many, max = *max),
        EntryProblem::GroupNotAllowed => word!(common.error.entry.no_groups),
        EntryProblem::UnitNotEligible => word!(common.error.entry.unit),
        EntryProblem::Excluded(exclusion) => exclusion_text(exclusion),
        EntryProblem::MediumMissing => word!(common.error.entry.medium),
        EntryProblem::DeclarationChanged => word!(common.error.entry.declaration),
        EntryProblem::NotANumber => word!(form.gap.number),
        EntryProblem::NotADate => word!(form.gap.date),
        EntryProblem::TooManyDecimals { max: 0 } => word!(form.gap.whole),
        EntryProblem::TooManyDecimals { max } => word!(form.gap.decimals, max = *max),
        EntryProblem::BelowMin { min } => word!(form.gap.min, min = min.format(ui_locale())),
        EntryProblem::AboveMax { max } => word!(form.gap.max, max = max.format(ui_locale())),
    }
}

/// Shares that do not total 100 %, with what is missing or too much.
fn shares_text(total: i64) -> String {
    let (sum, off) = (
        points_text(Points(total)),
        points_text(Points((10_000 - total).abs())),
    );
    if total < 10_000 {
        word!(author.problem.shares_short, total = sum, missing = off)
    } else {
        word!(author.problem.shares_over, total = sum, over = off)
    }
}

/// Whom the entry waits for, and what can be done about it.
fn not_agreed_text(name: &str, consent: Consent) -> String {
    match consent {
        Consent::Waiting { .. } => word!(author.gap.waiting, name = name),
        Consent::Declined { .. } => word!(author.gap.declined, name = name),
        Consent::Expired { .. } => word!(author.gap.expired, name = name),
        Consent::NoAddress => word!(author.gap.no_address, name = name),
        Consent::NotInvited | Consent::NotAsked | Consent::Accepted { .. } => {
            word!(author.gap.not_invited, name = name)
        }
    }
}

/// Why an invitation is not sent, taken back or answered.
pub fn invitation_problem_text(problem: &InvitationProblem) -> String {
    match problem {
        InvitationProblem::GroupNotAllowed => word!(author.problem.no_groups),
        InvitationProblem::GroupFull { max } => word!(author.problem.group_full, max = *max),
        InvitationProblem::NotNeeded => word!(author.problem.not_needed),
        InvitationProblem::AlreadyAccepted { full_name } => {
            word!(author.problem.already_accepted, name = full_name)
        }
        InvitationProblem::AlreadyAuthor => word!(author.problem.already_author),
        InvitationProblem::TooSoon { minutes } => word!(author.problem.too_soon, minutes = *minutes),
        InvitationProblem::TooOften { max } => word!(author.problem.too_often, max = *max),
        InvitationProblem::SomebodyElse => word!(author.problem.somebody_else),
        InvitationProblem::Answered => word!(author.problem.answered),
        InvitationProblem::Withdrawn => word!(author.problem.withdrawn),
        InvitationProblem::Expired => word!(author.problem.expired),
        InvitationProblem::Closed => word!(author.problem.closed),
    }
}

/// Name of the field a comment stands beside; a question of the contest's own by its own words.
pub fn note_field_name(note: &NoteView) -> String {
    match &note.question {
        Some(question) => question.text(ui_locale()).to_owned(),
        None => entry_field_name(&note.field),
    }
}

/// The name of a field of an entry; list positions count from 1.
pub fn entry_field_name(field: &EntryField) -> String {
    match field {
        EntryField::Authors => word!(common.name.entry_field.authors),
        EntryField::Author(index) => word!(common.name.entry_field.author, number = index + 1),
        EntryField::AuthorName(index) => word!(common.name.entry_field.author_name, number = index + 1),
        EntryField::AuthorUnit(index) => word!(common.name.entry_field.author_unit, number = index + 1),
        EntryField::AuthorShare(index) => word!(common.name.entry_field.author_share, number = index + 1),
        EntryField::AuthorPosition(index) => word!(author.field.position, number = index + 1),
        EntryField::AuthorContact(index) => word!(author.field.contact, number = index + 1),
        EntryField::AuthorConsent(index) => word!(author.field.consent, number = index + 1),
        EntryField::Shares => word!(common.name.entry_field.shares),
        EntryField::Title => word!(common.name.entry_field.title),
        EntryField::Category => word!(common.name.entry_field.category),
        EntryField::Scope => word!(common.name.entry_field.scope),
        EntryField::Maturity => word!(common.name.entry_field.maturity),
        EntryField::FirstAppliedOn => word!(common.name.entry_field.first_applied_on),
        EntryField::Section(section) => statement_section_name(*section),
        EntryField::Answer(_) => word!(form.answers),
        EntryField::Attachments => word!(common.name.entry_field.attachments),
        EntryField::Declaration => word!(common.name.entry_field.declaration),
    }
}

/// Who may not enter, and why.
pub fn exclusion_text(exclusion: &Exclusion) -> String {
    let name = exclusion.full_name.as_str();
    match exclusion.reason {
        ExclusionReason::OrganisingBoard => word!(common.error.excluded.board, name = name),
        ExclusionReason::Jury => word!(common.error.excluded.jury, name = name),
        ExclusionReason::SystemAdministrator => word!(common.error.excluded.administrator, name = name),
    }
}

/// What is wrong with a scorecard, naming the criterion by its code.
pub fn score_problem_text(problem: &ScoreProblem) -> String {
    match problem {
        ScoreProblem::OverMax {
            criterion,
            score,
            max,
        } => word!(
            common.error.score.over_max,
            criterion = criterion.to_string(),
            score = points_text(*score),
            max = points_text(*max)
        ),
        ScoreProblem::OffStep {
            criterion,
            score,
            step,
        } => word!(
            common.error.score.off_step,
            criterion = criterion.to_string(),
            score = points_text(*score),
            step = points_text(*step)
        ),
        ScoreProblem::Negative { criterion, .. } => {
            word!(common.error.score.negative, criterion = criterion.to_string())
        }
        ScoreProblem::Missing { criterion } => {
            word!(common.error.score.missing, criterion = criterion.to_string())
        }
        ScoreProblem::UnknownCriterion { criterion } => {
            word!(common.error.score.unknown, criterion = criterion.to_string())
        }
        ScoreProblem::CommentRequired {
            why: CommentReason::BelowTotal { total, limit },
        } => {
            word!(
                common.error.score.comment_total,
                total = points_text(*total),
                limit = points_text(*limit)
            )
        }
        ScoreProblem::CommentRequired {
            why: CommentReason::Zero { criterion },
        } => {
            word!(common.error.score.comment_zero, criterion = criterion.to_string())
        }
    }
}

/// What is wrong with a new user name or password.
pub fn password_problem_text(problem: PasswordProblem) -> String {
    match problem {
        PasswordProblem::TooShort => word!(common.error.password.too_short, min = PASSWORD_LENGTH.0),
        PasswordProblem::TooLong => word!(common.error.password.too_long, max = PASSWORD_LENGTH.1),
        PasswordProblem::TooPlain => word!(common.error.password.too_plain),
        PasswordProblem::BadUserName => word!(common.error.password.user_name),
    }
}
