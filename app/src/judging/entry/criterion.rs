//! One criterion: what it asks, its bands as quick choices, and the figure with −, + and the keys.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use rules::judging::{Band, Criterion, CriterionCode, ScoredAt};
use rules::points::Points;

use super::figure::{holds, middle, stepped};
use super::sheet::{Figure, Sheet, figure_id};
use crate::judging::words::points;
use crate::text::word;
use crate::ui::{FieldError, Icon, IconName};

/// A criterion with the figures it is scored by: its own, or one a sub-criterion.
#[component]
pub fn CriterionCard(criterion: Criterion, sheet: Sheet) -> impl IntoView {
    let scored_at = sheet.frame.with_value(|frame| frame.rubric.scored_at);
    let by_parts = scored_at == ScoredAt::SubCriterion && !criterion.sub.is_empty();
    let heading = format!("{}-name", figure_id(&criterion.code));
    let guidance = (!by_parts && !criterion.sub.is_empty()).then(|| {
        let parts = criterion
            .sub
            .iter()
            .map(|part| view! { <li><span>{part.name.clone()}</span><span class="num muted">{points(part.max)}</span></li> })
            .collect_view();
        view! { <ul class="criterion-parts" aria-label=word!(judging.sheet.guidance)>{parts}</ul> }
    });
    let figures = if by_parts {
        let rows = criterion
            .sub
            .iter()
            .map(|part| view! { <FigureRow code=part.code.clone() name=part.name.clone() bands=Vec::new() sheet/> })
            .collect_view();
        rows.into_any()
    } else {
        let (code, name, bands) = (
            criterion.code.clone(),
            criterion.name.clone(),
            criterion.bands.clone(),
        );
        view! { <FigureRow code name bands sheet hide_name=true/> }.into_any()
    };
    let labelled = heading.clone();
    let floor = criterion
        .floor
        .map(|floor| word!(judging.sheet.floor, floor = points(floor)));
    view! {
        <div class="criterion" role="group" aria-labelledby=labelled>
            <div class="criterion-head">
                <h3 class="criterion-name" id=heading>
                    <span class="criterion-code num">{criterion.code.to_string()}</span>
                    <span>{criterion.name.clone()}</span>
                </h3>
                <span class="criterion-max num">{word!(judging.sheet.max, max = points(criterion.max))}</span>
            </div>
            {(!criterion.hint.is_empty()).then(|| view! { <p class="criterion-hint">{criterion.hint.clone()}</p> })}
            {guidance}
            {floor.map(|floor| view! { <p class="criterion-hint">{floor}</p> })}
            {figures}
        </div>
    }
    .into_any()
}

