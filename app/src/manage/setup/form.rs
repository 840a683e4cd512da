//! The form around a section: hidden fields, refusals, two people's changes side by side, and the bar with the ways on.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::Error;
use contract::contest::SetupView;
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;
use rules::contest::SetupSection;

use super::Reload;
use super::clash::Clash;
use super::control::Controls;
use crate::i18n::ui_locale;
use crate::judging::failure_of;
use crate::manage::api::{self, SaveSection, SetupForm};
use crate::manage::intent::Intent;
use crate::manage::label::full_label;
use crate::manage::{section as sections, setup_href};
use crate::text::{form_errors, section_name, word};
use crate::ui::{
    ActionBar, Button, ErrorSummary, IconName, LinkButton, Notice, Tone, Variant, field_id, use_toasts,
};

/// What was sent and, where somebody was faster, what is stored now.
#[derive(Clone, Copy)]
struct Sending {
    action: ServerAction<SaveSection>,
    sent: RwSignal<Option<SetupForm>>,
    current: RwSignal<Option<SetupView>>,
}

impl Sending {
    fn send(self, form: SetupForm) {
        self.sent.set(Some(form.clone()));
        self.current.set(None);
        self.action.dispatch(SaveSection { form });
    }

    /// Loads what is stored now, to show it beside what was typed.
    fn load_current(self) {
        let Some(slug) = self
            .sent
            .with_untracked(|sent| sent.as_ref().map(|form| form.slug.clone()))
        else {
            return;
        };
        spawn_local(async move {
            if let Ok(view) = api::setup(slug).await {
                self.current.try_set(Some(view));
            }
        });
    }

    /// Sends what was typed again, made from the current version on purpose.
    fn keep_mine(self) {
        let (Some(form), Some(view)) = (self.sent.get_untracked(), self.current.get_untracked()) else {
            return;
        };
        self.send(SetupForm {
            key: view.key,
            expected: view.version,
            ..form
        });
    }
}

/// One section's form.
#[component]
pub fn SectionForm(view: SetupView, section: SetupSection, reload: Reload) -> impl IntoView {
    let sending = Sending {
        action: ServerAction::new(),
        sent: RwSignal::new(None),
        current: RwSignal::new(None),
    };
    follow(sending, reload);
    let failure = failure_of(sending.action);
    let fields = sections::write(section, &view.setup, ui_locale());
    let problems = match section {
        SetupSection::Form => super::questions::problems(&view.setup.form, &view.setup.categories),
        SetupSection::Rounds => super::problem::of_rounds(&view.setup.rounds),
        _ => BTreeMap::new(),
    };
    let controls = Controls {
        fields: Arc::new(fields),
        failure,
        problems: Arc::new(problems),
    };
    let submit = move |event: SubmitEvent| {
        if let Ok(SaveSection { form }) = SaveSection::from_event(event.unchecked_ref()) {
            event.prevent_default();
            if !sending.action.pending().get_untracked() {
                sending.send(form);
            }
        }
    };
    let body = match section {
        SetupSection::Plan => super::plan::body(&controls),
        SetupSection::Categories => super::categories::body(&controls),
        SetupSection::Timetable => super::timetable::body(&controls, &view.setup.timetable.zone),
        SetupSection::Eligibility => super::eligibility::body(&controls, &view),
        SetupSection::Form => super::questions::body(&controls, &view.setup.form, &view.setup.categories),
        SetupSection::Rounds => super::rounds::body(&controls, &view.setup.rounds),
        SetupSection::Prizes => super::prizes::body(&controls),
        SetupSection::Juries | SetupSection::Open => ().into_any(),
    };
    let can_edit = super::may_edit(&view, section);
    let clash = move || {
        let (mine, current) = (sending.sent.get()?, sending.current.get()?);
        let keep = Callback::new(move |()| sending.keep_mine());
        Some(view! { <Clash mine current section keep take=reload.again/> })
    };
    view! {
        <Saved/>
        {clash}
        <form class="stack setup-form" method="post" action=SaveSection::url() on:submit=submit>
            <Refused failure/>
            <input type="hidden" name="form[key]" value=view.key.to_string()/>
            <input type="hidden" name="form[slug]" value=view.slug.clone()/>
            <input type="hidden" name="form[expected]" value=view.version.to_string()/>
            <input type="hidden" name="form[section]" value=section.slug()/>
            // Enter in a field saves, whatever button comes first in the section.
            <button class="visually-hidden" type="submit" name="form[intent]" value="save" tabindex="-1" aria-hidden="true">
                {word!(common.action.save)}
            </button>
            <fieldset class="bare-fieldset stack" disabled=!can_edit>
                <legend class="visually-hidden">{section_name(section)}</legend>
                {body}
            </fieldset>
            <Bar slug=view.slug section can_edit pending=sending.action.pending().into()/>
        </form>
    }
    .into_any()
}

