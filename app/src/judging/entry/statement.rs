//! The entry as a judge reads it: without authors, files under a neutral name.

use contract::judging::{JudgeEntryView, OwnCardState};
use leptos::prelude::*;
use rules::entry::{AttachmentInfo, StatementSection};
use rules::event::EntryLabel;
use rules::id::RoundId;

use crate::entry::{AnswerList, Pdf};
use crate::text::{
    attachment_kind_name, bytes_text, maturity_name, scope_name, statement_section_name, word,
};
use crate::ui::{DataList, Datum, Icon, IconName, Markdown};

/// Facts, statement and files.
#[component]
pub fn EntryText(entry: JudgeEntryView) -> impl IntoView {
    let sections = StatementSection::ALL
        .into_iter()
        .filter_map(|section| {
            let text = entry.statement.section(section).trim().to_owned();
            (!text.is_empty()).then(|| {
                view! {
                    <section class="statement-part">
                        <h2>{statement_section_name(section)}</h2>
                        <Markdown text/>
                    </section>
                }
            })
        })
        .collect_view();
    let answers = (!entry.answers.is_empty()).then(|| {
        view! {
            <section class="statement-part">
                <h2>{word!(form.answers)}</h2>
                <AnswerList lines=entry.answers.clone()/>
            </section>
        }
    });
    let files = (!entry.attachments.is_empty()).then(|| {
        let (round, label) = (entry.round, entry.label.clone());
        let items = entry
            .attachments
            .iter()
            .map(|file| file_item(round, &label, file))
            .collect_view();
        view! {
            <section class="statement-part">
                <h2>{word!(judging.entry.files)}</h2>
                <ul class="statement-files">{items}</ul>
            </section>
        }
    });
    // a judge who stands aside has nothing to read here
    let readable = entry.card.state != OwnCardState::Recused;
    let copy = format!("/files/blind/{}/{}/statement.pdf", entry.round, entry.label.0);
    view! {
        <section class="text-pane" tabindex="0" aria-label=word!(judging.entry.text)>
            <DataList>
                <Datum name=word!(judging.entry.category)>{entry.category_name.clone()}</Datum>
                {entry.scope.map(|scope| view! { <Datum name=word!(judging.entry.scope)>{scope_name(scope)}</Datum> })}
                {entry.maturity.map(|level| view! { <Datum name=word!(judging.entry.maturity)>{maturity_name(level)}</Datum> })}
            </DataList>
            {sections}
            {answers}
            {readable.then(|| view! {
            <p>
                <a class="statement-file" href=copy rel="external" target="_blank">
                    <Icon name=IconName::File/>
                    <span>{word!(paper.blind_copy.pdf)}</span>
                </a>
            </p>
            })}
            {files}
        </section>
    }
    .into_any()
}

/// One file: pictures and films are seen here, everything is opened or saved by its link.
fn file_item(round: RoundId, label: &EntryLabel, file: &AttachmentInfo) -> AnyView {
    let href = format!("/files/blind/{round}/{}/{}", label.0, file.id);
    let about = format!("{} · {}", attachment_kind_name(file.kind), bytes_text(file.size));
    let preview = match file.media_type.split('/').next() {
        Some("image") => Some(
            view! { <img class="statement-picture" src=href.clone() alt=file.file_name.clone() loading="lazy"/> }.into_any(),
        ),
        Some("video") => Some(
            view! {
                <video class="statement-picture" controls preload="none" aria-label=file.file_name.clone()>
                    <source src=href.clone() type=file.media_type.clone()/>
                </video>
            }
            .into_any(),
        ),
        _ if file.media_type == "application/pdf" => {
            let name = file.file_name.clone();
            Some(view! { <Pdf href=href.clone() name/> }.into_any())
        }
        _ => None,
    };
    view! {
        <li>
            {preview}
            <a class="statement-file" href=href rel="external" target="_blank">
                <Icon name=IconName::File/>
                <span>{file.file_name.clone()}</span>
                <span class="muted small">{about}</span>
            </a>
        </li>
    }
    .into_any()
}
