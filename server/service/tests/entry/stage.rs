//! What these tests begin with: an open contest with unit screening in the scene of the test kit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use contract::author::{AnswerInvitation, AuthorService, InviteCoAuthor, Invitee};
use contract::entry::{EntryService, ReceiptView, SaveDraft, Saved, StartEntry, StepContent, SubmitEntry};
use contract::{Error, Result};
use rules::Violation;
use rules::account::{Actor, Grant, Role};
use rules::contest::{ContestPhase, ContestSetup, Milestone, MilestoneCode, Preset, preset};
use rules::entry::{
    Author, AuthorType, EntryGap, EntryScope, EntryState, Maturity, Statement, StatementSection,
};
use rules::event::{Event, SeatLabel};
use rules::id::{CommandKey, ContestId, EntryId, InvitationId, RoundId, UnitId, UserId, Version};
use rules::points::Points;
use rules::time::When;
use service::entry::{Authors, Entries};
use service::uploads::Uploads;
use store::contest::{NewContest, NewRound, NewSeat};
use store::entry::Entry;
use testkit::{Scene, TestApp};

/// Address part of the contest.
pub const SLUG: &str = "kiem-thu-2025";

/// An open contest: authors submit to the end of 10/07/2025, units forward to the end of 15/07/2025, both in Vietnam.
pub struct Stage {
    pub app: TestApp,
    pub scene: Scene,
    pub contest: ContestId,
    pub entries: Entries,
    pub authors: Authors,
    pub uploads: Uploads,
}

impl Stage {
    pub async fn new(app: TestApp) -> Self {
        Self::with(app, |_, _| {}).await
    }

    /// Changes the set-up before the contest opens.
    pub async fn with(app: TestApp, change: impl FnOnce(&Scene, &mut ContestSetup)) -> Self {
        let scene = Scene::new(&app).await;
        let mut setup = preset(Preset::District);
        setup.timetable.milestones = vec![
            milestone(MilestoneCode::SubmissionDeadline, When::EndOfDay(july(10))),
            milestone(MilestoneCode::UnitForwardDeadline, When::EndOfDay(july(15))),
        ];
        change(&scene, &mut setup);
        let contest: ContestId = app.ctx.id();
        let new = NewContest {
            id: contest,
            slug: SLUG.into(),
            code: "KT-2025".into(),
            name: "Cuộc thi kiểm thử".into(),
            year: 2025,
            organiser: scene.province,
            setup,
            historical: false,
            fictional: true,
        };
        let db = app.ctx.store.read();
        store::contest::insert(db, new, app.ctx.now())
            .await
            .expect("a contest is stored");
        for (unit, coordinator) in scene.communes.iter().zip(&scene.coordinators) {
            let grant = Grant {
                role: Role::UnitCoordinator,
                contest: Some(contest),
                unit: Some(*unit),
            };
            store::account::insert_grant(db, app.ctx.id(), *coordinator, &grant)
                .await
                .expect("a role is stored");
        }
        let (entries, uploads) = (Entries::new(app.ctx.clone()), Uploads::new(app.ctx.clone()));
        let authors = Authors::new(app.ctx.clone());
        let stage = Self {
            app,
            scene,
            contest,
            entries,
            authors,
            uploads,
        };
        stage.phase(ContestPhase::Open).await;
        stage
    }

    pub fn key(&self) -> CommandKey {
        self.app.ctx.key()
    }

    pub async fn phase(&self, phase: ContestPhase) {
        let now = self.app.ctx.now();
        store::contest::set_phase(self.app.ctx.store.read(), self.contest, phase, now)
            .await
            .expect("a phase is stored");
    }

    pub async fn actor(&self, user: UserId) -> Actor {
        self.app.actor(user).await
    }

    pub async fn author(&self, index: usize) -> Actor {
        self.actor(self.scene.authors[index]).await
    }

    pub async fn coordinator(&self, index: usize) -> Actor {
        self.actor(self.scene.coordinators[index]).await
    }

    pub async fn organiser(&self) -> Actor {
        self.actor(self.scene.organiser).await
    }

    /// A draft of the author, as begun.
    pub async fn begin(&self, author: &Actor) -> EntryId {
        let command = StartEntry {
            key: self.key(),
            contest: self.contest,
        };
        self.entries
            .start(author, command)
            .await
            .expect("a draft is begun")
    }

    pub async fn save(&self, actor: &Actor, entry: EntryId, content: StepContent) -> Result<Saved> {
        let expected = self.authors_version(actor, entry).await;
        self.entries
            .save_draft(
                actor,
                SaveDraft {
                    key: self.key(),
                    entry,
                    expected,
                    content,
                },
            )
            .await
    }

    /// A draft with nothing missing.
    pub async fn complete(&self, author: &Actor, title: &str) -> EntryId {
        let entry = self.begin(author).await;
        let steps = [
            topic(title),
            statement("Nội dung"),
            StepContent::Declaration { accepted: Some(1) },
        ];
        let mut saved = None;
        for step in steps {
            saved = Some(self.save(author, entry, step).await.expect("a step is saved"));
        }
        assert_eq!(saved.expect("three steps were saved").gaps, []);
        entry
    }

    pub async fn submit(&self, author: &Actor, entry: EntryId) -> Result<ReceiptView> {
        let expected = self.authors_version(author, entry).await;
        self.entries
            .submit(
                author,
                SubmitEntry {
                    key: self.key(),
                    entry,
                    expected,
                },
            )
            .await
    }

