//! Contests at the points of their life that tests begin from.

use contract::contest::{
    AppointJudge, ContestService, CreateContest, OpenContest, SaveSetup, SectionContent, SetupView,
};
use rules::account::{Actor, Grant, Role};
use rules::contest::{
    ContestSetup, Milestone, MilestoneCode, Preset, SetupSection, SignedDocument, Timetable, preset,
};
use rules::id::{ContestId, EntryId, RoundId, UserId};
use rules::time::When;
use sea_orm::{ConnectionTrait, Statement};
use service::contest::Contests;

use crate::app::TestApp;
use crate::scene::Scene;

/// A contest of the scene, with the preset of a district: unit screening, two rounds, blind codes.
///
/// Opened on 01/07/2025; authors submit until the end of 15/08/2025, units forward until the end of 31/08/2025.
pub struct Setting {
    pub contest: ContestId,
    pub slug: String,
    /// In order: `SL`, `CK`.
    pub rounds: Vec<RoundId>,
    /// The scene's organiser.
    pub organiser: Actor,
}

impl Setting {
    /// Just created from its preset; no jury, no plan number, no deadlines.
    pub async fn draft(app: &TestApp, scene: &Scene) -> Self {
        let contests = Contests::new(app.ctx.clone());
        let organiser = app.actor(scene.organiser).await;
        let command = CreateContest {
            key: app.ctx.key(),
            preset: Preset::District,
            code: "KT-2025".to_owned(),
            name: "Cuộc thi kiểm thử".to_owned(),
            year: 2025,
            organiser: scene.province,
        };
        let slug = contests
            .create(&organiser, command)
            .await
            .expect("the contest is created");
        let view = contests
            .setup(&organiser, slug.clone())
            .await
            .expect("the set-up is read");
        let rounds = view.juries.iter().map(|jury| jury.round).collect();
        Self {
            contest: view.contest,
            slug,
            rounds,
            organiser: app.actor(scene.organiser).await,
        }
    }

    /// With everything it needs to open: plan, deadlines, three judges a round (the first chairs), and a coordinator in
    /// each commune.
    pub async fn complete(self, app: &TestApp, scene: &Scene) -> Self {
        self.complete_with(app, scene, setup()).await
    }

    /// Like [`Setting::complete`], with another set-up.
    pub async fn complete_with(self, app: &TestApp, scene: &Scene, setup: ContestSetup) -> Self {
        let contests = Contests::new(app.ctx.clone());
        for section in SetupSection::ALL {
            let Some(content) = content(&setup, section) else {
                continue;
            };
            let expected = self.view(app).await.version;
            let save = SaveSetup {
                key: app.ctx.key(),
                contest: self.contest,
                expected,
                content,
            };
            contests
                .save_setup(&self.organiser, save)
                .await
                .expect("the section is saved");
        }
        let rounds: Vec<RoundId> = self
            .view(app)
            .await
            .juries
            .iter()
            .map(|jury| jury.round)
            .collect();
        for round in &rounds {
            for (index, judge) in scene.judges.iter().take(3).enumerate() {
                let command = AppointJudge {
                    key: app.ctx.key(),
                    round: *round,
                    user: *judge,
                    chair: index == 0,
                };
                contests
                    .appoint_judge(&self.organiser, command)
                    .await
                    .expect("the judge is appointed");
            }
        }
        for (coordinator, unit) in scene.coordinators.iter().zip(&scene.communes) {
            let grant = Grant {
                role: Role::UnitCoordinator,
                contest: Some(self.contest),
                unit: Some(*unit),
            };
            let granted =
                store::account::insert_grant(app.ctx.store.read(), app.ctx.id(), *coordinator, &grant).await;
            granted.expect("the role is stored");
        }
        Self { rounds, ..self }
    }

    /// Opened.
    pub async fn opened(self, app: &TestApp) -> Self {
        let expected = self.view(app).await.version;
        let command = OpenContest {
            key: app.ctx.key(),
            contest: self.contest,
            expected,
        };
        Contests::new(app.ctx.clone())
            .open(&self.organiser, command)
            .await
            .expect("the contest opens");
        self
    }

