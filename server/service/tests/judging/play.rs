//! The acts of a round, each as the person whose act it is.

use contract::Result;
use contract::judging::{
    ConcludeDeliberation, ConfirmPrinciples, DeclareConflict, JudgingService, LockRound, OpenDeliberation,
    OpenRound, OrderView, OwnCard, PutOrder, PutScorecard, RoundDeskView,
};
use rules::account::Actor;
use rules::event::{EntryLabel, Event, SeatLabel};
use rules::id::{RoundId, Version};
use rules::judging::Scores;
use service::judging::Judgings;
use testkit::{Stage, StagePlan, TestApp};

/// The preliminary and the final round of the stage.
pub(crate) const FIRST: usize = 0;
pub(crate) const LAST: usize = 1;

/// A stage and the service under test.
pub(crate) struct Play<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) stage: Stage,
    pub(crate) judging: Judgings,
}

pub(crate) fn label(text: &str) -> EntryLabel {
    EntryLabel(text.to_owned())
}

pub(crate) fn seat(number: usize) -> SeatLabel {
    SeatLabel(format!("GK {number}"))
}

impl<'a> Play<'a> {
    pub(crate) async fn new(app: &'a TestApp, plan: StagePlan) -> Self {
        let stage = plan.build(app).await;
        Self {
            app,
            judging: Judgings::new(app.ctx.clone()),
            stage,
        }
    }

    /// The small stage with its first round open and its principles confirmed.
    pub(crate) async fn scoring(app: &'a TestApp) -> Self {
        let play = Self::new(app, StagePlan::small()).await;
        play.open(FIRST).await.expect("the round opens");
        play.confirm_all(FIRST).await;
        play
    }

    pub(crate) fn round(&self, round: usize) -> RoundId {
        self.stage.rounds[round]
    }

    pub(crate) async fn organiser(&self) -> Actor {
        self.app.actor(self.stage.organiser).await
    }

    pub(crate) async fn judge(&self, round: usize, seat: usize) -> Actor {
        self.stage.judge(self.app, round, seat).await
    }

    pub(crate) async fn open(&self, round: usize) -> Result<()> {
        let command = OpenRound {
            key: self.app.ctx.key(),
            round: self.round(round),
        };
        self.judging.open_round(&self.organiser().await, command).await
    }

    pub(crate) async fn confirm_all(&self, round: usize) {
        for seat in 1..=self.stage.juries[round].len() {
            let command = ConfirmPrinciples {
                key: self.app.ctx.key(),
                round: self.round(round),
            };
            let judge = self.judge(round, seat).await;
            self.judging
                .confirm_principles(&judge, command)
                .await
                .expect("principles are confirmed");
        }
    }

    pub(crate) async fn card(&self, round: usize, seat: usize, entry: &str) -> OwnCard {
        let judge = self.judge(round, seat).await;
        let view = self
            .judging
            .judge_entry(&judge, self.round(round), label(entry))
            .await;
        view.expect("the judge sees the entry").card
    }

    pub(crate) fn put(&self, round: usize, entry: &str, expected: i64, scores: Scores) -> PutScorecard {
        PutScorecard {
            key: self.app.ctx.key(),
            round: self.round(round),
            label: label(entry),
            expected: Version(expected),
            scores,
            comment: "Nhận xét.".to_owned(),
        }
    }

    pub(crate) async fn submit(
        &self,
        round: usize,
        seat: usize,
        entry: &str,
        scores: Scores,
    ) -> Result<OwnCard> {
        let version = self.card(round, seat, entry).await.version;
        let judge = self.judge(round, seat).await;
        self.judging
            .submit_scorecard(&judge, self.put(round, entry, version.0, scores))
            .await
    }

    /// Everybody gives every entry the same total.
    pub(crate) async fn submit_all(&self, round: usize, totals: &[(&str, i64)]) {
        for seat in 1..=self.stage.juries[round].len() {
            for (entry, total) in totals {
                self.submit(round, seat, entry, testkit::marks(*total))
                    .await
                    .expect("a scorecard is submitted");
            }
        }
    }

    pub(crate) async fn declare(&self, round: usize, seat: usize, entry: &str, reason: &str) -> Result<()> {
        let command = DeclareConflict {
            key: self.app.ctx.key(),
            round: self.round(round),
            label: label(entry),
            expected: self.card(round, seat, entry).await.version,
            reason: reason.to_owned(),
        };
        self.judging
            .declare_conflict(&self.judge(round, seat).await, command)
            .await
    }

    pub(crate) async fn order(
        &self,
        round: usize,
        seat: usize,
        tiers: &[&[&str]],
        submit: bool,
    ) -> Result<OrderView> {
        let judge = self.judge(round, seat).await;
        let expected = self.judging.order(&judge, self.round(round)).await?.version;
        let tiers = tiers
            .iter()
            .map(|tier| tier.iter().map(|entry| label(entry)).collect())
            .collect();
        let command = PutOrder {
            key: self.app.ctx.key(),
            round: self.round(round),
            expected,
            tiers,
            submit,
        };
        self.judging.put_order(&judge, command).await
    }

    pub(crate) async fn desk(&self, round: usize) -> RoundDeskView {
        self.judging
            .round_desk(&self.organiser().await, self.round(round))
            .await
            .expect("the organiser's desk")
    }

    pub(crate) async fn deliberate(
        &self,
        round: usize,
        entry: &str,
        reopen: &[usize],
        reason: &str,
    ) -> Result<()> {
        let command = OpenDeliberation {
            key: self.app.ctx.key(),
            round: self.round(round),
            label: label(entry),
            reopen: reopen.iter().map(|number| seat(*number)).collect(),
            reason: reason.to_owned(),
        };
        self.judging
            .open_deliberation(&self.organiser().await, command)
            .await
    }

    pub(crate) async fn conclude(&self, round: usize, entry: &str, explanation: &str) -> Result<()> {
        let command = ConcludeDeliberation {
            key: self.app.ctx.key(),
            round: self.round(round),
            label: label(entry),
            explanation: explanation.to_owned(),
        };
        self.judging
            .conclude_deliberation(&self.organiser().await, command)
            .await
    }

    pub(crate) async fn lock(&self, round: usize) -> Result<()> {
        let expected = self.desk(round).await.version;
        let command = LockRound {
            key: self.app.ctx.key(),
            round: self.round(round),
            expected,
        };
        self.judging.lock_round(&self.organiser().await, command).await
    }

    /// The events of a kind, in order.
    pub(crate) async fn events(&self, kind: &str) -> Vec<Event> {
        let events =
            store::ledger::events_after(self.app.ctx.store.read(), self.stage.contest, 0, 10_000).await;
        let events = events
            .expect("the ledger can be read")
            .into_iter()
            .map(|stored| stored.event);
        events.filter(|event| event.kind() == kind).collect()
    }
}
