//! Every service behind one value, provided once for page renders and server functions alike.

use std::sync::Arc;

use crate::account::AccountService;
use crate::author::AuthorService;
use crate::contest::ContestService;
use crate::deadline::DeadlineService;
use crate::entry::EntryService;
use crate::file::FileService;
use crate::judging::JudgingService;
use crate::message::MessageService;
use crate::paper::PaperService;
use crate::register::RegisterService;
use crate::results::ResultsService;
use crate::unit::UnitService;

/// The backend as the screens see it.
#[derive(Clone)]
pub struct Services {
    pub account: Arc<dyn AccountService>,
    pub author: Arc<dyn AuthorService>,
    pub contest: Arc<dyn ContestService>,
    pub deadline: Arc<dyn DeadlineService>,
    pub entry: Arc<dyn EntryService>,
    pub file: Arc<dyn FileService>,
    pub judging: Arc<dyn JudgingService>,
    pub register: Arc<dyn RegisterService>,
    pub results: Arc<dyn ResultsService>,
    pub paper: Arc<dyn PaperService>,
    pub unit: Arc<dyn UnitService>,
    pub message: Arc<dyn MessageService>,
}
