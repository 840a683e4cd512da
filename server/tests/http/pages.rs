//! Pages: status codes, languages, what the public may see, and the page cache.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::site::Site;

#[tokio::test]
async fn an_unknown_page_is_404_in_the_persons_language() {
    let site = Site::demo().await;
    let vietnamese = site.page("/khong-co", None).await;
    assert_eq!(vietnamese.status, StatusCode::NOT_FOUND);
    assert!(vietnamese.body.contains("lang=\"vi\""), "{}", vietnamese.body);
    let english = site.page("/khong-co", Some("locale=en")).await;
    assert_eq!(english.status, StatusCode::NOT_FOUND);
    assert!(english.body.contains("lang=\"en\""));
    assert_ne!(vietnamese.body, english.body);
}

#[tokio::test]
async fn unknown_ids_are_404_pages_not_faults() {
    let site = Site::demo().await;
    let judge = site.cookie("gksl1").await;
    let organiser = site.cookie("tochuc").await;
    let stranger = "01890000-0000-7000-8000-000000000000";
    for (path, cookie) in [
        ("/contests/khong-co".to_owned(), None),
        ("/contests/sim-2025/result".to_owned(), None),
        (format!("/judging/{stranger}"), Some(&judge)),
        ("/judging/khong-phai-uuid".to_owned(), Some(&judge)),
        (format!("/judging/{stranger}/entry/P1"), Some(&judge)),
        (format!("/entries/{stranger}/topic"), Some(&judge)),
        (format!("/entries/{stranger}"), Some(&judge)),
        (format!("/rounds/{stranger}"), Some(&organiser)),
        ("/manage/khong-co".to_owned(), Some(&organiser)),
        ("/manage/khong-co/setup/plan".to_owned(), Some(&organiser)),
        (format!("/files/attachment/{stranger}"), Some(&judge)),
        ("/files/document/x".to_owned(), None),
    ] {
        let answer = site.page(&path, cookie.map(String::as_str)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_page_for_signed_in_people_leads_to_the_sign_in_page() {
    let site = Site::demo().await;
    for path in ["/entries", "/judging", "/manage", "/account"] {
        let answer = site.page(path, None).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{path}");
        let to = answer
            .headers
            .get(header::LOCATION)
            .and_then(|to| to.to_str().ok())
            .unwrap_or_default();
        assert!(to.starts_with("/sign-in?next="), "{path} leads to {to}");
    }
}

#[tokio::test]
async fn a_result_is_public_only_after_its_decision() {
    let site = Site::demo().await;
    let published = site.page("/contests/qt-kkt-2021/result", None).await;
    assert_eq!(published.status, StatusCode::OK);
    assert!(published.body.contains("Lê Quang Sơn") && published.body.contains("181/QĐ-KKT"));
    let open = site.page("/contests/sim-2025", None).await;
    assert_eq!(open.status, StatusCode::OK);
    // Neither an entry's title nor an author's name is on the public page of a contest being judged.
    assert!(!open.body.contains("Sổ tay quy trình mẫu") && !open.body.contains("Tác giả 01"));
}

#[tokio::test]
async fn public_pages_come_from_the_cache_with_a_nonce_of_their_own() {
    let site = Site::demo().await;
    let first = site.page("/contests/pt-2023", None).await;
    let second = site.page("/contests/pt-2023", None).await;
    let policy = |answer: &super::site::Answer| {
        answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("ascii")
            .to_owned()
    };
    assert_ne!(
        policy(&first),
        policy(&second),
        "each answer has a nonce of its own"
    );
    let nonce = policy(&second)
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .expect("a nonce")
        .to_owned();
    assert!(
        second.body.contains(&format!("nonce=\"{nonce}\"")),
        "the page's scripts carry it"
    );
    assert_eq!(first.headers[header::ETAG], second.headers[header::ETAG]);
    let request = Request::get("/contests/pt-2023")
        .header(header::ACCEPT, "text/html")
        .header(header::IF_NONE_MATCH, &first.headers[header::ETAG]);
    let known = site.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(
        (known.status, known.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
}
