//! One section of the set-up made good from its form. A draft may be incomplete; malformed or over-long values are
//! refused beside their field. Field names are those of the section's members, lists numbered from 0: `purpose`,
//! `categories.2.name`, `rounds.0.rubric`.

pub(super) mod form;
mod rounds;

use contract::Result;
use contract::contest::SectionContent;
use contract::error::FieldProblem;
use rules::contest::{
    Category, ContestPlan, ContestSetup, Declaration, Eligibility, GRACE_MAX, Grace, Hotline, LegalBasis,
    SignedDocument, Timetable, UnitNode,
};
use rules::results::PrizeTier;

use crate::input::Form;

/// Longest running text, in characters.
const TEXT: u32 = 20_000;
/// Longest line.
const LINE: u32 = 500;
/// Longest code.
const CODE: u32 = 40;
/// Most lines of a list, whatever it lists.
const MOST: usize = 100;
/// Largest quota or group a contest can ask for.
const COUNT: u32 = 10_000;

/// The set-up with one section replaced. `opened`: authors may be writing, so a changed form is a new version.
///
/// # Errors
/// `Invalid` with every malformed field.
pub(super) fn with(
    mut setup: ContestSetup,
    content: SectionContent,
    units: &[UnitNode],
    opened: bool,
) -> Result<ContestSetup> {
    let mut form = Form::new();
    match content {
        SectionContent::Plan { plan } => setup.plan = self::plan(&mut form, plan),
        SectionContent::Categories { categories } => {
            setup.categories = list(&mut form, "categories", categories, category);
        }
        SectionContent::Timetable { timetable } => setup.timetable = self::timetable(&mut form, timetable),
        SectionContent::Eligibility {
            eligibility,
            declaration,
        } => {
            setup.eligibility = self::eligibility(&mut form, eligibility, units);
            setup.declaration = self::declaration(&mut form, declaration, &setup.declaration);
        }
        SectionContent::Form { fields } => {
            let fields = form::checked(&mut form, fields);
            setup.form = setup.form.rewritten(fields, opened);
        }
        SectionContent::Rounds { rounds } => setup.rounds = rounds::checked(&mut form, rounds),
        SectionContent::Prizes {
            prizes,
            publish_scores,
        } => {
            setup.prizes = list(&mut form, "prizes", prizes, prize);
            setup.publish_scores = publish_scores;
        }
    }
    form.check()?;
    Ok(setup)
}

/// Makes each line of a list good; a list without end is refused as a whole.
fn list<T>(form: &mut Form, name: &str, items: Vec<T>, each: impl Fn(&mut Form, &str, T) -> T) -> Vec<T> {
    if items.len() > MOST {
        form.refuse(name, FieldProblem::TooLong { max: MOST as u32 });
        return Vec::new();
    }
    items
        .into_iter()
        .enumerate()
        .map(|(at, item)| each(form, &format!("{name}.{at}"), item))
        .collect()
}

fn plan(form: &mut Form, plan: ContestPlan) -> ContestPlan {
    ContestPlan {
        document: document(form, plan.document),
        legal_bases: list(form, "legal_bases", plan.legal_bases, |form, at, basis| {
            LegalBasis {
                text: form.text(at, &basis.text, 2000),
            }
        }),
        purpose: form.text("purpose", &plan.purpose, TEXT),
        who_may_enter: form.text("who_may_enter", &plan.who_may_enter, TEXT),
        conditions: form.text("conditions", &plan.conditions, TEXT),
        form: form.text("form", &plan.form, TEXT),
        organisers: form.text("organisers", &plan.organisers, TEXT),
        hotlines: list(form, "hotlines", plan.hotlines, |form, at, hotline| Hotline {
            role: form.optional_line(&format!("{at}.role"), &hotline.role, LINE),
            name: form.optional_line(&format!("{at}.name"), &hotline.name, LINE),
            phone: form.optional_line(&format!("{at}.phone"), &hotline.phone, CODE),
        }),
    }
}

