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
mod setting;
mod stage;

pub use app::TestApp;
pub use clock::TestClock;
pub use ids::TestIds;
pub use scene::Scene;
pub use setting::{Setting, setup};
pub use stage::{DEADLINE, JUDGING, Stage, StageEntry, StageJudge, StagePlan, mark, marks};

/// Defines each test once and runs it on both engines.
#[macro_export]
macro_rules! db_tests {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $kind:ty) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn run($app: $kind) $body

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
