//! The product's own mark.

use leptos::prelude::*;

/// A seal with a five-pointed star that grows out of a bar chart's rising steps: an initiative, marked and approved.
/// Not a state emblem. Decorative: the name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false" inner_html=DRAWING></svg>
    }
}

/// The same drawing as `style/public/icon.svg`.
const DRAWING: &str = r#"<path class="mark-seal" d="M20 1.5l4.3 3.1 5.3-.2 1.5 5.1 4.4 2.9-1.8 5 1.8 5-4.4 2.9-1.5 5.1-5.3-.2L20 33.3l-4.3-3.1-5.3.2-1.5-5.1-4.4-2.9 1.8-5-1.8-5 4.4-2.9 1.5-5.1 5.3.2z"/><path class="mark-star" d="M20 8.5l2.6 5.9 6.4.7-4.8 4.3 1.4 6.3L20 22.4l-5.6 3.3 1.4-6.3-4.8-4.3 6.4-.7z"/><path class="mark-steps" d="M9 38.5h22M13 35.5h14"/>"#;
