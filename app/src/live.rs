//! Following a contest live: the browser's event stream folded with the same reducer the server uses.
//!
//! Every page that calls this is complete without it: the server rendered the numbers, and a refresh link renders them
//! again. The stream only spares the reader that link.

mod link_badge;
#[cfg(feature = "hydrate")]
mod stream;

pub use link_badge::LinkBadge;

use contract::live::Frame;
use leptos::prelude::*;
use rules::event::Progress;

/// Whose frames a page follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// What everybody may see, whoever is looking: for the public pages.
    Public,
    /// Everything the viewer may see: for boards and desks.
    Viewer,
}

/// The connection to the server, as the page shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Not asked for yet: the page as the server rendered it.
    #[default]
    Resting,
    /// Frames arrive as things happen.
    Open,
    /// Lost; the next attempt is on its way.
    Lost,
}

/// A contest as it stands now.
#[derive(Clone, Copy)]
pub struct Live {
    pub progress: RwSignal<Progress>,
    pub link: RwSignal<Link>,
}

/// Follows `slug` from `initial` on. Opens the stream once the browser has taken the page over and closes it with the
/// page.
pub fn use_live(slug: String, initial: Progress, feed: Feed) -> Live {
    let seq = initial.seq;
    let progress = RwSignal::new(initial);
    let link = use_frames(slug, seq, feed, move |frame| {
        // The page may be gone when its last frame arrives.
        progress.try_update(|progress| progress.apply(frame.seq, &frame.event));
    });
    Live { progress, link }
}

/// Calls `on_frame` for every frame of `slug` after `since`, in order; a frame may come again after a lost connection,
/// so the receiver skips what it has. Signals are written with their `try_` methods: the page may be gone.
pub fn use_frames(
    slug: String,
    since: i64,
    feed: Feed,
    on_frame: impl Fn(Frame) + Clone + 'static,
) -> RwSignal<Link> {
    let link = RwSignal::new(Link::Resting);
    #[cfg(feature = "hydrate")]
    stream::follow(slug, since, feed, link, on_frame);
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (slug, since, feed, on_frame);
    }
    link
}
