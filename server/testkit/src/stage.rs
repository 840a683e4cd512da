//! A contest on the eve of its judging: entries accepted and coded, juries appointed, nothing opened yet.

use chrono::TimeDelta;
use rules::account::{Actor, Grant, Role};
use rules::contest::{
    ContestPhase, ContestSetup, Milestone, MilestoneCode, Preset, RoundPlan, Timeliness, preset,
};
use rules::entry::{Author, AuthorType, EntryContent, EntryState, EntryStep};
use rules::event::{Event, SeatLabel};
use rules::id::{ContestId, EntryId, RoundId, UnitId, UserId, Version};
use rules::judging::{AdvanceRule, BallotKind, CriterionCode, Scores, ScoringPolicy, rubric_r100_a};
use rules::points::Points;
use rules::results::PrizeTier;
use rules::time::When;
use store::account::{NewPerson, NewUnit};
use store::contest::{NewContest, NewRound, NewSeat};
use store::entry::Entry;

use crate::app::TestApp;

/// A judge to appoint.
#[derive(Clone, Debug)]
pub struct StageJudge {
    pub name: String,
    /// Code of a unit; units are made as they are named.
    pub unit: Option<String>,
    pub chair: bool,
}

/// An entry to store.
#[derive(Clone, Debug)]
pub struct StageEntry {
    pub code: String,
    pub blind_code: Option<String>,
    pub title: String,
    pub unit: Option<String>,
    /// Names of authors; all of the entry's unit.
    pub authors: Vec<String>,
    pub state: EntryState,
}

/// What to build. The plan of a test is [`StagePlan::small`] with what the test is about changed.
#[derive(Clone, Debug)]
pub struct StagePlan {
    pub code: String,
    pub setup: ContestSetup,
    /// One jury a round, in order.
    pub juries: Vec<Vec<StageJudge>>,
    pub entries: Vec<StageEntry>,
}

/// The contest.
pub struct Stage {
    pub contest: ContestId,
    pub slug: String,
    pub organiser: UserId,
    pub leader: UserId,
    pub administrator: UserId,
    pub reader: UserId,
    /// Signed in, with no part in the contest.
    pub stranger: UserId,
    pub rounds: Vec<RoundId>,
    /// Judges by round and seat.
    pub juries: Vec<Vec<UserId>>,
    pub entries: Vec<EntryId>,
}

/// Last moment of the intake of [`StagePlan::small`].
pub const DEADLINE: &str = "2025-09-30T17:00:00+07:00";
/// A morning after it.
pub const JUDGING: &str = "2025-10-06T08:00:00+07:00";

impl StagePlan {
    /// Four blind entries of nobody's unit; a preliminary round with three judges, of which two advance; a final round
    /// with three others who also order the entries; a first and a second prize.
    pub fn small() -> Self {
        let policy = ScoringPolicy::default();
        let round = |code: &str, name: &str, ballot, advance| RoundPlan {
            code: code.to_owned(),
            name: name.to_owned(),
            jury_source: String::new(),
            rubric: rubric_r100_a(),
            policy: ScoringPolicy {
                ballot,
                ..policy.clone()
            },
            advance,
        };
        let mut setup = preset(Preset::Blank);
        setup.eligibility.unit_screening = false;
        setup.rounds = vec![
            round(
                "SL",
                "Vòng sơ khảo",
                BallotKind::Scorecards,
                Some(AdvanceRule::top(2)),
            ),
            round("CK", "Vòng chung kết", BallotKind::ScorecardsAndOrder, None),
        ];
        setup.prizes = vec![
            PrizeTier::new("NHAT", "Giải Nhất", 1),
            PrizeTier::new("NHI", "Giải Nhì", 1),
        ];
        setup.timetable.milestones = vec![Milestone {
            code: MilestoneCode::SubmissionDeadline,
            when: When::Instant(DEADLINE.parse().expect("an RFC 3339 time")),
            note: String::new(),
        }];
        let jury = |round: &str| {
            let judge = |number: usize| StageJudge {
                name: format!("Giám khảo {round} {number}"),
                unit: None,
                chair: number == 1,
            };
            (1..=3).map(judge).collect()
        };
        let entry = |number: usize| StageEntry {
            code: format!("T-{number:02}"),
            blind_code: Some(format!("P{}", 100 + number)),
            title: format!("[Giả định] Sáng kiến số {number}"),
            unit: None,
            authors: vec![format!("Tác giả {number:02}")],
            state: EntryState::Accepted,
        };
        Self {
            code: "T-2025".to_owned(),
            setup,
            juries: vec![jury("sơ khảo"), jury("chung kết")],
            entries: (1..=4).map(entry).collect(),
        }
    }

