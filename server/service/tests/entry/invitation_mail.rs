//! Invitations as messages, and invitations to an entry that was taken up again after submitting.

use std::sync::Arc;

use contract::Error;
use contract::Kind;
use contract::author::{AuthorService, InviteCoAuthor, Invitee};
use contract::entry::{EntryService, SaveDraft, StepContent};
use rules::entry::AuthorType;
use rules::message::{MessageBody, MessageKind};
use rules::points::Points;
use service::message::Delivered;
use testkit::{TestApp, db_tests};

use crate::mail::{Tray, postman};
use crate::stage::Stage;

fn by_email() -> Invitee {
    Invitee::Email {
        full_name: "Trần Văn Ngoài".into(),
        email: "ngoai@example.vn".into(),
    }
}

db_tests! {
    async fn an_invitation_is_mailed_with_its_link_and_stands_in_the_inbox_without(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(2).await);
        let entry = stage.complete(&author, "Giải pháp có lời mời").await;
        stage.invite(&author, entry, Invitee::Person { user: stage.scene.authors[2] }).await.expect("invited");
        let outside = stage.invite(&author, entry, by_email()).await.expect("invited");
        assert_eq!(stage.write_messages().await, 2);

        let inbox = stage.inbox(&friend).await;
        let [line] = &inbox.messages[..] else { panic!("one message: {inbox:?}") };
        let MessageBody::Invitation { title, inviter, .. } = &line.body else { panic!("{line:?}") };
        assert_eq!((title.as_str(), inviter.as_str()), ("Giải pháp có lời mời", "Nguyễn Tác Giả 11"));
        assert_eq!(line.body.page(&line.contest_slug, line.entry, true), "/entries", "where it is answered");
        assert_eq!(stage.kinds(&author).await, [], "who invites knows");

        let tray = Arc::new(Tray::default());
        postman(&stage.app.ctx, tray.clone()).deliver().await.expect("sends");
        let letters = tray.letters();
        let letter = letters.iter().find(|letter| letter.to == "ngoai@example.vn").expect("a letter");
        let token = stage.token(outside).await;
        let link = format!("https://thi.example.vn/invitations/{token}\n");
        assert!(letter.text.contains(&link), "{}", letter.text);
        let kept = store::message::claim(stage.app.ctx.store.read(), stage.app.ctx.now(), stage.app.ctx.now(), 9).await;
        assert_eq!(kept.expect("reads").len(), 0);
        stage.answer(&rules::account::Actor::Anonymous, &token, true).await.expect("the link of the mail opens it");
    }

    async fn an_invitation_answered_or_taken_back_is_not_mailed(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp có thư đến muộn").await;
        let invited = stage.invite(&author, entry, by_email()).await.expect("invited");
        assert_eq!(stage.write_messages().await, 1);
        let token = stage.token(invited).await;
        stage.answer(&rules::account::Actor::Anonymous, &token, false).await.expect("declined");
        let tray = Arc::new(Tray::default());
        let delivered = postman(&stage.app.ctx, tray.clone()).deliver().await;
        assert_eq!((delivered.is_ok(), tray.letters()), (true, Vec::new()), "there is nothing to answer any more");
        assert_eq!(postman(&stage.app.ctx, tray.clone()).deliver().await, Ok(Delivered::default()), "nor is it tried again");
    }

    async fn a_co_author_is_invited_to_an_entry_taken_up_again(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(2).await);
        let entry = stage.submitted(&author, "Giải pháp thêm đồng tác giả").await;
        stage.take_up(&author, entry).await.expect("in time");
        let draft = stage.entries.draft(&author, entry).await.expect("the copy");
        let command = InviteCoAuthor {
            key: stage.key(),
            entry,
            expected: draft.version,
            invitee: Invitee::Person { user: stage.scene.authors[2] },
        };
        stage.authors.invite(&author, command).await.expect("invited to the copy");
        assert_eq!(stage.row(entry).await.content.authors.len(), 1, "what was submitted stands");

        let own = stage.authors.own_invitations(&friend).await.expect("listed");
        let [view] = &own[..] else { panic!("one invitation: {own:?}") };
        assert_eq!(stage.entries.draft(&friend, entry).await.err(), Some(Error::NotFound(Kind::Entry)));
        let answer = contract::author::AnswerOwnInvitation {
            key: stage.key(),
            invitation: view.invitation,
            expected: view.version,
            accepted: true,
        };
        stage.authors.answer_own(&friend, answer).await.expect("accepted");
        let mut draft = stage.entries.draft(&friend, entry).await.expect("a co-author of the copy");
        for (author, share) in draft.content.authors.iter_mut().zip([70, 30]) {
            author.share = Points::whole(share);
        }
        let shares = SaveDraft {
            key: stage.key(),
            entry,
            expected: draft.version,
            content: StepContent::Authors { author_type: AuthorType::Group, authors: draft.content.authors },
        };
        stage.entries.save_draft(&friend, shares).await.expect("saved");
        stage.submit_again(&author, entry).await.expect("both agreed");
        assert_eq!(stage.row(entry).await.content.authors.len(), 2);
        assert_eq!(stage.entries.own_entries(&friend).await.expect("own list").entries.len(), 1);
    }

    async fn who_has_not_agreed_is_not_reminded(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, friend) = (stage.author(0).await, stage.author(2).await);
        let entry = stage.complete(&author, "Giải pháp sắp hết hạn").await;
        stage.invite(&author, entry, Invitee::Person { user: stage.scene.authors[2] }).await.expect("invited");
        stage.app.clock.set("2025-07-09T09:00:00+07:00");
        let outbox = service::message::Outbox::new(stage.app.ctx.clone(), false);
        outbox.remind().await.expect("reminds");
        assert_eq!(stage.kinds(&author).await, [MessageKind::DeadlineNear]);
        assert_eq!(stage.kinds(&friend).await, []);
    }
}
