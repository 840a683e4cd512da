//! Units of the organisation chart, new and changed.

use std::collections::BTreeMap;

use contract::Result;
use contract::register::RowProblem;
use rules::id::UnitId;
use rules::register::ImportField;
use rules::time::parse_date;
use store::account::NewUnit;
use store::register::UnitRow;
use store::{Conn, Tx};

use super::line::Line;
use super::{Made, Plan};
use crate::ctx::Ctx;
use crate::error::Fault;

/// Longest code and name, in characters.
const CODE_MAX: u32 = 100;
const NAME_MAX: u32 = 300;

/// Units to store, parents before children, and units to change.
pub(super) struct Acts {
    new: Vec<UnitRow>,
    changed: Vec<UnitRow>,
    provenance: String,
}

/// Looks every row through. A column the table does not have leaves a known unit's value as it is.
pub(super) async fn plan(
    ctx: &Ctx,
    db: &impl Conn,
    mut lines: Vec<Line<'_>>,
    columns: &[Option<ImportField>],
    file_name: &str,
) -> Result<Plan> {
    let known: BTreeMap<String, UnitRow> = store::register::units_with_codes(db)
        .await
        .fault()?
        .into_iter()
        .map(|unit| (unit.code.clone(), unit))
        .collect();
    let mut codes = Vec::with_capacity(lines.len());
    let mut ids: BTreeMap<String, UnitId> =
        known.iter().map(|(code, unit)| (code.clone(), unit.id)).collect();
    let mut first: BTreeMap<String, u32> = BTreeMap::new();
    for line in &mut lines {
        let code = line.required(ImportField::UnitCode, CODE_MAX);
        if let Some(first) = first.get(&code).filter(|_| !code.is_empty()) {
            line.say(ImportField::UnitCode, RowProblem::Repeated { line: *first });
        }
        first.entry(code.clone()).or_insert(line.number);
        if !code.is_empty() {
            ids.entry(code.clone()).or_insert_with(|| ctx.id());
        }
        codes.push(code);
    }
    let mut rows = Vec::with_capacity(lines.len());
    for (mut line, code) in lines.into_iter().zip(codes) {
        let old = known.get(&code);
        let row = row(&mut line, &code, old, &ids, columns);
        rows.push((line, row, old));
    }
    // parents as they will be: a ring shows only when all rows are read
    let mut parents: BTreeMap<UnitId, Option<UnitId>> =
        known.values().map(|unit| (unit.id, unit.parent)).collect();
    parents.extend(rows.iter().map(|(_, row, _)| (row.id, row.parent)));
    for (line, row, _) in &mut rows {
        if is_in_ring(row.id, &parents) {
            line.say(ImportField::ParentCode, RowProblem::Ring);
        }
    }
    refuse_below_errors(&mut rows, &known);
    let (mut reports, mut new, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for (mut line, row, old) in rows {
        let name = row.name.clone();
        match old {
            Some(old) if *old == row && line.is_good() => {
                reports.push(line.exists(ImportField::UnitCode, &name));
                continue;
            }
            Some(_) if line.is_good() => line.say(ImportField::UnitCode, RowProblem::Changes),
            _ => {}
        }
        if line.is_good() {
            if old.is_some() { &mut changed } else { &mut new }.push(row);
        }
        reports.push(line.report(&name));
    }
    Ok(Plan {
        reports,
        act: super::Acts::Units(Acts {
            new: parents_first(new),
            changed,
            provenance: file_name.to_owned(),
        }),
    })
}

/// Refuses what cannot stand once rows with errors are left out: units below a new one that is not made, and rings that
/// only such a row would have opened. Each row refused may be another one's parent.
fn refuse_below_errors(
    rows: &mut [(Line<'_>, UnitRow, Option<&UnitRow>)],
    known: &BTreeMap<String, UnitRow>,
) {
    // of a code that is there twice, the first
    let numbers: BTreeMap<UnitId, u32> = rows
        .iter()
        .rev()
        .map(|(line, row, _)| (row.id, line.number))
        .collect();
    loop {
        let mut parents: BTreeMap<UnitId, Option<UnitId>> =
            known.values().map(|unit| (unit.id, unit.parent)).collect();
        let good = rows.iter().filter(|(line, ..)| line.is_good());
        parents.extend(good.map(|(_, row, _)| (row.id, row.parent)));
        let mut refused = false;
        for (line, row, _) in rows.iter_mut().filter(|(line, ..)| line.is_good()) {
            let problem = match row.parent {
                Some(parent) if !parents.contains_key(&parent) => RowProblem::ParentFaulty {
                    line: numbers.get(&parent).copied().unwrap_or_default(),
                },
                _ if is_in_ring(row.id, &parents) => RowProblem::Ring,
                _ => continue,
            };
            line.say(ImportField::ParentCode, problem);
            refused = true;
        }
        if !refused {
            break;
        }
    }
}

fn row(
    line: &mut Line<'_>,
    code: &str,
    old: Option<&UnitRow>,
    ids: &BTreeMap<String, UnitId>,
    columns: &[Option<ImportField>],
) -> UnitRow {
    let name = line.required(ImportField::UnitName, NAME_MAX);
    let kept = |line: &mut Line<'_>, field, old: Option<&String>| {
        if columns.contains(&Some(field)) {
            line.line(field, NAME_MAX)
        } else {
            old.cloned().unwrap_or_default()
        }
    };
    let short_name = kept(line, ImportField::ShortName, old.map(|unit| &unit.short_name));
    let kind = kept(line, ImportField::UnitKind, old.map(|unit| &unit.kind));
    let doc_symbol = kept(line, ImportField::DocSymbol, old.map(|unit| &unit.doc_symbol));
    let parent = if line.has(ImportField::ParentCode) {
        let typed = line.line(ImportField::ParentCode, CODE_MAX);
        let parent = ids.get(&typed).copied();
        if parent.is_none() && !typed.is_empty() {
            line.say(ImportField::ParentCode, RowProblem::Unknown { value: typed });
        }
        parent
    } else {
        old.and_then(|unit| unit.parent)
    };
    let mut day = |field, old: Option<chrono::NaiveDate>| {
        if !line.has(field) {
            return old;
        }
        let typed = line.line(field, 40);
        let day = parse_date(&typed);
        if day.is_none() && !typed.is_empty() {
            line.say(field, RowProblem::NotADate);
        }
        day
    };
    let valid_from = day(ImportField::ValidFrom, old.and_then(|unit| unit.valid_from));
    let valid_to = day(ImportField::ValidTo, old.and_then(|unit| unit.valid_to));
    if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
        line.say(ImportField::ValidTo, RowProblem::Malformed);
    }
    UnitRow {
        // a row without a code has an error and is never stored
        id: old
            .map(|unit| unit.id)
            .or_else(|| ids.get(code).copied())
            .unwrap_or(UnitId(uuid::Uuid::nil())),
        code: code.to_owned(),
        parent,
        name,
        short_name,
        kind,
        doc_symbol,
        valid_from,
        valid_to,
    }
}

/// Whether the way up from a unit leads back to it.
fn is_in_ring(unit: UnitId, parents: &BTreeMap<UnitId, Option<UnitId>>) -> bool {
    let mut above = parents.get(&unit).copied().flatten();
    for _ in 0..parents.len() {
        match above {
            Some(id) if id == unit => return true,
            Some(id) => above = parents.get(&id).copied().flatten(),
            None => return false,
        }
    }
    false
}

fn parents_first(mut waiting: Vec<UnitRow>) -> Vec<UnitRow> {
    let mut ordered: Vec<UnitRow> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.iter().cloned().partition(|unit| {
            unit.parent
                .is_none_or(|parent| waiting.iter().all(|other| other.id != parent))
        });
        if ready.is_empty() {
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

/// Stores new units and changes known ones.
pub(super) async fn import(tx: &Tx, acts: Acts) -> Result<Made> {
    let created = acts.new.iter().map(|unit| unit.id.uuid()).collect();
    let new = acts
        .new
        .into_iter()
        .zip(10_000_i64..)
        .map(|(unit, position)| NewUnit {
            id: unit.id,
            code: unit.code,
            parent: unit.parent,
            name: unit.name,
            short_name: unit.short_name,
            kind: unit.kind,
            doc_symbol: unit.doc_symbol,
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            provenance: acts.provenance.clone(),
            position,
        });
    store::account::insert_units(tx.conn(), new.collect())
        .await
        .or_taken("code", "file")?;
    for unit in &acts.changed {
        store::register::update_unit(tx.conn(), unit).await.fault()?;
    }
    Ok(Made {
        created,
        changed: u32::try_from(acts.changed.len()).unwrap_or(u32::MAX),
    })
}
