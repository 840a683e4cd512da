//! The names of states, roles, phases and kinds.

use super::word;
use rules::account::Role;
use rules::contest::{ContestPhase, MilestoneCode, Preset, SetupSection};
use rules::entry::{
    AttachmentKind, AuthorType, EntryScope, EntryState, EntryStep, Maturity, StatementSection, Step,
};
use rules::event::CellState;
use rules::judging::{RoundState, ScorecardState};

/// A role, as its holder sees it.
pub fn role_name(role: Role) -> String {
    match role {
        Role::Author => word!(common.name.role.author),
        Role::UnitCoordinator => word!(common.name.role.unit_coordinator),
        Role::Organiser => word!(common.name.role.organiser),
        Role::Judge => word!(common.name.role.judge),
        Role::JuryChair => word!(common.name.role.jury_chair),
        Role::Leader => word!(common.name.role.leader),
        Role::Administrator => word!(common.name.role.administrator),
        Role::Reader => word!(common.name.role.reader),
    }
}

/// The phase of a contest.
pub fn phase_name(phase: ContestPhase) -> String {
    match phase {
        ContestPhase::Draft => word!(common.name.phase.draft),
        ContestPhase::Open => word!(common.name.phase.open),
        ContestPhase::Judging => word!(common.name.phase.judging),
        ContestPhase::AwaitingApproval => word!(common.name.phase.awaiting_approval),
        ContestPhase::Published => word!(common.name.phase.published),
    }
}

/// A milestone of the timetable.
pub fn milestone_name(code: MilestoneCode) -> String {
    match code {
        MilestoneCode::Launch => word!(common.name.milestone.launch),
        MilestoneCode::SubmissionDeadline => word!(common.name.milestone.submission_deadline),
        MilestoneCode::UnitForwardDeadline => word!(common.name.milestone.unit_forward_deadline),
        MilestoneCode::MarkingDone => word!(common.name.milestone.marking_done),
        MilestoneCode::AnnounceAndAward => word!(common.name.milestone.announce_and_award),
    }
}

/// The state of a round.
pub fn round_state_name(state: RoundState) -> String {
    match state {
        RoundState::Planned => word!(common.name.round.planned),
        RoundState::Open => word!(common.name.round.open),
        RoundState::Scoring => word!(common.name.round.scoring),
        RoundState::Deliberation => word!(common.name.round.deliberation),
        RoundState::Locked => word!(common.name.round.locked),
    }
}

/// The state of a scorecard.
pub fn card_state_name(state: ScorecardState) -> String {
    match state {
        ScorecardState::Draft => word!(common.name.card.draft),
        ScorecardState::Submitted => word!(common.name.card.submitted),
        ScorecardState::Reopened => word!(common.name.card.reopened),
        ScorecardState::Recused => word!(common.name.card.recused),
    }
}

/// A cell of the judge × entry grid, for those who do not see its colour.
pub fn cell_state_name(state: CellState) -> String {
    match state {
        CellState::Empty => word!(common.name.cell.empty),
        CellState::Submitted => word!(common.name.cell.submitted),
        CellState::Recused => word!(common.name.cell.recused),
        CellState::Reopened => word!(common.name.cell.reopened),
    }
}

/// The state of an entry.
pub fn state_name(state: EntryState) -> String {
    match state {
        EntryState::Draft => word!(common.name.state.draft),
        EntryState::SubmittedToUnit => word!(common.name.state.submitted_to_unit),
        EntryState::UnitScreening => word!(common.name.state.unit_screening),
        EntryState::ReturnedForSupplement => word!(common.name.state.returned_for_supplement),
        EntryState::NotSelectedByUnit => word!(common.name.state.not_selected_by_unit),
        EntryState::Forwarded => word!(common.name.state.forwarded),
        EntryState::EligibilityCheck => word!(common.name.state.eligibility_check),
        EntryState::Accepted => word!(common.name.state.accepted),
        EntryState::Rejected => word!(common.name.state.rejected),
        EntryState::InRound => word!(common.name.state.in_round),
        EntryState::Advanced => word!(common.name.state.advanced),
        EntryState::Eliminated => word!(common.name.state.eliminated),
        EntryState::Ranked => word!(common.name.state.ranked),
        EntryState::Awarded => word!(common.name.state.awarded),
        EntryState::NotAwarded => word!(common.name.state.not_awarded),
        EntryState::Withdrawn => word!(common.name.state.withdrawn),
        EntryState::Disqualified => word!(common.name.state.disqualified),
    }
}

