//! The signed decision: recorded once, and from then on the result is official, public and unchangeable (S0 A-25).

use contract::Error;
use contract::results::ResultsDeskView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use rules::contest::SignedDocument;
use rules::time::format_date;

use crate::text::{FormErrors, field_message, word};
use crate::ui::{
    Button, Card, Checkbox, DataList, Datum, FileInput, IconName, LinkButton, Notice, TextField, TextKind,
    Tone, Variant,
};

/// The decision as recorded, or the form that records it.
#[component]
pub fn Decision(desk: ResultsDeskView) -> impl IntoView {
    if let Some(decision) = desk.decision.clone() {
        return view! { <Recorded decision slug=desk.contest_slug file_name=desk.file_name/> }.into_any();
    }
    if !desk.can_decide {
        let text = if desk.proposed.is_empty() {
            word!(results.decision.propose_first)
        } else {
            word!(results.decision.not_yet)
        };
        return view! { <Card title=word!(results.decision.title)><p class="muted">{text}</p></Card> }
            .into_any();
    }
    view! { <DecisionForm desk/> }.into_any()
}

/// Names of the form's fields, as the service calls them and as people read them.
fn labels() -> Vec<(&'static str, String)> {
    vec![
        ("number", word!(results.decision.number)),
        ("symbol", word!(results.decision.symbol)),
        ("issued_on", word!(results.decision.issued_on)),
        ("signer", word!(results.decision.signer)),
        ("signer_position", word!(results.decision.position)),
        ("file", word!(results.decision.file)),
    ]
}

/// A plain multipart form: it works the same with and without wasm, and a refusal comes back in the address.
#[component]
fn DecisionForm(desk: ResultsDeskView) -> impl IntoView {
    let query = use_query_map();
    let refused = Signal::derive(move || {
        let text = query.read().get("upload_error")?;
        serde_json::from_str::<Error>(&text).ok()
    });
    let message = move |field: &'static str| {
        Signal::derive(move || {
            refused.with(|error| error.as_ref().and_then(|error| field_message(error, field)))
        })
    };
    let action = format!("/upload/decision/{}", desk.contest_slug);
    view! {
        <Card title=word!(results.decision.title) highlight=true>
            <form class="decision-form" method="post" action=action enctype="multipart/form-data">
                <FormErrors error=refused labels=labels()/>
                <p class="measure">{word!(results.decision.text)}</p>
                <input type="hidden" name="key" value=desk.key.to_string()/>
                <input type="hidden" name="expected" value=desk.version.to_string()/>
                <div class="form-row">
                    <TextField name="number" label=word!(results.decision.number) error=message("number") required=true/>
                    <TextField name="symbol" label=word!(results.decision.symbol) hint=word!(results.decision.symbol_hint)
                        error=message("symbol") required=true/>
                    <TextField name="issued_on" label=word!(results.decision.issued_on) kind=TextKind::Date
                        error=message("issued_on") required=true/>
                </div>
                <div class="form-row">
                    <TextField name="signer" label=word!(results.decision.signer) error=message("signer") max=200_usize required=true/>
                    <TextField name="signer_position" label=word!(results.decision.position)
                        error=message("signer_position") max=200_usize required=true/>
                </div>
                <FileInput name="file" label=word!(results.decision.file) hint=word!(results.decision.file_hint)
                    accept=".pdf,application/pdf" error=message("file")/>
                <Notice tone=Tone::Warn title=word!(results.decision.effect)>
                    <ul>
                        <li>{word!(results.decision.effect_public)}</li>
                        <li>{word!(results.decision.effect_final)}</li>
                    </ul>
                </Notice>
                <Checkbox name="sure" label=word!(results.decision.sure) required=true/>
                <div><Button icon=IconName::Award>{word!(results.decision.record)}</Button></div>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Recorded(decision: SignedDocument, slug: String, file_name: Option<String>) -> impl IntoView {
    let reference = decision.reference();
    let SignedDocument {
        signer,
        signer_position,
        ..
    } = decision.clone();
    let dated = decision.issued_on.map(format_date).unwrap_or_default();
    view! {
        <Card title=word!(results.decision.recorded) highlight=true>
            <div class="stack">
                <DataList>
                    <Datum name=word!(results.decision.reference)>{reference}</Datum>
                    <Datum name=word!(results.decision.issued_on)><span class="num">{dated}</span></Datum>
                    <Datum name=word!(results.decision.signer)>{signer}</Datum>
                    <Datum name=word!(results.decision.position)>{signer_position}</Datum>
                    {file_name.map(|name| view! { <Datum name=word!(results.decision.file)>{name}</Datum> })}
                </DataList>
                <div class="cluster">
                    <LinkButton href=format!("/contests/{slug}/result") icon=IconName::Award>{word!(results.desk.public)}</LinkButton>
                    <LinkButton href=format!("/contests/{slug}/record.json") variant=Variant::Secondary icon=IconName::Download external=true>
                        {word!(results.desk.record)}
                    </LinkButton>
                </div>
            </div>
        </Card>
    }
    .into_any()
}
