//! The words of the interface, typed: a missing key or argument does not compile.
//!
//! The texts live in `locales/{vi,en}/<namespace>.json`; Vietnamese is the default and every key stands in both.
//! The language of a page is fixed when it is rendered (see [`crate::preferences`]), so `t!` and `t_string!` here are
//! the untracked macros of `leptos_i18n`: nothing subscribes to a language that cannot change under the page.

use leptos::prelude::*;
use leptos_i18n::context::{UseLocalesOptions, init_i18n_subcontext_with_options};

/// Written by `build.rs`.
#[expect(
    unused_imports,
    reason = "the module re-exports the tracked macros; the untracked ones below take their names"
)]
mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use catalogue::i18n::*;
pub use leptos_i18n::{tu as t, tu_display as t_display, tu_string as t_string};

/// Makes `use_i18n()` answer in `locale` below the current owner. Called once, by `root()`.
///
/// The browser's `Accept-Language` plays no part: Vietnamese unless the person chose otherwise.
pub fn provide_locale(locale: Locale) {
    let no_header = UseLocalesOptions::default().ssr_lang_header_getter(|| None);
    provide_context(init_i18n_subcontext_with_options::<Locale>(
        Some(Signal::stored(locale)),
        None,
        None,
        Some(no_header),
    ));
}

/// The language of this page, for plain functions that are handed no context: `td_string!(locale(), common.save)`.
pub fn locale() -> Locale {
    use_i18n().get_locale_untracked()
}

/// The same, as the rules name it: for `rules::text` and `rules::time`, which write numbers and dates.
pub fn ui_locale() -> rules::text::Locale {
    match locale() {
        Locale::vi => rules::text::Locale::Vi,
        Locale::en => rules::text::Locale::En,
    }
}
