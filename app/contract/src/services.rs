//! Every service behind one value, provided once for page renders and server functions alike.

use std::sync::Arc;

use crate::account::AccountService;
use crate::author::AuthorService;
use crate::contest::ContestService;
use crate::entry::EntryService;
use crate::judging::JudgingService;
use crate::results::ResultsService;

/// The backend as the screens see it.
#[derive(Clone)]
pub struct Services {
    pub account: Arc<dyn AccountService>,
    pub author: Arc<dyn AuthorService>,
    pub contest: Arc<dyn ContestService>,
    pub entry: Arc<dyn EntryService>,
    pub judging: Arc<dyn JudgingService>,
    pub results: Arc<dyn ResultsService>,
}
