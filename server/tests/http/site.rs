//! The router over a test database, and requests as browsers and programs send them.

use std::path::PathBuf;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use contract::Services;
use leptos::config::LeptosOptions;
use rules::account::Actor;
use server::http::{AppState, PageCache, build_router};
use service::printing::Printing;
use service::uploads::Uploads;
use testkit::TestApp;
use tower::ServiceExt;

/// A running site, without a socket.
pub struct Site {
    pub app: TestApp,
    pub services: Services,
    router: Router,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    /// A site over SQLite with the demo loaded.
    pub async fn demo() -> Self {
        let app = TestApp::sqlite_with(|config| config.demo = true).await;
        service::demo::load(&app.ctx).await.expect("the demo loads");
        Self::over(app)
    }

    /// A site over an application of the test's own.
    pub fn over(app: TestApp) -> Self {
        // The bodies of server functions and pages are linked through the route table.
        let services = service::services(app.ctx.clone());
        let state = AppState {
            leptos_options: LeptosOptions::builder().output_name("test").build(),
            services: services.clone(),
            ctx: app.ctx.clone(),
            uploads: Uploads::new(app.ctx.clone()),
            printing: Printing::new(app.ctx.clone()),
            pages: PageCache::default(),
            site_root: PathBuf::from("no-such-folder"),
            secure: false,
            demo_clock: None,
            bench: false,
        };
        Self {
            app,
            services,
            router: build_router(state),
        }
    }

    /// The cookie of a demo persona.
    pub async fn cookie(&self, persona: &str) -> String {
        let db = self.app.ctx.store.read();
        let person = store::account::person_by_login(db, persona)
            .await
            .expect("reads")
            .expect("a persona of the demo");
        let session = self
            .services
            .account
            .sign_in_as(&Actor::Anonymous, person.id)
            .await
            .expect("signs in");
        format!("session={}", session.token)
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 16 * 1024 * 1024)
            .await
            .expect("a body");
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A page as a browser asks for it.
    pub async fn page(&self, path: &str, cookie: Option<&str>) -> Answer {
        let mut request = Request::get(path).header(header::ACCEPT, "text/html");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// A download as a program asks for it.
    pub async fn file(&self, path: &str, cookie: Option<&str>) -> Download {
        let mut request = Request::get(path).header(header::ACCEPT, "*/*");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 64 * 1024 * 1024)
            .await
            .expect("a body");
        Download {
            status,
            headers,
            bytes: bytes.to_vec(),
        }
    }

    /// A server function as the hydrated page calls it.
    pub async fn call(&self, path: &str, input: &Input, cookie: Option<&str>) -> Answer {
        let (content_type, body) = match input {
            Input::Form(text) => ("application/x-www-form-urlencoded", text.clone()),
            Input::Json(value) => ("application/json", value.to_string()),
        };
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, content_type);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }
}

/// A download that came back.
pub struct Download {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// The input of a server function, in its encoding.
#[derive(Clone, Debug)]
pub enum Input {
    Form(String),
    Json(serde_json::Value),
}
