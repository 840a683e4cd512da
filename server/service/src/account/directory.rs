//! The directory: people and units to pick from. No contact data.

use std::collections::BTreeMap;

use contract::Result;
use contract::account::{PersonLine, UnitLine};
use rules::account::Actor;
use rules::contest::UnitNode;
use rules::id::UnitId;
use rules::time::Zone;

use crate::actor::signed_in;
use crate::ctx::Ctx;
use crate::error::Fault;

/// People found at most.
const FOUND: u64 = 20;
/// Characters of a query that are looked at.
const QUERY_MAX: usize = 100;

/// People whose folded name or user name holds every word of the query.
pub(super) async fn find_people(ctx: &Ctx, actor: &Actor, query: &str) -> Result<Vec<PersonLine>> {
    signed_in(actor)?;
    let query = bounded(query);
    if rules::text::fold(&query).chars().count() < 2 {
        // one letter would list half of the staff
        return Ok(Vec::new());
    }
    let db = ctx.store.read();
    let (rows, _) = store::account::find_people(db, &query, FOUND).await.fault()?;
    let names = unit_names(&store::account::units(db).await.fault()?);
    Ok(rows
        .into_iter()
        .map(|row| PersonLine {
            id: row.id,
            user_name: row.user_name,
            full_name: row.full_name,
            position: row.position,
            unit: row.unit,
            unit_name: row.unit.and_then(|unit| names.get(&unit).cloned()),
        })
        .collect())
}

/// Units in force, in tree order.
pub(super) async fn units(ctx: &Ctx, actor: &Actor) -> Result<Vec<UnitLine>> {
    signed_in(actor)?;
    let units = store::account::units(ctx.store.read()).await.fault()?;
    Ok(unit_lines(ctx, units))
}

/// A query cut to what is looked at.
pub(super) fn bounded(query: &str) -> String {
    query.chars().take(QUERY_MAX).collect()
}

/// Names by id.
pub(crate) fn unit_names(units: &[UnitNode]) -> BTreeMap<UnitId, String> {
    units.iter().map(|unit| (unit.id, unit.name.clone())).collect()
}

/// Units in force today, parents before children, siblings in their stored order.
pub(crate) fn unit_lines(ctx: &Ctx, units: Vec<UnitNode>) -> Vec<UnitLine> {
    // units belong to no contest; their validity is a day in Vietnam
    let today = Zone::default().date(ctx.now());
    let in_force: Vec<UnitNode> = units
        .into_iter()
        .filter(|unit| unit.valid_from.is_none_or(|from| from <= today))
        .filter(|unit| unit.valid_to.is_none_or(|to| to >= today))
        .collect();
    let known: BTreeMap<UnitId, usize> = in_force
        .iter()
        .enumerate()
        .map(|(at, unit)| (unit.id, at))
        .collect();
    let mut children: BTreeMap<Option<UnitId>, Vec<&UnitNode>> = BTreeMap::new();
    for unit in &in_force {
        // a unit whose parent has ended stands as a root
        let parent = unit.parent.filter(|parent| known.contains_key(parent));
        children.entry(parent).or_default().push(unit);
    }
    let mut lines = Vec::with_capacity(in_force.len());
    let mut stack: Vec<(&UnitNode, u32)> = roots(&children, 0);
    while let Some((unit, level)) = stack.pop() {
        lines.push(UnitLine {
            id: unit.id,
            parent: unit.parent.filter(|parent| known.contains_key(parent)),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            level,
        });
        if let Some(below) = children.get(&Some(unit.id)) {
            stack.extend(below.iter().rev().map(|unit| (*unit, level + 1)));
        }
    }
    lines
}

fn roots<'a>(children: &BTreeMap<Option<UnitId>, Vec<&'a UnitNode>>, level: u32) -> Vec<(&'a UnitNode, u32)> {
    children
        .get(&None)
        .into_iter()
        .flatten()
        .rev()
        .map(|unit| (*unit, level))
        .collect()
}
