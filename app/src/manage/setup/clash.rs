//! Two people changed the same section: both values side by side, and nothing overwritten unseen.

use contract::contest::SetupView;
use leptos::prelude::*;
use rules::contest::SetupSection;

use crate::i18n::ui_locale;
use crate::manage::api::SetupForm;
use crate::manage::fields::Fields;
use crate::manage::intent::Intent;
use crate::manage::label::full_label;
use crate::manage::section as sections;
use crate::text::word;
use crate::ui::{Button, Cell, Column, IconName, Narrow, Notice, Table, Tone, Variant};

/// What differs between what was typed and what is stored now; the person chooses which stays.
#[component]
pub fn Clash(
    mine: SetupForm,
    current: SetupView,
    section: SetupSection,
    /// Saves what was typed over the current version.
    keep: Callback<()>,
    /// Drops what was typed.
    take: Callback<()>,
) -> impl IntoView {
    let theirs = sections::write(section, &current.setup, ui_locale());
    let mut typed = mine.f;
    Intent::parse(&mine.intent).apply(&mut typed);
    let rows = differences(&typed, &theirs)
        .into_iter()
        .map(|key| {
            let (mine, theirs) = (readable(&typed, &key), readable(&theirs, &key));
            let name = name_of(&key, &current);
            view! {
                <tr>
                    <Cell label=word!(contest.manage.clash.field)><span class="strong">{name}</span></Cell>
                    <Cell label=word!(contest.manage.clash.mine)><span class="pre-line">{mine}</span></Cell>
                    <Cell label=word!(contest.manage.clash.theirs)><span class="pre-line">{theirs}</span></Cell>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let columns = vec![
        Column::text(word!(contest.manage.clash.field)),
        Column::text(word!(contest.manage.clash.mine)),
        Column::text(word!(contest.manage.clash.theirs)),
    ];
    view! {
        <Notice tone=Tone::Warn title=word!(contest.manage.clash.title) announce=true>
            <div class="stack">
                <p>{word!(contest.manage.clash.text)}</p>
                {if rows.is_empty() {
                    view! { <p>{word!(contest.manage.clash.same)}</p> }.into_any()
                } else {
                    view! { <Table caption=word!(contest.manage.clash.title) columns narrow=Narrow::Cards>{rows}</Table> }.into_any()
                }}
                <div class="cluster">
                    <Button kind="button" on_click=Callback::new(move |_| keep.run(()))>{word!(contest.manage.clash.keep)}</Button>
                    <Button kind="button" variant=Variant::Secondary icon=IconName::Refresh on_click=Callback::new(move |_| take.run(()))>
                        {word!(contest.manage.clash.take)}
                    </Button>
                </div>
            </div>
        </Notice>
    }
    .into_any()
}

/// Names of the fields whose values differ, leaving out what the form carries unseen.
fn differences(mine: &Fields, theirs: &Fields) -> Vec<String> {
    let mut keys: Vec<&str> = mine.keys().chain(theirs.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let seen = |key: &&str| !key.ends_with(".was") && !key.ends_with(".preset");
    let differ = |key: &&str| {
        mine.get(key).replace("\r\n", "\n").trim() != theirs.get(key).replace("\r\n", "\n").trim()
    };
    keys.into_iter()
        .filter(seen)
        .filter(differ)
        .map(str::to_owned)
        .collect()
}

fn readable(fields: &Fields, key: &str) -> String {
    match fields.get(key).trim() {
        "" => word!(contest.manage.clash.empty),
        "true" => word!(contest.manage.clash.yes),
        text => text.to_owned(),
    }
}

/// A unit stands in the form by its id; people know its name.
fn name_of(key: &str, view: &SetupView) -> String {
    let unit = key
        .strip_prefix("units.")
        .and_then(|id| view.units.iter().find(|unit| unit.id.to_string() == id));
    unit.map_or_else(|| full_label(key), |unit| unit.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_that_people_see_and_that_differ_are_compared() {
        let (mut mine, mut theirs) = (Fields::default(), Fields::default());
        mine.set("purpose", "a\r\nb ");
        theirs.set("purpose", "a\nb");
        mine.set("rounds.0.was", "A");
        mine.set("number", "12");
        theirs.tick("groups", true);
        assert_eq!(differences(&mine, &theirs), ["groups", "number"]);
    }
}
