//! What a client may send: other sites, nonsense, too much.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::site::{Input, Site};

#[tokio::test]
async fn a_post_from_another_site_is_refused() {
    let site = Site::demo().await;
    let cookie = site.cookie("tochuc").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let request = Request::post("/api/account/sign_out")
            .header(header::HOST, "contest.example")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(
            site.send(request).await.status,
            StatusCode::FORBIDDEN,
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn nonsense_is_a_clients_error_never_a_fault() {
    let site = Site::demo().await;
    let cookie = site.cookie("tochuc").await;
    let mut paths: Vec<String> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    paths.sort();
    assert!(paths.len() > 40, "server functions are registered: {paths:?}");
    let bodies = [
        Input::Form(String::new()),
        Input::Form("cmd=1&form=2&slug=%00%ff".to_owned()),
        Input::Form("cmd[key]=x&cmd[entry]=y&form[key]=z&slug=../../etc/passwd".to_owned()),
        Input::Json(serde_json::json!({"cmd": {"key": 7}, "form": []})),
        Input::Json(serde_json::json!([1, 2, 3])),
    ];
    for path in &paths {
        for body in &bodies {
            for cookie in [None, Some(cookie.as_str())] {
                let answer = site.call(path, body, cookie).await;
                assert!(
                    answer.status.as_u16() < 500,
                    "{path} with {body:?} answers {}: {}",
                    answer.status,
                    answer.body
                );
                for leak in ["sqlx", "SqlxError", "constraint", "SELECT ", "panicked"] {
                    assert!(
                        !answer.body.contains(leak),
                        "{path} leaks {leak}: {}",
                        answer.body
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn an_upload_over_the_limit_is_refused_before_it_is_read() {
    let site = Site::demo().await;
    let cookie = site.cookie("pt.tacgia05").await;
    let limit = site.app.ctx.config.upload_limit;
    let request = Request::post("/upload/entry/01890000-0000-7000-8000-000000000000")
        .header(header::ACCEPT, "application/json")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::CONTENT_LENGTH, limit + 1024 * 1024)
        // Nothing is sent: an answer can only come from the declared length.
        .body(Body::from_stream(futures::stream::pending::<
            Result<Vec<u8>, std::io::Error>,
        >()))
        .expect("a request");
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains(&limit.to_string()), "{}", answer.body);
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let site = Site::demo().await;
    for path in ["/", "/health", "/khong-co", "/live/sim-2025x"] {
        let answer = site.page(path, None).await;
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["x-frame-options"], "DENY", "{path}");
    }
    let policy = site.page("/", None).await.headers[header::CONTENT_SECURITY_POLICY].clone();
    let policy = policy.to_str().expect("ascii");
    assert!(
        policy.contains("'strict-dynamic'") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
}

#[tokio::test]
async fn control_characters_in_an_address_are_a_clients_error() {
    let site = Site::demo().await;
    for path in [
        "/contests/%00",
        "/contests/a%0Ab",
        "/contests/%00/record.json",
        "/live/%00",
        "/entries/%0A",
    ] {
        let status = site.page(path, None).await.status;
        assert!(status.is_client_error(), "{path} answers {status}");
    }
    for path in ["/upload/entry/%0A", "/upload/decision/%0Aa"] {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::empty())
            .expect("a request");
        let status = site.send(request).await.status;
        assert!(status.as_u16() < 500, "{path} answers {status}");
    }
}
