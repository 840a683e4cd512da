//! Milestones with the precision their source has and the deadlines that follow from them.

use serde::{Deserialize, Serialize};

use super::Grace;
use crate::time::{Timestamp, When, Zone};

/// What a milestone is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneCode {
    Launch,
    /// Last moment for authors to submit.
    SubmissionDeadline,
    /// Last moment for units to forward (S4: "đến hết ngày 13/10/2023").
    UnitForwardDeadline,
    MarkingDone,
    AnnounceAndAward,
}

impl MilestoneCode {
    /// Every code in the order they usually come.
    pub const ALL: [MilestoneCode; 5] = [
        MilestoneCode::Launch,
        MilestoneCode::SubmissionDeadline,
        MilestoneCode::UnitForwardDeadline,
        MilestoneCode::MarkingDone,
        MilestoneCode::AnnounceAndAward,
    ];
}

/// One dated point of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub code: MilestoneCode,
    pub when: When,
    /// A remark as printed, e.g. the place of the ceremony.
    pub note: String,
}

/// The contest's milestones in its own time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    pub zone: Zone,
    pub milestones: Vec<Milestone>,
    /// What is still taken after a deadline.
    #[serde(default, skip_serializing_if = "Grace::is_unset")]
    pub grace: Grace,
}

impl Timetable {
    /// The milestone with this code.
    pub fn milestone(&self, code: MilestoneCode) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.code == code)
    }

    /// The last instant still in time for `code`; `None` where none is set or the plan gives only a month.
    pub fn deadline(&self, code: MilestoneCode) -> Option<Timestamp> {
        self.milestone(code)
            .and_then(|milestone| milestone.when.ends_at(&self.zone))
    }

    /// The last instant to submit: the submission deadline, else the units' deadline.
    pub fn submission_deadline(&self) -> Option<(MilestoneCode, Timestamp)> {
        [
            MilestoneCode::SubmissionDeadline,
            MilestoneCode::UnitForwardDeadline,
        ]
        .into_iter()
        .find_map(|code| Some((code, self.deadline(code)?)))
    }

    /// The last instant to forward: the units' deadline, else the submission deadline.
    pub fn forward_deadline(&self) -> Option<(MilestoneCode, Timestamp)> {
        [
            MilestoneCode::UnitForwardDeadline,
            MilestoneCode::SubmissionDeadline,
        ]
        .into_iter()
        .find_map(|code| Some((code, self.deadline(code)?)))
    }

    /// The moment after which nobody can enter or forward any more: the later of the two deadlines, grace included.
    pub fn intake_ends(&self) -> Option<Timestamp> {
        let submission = super::submission(self, None, super::Extensions::default());
        let forwarding = super::forwarding(self, None);
        let ends = [submission, forwarding].into_iter().flatten();
        ends.map(|deadline| deadline.last()).max()
    }
}