/// A step of an entry's path, as the act it is.
pub fn step_name(step: EntryStep) -> String {
    match step {
        EntryStep::SubmitToUnit => word!(common.name.step.submit_to_unit),
        EntryStep::SubmitToOrganiser => word!(common.name.step.submit_to_organiser),
        EntryStep::StartScreening => word!(common.name.step.start_screening),
        EntryStep::Return => word!(common.name.step.give_back),
        EntryStep::KeepBack => word!(common.name.step.keep_back),
        EntryStep::TakeUp => word!(common.name.step.take_up),
        EntryStep::Forward => word!(common.name.step.forward),
        EntryStep::StartCheck => word!(common.name.step.start_check),
        EntryStep::Accept => word!(common.name.step.accept),
        EntryStep::Reject => word!(common.name.step.reject),
        EntryStep::EnterRound => word!(common.name.step.enter_round),
        EntryStep::Advance => word!(common.name.step.advance),
        EntryStep::Eliminate => word!(common.name.step.eliminate),
        EntryStep::Rank => word!(common.name.step.rank),
        EntryStep::Award => word!(common.name.step.award),
        EntryStep::PassOver => word!(common.name.step.pass_over),
        EntryStep::Withdraw => word!(common.name.step.withdraw),
        EntryStep::Disqualify => word!(common.name.step.disqualify),
    }
}

/// A line of the ledger, from the kind stored beside it (`rules::event::Event::kind`).
pub fn event_name(kind: &str) -> String {
    match kind {
        "contest_created" => word!(common.name.event.contest_created),
        "setup_saved" => word!(common.name.event.setup_saved),
        "judge_appointed" => word!(common.name.event.judge_appointed),
        "judge_removed" => word!(common.name.event.judge_removed),
        "role_granted" => word!(common.name.event.role_granted),
        "role_taken" => word!(common.name.event.role_taken),
        "contest_opened" => word!(common.name.event.contest_opened),
        "entry_submitted" => word!(common.name.event.entry_submitted),
        "entry_moved" => word!(common.name.event.entry_moved),
        "entry_annotated" => word!(common.name.event.entry_annotated),
        "entries_forwarded" => word!(common.name.event.entries_forwarded),
        "entry_registered" => word!(common.name.event.entry_registered),
        "checklist_set" => word!(common.name.event.checklist_set),
        "entry_checked" => word!(common.name.event.entry_checked),
        "attachment_added" => word!(common.name.event.attachment_added),
        "attachment_removed" => word!(common.name.event.attachment_removed),
        "extension_given" => word!(common.name.event.extension_given),
        "extension_withdrawn" => word!(common.name.event.extension_withdrawn),
        "entry_taken_up" => word!(common.name.event.entry_taken_up),
        "changes_dropped" => word!(common.name.event.changes_dropped),
        "medium_received" => word!(file.event.medium_received),
        "attachment_infected" => word!(file.event.infected),
        "co_author_invited" => word!(author.event.invited),
        "invitation_answered" => word!(author.event.answered),
        "invitation_withdrawn" => word!(author.event.withdrawn),
        "blind_codes_assigned" => word!(common.name.event.blind_codes_assigned),
        "round_opened" => word!(common.name.event.round_opened),
        "principles_confirmed" => word!(common.name.event.principles_confirmed),
        "scorecard_submitted" => word!(common.name.event.scorecard_submitted),
        "recused" => word!(common.name.event.recused),
        "scorecard_reopened" => word!(common.name.event.scorecard_reopened),
        "order_submitted" => word!(common.name.event.order_submitted),
        "deliberation_opened" => word!(common.name.event.deliberation_opened),
        "deliberation_concluded" => word!(common.name.event.deliberation_concluded),
        "tie_decided" => word!(common.name.event.tie_decided),
        "round_locked" => word!(common.name.event.round_locked),
        "prizes_proposed" => word!(common.name.event.prizes_proposed),
        "decision_recorded" => word!(common.name.event.decision_recorded),
        "historical_result_entered" => word!(common.name.event.historical_result_entered),
        // An older page meeting a newer server.
        _ => word!(common.name.event.other),
    }
}

