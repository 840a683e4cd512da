//! The register's typed values in words.

use contract::register::{CellProblem, RowOutcome, RowProblem};
use rules::register::{
    Answer, AutoCheck, Channel, CheckStanding, Evidence, ImportField, ImportKind, Likeness,
};
use rules::text::legacy::Legacy;
use rules::time::Zone;

use crate::text::{exclusion_text, moment_text, statement_section_name, word};
use crate::ui::Tone;

/// An answer to an item.
pub fn answer_name(answer: Answer) -> String {
    match answer {
        Answer::Yes => word!(register.answer.yes),
        Answer::No => word!(register.answer.no),
        Answer::NotApplicable => word!(register.answer.not_applicable),
    }
}

/// How far a check has come.
pub fn standing_name(standing: CheckStanding) -> String {
    match standing {
        CheckStanding::Open => word!(register.standing.open),
        CheckStanding::Complete => word!(register.standing.complete),
        CheckStanding::Failing => word!(register.standing.failing),
    }
}

/// Its colour.
pub fn standing_tone(standing: CheckStanding) -> Tone {
    match standing {
        CheckStanding::Open => Tone::Warn,
        CheckStanding::Complete => Tone::Ok,
        CheckStanding::Failing => Tone::Danger,
    }
}

/// How an entry came in.
pub fn channel_name(channel: Channel) -> String {
    match channel {
        Channel::Paper => word!(register.channel.paper),
        Channel::Email => word!(register.channel.email),
        Channel::Disc => word!(register.channel.disc),
    }
}

/// What the system can answer.
pub fn auto_name(auto: AutoCheck) -> String {
    match auto {
        AutoCheck::Authors => word!(register.auto.authors),
        AutoCheck::Deadline => word!(register.auto.deadline),
        AutoCheck::Statement => word!(register.auto.statement),
        AutoCheck::Medium => word!(register.auto.medium),
        AutoCheck::Declaration => word!(register.auto.declaration),
    }
}

/// Why the system answers as it does.
pub fn evidence_text(evidence: &Evidence, zone: &Zone) -> String {
    match evidence {
        Evidence::NoDeadline { received_at } => {
            word!(
                register.evidence.no_deadline,
                at = moment_text(*received_at, zone)
            )
        }
        Evidence::InTime {
            received_at,
            deadline,
        } => word!(
            register.evidence.in_time,
            at = moment_text(*received_at, zone),
            deadline = moment_text(*deadline, zone)
        ),
        Evidence::Late {
            received_at,
            deadline,
        } => word!(
            register.evidence.late,
            at = moment_text(*received_at, zone),
            deadline = moment_text(*deadline, zone)
        ),
        Evidence::DeclarationAccepted { version } => {
            word!(register.evidence.declaration, version = *version)
        }
        Evidence::DeclarationMissing => word!(register.evidence.no_declaration),
        Evidence::MediumNotAsked => word!(register.evidence.medium_not_asked),
        Evidence::MediumPresent { count } => word!(register.evidence.medium, count = *count),
        Evidence::MediumMissing => word!(register.evidence.no_medium),
        Evidence::AuthorsAdmitted => word!(register.evidence.authors),
        Evidence::AuthorsExcluded {
            excluded,
            not_admitted,
        } => {
            let mut sentences: Vec<String> = excluded.iter().map(exclusion_text).collect();
            if !not_admitted.is_empty() {
                sentences.push(word!(
                    register.evidence.not_admitted,
                    names = not_admitted.join(", ")
                ));
            }
            sentences.join(" ")
        }
        Evidence::StatementWhole => word!(register.evidence.statement),
        Evidence::StatementLacks { sections } => {
            let names: Vec<String> = sections
                .iter()
                .map(|section| statement_section_name(*section))
                .collect();
            word!(register.evidence.statement_lacks, sections = names.join("; "))
        }
        Evidence::OnPaper => word!(register.evidence.on_paper),
    }
}

/// What a likeness is worth.
pub fn likeness_name(likeness: Likeness) -> String {
    match likeness {
        Likeness::Slight => word!(register.similar.slight),
        Likeness::Notable => word!(register.similar.notable),
        Likeness::Strong => word!(register.similar.strong),
    }
}

/// Its colour.
pub fn likeness_tone(likeness: Likeness) -> Tone {
    match likeness {
        Likeness::Slight => Tone::Info,
        Likeness::Notable => Tone::Warn,
        Likeness::Strong => Tone::Danger,
    }
}

/// Title of an import.
pub fn import_title(kind: ImportKind) -> String {
    match kind {
        ImportKind::Entries => word!(register.import.entries),
        ImportKind::Units => word!(register.import.units),
        ImportKind::People => word!(register.import.people),
    }
}

