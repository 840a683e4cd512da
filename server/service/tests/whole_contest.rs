//! The fictional contest SIM-2025 through the services: every scorecard of both rounds, the recusals, the deviation that
//! was rescored and the one that was kept, the ties, the prizes, the decision. What comes out is compared with the golden
//! results exactly, and the exported record is checked from its ledger alone.

use std::collections::BTreeMap;

use contract::judging::{
    ConcludeDeliberation, ConfirmPrinciples, DeclareConflict, JudgingService, LockRound, OpenDeliberation,
    OpenRound, OwnCardState, PutOrder, PutScorecard, RoundDeskView,
};
use contract::results::{ProposePrizes, RecordDecision, ResultsService};
use rules::Violation;
use rules::account::Actor;
use rules::contest::{Milestone, MilestoneCode, Preset, SignedDocument, preset};
use rules::entry::EntryState;
use rules::event::{EntryLabel, Event, SeatLabel};
use rules::id::{EntryId, RoundId};
use rules::judging::{
    AdvanceRule, BallotKind, Explanation, RoundState, RowState, Scores, Tally, rubric_by_id,
};
use rules::ledger::{Hash32, Unsealed};
use rules::points::Points;
use rules::record::{ContestRecord, Mismatch, replay};
use rules::results::PrizeTier;
use rules::time::When;
use service::demo::sim::{
    Expected, ExpectedRow, FINAL, PRELIMINARY, Sim, SimCard, SimCardStatus, SimOutcome, SimState,
};
use service::judging::Judgings;
use service::results::Results;
use testkit::{Stage, StageEntry, StageJudge, StagePlan, TestApp};

/// The contest as the stage builds it: the 22 accepted entries, the late and the withdrawn one, both juries.
fn plan(sim: &Sim) -> StagePlan {
    let mut setup = preset(Preset::Agency);
    let rubric = rubric_by_id(&sim.contest.rubric).expect("a built-in rubric");
    for round in &mut setup.rounds {
        round.rubric = rubric.clone();
        round.policy.prize_floor = Some(sim.contest.prize_floor);
    }
    setup.rounds[0].advance = Some(AdvanceRule::top(sim.contest.advance.n));
    // the golden final is ranked without orders; with every order equal the ladder must still end in the same ranking
    setup.rounds[1].policy.ballot = BallotKind::ScorecardsAndOrder;
    setup.prizes = sim
        .contest
        .prize_structure
        .iter()
        .map(|prize| PrizeTier::new(&prize.code, &prize.code, prize.count))
        .collect();
    setup.timetable.milestones = vec![Milestone {
        code: MilestoneCode::SubmissionDeadline,
        when: When::Instant(sim.contest.submission_deadline.to_utc()),
        note: String::new(),
    }];
    let jury = |round: &str| {
        let judge = |judge: service::demo::sim::SimJudge| StageJudge {
            name: judge.display_name,
            unit: judge.unit_id,
            chair: judge.chair,
        };
        sim.jury(round).into_iter().map(judge).collect()
    };
    let entries = sim.entries.iter().map(|entry| StageEntry {
        code: entry.code.clone(),
        blind_code: Some(entry.blind_code.clone()),
        title: entry.title.clone(),
        unit: Some(entry.unit_id.clone()),
        authors: entry
            .authors
            .iter()
            .map(|author| author.display_name.clone())
            .collect(),
        state: match entry.state {
            SimState::Accepted => EntryState::Accepted,
            SimState::RejectedLate => EntryState::Rejected,
            SimState::Withdrawn => EntryState::Withdrawn,
        },
    });
    StagePlan {
        code: sim.contest.code.clone(),
        setup,
        juries: vec![jury(PRELIMINARY), jury(FINAL)],
        entries: entries.collect(),
    }
}

/// The contest being played.
struct Whole<'a> {
    app: &'a TestApp,
    sim: Sim,
    stage: Stage,
    judging: Judgings,
    results: Results,
}

/// A round: its code in the file and its index on the stage.
#[derive(Clone, Copy)]
struct Round {
    code: &'static str,
    index: usize,
}

const ROUNDS: [Round; 2] = [
    Round {
        code: PRELIMINARY,
        index: 0,
    },
    Round {
        code: FINAL,
        index: 1,
    },
];

