//! One message in the inbox.

use contract::message::{MailStatus, MarkRead as MarkReadCommand, MessageLine};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::time::Timestamp;

use super::api::{self, MarkRead};
use super::bell::use_unread;
use super::words::{looks, mail_text, text, title};
use crate::text::word;
use crate::ui::{Badge, Button, DateTime, Icon, IconName, Tone, Variant};

/// The message; its title leads to its page and, where scripts run, marks it read on the way.
#[component]
pub fn Line(line: MessageLine, until: Timestamp, act: ServerAction<MarkRead>) -> impl IntoView {
    let unread = use_unread();
    let (icon, tone) = looks(&line.body);
    let title = title(&line.body);
    let (said, reason) = text(&line.body, &line.zone);
    let href = line.body.page(&line.contest_slug, line.entry, true);
    let (id, read) = (line.id, line.read);
    let follow = move |_| {
        if !read {
            spawn_local(async move {
                let command = MarkReadCommand {
                    message: Some(id),
                    until,
                };
                // a message that stays unread is shown again, which is all that can go wrong
                if api::mark_read(command).await.is_ok() {
                    unread.refresh();
                }
            });
        }
    };
    let mark = (!read).then(|| {
        let label = word!(message.mark_read_label, title = title.clone());
        view! {
            <ActionForm action=act>
                <input type="hidden" name="cmd[message]" value=id.to_string()/>
                <input type="hidden" name="cmd[until]" value=until.to_rfc3339()/>
                <Button variant=Variant::Quiet small=true icon=IconName::Check label loading=act.pending()>
                    {word!(message.mark_read)}
                </Button>
            </ActionForm>
        }
    });
    let mail = line.mail.map(|mail| {
        let failed = mail == MailStatus::NotSent;
        let name = if failed {
            IconName::AlertTriangle
        } else {
            IconName::Mail
        };
        view! {
            <p class="message-mail muted small" class:message-mail-failed=failed>
                <Icon name/>
                <span>{mail_text(mail, &line.zone)}</span>
            </p>
        }
    });
    view! {
        <article class="message" class:message-unread=!read data-tone=tone.as_str()>
            <span class="message-icon"><Icon name=icon/></span>
            <div class="message-text">
                <div class="message-head">
                    <h2 class="message-title"><a href=href on:click=follow>{title}</a></h2>
                    {(!read).then(|| view! { <Badge tone=Tone::Info>{word!(message.unread)}</Badge> })}
                </div>
                <p>{said}</p>
                {reason.filter(|reason| !reason.trim().is_empty()).map(|reason| view! {
                    <p class="message-reason"><span class="strong">{word!(message.reason)}</span>" "{reason}</p>
                })}
                <p class="message-where muted small">
                    <span>{line.contest_name}</span>
                    <DateTime at=line.at zone=line.zone.clone() with_zone=true/>
                </p>
                {mail}
            </div>
            <div class="message-act">{mark}</div>
        </article>
    }
    .into_any()
}
