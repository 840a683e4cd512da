//! Opening a round: what it waits for, what it freezes, who is recused.

use contract::judging::{JudgingService, OpenRound, OwnCardState};
use contract::{Error, Kind};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::{ContestPhase, SetupProblem};
use rules::entry::EntryState;
use rules::event::Event;
use rules::judging::{RoundState, frozen_hash};
use testkit::{StagePlan, TestApp};

use super::play::{FIRST, LAST, Play, label, seat};

async fn blocks(app: &TestApp, plan: StagePlan) -> Vec<Violation> {
    Play::new(app, plan).await.desk(FIRST).await.blocks
}

testkit::db_tests! {
    async fn a_round_waits_for_the_end_of_the_intake(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        app.clock.set(testkit::DEADLINE);
        let refused = play.open(FIRST).await;
        assert!(matches!(refused, Err(Error::Rule(Violation::BeforeDeadline { .. }))), "{refused:?}");
        assert!(!play.desk(FIRST).await.can_open);
        app.clock.advance(chrono::TimeDelta::microseconds(1));
        assert!(play.desk(FIRST).await.can_open);
        play.open(FIRST).await.expect("one microsecond after the deadline it opens");
    }

    async fn a_round_waits_for_every_entry_to_be_checked(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.entries[3].state = EntryState::Forwarded;
        let play = Play::new(&app, plan).await;
        assert_eq!(play.open(FIRST).await, Err(Error::Rule(Violation::EntriesUnchecked { count: 1 })));
    }

    async fn a_round_needs_two_accepted_entries(app: TestApp) {
        let mut plan = StagePlan::small();
        for entry in &mut plan.entries[1..] {
            entry.state = EntryState::Rejected;
        }
        assert_eq!(blocks(&app, plan).await, [Violation::TooFewEntries { count: 1 }]);
    }

    async fn a_blind_round_needs_its_codes(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.entries[0].blind_code = None;
        assert_eq!(blocks(&app, plan).await, [Violation::BlindCodesMissing]);
    }

    async fn a_contest_that_is_not_blind_is_judged_by_entry_codes(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.setup.eligibility.blind = false;
        let play = Play::new(&app, plan).await;
        play.open(FIRST).await.expect("no codes are needed");
        let queue = play.judging.queue(&play.judge(FIRST, 1).await, play.round(FIRST)).await.expect("a queue");
        let labels: Vec<_> = queue.entries.into_iter().map(|entry| entry.label).collect();
        assert_eq!(labels, ["T-01", "T-02", "T-03", "T-04"].map(label));
    }

    async fn a_jury_needs_two_judges_and_one_chair(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.juries[0].truncate(1);
        plan.juries[1][1].chair = true;
        let play = Play::new(&app, plan).await;
        let problems = |blocks: Vec<Violation>| -> Vec<SetupProblem> {
            let gaps = blocks.into_iter().filter_map(|block| match block {
                Violation::SetupIncomplete { gaps } => Some(gaps),
                _ => None,
            });
            gaps.flatten().map(|gap| gap.problem).collect()
        };
        assert_eq!(problems(play.desk(FIRST).await.blocks), [SetupProblem::JuryTooSmall]);
        assert_eq!(problems(play.desk(LAST).await.blocks), [SetupProblem::NoChair]);
    }

    async fn a_jury_too_close_to_an_entry_is_refused_while_it_can_still_be_changed(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.entries[2].unit = Some("u1".to_owned());
        for judge in &mut plan.juries[0][..2] {
            judge.unit = Some("u1".to_owned());
        }
        assert_eq!(blocks(&app, plan).await, [Violation::QuorumNotMet { entries: vec![label("P103")] }]);
    }

    async fn a_later_round_waits_for_the_earlier(app: TestApp) {
        let play = Play::scoring(&app).await;
        assert_eq!(play.open(LAST).await, Err(Error::Rule(Violation::EarlierRoundOpen)));
    }

    async fn only_the_organiser_opens_a_round(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        let open = async |actor: Actor| {
            let command = OpenRound { key: app.ctx.key(), round: play.round(FIRST) };
            play.judging.open_round(&actor, command).await
        };
        assert_eq!(open(Actor::Anonymous).await, Err(Error::Denied(Denied::SignInRequired)));
        assert_eq!(open(app.actor(play.stage.stranger).await).await, Err(Error::NotFound(Kind::Round)));
        for user in [play.stage.leader, play.stage.administrator, play.stage.juries[0][0], play.stage.juries[0][1]] {
            assert_eq!(open(app.actor(user).await).await, Err(Error::Denied(Denied::NotYourRole)));
        }
        assert_eq!(play.desk(FIRST).await.state, RoundState::Planned);
    }

    async fn opening_freezes_rubric_and_policy_and_starts_the_judging(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        play.open(FIRST).await.expect("the round opens");
        let desk = play.desk(FIRST).await;
        let hash = frozen_hash(&desk.rubric, &desk.policy).expect("a canonical form").to_string();
        assert_eq!((desk.state, desk.phase), (RoundState::Open, ContestPhase::Judging));
        assert_eq!(desk.frozen_hash, Some(hash.clone()));
        let [Event::RoundOpened { frozen_hash, entries, judges, .. }] = &play.events("round_opened").await[..] else {
            panic!("one round was opened");
        };
        assert_eq!(*frozen_hash, hash);
        assert_eq!(entries.iter().map(|(_, label)| label.clone()).collect::<Vec<_>>(), desk.progress.expect("progress").entries);
        assert_eq!(judges.iter().map(|(_, seat)| seat.clone()).collect::<Vec<_>>(), [seat(1), seat(2), seat(3)]);
        assert_eq!(play.open(FIRST).await, Err(Error::Rule(Violation::RoundState { state: RoundState::Open })));
    }

    async fn the_same_command_twice_opens_once(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        let command = OpenRound { key: app.ctx.key(), round: play.round(FIRST) };
        let organiser = play.organiser().await;
        let both = tokio::join!(
            play.judging.open_round(&organiser, command.clone()),
            play.judging.open_round(&organiser, command.clone()),
        );
        assert_eq!(both, (Ok(()), Ok(())));
        assert_eq!(play.events("round_opened").await.len(), 1);
        let other = app.actor(play.stage.juries[0][0]).await;
        let stolen = play.judging.open_round(&other, command).await;
        assert_eq!(stolen, Err(Error::Denied(Denied::NotYourRole)), "the key is the organiser's");
    }

    async fn judges_of_an_authors_unit_are_recused_by_rule(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.entries[1].unit = Some("u7".to_owned());
        plan.juries[0][2].unit = Some("u7".to_owned());
        let play = Play::new(&app, plan).await;
        play.open(FIRST).await.expect("one recusal of three leaves a quorum");
        let card = play.card(FIRST, 3, "P102").await;
        assert_eq!((card.state, card.reason.as_deref()), (OwnCardState::Recused, Some("cùng đơn vị với tác giả")));
        assert_eq!(play.card(FIRST, 3, "P101").await.state, OwnCardState::Empty);
        let [Event::Recused { label: entry, seat: who, by_rule: true, .. }] = &play.events("recused").await[..] else {
            panic!("one recusal by rule");
        };
        assert_eq!((entry, who), (&label("P102"), &seat(3)));
        let queue = play.judging.queue(&play.judge(FIRST, 3).await, play.round(FIRST)).await.expect("a queue");
        assert_eq!(queue.done, 1);
    }

    async fn an_entry_and_its_authors_have_no_name_before_a_judge(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 1).await;
        let view = play.judging.judge_entry(&judge, play.round(FIRST), label("P102")).await.expect("an entry");
        assert_eq!((view.position, view.previous.clone(), view.next.clone()), ((2, 4), Some(label("P101")), Some(label("P103"))));
        let queue = play.judging.queue(&judge, play.round(FIRST)).await.expect("a queue");
        let text = serde_json::to_string(&(view, queue)).expect("views are JSON");
        for secret in [play.stage.entries[1].to_string(), "Tác giả".to_owned(), "T-02".to_owned()] {
            assert!(!text.contains(&secret), "{secret} in {text}");
        }
    }
}
