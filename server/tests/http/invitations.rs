//! The page behind an invitation's link, and inviting from the plain form: without scripts, without an account.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use contract::entry::StartEntry;
use rules::id::EntryId;

use super::site::{Answer, Site};

/// Where the site stands for these requests.
const ORIGIN: &str = "http://contest.example";

/// A demo author of PT-2023, which takes entries, and a draft of theirs.
async fn draft(site: &Site) -> (String, EntryId) {
    let cookie = site.cookie("pt.tacgia05").await;
    let token = cookie.trim_start_matches("session=").to_owned();
    let actor = site
        .services
        .account
        .authenticate(Some(&token))
        .await
        .expect("signed in");
    let contest = store::contest::by_slug(site.app.ctx.store.read(), "pt-2023")
        .await
        .expect("reads")
        .expect("the demo's contest");
    let command = StartEntry {
        key: site.app.ctx.key(),
        contest: contest.id,
    };
    let entry = site
        .services
        .entry
        .start(&actor, command)
        .await
        .expect("a draft is begun");
    (cookie, entry)
}

/// Posts a form as a browser without scripts does.
async fn post(site: &Site, path: &str, from: &str, form: String, cookie: Option<&str>) -> Answer {
    let mut request = Request::post(path)
        .header(header::ACCEPT, "text/html")
        // browsers send the whole address
        .header(header::REFERER, format!("{ORIGIN}{from}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    site.send(request.body(Body::from(form)).expect("a request"))
        .await
}

fn leads_to(answer: &Answer) -> &str {
    assert!(
        answer.status.is_redirection(),
        "{}: {}",
        answer.status,
        answer.body
    );
    answer.headers[header::LOCATION].to_str().expect("ascii")
}

/// The value of a hidden field of the first form that asks for `accepted`.
fn hidden<'a>(body: &'a str, name: &str) -> &'a str {
    let at = body
        .find(&format!("name=\"{name}\""))
        .unwrap_or_else(|| panic!("no {name} in {body}"));
    let rest = &body[at..];
    let start = rest.find("value=\"").expect("a value") + 7;
    &rest[start..start + rest[start..].find('"').expect("its end")]
}

/// Invites somebody from the plain form of the wizard's first step; gives the path of the page in the mail.
async fn invite(site: &Site, cookie: &str, entry: EntryId) -> String {
    let page = format!("/entries/{entry}/authors");
    let shown = site.page(&page, Some(cookie)).await;
    assert_eq!(shown.status, StatusCode::OK);
    let form = format!(
        "form[key]={}&form[entry]={entry}&form[expected]={}&form[step]=authors&form[author_type]=individual\
         &form[authors][0][user]={}&form[authors][0][full_name]=x&form[authors][0][unit]={}&form[authors][0][share]=100\
         &form[lead]=0&form[invite_name]=Tr%E1%BA%A7n+V%C4%83n+Ngo%C3%A0i&form[invite_email]=ngoai%40example.com\
         &form[intent]=invite_by_email",
        hidden(&shown.body, "form[key]"),
        hidden(&shown.body, "form[expected]"),
        hidden(&shown.body, "form[authors][0][user]"),
        shown
            .body
            .split("<option value=\"")
            .filter_map(|rest| rest.split_once('"'))
            .find(|(value, rest)| !value.is_empty() && rest.trim_start().starts_with("selected"))
            .map_or("", |(value, _)| value),
    );
    let answer = post(site, "/api/entry/post_step", &page, form, Some(cookie)).await;
    assert_eq!(leads_to(&answer), page);
    let db = site.app.ctx.store.read();
    let invitations = store::author::invitations_of(db, entry).await.expect("reads");
    let [invitation] = &invitations[..] else {
        panic!("one invitation: {invitations:?}")
    };
    let mail = service::entry::invitation_mail(&site.app.ctx, invitation.id)
        .await
        .expect("written");
    mail.expect("it waits for an answer").path
}

