//! Co-authors are asked: invited from the directory or by e-mail, they accept or decline, and until then nothing is
//! submitted in their name.

use chrono::TimeDelta;
use contract::author::{
    AnswerOwnInvitation, AuthorService, InvitationStanding, InviteCoAuthor, Invitee, WithdrawInvitation,
};
use contract::entry::EntryService;
use contract::error::FieldProblem;
use contract::{Error, Kind};
use rules::Violation;
use rules::account::Actor;
use rules::entry::{AuthorType, Consent, EntryField, EntryProblem, InvitationProblem};
use rules::event::Event;
use rules::id::{EntryId, UserId, Version};
use rules::points::Points;
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, gaps, group, member, topic, violation};

fn person(user: UserId) -> Invitee {
    Invitee::Person { user }
}

fn by_email(full_name: &str, email: &str) -> Invitee {
    Invitee::Email {
        full_name: full_name.into(),
        email: email.into(),
    }
}

/// Shares of 60 and 40 for whoever stands in the entry.
async fn share(stage: &Stage, author: &Actor, entry: EntryId) {
    let mut authors = stage.row(entry).await.content.authors;
    for (author, share) in authors.iter_mut().zip([60, 40]) {
        author.share = Points::whole(share);
    }
    stage
        .save(author, entry, group(authors))
        .await
        .expect("shares are saved");
}

fn problem(refused: contract::Result<impl std::fmt::Debug>) -> InvitationProblem {
    match violation(refused) {
        Violation::Invitation { problem } => problem,
        other => panic!("an invitation should have been refused: {other:?}"),
    }
}

