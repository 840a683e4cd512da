//! What tests are built with: an application on a database of its own, a clock to set, ids that repeat, people and
//! contests to begin with.
//!
//! ```ignore
//! testkit::db_tests! {
//!     async fn a_draft_is_saved(app: TestApp) {
//!         let scene = Scene::new(&app).await;
//!         …
//!     }
//! }
//! ```
//! runs the test twice: on SQLite and on PostgreSQL (`TEST_POSTGRES_URL`, an address that may create databases).

mod app;
mod clock;
mod ids;
mod postgres;
mod scene;

pub use app::TestApp;
pub use clock::TestClock;
pub use ids::TestIds;
pub use scene::Scene;

/// Defines each test once and runs it on both engines.
#[macro_export]
macro_rules! db_tests {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn run($app: $crate::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::TestApp::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(app) = $crate::TestApp::postgres().await {
                    run(app).await;
                }
            }
        }
    )+};
}
