//! The contest's own questions as they were answered, for reading.

use leptos::prelude::*;
use rules::entry::{Answer, AnswerLine};

use crate::i18n::ui_locale;
use crate::text::{answer_text, word};
use crate::ui::{DataList, Datum, Markdown};

/// Questions with their answers; one left open says so.
#[component]
pub fn AnswerList(lines: Vec<AnswerLine>) -> impl IntoView {
    let locale = ui_locale();
    let rows = lines
        .into_iter()
        .map(|line| {
            let name = line.label.text(locale).to_owned();
            let body = match line.answer {
                None => view! { <span class="muted">{word!(form.no_answer)}</span> }.into_any(),
                Some(Answer::LongText(text)) => view! { <Markdown text/> }.into_any(),
                Some(answer) => view! { <span>{answer_text(&answer)}</span> }.into_any(),
            };
            view! { <Datum name>{body}</Datum> }
        })
        .collect_view();
    view! { <div class="answer-list"><DataList>{rows}</DataList></div> }.into_any()
}
