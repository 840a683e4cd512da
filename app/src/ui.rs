//! The parts every page is built of. They know nothing of contests: no word of the domain appears below.
//!
//! Rules of the house: words come from `locales/*/common.json` or from the caller; colours from [`Tone`]; everything
//! works from the keyboard, at 360 px, and as plain HTML before the wasm has loaded; no inline styles, because the
//! content security policy forbids them. Every component ends in `.into_any()` so pages stay cheap to compile.
//! The looks of `ui/x.rs` are in `style/ui/x.css`.

mod action_bar;
mod badge;
mod button;
mod card;
mod choice;
mod data_list;
mod empty_state;
mod field;
mod form_error;
mod icon;
mod notice;
mod page_header;
mod pagination;
mod progress;
mod select;
mod skeleton;
mod stepper;
mod table;
mod tabs;
mod text_field;
mod timeline;
mod tone;

pub use action_bar::ActionBar;
pub use badge::Badge;
pub use button::{Button, LinkButton, Variant};
pub use card::Card;
pub use choice::{Checkbox, CheckboxGroup, RadioGroup};
pub use data_list::{DataList, Datum, Stat};
pub use empty_state::EmptyState;
pub use field::{FieldError, FieldFrame, Fieldset, field_id};
pub use form_error::{ErrorSummary, FormError};
pub use icon::{Icon, IconName};
pub use notice::Notice;
pub use page_header::{Crumb, PageHeader};
pub use pagination::Pagination;
pub use progress::{Gauge, ProgressBar, ProgressRing, percent};
pub use select::{Choice, Select};
pub use skeleton::Skeleton;
pub use stepper::{Step, StepState, Stepper};
pub use table::{Cell, Column, Narrow, Table};
pub use tabs::{Segmented, Tab, Tabs};
pub use text_field::{TextArea, TextField, TextKind};
pub use timeline::{Timeline, TrackState, TrackStep};
pub use tone::Tone;