/// A step of the set-up.
pub fn section_name(section: SetupSection) -> String {
    match section {
        SetupSection::Plan => word!(common.name.section.plan),
        SetupSection::Categories => word!(common.name.section.categories),
        SetupSection::Timetable => word!(common.name.section.timetable),
        SetupSection::Eligibility => word!(common.name.section.eligibility),
        SetupSection::Form => word!(form.setup.title),
        SetupSection::Rounds => word!(common.name.section.rounds),
        SetupSection::Juries => word!(common.name.section.juries),
        SetupSection::Prizes => word!(common.name.section.prizes),
        SetupSection::Open => word!(common.name.section.open),
    }
}

/// A section of the statement.
pub fn statement_section_name(section: StatementSection) -> String {
    match section {
        StatementSection::CurrentSituation => word!(common.name.statement.current_situation),
        StatementSection::Purpose => word!(common.name.statement.purpose),
        StatementSection::Solution => word!(common.name.statement.solution),
        StatementSection::Novelty => word!(common.name.statement.novelty),
        StatementSection::Applicability => word!(common.name.statement.applicability),
        StatementSection::Effect => word!(common.name.statement.effect),
        StatementSection::Conditions => word!(common.name.statement.conditions),
    }
}

/// A step of the wizard.
pub fn wizard_step_name(step: Step) -> String {
    match step {
        Step::Authors => word!(common.name.wizard.authors),
        Step::Topic => word!(common.name.wizard.topic),
        Step::Statement => word!(common.name.wizard.statement),
        Step::Form => word!(form.step.title),
        Step::Attachments => word!(common.name.wizard.attachments),
        Step::Declaration => word!(common.name.wizard.declaration),
        Step::Review => word!(common.name.wizard.review),
    }
}

/// What an attachment is.
pub fn attachment_kind_name(kind: AttachmentKind) -> String {
    match kind {
        AttachmentKind::StatementFile => word!(common.name.attachment.statement_file),
        AttachmentKind::Image => word!(common.name.attachment.image),
        AttachmentKind::Video => word!(common.name.attachment.video),
        AttachmentKind::Software => word!(common.name.attachment.software),
        AttachmentKind::Other => word!(common.name.attachment.other),
    }
}

/// Where an initiative applies.
pub fn scope_name(scope: EntryScope) -> String {
    match scope {
        EntryScope::Unit => word!(common.name.scope.unit),
        EntryScope::Wide => word!(common.name.scope.wide),
    }
}

/// How far an initiative has come.
pub fn maturity_name(maturity: Maturity) -> String {
    match maturity {
        Maturity::Proposed => word!(common.name.maturity.proposed),
        Maturity::Piloted => word!(common.name.maturity.piloted),
        Maturity::Applied => word!(common.name.maturity.applied),
    }
}

/// One author or several.
pub fn author_type_name(author_type: AuthorType) -> String {
    match author_type {
        AuthorType::Individual => word!(common.name.author_type.individual),
        AuthorType::Group => word!(common.name.author_type.group),
    }
}

/// What a preset is for.
pub fn preset_name(preset: Preset) -> String {
    match preset {
        Preset::Agency => word!(common.name.preset.agency),
        Preset::District => word!(common.name.preset.district),
        Preset::Blank => word!(common.name.preset.blank),
    }
}
