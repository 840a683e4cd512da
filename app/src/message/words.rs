//! Messages in the words of the site.

use contract::message::MailStatus;
use rules::message::{MailFailure, MessageBody, MessageKind, Reach};
use rules::text::format_integer;
use rules::time::{Timestamp, Zone, format_date};

use crate::i18n::ui_locale;
use crate::text::{moment_text, word};
use crate::ui::{IconName, Tone};

/// A kind, as a row of the overview.
pub fn kind_name(kind: MessageKind) -> String {
    match kind {
        MessageKind::Invitation => word!(message.kind.invitation),
        MessageKind::Receipt => word!(message.kind.receipt),
        MessageKind::EntryReceived => word!(message.kind.entry_received),
        MessageKind::Returned => word!(message.kind.returned),
        MessageKind::KeptBack => word!(message.kind.kept_back),
        MessageKind::Forwarded => word!(message.kind.forwarded),
        MessageKind::Accepted => word!(message.kind.accepted),
        MessageKind::Rejected => word!(message.kind.rejected),
        MessageKind::DeadlineNear => word!(message.kind.deadline_near),
        MessageKind::ForwardDeadlineNear => word!(message.kind.forward_deadline_near),
        MessageKind::ResultPublished => word!(message.kind.result_published),
    }
}

/// The drawing and colour of a message.
pub fn looks(body: &MessageBody) -> (IconName, Tone) {
    match body {
        MessageBody::Invitation { .. } => (IconName::Users, Tone::Info),
        MessageBody::Receipt { .. } => (IconName::CheckCircle, Tone::Ok),
        MessageBody::EntryReceived { .. } => (IconName::Inbox, Tone::Info),
        MessageBody::Returned { .. } => (IconName::Undo, Tone::Warn),
        MessageBody::KeptBack { .. } => (IconName::Minus, Tone::Warn),
        MessageBody::Forwarded { .. } => (IconName::Send, Tone::Info),
        MessageBody::Accepted { .. } => (IconName::CheckCircle, Tone::Ok),
        MessageBody::Rejected { .. } => (IconName::AlertCircle, Tone::Danger),
        MessageBody::DeadlineNear { .. } | MessageBody::ForwardDeadlineNear { .. } => {
            (IconName::Clock, Tone::Warn)
        }
        MessageBody::ResultPublished { prize: Some(_), .. } => (IconName::Award, Tone::Gold),
        MessageBody::ResultPublished { prize: None, .. } => (IconName::Flag, Tone::Neutral),
    }
}

/// The line a message is called by.
pub fn title(body: &MessageBody) -> String {
    match body {
        MessageBody::Invitation { title, .. } => word!(message.title_of.invitation, title = title.clone()),
        MessageBody::Receipt { code, revision, .. } if *revision > 1 => {
            word!(message.title_of.receipt_again, code = code.clone())
        }
        MessageBody::Receipt { code, .. } => word!(message.title_of.receipt, code = code.clone()),
        MessageBody::EntryReceived { code, revision, .. } if *revision > 1 => {
            word!(message.title_of.entry_received_again, code = code.clone())
        }
        MessageBody::EntryReceived { code, .. } => {
            word!(message.title_of.entry_received, code = code.clone())
        }
        MessageBody::Returned { code, .. } => word!(message.title_of.returned, code = code.clone()),
        MessageBody::KeptBack { code, .. } => word!(message.title_of.kept_back, code = code.clone()),
        MessageBody::Forwarded { code, .. } => word!(message.title_of.forwarded, code = code.clone()),
        MessageBody::Accepted { code, .. } => word!(message.title_of.accepted, code = code.clone()),
        MessageBody::Rejected { code, .. } => word!(message.title_of.rejected, code = code.clone()),
        MessageBody::DeadlineNear { .. } => word!(message.title_of.deadline_near),
        MessageBody::ForwardDeadlineNear { unit_name, .. } => {
            word!(message.title_of.forward_deadline_near, unit = unit_name.clone())
        }
        MessageBody::ResultPublished {
            prize: Some(prize),
            code,
            ..
        } => {
            word!(message.title_of.prize, prize = prize.clone(), code = code.clone())
        }
        MessageBody::ResultPublished { prize: None, .. } => word!(message.title_of.result),
    }
}

