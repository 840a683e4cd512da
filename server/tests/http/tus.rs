//! Uploads in pieces over HTTP, as a tus client sends them.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rules::entry::EntryState;
use rules::id::EntryId;

use super::site::{Answer, Site};

/// An author of the demo with a draft.
const AUTHOR: &str = "pt.tacgia05";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01 and more of it";

/// Headers of a request beside those every request has.
type Headers<'a> = &'a [(&'a str, &'a str)];

/// A signed-in tus client and an entry it may add files to.
pub struct Client {
    site: Site,
    cookie: String,
    entry: EntryId,
}

impl Client {
    async fn new() -> Self {
        Self::over(Site::demo().await).await
    }

    /// Of a site with the demo in it.
    pub async fn over(site: Site) -> Self {
        let cookie = site.cookie(AUTHOR).await;
        let token = cookie.trim_start_matches("session=").to_owned();
        let actor = site
            .services
            .account
            .authenticate(Some(&token))
            .await
            .expect("signed in");
        let own = site.services.entry.own_entries(&actor).await.expect("entries");
        let draft = own.entries.iter().find(|line| line.state == EntryState::Draft);
        let entry = draft.expect("a draft of the demo").entry;
        Self { site, cookie, entry }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header("Tus-Resumable", "1.0.0")
            .header(header::CONTENT_LENGTH, body.len());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).expect("a request");
        self.site.send(request).await
    }

    pub fn metadata(&self, kind: &str, name: &str) -> String {
        let key = self.site.app.ctx.key().to_string();
        let pairs = [
            ("entry", self.entry.to_string()),
            ("kind", kind.to_owned()),
            ("filename", name.to_owned()),
            ("key", key),
        ];
        let pairs = pairs.map(|(name, value)| format!("{name} {}", STANDARD.encode(value)));
        pairs.join(",")
    }

    pub async fn create(&self, size: usize, metadata: &str) -> Answer {
        let size = size.to_string();
        let headers = [("Upload-Length", size.as_str()), ("Upload-Metadata", metadata)];
        self.send(Method::POST, "/uploads", &headers, b"").await
    }

    /// The entry's file of a name.
    pub async fn attached(&self, name: &str) -> store::entry::Attachment {
        let db = self.site.app.ctx.store.read();
        let files = store::entry::attachments(db, &[self.entry]).await.expect("files");
        let mut named = files.into_iter().filter(|file| file.info.file_name == name);
        let file = named.next().expect("the file was added");
        assert_eq!(named.next(), None, "once");
        file
    }

    /// Begins an upload of [`PNG`] and gives its address.
    async fn begun(&self) -> String {
        let answer = self.create(PNG.len(), &self.metadata("image", "ảnh.png")).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        text(&answer.headers, "location").to_owned()
    }

    pub async fn patch(&self, path: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers = [
            ("Upload-Offset", offset.as_str()),
            ("Content-Type", "application/offset+octet-stream"),
        ];
        self.send(Method::PATCH, path, &headers, bytes).await
    }
}

pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .unwrap_or_else(|| panic!("{name} is missing: {headers:?}"))
        .to_str()
        .expect("ascii")
}

