//! Who may enter, quotas, conflicts, and the declaration.

use contract::FieldProblem;
use rules::contest::{CoAuthorConsent, Declaration, Eligibility};
use rules::entry::AttachmentKind;
use rules::id::UnitId;

use crate::manage::fields::{Fields, Reader};

pub(super) fn write(rules: &Eligibility, declaration: &Declaration, fields: &mut Fields) {
    for unit in &rules.units {
        fields.tick(format!("units.{unit}"), true);
    }
    fields.tick("outside_authors", rules.outside_authors);
    fields.tick("groups", rules.groups);
    fields.tick(
        "co_author_consent",
        rules.co_author_consent == CoAuthorConsent::Required,
    );
    fields.set("group_max", rules.group_max.to_string());
    fields.tick("unit_screening", rules.unit_screening);
    fields.set("min_quota", rules.min_quota.to_string());
    fields.set("max_quota", rules.max_quota.to_string());
    fields.set(
        "conflict_level",
        rules
            .conflict_level
            .map(|level| level.to_string())
            .unwrap_or_default(),
    );
    fields.tick("blind", rules.blind);
    for kind in AttachmentKind::ALL {
        fields.tick(format!("kinds.{}", kind.slug()), rules.takes(kind));
    }
    fields.set("declaration", declaration.text.as_str());
}

pub(super) fn read(r: &mut Reader<'_>) -> Eligibility {
    let mut units: Vec<UnitId> = Vec::new();
    for member in r.fields().members("units") {
        match member.parse() {
            Ok(unit) => units.push(unit),
            Err(_) => r.refuse("units", FieldProblem::Malformed),
        }
    }
    let level = r.fields().get("conflict_level").trim();
    Eligibility {
        units,
        outside_authors: r.fields().is_on("outside_authors"),
        groups: r.fields().is_on("groups"),
        group_max: r.whole("group_max"),
        co_author_consent: if r.fields().is_on("co_author_consent") {
            CoAuthorConsent::Required
        } else {
            CoAuthorConsent::NotRequired
        },
        unit_screening: r.fields().is_on("unit_screening"),
        min_quota: r.whole("min_quota"),
        max_quota: r.whole("max_quota"),
        conflict_level: if level.is_empty() {
            None
        } else {
            Some(r.whole("conflict_level"))
        },
        blind: r.fields().is_on("blind"),
        kinds: kinds(r.fields()),
    }
}

/// The kinds ticked. All of them, and none, mean every kind.
fn kinds(fields: &Fields) -> Vec<AttachmentKind> {
    let ticked = |kind: &AttachmentKind| fields.is_on(&format!("kinds.{}", kind.slug()));
    let kinds: Vec<AttachmentKind> = AttachmentKind::ALL.into_iter().filter(ticked).collect();
    if kinds.len() == AttachmentKind::ALL.len() {
        Vec::new()
    } else {
        kinds
    }
}

/// The text typed; the service raises the version where it changed.
pub(super) fn read_declaration(r: &mut Reader<'_>, stored: &Declaration) -> Declaration {
    Declaration {
        version: stored.version,
        text: r.text("declaration"),
    }
}
