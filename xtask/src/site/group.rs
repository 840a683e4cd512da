//! Lazy routes grouped by area: one chunk for judging, one for entries, and so on.
//!
//! `#[lazy_route]` makes every route a module of its own, and the splitter a chunk for every set of modules that share
//! code: twenty routes came to 498 chunks, 232 of them for one page. Routes whose modules carry the same name become one
//! module, so before splitting each is renamed to the area of the app it is written in (`app/src/judging/…` →
//! `judging`). Only the names of imports and exports change; code and relocations stay byte for byte.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, RawSection, Section};
use wasmparser::{BinaryReader, ExportSectionReader, ImportSectionReader, Parser, Payload};

use crate::files;

/// A module whose lazy routes are renamed, and the area of each by the name it had (the server knows it by that).
pub struct Grouped {
    /// The wasm module.
    pub wasm: Vec<u8>,
    /// Area by former name.
    pub areas: BTreeMap<String, String>,
}

/// Areas that share another's module: the same people go through both, and each module more can double the number of
/// chunks.
const SHARING: [(&str, &str); 5] = [
    ("author", "entry"),
    ("message", "account"),
    ("paper", "manage"),
    ("register", "manage"),
    ("results", "manage"),
];

/// The area of each page with a lazy route: the first folder below `source` or the file there, by the page's name in
/// snake case. Two pages of one name in two areas share the area that comes first.
pub fn pages(source: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for path in files::walk(source)? {
        let Some(area) = path.strip_prefix(source)?.components().next() else {
            continue;
        };
        let folder = area.as_os_str().to_string_lossy();
        let own = folder.trim_end_matches(".rs");
        let shared = SHARING.iter().find(|(area, _)| *area == own);
        let area = shared.map_or(own, |(_, with)| with).to_string();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for page in text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("impl LazyRoute for "))
        {
            let name: String = page.chars().take_while(|c| c.is_alphanumeric()).collect();
            found.entry(snake_case(&name)).or_insert_with(|| area.clone());
        }
    }
    Ok(found)
}

/// Renames the modules of the lazy routes named in `pages`; a lazy function of another kind keeps its own.
pub fn by_area(wasm: &[u8], pages: &BTreeMap<String, String>) -> Result<Grouped> {
    let mut areas = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ExportSection(exports) = payload? {
            for export in exports {
                if let Some((module, _)) = split_point(export?.name)
                    && let Some(area) = pages.get(page_of(module))
                {
                    areas.insert(module.to_string(), area.clone());
                }
            }
        }
    }
    Ok(Grouped {
        wasm: renamed(wasm, &areas)?,
        areas,
    })
}

/// Encodes the sections of imports and exports anew and copies all others.
fn renamed(wasm: &[u8], areas: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut out = wasm.get(..8).context("not a wasm module")?.to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let data = &wasm[usize::try_from(range.start)?..usize::try_from(range.end)?];
        match payload {
            Payload::ImportSection(_) => {
                let mut section = ImportSection::new();
                for import in ImportSectionReader::new(BinaryReader::new(data, 0))?.into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    section.import(import.module, &new_name(import.name, areas), kind);
                }
                append(&mut out, &section);
            }
            Payload::ExportSection(_) => {
                let mut section = ExportSection::new();
                for export in ExportSectionReader::new(BinaryReader::new(data, 0))? {
                    let export = export?;
                    let kind = RoundtripReencoder.export_kind(export.kind)?;
                    section.export(&new_name(export.name, areas), kind, export.index);
                }
                append(&mut out, &section);
            }
            _ => append(&mut out, &RawSection { id, data }),
        }
    }
    Ok(out)
}

fn append(out: &mut Vec<u8>, section: &impl Section) {
    out.push(section.id());
    section.encode(out);
}

/// The names of the splitter's protocol: the two ends of a split point, and the function that loads its module.
fn new_name(name: &str, areas: &BTreeMap<String, String>) -> String {
    const LOAD: &str = "__wasm_split_load_";
    let renamed = match (split_point(name), name.strip_prefix(LOAD)) {
        (Some((module, rest)), _) => areas.get(module).map(|area| format!("{PREFIX}{area}{rest}")),
        (None, Some(module)) => areas.get(module).map(|area| format!("{LOAD}{area}")),
        (None, None) => None,
    };
    renamed.unwrap_or_else(|| name.to_string())
}

const PREFIX: &str = "__wasm_split_00";

/// `__wasm_split_00MODULE00_export_…` → `MODULE` and the rest.
fn split_point(name: &str) -> Option<(&str, &str)> {
    let body = name.strip_prefix(PREFIX)?;
    let at = body.rfind("00_import_").or_else(|| body.rfind("00_export_"))?;
    Some(body.split_at(at))
}

/// `__desk_page_view_1234` → `desk_page`: leptos adds the rest.
fn page_of(module: &str) -> &str {
    let name = module.trim_end_matches(|c: char| c.is_ascii_digit());
    name.trim_start_matches("__")
        .trim_end_matches('_')
        .trim_end_matches("_view")
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, EntityType, ExportKind, Function, FunctionSection, Module, TypeSection};

    #[test]
    fn both_ends_and_the_loader_get_the_area_and_the_code_stays() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import(
            "env",
            "__wasm_split_00__desk_page_view_100400_import_ab_x",
            EntityType::Function(0),
        );
        imports.import(
            "env",
            "__wasm_split_load___desk_page_view_1004",
            EntityType::Function(0),
        );
        imports.import("env", "other", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export(
            "__wasm_split_00__desk_page_view_100400_export_ab_x",
            ExportKind::Func,
            3,
        );
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        let wasm = module.finish();

        let pages = BTreeMap::from([("desk_page".to_string(), "judging".to_string())]);
        let grouped = by_area(&wasm, &pages).unwrap();
        assert_eq!(grouped.areas["__desk_page_view_1004"], "judging");
        let text = String::from_utf8_lossy(&grouped.wasm).into_owned();
        assert!(
            text.contains("__wasm_split_00judging00_import_ab_x")
                && text.contains("__wasm_split_00judging00_export_ab_x")
        );
        assert!(
            text.contains("__wasm_split_load_judging")
                && text.contains("other")
                && !text.contains("desk_page")
        );
        // Nothing to rename: the module comes out as it went in.
        assert_eq!(by_area(&wasm, &BTreeMap::new()).unwrap().wasm, wasm);
    }

    #[test]
    fn names_are_read_as_leptos_writes_them() {
        assert_eq!(snake_case("SignInPage"), "sign_in_page");
        assert_eq!(page_of("__sign_in_page_view_813809097417800042"), "sign_in_page");
    }
}
