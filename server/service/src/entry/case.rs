//! An entry with its contest and authors, and the questions who stands in which relation to it.

use contract::{Conflict, Error, Kind, Result};
use rules::Violation;
use rules::account::{Actor, Role};
use rules::contest::UnitTree;
use rules::entry::{Consents, EntryState, EntryStep};
use rules::id::{ContestId, EntryId, UnitId, UserId, Version};
use rules::time::Timestamp;
use store::Conn;
use store::contest::ContestRow;
use store::entry::{Entry, EntryAuthor};

use crate::actor::signed_in;
use crate::ctx::Ctx;
use crate::error::Fault;

/// An entry as a call finds it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub contest: ContestRow,
    pub entry: Entry,
    pub authors: Vec<EntryAuthor>,
    /// Which co-authors were asked, and what they answered.
    pub consents: Consents,
    /// A desk registered it for its authors: who typed it in did not write it.
    pub registered: bool,
    /// Set while `entry` shows the copy its authors are changing after they submitted.
    pub taken_up: Option<TakenUp>,
}

/// What of the submitted entry the copy hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TakenUp {
    /// Version of the entry's own row.
    version: Version,
    /// What was submitted went to a unit.
    screened: bool,
}

/// Whose desk the viewer may see an entry from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Desk {
    /// The unit coordinated by the viewer that the entry comes from, or that lies above it.
    pub unit: Option<UnitId>,
    pub organiser: bool,
}

/// The contest of an entry, to take its lock before the entry is read.
pub(crate) async fn contest_of(ctx: &Ctx, entry: EntryId) -> Result<ContestId> {
    store::entry::contest_of(ctx.store.read(), entry)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Entry))
}

/// The organisation chart.
pub(crate) async fn unit_tree(db: &impl Conn) -> Result<UnitTree> {
    Ok(UnitTree::new(store::account::units(db).await.fault()?))
}

/// Whether the authors of an entry write on a copy of what they submitted, if there is one.
pub(crate) fn takes_copy(contest: &ContestRow, entry: &Entry) -> bool {
    rules::entry::may_take_up(entry.state, is_screened(contest, entry))
        || (entry.revision > 0 && entry.state.is_editable())
}

fn is_screened(contest: &ContestRow, entry: &Entry) -> bool {
    contest.setup.eligibility.unit_screening && entry.unit.is_some()
}

impl Case {
    /// Loads an entry; whether the viewer may know of it is asked next.
    pub async fn load(db: &impl Conn, id: EntryId) -> Result<Self> {
        let entry = store::entry::find(db, id)
            .await
            .fault()?
            .ok_or(Error::NotFound(Kind::Entry))?;
        let contest = store::contest::by_id(db, entry.contest)
            .await
            .fault()?
            .ok_or(Error::NotFound(Kind::Entry))?;
        let authors = store::entry::authors(db, &[id]).await.fault()?;
        let eligibility = &contest.setup.eligibility;
        let registered = store::register::is_registered(db, id).await.fault()?;
        let mut consents = Consents::new(eligibility, entry.created_by, Vec::new());
        if consents.asked {
            consents.invitations = store::author::invitations_of(db, id).await.fault()?;
        }
        if consents.asked && registered {
            // what came on paper carries the signatures of those it names; who came later is asked
            let paper = store::entry::revision(db, id, 1).await.fault()?;
            consents.signed = paper.map(|paper| paper.content.authors).unwrap_or_default();
        }
        Ok(Self {
            contest,
            entry,
            authors,
            consents,
            registered,
            taken_up: None,
        })
    }

    /// Loads an entry as its authors write on it: where they have taken it up again after submitting, `entry` holds
    /// content and version of their copy, and [`Case::save`] stores the copy. Desks read with [`Case::load`].
    pub async fn load_to_write(db: &impl Conn, id: EntryId) -> Result<Self> {
        let mut case = Self::load(db, id).await?;
        if !takes_copy(&case.contest, &case.entry) {
            return Ok(case);
        }
        if let Some(copy) = store::entry::working_copy(db, id).await.fault()? {
            case.taken_up = Some(TakenUp {
                version: case.entry.version,
                screened: case.is_screened(),
            });
            let entry = &mut case.entry;
            entry.unit = super::draft::lead_unit(&copy.content);
            entry.content = copy.content;
            entry.version = copy.version;
            entry.updated_at = copy.updated_at;
        }
        Ok(case)
    }

    /// Whether `entry` holds the authors' copy of what they submitted.
    pub fn is_copy(&self) -> bool {
        self.taken_up.is_some()
    }

    /// Whether a unit screens the entry before the organiser sees it.
    fn is_screened(&self) -> bool {
        is_screened(&self.contest, &self.entry)
    }

    /// Whether its authors may take the submitted entry up again, the deadline aside.
    pub fn may_take_up(&self) -> bool {
        rules::entry::may_take_up(self.entry.state, self.is_screened())
    }

    /// Where the entry stands once it is submitted now.
    ///
    /// # Errors
    /// `Rule(EntryStep)` where it may not be submitted.
    pub fn submitted_state(&self) -> Result<EntryState> {
        let (from, step) = (self.entry.state, self.submit_step());
        let state = match self.taken_up {
            Some(taken_up) if !from.is_editable() => {
                rules::entry::after_revision(from, step, taken_up.screened)
            }
            _ => from.after(step),
        };
        Ok(state.map_err(Violation::from)?)
    }

