//! What the ledger's readers and a copy of the database learn of invitations: nothing that opens one.

use contract::author::Invitee;
use rules::event::Event;
use rules::time::Zone;
use rules::visibility::{Audience, project};
use testkit::{TestApp, db_tests};

use crate::stage::Stage;

db_tests! {
    async fn neither_ledger_nor_database_hold_the_links_secret(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let invitee = Invitee::Email { full_name: "Trần Văn Ngoài".into(), email: "ngoai@example.vn".into() };
        let id = stage.invite(&author, entry, invitee).await.expect("invited");
        let token = stage.token(id).await;
        let db = stage.app.ctx.store.read();
        let hash = rules::ledger::Hash32::of(token.as_bytes()).to_string();
        assert!(store::author::by_token(db, &hash).await.expect("reads").is_some(), "found by its hash");
        assert_eq!(store::author::by_token(db, &token).await.expect("reads"), None, "not stored as it is");
        let chain = store::ledger::chain(db, stage.contest).await.expect("reads");
        let text = chain.iter().map(|line| line.event.body.to_string()).collect::<String>();
        assert!(!text.contains(&token) && !text.contains("ngoai") && !text.contains("Ngoài"), "people only as ids: {text}");
        let event = Event::CoAuthorInvited { entry, invitation: id };
        assert!(text.contains(&id.to_string()));
        for audience in Audience::ALL {
            assert_eq!(project(&event, stage.app.ctx.now(), &Zone::default(), audience), None, "no viewer follows drafts");
        }
    }
}
