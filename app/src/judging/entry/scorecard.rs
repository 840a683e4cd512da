//! The scorecard: every criterion, the comment, the running total, and the bar that says where the typed figures are.

use contract::Error;
use contract::judging::{JudgeEntryView, OwnCardState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::Violation;
use rules::judging::ScoreProblem;

use super::clash::Clash;
use super::criterion::CriterionCard;
use super::sheet::{COMMENT_ID, SaveState, Sheet, figure_id};
use super::submit::{SubmitDialog, use_submit};
use crate::judging::api::PostScorecard;
use crate::judging::words::{clock, comment_rule_text, points};
use crate::text::{error_text, form_errors, moment_text, score_problem_text, word};
use crate::ui::{Badge, Button, ErrorSummary, FormError, IconName, Notice, TextArea, Tone, Variant};

/// The form. With wasm it saves by itself; without, it posts like any form.
#[component]
pub fn Scorecard(entry: JudgeEntryView, sheet: Sheet) -> impl IntoView {
    let posted = ServerAction::<PostScorecard>::new();
    let asking = RwSignal::new(false);
    let submit = use_submit(sheet, asking);
    let rule = comment_rule_text(&entry.rubric);
    let max_total = entry.rubric.max_total;
    let cards = entry
        .rubric
        .criteria
        .iter()
        .map(|criterion| view! { <CriterionCard criterion=criterion.clone() sheet/> })
        .collect_view();
    let wanted = entry.rubric.scored().len();
    let given = move || {
        word!(
            judging.sheet.given,
            done = sheet.reading().scores.len(),
            total = wanted
        )
    };
    let writable = Memo::new(move |_| sheet.can_write());
    let errors = Signal::derive(move || {
        let refused = posted.value().with(|answer| {
            answer
                .as_ref()
                .and_then(|answer| answer.as_ref().err())
                .map(refused_lines)
        });
        refused
            .unwrap_or_default()
            .into_iter()
            .chain(sheet.summary())
            .collect::<Vec<_>>()
    });
    view! {
        <form class="scorecard" method="post" action=PostScorecard::url() on:submit=submit>
            <input type="hidden" name="form[key]" value=entry.key.to_string()/>
            <input type="hidden" name="form[round]" value=entry.round.to_string()/>
            <input type="hidden" name="form[label]" value=entry.label.0.clone()/>
            <input type="hidden" name="form[expected]" value=move || sheet.card.with(|card| card.version.to_string())/>
            <h2 class="scorecard-title">{word!(judging.entry.scorecard)}</h2>
            <StateNotice entry=entry.clone() sheet/>
            <Clash sheet rubric=entry.rubric.clone()/>
            <ErrorSummary errors/>
            {cards}
            <Comment sheet rule/>
            <div class="score-bar">
                <div class="score-total">
                    <span class="score-total-name">{word!(judging.sheet.total)}</span>
                    <output class="score-total-figure num">
                        {move || points(sheet.total())}
                        <span class="muted">" / "{points(max_total)}</span>
                    </output>
                    <span class="score-total-given small muted num">{given}</span>
                    <SaveBadge sheet/>
                </div>
                <div class="score-acts">
                    // The draft saves itself as soon as it can.
                    {move || (!sheet.awake.get() && sheet.can_write()).then(|| view! {
                        <Button variant=Variant::Secondary name="form[act]" value="save">{word!(judging.sheet.save)}</Button>
                    })}
                    {move || writable.get().then(|| view! {
                        <Button name="form[act]" value="submit" icon=IconName::Send>{word!(judging.sheet.submit)}</Button>
                    })}
                </div>
            </div>
        </form>
        <SubmitDialog sheet asking next=entry.next.clone() rubric=entry.rubric/>
    }
    .into_any()
}

/// What the server refused of a form posted without wasm, line by line beside its control.
fn refused_lines(error: &Error) -> Vec<FormError> {
    let Error::Rule(Violation::Scorecard { problems }) = error else {
        return form_errors(error, |field| format!("points-{field}"), str::to_owned);
    };
    let control = |problem: &ScoreProblem| {
        problem
            .criterion()
            .map_or_else(|| COMMENT_ID.to_owned(), figure_id)
    };
    let line = |problem| FormError {
        field: Some(control(problem)),
        message: score_problem_text(problem),
    };
    problems.iter().map(line).collect()
}

/// The comment: a field while the judge may write, a text after.
#[component]
fn Comment(sheet: Sheet, rule: Option<String>) -> impl IntoView {
    let writable = Memo::new(move |_| sheet.can_write());
    let hint = rule.unwrap_or_else(|| word!(judging.sheet.comment_free));
    let error = Signal::derive(move || sheet.comment_message());
    move || {
        if writable.get() {
            view! {
                <TextArea
                    name="form[comment]"
                    id=COMMENT_ID
                    label=word!(judging.sheet.comment)
                    hint=hint.clone()
                    rows=4
                    max=4000_usize
                    value=sheet.comment
                    error=error
                    on_input=Callback::new(move |text: String| {
                        sheet.comment.set(text);
                        sheet.touched();
                    })
                />
            }
            .into_any()
        } else {
            let text = sheet.comment.get();
            (!text.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h3>{word!(judging.sheet.comment)}</h3>
                            <p class="pre-line">{text}</p>
                        </section>
                    }
                })
                .into_any()
        }
    }
}

