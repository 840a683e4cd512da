//! The crate graph is exactly the one of the plan, and the browser's part pulls in nothing of the server.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{command, wasm_target};

/// Who depends on whom, outside tests.
const ARROWS: [(&str, &[&str]); 11] = [
    ("rules", &[]),
    ("contract", &["rules"]),
    ("app", &["contract", "rules"]),
    ("frontend", &["app"]),
    ("verify", &["rules"]),
    ("store", &["rules"]),
    ("papers", &["rules"]),
    ("service", &["contract", "papers", "rules", "store"]),
    ("server", &["app", "contract", "rules", "service", "store"]),
    ("testkit", &["contract", "rules", "service", "store"]),
    ("xtask", &[]),
];

/// What tests may use besides: anyone below the server may use the test kit.
const TEST_ARROWS: [(&str, &str); 3] = [
    ("store", "testkit"),
    ("service", "testkit"),
    ("server", "testkit"),
];

/// Crates that may never reach the browser.
const SERVER_ONLY: [&str; 6] = ["sea-orm", "sqlx", "sqlx-core", "axum", "axum-core", "tokio"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// Each check's name with what it found wrong; nothing wrong is an empty list.
pub fn check() -> Result<Vec<(&'static str, Vec<String>)>> {
    let text = command::output(command::cargo().args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
    let mut tree = command::cargo();
    tree.args([
        "tree",
        "--package",
        "frontend",
        "--target",
        wasm_target::TARGET,
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]);
    let tree = command::output(tree.args(["--format", "{p}"]))?;
    Ok(vec![
        (
            "the crate graph has exactly the planned arrows",
            graph_faults(&metadata),
        ),
        ("the browser's part holds no server crate", tree_faults(&tree)),
    ])
}

fn graph_faults(metadata: &Metadata) -> Vec<String> {
    let members: BTreeSet<&str> = metadata.packages.iter().map(|package| &*package.name).collect();
    let mut faults = Vec::new();
    for package in &metadata.packages {
        let name = &*package.name;
        let Some((_, planned)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            faults.push(format!("crate {name} is not in the plan"));
            continue;
        };
        let planned: BTreeSet<&str> = planned.iter().copied().collect();
        let ours = package
            .dependencies
            .iter()
            .filter(|dependency| members.contains(&*dependency.name));
        let (tests, real): (Vec<_>, Vec<_>) =
            ours.partition(|dependency| dependency.kind.as_deref() == Some("dev"));
        let real: BTreeSet<&str> = real.into_iter().map(|dependency| &*dependency.name).collect();
        faults.extend(
            real.difference(&planned)
                .map(|to| format!("{name} → {to} is not in the plan")),
        );
        faults.extend(
            planned
                .difference(&real)
                .map(|to| format!("{name} → {to} is in the plan and missing")),
        );
        for to in tests.into_iter().map(|dependency| &*dependency.name) {
            if !planned.contains(to) && !TEST_ARROWS.contains(&(name, to)) {
                faults.push(format!("{name} → {to} is not allowed even in tests"));
            }
        }
    }
    for (name, _) in ARROWS {
        if !members.contains(name) {
            faults.push(format!("crate {name} of the plan does not exist"));
        }
    }
    faults
}

fn tree_faults(tree: &str) -> Vec<String> {
    let names: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    if !names.contains("leptos") {
        return vec!["`cargo tree` does not show leptos: the check looks at the wrong thing".into()];
    }
    SERVER_ONLY
        .iter()
        .filter(|name| names.contains(*name))
        .map(|name| format!("frontend pulls in {name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned() -> Metadata {
        let dependency = |name: &&str| Dependency {
            name: name.to_string(),
            kind: None,
        };
        let package = |(name, to): &(&str, &[&str])| Package {
            name: name.to_string(),
            dependencies: to.iter().map(dependency).collect(),
        };
        Metadata {
            packages: ARROWS.iter().map(package).collect(),
        }
    }

    #[test]
    fn the_plan_itself_has_no_fault() {
        assert_eq!(graph_faults(&planned()), Vec::<String>::new());
    }

    #[test]
    fn an_extra_a_missing_and_a_test_only_arrow_are_named() {
        let mut metadata = planned();
        metadata.packages[2].dependencies.push(Dependency {
            name: "store".into(),
            kind: None,
        });
        metadata.packages[3].dependencies.clear();
        metadata.packages[0].dependencies.push(Dependency {
            name: "testkit".into(),
            kind: Some("dev".into()),
        });
        let faults = graph_faults(&metadata).join("\n");
        assert!(faults.contains("app → store is not in the plan"), "{faults}");
        assert!(
            faults.contains("frontend → app is in the plan and missing"),
            "{faults}"
        );
        assert!(
            faults.contains("rules → testkit is not allowed even in tests"),
            "{faults}"
        );
    }

    #[test]
    fn a_server_crate_in_the_browser_is_named() {
        assert_eq!(
            tree_faults("frontend v0.1.0\nleptos v0.8.23\ntokio v1.54.0"),
            ["frontend pulls in tokio"]
        );
        assert!(tree_faults("frontend v0.1.0\nleptos v0.8.23\ntokio-like v1.0.0").is_empty());
        assert!(!tree_faults("").is_empty());
    }
}
