//! Small texts several pages show: invented data, signed documents, paragraphs as typed.

use crate::i18n::{t_string, ui_locale, use_i18n};
use crate::text::word;
use crate::ui::{Badge, Tone};
use leptos::prelude::*;
use rules::contest::SignedDocument;
use rules::text::Locale;
use rules::time::{format_date, format_date_words};

/// The label invented data carries, always. Nothing where `text` (the title beside it) already begins with it.
#[component]
pub fn FictionalLabel(fictional: bool, #[prop(optional, into)] text: String) -> impl IntoView {
    let i18n = use_i18n();
    (fictional && !text.trim_start().starts_with("[Giả định]")).then(|| {
        view! {
            <span class="fictional" title=t_string!(i18n, common.fictional_note)>
                <Badge tone=Tone::Warn>{t_string!(i18n, common.fictional)}</Badge>
            </span>
        }
        .into_any()
    })
}

/// `Quyết định số 181/QĐ-KKT ngày 29 tháng 10 năm 2021`, without what is not known.
pub fn document_text(kind: &str, document: &SignedDocument) -> String {
    let mut text = kind.to_owned();
    if let Some(reference) = document.reference() {
        text.push_str(&word!(contest.document.number, reference = reference));
    }
    if let Some(date) = document.issued_on {
        let date = match ui_locale() {
            Locale::Vi => format_date_words(date),
            Locale::En => format_date(date),
        };
        text.push_str(&word!(contest.document.dated, date = date));
    }
    text
}

/// The document and who signed it.
#[component]
pub fn DocumentLine(#[prop(into)] kind: String, document: SignedDocument) -> impl IntoView {
    let i18n = use_i18n();
    let text = document_text(&kind, &document);
    let signer = [document.signer_position, document.signer]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <p class="document-line">
            <span class="document-line-text">{text}</span>
            {(!signer.is_empty())
                .then(|| view! { <span class="document-line-signer">{t_string!(i18n, contest.document.signed, signer = signer)}</span> })}
        </p>
    }
    .into_any()
}

/// A text of several lines, a paragraph each. Nothing for an empty text.
#[component]
pub fn Paragraphs(#[prop(into)] text: String) -> impl IntoView {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view()
        .into_any()
}
