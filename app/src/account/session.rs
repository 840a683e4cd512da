//! The session every page shares: loaded once, at the root.

use super::api;
use crate::preferences::{encode, safe_back};
use contract::Error;
use contract::account::SessionView;
use leptos::prelude::*;

/// Marks the shared resource in the context.
#[derive(Clone, Copy)]
struct Shared(Resource<Result<SessionView, Error>>);

/// Starts loading the session and shares it. Called once, by `root()`; awaited only below a `Transition`.
pub fn provide_session() {
    provide_context(Shared(Resource::new_blocking(|| (), |()| api::session())));
}

/// The viewer of this page. Await it inside a `Suspend` below a `Transition`:
/// `let person = use_session().await.ok().and_then(|session| session.person);`
pub fn use_session() -> Resource<Result<SessionView, Error>> {
    expect_context::<Shared>().0
}

/// The sign-in page, leading back to `here` (a path of this site with its query).
pub fn sign_in_href(here: &str) -> String {
    let here = safe_back(here);
    if here == "/" {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={}", encode(here))
    }
}

#[cfg(test)]
mod tests {
    use super::sign_in_href;

    #[test]
    fn the_way_back_is_kept_and_stays_on_this_site() {
        assert_eq!(
            sign_in_href("/judging/1?view=list&a=b"),
            "/sign-in?next=/judging/1%3Fview%3Dlist%26a%3Db"
        );
        assert_eq!(sign_in_href("//evil.example"), "/sign-in");
        assert_eq!(sign_in_href("/"), "/sign-in");
    }
}
