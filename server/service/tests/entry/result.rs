//! What an author learns before and after the decision.

use contract::entry::EntryService;
use rules::contest::ContestPhase;
use rules::entry::EntryState;
use rules::id::Version;
use rules::judging::{ScorecardState, Scores};
use store::judging::CardRow;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage};

db_tests! {
    async fn outcome_comments_and_prize_wait_for_the_decision(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, "Giải pháp đã được chấm").await;
        let db = stage.app.ctx.store.read();
        let round = stage.round(&stage.scene.judges[..2]).await;
        let now = stage.app.ctx.now();
        let card = |judge: usize, state, comment: &str| CardRow {
            id: stage.app.ctx.id(),
            round,
            entry,
            person: stage.scene.judges[judge],
            state,
            scores: Scores::default(),
            comment: comment.into(),
            reason: None,
            by_rule: false,
            version: Version::FIRST,
            saved_at: now,
            submitted_at: Some(now),
        };
        let cards = [
            card(0, ScorecardState::Submitted, "Trình bày rõ ràng"),
            card(1, ScorecardState::Draft, "Chưa nộp phiếu này"),
        ];
        store::judging::insert_cards(db, &cards).await.expect("scorecards are stored");
        store::judging::set_entry_states(db, &[entry], EntryState::Eliminated).await.expect("a state is stored");
        let mut row = stage.row(entry).await;
        row.prize_code = Some("NHAT".into());
        assert!(store::entry::update(db, &row, row.version).await.expect("a prize is stored"));

        stage.phase(ContestPhase::AwaitingApproval).await;
        let before = stage.entries.receipt(&author, entry).await.expect("one's own receipt");
        assert_eq!((before.state, before.prize, before.average), (EntryState::InRound, None, None));
        assert!(before.comments.is_empty());
        let list = stage.entries.own_entries(&author).await.expect("one's own list").entries;
        assert_eq!((list[0].state, &list[0].prize), (EntryState::InRound, &None));
        let coordinator = stage.coordinator(0).await;
        let board = stage.board(&coordinator, SLUG, None).await.expect("the board");
        assert_eq!(board.entries[0].state, EntryState::InRound, "the unit is not told earlier than the author");
        let detail = stage.entries.detail(&coordinator, entry).await.expect("the entry");
        assert_eq!(detail.line.state, EntryState::InRound);

        stage.phase(ContestPhase::Published).await;
        let after = stage.entries.receipt(&author, entry).await.expect("one's own receipt");
        assert_eq!((after.state, after.prize.as_deref()), (EntryState::Eliminated, Some("Giải Nhất")));
        assert_eq!(after.comments, ["Trình bày rõ ràng"]);
        assert!(!after.can_withdraw);
    }
}
