//! What a colour means. Components take a tone, never a colour.

/// The semantic colours of badges, notices, progress and dialogs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to notice.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// Done, right, safe.
    Ok,
    /// Needs attention before something is lost.
    Warn,
    /// Wrong, blocked or lost.
    Danger,
    /// Marked out: winners, the current one.
    Gold,
}

impl Tone {
    /// The `data-tone` word the stylesheets know.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Info => "info",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Danger => "danger",
            Tone::Gold => "gold",
        }
    }
}
