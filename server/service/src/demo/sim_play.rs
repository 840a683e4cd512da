//! SIM-2025 through the services: every ballot of its file, in the order of its days.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use contract::entry::{AssignBlindCodes, DecideEligibility, DeskFilter, WithdrawEntry};
use contract::judging::{
    ConcludeDeliberation, ConfirmPrinciples, DeclareConflict, LockRound, OpenDeliberation, OpenRound,
    OwnCardState, PutOrder, PutScorecard,
};
use contract::results::{ProposePrizes, RecordDecision};
use contract::{Error, Kind, Result};
use rules::account::Role;
use rules::contest::{ContestSetup, Milestone, MilestoneCode, Preset, SignedDocument, preset};
use rules::entry::{EntryScope, EntryState};
use rules::event::EntryLabel;
use rules::id::{ContestId, EntryId, RoundId};
use rules::judging::{AdvanceRule, Scores, rubric_by_id};
use rules::time::{Timestamp, When};

use super::cast::{Cast, judge, sim_author};
use super::script::Script;
use super::setting_up::{self, NewContest};
use super::sim::{FINAL, PRELIMINARY, Sim, SimCard, SimCardStatus, SimOutcome, SimState};
use super::units::{SIM_ROOT, UnitIds, unit};
use super::writing::{self, NewEntry};
use crate::error::Fault;

/// Categories the invented entries are spread over; the file gives none.
const CATEGORIES: [&str; 5] = ["C1", "C2", "C3", "C4", "C5"];
/// Ballots of the preliminary round that the loaded demo leaves to its visitors: each judge's last so many.
const LEFT_OPEN: usize = 7;

/// The contest under way.
pub(super) struct SimPlay<'a> {
    script: &'a Script,
    cast: &'a Cast,
    units: &'a UnitIds,
    sim: Sim,
    slug: String,
    contest: ContestId,
    /// Ids by the file's codes.
    entries: BTreeMap<String, EntryId>,
    rounds: BTreeMap<String, RoundId>,
    /// Labels by the file's codes, once a round is open.
    labels: BTreeMap<String, EntryLabel>,
}

fn moment(month: u32, day: u32, hour: u32, minute: u32) -> Timestamp {
    NaiveDate::from_ymd_opt(2025, month, day)
        .and_then(|day| day.and_hms_opt(hour, minute, 0))
        .map_or_else(Timestamp::default, |time| time.and_utc() - Duration::hours(7))
}

impl<'a> SimPlay<'a> {
    /// From the plan to the opened contest.
    pub async fn begin(script: &'a Script, units: &'a UnitIds, cast: &'a Cast) -> Result<Self> {
        let sim = Sim::built_in();
        script.at(moment(8, 15, 8, 0));
        let new = NewContest {
            preset: Preset::Agency,
            code: &sim.contest.code,
            name: &sim.contest.name,
            year: sim.contest.year,
            organiser_unit: unit(units, SIM_ROOT)?,
            organiser: "tochuc",
        };
        let slug = setting_up::create(script, cast, new, true).await?;
        let contest = setting_up::contest_id(script, &slug).await?;
        let admin = cast.actor(script, "quantri").await?;
        setting_up::grant(script, &admin, cast.id("lanhdao")?, Role::Leader, contest, None).await?;
        setting_up::grant(script, &admin, cast.id("thanhtra")?, Role::Reader, contest, None).await?;
        let organiser = cast.actor(script, "tochuc").await?;
        setting_up::save_all(script, &organiser, &slug, setup(&sim, units)?).await?;
        for (index, round) in [PRELIMINARY, FINAL].into_iter().enumerate() {
            let jury: Result<Vec<_>> = sim
                .jury(round)
                .iter()
                .map(|member| Ok((cast.id(&judge(&member.code))?, member.chair)))
                .collect();
            setting_up::appoint(script, &organiser, &slug, index, &jury?).await?;
        }
        let view = script.services.contest.setup(&organiser, slug.clone()).await?;
        let rounds = [PRELIMINARY, FINAL]
            .map(str::to_owned)
            .into_iter()
            .zip(view.juries.iter().map(|jury| jury.round));
        let rounds = rounds.collect();
        setting_up::open(script, &organiser, &slug).await?;
        Ok(Self {
            script,
            cast,
            units,
            sim,
            slug,
            contest,
            entries: BTreeMap::new(),
            rounds,
            labels: BTreeMap::new(),
        })
    }