    /// [`Setting::draft`], completed and opened.
    pub async fn open(app: &TestApp, scene: &Scene) -> Self {
        Self::draft(app, scene)
            .await
            .complete(app, scene)
            .await
            .opened(app)
            .await
    }

    /// The set-up as its organiser sees it.
    pub async fn view(&self, app: &TestApp) -> SetupView {
        let view = Contests::new(app.ctx.clone())
            .setup(&self.organiser, self.slug.clone())
            .await;
        view.expect("the set-up is read")
    }

    /// A bare row of an entry submitted to its unit, for tests of other slices; no event, no content.
    pub async fn submitted_entry(&self, app: &TestApp, author: UserId, code: &str) -> EntryId {
        let id: EntryId = app.ctx.id();
        let db = app.ctx.store.read();
        let person = store::account::person(db, author)
            .await
            .expect("people can be read")
            .expect("is there");
        let now = app.ctx.now();
        let backend = db.get_database_backend();
        let entry = "INSERT INTO entry (id, contest_id, code, state, unit_id, title, search_key, content, revision, \
                     created_by, created_at, updated_at, fictional, version) VALUES \
                     ($1, $2, $3, 'submitted_to_unit', $4, 'Bài dự thi', 'bai du thi', $5, 1, $6, $7, $7, $8, 1)";
        let values = [
            id.uuid().into(),
            self.contest.uuid().into(),
            code.into(),
            person.unit.map(rules::id::UnitId::uuid).into(),
            serde_json::json!({}).into(),
            author.uuid().into(),
            now.into(),
            true.into(),
        ];
        db.execute_raw(Statement::from_sql_and_values(backend, entry, values))
            .await
            .expect("the entry is stored");
        let link = "INSERT INTO entry_author (id, entry_id, ordinal, person_id, full_name, search_key, lead) \
                    VALUES ($1, $2, 0, $3, $4, '', $5)";
        let values = [
            app.ctx.ids.id().into(),
            id.uuid().into(),
            author.uuid().into(),
            person.full_name.into(),
            true.into(),
        ];
        db.execute_raw(Statement::from_sql_and_values(backend, link, values))
            .await
            .expect("the author is stored");
        id
    }
}

/// The set-up of [`Setting::complete`].
pub fn setup() -> ContestSetup {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2025, month, day).expect("a day of the calendar");
    let milestone = |code, when| Milestone {
        code,
        when,
        note: String::new(),
    };
    let mut setup = preset(Preset::District);
    setup.plan.document = SignedDocument {
        number: "12".to_owned(),
        symbol: "KH-UBND".to_owned(),
        issued_on: Some(day(6, 20)),
        signer: "Phạm Lãnh Đạo".to_owned(),
        signer_position: "Chủ tịch".to_owned(),
    };
    setup.timetable = Timetable {
        milestones: vec![
            milestone(MilestoneCode::SubmissionDeadline, When::EndOfDay(day(8, 15))),
            milestone(MilestoneCode::UnitForwardDeadline, When::EndOfDay(day(8, 31))),
        ],
        ..Timetable::default()
    };
    setup
}

fn content(setup: &ContestSetup, section: SetupSection) -> Option<SectionContent> {
    let setup = setup.clone();
    Some(match section {
        SetupSection::Plan => SectionContent::Plan { plan: setup.plan },
        SetupSection::Categories => SectionContent::Categories {
            categories: setup.categories,
        },
        SetupSection::Timetable => SectionContent::Timetable {
            timetable: setup.timetable,
        },
        SetupSection::Eligibility => SectionContent::Eligibility {
            eligibility: setup.eligibility,
            declaration: setup.declaration,
        },
        SetupSection::Form => SectionContent::Form {
            fields: setup.form.fields,
        },
        SetupSection::Rounds => SectionContent::Rounds { rounds: setup.rounds },
        SetupSection::Prizes => SectionContent::Prizes {
            prizes: setup.prizes,
            publish_scores: setup.publish_scores,
        },
        SetupSection::Juries | SetupSection::Open => return None,
    })
}
