//! Registering an entry received on paper, by e-mail or on a disc.

use contract::Error;
use contract::register::PaperView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::Violation;
use rules::register::Channel;

use super::api::{self, RegisterEntry};
use super::words::channel_name;
use crate::i18n::ui_locale;
use crate::judging::failure_of;
use crate::text::{ErrorView, FormErrors, entry_gap_text, field_message, moment_text, word};
use crate::ui::{
    Button, Choice, IconName, Notice, PageHeader, Select, Skeleton, TextArea, TextField, TextKind, Tone,
};

/// `/contests/:slug/register`, after success with `?done=CODE&entry=ID`.
pub struct PaperPage;

#[lazy_route]
impl LazyRoute for PaperPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let done = Memo::new(move |_| {
            let query = query.read();
            Some((query.get("done")?, query.get("entry")?))
        });
        let action = ServerAction::<RegisterEntry>::new();
        // a fresh form for the next entry, and only then
        let loaded = Resource::new_blocking(move || (slug.get(), done.get()), |(slug, _)| api::paper(slug));
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <PaperForm view action done=done.get_untracked()/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn PaperForm(
    view: PaperView,
    action: ServerAction<RegisterEntry>,
    done: Option<(String, String)>,
) -> impl IntoView {
    let refused = failure_of(action);
    let desk = if view.organiser {
        (
            word!(entry.desk.title),
            format!("/manage/{}/eligibility", view.contest_slug),
        )
    } else {
        (
            word!(entry.unit.overline),
            format!("/contests/{}/unit", view.contest_slug),
        )
    };
    let crumbs = vec![
        (
            view.contest_name.clone(),
            format!("/contests/{}", view.contest_slug),
        ),
        desk,
    ];
    let done = done.map(|(code, entry)| {
        let text = word!(register.paper.done, code = code);
        view! {
            <Notice tone=Tone::Ok announce=true>
                <p><a href=format!("/entries/{entry}/detail")>{text}</a></p>
            </Notice>
        }
    });
    let message = move |field: &'static str| {
        Signal::derive(move || {
            refused.with(|error| error.as_ref().and_then(|error| field_message(error, field)))
        })
    };
    let late = Signal::derive(move || {
        refused.with(|error| match error {
            Some(error @ Error::Rule(Violation::LateWithoutReason { .. })) => {
                Some(crate::text::error_text(error))
            }
            Some(error) => field_message(error, "late_reason"),
            None => None,
        })
    });
    let gaps = move || {
        let Some(Error::Rule(Violation::EntryIncomplete { gaps })) = refused.get() else {
            return None;
        };
        let lines = gaps
            .iter()
            .map(|gap| view! { <li>{entry_gap_text(gap)}</li> })
            .collect_view();
        Some(view! {
            <Notice tone=Tone::Danger announce=true>
                <p>{word!(register.paper.gaps)}</p>
                <ul>{lines}</ul>
            </Notice>
        })
    };
    let others = Signal::derive(move || {
        refused
            .get()
            .filter(|error| !matches!(error, Error::Rule(Violation::EntryIncomplete { .. })))
    });
    let labels = vec![
        ("title", word!(register.paper.entry_title)),
        ("authors", word!(register.paper.authors)),
        ("unit", word!(register.paper.unit)),
        ("category", word!(register.paper.category)),
        ("received_at", word!(register.paper.received)),
        ("channel", word!(register.paper.channel)),
        ("receipt_number", word!(register.paper.receipt)),
        ("late_reason", word!(register.paper.late_reason)),
        ("summary", word!(register.paper.summary)),
    ];
    let categories = view
        .categories
        .iter()
        .map(|one| Choice::new(one.code.clone(), one.name.clone()))
        .collect::<Vec<_>>();
    let units = view
        .units
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect::<Vec<_>>();
    let no_unit = if view.outside_authors {
        word!(register.paper.outside)
    } else {
        word!(register.paper.choose)
    };
    let channels = Channel::ALL
        .into_iter()
        .map(|channel| Choice::new(channel.slug(), channel_name(channel)))
        .collect::<Vec<_>>();
    let deadline = view.deadline.map_or_else(
        || word!(register.paper.no_deadline),
        |at| moment_text(at, &view.zone),
    );
    let received_hint = word!(
        register.paper.received_hint,
        zone = view.zone.label(ui_locale()),
        deadline = deadline
    );
    view! {
        <PageHeader title=word!(register.paper.title) crumbs overline=view.contest_name.clone()>
            <p class="measure">{word!(register.paper.lead)}</p>
        </PageHeader>
        {done}
        <ActionForm action>
            <div class="stack measure">
                {gaps}
                <FormErrors error=others prefix="form" labels/>
                <input type="hidden" name="form[key]" value=view.key.to_string()/>
                <input type="hidden" name="form[contest]" value=view.contest.to_string()/>
                <input type="hidden" name="form[slug]" value=view.contest_slug.clone()/>
                <TextField name="form[title]" label=word!(register.paper.entry_title) max=rules::entry::TITLE_MAX error=message("title")/>
                <TextArea name="form[authors]" label=word!(register.paper.authors) hint=word!(register.paper.authors_hint) rows=3 error=message("authors")/>
                <Select name="form[unit]" label=word!(register.paper.unit) choices=units placeholder=no_unit error=message("unit")/>
                <Select name="form[category]" label=word!(register.paper.category) choices=categories placeholder=word!(register.paper.choose) error=message("category")/>
                <TextField name="form[received_at]" label=word!(register.paper.received) hint=received_hint kind=TextKind::DateTime error=message("received_at")/>
                <Select name="form[channel]" label=word!(register.paper.channel) choices=channels placeholder=word!(register.paper.choose) error=message("channel")/>
                <TextField name="form[receipt_number]" label=word!(register.paper.receipt) hint=word!(register.paper.receipt_hint) kind=TextKind::Code error=message("receipt_number")/>
                <TextArea name="form[late_reason]" label=word!(register.paper.late_reason) hint=word!(register.paper.late_hint) rows=2 mark_optional=true error=late/>
                <TextArea name="form[summary]" label=word!(register.paper.summary) hint=word!(register.paper.summary_hint) rows=6 mark_optional=true error=message("summary")/>
                <div><Button icon=IconName::Check loading=action.pending()>{word!(register.paper.act)}</Button></div>
            </div>
        </ActionForm>
    }
    .into_any()
}
