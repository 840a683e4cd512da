//! One table: every server function × role × phase. A function that is registered but missing here, or listed here but
//! gone, fails; so does any answer that disagrees with the permission table of `rules`.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use rules::account::{Action, Actor, may};
use rules::contest::ContestPhase;
use rules::entry::{Invitation, InvitationState};
use rules::id::Version;
use serde_json::{Value, json};
use store::author::InvitationRow;

use super::site::{Input, Site};

/// A demo persona for each role, and nobody.
const PERSONAS: [Option<&str>; 9] = [
    None,
    Some("tacgia05"),
    Some("pt.phumy"),
    Some("tochuc"),
    Some("gksl2"),
    Some("gksl1"),
    Some("lanhdao"),
    Some("quantri"),
    Some("thanhtra"),
];

/// What the calls are about: ids of SIM-2025.
struct World {
    contest: String,
    round: String,
    label: String,
    entry: String,
    unit: String,
    person: String,
    /// Secret of the link of an invitation that was taken back: answering it changes nothing.
    token: String,
}

/// A fresh key, so that no call is a repeat of another.
#[expect(
    clippy::disallowed_methods,
    reason = "a key is a client's to make, and this test is one"
)]
pub fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A version nothing ever has: a permitted write ends in a conflict and changes nothing.
const STALE: i64 = 999_999;

