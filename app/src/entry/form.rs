//! Flat forms: what an HTML form without any script can send, read into the commands of the contract.

use std::collections::BTreeMap;

use contract::entry::{ForwardEntries, SaveDraft};
use contract::{Error, FieldProblem};
use rules::entry::{AuthorType, StatementSection, Step};
use rules::id::{CommandKey, ContestId, EntryId, UnitId, UserId, Version};
use serde::{Deserialize, Serialize};

use super::typed::{AuthorRow, Typed, remove_row, share_evenly};
use crate::ui::decode_order;

/// What a submit button of the wizard asks for besides saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// On to the next step.
    Next,
    /// Stay on the step.
    Stay,
    /// An empty row for one more author.
    AddAuthor,
    RemoveAuthor(usize),
    EvenShares,
    /// Look people up by name.
    Find,
    /// Add a person found.
    Pick(UserId),
    /// Invite the author in this place, for the first time or again.
    Invite(usize),
    /// Take the invitation of the author in this place back.
    Recall(usize),
    /// Invite somebody by name and e-mail address.
    InviteByEmail,
}

impl Intent {
    /// Reads a button's value; anything unknown just saves.
    pub fn parse(value: &str) -> Self {
        match value.split_once(':') {
            Some(("remove", index)) => index.parse().map_or(Intent::Stay, Intent::RemoveAuthor),
            Some(("invite", index)) => index.parse().map_or(Intent::Stay, Intent::Invite),
            Some(("recall", index)) => index.parse().map_or(Intent::Stay, Intent::Recall),
            Some(("pick", user)) => user.parse().map_or(Intent::Stay, Intent::Pick),
            None if value == "next" => Intent::Next,
            None if value == "add" => Intent::AddAuthor,
            None if value == "even" => Intent::EvenShares,
            None if value == "find" => Intent::Find,
            None if value == "invite_by_email" => Intent::InviteByEmail,
            _ => Intent::Stay,
        }
    }
}

/// One step of the wizard: its fields, and the button pressed. Fields of other steps are simply not sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StepForm {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    /// The step's slug.
    pub step: String,
    #[serde(default)]
    pub intent: String,
    #[serde(default)]
    pub author_type: AuthorType,
    #[serde(default)]
    pub authors: Vec<AuthorRow>,
    /// Place of the lead author in `authors`.
    #[serde(default)]
    pub lead: usize,
    /// Name to look up.
    #[serde(default)]
    pub find: String,
    /// Name and address of somebody to invite.
    #[serde(default)]
    pub invite_name: String,
    #[serde(default)]
    pub invite_email: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub scope: String,
    #[serde(default)]
    pub maturity: String,
    #[serde(default)]
    pub first_applied_on: String,
    /// Texts by the section's slug.
    #[serde(default)]
    pub sections: BTreeMap<String, String>,
    /// Version of the declaration, where its box is ticked.
    #[serde(default)]
    pub accepted: String,
}

impl StepForm {
    /// The step it is for.
    ///
    /// # Errors
    /// `Invalid` for anything but a step that saves.
    pub fn step(&self) -> Result<Step, Error> {
        Step::from_slug(&self.step)
            .filter(|step| !matches!(step, Step::Attachments | Step::Review))
            .ok_or_else(|| Error::field("step", FieldProblem::Malformed))
    }

    /// The command, after what the button asks for. `picked` is the person of [`Intent::Pick`].
    ///
    /// # Errors
    /// `Invalid` where the step is unknown.
    pub fn command(self, picked: Option<AuthorRow>) -> Result<SaveDraft, Error> {
        let step = self.step()?;
        let intent = Intent::parse(&self.intent);
        let Self {
            key, entry, expected, ..
        } = self;
        let mut typed = self.typed();
        let rows = &mut typed.authors;
        match intent {
            Intent::AddAuthor => rows.push(AuthorRow::default()),
            Intent::RemoveAuthor(index) => remove_row(rows, index),
            Intent::EvenShares => share_evenly(rows, |share| share.to_string()),
            Intent::Pick(_) => rows.extend(picked),
            Intent::Next
            | Intent::Stay
            | Intent::Find
            | Intent::Invite(_)
            | Intent::Recall(_)
            | Intent::InviteByEmail => {}
        }
        let picked_one = matches!(intent, Intent::Pick(_)) && rows.len() > 1;
        if intent == Intent::AddAuthor || picked_one {
            typed.author_type = AuthorType::Group;
        }
        let content = typed
            .step(step)
            .ok_or_else(|| Error::field("step", FieldProblem::Malformed))?;
        Ok(SaveDraft {
            key,
            entry,
            expected,
            content,
        })
    }

    fn typed(self) -> Typed {
        let lead = self.lead;
        let authors = self
            .authors
            .into_iter()
            .enumerate()
            .map(|(index, row)| AuthorRow {
                lead: index == lead,
                ..row
            });
        let sections = StatementSection::ALL
            .into_iter()
            .filter_map(|section| Some((section, self.sections.get(section.slug())?.clone())));
        Typed {
            author_type: self.author_type,
            authors: authors.collect(),
            title: self.title,
            category: self.category,
            scope: self.scope,
            maturity: self.maturity,
            first_applied_on: self.first_applied_on,
            sections: sections.collect(),
            accepted: self.accepted.trim().parse().ok(),
        }
    }
}

