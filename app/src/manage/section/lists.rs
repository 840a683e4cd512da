//! Categories and prizes: two lists of plain rows.

use rules::contest::Category;
use rules::results::PrizeTier;
use rules::text::{Locale, format_integer};

use crate::manage::fields::{Fields, Reader};

pub(super) fn write_categories(categories: &[Category], fields: &mut Fields) {
    for (at, category) in categories.iter().enumerate() {
        let at = format!("categories.{at}");
        fields.set(format!("{at}.code"), category.code.as_str());
        fields.set(format!("{at}.name"), category.name.as_str());
        fields.set(format!("{at}.description"), category.description.as_str());
        fields.tick(format!("{at}.medium_required"), category.medium_required);
    }
}

pub(super) fn read_categories(r: &mut Reader<'_>) -> Vec<Category> {
    let rows = r.fields().rows("categories");
    rows.iter()
        .map(|at| Category {
            code: r.text(&format!("categories.{at}.code")),
            name: r.text(&format!("categories.{at}.name")),
            description: r.text(&format!("categories.{at}.description")),
            medium_required: r.fields().is_on(&format!("categories.{at}.medium_required")),
        })
        .collect()
}

pub(super) fn write_prizes(prizes: &[PrizeTier], publish_scores: bool, locale: Locale, fields: &mut Fields) {
    for (at, prize) in prizes.iter().enumerate() {
        let at = format!("prizes.{at}");
        fields.set(format!("{at}.code"), prize.code.as_str());
        fields.set(format!("{at}.name"), prize.name.as_str());
        fields.set(format!("{at}.count"), prize.count.to_string());
        fields.set(
            format!("{at}.amount"),
            prize
                .amount
                .map(|amount| format_integer(amount, locale))
                .unwrap_or_default(),
        );
        fields.set(
            format!("{at}.floor"),
            prize
                .floor
                .map(|floor| floor.format(locale, 0))
                .unwrap_or_default(),
        );
    }
    fields.tick("publish_scores", publish_scores);
}

pub(super) fn read_prizes(r: &mut Reader<'_>) -> Vec<PrizeTier> {
    let rows = r.fields().rows("prizes");
    rows.iter()
        .map(|at| PrizeTier {
            code: r.text(&format!("prizes.{at}.code")),
            name: r.text(&format!("prizes.{at}.name")),
            count: r.whole(&format!("prizes.{at}.count")),
            amount: r.amount(&format!("prizes.{at}.amount")),
            floor: r.points(&format!("prizes.{at}.floor")),
        })
        .collect()
}