/// The function's action and a well-formed input. `None` for a function that does not exist.
#[expect(
    clippy::too_many_lines,
    reason = "one row a function: the table is read from top to bottom"
)]
fn row(path: &str, world: &World) -> Option<(Action, Input)> {
    let World {
        contest,
        round,
        label,
        entry,
        unit,
        ..
    } = world;
    let key = key();
    let form = |text: String| Input::Form(text);
    let none = || Input::Form(String::new());
    let slug = || Input::Form("slug=sim-2025".to_owned());
    let row = match path {
        "/api/account/session" => (Action::ListContests, none()),
        "/api/account/sign_in_page" => (Action::SignIn, none()),
        "/api/account/sign_in" => (
            Action::SignIn,
            form("cmd[login]=nobody&cmd[password]=wrong-password".into()),
        ),
        "/api/account/sign_in_as" => (Action::SignIn, form(format!("persona={key}"))),
        // Ends the caller's own session, so it is asked with a cookie of its own in a test of its own.
        "/api/account/sign_out" | "/api/account/sign_out_everywhere" => (Action::SignOut, none()),
        "/api/account/change_password" => (
            Action::ChangePassword,
            form("cmd[current]=wrong&cmd[new]=short".into()),
        ),
        "/api/account/people" => (Action::ManagePeople, form("query=".into())),
        "/api/account/create_person" => (
            Action::ManagePeople,
            form(format!(
                "cmd[key]={key}&cmd[user_name]=x&cmd[email]=&cmd[full_name]=&cmd[position]=&cmd[unit]=&cmd[password]=x"
            )),
        ),
        "/api/account/change_role" => (
            Action::ManagePeople,
            form(format!(
                "cmd[key]={key}&cmd[user]={key}&cmd[role]=reader&cmd[contest]={contest}&cmd[unit]=&cmd[granted]=true"
            )),
        ),
        "/api/message/inbox" => (Action::SeeOwnMessages, form("query[page]=1".into())),
        "/api/message/unread" => (Action::SeeOwnMessages, none()),
        "/api/message/mark_read" => (
            Action::SeeOwnMessages,
            form("cmd[until]=2020-01-01T00:00:00Z".into()),
        ),
        "/api/message/deliveries" => (Action::SeeDeliveries, form("slug=sim-2025&page=1".into())),
        "/api/message/resend" => (
            Action::ResendMail,
            form(format!("cmd[key]={key}&cmd[contest]={contest}")),
        ),
        "/api/contest/home" => (Action::ListContests, none()),
        "/api/contest/public_contest" => (Action::SeePublicContest, slug()),
        "/api/results/public_result" => (Action::SeeResult, slug()),
        "/api/entry/own_entries" => (Action::SeeOwnEntries, none()),
        "/api/entry/start" => (
            Action::StartEntry,
            form(format!("cmd[key]={key}&cmd[contest]={contest}")),
        ),
        "/api/entry/draft" | "/api/entry/receipt" => (Action::SeeOwnEntries, form(format!("entry={entry}"))),
        "/api/entry/find_authors" => (Action::SeeOwnEntries, form("query=a".into())),
        "/api/entry/save_draft" => (
            Action::EditEntry,
            Input::Json(json!({"cmd": {"key": key, "entry": entry, "expected": STALE,
                "content": {"step": "declaration", "accepted": null}}})),
        ),
        "/api/entry/post_step" => (
            Action::EditEntry,
            form(format!(
                "form[key]={key}&form[entry]={entry}&form[expected]={STALE}&form[step]=declaration"
            )),
        ),
        "/api/entry/remove_attachment" => (
            Action::EditEntry,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[attachment]={key}&cmd[expected]={STALE}"
            )),
        ),
        "/api/file/promise_copy" => (
            Action::EditEntry,
            form(format!("cmd[key]={key}&cmd[entry]={entry}&cmd[promised]=true")),
        ),
        "/api/file/receive_copy" => (
            Action::DecideEligibility,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}&cmd[received]=true"
            )),
        ),
        "/api/entry/submit" => (
            Action::SubmitEntry,
            form(format!("cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}")),
        ),
        "/api/entry/withdraw" => (
            Action::WithdrawEntry,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}&cmd[reason]=x"
            )),
        ),
        "/api/author/invite" => (
            Action::InviteCoAuthor,
            Input::Json(json!({"cmd": {"key": key, "entry": entry, "expected": STALE,
                "invitee": {"by": "email", "full_name": "x", "email": "x@example.vn"}}})),
        ),
        "/api/author/withdraw_invitation" => (
            Action::InviteCoAuthor,
            Input::Json(json!({"cmd": {"key": key, "entry": entry, "invitation": key, "expected": STALE}})),
        ),
        "/api/author/invitation" => (Action::SeeInvitation, form(format!("token={}", world.token))),
        "/api/author/answer_invitation" => (
            Action::AnswerInvitation,
            form(format!(
                "cmd[key]={key}&cmd[token]={}&cmd[expected]={STALE}&cmd[accepted]=true",
                world.token
            )),
        ),
        "/api/author/own_invitations" => (Action::SeeOwnEntries, none()),
        "/api/author/answer_own_invitation" => (
            Action::AnswerOwnInvitation,
            form(format!(
                "cmd[key]={key}&cmd[invitation]={key}&cmd[expected]={STALE}&cmd[accepted]=true"
            )),
        ),
        "/api/entry/detail" => (Action::SeeEligibilityDesk, form(format!("entry={entry}"))),
        "/api/entry/return_entry" => (
            Action::ScreenEntry,
            form(format!(
                "form[key]={key}&form[entry]={entry}&form[expected]={STALE}&form[reason]=x&form[due]="
            )),
        ),
        "/api/entry/keep_back" => (
            Action::ScreenEntry,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}&cmd[reason]=x"
            )),
        ),
        "/api/entry/forward" => (
            Action::ForwardEntries,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[unit]={unit}&form[expected]={STALE}\
                 &form[entries][0]={entry}={STALE}"
            )),
        ),
        "/api/entry/eligibility_desk" => (
            Action::SeeEligibilityDesk,
            form("slug=sim-2025&filter[query]=&filter[page]=1".into()),
        ),
        "/api/entry/decide_eligibility" => (
            Action::DecideEligibility,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}&cmd[accepted]=true&cmd[reason]="
            )),
        ),
        // Permitted, it answers that the codes are assigned already.
        "/api/entry/assign_blind_codes" => (
            Action::AssignBlindCodes,
            form(format!("cmd[key]={key}&cmd[contest]={contest}")),
        ),
        "/api/deadline/extensions" => (Action::SeeExtensions, form("slug=sim-2025&query[query]=".into())),
        "/api/deadline/give_extension" => (
            Action::GrantExtension,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[entry]={entry}\
                 &form[date]=2030-01-01&form[time]=&form[reason]=x"
            )),
        ),
        "/api/deadline/withdraw_extension" => (
            Action::GrantExtension,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[extension]={key}&form[reason]=x"
            )),
        ),
        "/api/deadline/take_up" => (
            Action::TakeUpEntry,
            form(format!("cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}")),
        ),
        "/api/deadline/drop_changes" => (
            Action::TakeUpEntry,
            form(format!("cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}")),
        ),
        "/api/deadline/versions" => (
            Action::SeeVersions,
            form(format!("entry={entry}&older=1&newer=2")),
        ),
        // Nobody learns of a receipt whose code and check they do not hold.
        "/api/deadline/receipt_status" => (Action::CheckReceipt, form("token=SIM-2025-001-00000000".into())),
        "/api/judging/board" => (Action::WatchBoard, slug()),
        "/api/judging/queues" => (Action::SeeOwnAccount, none()),
        "/api/judging/queue" => (Action::SeeQueue, form(format!("round={round}"))),
        "/api/judging/confirm_principles" => (
            Action::ConfirmPrinciples,
            form(format!("cmd[key]={key}&cmd[round]={round}")),
        ),
        "/api/judging/judge_entry" => (
            Action::SeeBlindEntry,
            form(format!("round={round}&label={label}")),
        ),
        "/api/judging/save_scorecard" | "/api/judging/submit_scorecard" => (
            Action::Score,
            Input::Json(
                json!({"cmd": {"key": key, "round": round, "label": label, "expected": STALE, "scores": {},
                "comment": ""}}),
            ),
        ),
        "/api/judging/post_scorecard" => (
            Action::Score,
            form(format!(
                "form[key]={key}&form[round]={round}&form[label]={label}&form[expected]={STALE}&form[act]=save"
            )),
        ),
        "/api/judging/declare_conflict" => (
            Action::DeclareConflict,
            form(format!(
                "cmd[key]={key}&cmd[round]={round}&cmd[label]={label}&cmd[expected]={STALE}&cmd[reason]=x"
            )),
        ),
        "/api/judging/order" => (Action::SeeQueue, form(format!("round={round}"))),
        "/api/judging/put_order" => (
            Action::RankEntries,
            Input::Json(
                json!({"cmd": {"key": key, "round": round, "expected": STALE, "tiers": [], "submit": false}}),
            ),
        ),
        "/api/judging/post_order" => (
            Action::RankEntries,
            form(format!(
                "form[key]={key}&form[round]={round}&form[expected]={STALE}&form[order]=&form[act]=save"
            )),
        ),
        "/api/judging/round_desk" => (Action::SeeRoundDesk, form(format!("round={round}"))),
        "/api/judging/open_round" => (
            Action::OpenRound,
            form(format!("cmd[key]={key}&cmd[round]={round}")),
        ),
        "/api/judging/open_deliberation" => (
            Action::Deliberate,
            form(format!(
                "form[key]={key}&form[round]={round}&form[label]={label}&form[reason]=x"
            )),
        ),
        "/api/judging/conclude_deliberation" => (
            Action::Deliberate,
            form(format!(
                "cmd[key]={key}&cmd[round]={round}&cmd[label]={label}&cmd[explanation]=x"
            )),
        ),
        "/api/judging/decide_tie" => (
            Action::DecideTie,
            form(format!(
                "form[key]={key}&form[round]={round}&form[order][0]={label}&form[reason]=x"
            )),
        ),
        "/api/judging/lock_round" => (
            Action::LockRound,
            form(format!("cmd[key]={key}&cmd[round]={round}&cmd[expected]={STALE}")),
        ),
        "/api/results/desk" => (Action::SeeResultsDesk, slug()),
        "/api/results/propose_prizes" => (
            Action::ProposePrizes,
            form(format!(
                "cmd[key]={key}&cmd[contest]={contest}&cmd[expected]={STALE}"
            )),
        ),
        _ => {
            return unit_desk(path, world, &key)
                .or_else(|| registering(path, world, &key))
                .or_else(|| managing(path, world, &key));
        }
    };
    Some(row)
}