impl<'a> Whole<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let sim = Sim::built_in();
        let stage = plan(&sim).build(app).await;
        let (judging, results) = (Judgings::new(app.ctx.clone()), Results::new(app.ctx.clone()));
        Self {
            app,
            sim,
            stage,
            judging,
            results,
        }
    }

    fn id(&self, round: Round) -> RoundId {
        self.stage.rounds[round.index]
    }

    fn label(&self, entry: &str) -> EntryLabel {
        EntryLabel(
            self.sim
                .entry(entry)
                .expect("an entry of the file")
                .blind_code
                .clone(),
        )
    }

    fn code(&self, label: &EntryLabel) -> String {
        let entry = self.sim.entries.iter().find(|entry| entry.blind_code == label.0);
        entry.expect("a blind code of the file").code.clone()
    }

    fn seat(&self, round: Round, judge: &str) -> usize {
        let jury = self.sim.jury(round.code);
        jury.iter()
            .position(|known| known.code == judge)
            .expect("a judge of the file")
            + 1
    }

    async fn judge(&self, round: Round, judge: &str) -> Actor {
        self.stage
            .judge(self.app, round.index, self.seat(round, judge))
            .await
    }

    async fn organiser(&self) -> Actor {
        self.app.actor(self.stage.organiser).await
    }

    async fn desk(&self, round: Round) -> RoundDeskView {
        self.judging
            .round_desk(&self.organiser().await, self.id(round))
            .await
            .expect("the desk")
    }

    async fn open(&self, round: Round) {
        let command = OpenRound {
            key: self.app.ctx.key(),
            round: self.id(round),
        };
        self.judging
            .open_round(&self.organiser().await, command)
            .await
            .expect("the round opens");
        for judge in self.sim.jury(round.code) {
            let command = ConfirmPrinciples {
                key: self.app.ctx.key(),
                round: self.id(round),
            };
            let judge = self.judge(round, &judge.code).await;
            self.judging
                .confirm_principles(&judge, command)
                .await
                .expect("confirmed");
        }
    }

    /// One scorecard as its judge first gave it. Colleagues of the authors are recused already.
    async fn give(&self, round: Round, card: &SimCard) {
        let judge = self.judge(round, &card.judge).await;
        let label = self.label(&card.entry);
        let view = self
            .judging
            .judge_entry(&judge, self.id(round), label.clone())
            .await
            .expect("an entry");
        let by_rule = view.card.state == OwnCardState::Recused;
        assert_eq!(
            by_rule,
            card.status == SimCardStatus::Recused && !self.sim.is_declared(round.code, card)
        );
        let expected = view.card.version;
        match card.status {
            SimCardStatus::Recused if by_rule => {}
            SimCardStatus::Recused => {
                let reason = card.reason.clone().expect("a declared conflict has a reason");
                let command = DeclareConflict {
                    key: self.app.ctx.key(),
                    round: self.id(round),
                    label,
                    expected,
                    reason,
                };
                self.judging
                    .declare_conflict(&judge, command)
                    .await
                    .expect("declared");
            }
            SimCardStatus::Submitted => self.submit(round, &judge, &card.entry, card.first_scores()).await,
        }
    }

    async fn submit(&self, round: Round, judge: &Actor, entry: &str, scores: &Scores) {
        let label = self.label(entry);
        let view = self
            .judging
            .judge_entry(judge, self.id(round), label.clone())
            .await
            .expect("an entry");
        let command = PutScorecard {
            key: self.app.ctx.key(),
            round: self.id(round),
            label,
            expected: view.card.version,
            scores: scores.clone(),
            comment: "[Giả định] Nhận xét.".to_owned(),
        };
        self.judging
            .submit_scorecard(judge, command)
            .await
            .expect("the scorecard is taken");
    }

    /// Each judge's order: all not recused from side by side, so that it separates nobody.
    async fn give_orders(&self, round: Round) {
        for judge in self.sim.jury(round.code) {
            let judge = self.judge(round, &judge.code).await;
            let view = self
                .judging
                .order(&judge, self.id(round))
                .await
                .expect("an order");
            let own = view
                .entries
                .into_iter()
                .filter(|entry| !entry.recused)
                .map(|entry| entry.label);
            let command = PutOrder {
                key: self.app.ctx.key(),
                round: self.id(round),
                expected: view.version,
                tiers: vec![own.collect()],
                submit: true,
            };
            self.judging
                .put_order(&judge, command)
                .await
                .expect("the order is taken");
        }
    }

    /// The deviations of the file, which must be those the desk points out.
    async fn deliberate(&self, round: Round) {
        let expected = self.sim.deviations(round.code).to_vec();
        let desk = self.desk(round).await;
        let pointed: BTreeMap<String, Points> = desk
            .deliberations
            .iter()
            .map(|view| (self.code(&view.label), view.spread))
            .collect();
        let known: BTreeMap<String, Points> = expected
            .iter()
            .map(|deviation| (deviation.entry.clone(), deviation.spread_before))
            .collect();
        assert_eq!(pointed, known);
        assert_eq!(
            desk.tally.is_some(),
            expected.is_empty(),
            "points wait for the deliberations"
        );
        for deviation in expected {
            let label = self.label(&deviation.entry);
            let seat = SeatLabel(format!("GK {}", self.seat(round, &deviation.judge)));
            let asked = desk
                .deliberations
                .iter()
                .find(|view| view.label == label)
                .expect("pointed out");
            assert!(
                asked.seats.contains(&seat),
                "{seat:?} is highest or lowest: {:?}",
                asked.seats
            );
            let rescored = deviation.outcome == SimOutcome::Rescored;
            let command = OpenDeliberation {
                key: self.app.ctx.key(),
                round: self.id(round),
                label: label.clone(),
                reopen: if rescored { vec![seat] } else { Vec::new() },
                reason: "[Giả định] Chênh lệch trên 20 điểm".to_owned(),
            };
            self.judging
                .open_deliberation(&self.organiser().await, command)
                .await
                .expect("opened");
            if rescored {
                let cards = self.sim.cards(round.code).iter();
                let mut changed = cards.filter(|card| card.entry == deviation.entry && card.was_rescored());
                let card = changed.next().expect("the scorecard that changed");
                let judge = self.judge(round, &card.judge).await;
                self.submit(round, &judge, &card.entry, &card.scores).await;
            }
            let command = ConcludeDeliberation {
                key: self.app.ctx.key(),
                round: self.id(round),
                label: label.clone(),
                explanation: deviation.reason.clone().unwrap_or_default(),
            };
            self.judging
                .conclude_deliberation(&self.organiser().await, command)
                .await
                .expect("concluded");
            let after = self.desk(round).await;
            let closed = after
                .deliberations
                .iter()
                .find(|view| view.label == label && view.rescored.is_some());
            assert_eq!(closed.expect("closed").rescored, Some(rescored));
        }
    }

    async fn lock(&self, round: Round) {
        let desk = self.desk(round).await;
        assert_eq!((desk.blocks, desk.can_lock), (vec![], true));
        let command = LockRound {
            key: self.app.ctx.key(),
            round: self.id(round),
            expected: desk.version,
        };
        self.judging
            .lock_round(&self.organiser().await, command)
            .await
            .expect("locked");
    }

    /// A round from its opening to its lock.
    async fn play(&self, round: Round) -> RoundDeskView {
        self.open(round).await;
        for card in self.sim.cards(round.code) {
            self.give(round, card).await;
        }
        if self.desk(round).await.policy.ballot.wants_order() {
            assert!(matches!(
                self.desk(round).await.blocks[..],
                [Violation::OrdersMissing { .. }, ..]
            ));
            self.give_orders(round).await;
        }
        self.deliberate(round).await;
        let before = self.desk(round).await;
        self.lock(round).await;
        let after = self.desk(round).await;
        assert_eq!(
            (after.state, &after.tally, &after.advance),
            (RoundState::Locked, &before.tally, &before.advance)
        );
        after
    }

    /// The rows of a tally as the golden file writes them.
    fn rows(&self, tally: &Tally<EntryLabel>) -> Vec<ExpectedRow> {
        let row = |row: &rules::judging::TallyRow<EntryLabel>| {
            assert_eq!(row.state, RowState::Ok);
            ExpectedRow {
                rank: row.rank.expect("a rank"),
                entry: self.code(&row.entry),
                valid_scorecards: row.valid,
                average_exact: row.average.expect("an average"),
                average: row.rounded.expect("an average"),
                max: row.max.expect("a maximum"),
                min: row.min.expect("a minimum"),
            }
        };
        tally.rows.iter().map(row).collect()
    }

    fn code_of(&self, entry: &EntryId) -> String {
        let index = self
            .stage
            .entries
            .iter()
            .position(|known| known == entry)
            .expect("an entry of the stage");
        self.sim.entries[index].code.clone()
    }

    fn codes(&self, labels: &[EntryLabel]) -> Vec<String> {
        labels.iter().map(|label| self.code(label)).collect()
    }
}

