//! Names of the set-up's fields for people: one word a field, so that the control, its refusal and the comparison of
//! two versions say the same.

use rules::contest::MilestoneCode;

use super::section::milestone_value;
use crate::text::{milestone_name, word};

/// The label of a field by the last part of its name.
pub fn label(key: &str) -> String {
    let last = key
        .rsplit('.')
        .find(|part| part.parse::<usize>().is_err())
        .unwrap_or(key);
    part_label(last)
}

/// The whole name, with positions counted from 1: "Nội dung dự thi 3 – Tên".
pub fn full_label(key: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for part in key.split('.') {
        match part.parse::<usize>() {
            Ok(at) => {
                if let Some(last) = names.last_mut() {
                    last.push_str(&format!(" {}", at + 1));
                }
            }
            Err(_) if part == "milestones" => {}
            Err(_) => names.push(part_label(part)),
        }
    }
    names.join(" – ")
}

fn part_label(part: &str) -> String {
    if let Some(code) = MilestoneCode::ALL
        .into_iter()
        .find(|code| milestone_value(*code) == part)
    {
        return milestone_name(code);
    }
    plan_label(part)
        .or_else(|| eligibility_label(part))
        .or_else(|| round_label(part))
        .or_else(|| form_label(part))
        .unwrap_or_else(|| part.to_owned())
}

fn plan_label(part: &str) -> Option<String> {
    Some(match part {
        "number" => word!(contest.manage.field.number),
        "symbol" => word!(contest.manage.field.symbol),
        "issued_on" => word!(contest.manage.field.issued_on),
        "signer" => word!(contest.manage.field.signer),
        "signer_position" => word!(contest.manage.field.signer_position),
        "legal_bases" => word!(contest.manage.field.legal_bases),
        "purpose" => word!(contest.manage.field.purpose),
        "who_may_enter" => word!(contest.manage.field.who_may_enter),
        "conditions" => word!(contest.manage.field.conditions),
        "form" => word!(contest.manage.field.entry_form),
        "organisers" => word!(contest.manage.field.organisers),
        "hotlines" => word!(contest.manage.field.hotlines),
        "role" => word!(contest.manage.field.role),
        "phone" => word!(contest.manage.field.phone),
        "code" => word!(contest.manage.field.code),
        "name" => word!(contest.manage.field.name),
        "categories" => word!(contest.manage.field.categories),
        "description" => word!(contest.manage.field.description),
        "medium_required" => word!(contest.manage.field.medium_required),
        "precision" => word!(contest.manage.field.precision),
        "date" => word!(contest.manage.field.date),
        "time" => word!(contest.manage.field.time),
        "month" => word!(contest.manage.field.month),
        "note" => word!(contest.manage.field.note),
        "grace_minutes" => word!(deadline.grace.minutes),
        "grace_forwarding" => word!(deadline.grace.forwarding),
        "year" => word!(contest.manage.field.year),
        "organiser" => word!(contest.manage.field.organiser),
        "preset" => word!(contest.manage.field.preset),
        _ => return None,
    })
}

fn eligibility_label(part: &str) -> Option<String> {
    Some(match part {
        "units" => word!(contest.manage.field.units),
        "outside_authors" => word!(contest.manage.field.outside_authors),
        "groups" => word!(contest.manage.field.groups),
        "co_author_consent" => word!(author.setup.consent),
        "group_max" => word!(contest.manage.field.group_max),
        "unit_screening" => word!(contest.manage.field.unit_screening),
        "min_quota" => word!(contest.manage.field.min_quota),
        "max_quota" => word!(contest.manage.field.max_quota),
        "conflict_level" => word!(contest.manage.field.conflict_level),
        "blind" => word!(contest.manage.field.blind),
        "declaration" => word!(contest.manage.field.declaration),
        "prizes" => word!(contest.manage.field.prizes),
        "count" => word!(contest.manage.field.count),
        "amount" => word!(contest.manage.field.amount),
        "publish_scores" => word!(contest.manage.field.publish_scores),
        _ => return None,
    })
}

fn form_label(part: &str) -> Option<String> {
    Some(match part {
        "fields" => word!(form.field.fields),
        "label" => word!(form.field.label),
        "label_en" => word!(form.field.label_en),
        "help" => word!(form.field.help),
        "help_en" => word!(form.field.help_en),
        "kind" => word!(form.field.kind),
        "required" => word!(form.field.required),
        "length" => word!(form.field.length),
        "min_value" => word!(form.field.min_value),
        "max_value" => word!(form.field.max_value),
        "decimals" => word!(form.field.decimals),
        "unit" => word!(form.field.unit),
        "options" => word!(form.field.options),
        "in" => word!(form.field.categories),
        "at" => word!(form.field.maturities),
        "when" => word!(form.field.when),
        "hidden_from_judges" => word!(form.field.hidden_from_judges),
        _ => return None,
    })
}

fn round_label(part: &str) -> Option<String> {
    Some(match part {
        "rounds" => word!(contest.manage.field.rounds),
        "jury_source" => word!(contest.manage.field.jury_source),
        "rubric" => word!(contest.manage.field.rubric),
        "rubric_name" => word!(contest.manage.field.rubric_name),
        "max_total" => word!(contest.manage.field.max_total),
        "step" => word!(contest.manage.field.step),
        "criteria" => word!(contest.manage.field.criteria),
        "max" => word!(contest.manage.field.max),
        "floor" => word!(contest.manage.field.floor),
        "aggregate" => word!(contest.manage.field.aggregate),
        "min_scorecards" => word!(contest.manage.field.min_scorecards),
        "drop_high" => word!(contest.manage.field.drop_high),
        "drop_low" => word!(contest.manage.field.drop_low),
        "ballot" => word!(contest.manage.field.ballot),
        "tie" => word!(contest.manage.field.tie),
        "deviation" => word!(contest.manage.field.deviation),
        "quorum_num" => word!(contest.manage.field.quorum_num),
        "quorum_den" => word!(contest.manage.field.quorum_den),
        "prize_floor" => word!(contest.manage.field.prize_floor),
        "advance_top" => word!(contest.manage.field.advance_top),
        "threshold" => word!(contest.manage.field.threshold),
        "admit_all_equal" => word!(contest.manage.field.admit_all_equal),
        _ => return None,
    })
}