/// A column of a table.
pub fn column_name(field: ImportField) -> String {
    match field {
        ImportField::ReceiptNumber => word!(register.column.receipt_number),
        ImportField::Title => word!(register.column.title),
        ImportField::Authors => word!(register.column.authors),
        ImportField::UnitCode => word!(register.column.unit_code),
        ImportField::Category => word!(register.column.category),
        ImportField::ReceivedAt => word!(register.column.received_at),
        ImportField::Channel => word!(register.column.channel),
        ImportField::LateReason => word!(register.column.late_reason),
        ImportField::Summary => word!(register.column.summary),
        ImportField::EntryCode => word!(register.column.entry_code),
        ImportField::UnitName => word!(register.column.unit_name),
        ImportField::ShortName => word!(register.column.short_name),
        ImportField::ParentCode => word!(register.column.parent_code),
        ImportField::UnitKind => word!(register.column.unit_kind),
        ImportField::DocSymbol => word!(register.column.doc_symbol),
        ImportField::ValidFrom => word!(register.column.valid_from),
        ImportField::ValidTo => word!(register.column.valid_to),
        ImportField::UserName => word!(register.column.user_name),
        ImportField::FullName => word!(register.column.full_name),
        ImportField::Position => word!(register.column.position),
        ImportField::Email => word!(register.column.email),
        ImportField::Roles => word!(register.column.roles),
    }
}

/// What becomes of a row.
pub fn outcome_name(outcome: RowOutcome) -> String {
    match outcome {
        RowOutcome::Ok => word!(register.import.ok),
        RowOutcome::Warning => word!(register.import.warning),
        RowOutcome::Error => word!(register.import.error),
        RowOutcome::Skip => word!(register.import.skip),
    }
}

/// Its colour.
pub fn outcome_tone(outcome: RowOutcome) -> Tone {
    match outcome {
        RowOutcome::Ok => Tone::Ok,
        RowOutcome::Warning => Tone::Warn,
        RowOutcome::Error => Tone::Danger,
        RowOutcome::Skip => Tone::Info,
    }
}

/// "B5 – Tác giả: còn trống".
pub fn cell_problem_text(problem: &CellProblem, zone: &Zone) -> String {
    let text = row_problem_text(&problem.problem, zone);
    let place = match (&problem.cell, problem.field) {
        (Some(cell), Some(field)) => format!("{cell} – {}", column_name(field)),
        (None, Some(field)) => column_name(field),
        (Some(cell), None) => cell.clone(),
        (None, None) => return text,
    };
    format!("{place}: {text}")
}

fn row_problem_text(problem: &RowProblem, zone: &Zone) -> String {
    match problem {
        RowProblem::Missing => word!(register.problem.missing),
        RowProblem::TooLong { max } => word!(register.problem.too_long, max = *max),
        RowProblem::TooShort { min } => word!(register.problem.too_short, min = *min),
        RowProblem::Malformed => word!(register.problem.malformed),
        RowProblem::Hidden => word!(register.problem.hidden),
        RowProblem::NotADate => word!(register.problem.not_a_date),
        RowProblem::InTheFuture => word!(register.problem.future),
        RowProblem::LateWithoutReason { deadline } => {
            word!(
                register.problem.late_no_reason,
                deadline = moment_text(*deadline, zone)
            )
        }
        RowProblem::Late { deadline } => {
            word!(register.problem.late, deadline = moment_text(*deadline, zone))
        }
        RowProblem::Unknown { value } => word!(register.problem.unknown, value = value),
        RowProblem::Repeated { line } => word!(register.problem.repeated, line = *line),
        RowProblem::Taken => word!(register.problem.taken),
        RowProblem::TooManyAuthors { max } => word!(register.problem.too_many_authors, max = *max),
        RowProblem::GroupNotAllowed => word!(register.problem.group),
        RowProblem::UnitNotEligible => word!(register.problem.unit),
        RowProblem::Excluded(exclusion) => exclusion_text(exclusion),
        RowProblem::SameAuthorTwice => word!(register.problem.same_author),
        RowProblem::RoleRefused => word!(register.problem.role_refused),
        RowProblem::RoleWithoutUnit => word!(register.problem.role_unit),
        RowProblem::Ring => word!(register.problem.ring),
        RowProblem::ParentFaulty { line } => word!(register.problem.parent_faulty, line = *line),
        RowProblem::AuthorCannotJudge {
            full_name,
            entry_code,
        } => word!(
            common.error.rule.author_cannot_judge,
            name = full_name,
            code = entry_code
        ),
        RowProblem::LegacyRefused { legacy, converted } => word!(
            register.problem.legacy_refused,
            encoding = legacy_name(*legacy),
            text = converted
        ),
        RowProblem::LegacyConverted { legacy, converted } => word!(
            register.problem.legacy_converted,
            encoding = legacy_name(*legacy),
            text = converted
        ),
        RowProblem::Exists => word!(register.problem.exists),
        RowProblem::Changes => word!(register.problem.changes),
        RowProblem::ExistsOtherwise => word!(register.problem.exists_otherwise),
    }
}

/// A proper name, the same in every language.
fn legacy_name(legacy: Legacy) -> &'static str {
    match legacy {
        Legacy::Tcvn3 => "TCVN3 (ABC)",
        Legacy::Vni => "VNI",
    }
}