    /// Makes the copy the entry itself, which [`Case::save`] then stores. `fresh` gives ids for the rows of authors.
    ///
    /// # Errors
    /// `Conflict` where somebody else changed the copy meanwhile.
    pub async fn adopt_copy(&mut self, db: &impl Conn, fresh: impl FnMut() -> uuid::Uuid) -> Result<()> {
        let Some(taken_up) = self.taken_up.take() else {
            return Ok(());
        };
        end_copy(db, self.entry.id, self.entry.version).await?;
        self.entry.version = taken_up.version;
        store::entry::set_authors(db, self.entry.id, &self.entry.content, fresh)
            .await
            .fault()
    }

    /// The time on the contest's own clock.
    pub fn now(&self, ctx: &Ctx) -> Timestamp {
        self.contest.now(ctx.now())
    }

    /// Whether somebody began the entry or is one of its authors, where the contest asks for it by their own consent.
    pub fn is_written_by(&self, user: UserId) -> bool {
        let in_copy = || {
            let authors = &self.entry.content.authors;
            self.taken_up.is_some() && authors.iter().any(|author| author.user == Some(user))
        };
        let listed = self.authors.iter().any(|author| author.person == Some(user)) || in_copy();
        (self.entry.created_by == user && !self.registered) || (listed && self.consents.admits(user))
    }

    /// Only authors go on; nobody else learns that the entry exists.
    pub fn authors_only(&self, actor: &Actor) -> Result<UserId> {
        let user = signed_in(actor)?.id;
        if self.is_written_by(user) {
            Ok(user)
        } else {
            Err(Error::NotFound(Kind::Entry))
        }
    }

    /// From which desk the viewer sees the entry. A draft never submitted is on nobody's desk.
    ///
    /// # Errors
    /// `NotFound` for everybody else.
    pub fn desk(&self, actor: &Actor, tree: &UnitTree) -> Result<Desk> {
        signed_in(actor)?;
        let unit = self.entry.unit.and_then(|unit| {
            actor
                .coordinated_units(self.contest.id)
                .into_iter()
                .find(|above| tree.is_within(unit, *above))
        });
        let organiser = actor.roles_in(Some(self.contest.id), None).has(Role::Organiser);
        if self.entry.revision == 0 || (unit.is_none() && !organiser) {
            return Err(Error::NotFound(Kind::Entry));
        }
        Ok(Desk { unit, organiser })
    }

    /// Only the expected version goes on.
    pub fn at_version(&self, expected: Version) -> Result<()> {
        let current = self.entry.version;
        if current == expected {
            Ok(())
        } else {
            Err(Error::Conflict(Conflict { expected, current }))
        }
    }

    /// Only an entry its authors may still change goes on.
    pub fn editable(&self) -> Result<()> {
        if self.entry.state.is_editable() || self.taken_up.is_some() {
            return Ok(());
        }
        Err(Violation::EntryStep {
            from: self.entry.state,
            step: self.submit_step(),
        }
        .into())
    }

    /// How this entry is submitted: to its unit, or straight to the organiser where no unit screens it. Authors from
    /// outside the organisation chart have no unit that could.
    pub fn submit_step(&self) -> EntryStep {
        if self.contest.setup.eligibility.unit_screening && self.entry.unit.is_some() {
            EntryStep::SubmitToUnit
        } else {
            EntryStep::SubmitToOrganiser
        }
    }

    /// Stores the entry with its version raised.
    ///
    /// # Errors
    /// `Conflict` where somebody else was first.
    pub async fn save(&mut self, db: &impl Conn) -> Result<()> {
        let expected = self.entry.version;
        self.entry.version = expected.next();
        if self.taken_up.is_some() {
            return self.save_copy(db, expected).await;
        }
        if store::entry::update(db, &self.entry, expected).await.fault()? {
            return Ok(());
        }
        let current = store::entry::find(db, self.entry.id).await.fault()?;
        let current = current.map_or(self.entry.version, |entry| entry.version);
        Err(Error::Conflict(Conflict { expected, current }))
    }

    async fn save_copy(&self, db: &impl Conn, expected: Version) -> Result<()> {
        let (id, entry) = (self.entry.id, &self.entry);
        if store::entry::save_working_copy(db, id, &entry.content, entry.updated_at, expected)
            .await
            .fault()?
        {
            return Ok(());
        }
        let copy = store::entry::working_copy(db, id).await.fault()?;
        let current = copy.map_or(entry.version, |copy| copy.version);
        Err(Error::Conflict(Conflict { expected, current }))
    }
}

/// Ends the authors' copy as it was at `expected`: drafts are saved without the contest's lock, so what a co-author
/// saves meanwhile must not go with it.
///
/// # Errors
/// `Conflict` where somebody else was first.
pub(crate) async fn end_copy(db: &impl Conn, id: EntryId, expected: Version) -> Result<()> {
    if store::entry::delete_working_copy(db, id, expected)
        .await
        .fault()?
    {
        return Ok(());
    }
    let copy = store::entry::working_copy(db, id).await.fault()?;
    let current = copy.map_or(expected.next(), |copy| copy.version);
    Err(Error::Conflict(Conflict { expected, current }))
}