#[tokio::test]
async fn an_invitation_is_sent_read_and_accepted_without_scripts() {
    let site = Site::demo().await;
    let (cookie, entry) = draft(&site).await;
    let path = invite(&site, &cookie, entry).await;
    let authors = site
        .page(&format!("/entries/{entry}/authors"), Some(&cookie))
        .await;
    assert!(authors.body.contains("Đang chờ trả lời") && authors.body.contains("ngoai@example.com"));

    let page = site.page(&path, None).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        "Trần Văn Ngoài",
        "Đồng ý tham gia",
        "Từ chối",
        "Trả lời trước",
        "lang=\"vi\"",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(
        !page.body.contains("ngoai@example.com"),
        "the address is not repeated"
    );
    let answer = |accepted: bool| {
        format!(
            "cmd[key]={}&cmd[token]={}&cmd[expected]={}&cmd[accepted]={accepted}",
            hidden(&page.body, "cmd[key]"),
            hidden(&page.body, "cmd[token]"),
            hidden(&page.body, "cmd[expected]"),
        )
    };
    let accepted = post(&site, "/api/author/answer_invitation", &path, answer(true), None).await;
    assert_eq!(leads_to(&accepted), path);
    let after = site.page(&path, None).await;
    assert!(after.body.contains("Bạn đã đồng ý làm đồng tác giả") && !after.body.contains("cmd[accepted]"));
    let authors = site
        .page(&format!("/entries/{entry}/authors"), Some(&cookie))
        .await;
    assert!(authors.body.contains("Đã đồng ý lúc"), "the author sees it");
    // the same link once more, with another answer: said, not done
    let key = site.app.ctx.key();
    let again = answer(false).replace(hidden(&page.body, "cmd[key]"), &key.to_string());
    let refused = post(&site, "/api/author/answer_invitation", &path, again, None).await;
    let back = leads_to(&refused).trim_start_matches(ORIGIN).to_owned();
    assert!(back.starts_with(&path), "{back}");
    let shown = site.page(&back, None).await;
    assert!(
        shown.body.contains("Lời mời này đã được trả lời"),
        "{}",
        shown.body
    );
    let english = site.page(&path, Some("locale=en")).await;
    assert!(english.body.contains("You have agreed to be a co-author"));
}

#[tokio::test]
async fn a_wrong_or_old_link_says_so_and_nothing_else() {
    let site = Site::demo().await;
    let (cookie, entry) = draft(&site).await;
    let path = invite(&site, &cookie, entry).await;
    for wrong in [
        "x".to_owned(),
        "0".repeat(64),
        "%00".to_owned(),
        path[13..].to_uppercase(),
    ] {
        let page = site.page(&format!("/invitations/{wrong}"), None).await;
        assert!(page.status.is_client_error(), "{wrong} answers {}", page.status);
        assert!(!page.body.contains("Trần Văn Ngoài"), "{wrong}");
    }
    let unknown = site.page(&format!("/invitations/{}", "0".repeat(64)), None).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(
        unknown.body.contains("Đường dẫn lời mời không đúng"),
        "{}",
        unknown.body
    );
    // its author is taken out: the link tells neither title nor inviter
    let version = store::entry::find(site.app.ctx.store.read(), entry)
        .await
        .expect("reads")
        .expect("there")
        .version;
    let form = format!(
        "form[key]={}&form[entry]={entry}&form[expected]={version}&form[step]=authors&form[authors][0][full_name]=A&form[lead]=0",
        site.app.ctx.key()
    );
    post(
        &site,
        "/api/entry/post_step",
        &format!("/entries/{entry}/authors"),
        form,
        Some(&cookie),
    )
    .await;
    let page = site.page(&path, None).await;
    assert!(
        page.body.contains("đã được thu hồi") && !page.body.contains("cmd[accepted]"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("Người mời"));
}

#[tokio::test]
async fn the_secret_of_a_link_goes_nowhere_else() {
    let site = Site::demo().await;
    let (cookie, entry) = draft(&site).await;
    let path = invite(&site, &cookie, entry).await;
    let page = site.page(&path, None).await;
    assert_eq!(
        page.headers[header::REFERRER_POLICY],
        "same-origin",
        "no other site learns the address"
    );
    assert!(
        !page.headers.contains_key(header::ETAG),
        "not one of the pages kept for everybody"
    );
    let token = path.trim_start_matches("/invitations/");
    let authors = site
        .page(&format!("/entries/{entry}/authors"), Some(&cookie))
        .await;
    assert!(
        !authors.body.contains(token),
        "not even those who invite have it: they could answer for others"
    );
    let own = site.page("/entries", Some(&cookie)).await;
    assert!(!own.body.contains(token));
}
