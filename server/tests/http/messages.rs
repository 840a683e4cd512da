//! The inbox and the bell as pages, and the language a person is written to in.

use axum::http::{StatusCode, header};
use rules::text::Locale;

use super::site::{Input, Site};

#[tokio::test]
async fn the_demo_fills_inboxes_and_mails_nobody() {
    let site = Site::demo().await;
    let author = site.cookie("tacgia05").await;
    let inbox = site.page("/messages", Some(&author)).await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(
        inbox.body.contains("Đã nhận bài dự thi SIM-2025-"),
        "a receipt: {}",
        inbox.body
    );
    assert!(inbox.body.contains("đủ điều kiện dự thi"));
    assert!(!inbox.body.contains("e-mail"), "no mail was written");
    let db = site.app.ctx.store.read();
    let due = store::message::is_due(db, site.app.ctx.now() + chrono::TimeDelta::days(9)).await;
    assert!(!due.expect("reads"));
}

#[tokio::test]
async fn the_bell_counts_for_signed_in_people_only() {
    let site = Site::demo().await;
    let author = site.cookie("tacgia05").await;
    let unread = site
        .call("/api/message/unread", &Input::Form(String::new()), Some(&author))
        .await;
    let count: u64 = unread.body.parse().expect("a number");
    assert!(count > 0);
    let home = site.page("/account", Some(&author)).await;
    assert!(
        home.body.contains(&format!("Thông báo: {count} chưa đọc")),
        "{}",
        home.body
    );
    let anonymous = site.page("/", None).await;
    assert!(!anonymous.body.contains("class=\"bell\""));
    let session = site
        .call("/api/account/session", &Input::Form(String::new()), None)
        .await;
    assert!(session.body.contains("\"unread\":0"), "{}", session.body);

    let read = Input::Form("cmd[until]=2100-01-01T00:00:00Z".into());
    let done = site.call("/api/message/mark_read", &read, Some(&author)).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let home = site.page("/account", Some(&author)).await;
    assert!(home.body.contains("aria-label=\"Thông báo\""), "{}", home.body);
}

#[tokio::test]
async fn messages_need_signing_in_and_their_pages_their_role() {
    let site = Site::demo().await;
    let anonymous = site.page("/messages", None).await;
    assert_eq!(anonymous.status, StatusCode::FOUND);
    let to = anonymous.headers[header::LOCATION].to_str().expect("ascii");
    assert_eq!(to, "/sign-in?next=/messages");
    let organiser = site.cookie("tochuc").await;
    let overview = site.page("/manage/sim-2025/messages", Some(&organiser)).await;
    assert_eq!(overview.status, StatusCode::OK, "{}", overview.body);
    assert!(overview.body.contains("Biên nhận cho tác giả"));
    assert!(
        overview.body.contains("Chỉ trong hộp thông báo"),
        "one by one: {}",
        overview.body
    );
    let sent = site
        .page("/manage/sim-2025/messages?state=sent", Some(&organiser))
        .await;
    assert!(
        sent.body.contains("Không có thông báo nào ở trạng thái này."),
        "{}",
        sent.body
    );
    let odd = site
        .page("/manage/sim-2025/messages?state=abc&page=0", Some(&organiser))
        .await;
    assert_eq!(odd.status, StatusCode::OK, "{}", odd.body);
    let author = site.cookie("tacgia05").await;
    let refused = site.page("/manage/sim-2025/messages", Some(&author)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    for path in ["/messages?page=abc&unread=1", "/messages?page=4294967295"] {
        let odd = site.page(path, Some(&author)).await;
        assert_eq!(odd.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn switching_the_language_also_switches_the_mails() {
    let site = Site::demo().await;
    let author = site.cookie("tacgia05").await;
    let db = site.app.ctx.store.read();
    let person = store::account::person_by_login(db, "tacgia05")
        .await
        .expect("reads")
        .expect("a persona");
    let language = async || store::message::language(db, person.id).await.expect("reads");
    assert_eq!(language().await, Locale::Vi);
    let anonymous = site.page("/locale?to=en&back=/", None).await;
    assert_eq!(anonymous.status, StatusCode::SEE_OTHER);
    assert_eq!(language().await, Locale::Vi);
    let switched = site.page("/locale?to=en&back=/messages", Some(&author)).await;
    assert_eq!(switched.status, StatusCode::SEE_OTHER);
    assert_eq!(language().await, Locale::En);
    site.page("/theme?to=dark&back=/", Some(&author)).await;
    assert_eq!(language().await, Locale::En, "the theme has no language");
}
