//! What can go wrong below the services. It never crosses to a person: `service` maps it.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A fault of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value that must be unique is taken; the text names the index or columns, for the log and for telling two
    /// unique columns of one table apart.
    #[error("unique: {0}")]
    Unique(String),
    /// Something refers to a row that is not there, or a row is still referred to.
    #[error("reference: {0}")]
    Reference(String),
    /// The idempotency key belongs to a command of somebody else.
    #[error("the command key was used by somebody else")]
    KeyOfAnother,
    /// The idempotency key belongs to another command of the same person.
    #[error("the command key was used for another command")]
    KeyOfAnotherCommand,
    /// Text that the engine cannot hold: PostgreSQL has no character NUL.
    #[error("text that cannot be stored")]
    BadText,
    /// A row that must exist does not.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Stored text that its own type does not accept.
    #[error("stored {what} is not readable: {cause}")]
    Unreadable { what: &'static str, cause: String },
    /// One transaction may record events of one contest.
    #[error("events of two contests in one transaction")]
    TwoContests,
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if holds_nul(&error) {
            return Error::BadText;
        }
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => Error::Unique(text),
            Some(SqlErr::ForeignKeyConstraintViolation(text)) => Error::Reference(text),
            _ => Error::Database(error),
        }
    }
}

/// PostgreSQL's `character_not_in_repertoire` (22021) and `untranslatable_character` (22P05): only a client's text can
/// be the cause.
fn holds_nul(error: &DbErr) -> bool {
    let (DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let code = cause.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| matches!(&*code, "22021" | "22P05"))
}

impl Error {
    /// Whether this is a unique violation that names `column`.
    pub fn is_taken(&self, column: &str) -> bool {
        matches!(self, Error::Unique(text) if text.contains(column))
    }
}

/// What every query returns.
pub type Result<T> = std::result::Result<T, Error>;
