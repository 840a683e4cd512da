//! The fictional contest as a published record: events as the product writes them, sealed into a chain.
//!
//! Used by the tests of `rules` and of `verify`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use rules::entry::{EntryState, EntryStep};
use rules::event::{EntryLabel, Event, SeatLabel};
use rules::id::{ContestId, EntryId, RoundId, UserId};
use rules::judging::{AdvanceRule, BallotKind, ScoringPolicy, frozen_hash, rubric_r100_a};
use rules::judging::{
    CardState, OrderBallot, OrderList, RoundInput, Scorecard, Scores, advance, tally, total,
};
use rules::ledger::{Hash32, Unsealed};
use rules::points::Points;
use rules::record::{ContestRecord, FORMAT, LedgerLine, PublishedAward};
use rules::results::{PrizeTier, allocate};
use serde_json::Value;
use uuid::Uuid;

const CONTEST: ContestId = ContestId(Uuid::from_u128(1));

struct Writer {
    file: Value,
    entries: BTreeMap<String, EntryId>,
    judges: BTreeMap<String, UserId>,
    events: Vec<Event>,
}

/// The record of the contest in `contest_sim22.json`, with order ballots in its final.
pub fn record(contest: &str) -> ContestRecord {
    let file: Value = serde_json::from_str(contest).unwrap();
    let id = |index: usize, kind: u128| Uuid::from_u128(kind << 64 | index as u128);
    let codes = |list: &Value| -> Vec<String> {
        list.as_array()
            .unwrap()
            .iter()
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let entries = codes(&file["entries"])
        .into_iter()
        .enumerate()
        .map(|(at, code)| (code, EntryId(id(at, 2))));
    let jurors = ["SL", "CK"]
        .into_iter()
        .flat_map(|round| codes(&file["judges"][round]));
    let judges = jurors.enumerate().map(|(at, code)| (code, UserId(id(at, 3))));
    let mut writer = Writer {
        entries: entries.collect(),
        judges: judges.collect(),
        events: Vec::new(),
        file: Value::Null,
    };
    writer.file = file;

    let prizes: Vec<PrizeTier> = [("NHAT", 1), ("NHI", 1), ("BA", 1), ("KHUYEN_KHICH", 3)]
        .into_iter()
        .map(|(code, count)| PrizeTier::new(code, "giải", count))
        .collect();
    writer.events.push(Event::ContestCreated {
        code: "SIM-2025".to_owned(),
    });
    writer.intake();
    let accepted: Vec<EntryId> = writer.accepted();
    let advanced = writer.round("SL", 0, accepted, Some(AdvanceRule::top(10)), &prizes);
    writer.round("CK", 1, advanced, None, &prizes);
    let awards = writer.awards();
    writer.events.push(Event::DecisionRecorded {
        number: "01".to_owned(),
        symbol: "QĐ-MAU".to_owned(),
        issued_on: "2025-11-20".parse().unwrap(),
        signer: "Người ký (mẫu)".to_owned(),
        signer_position: "Trưởng ban".to_owned(),
        file_sha256: None,
        awards: awards.clone(),
    });
    let (ledger, head) = seal(&writer.events);
    let code_of = |entry: EntryId| {
        writer
            .entries
            .iter()
            .find(|(_, id)| **id == entry)
            .unwrap()
            .0
            .clone()
    };
    ContestRecord {
        format: FORMAT.to_owned(),
        contest: CONTEST,
        code: "SIM-2025".to_owned(),
        name: "Cuộc thi sáng kiến CCHC (dữ liệu giả định)".to_owned(),
        prizes,
        advance: vec![Some(AdvanceRule::top(10)), None],
        ledger,
        awards: awards
            .into_iter()
            .map(|(entry, tier)| PublishedAward {
                entry_code: code_of(entry),
                title: "[Giả định]".to_owned(),
                entry,
                tier,
            })
            .collect(),
        head,
    }
}

/// Seals the record's events again, as somebody would who changes one and has no other copy to compare with.
pub fn reseal(record: &mut ContestRecord) {
    let events: Vec<Event> = record.ledger.iter().map(|line| line.event.clone()).collect();
    (record.ledger, record.head) = seal(&events);
}

fn seal(events: &[Event]) -> (Vec<LedgerLine>, String) {
    let start = DateTime::from_timestamp_micros(1_757_000_000_000_000).unwrap();
    let mut prev = Hash32::ZERO;
    let mut lines = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let (seq, at) = (index as i64 + 1, start + TimeDelta::microseconds(index as i64));
        let (kind, body) = (event.kind().to_owned(), serde_json::to_value(event).unwrap());
        let row = Unsealed {
            contest: CONTEST,
            seq,
            at,
            actor: None,
            kind,
            body,
        }
        .seal(prev)
        .unwrap();
        let (prev_hash, hash) = (row.prev_hash.to_string(), row.hash.to_string());
        lines.push(LedgerLine {
            seq,
            at,
            actor: None,
            event: event.clone(),
            prev_hash,
            hash,
        });
        prev = row.hash;
    }
    (lines, prev.to_string())
}