/// The control of one figure.
#[component]
fn FigureRow(
    code: CriterionCode,
    name: String,
    bands: Vec<Band>,
    sheet: Sheet,
    /// The heading above says the name.
    #[prop(optional)]
    hide_name: bool,
) -> impl IntoView {
    let known = sheet
        .frame
        .with_value(|frame| frame.figures.iter().find(|figure| figure.code == code).cloned());
    let Some(figure) = known else { return ().into_any() };
    let Figure { max, text, .. } = figure.clone();
    let step = sheet.frame.with_value(|frame| frame.rubric.step);
    let id = figure_id(&code);
    let message = {
        let code = code.clone();
        Signal::derive(move || sheet.message(&code))
    };
    let locked = move || !sheet.can_write();
    let asleep = move || !sheet.awake.get() || locked();
    let go = move |steps: i64| {
        let from = Points::parse(&text.get_untracked()).ok();
        set_figure(sheet, text, stepped(from, steps, step, max));
    };
    let keys = move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            "PageUp" => 10,
            "PageDown" => -10,
            "Enter" => {
                // Enter in the middle of a scorecard would send the whole form.
                event.prevent_default();
                sheet.save_now();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if untrack(|| sheet.can_write()) {
            go(steps);
        }
    };
    let node = NodeRef::<html::Input>::new();
    follow_typing(node, text, sheet);
    let described = {
        let id = id.clone();
        move || message.with(Option::is_some).then(|| format!("{id}-error"))
    };
    let quick = (!bands.is_empty()).then(|| view! { <Bands bands figure=figure.clone() step sheet/> });
    view! {
        {quick}
        <div class="figure-row" class:field-invalid=move || message.with(Option::is_some)>
            <label class="figure-name" class:visually-hidden=hide_name for=id.clone()>
                {word!(judging.sheet.points_of, criterion = format!("{code} {name}"), max = points(max))}
            </label>
            <div class="figure-control">
                <button class="figure-step" type="button" aria-label=word!(judging.sheet.less, criterion = code.to_string())
                    disabled=asleep on:click=move |_| go(-1)>
                    <Icon name=IconName::Minus/>
                </button>
                <input type="hidden" name="form[code][]" value=code.to_string()/>
                <input
                    class="input input-number figure-input num"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    id=id.clone()
                    name="form[points][]"
                    value=text.get_untracked()
                    node_ref=node
                    readonly=locked
                    aria-describedby=described
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    on:keydown=keys
                    on:input:target=move |event| {
                        text.set(event.target().value());
                        sheet.touched();
                    }
                />
                <button class="figure-step" type="button" aria-label=word!(judging.sheet.more, criterion = code.to_string())
                    disabled=asleep on:click=move |_| go(1)>
                    <Icon name=IconName::Plus/>
                </button>
                <span class="figure-of num" aria-hidden="true">"/ "{points(max)}</span>
            </div>
            <FieldError id error=message/>
        </div>
    }
    .into_any()
}

/// The rubric's bands as quick choices: one press puts the figure into the middle of the band, −/+ do the rest. The
/// band a figure lies in is marked however it got there.
#[component]
fn Bands(bands: Vec<Band>, figure: Figure, step: Points, sheet: Sheet) -> impl IntoView {
    let text = figure.text;
    let given = move || Points::parse(&text.get()).ok();
    let choices = bands
        .into_iter()
        .map(|band| {
            let range = format!("{}–{}", points(band.from), points(band.to));
            let name = band.label.clone();
            let marked = {
                let band = band.clone();
                move || holds(&band, given()).to_string()
            };
            // A figure in the band already says more than the band: it is left alone.
            let pick = move |_| {
                if !holds(&band, untrack(given)) {
                    set_figure(sheet, text, middle(&band, step));
                }
            };
            view! {
                <button class="band" type="button" aria-pressed=marked
                    disabled=move || !sheet.awake.get() || !sheet.can_write() on:click=pick>
                    {(!name.is_empty()).then(|| view! { <span class="band-name">{name}</span> })}
                    <span class="band-range num">{range}</span>
                </button>
            }
        })
        .collect_view();
    view! { <div class="bands" role="group" aria-label=word!(judging.sheet.bands)>{choices}</div> }.into_any()
}

fn set_figure(sheet: Sheet, text: RwSignal<String>, to: Points) {
    text.set(to.format(sheet.frame.with_value(|frame| frame.locale), 0));
    sheet.touched();
}

/// Keeps the control and the sheet equal. What was typed before the wasm took over is the person's, so the first
/// difference goes into the sheet; every later one comes out of it.
fn follow_typing(node: NodeRef<html::Input>, text: RwSignal<String>, sheet: Sheet) {
    Effect::new(move |seen: Option<bool>| {
        let Some(input) = node.get() else { return false };
        let (known, shown) = (text.get(), input.value());
        if known != shown {
            // Untouched since the server rendered it: what this device kept may have been put into the sheet first.
            let untouched = shown == input.default_value();
            if seen == Some(true) || untouched {
                input.set_value(&known);
            } else {
                text.set(shown);
                sheet.touched();
            }
        }
        true
    });
}