    /// Builds the contest; the clock of `app` is set to the morning of the judging.
    pub async fn build(self, app: &TestApp) -> Stage {
        app.clock.set(JUDGING);
        let ctx = &app.ctx;
        let contest: ContestId = ctx.id();
        let slug = self.code.to_lowercase();
        let root = unit(app, "root", None).await;
        let mut units: Vec<(String, UnitId)> = Vec::new();
        let named = self.juries.iter().flatten().map(|judge| &judge.unit);
        for code in named
            .chain(self.entries.iter().map(|entry| &entry.unit))
            .flatten()
        {
            if !units.iter().any(|(known, _)| known == code) {
                let id = unit(app, code, Some(root)).await;
                units.push((code.clone(), id));
            }
        }
        let unit_of = |code: &Option<String>| {
            code.as_ref()
                .and_then(|code| units.iter().find(|(known, _)| known == code))
                .map(|(_, id)| *id)
        };

        let organiser = person(app, "Ban Tổ chức", None).await;
        let leader = person(app, "Lãnh đạo", None).await;
        let administrator = person(app, "Quản trị", None).await;
        let reader = person(app, "Thanh tra", None).await;
        let stranger = person(app, "Người ngoài", None).await;
        let new = NewContest {
            id: contest,
            slug: slug.clone(),
            code: self.code.clone(),
            name: "[Giả định] Cuộc thi kiểm thử".to_owned(),
            year: 2025,
            organiser: root,
            setup: self.setup.clone(),
            historical: false,
            fictional: true,
        };
        let mut tx = ctx.store.write(None).await.expect("a transaction begins");
        store::contest::insert(tx.conn(), new, ctx.now())
            .await
            .expect("a contest is stored");
        store::contest::set_phase(tx.conn(), contest, ContestPhase::Open, ctx.now())
            .await
            .expect("it opens");
        for (user, role, contest) in [
            (organiser, Role::Organiser, Some(contest)),
            (leader, Role::Leader, Some(contest)),
            (administrator, Role::Administrator, None),
            (reader, Role::Reader, Some(contest)),
        ] {
            let grant = Grant {
                role,
                contest,
                unit: None,
            };
            store::account::insert_grant(tx.conn(), ctx.id(), user, &grant)
                .await
                .expect("a role is stored");
        }
        let created = Event::ContestCreated {
            code: self.code.clone(),
        };
        tx.record(contest, Some(organiser), ctx.now(), created)
            .expect("one contest");
        let opened = Event::ContestOpened {
            setup_hash: "0".repeat(64),
        };
        tx.record(contest, Some(organiser), ctx.now(), opened)
            .expect("one contest");
        ctx.commit(tx).await.expect("the contest is committed");

        let (mut rounds, mut juries) = (Vec::new(), Vec::new());
        for ((ordinal, plan), jury) in (0..).zip(&self.setup.rounds).zip(&self.juries) {
            let round: RoundId = ctx.id();
            let new = NewRound {
                id: round,
                contest,
                ordinal,
                code: plan.code.clone(),
                name: plan.name.clone(),
            };
            store::contest::insert_round(ctx.store.read(), new)
                .await
                .expect("a round is stored");
            let mut seated = Vec::new();
            for (number, judge) in (1..).zip(jury) {
                let user = person(app, &judge.name, unit_of(&judge.unit)).await;
                let seat = NewSeat {
                    id: ctx.ids.id(),
                    round,
                    person: user,
                    number,
                    chair: judge.chair,
                    label: SeatLabel(format!("GK {number}")),
                };
                store::contest::insert_seat(ctx.store.read(), seat)
                    .await
                    .expect("a seat is stored");
                let role = if judge.chair { Role::JuryChair } else { Role::Judge };
                let grant = Grant {
                    role,
                    contest: Some(contest),
                    unit: None,
                };
                store::account::insert_grant(ctx.store.read(), ctx.id(), user, &grant)
                    .await
                    .expect("a role");
                seated.push(user);
            }
            rounds.push(round);
            juries.push(seated);
        }
        let mut entries = Vec::new();
        for entry in &self.entries {
            entries.push(store_entry(app, contest, organiser, entry, unit_of(&entry.unit)).await);
        }
        let codes: Vec<(EntryId, String)> = entries
            .iter()
            .zip(&self.entries)
            .filter_map(|(id, entry)| Some((*id, entry.blind_code.clone()?)))
            .collect();
        let mut tx = ctx
            .store
            .write(Some(contest))
            .await
            .expect("a transaction begins");
        tx.record(
            contest,
            Some(organiser),
            ctx.now(),
            Event::BlindCodesAssigned { codes },
        )
        .expect("one contest");
        ctx.commit(tx).await.expect("the codes are committed");
        Stage {
            contest,
            slug,
            organiser,
            leader,
            administrator,
            reader,
            stranger,
            rounds,
            juries,
            entries,
        }
    }
}

