//! `verify record`: an exported contest record, recomputed.

use std::collections::BTreeMap;

use rules::event::Event;
use rules::record::{ContestRecord, Replayed, replay};

use crate::Finding;

/// Recomputes a record.
pub fn run(bytes: &[u8]) -> Finding {
    let record: ContestRecord = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => return Finding::Malformed(error.to_string()),
    };
    let codes = codes(&record);
    match replay(&record) {
        Ok(replayed) => Finding::Report(report(&record, &replayed, &codes)),
        Err(mismatch) => Finding::Differs(named(mismatch.to_string(), &codes)),
    }
}

/// Codes of entries by their id, as submitted.
fn codes(record: &ContestRecord) -> BTreeMap<String, String> {
    let submitted = record.ledger.iter().filter_map(|line| match &line.event {
        Event::EntrySubmitted { entry, code, .. } => Some((entry.to_string(), code.clone())),
        _ => None,
    });
    let published = record
        .awards
        .iter()
        .map(|award| (award.entry.to_string(), award.entry_code.clone()));
    published.chain(submitted).collect()
}

/// The sentence with entries under the codes people know.
fn named(sentence: String, codes: &BTreeMap<String, String>) -> String {
    codes
        .iter()
        .fold(sentence, |sentence, (id, code)| sentence.replace(id, code))
}

fn report(record: &ContestRecord, replayed: &Replayed, codes: &BTreeMap<String, String>) -> String {
    let code_of = |id: &dyn ToString| {
        let id = id.to_string();
        codes.get(&id).cloned().unwrap_or(id)
    };
    let mut lines = vec![format!(
        "{}: everything agrees, {} events.",
        record.code, replayed.events
    )];
    for round in &replayed.rounds {
        let ranking: Vec<String> = round.tally.ranking().iter().map(|entry| code_of(entry)).collect();
        lines.push(format!("{}: {}", round.code, ranking.join(" > ")));
    }
    lines.extend(
        replayed
            .awards
            .iter()
            .map(|(entry, tier)| format!("{tier}: {}", code_of(entry))),
    );
    lines.push(format!("Last hash: {}", replayed.head));
    lines.join("\n")
}
