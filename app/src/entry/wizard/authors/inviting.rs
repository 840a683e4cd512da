//! Sending invitations from the wizard, and what came of it. The draft is saved first, so that the server knows the
//! list of authors that the person sees.

use contract::Error;
use contract::author::{InviteCoAuthor, Invitee, WithdrawInvitation};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::draft::Draft;
use crate::author::api;
use crate::entry::typed::AuthorRow;
use crate::judging::fresh_key;
use crate::text::{error_text, field_message, word};
use crate::ui::{Button, IconName, Notice, TextField, TextKind, Tone, Variant};

/// What the last act with an invitation led to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Sent,
    Withdrawn,
    Refused(Error),
}

/// Acts with invitations, one at a time.
#[derive(Clone, Copy)]
pub struct Inviting {
    draft: Draft,
    outcome: RwSignal<Option<Outcome>>,
    pub busy: RwSignal<bool>,
    name: RwSignal<String>,
    email: RwSignal<String>,
}

impl Inviting {
    /// Of the draft on the screen.
    pub fn new(draft: Draft) -> Self {
        Self {
            draft,
            outcome: RwSignal::new(None),
            busy: RwSignal::new(false),
            name: RwSignal::new(String::new()),
            email: RwSignal::new(String::new()),
        }
    }

    /// Whether the contest asks co-authors at all.
    pub fn asked(self) -> bool {
        self.draft.view.with_untracked(|view| view.consents.asked)
    }

    /// Invites somebody; who is no author yet becomes one.
    pub fn invite(self, invitee: Invitee) {
        self.once_saved(move |this| {
            spawn_local(async move {
                let cmd = InviteCoAuthor {
                    key: fresh_key(),
                    entry: this.draft.entry(),
                    expected: this.draft.view.with_untracked(|view| view.version),
                    invitee,
                };
                let sent = api::invite(cmd).await;
                this.done(sent.map(|_| Outcome::Sent)).await;
            });
        });
    }

    /// Invites the author in this place.
    pub fn invite_row(self, index: usize) {
        let row = self.row(index);
        let Some(author) = row.map(|row| row.author()) else {
            return;
        };
        self.invite(match author.user {
            Some(user) => Invitee::Person { user },
            None => Invitee::Email {
                full_name: author.full_name,
                email: author.contact,
            },
        });
    }

    /// Invites who stands in the fields for name and address.
    pub fn invite_typed(self) {
        self.invite(Invitee::Email {
            full_name: self.name.get_untracked(),
            email: self.email.get_untracked(),
        });
    }

    /// Takes the invitation of the author in this place back.
    pub fn withdraw_row(self, index: usize) {
        let found = self.row(index).and_then(|row| {
            self.draft
                .view
                .with_untracked(|view| view.consents.invitation_of(&row.author()).cloned())
        });
        let Some(invitation) = found else { return };
        self.once_saved(move |this| {
            spawn_local(async move {
                let cmd = WithdrawInvitation {
                    key: fresh_key(),
                    entry: this.draft.entry(),
                    invitation: invitation.id,
                    expected: invitation.version,
                };
                let gone = api::withdraw_invitation(cmd).await;
                this.done(gone.map(|()| Outcome::Withdrawn)).await;
            });
        });
    }

    /// The message beside a field of the invitation by e-mail.
    fn message_of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.outcome.with(|outcome| match outcome {
                Some(Outcome::Refused(error)) => field_message(error, field),
                _ => None,
            })
        })
    }

    fn row(self, index: usize) -> Option<AuthorRow> {
        self.draft
            .typed
            .with_untracked(|typed| typed.authors.get(index).cloned())
    }

    fn once_saved(self, act: impl FnOnce(Self) + Send + Sync + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        let act = StoredValue::new(Some(act));
        self.draft.once_saved(Callback::new(move |saved: bool| {
            let act = act.try_update_value(Option::take).flatten();
            match act.filter(|_| saved) {
                Some(act) => act(self),
                // the badge at the foot of the form says why
                None => {
                    self.busy.try_set(false);
                }
            }
        }));
    }

    /// Shows what came of it, with the list of authors as the server has it now.
    async fn done(self, outcome: Result<Outcome, Error>) {
        let view = crate::entry::api::draft(self.draft.entry()).await;
        if self.busy.is_disposed() {
            return;
        }
        // What stands there stays where the server cannot be reached.
        if let Ok(view) = view {
            self.draft.refresh(view);
        }
        if outcome.is_ok() {
            self.name.set(String::new());
            self.email.set(String::new());
        }
        self.outcome.set(Some(outcome.unwrap_or_else(Outcome::Refused)));
        self.busy.set(false);
    }
}

/// What came of the last act, spoken when it appears.
#[component]
pub fn InvitingNotice(inviting: Inviting) -> impl IntoView {
    move || {
        inviting.outcome.get().map(|outcome| {
            let (tone, text) = match outcome {
                Outcome::Sent => (Tone::Ok, word!(author.invite.sent)),
                Outcome::Withdrawn => (Tone::Info, word!(author.invite.taken_back)),
                Outcome::Refused(error) => (Tone::Danger, error_text(&error)),
            };
            view! { <Notice tone announce=true><p>{text}</p></Notice> }
        })
    }
}

/// Name and address of somebody who is not in the directory.
#[component]
pub fn InviteByEmail(inviting: Inviting) -> impl IntoView {
    view! {
        <fieldset class="bare-fieldset stack stack-s invite-by-email">
            <legend class="strong">{word!(author.invite.by_email)}</legend>
            <div class="grid">
                <TextField
                    name="form[invite_name]"
                    label=word!(entry.authors.full_name)
                    value=inviting.name
                    autocomplete="off"
                    error=inviting.message_of("full_name")
                    on_input=Callback::new(move |text: String| inviting.name.set(text))
                />
                <TextField
                    name="form[invite_email]"
                    label=word!(author.invite.email)
                    hint=word!(author.invite.email_hint)
                    kind=TextKind::Email
                    value=inviting.email
                    autocomplete="off"
                    error=inviting.message_of("email")
                    on_input=Callback::new(move |text: String| inviting.email.set(text))
                />
            </div>
            <div class="cluster">
                <Button
                    variant=Variant::Secondary
                    icon=IconName::Mail
                    name="form[intent]"
                    value="invite_by_email"
                    loading=inviting.busy
                >
                    {word!(author.invite.send)}
                </Button>
            </div>
        </fieldset>
    }
    .into_any()
}
