//! Server functions of co-authors: each is a door, the service behind it decides.

use contract::Error;
use contract::author as commands;
use contract::author::InvitationView;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use rules::id::InvitationId;

/// Invites a co-author, for the first time or again.
#[server(prefix = "/api/author", endpoint = "invite", input = Json)]
pub async fn invite(cmd: commands::InviteCoAuthor) -> Result<InvitationId, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.author.invite(&actor, cmd).await)
}

/// Takes an invitation back.
#[server(prefix = "/api/author", endpoint = "withdraw_invitation", input = Json)]
pub async fn withdraw_invitation(cmd: commands::WithdrawInvitation) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.author.withdraw_invitation(&actor, cmd).await)
}

/// The invitation behind a link.
#[server(prefix = "/api/author", endpoint = "invitation")]
pub async fn invitation(token: String) -> Result<InvitationView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.author.invitation(&actor, token).await)
}

/// Answers the invitation behind a link and shows it again.
#[server(prefix = "/api/author", endpoint = "answer_invitation")]
pub async fn answer_invitation(cmd: commands::AnswerInvitation) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let back = super::facts::href(&cmd.token);
    crate::ssr::answer(services.author.answer(&actor, cmd).await)?;
    leptos_axum::redirect(&back);
    Ok(())
}

/// The viewer's open invitations.
#[server(prefix = "/api/author", endpoint = "own_invitations")]
pub async fn own_invitations() -> Result<Vec<InvitationView>, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.author.own_invitations(&actor).await)
}

/// Answers one of them and leads back to the list.
#[server(prefix = "/api/author", endpoint = "answer_own_invitation")]
pub async fn answer_own_invitation(cmd: commands::AnswerOwnInvitation) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.author.answer_own(&actor, cmd).await)?;
    leptos_axum::redirect("/entries");
    Ok(())
}
