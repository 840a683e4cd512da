//! The same judge on two devices: both versions side by side, and the judge chooses. Nothing is overwritten unseen.

use contract::judging::OwnCardState;
use leptos::prelude::*;
use rules::judging::Rubric;

use super::sheet::Sheet;
use crate::judging::words::{clock, points};
use crate::text::word;
use crate::ui::{Button, Notice, Tone, Variant};

/// Shown while another device's version waits for a choice.
#[component]
pub fn Clash(sheet: Sheet, rubric: Rubric) -> impl IntoView {
    let rubric = StoredValue::new(rubric);
    move || {
        let theirs = sheet.theirs.get()?;
        let zone = sheet.frame.with_value(|frame| frame.zone.clone());
        let at = theirs
            .submitted_at
            .or(theirs.saved_at)
            .map(|at| clock(at, &zone))
            .unwrap_or_default();
        let fixed = matches!(theirs.state, OwnCardState::Submitted | OwnCardState::Recused);
        let figures = sheet.frame.with_value(|frame| frame.figures.clone());
        let rows = figures
            .into_iter()
            .map(|figure| {
                let name = rubric.with_value(|rubric| crate::judging::words::named(&figure.code, rubric));
                let other = theirs
                    .scores
                    .get(&figure.code)
                    .map(|score| points(*score))
                    .unwrap_or_default();
                let text = figure.text;
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td class="num right">{move || text.get()}</td>
                        <td class="num right">{other}</td>
                    </tr>
                }
            })
            .collect_view();
        let comment = theirs.comment.clone();
        Some(view! {
            <Notice tone=Tone::Warn title=word!(judging.clash.title) announce=true>
                <p>{if fixed { word!(judging.clash.fixed, time = at) } else { word!(judging.clash.text, time = at) }}</p>
                <div class="table-frame" role="region" tabindex="0" aria-label=word!(judging.clash.title)>
                    <table class="table">
                        <caption class="visually-hidden">{word!(judging.clash.title)}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{word!(judging.submit.criterion)}</th>
                                <th scope="col" class="right">{word!(judging.clash.mine)}</th>
                                <th scope="col" class="right">{word!(judging.clash.theirs)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {rows}
                            <tr>
                                <th scope="row">{word!(judging.sheet.comment)}</th>
                                <td>{move || sheet.comment.get()}</td>
                                <td>{comment}</td>
                            </tr>
                        </tbody>
                    </table>
                </div>
                <div class="cluster">
                    {(!fixed).then(|| view! {
                        <Button kind="button" on_click=Callback::new(move |_| sheet.keep_mine())>{word!(judging.clash.keep)}</Button>
                    })}
                    <Button kind="button" variant=Variant::Secondary on_click=Callback::new(move |_| sheet.take_theirs())>
                        {word!(judging.clash.take)}
                    </Button>
                </div>
            </Notice>
        })
    }
}
