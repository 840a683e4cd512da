//! The product's own mark.

use leptos::prelude::*;

/// A seal with a ring and a star above two steps: an initiative that was raised, marked and approved.
/// Not a state emblem. Decorative: the name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false" inner_html=DRAWING></svg>
    }
}

/// The same drawing as `style/public/icon.svg`.
const DRAWING: &str = r#"<path class="mark-seal" d="M20 1.5L22.7 4.3L26.3 2.8L27.8 6.4L31.7 6.3L31.6 10.2L35.2 11.7L33.7 15.3L36.5 18L33.7 20.7L35.2 24.3L31.6 25.8L31.7 29.7L27.8 29.6L26.3 33.2L22.7 31.7L20 34.5L17.3 31.7L13.7 33.2L12.2 29.6L8.3 29.7L8.4 25.8L4.8 24.3L6.3 20.7L3.5 18L6.3 15.3L4.8 11.7L8.4 10.2L8.3 6.3L12.2 6.4L13.7 2.8L17.3 4.3z"/><circle class="mark-ring" cx="20" cy="18" r="11"/><path class="mark-star" d="M20 10.4L22 15.2L27.2 15.7L23.2 19.1L24.5 24.1L20 21.4L15.5 24.1L16.8 19.1L12.8 15.7L18 15.2z"/><path class="mark-steps" d="M9 38h22M13.5 34.8h13"/>"#;
