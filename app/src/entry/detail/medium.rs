//! The medium of an entry on the organiser's desk: attached, announced, or received by hand.

use leptos::prelude::*;
use rules::time::format_date;

use super::Case;
use super::acts::{Hidden, Refused, follow};
use crate::entry::file_api::ReceiveCopy;
use crate::judging::failure_of;
use crate::text::word;
use crate::ui::{Button, Card, IconName, Variant};

/// Shown where the category asks for a medium.
#[component]
pub fn Medium(case: Case) -> impl IntoView {
    let mark = ServerAction::<ReceiveCopy>::new();
    follow(case, mark, word!(file.medium.marked));
    let medium = case.part(|view| view.medium);
    let zone = case.view.with_untracked(|view| view.zone.clone());
    move || {
        let medium = medium.get();
        let zone = zone.clone();
        medium.required.then(|| {
            let stands = match medium.copy.received_at {
                Some(at) => {
                    let day = at + chrono::Duration::minutes(i64::from(zone.offset_minutes));
                    word!(file.medium.received, date = format_date(day.date_naive()))
                }
                None if medium.attached => word!(file.medium.attached),
                None if medium.copy.promised => word!(file.medium.promised),
                None => word!(file.medium.none),
            };
            let received = medium.copy.received_at.is_some();
            let act = medium.can_receive.then(|| {
                let (text, icon) = if received {
                    (word!(file.medium.unmark), IconName::Undo)
                } else {
                    (word!(file.medium.mark), IconName::Check)
                };
                view! {
                    <ActionForm action=mark>
                        <Hidden case prefix="cmd"/>
                        <input type="hidden" name="cmd[received]" value=(!received).to_string()/>
                        <Button variant=Variant::Secondary small=true icon loading=mark.pending()>{text}</Button>
                    </ActionForm>
                }
            });
            view! {
                <Card title=word!(file.medium.title)>
                    <div class="stack stack-s">
                        <Refused case error=failure_of(mark)/>
                        <p class="small">{stands}</p>
                        {act}
                    </div>
                </Card>
            }
        })
    }
}