/// Returns an entry; the due date is a day of the contest's zone, that day included.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnForm {
    pub key: CommandKey,
    pub entry: EntryId,
    pub expected: Version,
    #[serde(default)]
    pub reason: String,
    /// `yyyy-mm-dd`, or empty.
    #[serde(default)]
    pub due: String,
}

/// The forwarding list: the order as it stands on the page, who is chosen, and one act on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForwardForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    pub unit: UnitId,
    /// As [`crate::ui::encode_order`] writes it, best first.
    #[serde(default)]
    pub order: String,
    /// Entries to forward; the others are kept as reserves.
    #[serde(default)]
    pub chosen: Vec<EntryId>,
    /// `entry=version` of every entry on the page.
    #[serde(default)]
    pub versions: Vec<String>,
    /// `up:ID`, `down:ID`, `ask` or `forward`.
    #[serde(default)]
    pub act: String,
}

impl ForwardForm {
    /// The order after a step of the plain page's arrow buttons; `None` for any other act.
    pub fn moved(&self) -> Option<String> {
        let before = decode_order(&self.order);
        let after = match self.act.split_once(':')? {
            ("up", id) => before.move_up(&id.to_owned()),
            ("down", id) => before.move_down(&id.to_owned()),
            _ => return None,
        };
        Some(crate::ui::encode_order(&after))
    }

    /// The command: what is chosen, in order.
    pub fn command(&self) -> ForwardEntries {
        let version = |id: &EntryId| {
            let found = self.versions.iter().filter_map(|text| text.split_once('='));
            let mut found = found.filter(|(entry, _)| entry.parse().is_ok_and(|entry: EntryId| entry == *id));
            found
                .next()
                .and_then(|(_, version)| version.parse().ok())
                .map(Version)
        };
        let order = decode_order(&self.order);
        let ids = order.entries().filter_map(|id| id.parse::<EntryId>().ok());
        let entries = ids
            .filter(|id| self.chosen.contains(id))
            .filter_map(|id| Some((id, version(&id)?)));
        ForwardEntries {
            key: self.key,
            contest: self.contest,
            unit: self.unit,
            entries: entries.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::entry::StepContent;
    use uuid::Uuid;

    fn form(step: Step, intent: &str) -> StepForm {
        StepForm {
            key: CommandKey(Uuid::nil()),
            entry: EntryId(Uuid::nil()),
            expected: Version(3),
            step: step.slug().to_owned(),
            intent: intent.to_owned(),
            author_type: AuthorType::Individual,
            authors: Vec::new(),
            lead: 0,
            find: String::new(),
            invite_name: String::new(),
            invite_email: String::new(),
            title: String::new(),
            category: String::new(),
            scope: String::new(),
            maturity: String::new(),
            first_applied_on: String::new(),
            sections: BTreeMap::new(),
            accepted: String::new(),
        }
    }

    #[test]
    fn buttons_of_the_authors_step_change_the_list_before_it_is_saved() {
        let two = vec![
            AuthorRow {
                full_name: "A".into(),
                ..AuthorRow::default()
            },
            AuthorRow::default(),
        ];
        let after = |intent: &str| {
            let form = StepForm {
                authors: two.clone(),
                lead: 1,
                ..form(Step::Authors, intent)
            };
            match form.command(None).expect("a command").content {
                StepContent::Authors { authors, author_type } => (author_type, authors),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            after("even")
                .1
                .iter()
                .map(|author| author.share.0)
                .collect::<Vec<_>>(),
            [5000, 5000]
        );
        assert_eq!(after("add").0, AuthorType::Group);
        assert_eq!(after("add").1.len(), 3);
        let left = after("remove:1").1;
        assert!(
            left.len() == 1 && left[0].full_name == "A" && left[0].lead,
            "{left:?}"
        );
        assert!(after("next").1[1].lead);
    }

    #[test]
    fn steps_without_fields_and_unknown_ones_are_refused() {
        assert!(form(Step::Review, "").command(None).is_err());
        assert!(
            StepForm {
                step: "x".into(),
                ..form(Step::Topic, "")
            }
            .command(None)
            .is_err()
        );
    }

    #[test]
    fn forwarding_keeps_the_order_and_leaves_reserves_out() {
        let [a, b, c] = [1, 2, 3].map(|n| EntryId(Uuid::from_u128(n)));
        let form = ForwardForm {
            key: CommandKey(Uuid::nil()),
            contest: ContestId(Uuid::nil()),
            slug: String::new(),
            unit: UnitId(Uuid::nil()),
            order: format!("{c}>{a}>{b}"),
            chosen: vec![b, c],
            versions: vec![format!("{b}=4"), format!("{c}=7"), "x=y".into()],
            act: format!("up:{b}"),
        };
        assert_eq!(form.command().entries, [(c, Version(7)), (b, Version(4))]);
        assert_eq!(form.moved(), Some(format!("{c}>{b}>{a}")));
    }
}
