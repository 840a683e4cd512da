//! The checklist of a contest, set by its organiser.

use std::collections::BTreeSet;

use contract::error::FieldProblem;
use contract::register::{ChecklistView, SetChecklist};
use contract::{Conflict, Error, Kind, Result};
use rules::account::{Action, Actor, may};
use rules::event::Event;
use rules::id::Version;
use rules::register::{Checklist, ChecklistItem, HINT_MAX, ITEMS_MAX, LABEL_MAX};
use store::register::ChecklistRow;

use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::desk::visible;
use crate::error::Fault;
use crate::input::Form;

/// The checklist as the organiser sets it.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<ChecklistView> {
    let db = ctx.store.read();
    let contest = visible(actor, store::contest::by_slug(db, slug).await.fault()?)?;
    let standing = actor.roles_in(Some(contest.id), None);
    // to look at it is everybody's of the desk, in every phase; to set it is asked apart
    may(Action::SeeControlRoom, &standing, Some(contest.phase))?;
    let row = store::register::checklist(db, contest.id).await.fault()?;
    let tallies = store::contest::entry_tallies(db, [contest.id]).await.fault()?;
    Ok(ChecklistView {
        contest: contest.id,
        phase: contest.phase,
        checklist: row.checklist,
        version: row.version,
        in_use: row.version.0 > 0 && tallies.iter().any(|tally| tally.state.is_eligible()),
        can_set: may(Action::SetChecklist, &standing, Some(contest.phase)).is_ok(),
        key: ctx.key(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

/// Sets the checklist.
pub(super) async fn set(ctx: &Ctx, actor: &Actor, command: SetChecklist) -> Result<Version> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<Version>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(version) => return Ok(version),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), command.contest)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::SetChecklist, contest.id, contest.phase)?;
    let current = store::register::checklist(tx.conn(), contest.id).await.fault()?;
    if current.version != command.expected {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: current.version,
        }));
    }
    let row = ChecklistRow {
        checklist: checked(command.checklist)?,
        version: current.version.next(),
    };
    let now = contest.now(ctx.now());
    store::register::save_checklist(tx.conn(), contest.id, &row, now)
        .await
        .fault()?;
    let event = Event::ChecklistSet {
        version: row.version.0,
        items: row.checklist.clone(),
    };
    tx.record(contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &row.version).await?;
    Ok(row.version)
}

/// A checklist made good: lines without a text are left out, new items get a code of their own.
fn checked(typed: Checklist) -> Result<Checklist> {
    if typed.0.len() > ITEMS_MAX {
        return Err(Error::field(
            "items",
            FieldProblem::TooLong {
                max: ITEMS_MAX as u32,
            },
        ));
    }
    let mut form = Form::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut items = Vec::new();
    for (at, item) in typed.0.into_iter().enumerate() {
        let label = form.optional_line(&format!("items.{at}.label"), &item.label, LABEL_MAX as u32);
        let hint = form.optional_line(&format!("items.{at}.hint"), &item.hint, HINT_MAX as u32);
        if label.is_empty() {
            continue;
        }
        let code: String = item
            .code
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
            .take(40)
            .collect();
        items.push((
            code,
            ChecklistItem {
                code: String::new(),
                label,
                hint,
                auto: item.auto,
            },
        ));
    }
    form.check()?;
    used.extend(
        items
            .iter()
            .map(|(code, _)| code.clone())
            .filter(|code| !code.is_empty()),
    );
    let mut given = BTreeSet::new();
    let mut number = 0;
    let items = items.into_iter().map(|(code, item)| {
        let code = if code.is_empty() || !given.insert(code.clone()) {
            loop {
                number += 1;
                let fresh = format!("item_{number}");
                if used.insert(fresh.clone()) {
                    break fresh;
                }
            }
        } else {
            code
        };
        ChecklistItem { code, ..item }
    });
    Ok(Checklist(items.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, label: &str) -> ChecklistItem {
        ChecklistItem {
            code: code.into(),
            label: label.into(),
            hint: String::new(),
            auto: None,
        }
    }

    #[test]
    fn items_keep_their_codes_and_new_ones_get_one() {
        let typed = Checklist(vec![
            item("form", "Hình thức"),
            item("", "Mới"),
            item("item_1", "Cũ"),
            item("form", "Trùng mã"),
            item("x", "  "),
        ]);
        let made = checked(typed).expect("good");
        let codes: Vec<&str> = made.0.iter().map(|item| item.code.as_str()).collect();
        assert_eq!(codes, ["form", "item_2", "item_1", "item_3"]);
        assert!(checked(Checklist(vec![item("a", &"x".repeat(301))])).is_err());
        assert!(checked(Checklist(vec![item("a", "x"); 31])).is_err());
    }
}