    /// Every entry as its author sent it, the late one refused, then eligibility and blind codes.
    pub async fn take_entries(&mut self) -> Result<()> {
        let mut sent: Vec<_> = self.sim.entries.iter().collect();
        sent.sort_by_key(|entry| entry.submitted_at);
        for (index, entry) in sent.into_iter().enumerate() {
            let submitted = entry.submitted_at();
            self.script.at(submitted - Duration::hours(5));
            let lead = self.cast.id(&sim_author(&entry.code))?;
            let author = self.script.actor(lead).await?;
            let new = NewEntry {
                title: &entry.title,
                category: CATEGORIES[index % CATEGORIES.len()],
                scope: if index % 2 == 0 {
                    EntryScope::Unit
                } else {
                    EntryScope::Wide
                },
                lead,
                unit: unit(self.units, &entry.unit_id)?,
                unit_name: "",
                authors: entry
                    .authors
                    .iter()
                    .map(|author| (author.display_name.clone(), None))
                    .collect(),
            };
            let (id, version) = writing::draft(self.script, &author, self.contest, &new, true).await?;
            self.script.at(submitted);
            match (
                writing::submit(self.script, &author, id, version).await,
                entry.state,
            ) {
                (Ok(()), SimState::Accepted) => {}
                (Err(Error::Rule(rules::Violation::DeadlinePassed { .. })), SimState::RejectedLate) => {
                    continue;
                }
                (Ok(()), SimState::Withdrawn) => {
                    self.script.at(submitted + Duration::hours(20));
                    let expected = self.script.services.entry.receipt(&author, id).await?.version;
                    let reason = entry.reason.clone().unwrap_or_default();
                    let command = WithdrawEntry {
                        key: self.script.key(),
                        entry: id,
                        expected,
                        reason,
                    };
                    self.script.services.entry.withdraw(&author, command).await?;
                }
                (Ok(()), SimState::RejectedLate) => return Err(Error::NotFound(Kind::Entry)),
                (Err(error), _) => return Err(error),
            }
            self.entries.insert(entry.code.clone(), id);
        }
        self.check_entries().await
    }

    async fn check_entries(&self) -> Result<()> {
        self.script.at(moment(10, 2, 9, 0));
        let organiser = self.cast.actor(self.script, "tochuc").await?;
        let filter = DeskFilter {
            page: 1,
            ..DeskFilter::default()
        };
        let desk = self
            .script
            .services
            .entry
            .eligibility_desk(&organiser, self.slug.clone(), filter)
            .await?;
        for line in desk
            .entries
            .iter()
            .filter(|line| line.state == EntryState::EligibilityCheck)
        {
            let command = DecideEligibility {
                key: self.script.key(),
                entry: line.entry,
                expected: line.version,
                accepted: true,
                reason: String::new(),
            };
            self.script
                .services
                .entry
                .decide_eligibility(&organiser, command)
                .await?;
        }
        let command = AssignBlindCodes {
            key: self.script.key(),
            contest: self.contest,
        };
        self.script
            .services
            .entry
            .assign_blind_codes(&organiser, command)
            .await
    }

    /// Opens a round and learns how its entries are called.
    pub async fn open_round(&mut self, code: &str) -> Result<()> {
        self.script.at(if code == PRELIMINARY {
            moment(10, 6, 8, 0)
        } else {
            moment(10, 20, 8, 0)
        });
        let round = self.round(code)?;
        let organiser = self.cast.actor(self.script, "tochuc").await?;
        let command = OpenRound {
            key: self.script.key(),
            round,
        };
        self.script
            .services
            .judging
            .open_round(&organiser, command)
            .await?;
        let labels = store::judging::labels(self.script.ctx.store.read(), round)
            .await
            .fault()?;
        let by_id: BTreeMap<EntryId, EntryLabel> = labels.into_iter().collect();
        self.labels = self
            .entries
            .iter()
            .filter_map(|(code, id)| Some((code.clone(), by_id.get(id)?.clone())))
            .collect();
        for member in self.sim.jury(code) {
            let actor = self.cast.actor(self.script, &judge(&member.code)).await?;
            let command = ConfirmPrinciples {
                key: self.script.key(),
                round,
            };
            self.script
                .services
                .judging
                .confirm_principles(&actor, command)
                .await?;
        }
        Ok(())
    }

