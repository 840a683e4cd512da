//! A-07 on every way in: adding, accepting, submitting, appointing to a jury, granting a role.

use contract::account::{AccountService, ChangeRole};
use contract::author::Invitee;
use contract::contest::{AppointJudge, ContestService};
use contract::{Error, Result};
use rules::Violation;
use rules::account::{Grant, Role};
use rules::contest::{CoAuthorConsent, ExclusionReason};
use rules::entry::{EntryField, EntryProblem};
use rules::id::UserId;
use service::account::Accounts;
use service::contest::Contests;
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, gaps, group, member, violation};

fn reason<T: std::fmt::Debug>(refused: Result<T>) -> (String, ExclusionReason) {
    match violation(refused) {
        Violation::Excluded { exclusion } => (exclusion.full_name, exclusion.reason),
        other => panic!("somebody excluded should have been refused: {other:?}"),
    }
}

async fn grant(stage: &Stage, user: UserId, role: Role) {
    let grant = Grant {
        role,
        contest: Some(stage.contest),
        unit: None,
    };
    store::account::insert_grant(stage.app.ctx.store.read(), stage.app.ctx.id(), user, &grant)
        .await
        .expect("a role is stored");
}

db_tests! {
    async fn nobody_excluded_is_invited(app: TestApp) {
        let stage = Stage::new(app).await;
        let scene = &stage.scene;
        stage.round(&scene.judges[..2]).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        for (user, name, why) in [
            (scene.judges[1], "Vũ Giám Khảo 2", ExclusionReason::Jury),
            (scene.organiser, "Lê Thị Tổ Chức", ExclusionReason::OrganisingBoard),
            (scene.leader, "Phạm Lãnh Đạo", ExclusionReason::OrganisingBoard),
            (scene.administrator, "Trần Quản Trị", ExclusionReason::SystemAdministrator),
        ] {
            let refused = stage.invite(&author, entry, Invitee::Person { user }).await;
            assert_eq!(reason(refused), (name.to_owned(), why));
        }
        assert_eq!(stage.row(entry).await.content.authors.len(), 1, "nothing half-done");
    }

    async fn nobody_excluded_accepts(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let friend = stage.scene.authors[2];
        let id = stage.invite(&author, entry, Invitee::Person { user: friend }).await.expect("nothing against them yet");
        grant(&stage, friend, Role::Organiser).await;
        let token = stage.token(id).await;
        let refused = stage.answer(&stage.actor(friend).await, &token, true).await;
        assert_eq!(reason(refused), ("Nguyễn Tác Giả 21".to_owned(), ExclusionReason::OrganisingBoard));
        stage.answer(&stage.actor(friend).await, &token, false).await.expect("declining is always possible");

        // a judge who opens the link sent to an outside address is not tied to the entry
        stage.round(&stage.scene.judges[..1]).await;
        let outside = Invitee::Email { full_name: "Người Ngoài".into(), email: "ngoai@example.vn".into() };
        let id = stage.invite(&author, entry, outside).await.expect("invited");
        let token = stage.token(id).await;
        let refused = stage.answer(&stage.actor(stage.scene.judges[0]).await, &token, true).await;
        assert_eq!(reason(refused).1, ExclusionReason::Jury);
        assert_eq!(stage.row(entry).await.content.authors[2].user, None);
    }

    async fn a_role_taken_on_later_stops_submitting(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.scene.authors[2]);
        let entry = stage.complete(&author, "Giải pháp có người nhận việc mới").await;
        let id = stage.invite(&author, entry, Invitee::Person { user: friend }).await.expect("invited");
        let token = stage.token(id).await;
        stage.answer(&stage.actor(friend).await, &token, true).await.expect("accepted");
        let mut authors = stage.row(entry).await.content.authors;
        (authors[0].share, authors[1].share) = (rules::points::Points::whole(50), rules::points::Points::whole(50));
        assert_eq!(stage.save(&author, entry, group(authors)).await.expect("saved").gaps, []);
        // a draft does not keep anybody from the jury; the entry then cannot be submitted with them
        stage.round(&[friend]).await;
        let refused = gaps(stage.submit(&author, entry).await);
        assert!(matches!(
            &refused[..],
            [gap] if gap.field == EntryField::Author(1) && matches!(gap.problem, EntryProblem::Excluded(_))
        ), "{refused:?}");
    }

    async fn an_author_of_a_received_entry_is_neither_appointed_nor_given_a_role(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.co_author_consent = CoAuthorConsent::NotRequired).await;
        let scene = &stage.scene;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp của người sắp được cử").await;
        // the second one by name and unit only
        let mut typed = member(scene.judges[0], "vũ giám khảo 1", Some(scene.departments[0]), 50, false);
        typed.user = None;
        let people = vec![member(scene.authors[0], "Nguyễn Tác Giả 11", Some(scene.communes[0]), 50, true), typed];
        stage.save(&author, entry, group(people)).await.expect("saved");
        let code = stage.submit(&author, entry).await.expect("nobody is excluded yet").code;
        let round = stage.round(&[]).await;
        let contests = Contests::new(stage.app.ctx.clone());
        let accounts = Accounts::new(stage.app.ctx.clone());
        let (organiser, admin) = (stage.organiser().await, stage.actor(scene.administrator).await);
        for (user, name) in [(scene.authors[0], "Nguyễn Tác Giả 11"), (scene.judges[0], "Vũ Giám Khảo 1")] {
            let expected = Error::Rule(Violation::AuthorCannotJudge { full_name: name.into(), entry_code: code.clone() });
            let appoint = AppointJudge { key: stage.key(), round, user, chair: false };
            assert_eq!(contests.appoint_judge(&organiser, appoint).await, Err(expected.clone()));
            for (role, contest) in [
                (Role::Organiser, Some(stage.contest)),
                (Role::Leader, Some(stage.contest)),
                (Role::Organiser, None),
                (Role::Leader, None),
                (Role::Administrator, None),
            ] {
                let change = ChangeRole { key: stage.key(), user, role, contest, unit: None, granted: true };
                assert_eq!(accounts.change_role(&admin, change).await, Err(expected.clone()), "{role:?} {contest:?}");
            }
            let reader = ChangeRole {
                key: stage.key(), user, role: Role::Reader, contest: Some(stage.contest), unit: None, granted: true,
            };
            accounts.change_role(&admin, reader).await.expect("readers may enter");
        }
        // somebody of that name in another unit is somebody else
        let appoint = AppointJudge { key: stage.key(), round, user: scene.judges[1], chair: false };
        contests.appoint_judge(&organiser, appoint).await.expect("a judge who wrote nothing");
    }
}
