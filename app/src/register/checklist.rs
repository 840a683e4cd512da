//! The contest's checklist, set by its organiser.

use contract::register::ChecklistView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::register::{AutoCheck, ChecklistItem, HINT_MAX, ITEMS_MAX, LABEL_MAX};

use super::api::{self, SetChecklist};
use super::words::auto_name;
use crate::judging::failure_of;
use crate::text::{ErrorView, FormErrors, phase_name, phase_tone, word};
use crate::ui::{
    Badge, Button, Card, Choice, EmptyState, Fieldset, IconName, Notice, PageHeader, Select, Skeleton,
    TextField, Tone, Variant,
};

/// Empty items offered at the end.
const SPARE: usize = 3;

/// `/manage/:slug/checklist`
pub struct ChecklistPage;

#[lazy_route]
impl LazyRoute for ChecklistPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let done = use_query_map();
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let action = ServerAction::<SetChecklist>::new();
        // after a refusal what is typed stays; after success the page leads back to itself
        let saved = Memo::new(move |before: Option<&usize>| {
            let good = action.value().with(|answer| matches!(answer, Some(Ok(()))));
            before.copied().unwrap_or_default() + usize::from(good)
        });
        let loaded = Resource::new_blocking(
            move || (slug.get(), saved.get()),
            |(slug, _)| api::checklist(slug),
        );
        // the answer may be here before the address says that it is one
        let said = Signal::derive(move || done.read().get("done").is_some());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <ChecklistForm view action said/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn ChecklistForm(
    view: ChecklistView,
    action: ServerAction<SetChecklist>,
    said: Signal<bool>,
) -> impl IntoView {
    let crumbs = vec![
        (word!(entry.desk.manage), "/manage".to_owned()),
        (
            view.contest_name.clone(),
            format!("/manage/{}", view.contest_slug),
        ),
        (
            word!(entry.desk.title),
            format!("/manage/{}/eligibility", view.contest_slug),
        ),
    ];
    let mut items = view.checklist.0.clone();
    let empty = items.is_empty();
    if view.can_set {
        let spare = SPARE.min(ITEMS_MAX - items.len().min(ITEMS_MAX));
        items.extend((0..spare).map(|_| ChecklistItem {
            code: String::new(),
            label: String::new(),
            hint: String::new(),
            auto: None,
        }));
    }
    let can_set = view.can_set;
    let rows = items
        .into_iter()
        .enumerate()
        .map(|(at, item)| view! { <Item at item/> })
        .collect_view();
    view! {
        <PageHeader title=word!(register.checklist.title) crumbs overline=view.contest_name.clone()>
            <Badge tone=phase_tone(view.phase)>{phase_name(view.phase)}</Badge>
        </PageHeader>
        <div class="stack stack-l">
            {move || said.get().then(|| view! { <Notice tone=Tone::Ok announce=true><p>{word!(register.checklist.saved)}</p></Notice> })}
            {view.in_use.then(|| view! { <Notice tone=Tone::Warn><p>{word!(register.checklist.in_use)}</p></Notice> })}
            {(!can_set).then(|| view! { <Notice><p>{word!(register.checklist.closed)}</p></Notice> })}
            <p class="measure">{word!(register.checklist.lead)}</p>
            {(empty && can_set).then(|| view! {
                <EmptyState title=word!(register.checklist.none) icon=IconName::List>
                    <p>{word!(register.checklist.usual_text)}</p>
                </EmptyState>
            })}
            <ActionForm action>
                <div class="stack stack-l">
                    <FormErrors error=failure_of(action)/>
                    <input type="hidden" name="form[key]" value=view.key.to_string()/>
                    <input type="hidden" name="form[contest]" value=view.contest.to_string()/>
                    <input type="hidden" name="form[slug]" value=view.contest_slug.clone()/>
                    <input type="hidden" name="form[expected]" value=view.version.to_string()/>
                    {can_set.then(|| view! {
                        <div class="cluster">
                            <Button icon=IconName::Check name="form[act]" value="save">{word!(register.checklist.save)}</Button>
                            <Button variant=Variant::Secondary name="form[act]" value="usual">{word!(register.checklist.usual)}</Button>
                        </div>
                    })}
                    {rows}
                </div>
            </ActionForm>
        </div>
    }
    .into_any()
}

#[component]
fn Item(at: usize, item: ChecklistItem) -> impl IntoView {
    let autos = AutoCheck::ALL
        .into_iter()
        .map(|auto| Choice::new(auto.slug(), auto_name(auto)))
        .collect::<Vec<_>>();
    view! {
        <Card>
            <Fieldset legend=word!(register.checklist.item, number = at + 1)>
                <input type="hidden" name=format!("form[code][{at}]") value=item.code/>
                <TextField name=format!("form[label][{at}]") label=word!(register.checklist.label) value=item.label max=LABEL_MAX/>
                <TextField name=format!("form[hint][{at}]") label=word!(register.checklist.hint) value=item.hint max=HINT_MAX mark_optional=true/>
                <Select
                    name=format!("form[auto][{at}]")
                    label=word!(register.checklist.auto)
                    choices=autos
                    placeholder=word!(register.checklist.by_hand)
                    value=item.auto.map_or("", AutoCheck::slug).to_owned()
                />
            </Fieldset>
        </Card>
    }
    .into_any()
}
