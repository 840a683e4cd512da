//! Documents to download: receipts, forwarding slips, statements. Like the files, they do not travel through server
//! functions: the HTTP layer calls this directly.

mod check;
mod export;
mod names;
mod receipt;
mod slip;
mod statement;

use std::sync::Arc;

use async_trait::async_trait;
use contract::Result;
use contract::paper::{BlindCheckView, PaperService};
use papers::{Paper, Press};
use rules::account::Actor;

use crate::ctx::Ctx;
use crate::error::internal;
use crate::uploads::Uploads;

pub use export::Export;

/// The service of documents.
#[derive(Clone)]
pub struct Printing {
    ctx: Arc<Ctx>,
    press: Press,
    uploads: Uploads,
}

/// A document ready to send, PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl Printing {
    /// The service on its surroundings.
    pub fn new(ctx: Arc<Ctx>) -> Self {
        Self {
            press: Press::default(),
            uploads: Uploads::new(ctx.clone()),
            ctx,
        }
    }

    async fn print(&self, file_name: String, paper: Paper) -> Result<Printed> {
        let bytes = self.press.print(paper).await.map_err(|error| internal(&error))?;
        Ok(Printed { file_name, bytes })
    }
}

#[async_trait]
impl PaperService for Printing {
    async fn blind_check(&self, actor: &Actor, slug: String, page: u32) -> Result<BlindCheckView> {
        self.check(actor, &slug, page).await
    }
}
