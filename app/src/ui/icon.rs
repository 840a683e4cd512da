//! Icons: own line drawings on a 24 × 24 grid, 2 px strokes, coloured by the text around them.

use leptos::prelude::*;

/// Every drawing there is, named for what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    AlertCircle,
    AlertTriangle,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Award,
    Bell,
    Building,
    Calendar,
    Chart,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Circle,
    Clock,
    Close,
    Cloud,
    CloudOff,
    Copy,
    Download,
    Edit,
    ExternalLink,
    Eye,
    EyeOff,
    File,
    Filter,
    Flag,
    Globe,
    Grip,
    History,
    Home,
    Inbox,
    Info,
    Link,
    List,
    Lock,
    LogOut,
    Mail,
    Menu,
    Minus,
    Monitor,
    Moon,
    More,
    Phone,
    Plus,
    Printer,
    Refresh,
    Scale,
    Search,
    Send,
    Settings,
    Shield,
    Star,
    Sun,
    Trash,
    Undo,
    Unlock,
    Upload,
    User,
    Users,
}

impl IconName {
    /// The drawing, as the inside of an `<svg>`.
    const fn drawing(self) -> &'static str {
        use IconName::*;
        match self {
            AlertCircle => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.5v.01"/>"#,
            AlertTriangle => r#"<path d="M12 3.5 2.5 20h19zM12 10v4.5M12 17.3v.01"/>"#,
            ArrowDown => r#"<path d="M12 5v14M6 13l6 6 6-6"/>"#,
            ArrowLeft => r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#,
            ArrowRight => r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#,
            ArrowUp => r#"<path d="M12 19V5M6 11l6-6 6 6"/>"#,
            Award => r#"<circle cx="12" cy="9" r="6"/><path d="m8.5 14-1.5 7.5 5-3 5 3-1.5-7.5"/>"#,
            Bell => {
                r#"<path d="M6 9.5a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17s2.5-1 2.5-7M10 20.5a2.2 2.2 0 0 0 4 0"/>"#
            }
            Building => r#"<path d="M3 21h18M5 21V9l7-5 7 5v12M9 21v-9M15 21v-9M9 12h6"/>"#,
            Calendar => {
                r#"<rect x="3.5" y="5" width="17" height="16" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>"#
            }
            Chart => r#"<path d="M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6"/>"#,
            Check => r#"<path d="m4.5 12.5 5 5 10-11"/>"#,
            CheckCircle => r#"<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.5"/>"#,
            ChevronDown => r#"<path d="m6 9.5 6 6 6-6"/>"#,
            ChevronLeft => r#"<path d="m14.5 6-6 6 6 6"/>"#,
            ChevronRight => r#"<path d="m9.5 6 6 6-6 6"/>"#,
            Circle => r#"<circle cx="12" cy="12" r="8.5"/>"#,
            Clock => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.5 2"/>"#,
            Close => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Cloud => {
                r#"<path d="M7 19a4.5 4.5 0 0 1-.6-8.96A6 6 0 0 1 18 10.5a4.3 4.3 0 0 1-.5 8.5zM9 14.5l2 2 4-4"/>"#
            }
            CloudOff => {
                r#"<path d="M7 19a4.5 4.5 0 0 1-.6-8.96M9.5 6.2A6 6 0 0 1 18 10.5a4.3 4.3 0 0 1 2.6 6.7M17 19H7M3.5 3.5l17 17"/>"#
            }
            Copy => {
                r#"<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>"#
            }
            Download => r#"<path d="M12 3.5v12M6.5 10l5.5 5.5 5.5-5.5M4 20.5h16"/>"#,
            Edit => r#"<path d="m4 20 1-5L16.5 3.5l4 4L9 19zM13.5 6.5l4 4"/>"#,
            ExternalLink => {
                r#"<path d="M14 4h6v6M20 4l-9 9M18 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 4 18.5v-11A1.5 1.5 0 0 1 5.5 6H10"/>"#
            }
            Eye => {
                r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#
            }
            EyeOff => {
                r#"<path d="M9.9 5.8A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6.2 7.2A15.6 15.6 0 0 0 2.5 12s3.5 6.5 9.5 6.5a9 9 0 0 0 4.5-1.2M10 10a3 3 0 0 0 4.1 4.2M3.5 3.5l17 17"/>"#
            }
            File => {
                r#"<path d="M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5zM13.5 3v5.5H19M9 13.5h6M9 17h4"/>"#
            }
            Filter => r#"<path d="M3.5 5h17L14 12.8V19l-4 1.5v-7.7z"/>"#,
            Flag => r#"<path d="M5 21.5V4s2-1 5-1 4 2 7 2 3-.8 3-.8v10s-1 .8-3 .8-4-2-7-2-5 1-5 1"/>"#,
            Globe => {
                r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.5 2.5 4 5.6 4 9s-1.5 6.5-4 9c-2.5-2.5-4-5.6-4-9s1.5-6.5 4-9"/>"#
            }
            Grip => r#"<path d="M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01"/>"#,
            History => r#"<path d="M3.5 12A8.5 8.5 0 1 0 6 6L3.5 8.5M3.5 3.5v5h5M12 7.5V12l3 2"/>"#,
            Home => r#"<path d="m3.5 11 8.5-7.5L20.5 11M5.5 9.5v11h13v-11M10 20.5v-6h4v6"/>"#,
            Inbox => {
                r#"<path d="M3.5 13h5l1.5 3h4l1.5-3h5M3.5 13v5a2 2 0 0 0 2 2h13a2 2 0 0 0 2-2v-5L17.5 4.5h-11z"/>"#
            }
            Info => r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.01"/>"#,
            Link => {
                r#"<path d="M10 13.5a4.5 4.5 0 0 0 6.5.5l3-3a4.6 4.6 0 0 0-6.5-6.5l-1.5 1.5M14 10.5a4.5 4.5 0 0 0-6.5-.5l-3 3a4.6 4.6 0 0 0 6.5 6.5l1.5-1.5"/>"#
            }
            List => r#"<path d="M9 6h11.5M9 12h11.5M9 18h11.5M4 6v.01M4 12v.01M4 18v.01"/>"#,
            Lock => {
                r#"<rect x="4.5" y="10.5" width="15" height="10.5" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>"#
            }
            LogOut => {
                r#"<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 7.5 20 12l-4.5 4.5M20 12H9.5"/>"#
            }
            Mail => r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6 8.5-6"/>"#,
            Menu => r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#,
            Minus => r#"<path d="M5 12h14"/>"#,
            Monitor => {
                r#"<rect x="3" y="4" width="18" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4"/>"#
            }
            Moon => r#"<path d="M20.5 13.5A8.5 8.5 0 1 1 10.5 3.5a6.8 6.8 0 0 0 10 10z"/>"#,
            More => r#"<path d="M5.5 12v.01M12 12v.01M18.5 12v.01"/>"#,
            Phone => {
                r#"<path d="M5 3.5h4l1.5 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5.5a2 2 0 0 1 2-2z"/>"#
            }
            Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Printer => {
                r#"<path d="M7 8.5V3.5h10v5M7 17H5a2 2 0 0 1-2-2v-4.5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2V15a2 2 0 0 1-2 2h-2M7 14h10v6.5H7z"/>"#
            }
            Refresh => {
                r#"<path d="M20.5 12a8.5 8.5 0 0 1-15 5.5L3.5 15.5M3.5 12a8.5 8.5 0 0 1 15-5.5l2 2M20.5 4v4.5H16M3.5 20v-4.5H8"/>"#
            }
            Scale => {
                r#"<path d="M12 3.5v17M7 20.5h10M5 6.5h14M5 6.5l-2.5 7a3 3 0 0 0 5 0zM19 6.5l-2.5 7a3 3 0 0 0 5 0z"/>"#
            }
            Search => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
            Send => r#"<path d="M20.5 3.5 3 10l7 3.5 3.5 7zM10 13.5l10.5-10"/>"#,
            Settings => {
                r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>"#
            }
            Shield => {
                r#"<path d="M12 3 4.5 6v5.5c0 4.5 3 8 7.5 9.5 4.5-1.5 7.5-5 7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5"/>"#
            }
            Star => r#"<path d="m12 3 2.7 5.7 6.3.8-4.6 4.3 1.2 6.2L12 17l-5.6 3 1.2-6.2L3 9.5l6.3-.8z"/>"#,
            Sun => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>"#
            }
            Trash => r#"<path d="M4 6.5h16M9 6.5v-3h6v3M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>"#,
            Undo => r#"<path d="M8.5 4.5 4 9l4.5 4.5M4 9h10a6 6 0 0 1 0 11.5h-3"/>"#,
            Unlock => {
                r#"<rect x="4.5" y="10.5" width="15" height="10.5" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 7.7-1.5"/>"#
            }
            Upload => r#"<path d="M12 15.5v-12M6.5 9 12 3.5 17.5 9M4 20.5h16"/>"#,
            User => r#"<circle cx="12" cy="8" r="4.5"/><path d="M4 20.5c.5-4 3.5-6 8-6s7.5 2 8 6"/>"#,
            Users => {
                r#"<circle cx="9" cy="8" r="4"/><path d="M2 20c.4-3.7 3-5.5 7-5.5s6.6 1.8 7 5.5M15.5 4.3a4 4 0 0 1 0 7.4M18 15c2.3.7 3.7 2.4 4 5"/>"#
            }
        }
    }
}

/// A drawing beside a text, hidden from assistive technology. An icon that stands alone needs a text of its own
/// (`aria-label` on the button, or a `visually-hidden` span).
///
/// `<Icon name=IconName::Check/>`
#[component]
pub fn Icon(name: IconName, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=name.drawing()></svg> }
}