db_tests! {
    async fn a_colleague_is_invited_and_accepts(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(2).await);
        let entry = stage.complete(&author, "Giải pháp của hai người").await;
        let invited = stage.invite(&author, entry, person(stage.scene.authors[2])).await.expect("invited");
        let row = stage.row(entry).await;
        assert_eq!((row.content.authors.len(), row.content.author_type), (2, AuthorType::Group));
        assert_eq!(row.content.authors[1].unit, Some(stage.scene.communes[1]), "as the directory has them");
        share(&stage, &author, entry).await;

        // invited is not accepted: no sight of the draft, and no submitting in their name
        let nothing = Error::NotFound(Kind::Entry);
        assert_eq!(stage.entries.draft(&friend, entry).await, Err(nothing.clone()));
        assert_eq!(stage.save(&friend, entry, topic("Tên do người chưa nhận lời sửa")).await, Err(nothing));
        assert_eq!(stage.entries.own_entries(&friend).await.expect("own list").entries, []);
        let refused = gaps(stage.submit(&author, entry).await);
        let [gap] = &refused[..] else { panic!("one gap: {refused:?}") };
        assert_eq!(gap.field, EntryField::AuthorConsent(1));
        let EntryProblem::NotAgreed { full_name, consent } = &gap.problem else { panic!("{gap:?}") };
        assert_eq!(full_name, "Nguyễn Tác Giả 21");
        assert!(matches!(consent, Consent::Waiting { .. }), "{consent:?}");
        let draft = stage.entries.draft(&author, entry).await.expect("the author's");
        assert_eq!((draft.gaps, draft.consents.invitations.len()), (refused, 1));

        let own = stage.authors.own_invitations(&friend).await.expect("listed");
        let [view] = &own[..] else { panic!("one invitation: {own:?}") };
        assert_eq!(view.invitation, invited);
        assert_eq!(view.title.as_deref(), Some("Giải pháp của hai người"));
        assert_eq!(view.inviter.as_deref(), Some("Nguyễn Tác Giả 11"));
        assert_eq!((view.standing, view.entry), (InvitationStanding::Open, None));
        let command = AnswerOwnInvitation { key: stage.key(), invitation: invited, expected: view.version, accepted: true };
        let stranger = stage.author(1).await;
        let not_theirs = stage.authors.answer_own(&stranger, command.clone()).await;
        assert_eq!(not_theirs, Err(Error::NotFound(Kind::Invitation)));
        let command = AnswerOwnInvitation { key: stage.key(), ..command };
        stage.authors.answer_own(&friend, command.clone()).await.expect("accepted");
        stage.authors.answer_own(&friend, command).await.expect("the same act twice is one");

        assert_eq!(stage.authors.own_invitations(&friend).await.expect("listed"), []);
        assert_eq!(stage.entries.own_entries(&friend).await.expect("own list").entries.len(), 1);
        let saved = stage.save(&friend, entry, topic("Tên do đồng tác giả sửa")).await.expect("a co-author edits");
        assert_eq!(saved.gaps, []);
        stage.submit(&author, entry).await.expect("everybody agreed");
        let events = stage.events().await;
        let of_invitations: Vec<_> = events
            .iter()
            .filter(|event| matches!(event, Event::CoAuthorInvited { .. } | Event::InvitationAnswered { .. }))
            .collect();
        assert_eq!(of_invitations, [
            &Event::CoAuthorInvited { entry, invitation: invited },
            &Event::InvitationAnswered { entry, invitation: invited, accepted: true },
        ]);
    }

    async fn declining_is_seen_and_the_author_must_go(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.complete(&author, "Giải pháp bị từ chối tham gia").await;
        let id = stage.invite(&author, entry, person(stage.scene.authors[1])).await.expect("invited");
        share(&stage, &author, entry).await;
        let answer = AnswerOwnInvitation { key: stage.key(), invitation: id, expected: Version::FIRST, accepted: false };
        stage.authors.answer_own(&friend, answer).await.expect("declined");
        let draft = stage.entries.draft(&author, entry).await.expect("the author's");
        let consent = draft.consents.of(&draft.content.authors[1], draft.now);
        assert!(matches!(consent, Consent::Declined { .. }), "{consent:?}");
        assert_eq!(stage.entries.draft(&friend, entry).await, Err(Error::NotFound(Kind::Entry)));
        assert!(!gaps(stage.submit(&author, entry).await).is_empty());
        let alone = vec![member(stage.scene.authors[0], "Nguyễn Tác Giả 11", Some(stage.scene.communes[0]), 100, true)];
        let step = contract::entry::StepContent::Authors { author_type: AuthorType::Individual, authors: alone };
        assert_eq!(stage.save(&author, entry, step).await.expect("saved").gaps, []);
        stage.submit(&author, entry).await.expect("without them");
    }

    async fn an_outside_co_author_accepts_by_the_link_without_an_account(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.outside_authors = true).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp có người ngoài").await;
        let id = stage.invite(&author, entry, by_email("Trần Văn Ngoài", " Ngoai@Example.VN ")).await.expect("invited");
        share(&stage, &author, entry).await;
        let row = stage.row(entry).await;
        assert_eq!((row.content.authors[1].user, row.content.authors[1].contact.as_str()), (None, "ngoai@example.vn"));
        let mail = service::entry::invitation_mail(&stage.app.ctx, id).await.expect("written").expect("waits");
        assert_eq!((mail.email.as_deref(), mail.full_name.as_str()), (Some("ngoai@example.vn"), "Trần Văn Ngoài"));
        let token = stage.token(id).await;
        let nobody = Actor::Anonymous;
        let view = stage.authors.invitation(&nobody, token.clone()).await.expect("whoever holds the link");
        assert_eq!((view.invitee.as_str(), view.account), ("Trần Văn Ngoài", None));
        stage.answer(&nobody, &token, true).await.expect("accepted");
        assert_eq!(stage.entries.draft(&author, entry).await.expect("seen").gaps, []);
        stage.submit(&author, entry).await.expect("everybody agreed");
        let answered = stage.events().await.into_iter().any(|event| {
            event == Event::InvitationAnswered { entry, invitation: id, accepted: true }
        });
        assert!(answered);
        assert_eq!(service::entry::invitation_mail(&stage.app.ctx, id).await, Ok(None), "nothing left to send");
    }

    async fn who_is_signed_in_is_tied_with_their_account(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(2).await);
        let entry = stage.complete(&author, "Giải pháp có tài khoản nối sau").await;
        let id = stage.invite(&author, entry, by_email("Tên Gõ Tay", "rieng@example.vn")).await.expect("invited");
        let token = stage.token(id).await;
        assert_eq!(problem(stage.answer(&author, &token, true).await), InvitationProblem::AlreadyAuthor);
        let before = stage.version(entry).await;
        stage.answer(&friend, &token, true).await.expect("accepted");
        let row = stage.row(entry).await;
        let linked = &row.content.authors[1];
        assert_eq!(linked.user, friend.user());
        assert_eq!((linked.full_name.as_str(), linked.contact.as_str()), ("Nguyễn Tác Giả 21", "rieng@example.vn"));
        assert_eq!(linked.unit, Some(stage.scene.communes[1]));
        assert!(row.version > before, "other authors' screens notice");
        stage.save(&friend, entry, topic("Tên do người mới sửa")).await.expect("a co-author edits");
        let stranger = stage.author(1).await;
        let view = stage.authors.invitation(&stranger, token.clone()).await.expect("the page says so");
        assert!(view.somebody_else && view.title.is_none() && view.inviter.is_none());
        assert_eq!(problem(stage.answer(&stranger, &token, false).await), InvitationProblem::SomebodyElse);
    }

    async fn an_address_of_the_directory_is_the_person_it_belongs_to(app: TestApp) {
        let stage = Stage::new(app).await;
        let id: UserId = stage.app.ctx.id();
        let new = store::account::NewPerson {
            id,
            user_name: "co.thu".into(),
            email: Some("co.thu@example.vn".into()),
            full_name: "Hồ Có Thư".into(),
            position: "Chuyên viên".into(),
            unit: Some(stage.scene.communes[0]),
            password_hash: None,
        };
        store::account::insert_person(stage.app.ctx.store.read(), new, stage.app.ctx.now()).await.expect("stored");
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let invitation = stage.invite(&author, entry, by_email("Ai Đó", "CO.THU@example.vn")).await.expect("invited");
        let row = stage.row(entry).await;
        assert_eq!((row.content.authors[1].user, row.content.authors[1].full_name.as_str()), (Some(id), "Hồ Có Thư"));
        let mail = service::entry::invitation_mail(&stage.app.ctx, invitation).await.expect("written").expect("waits");
        assert_eq!((mail.email.as_deref(), mail.person), (Some("co.thu@example.vn"), Some(id)));
    }

    async fn sending_again_makes_the_old_link_useless(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let who = || by_email("Trần Văn Ngoài", "ngoai@example.vn");
        let id = stage.invite(&author, entry, who()).await.expect("invited");
        let old = stage.token(id).await;
        assert_eq!(problem(stage.invite(&author, entry, who()).await), InvitationProblem::TooSoon { minutes: 10 });
        stage.app.clock.advance(TimeDelta::minutes(10));
        assert_eq!(stage.invite(&author, entry, who()).await, Ok(id), "the same invitation");
        assert_eq!(stage.row(entry).await.content.authors.len(), 2);
        let new = stage.token(id).await;
        assert_ne!(old, new);
        let nobody = Actor::Anonymous;
        let gone = Error::NotFound(Kind::Invitation);
        assert_eq!(stage.authors.invitation(&nobody, old).await, Err(gone.clone()));
        for nonsense in ["", "x", &"0".repeat(64), &"A".repeat(64), "../../etc"] {
            assert_eq!(stage.authors.invitation(&nobody, nonsense.to_owned()).await, Err(gone.clone()), "{nonsense}");
        }
        stage.answer(&nobody, &new, true).await.expect("accepted");
        assert!(matches!(
            problem(stage.invite(&author, entry, who()).await),
            InvitationProblem::AlreadyAccepted { .. }
        ));
    }

    async fn an_invitation_runs_out_after_two_weeks_or_with_the_deadline(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        // 1 July, 9:00; submitting ends with 10 July
        let id = stage.invite(&author, entry, by_email("Trần Văn Ngoài", "ngoai@example.vn")).await.expect("invited");
        let token = stage.token(id).await;
        let nobody = Actor::Anonymous;
        let view = stage.authors.invitation(&nobody, token.clone()).await.expect("seen");
        assert_eq!(view.expires_at.to_rfc3339(), "2025-07-10T16:59:59.999999+00:00");
        stage.app.clock.set("2025-07-11T00:00:00+07:00");
        let view = stage.authors.invitation(&nobody, token.clone()).await.expect("seen");
        assert_eq!((view.standing, view.title), (InvitationStanding::Expired, None));
        assert_eq!(problem(stage.answer(&nobody, &token, true).await), InvitationProblem::Expired);
        let late = stage.invite(&author, entry, by_email("Trần Văn Ngoài", "ngoai@example.vn")).await;
        assert!(matches!(violation(late), Violation::DeadlinePassed { .. }));
        let draft = stage.entries.draft(&author, entry).await.expect("the author's");
        let consent = draft.consents.of(&draft.content.authors[1], draft.now);
        assert!(matches!(consent, Consent::Expired { .. }), "{consent:?}");
    }

    async fn taken_back_or_taken_out_it_opens_nothing(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.begin(&author).await;
        let id = stage.invite(&author, entry, person(stage.scene.authors[1])).await.expect("invited");
        let withdraw = |expected| WithdrawInvitation { key: stage.key(), entry, invitation: id, expected };
        assert!(matches!(stage.authors.withdraw_invitation(&author, withdraw(Version(9))).await, Err(Error::Conflict(_))));
        assert_eq!(
            stage.authors.withdraw_invitation(&friend, withdraw(Version::FIRST)).await,
            Err(Error::NotFound(Kind::Entry))
        );
        stage.authors.withdraw_invitation(&author, withdraw(Version::FIRST)).await.expect("taken back");
        assert_eq!(stage.authors.own_invitations(&friend).await.expect("listed"), []);
        let answer = |expected| AnswerOwnInvitation { key: stage.key(), invitation: id, expected, accepted: true };
        assert_eq!(problem(stage.authors.answer_own(&friend, answer(Version(2))).await), InvitationProblem::Withdrawn);
        assert!(stage.events().await.contains(&Event::InvitationWithdrawn { entry, invitation: id }));
        // invited again, then taken out of the list of authors
        stage.invite(&author, entry, person(stage.scene.authors[1])).await.expect("invited again");
        let token = stage.token(id).await;
        let alone = vec![member(stage.scene.authors[0], "Nguyễn Tác Giả 11", Some(stage.scene.communes[0]), 100, true)];
        stage.save(&author, entry, group(alone)).await.expect("saved");
        assert_eq!(stage.authors.own_invitations(&friend).await.expect("listed"), []);
        let view = stage.authors.invitation(&Actor::Anonymous, token.clone()).await.expect("the page says so");
        assert_eq!((view.standing, view.title), (InvitationStanding::Withdrawn, None));
        assert_eq!(problem(stage.answer(&Actor::Anonymous, &token, true).await), InvitationProblem::Withdrawn);
    }

    async fn who_may_not_invite_and_whom(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.group_max = 2).await;
        let (author, stranger) = (stage.author(0).await, stage.author(3).await);
        let entry = stage.begin(&author).await;
        let friend = person(stage.scene.authors[1]);
        assert_eq!(stage.invite(&stranger, entry, friend.clone()).await, Err(Error::NotFound(Kind::Entry)));
        let stale = InviteCoAuthor { key: stage.key(), entry, expected: Version(9), invitee: friend.clone() };
        assert!(matches!(stage.authors.invite(&author, stale).await, Err(Error::Conflict(_))));
        assert_eq!(problem(stage.invite(&author, entry, person(stage.scene.authors[0])).await), InvitationProblem::AlreadyAuthor);
        assert_eq!(
            stage.invite(&author, entry, person(stage.app.ctx.id())).await,
            Err(Error::NotFound(Kind::Person))
        );
        for (name, email, field, what) in [
            ("", "a@example.vn", "full_name", FieldProblem::Missing),
            ("An 079123456789", "a@example.vn", "full_name", FieldProblem::Malformed),
            ("Trần Văn An", "", "email", FieldProblem::Missing),
            ("Trần Văn An", "0912345678", "email", FieldProblem::Malformed),
        ] {
            assert_eq!(stage.invite(&author, entry, by_email(name, email)).await, Err(Error::field(field, what)), "{name} {email}");
        }
        stage.invite(&author, entry, friend).await.expect("the second author");
        assert_eq!(
            problem(stage.invite(&author, entry, person(stage.scene.authors[2])).await),
            InvitationProblem::GroupFull { max: 2 }
        );
        assert_eq!(stage.row(entry).await.content.authors.len(), 2, "nothing half-done");
    }

    async fn an_id_card_number_is_kept_nowhere(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        for (contact, kept) in [("079123456789", false), ("CMND 123 456 789", false), ("0912 345 678", true)] {
            let mut lead = member(stage.scene.authors[0], "Nguyễn Tác Giả 11", Some(stage.scene.communes[0]), 100, true);
            lead.contact = contact.into();
            let step = contract::entry::StepContent::Authors { author_type: AuthorType::Individual, authors: vec![lead] };
            let saved = stage.save(&author, entry, step).await;
            if kept {
                saved.expect("a phone number");
            } else {
                let refused = gaps(saved);
                assert_eq!((&refused[0].field, &refused[0].problem), (&EntryField::AuthorContact(0), &EntryProblem::IdCardNumber));
                assert_eq!(stage.row(entry).await.content.authors[0].contact, "");
            }
        }
    }
}
