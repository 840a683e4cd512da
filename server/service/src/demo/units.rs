//! Units of the demo contests, from `units.json`.

use std::collections::BTreeMap;

use contract::Result;
use rules::id::UnitId;
use serde::Deserialize;
use store::account::NewUnit;

use super::script::Script;
use crate::error::Fault;

const UNITS: &str = include_str!("../../demo/units.json");

/// Code of the invented agency that the fictional contest belongs to.
pub const SIM_ROOT: &str = "sim";

/// Ids of the demo's units by code.
pub type UnitIds = BTreeMap<String, UnitId>;

#[derive(Deserialize)]
struct File {
    units: Vec<Unit>,
    phu_tan: District,
    fictional_units: Vec<Unit>,
}

#[derive(Deserialize)]
struct District {
    root: Unit,
    departments: Vec<Unit>,
    public_service_units: Vec<Unit>,
    communes: Vec<Unit>,
}

#[derive(Deserialize)]
struct Unit {
    id: String,
    #[serde(default)]
    parent: Option<String>,
    name: String,
    #[serde(default)]
    short: Option<String>,
    #[serde(default)]
    doc_symbol: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    provenance: String,
}

/// Stores the units and gives their ids.
pub async fn load(script: &Script) -> Result<UnitIds> {
    let file: File = serde_json::from_str(UNITS).map_err(|error| crate::error::internal(&error))?;
    let mut ids = UnitIds::new();
    let mut rows = Vec::new();
    let mut add = |unit: Unit, parent: Option<&str>| {
        let id = script.ctx.id::<UnitId>();
        let parent = unit
            .parent
            .as_deref()
            .or(parent)
            .and_then(|code| ids.get(code).copied());
        rows.push(NewUnit {
            id,
            code: unit.id.clone(),
            parent,
            short_name: unit.short.unwrap_or_else(|| unit.name.clone()),
            name: unit.name,
            kind: unit.kind.unwrap_or_else(|| "agency".to_owned()),
            doc_symbol: unit.doc_symbol.unwrap_or_default(),
            // The file marks the ends of these units as unverified; the demo keeps them in force.
            valid_from: None,
            valid_to: None,
            provenance: unit.provenance,
            position: rows.len() as i64,
        });
        ids.insert(unit.id, id);
    };
    for unit in file.units {
        add(unit, None);
    }
    let root = file.phu_tan.root.id.clone();
    add(file.phu_tan.root, None);
    for unit in file
        .phu_tan
        .departments
        .into_iter()
        .chain(file.phu_tan.public_service_units)
        .chain(file.phu_tan.communes)
    {
        add(unit, Some(&root));
    }
    add(
        Unit {
            id: SIM_ROOT.to_owned(),
            parent: None,
            name: "[Giả định] Cơ quan Mẫu".to_owned(),
            short: Some("Cơ quan Mẫu".to_owned()),
            doc_symbol: Some("MAU".to_owned()),
            kind: Some("agency".to_owned()),
            provenance: "fictional".to_owned(),
        },
        None,
    );
    for unit in file.fictional_units {
        add(unit, Some(SIM_ROOT));
    }
    let tx = script.ctx.store.write(None).await.fault()?;
    store::account::insert_units(tx.conn(), rows).await.fault()?;
    tx.commit().await.fault()?;
    Ok(ids)
}

/// The id of a unit of the file.
///
/// # Errors
/// `NotFound(Unit)` for a code the file does not have.
pub fn unit(ids: &UnitIds, code: &str) -> Result<UnitId> {
    ids.get(code)
        .copied()
        .ok_or(contract::Error::NotFound(contract::Kind::Unit))
}