/// What separates two entries.
fn why(tally: &Tally<EntryLabel>, above: &EntryLabel) -> Explanation {
    tally
        .why_above_next(above)
        .expect("a neighbour below")
        .why
        .clone()
}

/// Whether a tie was broken by a criterion.
fn broken_by(why: &Explanation, criterion: &str) -> bool {
    matches!(why, Explanation::Criterion { code, .. } if code.as_str() == criterion)
}

testkit::db_tests! {
    async fn sim_2025_from_the_first_ballot_to_the_decision(app: TestApp) {
        let whole = Whole::new(&app).await;
        let expected = Expected::built_in();

        let first = whole.play(ROUNDS[0]).await;
        let tally = first.tally.expect("a locked round has its tally");
        assert_eq!(whole.rows(&tally), expected.preliminary.table);
        let advance = first.advance.expect("the first round sends entries on");
        assert_eq!(whole.codes(&advance.advanced), expected.preliminary.advance);
        let cut = advance.cut_tie.expect("ranks 10 and 11 have one average");
        assert_eq!((whole.code(&cut.above), whole.code(&cut.below)), ("SIM-19".to_owned(), "SIM-15".to_owned()));
        assert!(broken_by(&cut.decided_by, "TC3"), "{:?}", cut.decided_by);

        app.clock.set("2025-10-20T08:00:00+07:00");
        let last = whole.play(ROUNDS[1]).await;
        let tally = last.tally.expect("a locked round has its tally");
        assert_eq!(whole.rows(&tally), expected.last.table);
        assert_eq!(last.advance, None);
        assert!(broken_by(&why(&tally, &whole.label("SIM-03")), "TC4"), "SIM-03 before SIM-17");

        app.clock.set("2025-10-29T14:00:00+07:00");
        let organiser = whole.organiser().await;
        let slug = whole.stage.slug.clone();
        let desk = whole.results.desk(&organiser, slug.clone()).await.expect("the results desk");
        let golden: Vec<(String, String)> =
            expected.last.awards.iter().map(|award| (award.entry.clone(), award.prize.clone())).collect();
        assert_eq!((&desk.suggested, desk.unfilled.len()), (&golden, 0));
        let command =
            ProposePrizes { key: app.ctx.key(), contest: whole.stage.contest, expected: desk.version };
        whole.results.propose_prizes(&organiser, command).await.expect("proposed");
        assert!(whole.results.result(&Actor::Anonymous, slug.clone()).await.is_err(), "not a step earlier");
        let desk = whole.results.desk(&organiser, slug.clone()).await.expect("the results desk");
        let command = RecordDecision {
            key: app.ctx.key(),
            contest: whole.stage.contest,
            expected: desk.version,
            document: SignedDocument {
                number: "2".to_owned(),
                symbol: "QĐ-MAU".to_owned(),
                issued_on: chrono::NaiveDate::from_ymd_opt(2025, 10, 29),
                signer: "Người ký (mẫu)".to_owned(),
                signer_position: "Thủ trưởng cơ quan (mẫu)".to_owned(),
            },
            file: None,
        };
        whole.results.record_decision(&organiser, command).await.expect("recorded");

        let shown = whole.results.result(&Actor::Anonymous, slug.clone()).await.expect("public");
        let lines: Vec<(String, String)> =
            shown.awards.iter().map(|line| (line.entry_code.clone(), line.tier.clone())).collect();
        assert_eq!((lines, shown.received, shown.units), (golden, Some(23), Some(8)), "the withdrawn one is not received");
        let reader = app.actor(whole.stage.reader).await;
        let record = whole.results.export_record(&reader, slug).await.expect("the inspector's record");
        assert_eq!(record.head, shown.ledger_head);
        let replayed = replay(&record).expect("the record agrees with the rules");
        assert_eq!((replayed.events, replayed.head.to_string()), (record.ledger.len(), record.head.clone()));
        let ranking: Vec<String> = replayed.rounds[1].tally.ranking().iter().map(|entry| whole.code_of(entry)).collect();
        let golden: Vec<String> = expected.last.table.iter().map(|row| row.entry.clone()).collect();
        assert_eq!(ranking, golden);
        a_forged_record_is_found_out(&record);
        let text = serde_json::to_string(&record).expect("a record is JSON");
        assert_eq!(serde_json::from_str::<ContestRecord>(&text).expect("and reads back"), record);
    }
}

/// One half point less on one ballot, with every hash after it made to fit: the rules still find the difference.
fn a_forged_record_is_found_out(record: &ContestRecord) {
    let mut forged = record.clone();
    let mut prev = Hash32::ZERO;
    let mut changed = false;
    for line in &mut forged.ledger {
        if let (Event::ScorecardSubmitted { scores, total, .. }, false) = (&mut line.event, changed) {
            let first = scores
                .values_mut()
                .find(|points| points.0 >= 100)
                .expect("a figure to lower");
            *first = Points(first.0 - 50);
            *total = Points(total.0 - 50);
            changed = true;
        }
        let unsealed = Unsealed {
            contest: record.contest,
            seq: line.seq,
            at: line.at,
            actor: line.actor,
            kind: line.event.kind().to_owned(),
            body: serde_json::to_value(&line.event).expect("an event is JSON"),
        };
        let row = unsealed.seal(prev).expect("canonical");
        (line.prev_hash, line.hash) = (row.prev_hash.to_string(), row.hash.to_string());
        prev = row.hash;
    }
    forged.head = prev.to_string();
    assert!(
        matches!(replay(&forged), Err(Mismatch::Event { .. })),
        "{:?}",
        replay(&forged).err()
    );
}