impl Stage {
    /// A judge as an actor, by round and seat from 1.
    pub async fn judge(&self, app: &TestApp, round: usize, seat: usize) -> Actor {
        app.actor(self.juries[round][seat - 1]).await
    }
}

/// Points adding up to `total` whole points, on the criteria of R100-A from the last to the first.
pub fn marks(total: i64) -> Scores {
    let mut left = Points::whole(total);
    let mut scores = Scores::new();
    for criterion in rubric_r100_a().criteria.iter().rev() {
        let given = left.min(criterion.max);
        left = left.saturating_sub(given);
        scores.insert(criterion.code.clone(), given);
    }
    scores
}

/// Points on one criterion of R100-A only, as a draft may have them.
pub fn mark(criterion: &str, hundredths: i64) -> Scores {
    Scores::from([(
        CriterionCode::parse(criterion).expect("a code"),
        Points(hundredths),
    )])
}

async fn unit(app: &TestApp, code: &str, parent: Option<UnitId>) -> UnitId {
    let id = app.ctx.id();
    let new = NewUnit {
        id,
        code: code.to_owned(),
        parent,
        name: format!("Đơn vị {code}"),
        short_name: code.to_owned(),
        kind: "department".to_owned(),
        doc_symbol: String::new(),
        valid_from: None,
        valid_to: None,
        provenance: "test".to_owned(),
        position: 0,
    };
    store::account::insert_units(app.ctx.store.read(), vec![new])
        .await
        .expect("a unit is stored");
    id
}

async fn person(app: &TestApp, full_name: &str, unit: Option<UnitId>) -> UserId {
    let id: UserId = app.ctx.id();
    let new = NewPerson {
        id,
        user_name: format!("u{id}"),
        email: None,
        full_name: full_name.to_owned(),
        position: String::new(),
        unit,
        password_hash: None,
    };
    store::account::insert_person(app.ctx.store.read(), new, app.ctx.now())
        .await
        .expect("a person is stored");
    id
}

async fn store_entry(
    app: &TestApp,
    contest: ContestId,
    by: UserId,
    plan: &StageEntry,
    unit: Option<UnitId>,
) -> EntryId {
    let ctx = &app.ctx;
    let id: EntryId = ctx.id();
    let author = |(index, name): (usize, &String)| Author {
        user: None,
        full_name: name.clone(),
        unit,
        unit_name: String::new(),
        position: String::new(),
        contact: String::new(),
        share: Points::ZERO,
        lead: index == 0,
    };
    let content = EntryContent {
        author_type: if plan.authors.len() > 1 {
            AuthorType::Group
        } else {
            AuthorType::Individual
        },
        authors: plan.authors.iter().enumerate().map(author).collect(),
        title: plan.title.clone(),
        ..EntryContent::default()
    };
    let submitted_at = ctx.now() - TimeDelta::days(10);
    let row = Entry {
        id,
        contest,
        code: Some(plan.code.clone()),
        state: plan.state,
        unit,
        content: content.clone(),
        content_hash: Some("0".repeat(64)),
        revision: 1,
        blind_code: plan.blind_code.clone(),
        forward_rank: None,
        reason: None,
        due_at: None,
        created_by: by,
        created_at: submitted_at,
        updated_at: submitted_at,
        submitted_at: Some(submitted_at),
        forwarded_at: None,
        prize_code: None,
        fictional: true,
        version: Version::FIRST,
    };
    let mut tx = ctx
        .store
        .write(Some(contest))
        .await
        .expect("a transaction begins");
    store::entry::insert(tx.conn(), &row)
        .await
        .expect("an entry is stored");
    store::entry::set_authors(tx.conn(), id, &content, || ctx.ids.id())
        .await
        .expect("authors are stored");
    let submitted = Event::EntrySubmitted {
        entry: id,
        code: plan.code.clone(),
        unit,
        category: String::new(),
        content_hash: "0".repeat(64),
        revision: 1,
        timeliness: Timeliness::InTime,
    };
    tx.record(contest, Some(by), submitted_at, submitted)
        .expect("one contest");
    if plan.state == EntryState::Accepted {
        let accepted = Event::EntryMoved {
            entry: id,
            unit,
            from: EntryState::EligibilityCheck,
            step: EntryStep::Accept,
            reason: None,
            rank: None,
            due: None,
            timeliness: Timeliness::InTime,
        };
        tx.record(contest, Some(by), ctx.now(), accepted)
            .expect("one contest");
    }
    ctx.commit(tx).await.expect("the entry is committed");
    id
}
