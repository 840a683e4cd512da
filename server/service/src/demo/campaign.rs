//! PT-2023 in the middle of its campaign: the facts of the plan are those of the source; every entry, author and state
//! is invented and labelled.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate};
use contract::Result;
use contract::entry::{ForwardEntries, KeepBack, ReturnEntry, WithdrawEntry};
use rules::account::{Actor, Role};
use rules::contest::{Category, ContestSetup, Milestone, MilestoneCode, Preset, SignedDocument, preset};
use rules::entry::{EntryField, EntryScope, StatementSection};
use rules::id::{ContestId, EntryId, UnitId, Version};
use rules::points::Points;
use rules::time::{Timestamp, When};
use rules::unit::ReturnNote;
use serde::Deserialize;

use super::cast::{Cast, campaign_author, coordinator};
use super::script::Script;
use super::setting_up::{self, NewContest};
use super::units::{UnitIds, unit};
use super::writing::{self, NewEntry};
use crate::error::{Fault, internal};

const CAMPAIGN: &str = include_str!("../../demo/contest_pt2023.json");

/// The category of software, whose entries carry their medium.
const IT_CATEGORY: &str = "PT-C4";

/// The campaign's file, as far as the demo reads it.
#[derive(Deserialize)]
pub struct Campaign {
    contest: Head,
    snapshot_as_of: DateTime<FixedOffset>,
    pub entries: Vec<CampaignEntry>,
}

#[derive(Deserialize)]
struct Head {
    code: String,
    name: String,
    organiser_unit: String,
    year: i32,
    plan_document: Document,
    categories: Vec<Named>,
}

#[derive(Deserialize)]
struct Document {
    number: String,
    symbol: String,
    date: NaiveDate,
    signed_by_role: String,
}

#[derive(Deserialize)]
struct Named {
    code: String,
    name: String,
}

/// An invented entry.
#[derive(Deserialize)]
pub struct CampaignEntry {
    pub code: String,
    title: String,
    category: String,
    pub unit_id: String,
    scope: String,
    pub authors: Vec<CampaignAuthor>,
    state_on_snapshot: Snapshot,
}

/// An invented author.
#[derive(Deserialize)]
pub struct CampaignAuthor {
    pub display_name: String,
    contribution_percent: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Snapshot {
    Draft,
    SubmittedToUnit,
    UnitScreening,
    ReturnedForSupplement,
    NotSelectedByUnit,
    Forwarded,
    Withdrawn,
}

impl Campaign {
    /// The file that comes with the product.
    ///
    /// # Errors
    /// `Internal` where the file has another shape.
    pub fn built_in() -> Result<Self> {
        serde_json::from_str(CAMPAIGN).map_err(|error| internal(&error))
    }

