//! The two choices a person makes about the whole site: language and theme.
//!
//! Each is a cookie of its own, so the server renders the right page at once; the browser reads the same values back
//! from `<html lang data-theme>`, which keeps hydration equal. A choice is changed by a plain link
//! (`/locale?to=en&back=/results`), which works before and without the wasm.

use crate::i18n::Locale;

/// Colours of the page. `System` follows `prefers-color-scheme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// All themes, in the order the switch shows them.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The word used in the cookie, in the link and in `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads that word; anything else is `System`.
    pub fn parse(word: &str) -> Theme {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .unwrap_or_default()
    }
}

/// What the current page is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    pub locale: Locale,
    pub theme: Theme,
}

impl Preferences {
    /// From a `Cookie` header; unknown or absent values give Vietnamese and the system's theme.
    pub fn from_cookies(header: &str) -> Preferences {
        let value = |name: &str| {
            header
                .split(';')
                .filter_map(|pair| pair.trim().split_once('='))
                .find_map(|(key, value)| (key == name).then_some(value))
                .unwrap_or_default()
        };
        Preferences {
            locale: parse_locale(value("locale")),
            theme: Theme::parse(value("theme")),
        }
    }

    /// Of the request being rendered.
    #[cfg(feature = "ssr")]
    pub fn current() -> Preferences {
        leptos::prelude::use_context::<http::request::Parts>()
            .and_then(|parts| {
                Some(Preferences::from_cookies(
                    parts.headers.get(http::header::COOKIE)?.to_str().ok()?,
                ))
            })
            .unwrap_or_default()
    }

    /// Of the page the server rendered.
    #[cfg(not(feature = "ssr"))]
    pub fn current() -> Preferences {
        let html = leptos::prelude::document().document_element();
        let attribute = |name| {
            html.as_ref()
                .and_then(|html| html.get_attribute(name))
                .unwrap_or_default()
        };
        Preferences {
            locale: parse_locale(&attribute("lang")),
            theme: Theme::parse(&attribute("data-theme")),
        }
    }
}

/// `en` is English, anything else Vietnamese.
pub fn parse_locale(word: &str) -> Locale {
    if word == "en" { Locale::en } else { Locale::vi }
}

/// The `Set-Cookie` value (and, in the browser, the `document.cookie` value) that keeps a choice for a year.
pub fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax")
}

/// Where a switch may send the person back to: a path of this site, else the home page.
///
/// `//host` and `/\host` would leave the site, so only a single leading slash passes; control characters never do.
pub fn safe_back(back: &str) -> &str {
    let own = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    if own && back.is_ascii() && !back.contains(|c: char| c.is_ascii_control()) {
        back
    } else {
        "/"
    }
}

/// Link that switches the language and comes back to `here` (a path with its query).
pub fn locale_href(to: Locale, here: &str) -> String {
    use leptos_i18n::Locale as _;
    format!("/locale?to={}&back={}", to.as_str(), encode(here))
}

/// Link that switches the theme and comes back to `here`.
pub fn theme_href(to: Theme, here: &str) -> String {
    format!("/theme?to={}&back={}", to.as_str(), encode(here))
}

/// Percent-encodes everything a query value may not hold.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    out
}

/// The two doors of the server: `GET /locale?to=…&back=…` and `GET /theme?to=…&back=…`, each a cookie and a 303.
/// The server merges them: `router.merge(app::preferences::routes())`.
#[cfg(feature = "ssr")]
pub fn routes<S: Clone + Send + Sync + 'static>() -> axum::Router<S> {
    use axum::{extract::Query, http::StatusCode, http::header, response::IntoResponse, routing::get};
    use leptos_i18n::Locale as _;

    #[derive(serde::Deserialize)]
    struct Switch {
        #[serde(default)]
        to: String,
        #[serde(default)]
        back: String,
    }

    fn answer(cookie: String, back: &str) -> impl IntoResponse + use<> {
        let location = safe_back(back).to_owned();
        (
            StatusCode::SEE_OTHER,
            [(header::SET_COOKIE, cookie), (header::LOCATION, location)],
        )
    }

    axum::Router::new()
        .route(
            "/locale",
            get(|Query(switch): Query<Switch>| async move {
                answer(cookie("locale", parse_locale(&switch.to).as_str()), &switch.back)
            }),
        )
        .route(
            "/theme",
            get(|Query(switch): Query<Switch>| async move {
                answer(cookie("theme", Theme::parse(&switch.to).as_str()), &switch.back)
            }),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_give_language_and_theme() {
        let read = Preferences::from_cookies("session=abc; locale=en; theme=dark");
        assert_eq!(
            read,
            Preferences {
                locale: Locale::en,
                theme: Theme::Dark
            }
        );
    }

    #[test]
    fn unknown_cookies_give_vietnamese_and_system() {
        assert_eq!(
            Preferences::from_cookies("locale=fr; theme=neon; xlocale=en"),
            Preferences::default()
        );
        assert_eq!(Preferences::default().locale, Locale::vi);
    }

    #[test]
    fn back_stays_on_this_site() {
        assert_eq!(safe_back("/results?page=2"), "/results?page=2");
        for outside in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\r\nSet-Cookie: b=c",
            "/ă",
        ] {
            assert_eq!(safe_back(outside), "/", "{outside}");
        }
    }

    #[test]
    fn links_encode_the_way_back() {
        assert_eq!(
            locale_href(Locale::en, "/a?b=c&d=é"),
            "/locale?to=en&back=/a%3Fb%3Dc%26d%3D%C3%A9"
        );
        assert_eq!(theme_href(Theme::Dark, "/"), "/theme?to=dark&back=/");
    }
}
