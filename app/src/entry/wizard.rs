//! The wizard: its steps in any order, each with its own address, saved by itself.

mod attachments;
mod authors;
mod autosave;
mod clash;
mod declaration;
mod discard;
mod draft;
mod form;
mod frame;
mod missing;
mod refused;
mod returned;
mod review;
mod statement;
mod topic;

use contract::entry::DraftView;
use contract::unit::ReturnsView;
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::entry::{EntryState, Step};
use rules::id::{EntryId, UserId};

use self::attachments::queue::Queue;
use self::clash::ClashView;
use self::draft::{Draft, Remark};
use self::missing::Missing;
use self::returned::{NotePanel, Notes};
use super::api;
use super::parts::{CodeChip, StateBadge, receipt_href, step_href};
use super::unit::api as desk;
use crate::account::use_session;
use crate::deadline::{DropChangesForm, ExtensionNotes, grace_note};
use crate::layout::NotFound;
use crate::text::{ErrorView, milestone_name, moment_text, wizard_step_name, word};
use crate::ui::{
    Deadline, LinkButton, Notice, PageHeader, Skeleton, Step as StepLine, StepState, Stepper, Tone, Variant,
    use_toasts,
};

/// `/entries/:entry/:step`
pub struct WizardPage;

#[lazy_route]
impl LazyRoute for WizardPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let entry = Memo::new(move |_| {
            params
                .read()
                .get("entry")
                .and_then(|text| text.parse::<EntryId>().ok())
        });
        let step = Memo::new(move |_| params.read().get("step").and_then(|slug| Step::from_slug(&slug)));
        let loaded = Resource::new_blocking(
            move || entry.get(),
            move |entry| async move {
                match entry {
                    Some(entry) if step.get_untracked().is_some() => with_notes(entry).await,
                    _ => Err(Error::NotFound(Kind::Page)),
                }
            },
        );
        let session = use_session();
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    let person = session.await.ok().and_then(|session| session.person).map(|person| person.id);
                    match loaded.await {
                        Ok((view, notes)) => view! { <Wizard view notes person step/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The draft, and what the unit asked to be mended where it was returned.
async fn with_notes(entry: EntryId) -> Result<(DraftView, Option<ReturnsView>), Error> {
    let view = api::draft(entry).await?;
    let notes = match view.returned {
        Some(_) => Some(desk::returns(entry).await?),
        None => None,
    };
    Ok((view, notes))
}

/// The wizard once it is loaded.
#[component]
fn Wizard(
    view: DraftView,
    #[prop(optional_no_strip)] notes: Option<ReturnsView>,
    person: Option<UserId>,
    step: Memo<Option<Step>>,
) -> impl IntoView {
    let draft = Draft::new(view.clone(), person);
    let notes = Notes::provide(notes);
    Effect::new(move |ran: Option<()>| {
        if ran.is_none() {
            draft.restore();
        }
    });
    let queue = Queue::new(draft, use_toasts());
    provide_context(queue);
    let online = window_event_listener(leptos::ev::online, move |_| draft.online());
    // Back from the mail program or another tab: somebody may have answered meanwhile.
    let focus = window_event_listener(leptos::ev::focus, move |_| draft.look_again());
    on_cleanup(move || {
        online.remove();
        queue.leave();
        focus.remove();
        draft.leave();
    });
    // Leaving a step saves it and shows from then on what it lacks.
    Effect::new(move |before: Option<Option<Step>>| {
        let now = step.get();
        if let Some(Some(left)) = before
            && Some(left) != now
        {
            draft.save_now();
            draft.visited.update(|visited| {
                visited.insert(left);
            });
        }
        now
    });
    let crumbs = vec![
        (word!(entry.own.title), "/entries".to_owned()),
        (
            view.contest_name.clone(),
            format!("/contests/{}", view.contest_slug),
        ),
    ];
    let title = move || step.get().map(wizard_step_name).unwrap_or_default();
    let body = move || match step.get() {
        Some(Step::Authors) => view! { <authors::AuthorsStep draft/> }.into_any(),
        Some(Step::Topic) => view! { <topic::TopicStep draft/> }.into_any(),
        Some(Step::Statement) => view! { <statement::StatementStep draft/> }.into_any(),
        Some(Step::Form) => view! { <form::FormStep draft/> }.into_any(),
        Some(Step::Attachments) => view! { <attachments::AttachmentsStep draft/> }.into_any(),
        Some(Step::Declaration) => view! { <declaration::DeclarationStep draft/> }.into_any(),
        Some(Step::Review) => view! { <review::ReviewStep draft/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    };
    view! {
        <div class="entry-wizard">
            {move || {
                let name = draft.typed.with_untracked(|typed| typed.title.clone());
                let overline = Some(name).filter(|name| !name.trim().is_empty());
                let overline = overline.unwrap_or_else(|| word!(entry.untitled));
                view! {
                    <PageHeader title=title() crumbs=crumbs.clone() overline>
                        <HeaderLine draft/>
                    </PageHeader>
                }
            }}
            <form::Changes changes=view.form_changes.clone()/>
            <Standing draft view/>
            <NotePanel notes/>
            <ClashView draft/>
            <Remarks draft/>
            <div class="wizard">
                <Steps draft step notes/>
                <div class="wizard-body">
                    {body}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// State and code.
#[component]
fn HeaderLine(draft: Draft) -> impl IntoView {
    let (state, code) = draft.view.with_untracked(|view| (view.state, view.code.clone()));
    view! {
        <span class="cluster">
            <StateBadge state/>
            {code.map(|code| view! { <CodeChip code/> })}
        </span>
    }
    .into_any()
}

/// The deadline, what the unit asked for, and why nothing can be changed where that is so.
#[component]
fn Standing(draft: Draft, view: DraftView) -> impl IntoView {
    let open = view.state.is_editable() || view.revising.is_some();
    let deadline = view.deadline.clone().filter(|_| open).map(|next| {
        let note = grace_note(&next, &view.zone);
        view! {
            <Deadline at=next.at zone=view.zone.clone() now=view.now label=milestone_name(next.milestone) note banner=true/>
        }
    });
    let revising = view.revising.filter(|_| view.can_edit).map(|number| {
        // saving raises it while the page is open
        let version = Signal::derive(move || draft.view.with(|view| view.version));
        view! {
            <Notice tone=Tone::Info title=word!(deadline.revise.title)>
                <p>{word!(deadline.revise.text, number = number)}</p>
                <DropChangesForm entry=view.entry key=view.key version/>
            </Notice>
        }
    });
    let extensions = view.extensions.clone();
    let zone = view.zone.clone();
    let returned = view.returned.clone().map(|(reason, due)| {
        let due = due.map(|due| word!(entry.returned.due, at = moment_text(due, &view.zone)));
        view! {
            <Notice tone=Tone::Warn title=word!(entry.returned.title)>
                <p class="pre-line">{reason}</p>
                {due.map(|due| view! { <p class="strong">{due}</p> })}
                <p>{word!(entry.returned.next)}</p>
            </Notice>
        }
    });
    let locked = (!view.can_edit).then(|| {
        let receipt = view.code.is_some().then(|| {
            view! {
                <LinkButton href=receipt_href(view.entry) variant=Variant::Secondary small=true>
                    {word!(entry.locked.receipt)}
                </LinkButton>
            }
        });
        let text = if view.state == EntryState::Draft {
            word!(entry.locked.phase)
        } else {
            word!(entry.locked.submitted)
        };
        view! { <Notice tone=Tone::Info><p>{text}</p>{receipt}</Notice> }
    });
    view! { <div class="stack entry-standing">{returned}{revising}<ExtensionNotes extensions zone/>{deadline}{locked}</div> }.into_any()
}

/// The steps, each with what it lacks. Drawn anew only when a state changes.
#[component]
fn Steps(draft: Draft, step: Memo<Option<Step>>, notes: Notes) -> impl IntoView {
    let entry = draft.entry();
    // the step on the screen stays in the list, even where an answer elsewhere took its questions away
    let shown = Memo::new(move |_| {
        let steps = draft.steps.get();
        let applies = |one: &Step| steps.contains(one) || step.get() == Some(*one);
        Step::ALL.into_iter().filter(applies).collect::<Vec<_>>()
    });
    let lines = Memo::new(move |_| {
        let steps = shown.get().into_iter().map(|step| {
            let missing = if step == Step::Review {
                draft.gaps().len()
            } else {
                draft.gaps_of(step).len()
            };
            let asked = notes.open_in(step);
            let seen = draft.visited.with(|visited| visited.contains(&step));
            let state = match (missing, step) {
                (0, step) if asked > 0 && step != Step::Review => StepState::Missing,
                (0, Step::Review) => StepState::Open,
                // nothing is compulsory in it: done once there is something
                (0, Step::Attachments) if draft.view.with(|view| view.attachments.is_empty()) => {
                    StepState::Open
                }
                (0, _) => StepState::Done,
                (_, Step::Review) => StepState::Open,
                _ if seen => StepState::Missing,
                _ => StepState::Open,
            };
            let lacks = (missing > 0).then(|| word!(entry.wizard.missing, count = missing));
            let mend = (asked > 0).then(|| word!(unit.note.step, count = asked));
            let note = match (lacks, mend) {
                (Some(lacks), Some(mend)) => Some(format!("{lacks}; {mend}")),
                (lacks, mend) => lacks.or(mend),
            };
            StepLine {
                title: wizard_step_name(step),
                href: step_href(entry, step),
                state,
                note,
            }
        });
        steps.collect::<Vec<_>>()
    });
    let current = move || {
        step.get()
            .and_then(|step| shown.get().into_iter().position(|one| one == step))
            .unwrap_or_default()
    };
    view! { <div class="wizard-steps">{move || view! { <Stepper steps=lines.get() current=current()/> }}<Missing draft step/></div> }
        .into_any()
}

/// Says once where text came from that the person did not just type.
#[component]
fn Remarks(draft: Draft) -> impl IntoView {
    move || {
        draft.remark.get().map(|remark| {
            let text = match remark {
                Remark::Restored => word!(entry.save.restored),
                Remark::Joined => word!(entry.save.joined),
                Remark::KeptClosed => word!(author.save.kept_closed),
            };
            view! { <Notice tone=Tone::Info announce=true><p>{text}</p></Notice> }
        })
    }
}