    /// The first part of a round's ballots; each judge's last few stay open for the visitors.
    pub async fn score_part(&self, code: &str) -> Result<()> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let cards = self.sim.cards(code).to_vec();
        let mut kept: Vec<SimCard> = Vec::new();
        for card in cards {
            let count = seen.entry(card.judge.clone()).or_default();
            *count += 1;
            if *count <= self.labels.len() - LEFT_OPEN {
                kept.push(card);
            }
        }
        self.put(code, &kept, false).await
    }

    /// Every ballot of a round as first handed in, the declared conflicts, and the orders where the round asks for them.
    pub async fn score_all(&self, code: &str) -> Result<()> {
        self.put(code, self.sim.cards(code), false).await?;
        if code == FINAL {
            self.put_orders(code).await?;
        }
        Ok(())
    }

    async fn put(&self, code: &str, cards: &[SimCard], again: bool) -> Result<()> {
        let round = self.round(code)?;
        for (index, card) in cards.iter().enumerate() {
            if !again {
                let days = if code == PRELIMINARY { (6, 10) } else { (20, 21) };
                let minutes = index as i64 * i64::from(days.1 - days.0) * 8 * 60 / cards.len().max(1) as i64;
                self.script.at(moment(10, days.0, 8, 30)
                    + Duration::days(minutes / 480)
                    + Duration::minutes(minutes % 480));
            }
            let actor = self.cast.actor(self.script, &judge(&card.judge)).await?;
            let label = self.label(&card.entry)?;
            let own = self
                .script
                .services
                .judging
                .judge_entry(&actor, round, label.clone())
                .await?
                .card;
            match card.status {
                // Recused by the rule of the same unit when the round was opened.
                SimCardStatus::Recused if own.state == OwnCardState::Recused => {}
                SimCardStatus::Recused => {
                    let reason = card.reason.clone().unwrap_or_default();
                    let command = DeclareConflict {
                        key: self.script.key(),
                        round,
                        label,
                        expected: own.version,
                        reason,
                    };
                    self.script
                        .services
                        .judging
                        .declare_conflict(&actor, command)
                        .await?;
                }
                SimCardStatus::Submitted => {
                    let scores = if again { &card.scores } else { first_scores(card) };
                    let command = PutScorecard {
                        key: self.script.key(),
                        round,
                        label,
                        expected: own.version,
                        scores: scores.clone(),
                        comment: comment(scores),
                    };
                    self.script
                        .services
                        .judging
                        .submit_scorecard(&actor, command)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Each final judge's order, best own total first; equal totals stand in one tier.
    async fn put_orders(&self, code: &str) -> Result<()> {
        let round = self.round(code)?;
        self.script.at(moment(10, 21, 15, 0));
        for member in self.sim.jury(code) {
            let actor = self.cast.actor(self.script, &judge(&member.code)).await?;
            let view = self.script.services.judging.order(&actor, round).await?;
            let mut tiers: Vec<Vec<EntryLabel>> = Vec::new();
            let mut open: Vec<_> = view.entries.iter().filter(|entry| !entry.recused).collect();
            open.sort_by(|a, b| b.total.cmp(&a.total).then(a.label.cmp(&b.label)));
            let mut last = None;
            for entry in open {
                match tiers.last_mut() {
                    Some(tier) if last == Some(entry.total) => tier.push(entry.label.clone()),
                    _ => tiers.push(vec![entry.label.clone()]),
                }
                last = Some(entry.total);
            }
            let command = PutOrder {
                key: self.script.key(),
                round,
                expected: view.version,
                tiers,
                submit: true,
            };
            self.script.services.judging.put_order(&actor, command).await?;
        }
        Ok(())
    }

    /// Every deviation over the threshold, rescored or kept as in the file.
    pub async fn deliberate(&self, code: &str) -> Result<()> {
        let round = self.round(code)?;
        self.script.at(moment(10, 13, 9, 0));
        let chair = self.chair(code).await?;
        for deviation in self.sim.deviations(code) {
            let label = self.label(&deviation.entry)?;
            let desk = self.script.services.judging.round_desk(&chair, round).await?;
            let seat_of = |name: &str| {
                desk.seats
                    .iter()
                    .find(|(_, full)| full == name)
                    .map(|(seat, _)| seat.clone())
            };
            let asked = self
                .sim
                .jury(code)
                .into_iter()
                .find(|member| member.code == deviation.judge);
            let asked_seat = asked.and_then(|member| seat_of(&member.display_name));
            let rescored = deviation.outcome == SimOutcome::Rescored;
            let card = self
                .sim
                .cards(code)
                .iter()
                .find(|card| card.entry == deviation.entry && card.judge == deviation.judge)
                .ok_or(Error::NotFound(Kind::Entry))?;
            let explanation = deviation
                .reason
                .clone()
                .or_else(|| card.rescore_reason.clone())
                .unwrap_or_else(|| "[Giả định] Đã hội ý.".to_owned());
            let command = OpenDeliberation {
                key: self.script.key(),
                round,
                label: label.clone(),
                reopen: asked_seat.into_iter().filter(|_| rescored).collect(),
                reason: "[Giả định] Chênh lệch điểm vượt ngưỡng.".to_owned(),
            };
            self.script
                .services
                .judging
                .open_deliberation(&chair, command)
                .await?;
            if rescored {
                self.put(code, std::slice::from_ref(card), true).await?;
            }
            let command = ConcludeDeliberation {
                key: self.script.key(),
                round,
                label,
                explanation,
            };
            self.script
                .services
                .judging
                .conclude_deliberation(&chair, command)
                .await?;
        }
        Ok(())
    }

    /// Locks a round.
    pub async fn lock(&self, code: &str) -> Result<()> {
        let round = self.round(code)?;
        self.script.at(if code == PRELIMINARY {
            moment(10, 14, 16, 0)
        } else {
            moment(10, 21, 17, 0)
        });
        let chair = self.chair(code).await?;
        let desk = self.script.services.judging.round_desk(&chair, round).await?;
        let command = LockRound {
            key: self.script.key(),
            round,
            expected: desk.version,
        };
        self.script.services.judging.lock_round(&chair, command).await
    }

    /// Prizes, then the invented decision that makes them public.
    pub async fn decide(&self) -> Result<()> {
        self.script.at(moment(10, 24, 10, 0));
        let organiser = self.cast.actor(self.script, "tochuc").await?;
        let desk = self
            .script
            .services
            .results
            .desk(&organiser, self.slug.clone())
            .await?;
        let command = ProposePrizes {
            key: self.script.key(),
            contest: self.contest,
            expected: desk.version,
        };
        self.script
            .services
            .results
            .propose_prizes(&organiser, command)
            .await?;
        let desk = self
            .script
            .services
            .results
            .desk(&organiser, self.slug.clone())
            .await?;
        self.script.at(moment(10, 29, 14, 0));
        let command = RecordDecision {
            key: self.script.key(),
            contest: self.contest,
            expected: desk.version,
            document: SignedDocument {
                number: "02".to_owned(),
                symbol: "QĐ-MAU".to_owned(),
                issued_on: NaiveDate::from_ymd_opt(2025, 10, 29),
                signer: "Người ký (mẫu)".to_owned(),
                signer_position: "Thủ trưởng cơ quan (mẫu)".to_owned(),
            },
            file: None,
        };
        self.script
            .services
            .results
            .record_decision(&organiser, command)
            .await
    }

    /// Address part of the contest.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// The contest's id.
    pub fn contest(&self) -> ContestId {
        self.contest
    }

    fn round(&self, code: &str) -> Result<RoundId> {
        self.rounds.get(code).copied().ok_or(Error::NotFound(Kind::Round))
    }

    fn label(&self, entry: &str) -> Result<EntryLabel> {
        self.labels
            .get(entry)
            .cloned()
            .ok_or(Error::NotFound(Kind::Entry))
    }

    async fn chair(&self, code: &str) -> Result<rules::account::Actor> {
        let jury = self.sim.jury(code);
        let chair = jury
            .iter()
            .find(|member| member.chair)
            .ok_or(Error::NotFound(Kind::Person))?;
        self.cast.actor(self.script, &judge(&chair.code)).await
    }
}

fn first_scores(card: &SimCard) -> &Scores {
    card.history.first().map_or(&card.scores, |first| &first.scores)
}

/// The rubric asks for a comment under half of the points.
fn comment(scores: &Scores) -> String {
    let total = rules::judging::total(scores);
    if total.0 < 5000 {
        "[Giả định] Giải pháp chưa nêu rõ điểm mới và cách tính hiệu quả.".to_owned()
    } else {
        String::new()
    }
}

/// The contest's set-up as its file has it.
pub(super) fn setup(sim: &Sim, units: &UnitIds) -> Result<ContestSetup> {
    let mut setup = preset(Preset::Agency);
    setup.plan.document = SignedDocument {
        number: "01".to_owned(),
        symbol: "KH-MAU".to_owned(),
        issued_on: NaiveDate::from_ymd_opt(2025, 8, 15),
        signer: String::new(),
        signer_position: "Thủ trưởng cơ quan (mẫu)".to_owned(),
    };
    setup.plan.organisers = "[Giả định] Ban Tổ chức cuộc thi của Cơ quan Mẫu.".to_owned();
    setup.eligibility.units = vec![unit(units, SIM_ROOT)?];
    setup.timetable.milestones = vec![
        Milestone {
            code: MilestoneCode::Launch,
            when: When::Day(NaiveDate::from_ymd_opt(2025, 8, 15).unwrap_or_default()),
            note: String::new(),
        },
        Milestone {
            code: MilestoneCode::SubmissionDeadline,
            when: When::Instant(sim.contest.submission_deadline.to_utc()),
            note: String::new(),
        },
        Milestone {
            code: MilestoneCode::AnnounceAndAward,
            when: When::Month {
                year: 2025,
                month: 11,
            },
            note: String::new(),
        },
    ];
    if let Some(rubric) = rubric_by_id(&sim.contest.rubric) {
        for round in &mut setup.rounds {
            round.rubric = rubric.clone();
            round.policy.prize_floor = Some(sim.contest.prize_floor);
        }
    }
    if let Some(first) = setup.rounds.first_mut() {
        first.name = "Vòng sơ loại".to_owned();
        first.advance = Some(AdvanceRule::top(sim.contest.advance.n));
    }
    Ok(setup)
}