    /// Units with entries.
    pub fn unit_codes(&self) -> BTreeSet<String> {
        self.entries.iter().map(|entry| entry.unit_id.clone()).collect()
    }
}

/// Plays the campaign up to its snapshot. From then on the contest's own clock runs on from the snapshot, so that it
/// stays in the middle of its campaign however late the demo is looked at.
pub(super) async fn load(script: &Script, units: &UnitIds, cast: &Cast) -> Result<()> {
    let campaign = Campaign::built_in()?;
    let launch = campaign.contest.plan_document.date;
    script.at(local(launch, 8));
    let slug = setting_up::create(
        script,
        cast,
        NewContest {
            preset: Preset::District,
            code: &campaign.contest.code,
            name: &campaign.contest.name,
            year: campaign.contest.year,
            organiser_unit: unit(units, &campaign.contest.organiser_unit)?,
            organiser: "pt.tochuc",
        },
        false,
    )
    .await?;
    let contest = setting_up::contest_id(script, &slug).await?;
    let admin = cast.actor(script, "quantri").await?;
    for code in campaign.unit_codes() {
        let id = cast.id(&coordinator(&code))?;
        let unit = unit(units, &code)?;
        setting_up::grant(script, &admin, id, Role::UnitCoordinator, contest, Some(unit)).await?;
    }
    let organiser = cast.actor(script, "pt.tochuc").await?;
    setting_up::save_all(
        script,
        &organiser,
        &slug,
        setup(&campaign, unit(units, &campaign.contest.organiser_unit)?),
    )
    .await?;
    for (index, round) in ["SL", "CK"].into_iter().enumerate() {
        // The source names no judges; the fictional jury of SIM-2025 stands in, so that the contest can be opened.
        let judges = super::sim::Sim::built_in().jury(round);
        let judges: Result<Vec<_>> = judges
            .iter()
            .map(|judge| Ok((cast.id(&super::cast::judge(&judge.code))?, judge.chair)))
            .collect();
        setting_up::appoint(script, &organiser, &slug, index, &judges?).await?;
    }
    setting_up::open(script, &organiser, &slug).await?;
    for (index, entry) in campaign.entries.iter().enumerate() {
        let days = 20 + 3 * index as i64;
        let begun = local(launch + Duration::days(days), 9) + Duration::minutes(7 * index as i64);
        play(script, units, cast, contest, entry, begun).await?;
    }
    let snapshot = campaign.snapshot_as_of.to_utc();
    let tx = script.ctx.store.write(Some(contest)).await.fault()?;
    store::contest::set_clock(tx.conn(), contest, snapshot, script.real.now())
        .await
        .fault()?;
    tx.commit().await.fault()?;
    Ok(())
}

/// The set-up as the plan states it; what it leaves open (rounds, rubric, prizes) is the product's default.
fn setup(campaign: &Campaign, root: UnitId) -> ContestSetup {
    let mut setup = preset(Preset::District);
    let document = &campaign.contest.plan_document;
    setup.plan.document = SignedDocument {
        number: document.number.clone(),
        symbol: document.symbol.clone(),
        issued_on: Some(document.date),
        signer: String::new(),
        signer_position: document.signed_by_role.clone(),
    };
    setup.plan.organisers = "Ủy ban nhân dân huyện Phú Tân; cơ quan thường trực: Phòng Nội vụ.".to_owned();
    setup.categories = campaign
        .contest
        .categories
        .iter()
        .map(|category| Category {
            code: category.code.clone(),
            name: category.name.clone(),
            description: String::new(),
            medium_required: category.code == IT_CATEGORY,
        })
        .collect();
    setup.eligibility.units = vec![root];
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or(document.date);
    setup.timetable.milestones = vec![
        Milestone {
            code: MilestoneCode::Launch,
            when: When::Day(document.date),
            note: String::new(),
        },
        Milestone {
            code: MilestoneCode::UnitForwardDeadline,
            when: When::EndOfDay(day(2023, 10, 13)),
            note: String::new(),
        },
        Milestone {
            code: MilestoneCode::MarkingDone,
            when: When::MonthPart {
                year: 2023,
                month: 11,
                part: rules::time::MonthPart::Late,
            },
            note: String::new(),
        },
        Milestone {
            code: MilestoneCode::AnnounceAndAward,
            when: When::Month {
                year: 2023,
                month: 12,
            },
            note: String::new(),
        },
    ];
    setup
}

/// An instant of a day in Vietnam.
fn local(day: NaiveDate, hour: u32) -> Timestamp {
    day.and_hms_opt(hour, 0, 0)
        .map_or_else(Timestamp::default, |time| time.and_utc() - Duration::hours(7))
}

/// One entry, from its first draft to where the snapshot shows it.
async fn play(
    script: &Script,
    units: &UnitIds,
    cast: &Cast,
    contest: ContestId,
    entry: &CampaignEntry,
    begun: Timestamp,
) -> Result<()> {
    script.at(begun);
    let lead = cast.id(&campaign_author(&entry.code))?;
    let author = script.actor(lead).await?;
    let home = unit(units, &entry.unit_id)?;
    let complete = entry.state_on_snapshot != Snapshot::Draft;
    let new = NewEntry {
        title: &entry.title,
        category: &entry.category,
        scope: if entry.scope == "UNIT" {
            EntryScope::Unit
        } else {
            EntryScope::Wide
        },
        lead,
        unit: home,
        unit_name: "",
        authors: entry
            .authors
            .iter()
            .map(|author| {
                (
                    author.display_name.clone(),
                    Some(Points(author.contribution_percent * 100)),
                )
            })
            .collect(),
    };
    let (id, _) = writing::draft(script, &author, contest, &new, complete).await?;
    if !complete {
        return Ok(());
    }
    if entry.category == IT_CATEGORY {
        writing::attach_picture(script, &author, id).await?;
    }
    script.at(begun + Duration::hours(2));
    let version = script.services.entry.draft(&author, id).await?.version;
    writing::submit(script, &author, id, version).await?;
    script.at(begun + Duration::hours(26));
    let coordinator = cast.actor(script, &coordinator(&entry.unit_id)).await?;
    reach(
        script,
        contest,
        home,
        entry.state_on_snapshot,
        id,
        (&author, &coordinator),
    )
    .await
}

/// What the demo's units ask to be mended.
fn return_notes() -> Vec<ReturnNote> {
    let note = |section, text: &str| ReturnNote {
        field: EntryField::Section(section),
        text: text.to_owned(),
    };
    vec![
        note(
            StatementSection::Effect,
            "[Giả định] Ghi rõ cách tính số giờ và chi phí tiết kiệm được.",
        ),
        note(
            StatementSection::Applicability,
            "[Giả định] Nêu đơn vị đã áp dụng thử và thời gian áp dụng.",
        ),
    ]
}

/// From the unit's desk to the state of the snapshot.
async fn reach(
    script: &Script,
    contest: ContestId,
    home: UnitId,
    state: Snapshot,
    entry: EntryId,
    (author, coordinator): (&Actor, &Actor),
) -> Result<()> {
    let services = &script.services;
    // A coordinator's first look starts the screening.
    let looked = matches!(
        state,
        Snapshot::UnitScreening
            | Snapshot::ReturnedForSupplement
            | Snapshot::NotSelectedByUnit
            | Snapshot::Forwarded
    );
    let expected: Version = if looked {
        services.entry.detail(coordinator, entry).await?.line.version
    } else {
        services.entry.receipt(author, entry).await?.version
    };
    let key = script.key();
    match state {
        Snapshot::Draft | Snapshot::SubmittedToUnit | Snapshot::UnitScreening => Ok(()),
        Snapshot::ReturnedForSupplement => {
            let reason =
                "[Giả định] Đề nghị bổ sung cách tính hiệu quả và số liệu trước, sau khi áp dụng.".to_owned();
            services
                .entry
                .return_entry(
                    coordinator,
                    ReturnEntry {
                        key,
                        entry,
                        expected,
                        reason,
                        due: None,
                        notes: return_notes(),
                    },
                )
                .await
        }
        Snapshot::NotSelectedByUnit => {
            let reason = "[Giả định] Nội dung trùng với giải pháp đơn vị đã áp dụng.".to_owned();
            services
                .entry
                .keep_back(
                    coordinator,
                    KeepBack {
                        key,
                        entry,
                        expected,
                        reason,
                    },
                )
                .await
        }
        Snapshot::Forwarded => {
            let command = ForwardEntries {
                key,
                contest,
                unit: home,
                // one at a time, as the snapshot tells nothing of lists
                order: Version(0),
                entries: vec![(entry, expected)],
                reserves: Vec::new(),
            };
            services.entry.forward(coordinator, command).await.map(|_| ())
        }
        Snapshot::Withdrawn => {
            let reason = "[Giả định] Tác giả rút bài để hoàn thiện thêm.".to_owned();
            services
                .entry
                .withdraw(
                    author,
                    WithdrawEntry {
                        key,
                        entry,
                        expected,
                        reason,
                    },
                )
                .await
        }
    }
}
