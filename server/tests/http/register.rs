//! Lists out and in over HTTP: who may have them, what they are, and that what goes out comes back in.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use service::register::sheet;

use super::site::{Answer, Site};

const LIST: &str = "/manage/pt-2023/entries.csv";

/// A table sent as a browser's form sends it, by a program or by a page.
async fn upload(
    site: &Site,
    path: &str,
    cookie: Option<&str>,
    html: bool,
    name: &str,
    bytes: &[u8],
) -> Answer {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(
            header::ACCEPT,
            if html { "text/html" } else { "application/json" },
        );
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    site.send(request.body(Body::from(body)).expect("a request"))
        .await
}

#[tokio::test]
async fn lists_are_for_the_organiser_only() {
    let site = Site::demo().await;
    let administrator = site.cookie("quantri").await;
    for (path, allowed) in [
        (LIST, "pt.tochuc"),
        ("/manage/pt-2023/entries.xlsx", "pt.tochuc"),
        ("/files/template/entries.xlsx", "pt.tochuc"),
        ("/files/template/people.xlsx", "quantri"),
    ] {
        assert_eq!(
            site.page(path, None).await.status,
            StatusCode::UNAUTHORIZED,
            "{path} by nobody"
        );
        for persona in ["tacgia05", "pt.tacgia05", "pt.phumy"] {
            let cookie = site.cookie(persona).await;
            let status = site.page(path, Some(&cookie)).await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} by {persona}");
        }
        let cookie = site.cookie(allowed).await;
        let answer = site.page(path, Some(&cookie)).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{path} by {allowed}: {}",
            answer.body
        );
        let disposition = answer.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("ASCII");
        assert!(disposition.starts_with("attachment"), "{disposition}");
    }
    for path in ["/manage/khong-co/entries.csv", "/files/template/nothing.xlsx"] {
        let answer = site.page(path, Some(&administrator)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let nobody = upload(&site, "/upload/import/people", None, false, "a.csv", b"x").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let author = site.cookie("pt.tacgia05").await;
    for path in [
        "/upload/import/people",
        "/upload/import/units",
        "/upload/import/entries/pt-2023",
    ] {
        let answer = upload(&site, path, Some(&author), false, "a.csv", b"x;y\n1;2\n").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let links = Request::post("/files/password-links/01890000-0000-7000-8000-000000000000")
        .header(header::COOKIE, &author)
        .body(Body::empty())
        .expect("a request");
    assert_eq!(site.send(links).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_list_comes_back_in_and_changes_nothing() {
    let site = Site::demo().await;
    let cookie = site.cookie("pt.tochuc").await;
    let list = site.page(LIST, Some(&cookie)).await;
    assert!(
        list.body.starts_with("\u{FEFF}Mã bài;Tên bài dự thi;Tác giả;"),
        "{}",
        list.body
    );
    let rows = sheet::read(list.body.as_bytes()).expect("a table");
    assert!(rows.len() > 3, "the demo has entries on the desk");
    let code = &rows[1][0];
    let one = site.page(&format!("{LIST}?q={code}"), Some(&cookie)).await;
    let filtered = sheet::read(one.body.as_bytes()).expect("a table");
    assert_eq!(
        (filtered.len(), &filtered[1]),
        (2, &rows[1]),
        "the filter of the address"
    );

    let taken = upload(
        &site,
        "/upload/import/entries/pt-2023",
        Some(&cookie),
        false,
        "ds.csv",
        list.body.as_bytes(),
    )
    .await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    let file: serde_json::Value = serde_json::from_str(&taken.body).expect("JSON");
    let file = file["file"].as_str().expect("an id");
    let page = site
        .page(&format!("/manage/pt-2023/import?file={file}"), Some(&cookie))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("Số biên nhận"),
        "the mapping is on the page: {}",
        page.body
    );
    let query = serde_json::json!({"query": {"kind": "entries", "contest": "pt-2023", "file": file,
        "choice": {"columns": [], "convert_legacy": false}, "page": 1}});
    let answer = site
        .call(
            "/api/register/import_view",
            &super::site::Input::Json(query),
            Some(&cookie),
        )
        .await;
    let view: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let counts = &view["dry_run"]["counts"];
    assert_eq!(
        counts["skipped"],
        rows.len() - 1,
        "every entry is there already: {counts}"
    );
    assert_eq!(
        (&counts["errors"], &counts["ok"]),
        (&0.into(), &0.into()),
        "{counts}"
    );
}

#[tokio::test]
async fn a_wrong_file_leads_back_with_the_reason() {
    let site = Site::demo().await;
    let cookie = site.cookie("pt.tochuc").await;
    let path = "/upload/import/entries/pt-2023";
    for bytes in [&b""[..], b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
        let refused = upload(&site, path, Some(&cookie), false, "ds.xlsx", bytes).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.body
        );
        let back = upload(&site, path, Some(&cookie), true, "ds.xlsx", bytes).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        let to = back.headers[header::LOCATION].to_str().expect("ASCII").to_owned();
        assert!(to.starts_with("/manage/pt-2023/import?&upload_error="), "{to}");
        assert_eq!(site.page(&to, Some(&cookie)).await.status, StatusCode::OK);
    }
    let large = vec![b'x'; usize::try_from(sheet::FILE_MAX).expect("small") + 1];
    let refused = upload(&site, path, Some(&cookie), false, "ds.csv", &large).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let nothing = upload(&site, path, Some(&cookie), false, "", b"").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stranger = upload(
        &site,
        "/upload/import/nothing",
        Some(&cookie),
        false,
        "a.csv",
        b"x",
    )
    .await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_registers_pages_answer_in_both_languages_without_a_script() {
    let site = Site::demo().await;
    let organiser = site.cookie("pt.tochuc").await;
    let administrator = site.cookie("quantri").await;
    for (path, cookie) in [
        ("/manage/pt-2023/checklist", &organiser),
        ("/contests/pt-2023/register", &organiser),
        ("/manage/pt-2023/import", &organiser),
        (
            "/manage/pt-2023/eligibility?check=unchecked&late=false&medium=true",
            &organiser,
        ),
        ("/people/import?kind=units", &administrator),
        ("/people/import?kind=people", &administrator),
    ] {
        for locale in ["", "; locale=en"] {
            let answer = site.page(path, Some(&format!("{cookie}{locale}"))).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{locale}: {}", answer.body);
            assert!(answer.body.contains("<form"), "{path}{locale}");
        }
    }
    let gone = site.page("/first-password/nothing", None).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