/// The unit's desk and the organiser's list of units.
fn unit_desk(path: &str, world: &World, key: &str) -> Option<(Action, Input)> {
    let World {
        contest, entry, unit, ..
    } = world;
    let form = |text: String| Input::Form(text);
    Some(match path {
        "/api/unit/desk" => (Action::SeeUnitBoard, form(format!("slug=sim-2025&unit={unit}"))),
        "/api/unit/save_order" => (
            Action::ForwardEntries,
            Input::Json(
                json!({"cmd": {"key": key, "contest": contest, "unit": unit, "expected": STALE,
                "order": {"selected": [entry], "reserves": []}}}),
            ),
        ),
        "/api/unit/post_list" => (
            Action::ForwardEntries,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[unit]={unit}&form[expected]={STALE}\
                 &form[order]={entry}&form[act]=save"
            )),
        ),
        "/api/unit/take_up" => (
            Action::ScreenEntry,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[expected]={STALE}&cmd[reason]=x"
            )),
        ),
        "/api/unit/returns" => (Action::SeeOwnEntries, form(format!("entry={entry}"))),
        "/api/unit/mend" => (
            Action::EditEntry,
            form(format!(
                "cmd[key]={key}&cmd[entry]={entry}&cmd[revision]={STALE}&cmd[ordinal]=1&cmd[mended]=true"
            )),
        ),
        "/api/unit/slip" => (Action::SeeUnitBoard, form(format!("slip={key}"))),
        "/api/unit/units" => (
            Action::SeeEligibilityDesk,
            form("slug=sim-2025&filter[query]=&filter[page]=1".into()),
        ),
        _ => return None,
    })
}