impl Writer {
    fn label(&self, entry: EntryId) -> EntryLabel {
        let code = self
            .entries
            .iter()
            .find(|(_, id)| **id == entry)
            .map(|(code, _)| code.clone());
        EntryLabel(code.unwrap())
    }

    fn accepted(&self) -> Vec<EntryId> {
        let accepted = self.file["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["state"] == "ACCEPTED");
        accepted
            .map(|entry| self.entries[entry["code"].as_str().unwrap()])
            .collect()
    }

    fn intake(&mut self) {
        for (code, entry) in &self.entries {
            self.events.push(Event::EntrySubmitted {
                entry: *entry,
                code: code.clone(),
                unit: None,
                category: "C1".to_owned(),
                content_hash: Hash32::of(code.as_bytes()).to_string(),
                revision: 1,
                timeliness: rules::contest::Timeliness::InTime,
            });
        }
        let withdrawn = Event::EntryMoved {
            entry: self.entries["SIM-24"],
            unit: None,
            from: EntryState::EligibilityCheck,
            step: EntryStep::Withdraw,
            reason: Some("tác giả rút trước hạn".to_owned()),
            rank: None,
            due: None,
            timeliness: rules::contest::Timeliness::InTime,
        };
        self.events.push(withdrawn);
    }

    /// Writes a round and returns who advances; the last round also proposes the prizes.
    fn round(
        &mut self,
        code: &str,
        ordinal: u32,
        entries: Vec<EntryId>,
        rule: Option<AdvanceRule>,
        prizes: &[PrizeTier],
    ) -> Vec<EntryId> {
        let round = RoundId(Uuid::from_u128(4 << 64 | u128::from(ordinal)));
        let rubric = rubric_r100_a();
        let ballot = if rule.is_none() {
            BallotKind::ScorecardsAndOrder
        } else {
            BallotKind::Scorecards
        };
        let policy = ScoringPolicy {
            ballot,
            ..ScoringPolicy::default()
        };
        let jury = self.file["judges"][code].as_array().unwrap().clone();
        let judges: Vec<UserId> = jury
            .iter()
            .map(|judge| self.judges[judge["code"].as_str().unwrap()])
            .collect();
        self.events.push(Event::RoundOpened {
            round,
            ordinal,
            code: code.to_owned(),
            frozen_hash: frozen_hash(&rubric, &policy).unwrap().to_string(),
            rubric: rubric.clone(),
            policy: policy.clone(),
            entries: entries.iter().map(|entry| (*entry, self.label(*entry))).collect(),
            judges: judges.iter().map(|judge| (*judge, seat())).collect(),
        });

        let mut input = RoundInput {
            entries,
            judges,
            scorecards: Vec::new(),
            orders: Vec::new(),
            decisions: Vec::new(),
        };
        for card in self.file["scorecards"][code].as_array().unwrap().clone() {
            input.scorecards.push(self.card(round, &card));
        }
        for deviation in self.file["deviations"][code].as_array().unwrap().clone() {
            if deviation["outcome"] == "KEPT_WITH_EXPLANATION" {
                self.deliberate(round, deviation["entry"].as_str().unwrap(), false);
            }
        }
        if policy.ballot.wants_order() {
            for judge in input.judges.clone() {
                let order = OrderList::strict(input.entries.iter().copied().filter(|entry| {
                    let recused = |card: &&Scorecard<EntryId, UserId>| {
                        card.entry == *entry
                            && card.judge == judge
                            && matches!(card.state, CardState::Recused { .. })
                    };
                    !input.scorecards.iter().any(|card| recused(&card))
                }));
                self.events.push(Event::OrderSubmitted {
                    round,
                    judge,
                    seat: seat(),
                    tiers: order.tiers.clone(),
                });
                input.orders.push(OrderBallot { judge, order });
            }
        }

        let tally = tally(&rubric, &policy, &input).unwrap();
        let result = rule.map(|rule| advance(&tally, &rule));
        let last = result.is_none();
        let (advanced, eliminated) = result.map(|it| (it.advanced, it.eliminated)).unwrap_or_default();
        self.events.push(Event::RoundLocked {
            round,
            tally_hash: tally.hash().unwrap().to_string(),
            ranking: tally.ranking(),
            advanced: advanced.clone(),
            eliminated,
            last,
        });
        if last {
            let allocation = allocate(&tally, prizes, policy.prize_floor, &[]);
            let awards = allocation
                .awards
                .into_iter()
                .map(|award| (award.entry, award.tier))
                .collect();
            self.events.push(Event::PrizesProposed { awards });
        }
        advanced
    }

    fn card(&mut self, round: RoundId, card: &Value) -> Scorecard<EntryId, UserId> {
        let code = card["entry"].as_str().unwrap();
        let (entry, judge) = (self.entries[code], self.judges[card["judge"].as_str().unwrap()]);
        let label = self.label(entry);
        let state = if card["status"] == "RECUSED" {
            let reason = card["reason"].as_str().unwrap().to_owned();
            let (label, seat, by_rule) = (label, seat(), true);
            self.events.push(Event::Recused {
                round,
                entry,
                label,
                judge,
                seat,
                reason: reason.clone(),
                by_rule,
            });
            CardState::Recused { reason }
        } else {
            let earlier = card["history"].as_array().cloned().unwrap_or_default();
            for version in &earlier {
                self.submitted(round, entry, judge, version);
            }
            if !earlier.is_empty() {
                self.deliberate(round, code, true);
                let (label, seat, reason) = (label, seat(), "chấm nhầm cột".to_owned());
                self.events.push(Event::ScorecardReopened {
                    round,
                    entry,
                    label,
                    judge,
                    seat,
                    reason,
                });
            }
            let (scores, version) = self.submitted(round, entry, judge, card);
            CardState::Submitted { scores, version }
        };
        Scorecard { entry, judge, state }
    }

    fn submitted(&mut self, round: RoundId, entry: EntryId, judge: UserId, card: &Value) -> (Scores, i64) {
        let scores: Scores = serde_json::from_value(card["scores"].clone()).unwrap();
        let version = card["version"].as_i64().unwrap();
        self.events.push(Event::ScorecardSubmitted {
            round,
            entry,
            label: self.label(entry),
            judge,
            seat: seat(),
            version,
            total: total(&scores),
            scores: scores.clone(),
            comment: "nhận xét".to_owned(),
        });
        (scores, version)
    }

    fn deliberate(&mut self, round: RoundId, code: &str, rescored: bool) {
        let entry = self.entries[code];
        let (label, spread) = (self.label(entry), Points::whole(25));
        self.events.push(Event::DeliberationOpened {
            round,
            entry,
            label: label.clone(),
            spread,
        });
        let explanation = "hội ý".to_owned();
        self.events.push(Event::DeliberationConcluded {
            round,
            entry,
            label,
            rescored,
            explanation,
            spread,
        });
    }

    fn awards(&self) -> Vec<(EntryId, String)> {
        let proposed = self.events.iter().find_map(|event| match event {
            Event::PrizesProposed { awards } => Some(awards.clone()),
            _ => None,
        });
        proposed.unwrap()
    }
}

fn seat() -> SeatLabel {
    SeatLabel("GK".to_owned())
}
