//! The author's word that the product itself comes by hand, on a disc or a stick.

use leptos::prelude::*;

use super::super::draft::Draft;
use super::reload;
use crate::entry::file_api::PromiseCopy;
use crate::judging::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, Icon, IconName, Variant};

/// Shown where the category asks for a medium.
#[component]
pub fn Medium(draft: Draft) -> impl IntoView {
    let required = Memo::new(move |_| {
        let category = draft.typed.with(|typed| typed.content().category);
        draft.view.with(|view| {
            view.categories
                .iter()
                .any(|known| Some(&known.code) == category.as_ref() && known.medium_required)
        })
    });
    let promised = Memo::new(move |_| draft.view.with(|view| view.files.copy.promised));
    let save = ServerAction::<PromiseCopy>::new();
    after_success(save, move |()| {
        leptos::task::spawn_local(reload(draft));
    });
    let key = Memo::new(move |_| draft.view.with(|view| view.key));
    move || {
        required.get().then(|| {
            let (button, icon) = if promised.get() {
                (word!(file.medium.unpromise), IconName::Undo)
            } else {
                (word!(file.medium.promise), IconName::Building)
            };
            let said = promised.get().then(|| {
                view! { <p class="cluster"><Icon name=IconName::Check/><span>{word!(file.medium.promised_own)}</span></p> }
            });
            view! {
                <section class="panel stack stack-s" aria-labelledby="medium-title">
                    <h2 class="panel-title" id="medium-title">{word!(file.medium.title)}</h2>
                    <p class="small">{word!(file.medium.promise_hint)}</p>
                    {said}
                    <Failure error=failure_of(save)/>
                    {draft.can_edit().then(|| view! {
                        <ActionForm action=save>
                            <input type="hidden" name="cmd[key]" value=move || key.get().to_string()/>
                            <input type="hidden" name="cmd[entry]" value=draft.entry().to_string()/>
                            <input type="hidden" name="cmd[promised]" value=(!promised.get()).to_string()/>
                            <Button variant=Variant::Secondary small=true icon loading=save.pending()>{button}</Button>
                        </ActionForm>
                    })}
                </section>
            }
        })
    }
}