    /// An entry submitted to its unit.
    pub async fn submitted(&self, author: &Actor, title: &str) -> EntryId {
        let entry = self.complete(author, title).await;
        self.submit(author, entry)
            .await
            .expect("a complete entry is taken");
        entry
    }

    pub async fn row(&self, entry: EntryId) -> Entry {
        let row = store::entry::find(self.app.ctx.store.read(), entry)
            .await
            .expect("entries can be read");
        row.expect("the entry is there")
    }

    pub async fn state(&self, entry: EntryId) -> EntryState {
        self.row(entry).await.state
    }

    /// The version the author's page shows, which is their copy's where they have one; the entry's for anybody else.
    pub async fn authors_version(&self, actor: &Actor, entry: EntryId) -> Version {
        match self.entries.draft(actor, entry).await {
            Ok(draft) => draft.version,
            Err(_) => self.version(entry).await,
        }
    }

    pub async fn version(&self, entry: EntryId) -> Version {
        self.row(entry).await.version
    }

    pub async fn events(&self) -> Vec<Event> {
        let db = self.app.ctx.store.read();
        let events = store::ledger::events_after(db, self.contest, 0, 1000)
            .await
            .expect("the ledger can be read");
        events.into_iter().map(|stored| stored.event).collect()
    }

    /// A round with its jury.
    pub async fn round(&self, judges: &[UserId]) -> RoundId {
        let db = self.app.ctx.store.read();
        let round: RoundId = self.app.ctx.id();
        let new = NewRound {
            id: round,
            contest: self.contest,
            ordinal: 0,
            code: "SL".into(),
            name: "Sơ khảo".into(),
        };
        store::contest::insert_round(db, new)
            .await
            .expect("a round is stored");
        for (number, person) in (1..).zip(judges) {
            let label = SeatLabel(format!("GK {number}"));
            let seat = NewSeat {
                id: self.app.ctx.ids.id(),
                round,
                person: *person,
                number,
                chair: number == 1,
                label,
            };
            store::contest::insert_seat(db, seat)
                .await
                .expect("a seat is stored");
        }
        round
    }

    /// Invites somebody to be a co-author.
    pub async fn invite(&self, author: &Actor, entry: EntryId, invitee: Invitee) -> Result<InvitationId> {
        let expected = self.version(entry).await;
        let command = InviteCoAuthor {
            key: self.key(),
            entry,
            expected,
            invitee,
        };
        self.authors.invite(author, command).await
    }

    /// The secret of an invitation's link, as the mail has it.
    pub async fn token(&self, invitation: InvitationId) -> String {
        let mail = service::entry::invitation_mail(&self.app.ctx, invitation)
            .await
            .expect("mails can be written")
            .expect("it waits for an answer");
        mail.path.trim_start_matches("/invitations/").to_owned()
    }

    /// Answers by the link.
    pub async fn answer(&self, actor: &Actor, token: &str, accepted: bool) -> Result<()> {
        let view = self.authors.invitation(actor, token.to_owned()).await?;
        let command = AnswerInvitation {
            key: self.key(),
            token: token.to_owned(),
            expected: view.version,
            accepted,
        };
        self.authors.answer(actor, command).await
    }

    /// Every file below the data folder.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.app.ctx.config.data_dir, &mut found);
        found
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            collect(&path, found)
        } else {
            found.push(path)
        }
    }
}

pub fn july(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 7, day).expect("a day of July")
}

pub fn milestone(code: MilestoneCode, when: When) -> Milestone {
    Milestone {
        code,
        when,
        note: String::new(),
    }
}

pub fn topic(title: &str) -> StepContent {
    StepContent::Topic {
        title: title.into(),
        category: Some("C1".into()),
        scope: Some(EntryScope::Unit),
        maturity: Some(Maturity::Proposed),
        first_applied_on: None,
    }
}

pub fn statement(text: &str) -> StepContent {
    let required = StatementSection::ALL
        .into_iter()
        .filter(|section| section.is_required());
    StepContent::Statement {
        statement: Statement(
            required
                .map(|section| (section, text.into()))
                .collect::<BTreeMap<_, _>>(),
        ),
    }
}

/// An author with an account.
pub fn member(user: UserId, name: &str, unit: Option<UnitId>, share: i64, lead: bool) -> Author {
    Author {
        user: Some(user),
        full_name: name.into(),
        unit,
        unit_name: String::new(),
        position: String::new(),
        contact: String::new(),
        share: Points::whole(share),
        lead,
    }
}

pub fn group(authors: Vec<Author>) -> StepContent {
    StepContent::Authors {
        author_type: AuthorType::Group,
        authors,
    }
}

/// The rule that refused.
pub fn violation<T: std::fmt::Debug>(refused: Result<T>) -> Violation {
    match refused {
        Err(Error::Rule(violation)) => violation,
        other => panic!("a rule should have refused it: {other:?}"),
    }
}

/// The gaps for which an entry was refused.
pub fn gaps<T: std::fmt::Debug>(refused: Result<T>) -> Vec<EntryGap> {
    match violation(refused) {
        Violation::EntryIncomplete { gaps } => gaps,
        other => panic!("the entry should have been incomplete: {other:?}"),
    }
}
