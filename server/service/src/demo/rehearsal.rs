//! A rehearsal of the rush before a deadline: many invented authors, each with a draft ready to be submitted, written
//! through the services. For measuring; the contest carries `[Giả định]`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contract::Result;
use contract::entry::SubmitEntry;
use rules::account::Actor;
use rules::contest::{MilestoneCode, Preset};
use rules::entry::EntryScope;
use rules::id::{ContestId, EntryId, UnitId, UserId, Version};
use rules::time::{Timestamp, When};
use serde::Serialize;
use store::account::NewPerson;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::script::Script;
use super::setting_up::{self, NewContest};
use super::sim::{PRELIMINARY, Sim};
use super::sim_play;
use super::units::{SIM_ROOT, unit};
use super::writing::{self, NewEntry};
use super::{cast, units};
use crate::ctx::Ctx;
use crate::error::{Fault, internal};

/// A draft with everything in it but the act of submitting.
#[derive(Clone, Debug, Serialize)]
pub struct ReadyDraft {
    /// Secret of the author's session cookie.
    pub token: String,
    pub entry: EntryId,
    pub version: Version,
    #[serde(skip)]
    author: Actor,
}

/// What was prepared.
#[derive(Clone, Debug)]
pub struct Intake {
    contest: ContestId,
    /// Last moment of submission, on the contest's own clock.
    pub deadline: Timestamp,
    pub drafts: Vec<ReadyDraft>,
    /// How long writing each draft took: starting it and saving its four steps.
    pub writing: Vec<Duration>,
}

/// Opens a contest that takes entries until `deadline` and writes one complete draft for each of so many authors,
/// `at_once` at a time. The database must be empty.
///
/// # Errors
/// What a service answers; nothing of the rehearsal is expected to be refused.
pub async fn prepare(ctx: &Arc<Ctx>, authors: usize, deadline: Timestamp, at_once: usize) -> Result<Intake> {
    let script = Arc::new(Script::new(ctx));
    let (contest, homes) = open_contest(&script, deadline).await?;
    let people = store_people(&script, authors, &homes).await?;
    let (drafts, writing) = many(people, at_once, {
        let script = script.clone();
        move |(number, user, unit): (usize, UserId, UnitId)| {
            let script = script.clone();
            async move { write(&script, contest, number, user, unit).await }
        }
    })
    .await?;
    Ok(Intake {
        contest,
        deadline,
        drafts,
        writing,
    })
}

/// Sets the contest's own clock to `left` before its deadline, and gives the real time of the deadline.
///
/// # Errors
/// `Internal`.
pub async fn count_down(ctx: &Ctx, intake: &Intake, left: TimeDelta) -> Result<Timestamp> {
    let now = ctx.now();
    let tx = ctx.store.write(None).await.fault()?;
    store::contest::set_clock(tx.conn(), intake.contest, intake.deadline - left, now)
        .await
        .fault()?;
    tx.commit().await.fault()?;
    Ok(now + left)
}

/// Submits every draft through the services, `at_once` at a time, and gives how long each took.
///
/// # Errors
/// The first refusal; before the deadline there is none.
pub async fn submit_all(ctx: &Arc<Ctx>, drafts: Vec<ReadyDraft>, at_once: usize) -> Result<Vec<Duration>> {
    let services = crate::services(ctx.clone());
    let ctx = ctx.clone();
    let (_, took) = many(drafts, at_once, move |draft: ReadyDraft| {
        let (services, key) = (services.clone(), ctx.key());
        async move {
            let command = SubmitEntry {
                key,
                entry: draft.entry,
                expected: draft.version,
            };
            services.entry.submit(&draft.author, command).await.map(|_| ())
        }
    })
    .await?;
    Ok(took)
}

