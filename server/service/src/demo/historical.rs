//! QT-KKT-2021: a published result without scorecards. Titles and authors of the six winners are facts of the
//! source; no score, unit or category is added to them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use contract::Result;
use rules::contest::{
    Category, ContestPlan, ContestSetup, LegalBasis, Preset, RoundPlan, SignedDocument, preset,
};
use rules::results::PrizeTier;
use serde::Deserialize;

use super::cast::Cast;
use super::script::Script;
use super::units::{UnitIds, unit};
use crate::contest::{HistoricalEntry, HistoricalResult, enter_historical_result};
use crate::error::internal;

const FILE: &str = include_str!("../../demo/contest_qt2021.json");

/// Address part of the contest; its presence says that the demo is loaded.
pub const SLUG: &str = "qt-kkt-2021";

#[derive(Deserialize)]
struct File {
    contest: Head,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Head {
    code: String,
    name: String,
    organiser_unit: String,
    year: i32,
    legal_bases: Vec<String>,
    plan_document: Document,
    categories: Vec<Named>,
    rounds: Vec<Round>,
    prize_structure: Vec<Tier>,
    result_decision: Document,
    published_at: DateTime<FixedOffset>,
}

#[derive(Deserialize)]
struct Document {
    number: String,
    symbol: String,
    date: NaiveDate,
}

#[derive(Deserialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Round {
    code: String,
    name: String,
    jury_source: String,
}

#[derive(Deserialize)]
struct Tier {
    code: String,
    name: String,
    count: u32,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    title: String,
    authors: Vec<Author>,
    prize: Option<String>,
    fictional: bool,
}

#[derive(Deserialize)]
struct Author {
    display_name: String,
}

/// Enters the contest with its result.
pub(super) async fn load(script: &Script, units: &UnitIds, cast: &Cast) -> Result<()> {
    let file: File = serde_json::from_str(FILE).map_err(|error| internal(&error))?;
    let head = &file.contest;
    script.at(head.published_at.to_utc());
    let result = HistoricalResult {
        slug: SLUG.to_owned(),
        code: head.code.clone(),
        name: head.name.clone(),
        year: head.year,
        organiser: unit(units, &head.organiser_unit)?,
        setup: setup(head),
        decision: document(&head.result_decision),
        entries: file
            .entries
            .iter()
            .map(|entry| HistoricalEntry {
                code: entry.code.clone(),
                title: entry.title.clone(),
                authors: entry
                    .authors
                    .iter()
                    .map(|author| author.display_name.clone())
                    .collect(),
                prize: entry.prize.clone(),
                fictional: entry.fictional,
            })
            .collect(),
        published_at: head.published_at.to_utc(),
    };
    enter_historical_result(&script.ctx, cast.id("quantri")?, result)
        .await
        .map(|_| ())
}

fn document(document: &Document) -> SignedDocument {
    SignedDocument {
        number: document.number.clone(),
        symbol: document.symbol.clone(),
        issued_on: Some(document.date),
        signer: String::new(),
        signer_position: String::new(),
    }
}

fn setup(head: &Head) -> ContestSetup {
    let base = preset(Preset::Agency);
    let rounds = head
        .rounds
        .iter()
        .zip(&base.rounds)
        .map(|(round, plan)| RoundPlan {
            code: round.code.clone(),
            name: round.name.clone(),
            jury_source: round.jury_source.clone(),
            ..plan.clone()
        })
        .collect();
    ContestSetup {
        plan: ContestPlan {
            document: document(&head.plan_document),
            legal_bases: head
                .legal_bases
                .iter()
                .map(|text| LegalBasis { text: text.clone() })
                .collect(),
            ..base.plan
        },
        categories: head
            .categories
            .iter()
            .map(|category| Category {
                code: category.code.clone(),
                name: category.name.clone(),
                description: String::new(),
                medium_required: false,
            })
            .collect(),
        rounds,
        prizes: head
            .prize_structure
            .iter()
            .map(|tier| PrizeTier::new(&tier.code, &tier.name, tier.count))
            .collect(),
        ..base
    }
}
