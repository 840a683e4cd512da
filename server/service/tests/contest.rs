//! Contests on both engines: creation, set-up, juries, opening, the control room, results of the past.

use contract::contest::{
    AppointJudge, ContestService, CreateContest, OpenContest, Pending, RemoveJudge, SaveSetup, SectionContent,
};
use contract::error::{Conflict, Error, FieldProblem, Kind};
use rules::Violation;
use rules::account::{Actor, Denied, Role};
use rules::contest::{ContestPhase, Preset, SetupSection, SignedDocument, preset};
use rules::event::Event;
use rules::id::Version;
use service::contest::{Contests, HistoricalEntry, HistoricalResult, enter_historical_result};
use testkit::{Scene, Setting, TestApp, db_tests};

fn create(app: &TestApp, scene: &Scene, code: &str) -> CreateContest {
    CreateContest {
        key: app.ctx.key(),
        preset: Preset::District,
        code: code.to_owned(),
        name: "Cuộc thi sáng kiến".to_owned(),
        year: 2025,
        organiser: scene.province,
    }
}

db_tests! {
    async fn a_contest_is_created_once_with_an_address_of_its_own(app: TestApp) {
        let scene = Scene::new(&app).await;
        let contests = Contests::new(app.ctx.clone());
        let admin = app.actor(scene.administrator).await;
        let command = create(&app, &scene, "pt-2025");
        let slug = contests.create(&admin, command.clone()).await.expect("creates");
        assert_eq!(slug, "pt-2025");
        assert_eq!(contests.create(&admin, command).await.expect("repeats"), slug);
        let near = contests.create(&admin, create(&app, &scene, "PT.2025")).await.expect("creates");
        assert_eq!(near, "pt-2025-2");
        let taken = contests.create(&admin, create(&app, &scene, "PT-2025")).await.expect_err("refused");
        assert!(matches!(&taken, Error::Invalid(fields) if fields[0].field == "code"
            && fields[0].problem == FieldProblem::Taken), "{taken:?}");
        // the creator organises it from now on
        let admin = app.actor(scene.administrator).await;
        let view = contests.setup(&admin, slug.clone()).await.expect("reads");
        assert!(view.can_edit);
        assert_eq!(view.juries.len(), 2);
        assert!(!view.gaps.is_empty());
        // nobody else knows of the draft
        for stranger in [Actor::Anonymous, app.actor(scene.authors[0]).await] {
            let hidden = contests.public_contest(&stranger, slug.clone()).await.expect_err("hidden");
            assert!(matches!(hidden, Error::NotFound(Kind::Contest)));
            let hidden = contests.setup(&stranger, slug.clone()).await.expect_err("hidden");
            assert!(matches!(hidden, Error::NotFound(Kind::Contest)));
        }
        let denied = contests.create(&app.actor(scene.authors[0]).await, create(&app, &scene, "X-1")).await;
        assert!(matches!(denied, Err(Error::Denied(Denied::NotYourRole))));
    }

    async fn the_second_of_two_editors_gets_a_conflict(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let save = |expected, purpose: &str| {
            let mut plan = preset(Preset::District).plan;
            plan.purpose = purpose.to_owned();
            SaveSetup { key: app.ctx.key(), contest: stage.contest, expected, content: SectionContent::Plan { plan } }
        };
        let first = save(Version::FIRST, "Mục đích\r\nthứ nhất  ");
        let version = contests.save_setup(&stage.organiser, first.clone()).await.expect("saves");
        assert_eq!(version, Version(2));
        assert_eq!(contests.save_setup(&stage.organiser, first).await.expect("repeats"), version);
        let second = contests.save_setup(&stage.organiser, save(Version::FIRST, "khác")).await.expect_err("late");
        let conflict = Conflict { expected: Version::FIRST, current: Version(2) };
        assert!(matches!(second, Error::Conflict(found) if found == conflict));
        let view = contests.setup(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert_eq!(view.setup.plan.purpose, "Mục đích\nthứ nhất");
        let long = contests.save_setup(&stage.organiser, save(Version(2), &"a".repeat(20_001))).await;
        assert!(matches!(long, Err(Error::Invalid(fields)) if fields[0].field == "purpose"));
        let events = store::ledger::events_after(app.ctx.store.read(), stage.contest, 0, 100).await.expect("reads");
        let saved = events.iter().filter(|event| {
            matches!(event.event, Event::SetupSaved { section: SetupSection::Plan, version: 2, .. })
        });
        assert_eq!(saved.count(), 1);
    }

    async fn rounds_keep_their_juries_by_code(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let view = contests.setup(&stage.organiser, stage.slug.clone()).await.expect("reads");
        for jury in &view.juries {
            let command = AppointJudge { key: app.ctx.key(), round: jury.round, user: scene.judges[0], chair: true };
            contests.appoint_judge(&stage.organiser, command).await.expect("appoints");
        }
        let mut rounds = view.setup.rounds.clone();
        rounds.remove(0);
        let content = SectionContent::Rounds { rounds };
        let save = SaveSetup { key: app.ctx.key(), contest: stage.contest, expected: view.version, content };
        contests.save_setup(&stage.organiser, save).await.expect("saves");
        let after = contests.setup(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert_eq!(after.juries.len(), 1);
        assert_eq!(after.juries[0].round, view.juries[1].round);
        assert_eq!(after.juries[0].members.len(), 1);
        assert!(app.actor(scene.judges[0]).await.roles_in(Some(stage.contest), None).has(Role::JuryChair));
    }

    async fn a_seat_brings_its_role_and_takes_it_back(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let round = stage.rounds[0];
        let appoint = |user, chair| AppointJudge { key: app.ctx.key(), round, user, chair };
        let (first, second) = (scene.judges[0], scene.judges[1]);
        contests.appoint_judge(&stage.organiser, appoint(first, true)).await.expect("appoints");
        let again = contests.appoint_judge(&stage.organiser, appoint(first, true)).await;
        assert!(matches!(again, Err(Error::Rule(Violation::AlreadyAppointed { .. }))));
        contests.appoint_judge(&stage.organiser, appoint(second, true)).await.expect("a new chair");
        let view = contests.setup(&stage.organiser, stage.slug.clone()).await.expect("reads");
        let chairs: Vec<_> = view.juries[0].members.iter().map(|member| (member.user, member.chair)).collect();
        assert_eq!(chairs, [(first, false), (second, true)]);
        let roles = app.actor(first).await.roles_in(Some(stage.contest), None);
        assert!(roles.has(Role::Judge) && !roles.has(Role::JuryChair));
        let remove = RemoveJudge { key: app.ctx.key(), round, user: first };
        contests.remove_judge(&stage.organiser, remove).await.expect("removes");
        assert!(!app.actor(first).await.roles_in(Some(stage.contest), None).has(Role::Judge));
        let denied = contests.appoint_judge(&app.actor(scene.leader).await, appoint(first, false)).await;
        assert!(matches!(denied, Err(Error::NotFound(Kind::Contest))), "a leader does not see the draft");
    }

    async fn an_author_of_a_submitted_entry_is_not_appointed(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::open(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let author = scene.authors[0];
        let appoint = || AppointJudge { key: app.ctx.key(), round: stage.rounds[1], user: author, chair: false };
        stage.submitted_entry(&app, author, "SK-2025-0001").await;
        let refused = contests.appoint_judge(&stage.organiser, appoint()).await.expect_err("refused");
        assert!(matches!(&refused, Error::Rule(Violation::AuthorCannotJudge { entry_code, .. })
            if entry_code == "SK-2025-0001"), "{refused:?}");
        let other = AppointJudge { user: scene.authors[1], ..appoint() };
        contests.appoint_judge(&stage.organiser, other).await.expect("somebody else is");
    }

    async fn a_contest_opens_when_nothing_is_missing(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let contest = stage.contest;
        let open = |expected| OpenContest { key: app.ctx.key(), contest, expected };
        let gaps = contests.open(&stage.organiser, open(Version::FIRST)).await.expect_err("incomplete");
        assert!(matches!(gaps, Error::Rule(Violation::SetupIncomplete { gaps }) if !gaps.is_empty()));
        let stage = stage.complete(&app, &scene).await;
        let view = contests.setup(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert_eq!(view.gaps, []);
        let stale = contests.open(&stage.organiser, open(Version::FIRST)).await.expect_err("stale");
        assert!(matches!(stale, Error::Conflict(_)));
        let command = open(view.version);
        contests.open(&stage.organiser, command.clone()).await.expect("opens");
        contests.open(&stage.organiser, command).await.expect("repeats, though the phase has changed");
        let twice = contests.open(&stage.organiser, open(Version(view.version.0 + 1))).await.expect_err("open");
        assert!(matches!(twice, Error::Denied(Denied::NotInThisPhase { phase: ContestPhase::Open })));
        let frozen = SectionContent::Categories { categories: Vec::new() };
        let save = SaveSetup { key: app.ctx.key(), contest: stage.contest, expected: Version(9), content: frozen };
        let late = contests.save_setup(&stage.organiser, save).await.expect_err("frozen");
        assert!(matches!(late, Error::Denied(Denied::NotInThisPhase { .. })));

        let home = contests.home(&Actor::Anonymous).await.expect("reads");
        assert_eq!(home.running.len(), 1);
        assert!(home.running[0].next_deadline.is_some());
        let page = contests.public_contest(&Actor::Anonymous, stage.slug.clone()).await.expect("public now");
        assert!(page.sign_in_to_enter && !page.can_enter && page.result.is_none());
        assert_eq!(page.progress.phase, Some(ContestPhase::Open));
        assert_eq!(page.rounds[0].judges, 3);
        let entrant = contests.public_contest(&app.actor(scene.authors[0]).await, stage.slug.clone()).await;
        assert!(entrant.expect("reads").can_enter);
        // board and jury do not enter
        for excluded in [scene.organiser, scene.judges[0], scene.leader, scene.administrator] {
            let page = contests.public_contest(&app.actor(excluded).await, stage.slug.clone()).await;
            assert!(!page.expect("reads").can_enter);
        }
        app.clock.set("2025-10-01T00:00:00+07:00");
        let late = contests.public_contest(&app.actor(scene.authors[0]).await, stage.slug.clone()).await;
        assert!(!late.expect("reads").can_enter, "the deadline has passed");
    }

    async fn the_control_room_says_what_waits(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        let contests = Contests::new(app.ctx.clone());
        let room = contests.control_room(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert!(matches!(room.pending[..], [Pending::SetupGaps { count }] if count > 0));
        assert_eq!(room.recent.last().map(|note| note.kind.as_str()), Some("contest_created"));
        let stage = stage.complete(&app, &scene).await.opened(&app).await;
        let room = contests.control_room(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert!(matches!(&room.pending[..], [Pending::UnitsBelowQuota { units, min: 1 }] if units.len() == 2));
        stage.submitted_entry(&app, scene.authors[0], "SK-2025-0001").await;
        let room = contests.control_room(&stage.organiser, stage.slug.clone()).await.expect("reads");
        assert!(room.pending.contains(&Pending::EntriesAtUnits { count: 1 }));
        assert_eq!(room.counts.at_unit, 1);
        let denied = contests.control_room(&app.actor(scene.leader).await, stage.slug.clone()).await;
        assert!(matches!(denied, Err(Error::Denied(Denied::NotYourRole))));
    }

    async fn the_control_room_names_judges_with_ballots_to_give(app: TestApp) {
        use contract::judging::{JudgingService, OpenRound};
        let plan = testkit::StagePlan::small();
        let entries = plan.entries.len() as u32;
        let stage = plan.build(&app).await;
        let organiser = app.actor(stage.organiser).await;
        let contests = Contests::new(app.ctx.clone());
        let room = contests.control_room(&organiser, stage.slug.clone()).await.expect("reads");
        assert!(matches!(&room.pending[..], [Pending::RoundReady { round, .. }] if *round == stage.rounds[0]));
        let command = OpenRound { key: app.ctx.key(), round: stage.rounds[0] };
        let judging = service::judging::Judgings::new(app.ctx.clone());
        judging.open_round(&organiser, command).await.expect("opens");
        let room = contests.control_room(&organiser, stage.slug.clone()).await.expect("reads");
        let [Pending::BallotsMissing { judges, .. }] = &room.pending[..] else { panic!("{:?}", room.pending) };
        assert_eq!(judges.len(), stage.juries[0].len());
        assert!(judges.iter().all(|(name, owed)| !name.is_empty() && *owed == entries));
        assert_eq!((room.rounds[0].done, room.rounds[0].entries), (0, entries));
    }

    async fn a_past_result_is_public_at_once(app: TestApp) {
        let scene = Scene::new(&app).await;
        let result = HistoricalResult {
            slug: "qt-2021".to_owned(),
            code: "QT-2021".to_owned(),
            name: "Cuộc thi năm 2021".to_owned(),
            year: 2021,
            organiser: scene.province,
            setup: preset(Preset::Agency),
            decision: SignedDocument {
                number: "181".to_owned(),
                symbol: "QĐ-KKT".to_owned(),
                issued_on: chrono::NaiveDate::from_ymd_opt(2021, 10, 29),
                signer: String::new(),
                signer_position: "Trưởng ban".to_owned(),
            },
            entries: vec![HistoricalEntry {
                code: "QT-01".to_owned(),
                title: "Một đề tài".to_owned(),
                authors: vec!["Nguyễn Văn A".to_owned(), "Lê Thị B".to_owned()],
                prize: Some("NHAT".to_owned()),
                fictional: false,
            }],
            published_at: "2021-10-29T08:00:00+07:00".parse().expect("a time"),
        };
        let id = enter_historical_result(&app.ctx, scene.organiser, result.clone()).await.expect("enters");
        let row = store::contest::by_id(app.ctx.store.read(), id).await.expect("reads").expect("there");
        assert_eq!((row.phase, row.historical, row.last_seq), (ContestPhase::Published, true, 2));
        let home = Contests::new(app.ctx.clone()).home(&Actor::Anonymous).await.expect("reads");
        assert_eq!((home.published.len(), home.published[0].received), (1, 1));
        let page = Contests::new(app.ctx.clone()).public_contest(&Actor::Anonymous, "qt-2021".to_owned()).await;
        let shown = page.expect("public").result.expect("with its result");
        assert_eq!(shown.awards.len(), 1);
        assert_eq!((shown.awards[0].title.as_str(), shown.awards[0].average), ("Một đề tài", None));
        let twice = enter_historical_result(&app.ctx, scene.organiser, result.clone()).await;
        assert!(matches!(twice, Err(Error::Invalid(_))));
        let mut unknown = result;
        unknown.entries[0].prize = Some("VANG".to_owned());
        let refused = enter_historical_result(&app.ctx, scene.organiser, unknown).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }
}
