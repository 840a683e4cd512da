//! The signed plan.

use rules::contest::{ContestPlan, Hotline, LegalBasis, SignedDocument};

use crate::manage::fields::{Fields, Reader};

pub(super) fn write(plan: &ContestPlan, fields: &mut Fields) {
    let document = &plan.document;
    let lines = [
        ("number", &document.number),
        ("symbol", &document.symbol),
        ("signer", &document.signer),
        ("signer_position", &document.signer_position),
        ("purpose", &plan.purpose),
        ("who_may_enter", &plan.who_may_enter),
        ("conditions", &plan.conditions),
        ("form", &plan.form),
        ("organisers", &plan.organisers),
    ];
    for (key, value) in lines {
        fields.set(key, value.as_str());
    }
    fields.set(
        "issued_on",
        document.issued_on.map(|day| day.to_string()).unwrap_or_default(),
    );
    for (at, basis) in plan.legal_bases.iter().enumerate() {
        fields.set(format!("legal_bases.{at}"), basis.text.as_str());
    }
    for (at, hotline) in plan.hotlines.iter().enumerate() {
        fields.set(format!("hotlines.{at}.role"), hotline.role.as_str());
        fields.set(format!("hotlines.{at}.name"), hotline.name.as_str());
        fields.set(format!("hotlines.{at}.phone"), hotline.phone.as_str());
    }
}

pub(super) fn read(r: &mut Reader<'_>) -> ContestPlan {
    let legal_bases = r.fields().rows("legal_bases");
    let hotlines = r.fields().rows("hotlines");
    ContestPlan {
        document: SignedDocument {
            number: r.text("number"),
            symbol: r.text("symbol"),
            issued_on: r.date("issued_on"),
            signer: r.text("signer"),
            signer_position: r.text("signer_position"),
        },
        legal_bases: legal_bases
            .iter()
            .map(|at| LegalBasis {
                text: r.text(&format!("legal_bases.{at}")),
            })
            .collect(),
        purpose: r.text("purpose"),
        who_may_enter: r.text("who_may_enter"),
        conditions: r.text("conditions"),
        form: r.text("form"),
        organisers: r.text("organisers"),
        hotlines: hotlines
            .iter()
            .map(|at| Hotline {
                role: r.text(&format!("hotlines.{at}.role")),
                name: r.text(&format!("hotlines.{at}.name")),
                phone: r.text(&format!("hotlines.{at}.phone")),
            })
            .collect(),
    }
}
