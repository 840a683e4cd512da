//! Accounts on both engines: signing in, lockout, sessions, people and roles.

use chrono::TimeDelta;
use contract::account::{AccountService, ChangePassword, ChangeRole, CreatePerson, SignIn};
use contract::error::{Error, FieldProblem, Kind};
use rules::account::{Actor, Denied, Role};
use rules::id::CommandKey;
use service::account::{Accounts, create_administrator};
use testkit::{Scene, Setting, TestApp, db_tests};

const PASSWORD: &str = "một câu đủ dài";

async fn with_admin(app: &TestApp) -> Accounts {
    let admin =
        create_administrator(&app.ctx, "Admin.1", "Trần Văn Quản", "Admin@Example.vn", PASSWORD).await;
    admin.expect("an administrator is made");
    Accounts::new(app.ctx.clone())
}

fn login(login: &str, password: &str) -> SignIn {
    SignIn {
        login: login.to_owned(),
        password: password.to_owned(),
        next: None,
    }
}

fn is_wrong(error: &Error) -> bool {
    matches!(error, Error::Invalid(fields) if fields[0].problem == FieldProblem::WrongCredentials)
}

db_tests! {
    async fn signing_in_by_name_or_mail_gives_a_session(app: TestApp) {
        let accounts = with_admin(&app).await;
        for name in [" ADMIN.1 ", "admin@example.vn"] {
            let session = accounts.sign_in(&Actor::Anonymous, login(name, PASSWORD)).await.expect("signs in");
            assert_eq!(session.token.len(), 64);
            let actor = accounts.authenticate(Some(&session.token)).await.expect("reads");
            assert!(actor.roles_in(None, None).has(Role::Administrator));
            let view = accounts.session(&actor).await.expect("reads");
            assert_eq!(view.person.expect("signed in").full_name, "Trần Văn Quản");
            accounts.sign_out(&actor, Some(&session.token)).await.expect("signs out");
            assert_eq!(accounts.authenticate(Some(&session.token)).await.expect("reads"), Actor::Anonymous);
        }
        for token in [None, Some(""), Some("zz"), Some("0".repeat(64).as_str())] {
            assert_eq!(accounts.authenticate(token).await.expect("reads"), Actor::Anonymous);
        }
    }

    async fn a_stranger_is_answered_like_a_person(app: TestApp) {
        let accounts = with_admin(&app).await;
        for name in ["admin.1", "nobody.here"] {
            for _ in 0..4 {
                let refused = accounts.sign_in(&Actor::Anonymous, login(name, "wrong password")).await;
                assert!(is_wrong(&refused.expect_err("refused")), "{name}");
            }
            for _ in 0..2 {
                let refused = accounts.sign_in(&Actor::Anonymous, login(name, "wrong password")).await;
                let locked = refused.expect_err("refused");
                assert!(matches!(locked, Error::Locked { retry_after_seconds: 30 }), "{name}: {locked}");
            }
        }
    }

    async fn a_lockout_outlasts_the_right_password_and_grows(app: TestApp) {
        let accounts = with_admin(&app).await;
        for _ in 0..5 {
            accounts.sign_in(&Actor::Anonymous, login("admin.1", "wrong")).await.expect_err("refused");
        }
        let right = accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await;
        assert!(matches!(right, Err(Error::Locked { .. })));
        app.clock.advance(TimeDelta::seconds(31));
        let refused = accounts.sign_in(&Actor::Anonymous, login("admin.1", "wrong")).await.expect_err("refused");
        assert!(matches!(refused, Error::Locked { retry_after_seconds: 60 }));
        app.clock.advance(TimeDelta::seconds(61));
        accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await.expect("signs in again");
        let refused = accounts.sign_in(&Actor::Anonymous, login("admin.1", "wrong")).await.expect_err("refused");
        assert!(is_wrong(&refused), "the count began anew");
    }

    async fn a_session_slides_and_ends(app: TestApp) {
        let accounts = with_admin(&app).await;
        let session = accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await.expect("signs in");
        // used every ten hours it lives on, but not beyond thirty days
        for step in 0..80 {
            let actor = accounts.authenticate(Some(&session.token)).await.expect("reads");
            assert_eq!(actor.person().is_some(), step * 10 < 30 * 24, "after {} hours", step * 10);
            app.clock.advance(TimeDelta::hours(10));
        }
        let session = accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await.expect("signs in");
        app.clock.advance(TimeDelta::hours(13));
        assert_eq!(accounts.authenticate(Some(&session.token)).await.expect("reads"), Actor::Anonymous);
    }

    async fn a_changed_password_ends_the_other_sessions(app: TestApp) {
        let accounts = with_admin(&app).await;
        let here = accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await.expect("signs in");
        let there = accounts.sign_in(&Actor::Anonymous, login("admin.1", PASSWORD)).await.expect("signs in");
        let actor = accounts.authenticate(Some(&here.token)).await.expect("reads");
        let change = |current: &str, new: &str| ChangePassword { current: current.to_owned(), new: new.to_owned() };
        let wrong = accounts.change_password(&actor, Some(&here.token), change("nope", "câu mới cũng dài")).await;
        assert!(is_wrong(&wrong.expect_err("refused")));
        let short = accounts.change_password(&actor, Some(&here.token), change(PASSWORD, "ngắn")).await;
        assert!(matches!(short, Err(Error::Rule(rules::Violation::Password { .. }))));
        let changed = accounts.change_password(&actor, Some(&here.token), change(PASSWORD, "câu mới cũng dài"));
        changed.await.expect("changes");
        assert!(accounts.authenticate(Some(&here.token)).await.expect("reads").person().is_some());
        assert!(accounts.authenticate(Some(&there.token)).await.expect("reads").person().is_none());
        accounts.sign_out_everywhere(&actor).await.expect("signs out");
        assert!(accounts.authenticate(Some(&here.token)).await.expect("reads").person().is_none());
    }

    async fn personas_exist_in_the_demo_only(app: TestApp) {
        let scene = Scene::new(&app).await;
        let accounts = Accounts::new(app.ctx.clone());
        let view = accounts.sign_in_view(&Actor::Anonymous).await.expect("reads");
        assert!(view.personas.is_empty());
        let refused = accounts.sign_in_as(&Actor::Anonymous, scene.leader).await.expect_err("refused");
        assert!(matches!(refused, Error::NotFound(Kind::Page)));
        let config = service::ServiceConfig { demo: true, ..app.ctx.config.clone() };
        let demo = service::Ctx::new(app.ctx.store.clone(), app.clock.clone(), app.ids.clone(), config);
        let accounts = Accounts::new(demo);
        let personas = accounts.sign_in_view(&Actor::Anonymous).await.expect("reads").personas;
        let leader = personas.iter().find(|persona| persona.user == scene.leader).expect("offered");
        assert_eq!(leader.roles[0].role, Role::Leader);
        assert!(personas.iter().any(|persona| persona.roles.is_empty()), "an employee who may enter");
        let session = accounts.sign_in_as(&Actor::Anonymous, scene.leader).await.expect("signs in");
        let actor = accounts.authenticate(Some(&session.token)).await.expect("reads");
        assert_eq!(actor.user(), Some(scene.leader));
        let nobody = accounts.sign_in_as(&Actor::Anonymous, app.ctx.id()).await.expect_err("refused");
        assert!(matches!(nobody, Error::NotFound(Kind::Person)));
    }

    async fn the_directory_is_folded_and_bounded(app: TestApp) {
        let scene = Scene::new(&app).await;
        let accounts = Accounts::new(app.ctx.clone());
        let anyone = app.actor(scene.authors[0]).await;
        let found = accounts.find_people(&anyone, "giam khao".to_owned()).await.expect("finds");
        assert_eq!(found.len(), scene.judges.len());
        let found = accounts.find_people(&anyone, "KHẢO 3".to_owned()).await.expect("finds");
        assert_eq!(found.iter().map(|line| line.id).collect::<Vec<_>>(), [scene.judges[2]]);
        for nothing in ["", "k", "%", "100% không có"] {
            let found = accounts.find_people(&anyone, nothing.to_owned()).await.expect("finds");
            assert!(found.is_empty(), "{nothing}");
        }
        let refused = accounts.find_people(&Actor::Anonymous, "giam khao".to_owned()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::SignInRequired))));
        let units = accounts.units(&anyone).await.expect("reads");
        assert_eq!((units[0].id, units[0].level), (scene.province, 0));
        assert!(units[1..].iter().all(|unit| unit.level == 1 && unit.parent == Some(scene.province)));
    }

    async fn an_account_is_created_once_and_named_once(app: TestApp) {
        let scene = Scene::new(&app).await;
        let accounts = Accounts::new(app.ctx.clone());
        let admin = app.actor(scene.administrator).await;
        let command = |key, user_name: &str, email: &str| CreatePerson {
            key,
            user_name: user_name.to_owned(),
            email: email.to_owned(),
            full_name: "  Bùi   Thị Mới ".to_owned(),
            position: String::new(),
            unit: Some(scene.communes[0]),
            password: PASSWORD.to_owned(),
        };
        let key: CommandKey = app.ctx.key();
        let id = accounts.create_person(&admin, command(key, "bui.moi", "moi@example.vn")).await.expect("creates");
        let again = accounts.create_person(&admin, command(key, "bui.moi", "moi@example.vn")).await.expect("repeats");
        assert_eq!(id, again);
        let taken = |error: Error, field: &str| {
            matches!(&error, Error::Invalid(fields) if fields[0].field == field && fields[0].problem == FieldProblem::Taken)
        };
        let name = accounts.create_person(&admin, command(app.ctx.key(), "BUI.MOI", "")).await;
        assert!(taken(name.expect_err("refused"), "user_name"));
        let mail = accounts.create_person(&admin, command(app.ctx.key(), "bui.khac", "MOI@example.vn")).await;
        assert!(taken(mail.expect_err("refused"), "email"));
        let people = accounts.people(&admin, "bui".to_owned()).await.expect("lists");
        assert_eq!((people.total, people.people[0].full_name.as_str()), (1, "Bùi Thị Mới"));
        let organiser = app.actor(scene.organiser).await;
        let refused = accounts.people(&organiser, String::new()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::NotYourRole))));
    }

    async fn roles_are_granted_and_taken(app: TestApp) {
        let scene = Scene::new(&app).await;
        let accounts = Accounts::new(app.ctx.clone());
        let admin = app.actor(scene.administrator).await;
        let role = |user, role, unit, granted| ChangeRole {
            key: app.ctx.key(), user, role, contest: None, unit, granted,
        };
        let coordinator = scene.coordinators[0];
        let unit = Some(scene.communes[0]);
        accounts.change_role(&admin, role(coordinator, Role::UnitCoordinator, unit, true)).await.expect("grants");
        accounts.change_role(&admin, role(coordinator, Role::UnitCoordinator, unit, true)).await.expect("once more");
        let grants = app.actor(coordinator).await.person().expect("a person").grants.clone();
        assert_eq!(grants.len(), 1);
        accounts.change_role(&admin, role(coordinator, Role::UnitCoordinator, unit, false)).await.expect("takes");
        assert!(app.actor(coordinator).await.person().expect("a person").grants.is_empty());
        for (bad, unit) in [(Role::UnitCoordinator, None), (Role::Leader, unit), (Role::Judge, None)] {
            let refused = accounts.change_role(&admin, role(coordinator, bad, unit, true)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{bad:?}");
        }
        let contest = Setting::draft(&app, &scene).await.contest;
        let here = |granted| ChangeRole {
            key: app.ctx.key(), user: scene.coordinators[1], role: Role::Reader, contest: Some(contest), unit: None, granted,
        };
        for granted in [true, false, false] {
            accounts.change_role(&admin, here(granted)).await.expect("changes");
        }
        let kinds = store::ledger::recent(app.ctx.store.read(), contest, 2).await.expect("reads");
        let kinds: Vec<_> = kinds.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds, ["role_taken", "role_granted"], "taking what is not held is no event");
        let own = accounts.change_role(&admin, role(scene.administrator, Role::Administrator, None, false)).await;
        assert!(matches!(own, Err(Error::Invalid(_))));
    }
}