/// Follows the answers: a saved section is loaded again, a section somebody else changed is loaded beside it.
fn follow(sending: Sending, reload: Reload) {
    let toasts = use_toasts();
    let saved = word!(contest.manage.setup.saved);
    let value = sending.action.value();
    Effect::new(move || {
        value.with(|answer| match answer {
            Some(Ok(())) => {
                let intent = sending
                    .sent
                    .with_untracked(|sent| sent.as_ref().map(|form| Intent::parse(&form.intent)));
                reload
                    .focus
                    .set_value(intent.as_ref().and_then(|intent| focus_after(intent, sending)));
                toasts.show(Tone::Ok, saved.clone());
                reload.again.run(());
            }
            Some(Err(Error::Conflict(_))) => sending.load_current(),
            _ => {}
        });
    });
    Effect::new(move |ran: Option<()>| {
        if ran.is_none()
            && let Some(id) = reload.focus.try_update_value(Option::take).flatten()
            && let Some(element) = document().get_element_by_id(&id)
            && let Ok(element) = element.dyn_into::<leptos::web_sys::HtmlElement>()
        {
            // Without the focus the page works all the same.
            let _ = element.focus();
        }
    });
}

/// The first control of the row a button made or moved.
fn focus_after(intent: &Intent, sending: Sending) -> Option<String> {
    let rows = |list: &str| {
        sending
            .sent
            .with_untracked(|sent| sent.as_ref().map_or(0, |form| form.f.rows(list).len()))
    };
    let (list, at) = match intent {
        Intent::Add(list) => (list, rows(list)),
        Intent::Up(list, at) => (list, at.saturating_sub(1)),
        Intent::Down(list, at) => (list, at + 1),
        Intent::Remove(list, at) => (list, (*at).min(rows(list).saturating_sub(2))),
        Intent::Save | Intent::Next | Intent::Rubric(_) => return None,
    };
    let first = match list.rsplit('.').next().unwrap_or(list) {
        "legal_bases" | "tie" => "",
        "hotlines" => ".role",
        "fields" => ".label",
        _ => ".code",
    };
    Some(field_id(&Controls::name(&format!("{list}.{at}{first}"))))
}

/// Why the section was not saved. What was typed stays; without wasm the browser's way back leads to it.
#[component]
fn Refused(failure: Signal<Option<Error>>) -> impl IntoView {
    let errors = Signal::derive(move || {
        failure.with(|error| {
            error
                .as_ref()
                .map_or_else(Vec::new, |error| form_errors(error, Controls::name, full_label))
        })
    });
    view! {
        <ErrorSummary errors/>
        {move || {
            failure.with(Option::is_some).then(|| view! { <p class="setup-back">{word!(contest.manage.setup.go_back)}</p> })
        }}
    }
    .into_any()
}

/// Says after a plain post that the section is saved.
#[component]
fn Saved() -> impl IntoView {
    let query = use_query_map();
    let saved = query.with_untracked(|query| query.get("saved").is_some());
    saved.then(|| view! { <Notice tone=Tone::Ok><p>{word!(contest.manage.setup.saved)}</p></Notice> })
}

#[component]
fn Bar(slug: String, section: SetupSection, can_edit: bool, pending: Signal<bool>) -> impl IntoView {
    let at = SetupSection::ALL
        .iter()
        .position(|one| *one == section)
        .unwrap_or_default();
    let back = at
        .checked_sub(1)
        .and_then(|at| SetupSection::ALL.get(at))
        .map(|one| setup_href(&slug, *one));
    let next = SetupSection::ALL.get(at + 1).map(|one| setup_href(&slug, *one));
    view! {
        <ActionBar>
            {can_edit.then(|| view! {
                <Button name="form[intent]" value="next" icon=IconName::ArrowRight loading=pending>
                    {word!(contest.manage.setup.save_next)}
                </Button>
                <Button name="form[intent]" value="save" variant=Variant::Secondary loading=pending>
                    {word!(common.action.save)}
                </Button>
            })}
            {next.filter(|_| !can_edit).map(|href| view! {
                <LinkButton href icon=IconName::ArrowRight variant=Variant::Secondary>{word!(common.action.proceed)}</LinkButton>
            })}
            {back.map(|href| view! {
                <LinkButton href icon=IconName::ArrowLeft variant=Variant::Quiet>{word!(common.action.back)}</LinkButton>
            })}
        </ActionBar>
    }
    .into_any()
}