/// The organiser's register.
fn registering(path: &str, world: &World, key: &str) -> Option<(Action, Input)> {
    let World {
        contest, entry, unit, ..
    } = world;
    let form = |text: String| Input::Form(text);
    Some(match path {
        "/api/register/checklist" => (Action::SeeControlRoom, form("slug=sim-2025".into())),
        "/api/register/set_checklist" => (
            Action::SetChecklist,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[expected]={STALE}"
            )),
        ),
        "/api/register/check" | "/api/register/similar" => {
            (Action::SeeEligibilityDesk, form(format!("entry={entry}")))
        }
        "/api/register/check_entry" => (
            Action::DecideEligibility,
            form(format!(
                "form[key]={key}&form[entry]={entry}&form[expected]={STALE}&form[entry_version]={STALE}\
                 &form[checklist_version]={STALE}&form[answer][form]=yes"
            )),
        ),
        // Permitted, it answers that nothing was checked.
        "/api/register/accept_checked" => (
            Action::DecideEligibility,
            form(format!("cmd[key]={key}&cmd[contest]={contest}")),
        ),
        "/api/register/paper" => (Action::RegisterEntry, form("slug=sim-2025".into())),
        // Permitted, it answers that there is no title.
        "/api/register/register_entry" => (
            Action::RegisterEntry,
            form(format!(
                "form[key]={key}&form[contest]={contest}&form[slug]=sim-2025&form[unit]={unit}\
                 &form[received_at]=2020-01-01T08:00&form[channel]=paper"
            )),
        ),
        "/api/register/import_view" => (
            Action::ImportEntries,
            Input::Json(
                json!({"query": {"kind": "entries", "contest": "sim-2025", "file": null,
                "choice": {"columns": [], "convert_legacy": false}, "page": 1}}),
            ),
        ),
        // Everybody signed in has tables of their own, and this is nobody's.
        "/api/register/import" => (
            Action::SeeOwnAccount,
            form(format!(
                "form[key]={key}&form[file]={key}&form[act]=all&form[back]=/people/import"
            )),
        ),
        // By a link that nobody has.
        "/api/register/password_link" => (Action::SignIn, form(format!("token={key}"))),
        "/api/register/set_first_password" => (
            Action::SignIn,
            form(format!("token={key}&password=mat-khau-du-dai")),
        ),
        _ => return None,
    })
}

