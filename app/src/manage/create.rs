//! A new contest from a preset.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::Preset;

use super::api::{self, CreateContest, NewContestView};
use super::label::label;
use crate::judging::failure_of;
use crate::text::{ErrorView, FormErrors, field_message, preset_name, word};
use crate::ui::{
    Button, Card, Choice, IconName, PageHeader, RadioGroup, Select, Skeleton, TextField, TextKind,
};

/// `/manage/new`
pub struct CreatePage;

#[lazy_route]
impl LazyRoute for CreatePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let loaded = Resource::new_blocking(|| (), |()| api::new_contest());
        view! {
            <PageHeader
                title=word!(contest.manage.create.title)
                crumbs=vec![(word!(contest.manage.list.title), "/manage".to_owned())]
            >
                <p>{word!(contest.manage.create.lead)}</p>
            </PageHeader>
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <NewContest view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn NewContest(view: NewContestView) -> impl IntoView {
    let action = ServerAction::<CreateContest>::new();
    let failure = failure_of(action);
    let of = move |field: &'static str| {
        Signal::derive(move || {
            failure.with(|error| error.as_ref().and_then(|error| field_message(error, field)))
        })
    };
    let presets = Preset::ALL.map(|preset| {
        Choice::new(preset_value(preset), preset_name(preset)).hint(match preset {
            Preset::Agency => word!(contest.manage.create.agency),
            Preset::District => word!(contest.manage.create.district),
            Preset::Blank => word!(contest.manage.create.blank),
        })
    });
    let units = view
        .units
        .iter()
        .map(|unit| {
            Choice::new(
                unit.id.to_string(),
                format!("{}{}", "– ".repeat(unit.level as usize), unit.name),
            )
        })
        .collect::<Vec<_>>();
    let labels = ["code", "name", "year", "organiser", "preset"]
        .map(|field| (field, label(field)))
        .to_vec();
    view! {
        <div class="narrow-form">
            <Card>
                <ActionForm action>
                    <div class="stack">
                        <FormErrors error=failure prefix="cmd" labels/>
                        <input type="hidden" name="cmd[key]" value=view.key.to_string()/>
                        <RadioGroup
                            name="cmd[preset]"
                            legend=label("preset")
                            choices=presets.to_vec()
                            value=preset_value(Preset::Agency).to_owned()
                            error=of("preset")
                            required=true
                        />
                        <TextField name="cmd[name]" label=label("name") hint=word!(contest.manage.create.name_hint)
                            error=of("name") max=300_usize required=true autocomplete="off"/>
                        <div class="form-row">
                            <TextField name="cmd[code]" label=label("code") hint=word!(contest.manage.create.code_hint)
                                error=of("code") required=true autocomplete="off"/>
                            <TextField name="cmd[year]" label=label("year") kind=TextKind::Integer error=of("year")
                                required=true autocomplete="off"/>
                        </div>
                        <Select name="cmd[organiser]" label=label("organiser") choices=units
                            placeholder=word!(contest.manage.create.choose_unit) error=of("organiser") required=true/>
                        <div>
                            <Button icon=IconName::Plus loading=action.pending()>{word!(contest.manage.create.act)}</Button>
                        </div>
                    </div>
                </ActionForm>
            </Card>
        </div>
    }
    .into_any()
}

/// The preset as the form sends it, its serde name.
const fn preset_value(preset: Preset) -> &'static str {
    match preset {
        Preset::Agency => "agency",
        Preset::District => "district",
        Preset::Blank => "blank",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_sends_what_serde_reads() {
        for preset in Preset::ALL {
            let json = format!("\"{}\"", preset_value(preset));
            assert_eq!(serde_json::from_str::<Preset>(&json).ok(), Some(preset));
        }
    }
}