#[tokio::test]
async fn the_server_says_what_it_can() {
    let client = Client::new().await;
    for path in ["/uploads", "/uploads/01890000-0000-7000-8000-000000000000"] {
        let request = Request::builder()
            .method(Method::OPTIONS)
            .uri(path)
            .body(Body::empty());
        let answer = client.site.send(request.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(text(&answer.headers, "tus-version"), "1.0.0");
        assert_eq!(text(&answer.headers, "tus-checksum-algorithm"), "sha1,sha256");
        assert_eq!(
            text(&answer.headers, "tus-extension"),
            "creation,creation-with-upload,termination,checksum,expiration"
        );
        let limit = client.site.app.ctx.config.upload_limit.to_string();
        assert_eq!(text(&answer.headers, "tus-max-size"), limit);
    }
}

#[tokio::test]
async fn a_file_travels_in_pieces_and_a_range_of_it_comes_back() {
    let client = Client::new().await;
    let path = client.begun().await;
    assert!(path.starts_with("/uploads/"), "{path}");
    let half = PNG.len() / 2;
    let answer = client.patch(&path, 0, &PNG[..half]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(text(&answer.headers, "upload-offset"), half.to_string());
    assert!(text(&answer.headers, "upload-expires").ends_with(" GMT"));
    let answer = client.send(Method::HEAD, &path, &[], b"").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(text(&answer.headers, "upload-offset"), half.to_string());
    assert_eq!(text(&answer.headers, "upload-length"), PNG.len().to_string());
    assert_eq!(text(&answer.headers, "cache-control"), "no-store");
    for _ in 0..2 {
        // the second one is the first one's answer lost
        let answer = client.patch(&path, half, &PNG[half..]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        assert_eq!(text(&answer.headers, "upload-offset"), PNG.len().to_string());
    }

    let db = client.site.app.ctx.store.read();
    let files = store::entry::attachments(db, &[client.entry])
        .await
        .expect("files");
    let file = files
        .iter()
        .find(|file| file.info.file_name == "ảnh.png")
        .expect("added");
    let address = format!("/files/attachment/{}", file.info.id);
    let answer = client
        .send(Method::GET, &address, &[("Range", "bytes=1-3")], b"")
        .await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::PARTIAL_CONTENT, "PNG")
    );
    assert_eq!(
        text(&answer.headers, "content-range"),
        format!("bytes 1-3/{}", PNG.len())
    );
    let whole = client.send(Method::GET, &address, &[], b"").await;
    assert_eq!(text(&whole.headers, "content-length"), PNG.len().to_string());
    assert_eq!(text(&whole.headers, "content-type"), "image/png");
    assert!(whole.body.ends_with("and more of it"));
}

#[tokio::test]
async fn a_small_file_comes_with_its_creation() {
    let client = Client::new().await;
    let size = PNG.len().to_string();
    let metadata = client.metadata("image", "nhỏ.png");
    let headers = [
        ("Upload-Length", size.as_str()),
        ("Upload-Metadata", metadata.as_str()),
        ("Content-Type", "application/offset+octet-stream"),
    ];
    for _ in 0..2 {
        let answer = client.send(Method::POST, "/uploads", &headers, PNG).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        assert_eq!(text(&answer.headers, "upload-offset"), size);
    }
    let db = client.site.app.ctx.store.read();
    let files = store::entry::attachments(db, &[client.entry])
        .await
        .expect("files");
    assert_eq!(
        files
            .iter()
            .filter(|file| file.info.file_name == "nhỏ.png")
            .count(),
        1
    );
}

#[tokio::test]
async fn every_lie_has_its_status_and_a_message() {
    let client = Client::new().await;
    let path = client.begun().await;
    let sum = format!("sha256 {}", STANDARD.encode([7_u8; 32]));
    let piece = ("Content-Type", "application/offset+octet-stream");
    let cases: [(Headers<'_>, &[u8], u16, &str); 8] = [
        (&[("Upload-Offset", "5"), piece], b"x", 409, "upload_offset"),
        (
            &[("Upload-Offset", "0"), piece],
            &[0; 1000],
            413,
            "upload_overrun",
        ),
        (
            &[("Upload-Offset", "0"), piece, ("Upload-Checksum", &sum)],
            b"x",
            460,
            "upload_checksum",
        ),
        (
            &[("Upload-Offset", "0"), piece, ("Upload-Checksum", "md5 x")],
            b"x",
            422,
            "malformed",
        ),
        (&[("Upload-Offset", "-1"), piece], b"x", 422, "not_a_number"),
        (&[piece], b"x", 422, "not_a_number"),
        (
            &[("Upload-Offset", "0"), ("Content-Type", "text/plain")],
            b"x",
            415,
            "",
        ),
        (&[("Upload-Offset", "0")], b"x", 415, ""),
    ];
    for (headers, body, status, says) in cases {
        let answer = client.send(Method::PATCH, &path, headers, body).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}: {}", answer.body);
        assert!(answer.body.contains(says), "{headers:?}: {}", answer.body);
        assert_eq!(text(&answer.headers, "tus-resumable"), "1.0.0");
    }
    let head = client.send(Method::HEAD, &path, &[], b"").await;
    assert_eq!(text(&head.headers, "upload-offset"), "0", "nothing of it stayed");

    let limit = client.site.app.ctx.config.upload_limit;
    let large = client
        .create(limit as usize + 1, &client.metadata("image", "a.png"))
        .await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let creations = [
        (0, client.metadata("image", "a.png"), 422, "file_empty"),
        (10, client.metadata("image", "a.exe"), 422, "file_type"),
        (10, client.metadata("ảnh", "a.png"), 422, "malformed"),
        (10, String::new(), 422, "missing"),
        (10, "entry ???".to_owned(), 422, "malformed"),
    ];
    for (size, metadata, status, says) in creations {
        let answer = client.create(size, &metadata).await;
        assert_eq!(answer.status.as_u16(), status, "{metadata}: {}", answer.body);
        assert!(answer.body.contains(says), "{metadata}: {}", answer.body);
    }
}

#[tokio::test]
async fn another_version_another_person_and_the_unknown_are_turned_away() {
    let client = Client::new().await;
    let path = client.begun().await;
    for version in [None, Some("0.2.2")] {
        let mut request = Request::builder().method(Method::POST).uri("/uploads");
        if let Some(version) = version {
            request = request.header("Tus-Resumable", version);
        }
        let answer = client
            .site
            .send(request.body(Body::empty()).expect("a request"))
            .await;
        assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(text(&answer.headers, "tus-version"), "1.0.0");
    }
    let stranger = Client {
        cookie: client.site.cookie("tacgia05").await,
        entry: client.entry,
        site: client.site,
    };
    for method in [Method::HEAD, Method::DELETE] {
        let answer = stranger.send(method, &path, &[], b"").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stranger.patch(&path, 0, b"x").await.status, StatusCode::NOT_FOUND);
    let created = stranger.create(10, &stranger.metadata("image", "a.png")).await;
    assert_eq!(created.status, StatusCode::NOT_FOUND, "not their entry");
    for path in [
        "/uploads/x",
        "/uploads/%00",
        "/uploads/01890000-0000-7000-8000-000000000000",
    ] {
        assert_eq!(
            stranger.patch(path, 0, b"x").await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let nobody = Client {
        cookie: String::new(),
        ..stranger
    };
    assert_eq!(
        nobody.patch(&path, 0, b"x").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn an_upload_can_be_given_up_also_without_its_own_method() {
    let client = Client::new().await;
    let path = client.begun().await;
    let headers = [
        ("X-HTTP-Method-Override", "PATCH"),
        ("Upload-Offset", "0"),
        ("Content-Type", "application/offset+octet-stream"),
    ];
    let answer = client.send(Method::POST, &path, &headers, &PNG[..10]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(text(&answer.headers, "upload-offset"), "10");
    let answer = client.send(Method::DELETE, &path, &[], b"").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        client.send(Method::HEAD, &path, &[], b"").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        client.send(Method::POST, &path, &[], b"").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

/// A ZIP archive of one stored part of eight bytes, whose directory says 4 GB.
fn bomb() -> Vec<u8> {
    let name = b"a.txt";
    let part = b"noi dung";
    let about = |size: u32| {
        let mut about = Vec::<u8>::new();
        // version, flags, method, time and date
        for field in [20_u16, 0, 0, 0, 0x21] {
            about.extend(field.to_le_bytes());
        }
        // checksum and both sizes
        for field in [0_u32, part.len() as u32, size] {
            about.extend(field.to_le_bytes());
        }
        // length of the name and of what comes after it
        for field in [name.len() as u16, 0] {
            about.extend(field.to_le_bytes());
        }
        about
    };
    let mut file = b"PK\x03\x04".to_vec();
    file.extend(about(part.len() as u32));
    file.extend(name);
    file.extend(part);
    let directory = file.len();
    file.extend(b"PK\x01\x02\x14\0");
    file.extend(about(4_000_000_000));
    // no comment, first disk, no attributes, at the beginning
    file.extend([0_u8; 14]);
    file.extend(name);
    let length = file.len() - directory;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    for field in [length as u32, directory as u32] {
        file.extend(field.to_le_bytes());
    }
    file.extend([0_u8; 2]);
    file
}

#[tokio::test]
async fn an_archive_that_is_a_bomb_is_refused_and_leaves_nothing() {
    let client = Client::new().await;
    let app = &client.site.app;
    let files = async || {
        store::entry::attachments(app.ctx.store.read(), &[client.entry])
            .await
            .expect("files")
    };
    let before = files().await;
    let bomb = bomb();
    let sentence = "Tệp nén này khi giải nén sẽ lớn bất thường";
    for (accept, says) in [("application/json", "file_bomb"), ("text/html", sentence)] {
        let created = client
            .create(bomb.len(), &client.metadata("software", "ma.zip"))
            .await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
        let path = text(&created.headers, "location");
        let headers = [
            ("Upload-Offset", "0"),
            ("Content-Type", "application/offset+octet-stream"),
            ("Accept", accept),
        ];
        let refused = client.send(Method::PATCH, path, &headers, &bomb).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.body
        );
        assert!(refused.body.contains(says), "{}", refused.body);
        let head = client.send(Method::HEAD, path, &[], b"").await;
        assert_eq!(head.status, StatusCode::NOT_FOUND, "these bytes are forgotten");
    }
    assert_eq!(files().await, before);
    let incoming = std::fs::read_dir(app.ctx.config.data_dir.join("incoming")).expect("the folder");
    assert_eq!(incoming.count(), 0);
}

#[tokio::test]
async fn an_upload_nobody_went_on_with_is_gone() {
    let client = Client::new().await;
    let path = client.begun().await;
    let answer = client.patch(&path, 0, &PNG[..10]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    client.site.app.clock.advance(chrono::TimeDelta::days(3));
    // the session has expired as well
    let client = Client {
        cookie: client.site.cookie(AUTHOR).await,
        entry: client.entry,
        site: client.site,
    };
    let head = client.send(Method::HEAD, &path, &[], b"").await;
    assert_eq!(head.status, StatusCode::GONE);
    assert_eq!(text(&head.headers, "tus-resumable"), "1.0.0");
    let answer = client.patch(&path, 10, &PNG[10..]).await;
    assert_eq!(answer.status, StatusCode::GONE, "{}", answer.body);
    assert!(answer.body.contains("upload_expired"), "{}", answer.body);
}

#[tokio::test]
async fn a_pdf_may_be_framed_by_our_own_pages_and_runs_nothing() {
    let client = Client::new().await;
    let bytes = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
    for (kind, name, bytes, framed) in [
        ("other", "a.pdf", bytes.as_slice(), "SAMEORIGIN"),
        ("image", "a.png", PNG, "DENY"),
    ] {
        let created = client.create(bytes.len(), &client.metadata(kind, name)).await;
        let path = text(&created.headers, "location");
        assert_eq!(client.patch(path, 0, bytes).await.status, StatusCode::NO_CONTENT);
        let file = client.attached(name).await.info;
        let address = format!("/files/attachment/{}", file.id);
        let answer = client.send(Method::GET, &address, &[], b"").await;
        assert_eq!(text(&answer.headers, "x-frame-options"), framed, "{name}");
        assert!(text(&answer.headers, "content-security-policy").starts_with("default-src 'none'; sandbox"));
        assert!(text(&answer.headers, "content-disposition").starts_with("inline"));
    }
}