/// The organiser's set-up and control room.
fn managing(path: &str, world: &World, key: &str) -> Option<(Action, Input)> {
    let World {
        contest,
        round,
        unit,
        person,
        ..
    } = world;
    let form = |text: String| Input::Form(text);
    Some(match path {
        "/api/account/own_account" => (Action::SeeOwnAccount, form(String::new())),
        "/api/contest/managed" => (Action::ListManagedContests, form(String::new())),
        "/api/contest/new_contest" => (Action::SeeOwnAccount, form(String::new())),
        "/api/contest/setup" => (Action::SeeSetup, form("slug=sim-2025".into())),
        "/api/paper/blind_check" => (Action::SeeEligibilityDesk, form("slug=sim-2025&page=1".into())),
        "/api/contest/control_room" => (Action::SeeControlRoom, form("slug=sim-2025".into())),
        "/api/contest/find_judges" => (Action::SeeOwnAccount, form("query=a".into())),
        "/api/contest/create" => (
            Action::CreateContest,
            form(format!(
                "cmd[key]={key}&cmd[preset]=blank&cmd[code]=&cmd[name]=&cmd[year]=2026&cmd[organiser]={unit}"
            )),
        ),
        "/api/contest/save_section" => (
            Action::SaveSetup,
            form(format!(
                "form[key]={key}&form[slug]=sim-2025&form[expected]={STALE}&form[section]=plan"
            )),
        ),
        "/api/contest/open" => (
            Action::OpenContest,
            form(format!(
                "cmd[key]={key}&cmd[contest]={contest}&cmd[expected]={STALE}&slug=sim-2025"
            )),
        ),
        "/api/contest/appoint_judge" => (
            Action::AppointJury,
            form(format!(
                "cmd[key]={key}&cmd[round]={round}&cmd[user]={person}&cmd[chair]=false"
            )),
        ),
        "/api/contest/remove_judge" => (
            Action::AppointJury,
            form(format!("cmd[key]={key}&cmd[round]={round}&cmd[user]={key}")),
        ),
        _ => return None,
    })
}

async fn world(site: &Site) -> World {
    let db = site.app.ctx.store.read();
    let contest = store::contest::by_slug(db, "sim-2025")
        .await
        .expect("reads")
        .expect("the demo's contest");
    let rounds = store::contest::rounds(db, contest.id).await.expect("reads");
    let round = rounds.first().expect("a round").id;
    let labels = store::judging::labels(db, round).await.expect("reads");
    let (entry, label) = labels.first().expect("an entry").clone();
    let token = "a1".repeat(32);
    let row = store::entry::find(db, entry)
        .await
        .expect("reads")
        .expect("the entry");
    let now = site.app.ctx.now();
    let invitation = InvitationRow {
        entry,
        invited_by: row.created_by,
        created_at: now,
        invitation: Invitation {
            id: site.app.ctx.id(),
            version: Version::FIRST,
            person: None,
            email: Some("x@example.vn".to_owned()),
            full_name: "Tác giả".to_owned(),
            state: InvitationState::Withdrawn,
            sendings: 1,
            sent_at: now,
            answered_at: None,
            expires_at: now,
        },
    };
    let hash = rules::ledger::Hash32::of(token.as_bytes()).to_string();
    store::author::insert(db, &invitation, hash)
        .await
        .expect("stored");
    let units = store::account::units(db).await.expect("reads");
    let people = store::account::find_people(db, "tacgia07", 1)
        .await
        .expect("reads")
        .0;
    World {
        contest: contest.id.to_string(),
        round: round.to_string(),
        label: label.0,
        entry: entry.to_string(),
        unit: units.first().expect("a unit").id.to_string(),
        person: people.first().expect("an author").id.to_string(),
        token,
    }
}

