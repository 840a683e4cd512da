//! Pages of a long list, as links.

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Links to the pages around the current one; nothing when there is only one page. Pages count from 1;
/// `href` makes the address of a page.
///
/// `<Pagination current=2 pages=9 href=|page| format!("?page={page}")/>`
#[component]
pub fn Pagination(current: u32, pages: u32, #[prop(into)] href: Callback<u32, String>) -> impl IntoView {
    let i18n = use_i18n();
    (pages > 1).then(|| {
        let numbers = shown(current, pages)
            .into_iter()
            .map(|page| match page {
                None => view! { <li class="page-gap" aria-hidden="true">"…"</li> }.into_any(),
                Some(page) => {
                    let here = page == current;
                    let label = t_string!(i18n, common.page.number, number = page);
                    view! {
                        <li>
                            <a class="page-link num" href=href.run(page) aria-label=label aria-current=here.then_some("page")>
                                {page}
                            </a>
                        </li>
                    }
                    .into_any()
                }
            })
            .collect_view();
        let edge = |page: u32, there: bool, text: &'static str, name: IconName| {
            there.then(|| {
                view! { <li><a class="page-link" href=href.run(page) aria-label=text><Icon name/></a></li> }
            })
        };
        view! {
            <nav class="pagination" aria-label=t_string!(i18n, common.page.label)>
                <ul>
                    {edge(current.saturating_sub(1), current > 1, t_string!(i18n, common.page.previous), IconName::ChevronLeft)}
                    {numbers}
                    {edge(current + 1, current < pages, t_string!(i18n, common.page.next), IconName::ChevronRight)}
                </ul>
            </nav>
        }
        .into_any()
    })
}

/// First, last, and the neighbours of the current page; `None` is a gap.
fn shown(current: u32, pages: u32) -> Vec<Option<u32>> {
    let mut out = Vec::new();
    let mut last = 0;
    for page in 1..=pages {
        if page == 1 || page == pages || page.abs_diff(current) <= 1 {
            if page > last + 1 {
                out.push(None);
            }
            out.push(Some(page));
            last = page;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn gaps_stand_for_the_pages_left_out() {
        assert_eq!(shown(1, 3), vec![Some(1), Some(2), Some(3)]);
        assert_eq!(
            shown(5, 9),
            vec![Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]
        );
    }
}