/// What it says below that line: a paragraph, and the reason somebody gave.
pub fn text(body: &MessageBody, zone: &Zone) -> (String, Option<String>) {
    let moment = |at: Timestamp| moment_text(at, zone);
    match body {
        MessageBody::Invitation {
            inviter, expires_at, ..
        } => (
            word!(
                message.text.invitation,
                inviter = inviter.clone(),
                until = moment(*expires_at)
            ),
            None,
        ),
        MessageBody::Receipt { title, .. } => (word!(message.text.receipt, title = quoted(title)), None),
        MessageBody::EntryReceived { title, unit_name, .. } => (
            word!(
                message.text.entry_received,
                title = quoted(title),
                unit = unit_name.clone()
            ),
            None,
        ),
        MessageBody::Returned {
            title, reason, due, ..
        } => (
            match due {
                Some(due) => word!(
                    message.text.returned_due,
                    title = quoted(title),
                    due = moment(*due)
                ),
                None => word!(message.text.returned, title = quoted(title)),
            },
            Some(reason.clone()),
        ),
        MessageBody::KeptBack { title, reason, .. } => (
            word!(message.text.kept_back, title = quoted(title)),
            Some(reason.clone()),
        ),
        MessageBody::Forwarded { title, unit_name, .. } => (
            word!(
                message.text.forwarded,
                title = quoted(title),
                unit = unit_name.clone()
            ),
            None,
        ),
        MessageBody::Accepted { title, .. } => (word!(message.text.accepted, title = quoted(title)), None),
        MessageBody::Rejected { title, reason, .. } => (
            word!(message.text.rejected, title = quoted(title)),
            Some(reason.clone()),
        ),
        MessageBody::DeadlineNear {
            entries, deadline, ..
        } => {
            let titles: Vec<String> = entries
                .iter()
                .map(|near| match near.title.trim() {
                    "" => word!(entry.untitled),
                    title => quoted(title),
                })
                .collect();
            (
                word!(
                    message.text.deadline_near,
                    deadline = moment(*deadline),
                    titles = titles.join("; ")
                ),
                None,
            )
        }
        MessageBody::ForwardDeadlineNear {
            forwarded,
            needed,
            deadline,
            ..
        } => (
            word!(
                message.text.forward_deadline_near,
                deadline = moment(*deadline),
                forwarded = whole(*forwarded),
                needed = whole(*needed)
            ),
            None,
        ),
        MessageBody::ResultPublished {
            title,
            decision,
            issued_on,
            ..
        } => (
            word!(
                message.text.result,
                title = quoted(title),
                decision = decision.clone(),
                date = format_date(*issued_on)
            ),
            None,
        ),
    }
}

/// Where the mail stands.
pub fn mail_text(mail: MailStatus, zone: &Zone) -> String {
    match mail {
        MailStatus::Waiting => word!(message.mail.waiting),
        MailStatus::Sent { at } => word!(message.mail.sent, at = moment_text(at, zone)),
        MailStatus::NotSent => word!(message.mail.not_sent),
    }
}

/// How far a message has come, for the organiser.
pub fn reach_name(reach: Reach) -> String {
    match reach {
        Reach::Site => word!(message.state.site),
        Reach::Queued => word!(message.state.queued),
        Reach::Sent => word!(message.state.sent),
        Reach::Failed => word!(message.state.failed),
        Reach::GivenUp => word!(message.state.given_up),
    }
}

/// The colour of how far a message has come.
pub fn reach_tone(reach: Reach) -> Tone {
    match reach {
        Reach::Site => Tone::Neutral,
        Reach::Queued => Tone::Info,
        Reach::Sent => Tone::Ok,
        Reach::Failed => Tone::Warn,
        Reach::GivenUp => Tone::Danger,
    }
}

/// Why a mail did not go out.
pub fn failure_text(failure: MailFailure) -> String {
    match failure {
        MailFailure::Unreachable => word!(message.failure.unreachable),
        MailFailure::Busy => word!(message.failure.busy),
        MailFailure::Credentials => word!(message.failure.credentials),
        MailFailure::Refused => word!(message.failure.refused),
        MailFailure::Malformed => word!(message.failure.malformed),
    }
}

fn quoted(title: &str) -> String {
    format!("“{title}”")
}

fn whole(count: u32) -> String {
    format_integer(i64::from(count), ui_locale())
}
