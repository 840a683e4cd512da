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
mod chart;
mod choice;
mod data_list;
mod dialog;
mod early;
mod empty_state;
mod field;
mod file_input;
mod form_error;
mod icon;
mod markdown;
mod notice;
mod page_header;
mod pagination;
mod progress;
mod rank_list;
mod select;
mod skeleton;
mod stepper;
mod table;
mod tabs;
mod text_field;
mod time;
mod timeline;
mod toast;
mod tone;

pub use action_bar::ActionBar;
pub use badge::Badge;
pub use button::{Button, LinkButton, Variant};
pub use card::Card;
pub use chart::{Bar, BarChart, ColumnChart, GridCell, GridChart, LineChart, Series};
pub use choice::{Checkbox, CheckboxGroup, RadioGroup};
pub use data_list::{DataList, Datum, Stat};
pub use dialog::{Dialog, DialogLink};
pub use empty_state::EmptyState;
pub use field::{FieldError, FieldFrame, Fieldset, field_id};
pub use file_input::FileInput;
pub use form_error::{ErrorSummary, FormError};
pub use icon::{Icon, IconName};
pub use markdown::Markdown;
pub use notice::Notice;
pub use page_header::{Crumb, PageHeader};
pub use pagination::Pagination;
pub use progress::{Gauge, ProgressBar, ProgressRing, percent};
pub use rank_list::{RankItem, RankLine, RankList, decode_order, encode_order};
pub use select::{Choice, Select};
pub use skeleton::Skeleton;
pub use stepper::{Step, StepState, Stepper};
pub use table::{Cell, Column, Narrow, Table};
pub use tabs::{Segmented, Tab, Tabs};
pub use text_field::{TextArea, TextField, TextKind};
pub use time::{DateTime, Deadline};
pub use timeline::{Timeline, TrackState, TrackStep};
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub use tone::Tone;