fn document(form: &mut Form, document: SignedDocument) -> SignedDocument {
    SignedDocument {
        number: form.optional_line("number", &document.number, CODE),
        symbol: form.optional_line("symbol", &document.symbol, CODE),
        issued_on: document.issued_on,
        signer: form.optional_line("signer", &document.signer, LINE),
        signer_position: form.optional_line("signer_position", &document.signer_position, LINE),
    }
}

fn category(form: &mut Form, at: &str, category: Category) -> Category {
    Category {
        code: form.optional_line(&format!("{at}.code"), &category.code, CODE),
        name: form.optional_line(&format!("{at}.name"), &category.name, LINE),
        description: form.text(&format!("{at}.description"), &category.description, 5000),
        medium_required: category.medium_required,
    }
}

fn timetable(form: &mut Form, mut timetable: Timetable) -> Timetable {
    if timetable.milestones.len() > MOST {
        form.refuse("milestones", FieldProblem::TooLong { max: MOST as u32 });
        timetable.milestones.clear();
    }
    // UTC−12 to UTC+14 are all there are
    if !(-720..=840).contains(&timetable.zone.offset_minutes) {
        form.refuse("zone", FieldProblem::Malformed);
    }
    if timetable.grace.minutes > GRACE_MAX {
        form.refuse("grace_minutes", FieldProblem::Malformed);
    }
    if timetable.grace.minutes == 0 {
        timetable.grace = Grace::default();
    }
    timetable.zone.name = form.optional_line("zone", &timetable.zone.name, CODE);
    timetable.zone.label = form.optional_line("zone_label", &timetable.zone.label, 100);
    for (at, milestone) in timetable.milestones.iter_mut().enumerate() {
        if !milestone.when.is_valid() {
            form.refuse(&format!("milestones.{at}.when"), FieldProblem::NotADate);
        }
        milestone.note = form.text(&format!("milestones.{at}.note"), &milestone.note, 1000);
    }
    timetable
}

fn eligibility(form: &mut Form, mut eligibility: Eligibility, units: &[UnitNode]) -> Eligibility {
    eligibility.units.dedup();
    if !eligibility
        .units
        .iter()
        .all(|id| units.iter().any(|unit| unit.id == *id))
    {
        form.refuse("units", FieldProblem::Malformed);
    }
    let counts = [
        ("group_max", eligibility.group_max),
        ("min_quota", eligibility.min_quota),
        ("max_quota", eligibility.max_quota),
        ("conflict_level", eligibility.conflict_level.unwrap_or(0)),
    ];
    for (field, count) in counts {
        if count > COUNT {
            form.refuse(field, FieldProblem::Malformed);
        }
    }
    eligibility
}

/// A changed text is a new version, so that an acceptance says what was accepted.
fn declaration(form: &mut Form, new: Declaration, old: &Declaration) -> Declaration {
    let text = form.text("declaration", &new.text, TEXT);
    let version = if text == old.text {
        old.version
    } else {
        old.version.saturating_add(1)
    };
    Declaration { version, text }
}

fn prize(form: &mut Form, at: &str, prize: PrizeTier) -> PrizeTier {
    if prize.count > COUNT {
        form.refuse(&format!("{at}.count"), FieldProblem::Malformed);
    }
    if prize.amount.is_some_and(|amount| amount < 0) {
        form.refuse(&format!("{at}.amount"), FieldProblem::Malformed);
    }
    if prize
        .floor
        .is_some_and(|floor| floor < rules::points::Points::ZERO)
    {
        form.refuse(&format!("{at}.floor"), FieldProblem::Malformed);
    }
    PrizeTier {
        code: form.optional_line(&format!("{at}.code"), &prize.code, CODE),
        name: form.optional_line(&format!("{at}.name"), &prize.name, LINE),
        ..prize
    }
}
