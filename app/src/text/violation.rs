//! A refusal by a rule, in words.

use super::{
    attachment_kind_name, bytes_text, exclusion_text, form_refusal_text, invitation_problem_text,
    milestone_name, moment_text, password_problem_text, phase_name, round_state_name, score_problem_text,
    state_name, step_name, word,
};
use crate::i18n::ui_locale;
use rules::Violation;
use rules::event::EntryLabel;
use rules::time::format_datetime;

/// The sentence for a violation. Lists (gaps, problems) are counted here; pages show them item by item.
pub fn violation_text(violation: &Violation) -> String {
    match violation {
        Violation::DeadlinePassed {
            milestone,
            deadline,
            grace_until: None,
            zone,
            now,
        } => word!(
            common.error.rule.deadline_passed,
            milestone = milestone_name(*milestone),
            deadline = format_datetime(*deadline, zone),
            zone = zone.label(ui_locale()),
            now = moment_text(*now, zone)
        ),
        Violation::DeadlinePassed {
            milestone,
            deadline,
            grace_until: Some(grace),
            zone,
            now,
        } => word!(
            common.error.rule.deadline_passed_grace,
            milestone = milestone_name(*milestone),
            deadline = format_datetime(*deadline, zone),
            grace = format_datetime(*grace, zone),
            zone = zone.label(ui_locale()),
            now = moment_text(*now, zone)
        ),
        Violation::UploadsEnded {
            deadline,
            grace_until: None,
            zone,
            now,
        } => word!(
            common.error.rule.uploads_ended,
            deadline = format_datetime(*deadline, zone),
            zone = zone.label(ui_locale()),
            now = moment_text(*now, zone)
        ),
        Violation::UploadsEnded {
            deadline,
            grace_until: Some(grace),
            zone,
            now,
        } => word!(
            common.error.rule.uploads_ended_grace,
            deadline = format_datetime(*deadline, zone),
            grace = format_datetime(*grace, zone),
            zone = zone.label(ui_locale()),
            now = moment_text(*now, zone)
        ),
        Violation::ExtensionTooShort { until, zone } => word!(
            common.error.rule.extension_too_short,
            until = format_datetime(*until, zone),
            zone = zone.label(ui_locale())
        ),
        Violation::BeforeDeadline {
            milestone,
            deadline,
            zone,
        } => word!(
            common.error.rule.before_deadline,
            milestone = milestone_name(*milestone),
            deadline = format_datetime(*deadline, zone),
            zone = zone.label(ui_locale())
        ),
        Violation::Phase { from, to } => {
            word!(
                common.error.rule.phase,
                from = phase_name(*from),
                to = phase_name(*to)
            )
        }
        Violation::SetupIncomplete { gaps } => word!(common.error.rule.setup_incomplete, count = gaps.len()),
        Violation::FormInUse { refusals } => {
            let lines: Vec<String> = refusals.iter().map(form_refusal_text).collect();
            word!(form.refusal.sentence, list = lines.join("; "))
        }
        Violation::EntryIncomplete { gaps } => word!(common.error.rule.entry_incomplete, count = gaps.len()),
        Violation::EntryStep { from, step } => {
            word!(
                common.error.rule.entry_step,
                state = state_name(*from),
                step = step_name(*step)
            )
        }
        Violation::Excluded { exclusion } => exclusion_text(exclusion),
        Violation::AuthorCannotJudge {
            full_name,
            entry_code,
        } => {
            word!(
                common.error.rule.author_cannot_judge,
                name = full_name,
                code = entry_code
            )
        }
        Violation::AlreadyAppointed { full_name } => {
            word!(common.error.rule.already_appointed, name = full_name)
        }
        Violation::DueTooLate { deadline, zone } => word!(
            common.error.rule.due_too_late,
            deadline = format_datetime(*deadline, zone),
            zone = zone.label(ui_locale())
        ),
        Violation::OverQuota { max } => word!(common.error.rule.over_quota, max = *max),
        Violation::EntriesUnchecked { count } => word!(common.error.rule.entries_unchecked, count = *count),
        Violation::TooFewEntries { count } => word!(common.error.rule.too_few_entries, count = *count),
        Violation::BlindCodesMissing => word!(common.error.rule.blind_codes_missing),
        Violation::BlindCodesAssigned => word!(common.error.rule.blind_codes_assigned),
        Violation::EarlierRoundOpen => word!(common.error.rule.earlier_round_open),
        Violation::RoundState { state } => {
            word!(common.error.rule.round_state, state = round_state_name(*state))
        }
        Violation::Scorecard { problems } => match problems.as_slice() {
            [only] => score_problem_text(only),
            several => word!(common.error.rule.scorecard, count = several.len()),
        },
        Violation::ScorecardSubmitted => word!(common.error.rule.scorecard_submitted),
        Violation::Recused => word!(common.error.rule.recused),
        Violation::PrinciplesNotConfirmed => word!(common.error.rule.principles),
        Violation::OrderIncomplete { missing } => {
            word!(common.error.rule.order_incomplete, missing = *missing)
        }
        Violation::BallotsMissing { missing } => word!(common.error.rule.ballots_missing, missing = *missing),
        Violation::OrdersMissing { missing } => word!(common.error.rule.orders_missing, missing = *missing),
        Violation::DeliberationOpen { entries } => {
            word!(common.error.rule.deliberation_open, entries = labels(entries))
        }
        Violation::DeviationUndecided { entries } => {
            word!(common.error.rule.deviation_undecided, entries = labels(entries))
        }
        Violation::TieUndecided { entries } => {
            word!(common.error.rule.tie_undecided, entries = labels(entries))
        }
        Violation::TieDecisionWrong => word!(common.error.rule.tie_decision_wrong),
        Violation::QuorumNotMet { entries } => word!(common.error.rule.quorum, entries = labels(entries)),
        Violation::NoDeliberation => word!(common.error.rule.no_deliberation),
        Violation::ReasonRequired => word!(common.error.rule.reason),
        Violation::PrizeTieUndecided { entries } => {
            word!(common.error.rule.prize_tie, entries = entries.join(", "))
        }
        Violation::PrizesMissing => word!(common.error.rule.prizes_missing),
        Violation::Password { problem } => password_problem_text(*problem),
        Violation::FileTooLarge { limit } => {
            word!(common.error.rule.file_too_large, limit = bytes_text(*limit))
        }
        Violation::FileEmpty => word!(common.error.rule.file_empty),
        Violation::FileType { found } => word!(common.error.rule.file_type, found = found),
        Violation::FileKind { kind } => word!(file.rule.kind, kind = attachment_kind_name(*kind)),
        Violation::FileBomb => word!(file.rule.bomb),
        Violation::UploadOffset { .. } => word!(file.rule.offset),
        Violation::UploadOverrun { size } => word!(file.rule.overrun, size = bytes_text(*size)),
        Violation::UploadChecksum => word!(file.rule.checksum),
        Violation::UploadExpired => word!(file.rule.expired),
        Violation::FileHeld => word!(file.rule.held),
        Violation::NobodyToComplete => word!(unit.nobody_to_complete),
        Violation::UploadBusy => word!(file.rule.busy),
        Violation::MediumMissing => word!(file.rule.medium_missing),
        Violation::TooManyFiles { max } => word!(common.error.rule.too_many_files, max = *max),
        Violation::TooManyDrafts { max } => word!(common.error.rule.too_many_drafts, max = *max),
        Violation::ChecklistIncomplete { open, failing } => checklist_text(open, failing),
        Violation::LateWithoutReason { deadline, zone } => {
            word!(register.late_reason, deadline = moment_text(*deadline, zone))
        }
        Violation::ImportRows { rows } => word!(register.import.rows_wrong, count = *rows),
        Violation::Invitation { problem } => invitation_problem_text(problem),
        Violation::NothingChosen => word!(common.error.rule.nothing_chosen),
    }
}

fn labels(entries: &[EntryLabel]) -> String {
    entries
        .iter()
        .map(|label| label.0.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn checklist_text(open: &[String], failing: &[String]) -> String {
    let mut sentences = Vec::new();
    if !open.is_empty() {
        sentences.push(word!(register.check.open_items, items = open.join("; ")));
    }
    if !failing.is_empty() {
        sentences.push(word!(register.check.failing_items, items = failing.join("; ")));
    }
    sentences.join(" ")
}