/// What the state of the scorecard means for the judge.
#[component]
fn StateNotice(entry: JudgeEntryView, sheet: Sheet) -> impl IntoView {
    move || {
        let card = sheet.card.get();
        let reason = card.reason.clone().unwrap_or_default();
        match card.state {
            OwnCardState::Submitted => {
                let at = card
                    .submitted_at
                    .map(|at| moment_text(at, &entry.zone))
                    .unwrap_or_default();
                let next = entry.next.clone().map(|label| {
                    let href = crate::judging::parts::entry_href(entry.round, &label);
                    view! { <p><a href=href>{word!(judging.entry.go_on, label = label.0.clone())}</a></p> }
                });
                view! {
                    <Notice tone=Tone::Ok title=word!(judging.sheet.submitted) announce=true>
                        <p>{word!(judging.sheet.submitted_at, at = at)}</p>
                        {next}
                    </Notice>
                }
                .into_any()
            }
            OwnCardState::Recused => view! {
                <Notice tone=Tone::Info title=word!(judging.sheet.recused)><p>{reason}</p></Notice>
            }
            .into_any(),
            OwnCardState::Reopened => view! {
                <Notice tone=Tone::Warn title=word!(judging.sheet.reopened)><p>{reason}</p></Notice>
            }
            .into_any(),
            OwnCardState::Empty | OwnCardState::Draft if !entry.round_state.takes_ballots() => view! {
                <Notice tone=Tone::Info><p>{word!(judging.sheet.closed)}</p></Notice>
            }
            .into_any(),
            OwnCardState::Empty | OwnCardState::Draft => ().into_any(),
        }
    }
}

/// Where the typed figures are: on the way, saved, or on this device only.
#[component]
fn SaveBadge(sheet: Sheet) -> impl IntoView {
    let badge = move || {
        let zone = sheet.frame.with_value(|frame| frame.zone.clone());
        let saved = || {
            let at = sheet.card.with(|card| card.submitted_at.or(card.saved_at));
            at.map(|at| word!(judging.save.saved_at, time = clock(at, &zone)))
        };
        let (tone, icon, text) = match sheet.save.get() {
            SaveState::Idle => (Tone::Neutral, IconName::Cloud, saved()?),
            SaveState::Waiting => (Tone::Neutral, IconName::Edit, word!(judging.save.waiting)),
            SaveState::Saving => (Tone::Info, IconName::Refresh, word!(judging.save.saving)),
            SaveState::Saved => (
                Tone::Ok,
                IconName::Cloud,
                saved().unwrap_or_else(|| word!(judging.save.saved)),
            ),
            SaveState::Kept => (Tone::Warn, IconName::CloudOff, word!(judging.save.kept)),
            SaveState::Refused(error) => (Tone::Danger, IconName::AlertCircle, error_text(&error)),
            SaveState::Clash => (Tone::Warn, IconName::AlertTriangle, word!(judging.save.clash)),
        };
        Some(view! { <Badge tone icon>{text}</Badge> })
    };
    view! { <div class="save-badge" role="status">{badge}</div> }.into_any()
}
