//! Setting a demo contest up as its organiser would, section by section.

use contract::Result;
use contract::account::ChangeRole;
use contract::contest::{AppointJudge, CreateContest, OpenContest, SaveSetup, SectionContent, SetupView};
use rules::account::{Actor, Role};
use rules::contest::{ContestSetup, Preset};
use rules::id::{ContestId, UnitId, UserId};

use super::cast::Cast;
use super::script::Script;
use crate::error::Fault;

/// What a contest starts from.
pub(super) struct NewContest<'a> {
    pub preset: Preset,
    pub code: &'a str,
    pub name: &'a str,
    pub year: i32,
    pub organiser_unit: UnitId,
    /// User name of the person who runs it.
    pub organiser: &'a str,
}

/// Creates a contest as the administrator and hands it to its organiser. Gives the address part.
pub(super) async fn create(
    script: &Script,
    cast: &Cast,
    new: NewContest<'_>,
    fictional: bool,
) -> Result<String> {
    let admin = cast.actor(script, "quantri").await?;
    let command = CreateContest {
        key: script.key(),
        preset: new.preset,
        code: new.code.to_owned(),
        name: new.name.to_owned(),
        year: new.year,
        organiser: new.organiser_unit,
    };
    let slug = script.services.contest.create(&admin, command).await?;
    let contest = contest_id(script, &slug).await?;
    if fictional {
        let tx = script.ctx.store.write(Some(contest)).await.fault()?;
        store::contest::mark_fictional(tx.conn(), contest).await.fault()?;
        tx.commit().await.fault()?;
    }
    grant(
        script,
        &admin,
        cast.id(new.organiser)?,
        Role::Organiser,
        contest,
        None,
    )
    .await?;
    if let Some(creator) = admin.user() {
        change_role(script, &admin, creator, Role::Organiser, contest, None, false).await?;
    }
    Ok(slug)
}

/// The id behind an address part.
pub(super) async fn contest_id(script: &Script, slug: &str) -> Result<ContestId> {
    store::contest::by_slug(script.ctx.store.read(), slug)
        .await
        .fault()?
        .map(|row| row.id)
        .ok_or(contract::Error::NotFound(contract::Kind::Contest))
}

/// Grants a role in a contest.
pub(super) async fn grant(
    script: &Script,
    admin: &Actor,
    user: UserId,
    role: Role,
    contest: ContestId,
    unit: Option<UnitId>,
) -> Result<()> {
    change_role(script, admin, user, role, contest, unit, true).await
}

async fn change_role(
    script: &Script,
    admin: &Actor,
    user: UserId,
    role: Role,
    contest: ContestId,
    unit: Option<UnitId>,
    granted: bool,
) -> Result<()> {
    let command = ChangeRole {
        key: script.key(),
        user,
        role,
        contest: Some(contest),
        unit,
        granted,
    };
    script.services.account.change_role(admin, command).await
}

/// Saves every section, as the wizard does.
pub(super) async fn save_all(
    script: &Script,
    organiser: &Actor,
    slug: &str,
    setup: ContestSetup,
) -> Result<()> {
    let sections = [
        SectionContent::Plan { plan: setup.plan },
        SectionContent::Categories {
            categories: setup.categories,
        },
        SectionContent::Timetable {
            timetable: setup.timetable,
        },
        SectionContent::Eligibility {
            eligibility: setup.eligibility,
            declaration: setup.declaration,
        },
        SectionContent::Rounds { rounds: setup.rounds },
        SectionContent::Prizes {
            prizes: setup.prizes,
            publish_scores: setup.publish_scores,
        },
    ];
    let mut view = view(script, organiser, slug).await?;
    for content in sections {
        let command = SaveSetup {
            key: script.key(),
            contest: view.contest,
            expected: view.version,
            content,
        };
        view.version = script.services.contest.save_setup(organiser, command).await?;
    }
    Ok(())
}

/// Appoints the jury of a round.
pub(super) async fn appoint(
    script: &Script,
    organiser: &Actor,
    slug: &str,
    round_index: usize,
    judges: &[(UserId, bool)],
) -> Result<()> {
    let view = view(script, organiser, slug).await?;
    let jury = view
        .juries
        .get(round_index)
        .ok_or(contract::Error::NotFound(contract::Kind::Round))?;
    for (user, chair) in judges {
        let command = AppointJudge {
            key: script.key(),
            round: jury.round,
            user: *user,
            chair: *chair,
        };
        script.services.contest.appoint_judge(organiser, command).await?;
    }
    Ok(())
}

/// Opens the contest.
pub(super) async fn open(script: &Script, organiser: &Actor, slug: &str) -> Result<()> {
    let view = view(script, organiser, slug).await?;
    let command = OpenContest {
        key: script.key(),
        contest: view.contest,
        expected: view.version,
    };
    script.services.contest.open(organiser, command).await
}

async fn view(script: &Script, organiser: &Actor, slug: &str) -> Result<SetupView> {
    script.services.contest.setup(organiser, slug.to_owned()).await
}
