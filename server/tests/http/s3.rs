//! Files in an S3 bucket instead of the data folder, against a real S3 server in this process.

use axum::http::{Method, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rules::ledger::Hash32;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use server::config::FilesConfig;
use testkit::TestApp;
use tokio::net::TcpListener;

use super::site::Site;
use super::tus::{Client, text};

const BUCKET: &str = "bai-du-thi";

/// An S3 server over a folder with one bucket. Gives its address.
async fn s3(folder: &std::path::Path) -> String {
    std::fs::create_dir_all(folder.join(BUCKET)).expect("a bucket");
    let files = s3s_fs::FileSystem::new(folder).expect("an S3 server over a folder");
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single("khoa", "bi-mat"));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let http = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                // a client that goes away early is none of the test's business
                let _ = http.serve_connection(TokioIo::new(line), service).await;
            });
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_lie_in_a_bucket_and_ranges_come_from_it() {
    // as the program does at its start; another test may have done it already
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().expect("a folder");
    let files = FilesConfig {
        s3_bucket: Some(BUCKET.into()),
        s3_endpoint: Some(s3(folder.path()).await),
        s3_region: "us-east-1".into(),
        s3_access_key_id: Some("khoa".into()),
        s3_secret_access_key: Some("bi-mat".into()),
        clamd_address: None,
    };
    let bucket = files.bucket().expect("an address");
    assert!(bucket.is_some());
    let app = TestApp::sqlite_with(|config| {
        config.demo = true;
        config.upload_limit = 32 * 1024 * 1024;
        config.bucket = bucket;
    })
    .await;
    service::demo::load(&app.ctx).await.expect("the demo loads");
    let data = app.ctx.config.data_dir.clone();
    let client = Client::over(Site::over(app)).await;

    // more than one part of an S3 upload
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec();
    for number in 0.. {
        if bytes.len() > 9 * 1024 * 1024 {
            break;
        }
        bytes.extend(format!("{number:09}\n").into_bytes());
    }
    let answer = client
        .create(bytes.len(), &client.metadata("image", "ảnh lớn.png"))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let path = text(&answer.headers, "location").to_owned();
    let half = bytes.len() / 2;
    for (offset, part) in [(0, &bytes[..half]), (half, &bytes[half..])] {
        let answer = client.patch(&path, offset, part).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    }
    let file = client.attached("ảnh lớn.png").await;
    let sha256 = Hash32::of(&bytes).to_string();
    assert_eq!(file.info.sha256, sha256);
    let object = folder.path().join(BUCKET).join(&sha256[..2]).join(&sha256);
    assert!(std::fs::read(object).expect("an object of the bucket") == bytes);
    assert!(!data.join("blobs").exists(), "nothing stays in the data folder");

    let address = format!("/files/attachment/{}", file.info.id);
    let from = 8 * 1024 * 1024 - 10;
    let range = format!("bytes={from}-{}", from + 19);
    let answer = client
        .send(Method::GET, &address, &[("Range", &range)], b"")
        .await;
    assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.body.as_bytes(), &bytes[from..from + 20]);
    let whole = client.send(Method::GET, &address, &[], b"").await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(text(&whole.headers, "content-length"), bytes.len().to_string());
    assert!(whole.body.as_bytes().ends_with(&bytes[bytes.len() - 1000..]));
}