async fn open_contest(script: &Script, deadline: Timestamp) -> Result<(ContestId, Vec<UnitId>)> {
    let units = units::load(script).await?;
    let cast = cast::load(script, &units).await?;
    let sim = Sim::built_in();
    let new = NewContest {
        preset: Preset::Agency,
        code: "DT-NHAN-BAI",
        name: "[Giả định] Diễn tập nhận bài dự thi",
        year: sim.contest.year,
        organiser_unit: unit(&units, SIM_ROOT)?,
        organiser: "tochuc",
    };
    let slug = setting_up::create(script, &cast, new, true).await?;
    let mut setup = sim_play::setup(&sim, &units)?;
    for milestone in &mut setup.timetable.milestones {
        match milestone.code {
            MilestoneCode::SubmissionDeadline => milestone.when = When::Instant(deadline),
            MilestoneCode::AnnounceAndAward => {
                milestone.when = When::Day((deadline + TimeDelta::days(60)).date_naive());
            }
            _ => {}
        }
    }
    let rounds = setup.rounds.len();
    let organiser = cast.actor(script, "tochuc").await?;
    setting_up::save_all(script, &organiser, &slug, setup).await?;
    let jury: Result<Vec<_>> = sim
        .jury(PRELIMINARY)
        .iter()
        .map(|member| Ok((cast.id(&cast::judge(&member.code))?, member.chair)))
        .collect();
    let jury = jury?;
    for round in 0..rounds {
        setting_up::appoint(script, &organiser, &slug, round, &jury).await?;
    }
    setting_up::open(script, &organiser, &slug).await?;
    let contest = setting_up::contest_id(script, &slug).await?;
    let homes: Result<Vec<UnitId>> = sim
        .entries
        .iter()
        .map(|entry| unit(&units, &entry.unit_id))
        .collect();
    Ok((contest, homes?))
}

/// Stores the authors, without passwords: they come with a session.
async fn store_people(
    script: &Script,
    authors: usize,
    homes: &[UnitId],
) -> Result<Vec<(usize, UserId, UnitId)>> {
    let now = script.ctx.now();
    let tx = script.ctx.store.write(None).await.fault()?;
    let mut people = Vec::with_capacity(authors);
    for (number, home) in (1..=authors).zip(homes.iter().cycle()) {
        let id = script.ctx.id::<UserId>();
        let new = NewPerson {
            id,
            user_name: format!("dt.tacgia{number:04}"),
            email: None,
            full_name: format!("Tác giả Giả Định {number:04}"),
            position: "Công chức".to_owned(),
            unit: Some(*home),
            password_hash: None,
        };
        store::account::insert_person(tx.conn(), new, now).await.fault()?;
        people.push((number, id, *home));
    }
    tx.commit().await.fault()?;
    Ok(people)
}

async fn write(
    script: &Script,
    contest: ContestId,
    number: usize,
    user: UserId,
    unit: UnitId,
) -> Result<ReadyDraft> {
    let author = script.actor(user).await?;
    let title = format!("[Giả định] Giải pháp diễn tập số {number}");
    let new = NewEntry {
        title: &title,
        category: "C1",
        scope: EntryScope::Unit,
        lead: user,
        unit,
        unit_name: "",
        authors: vec![(format!("Tác giả Giả Định {number:04}"), None)],
    };
    let (entry, version) = writing::draft(script, &author, contest, &new, true).await?;
    let session = script
        .services
        .account
        .sign_in_as(&Actor::Anonymous, user)
        .await?;
    Ok(ReadyDraft {
        token: session.token,
        entry,
        version,
        author,
    })
}

/// Does the work for every item, at most `at_once` at a time on all cores; gives the results in the items' order and
/// how long each took.
async fn many<T, R, F>(
    items: Vec<T>,
    at_once: usize,
    work: impl Fn(T) -> F,
) -> Result<(Vec<R>, Vec<Duration>)>
where
    R: Send + 'static,
    F: Future<Output = Result<R>> + Send + 'static,
{
    let slots = Arc::new(Semaphore::new(at_once.max(1)));
    let mut tasks = JoinSet::new();
    for (index, item) in items.into_iter().enumerate() {
        let (slots, work) = (slots.clone(), work(item));
        tasks.spawn(async move {
            let _slot = slots.acquire_owned().await.map_err(|closed| internal(&closed))?;
            let begun = Instant::now();
            let done = work.await?;
            Ok::<_, contract::Error>((index, done, begun.elapsed()))
        });
    }
    let mut done = Vec::with_capacity(tasks.len());
    while let Some(task) = tasks.join_next().await {
        done.push(task.map_err(|panic| internal(&panic))??);
    }
    done.sort_by_key(|(index, ..)| *index);
    Ok(done.into_iter().map(|(_, result, took)| (result, took)).unzip())
}
