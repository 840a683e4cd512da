//! A refusal by a rule, in words.

use super::{
    bytes_text, exclusion_text, invitation_problem_text, milestone_name, moment_text, password_problem_text,
    phase_name, round_state_name, score_problem_text, state_name, step_name, word,
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
            zone,
            now,
        } => word!(
            common.error.rule.deadline_passed,
            milestone = milestone_name(*milestone),
            deadline = format_datetime(*deadline, zone),
            zone = zone.label(ui_locale()),
            now = moment_text(*now, zone)
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
        Violation::TooManyFiles { max } => word!(common.error.rule.too_many_files, max = *max),
        Violation::TooManyDrafts { max } => word!(common.error.rule.too_many_drafts, max = *max),
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