/// Functions that are not about a contest: the phase does not matter to them.
fn without_contest(action: Action) -> bool {
    matches!(
        action,
        Action::SignIn
            | Action::SignOut
            | Action::SeeOwnAccount
            | Action::ChangePassword
            | Action::ManagePeople
            | Action::ListContests
            | Action::ListManagedContests
            | Action::CreateContest
            | Action::SeeOwnEntries
            | Action::SeeOwnMessages
    )
}

#[tokio::test]
async fn every_server_function_stands_in_the_table() {
    let site = Site::demo().await;
    let world = world(&site).await;
    let registered: BTreeSet<String> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    let missing: Vec<&String> = registered
        .iter()
        .filter(|path| row(path, &world).is_none())
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "functions without a row");
}

#[tokio::test]
async fn every_function_role_and_phase_agrees_with_the_permission_table() {
    let site = Site::demo().await;
    let world = world(&site).await;
    let contest = world.contest.parse().expect("an id");
    let mut people = Vec::new();
    for persona in PERSONAS {
        let (cookie, actor) = match persona {
            None => (None, Actor::Anonymous),
            Some(name) => {
                let cookie = site.cookie(name).await;
                let token = cookie.trim_start_matches("session=").to_owned();
                (
                    Some(cookie),
                    site.services
                        .account
                        .authenticate(Some(&token))
                        .await
                        .expect("signed in"),
                )
            }
        };
        people.push((persona.unwrap_or("nobody"), cookie, actor));
    }
    let paths: BTreeSet<String> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for phase in ContestPhase::ALL {
        let tx = site.app.ctx.store.write(Some(contest)).await.expect("writes");
        store::contest::set_phase(tx.conn(), contest, phase, site.app.ctx.now())
            .await
            .expect("sets the phase");
        tx.commit().await.expect("commits");
        for path in &paths {
            for (name, cookie, actor) in &people {
                let Some((action, input)) = row(path, &world) else {
                    continue;
                };
                if matches!(action, Action::SignOut | Action::SignIn) {
                    continue;
                }
                let outside = without_contest(action);
                let standing = actor.roles_in((!outside).then_some(contest), None);
                let verdict = may(action, &standing, (!outside).then_some(phase));
                let answer = site.call(path, &input, cookie.as_deref()).await;
                asked += 1;
                if let Some(fault) = disagreement(path, action, verdict.is_ok(), answer.status, &answer.body)
                {
                    wrong.push(format!("{phase:?} {name} {path}: {fault}"));
                }
            }
        }
    }
    assert!(asked > 1500, "the table was walked: {asked}");
    assert_eq!(wrong, Vec::<String>::new(), "{} disagreements", wrong.len());
}

/// A refused call must not do anything and must say so; a permitted one must not be refused for lack of permission.
fn disagreement(
    path: &str,
    action: Action,
    permitted: bool,
    status: StatusCode,
    body: &str,
) -> Option<String> {
    if status.is_server_error() {
        return Some(format!("answers {status}: {body}"));
    }
    let error: Option<Value> =
        (!status.is_success()).then(|| serde_json::from_str(body).unwrap_or(Value::Null));
    let denied = error.as_ref().is_some_and(|error| error.get("denied").is_some());
    let hidden = error
        .as_ref()
        .is_some_and(|error| error.get("not_found").is_some());
    // Organisers of any contest may create, whatever contest is asked about; seats, not grants, decide who judges.
    let by_other_right = matches!(
        action,
        Action::CreateContest
            | Action::ListManagedContests
            | Action::SeeRoundDesk
            | Action::Deliberate
            | Action::LockRound
    ) || (action == Action::SeeEligibilityDesk
        && ["/detail", "/check", "/similar"]
            .iter()
            .any(|end| path.ends_with(end)));
    match (permitted, denied, hidden) {
        (true, true, _) if !by_other_right => Some(format!("permitted to {action:?}, but refused: {body}")),
        (false, false, false) if status.is_success() && !by_other_right => Some(format!(
            "not permitted to {action:?}, but answered: {}",
            &body[..body.len().min(200)]
        )),
        (false, false, false) if !by_other_right => Some(format!(
            "not permitted to {action:?}, but refused for another reason: {body}"
        )),
        _ => None,
    }
}
