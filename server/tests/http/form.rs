//! The contest's own questions on the served page and through plain form posts, without any script.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rules::id::EntryId;

use super::site::{Answer, Site};

/// An author's draft in the demo's open contest.
async fn draft(site: &Site, cookie: &str) -> EntryId {
    let token = cookie.trim_start_matches("session=");
    let actor = site
        .services
        .account
        .authenticate(Some(token))
        .await
        .expect("signed in");
    let own = site
        .services
        .entry
        .own_entries(&actor)
        .await
        .expect("own entries");
    let draft = own
        .entries
        .into_iter()
        .find(|line| line.contest_slug == "pt-2023" && line.code.is_none());
    draft.expect("a draft").entry
}

/// Posts a step as a browser without script does.
async fn post(site: &Site, cookie: &str, entry: EntryId, fields: &str) -> Answer {
    let version = site.page(&format!("/entries/{entry}/form"), Some(cookie)).await;
    let hidden = |name: &str| {
        let field = version
            .body
            .split(&format!("name=\"form[{name}]\""))
            .nth(1)
            .expect("a hidden field");
        let value = field
            .split("value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value.expect("its value").to_owned()
    };
    let body = format!(
        "form[key]={}&form[entry]={entry}&form[expected]={}&form[step]=form&{fields}",
        hidden("key"),
        hidden("expected")
    );
    let request = Request::post("/api/entry/post_step")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    site.send(request.body(Body::from(body)).expect("a request"))
        .await
}

fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    let location = answer.headers.get(header::LOCATION);
    location
        .and_then(|to| to.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn questions_are_answered_and_open_others_without_script() {
    let site = Site::demo().await;
    let cookie = site.cookie("pt.tacgia05").await;
    let entry = draft(&site, &cookie).await;
    let page = site.page(&format!("/entries/{entry}/form"), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Kinh phí dự kiến") && page.body.contains("triệu đồng"));
    let opened = "name=\"form[answers][where_applied]\"";
    assert!(!page.body.contains(opened), "asked only where it was applied");
    assert!(
        page.body.contains("value=\"budget applied_elsewhere\""),
        "the page says what it asked"
    );

    let answers = "form[asked]=budget+applied_elsewhere&form[intent]=next\
                   &form[answers][budget]=12%2C5&form[answers][applied_elsewhere]=yes";
    let to = leads_to(&post(&site, &cookie, entry, answers).await);
    assert!(to.ends_with("/form"), "an answer opened another question: {to}");
    let page = site.page(&to, Some(&cookie)).await;
    assert!(page.body.contains(opened) && page.body.contains("value=\"12,5\""));

    let answers = format!(
        "{}&form[answers][where_applied]=%3Cb%3E**X%C3%A3+B%C3%ACnh**%3C%2Fb%3E",
        answers.replace("elsewhere&form[intent]", "elsewhere+where_applied&form[intent]")
    );
    let to = leads_to(&post(&site, &cookie, entry, &answers).await);
    assert!(to.ends_with("/attachments"), "{to}");
    let review = site
        .page(&format!("/entries/{entry}/review"), Some(&cookie))
        .await;
    assert!(review.body.contains("12,5 triệu đồng"));
    // without the marks at which the browser takes over
    let shown = review.body.replace("<!>", "");
    assert!(shown.contains("<strong>Xã Bình</strong>"), "bold is shown");
    assert!(!review.body.contains("<b>"), "and no HTML passes");

    // a box without its value is a question left open; others keep their answers
    let taken_back = "form[asked]=budget&form[intent]=save";
    post(&site, &cookie, entry, taken_back).await;
    let page = site.page(&format!("/entries/{entry}/form"), Some(&cookie)).await;
    assert!(!page.body.contains("value=\"12,5\"") && page.body.contains(opened));
}

#[tokio::test]
async fn the_form_section_of_an_open_contest_says_what_may_still_change() {
    let site = Site::demo().await;
    let cookie = site.cookie("pt.tochuc").await;
    let page = site.page("/manage/pt-2023/setup/form", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Cuộc thi đang nhận bài"));
    assert!(page.body.contains("value=\"Kinh phí dự kiến\"") && !page.body.contains("<fieldset disabled"));
}
