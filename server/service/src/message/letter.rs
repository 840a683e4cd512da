//! A message as a mail: words from the templates in the reader's language, plain text and HTML from the same paragraphs.
//!
//! A template's first line is the subject; paragraphs are parted by empty lines; the last, after `=> `, names the link.
//! It is cut up before it is filled in, so nothing a person typed can pass for a line of the template. A reader without
//! an account gets Vietnamese with English below: nobody knows which they read.

use chrono::{DurationRound, TimeDelta};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value as Facts};
use rules::message::{MailFailure, MessageBody, MessageKind};
use rules::text::Locale;
use rules::time::{Timestamp, Zone, format_date, format_datetime};
use serde_json::{Map, Value, json};
use store::contest::ContestRow;
use store::message::Claimed;

/// What every letter begins with.
#[derive(Clone, Debug)]
pub struct LetterHead {
    /// Address of this site as readers reach it, e.g. `https://sangkien.coquan.vn`.
    pub site: String,
}

/// A mail ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Stable for all tries of the mail.
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// RFC 5545, for deadlines.
    pub calendar: Option<String>,
}

/// How long the deadline's appointment lasts, up to the deadline itself.
const APPOINTMENT: TimeDelta = TimeDelta::minutes(30);
/// A calendar program reminds this long before the appointment.
const ALARM: TimeDelta = TimeDelta::hours(2);

/// A message in one language.
struct Part {
    locale: Locale,
    subject: String,
    paragraphs: Vec<String>,
    action: String,
    footer: String,
}

/// Writes the letter of a mail. `link` is the path it leads to where that is not the message's own page.
pub(super) fn letter(
    head: &LetterHead,
    contest: &ContestRow,
    mail: &Claimed,
    link: Option<String>,
    now: Timestamp,
) -> Result<Letter, MailFailure> {
    let languages: &[Locale] = match &mail.language {
        Some(language) => std::slice::from_ref(language),
        None => &[Locale::Vi, Locale::En],
    };
    let written = write(head, contest, mail, languages, link, now).map_err(|error| {
        tracing::error!(delivery = %mail.id, %error, "a mail cannot be written");
        MailFailure::Malformed
    })?;
    Ok(written)
}

fn write(
    head: &LetterHead,
    contest: &ContestRow,
    mail: &Claimed,
    languages: &[Locale],
    link: Option<String>,
    now: Timestamp,
) -> Result<Letter, minijinja::Error> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.add_template("frame.html", include_str!("../../templates/frame.html"))?;
    let site = head.site.trim_end_matches('/');
    let own = || mail.body.page(&contest.slug, mail.entry, mail.language.is_some());
    let path = link.unwrap_or_else(own);
    let href = format!("{site}{path}");
    let parts = languages
        .iter()
        .map(|locale| part(&env, *locale, contest, mail, site))
        .collect::<Result<Vec<_>, _>>()?;
    let subject = parts.first().map(|part| part.subject.clone()).unwrap_or_default();
    let views: Vec<Value> = parts
        .iter()
        .map(|part| {
            json!({ "lang": part.locale.code(), "paragraphs": part.paragraphs, "action": part.action, "footer": part.footer })
        })
        .collect();
    let html = env.get_template("frame.html")?.render(Facts::from(Serde(
        json!({ "subject": subject, "parts": views, "href": href }),
    )))?;
    let text: Vec<String> = parts.iter().map(|part| plain(part, &href)).collect();
    Ok(Letter {
        id: mail.id.to_string(),
        to: mail.address.clone(),
        calendar: appointment(mail, contest, &subject, &href, now),
        subject,
        text: text.join("\n----------\n\n"),
        html,
    })
}

fn part(
    env: &Environment<'_>,
    locale: Locale,
    contest: &ContestRow,
    mail: &Claimed,
    site: &str,
) -> Result<Part, minijinja::Error> {
    let facts = Facts::from(Serde(facts(locale, contest, mail, site)));
    let (template, footer) = template(locale, mail.body.kind());
    let mut blocks = template
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty());
    let subject = env.render_str(blocks.next().unwrap_or_default(), &facts)?;
    let (mut paragraphs, mut action) = (Vec::new(), String::new());
    for block in blocks {
        match block.strip_prefix("=> ") {
            Some(label) => action = env.render_str(label, &facts)?,
            None => paragraphs.push(env.render_str(block, &facts)?),
        }
    }
    Ok(Part {
        locale,
        subject,
        paragraphs,
        action,
        footer: env.render_str(footer.trim(), &facts)?,
    })
}

fn plain(part: &Part, href: &str) -> String {
    let mut text = part.paragraphs.join("\n\n");
    text.push_str(&format!("\n\n{}:\n{href}\n\n-- \n{}\n", part.action, part.footer));
    text
}

/// The facts as the templates name them, in the language's spelling.
fn facts(locale: Locale, contest: &ContestRow, mail: &Claimed, site: &str) -> Map<String, Value> {
    let zone = &contest.setup.timetable.zone;
    let moment = |at: Timestamp| moment(at, zone, locale);
    let mut facts = match serde_json::to_value(&mail.body) {
        Ok(Value::Object(facts)) => facts,
        // a body is a tagged enum, always an object; an empty one fails in the strict templates
        _ => Map::new(),
    };
    facts.insert("site".into(), json!(site));
    facts.insert("contest".into(), json!(contest.name));
    facts.insert("at".into(), json!(moment(mail.at)));
    match &mail.body {
        MessageBody::Invitation { expires_at, .. } => {
            facts.insert("expires_at".into(), json!(moment(*expires_at)));
        }
        MessageBody::Returned { due, .. } => {
            facts.insert("due".into(), json!(due.map(moment)));
        }
        MessageBody::DeadlineNear {
            entries, deadline, ..
        } => {
            let titles: Vec<&str> = entries
                .iter()
                .map(|near| match near.title.trim() {
                    "" => untitled(locale),
                    title => title,
                })
                .collect();
            facts.insert("entries".into(), json!(titles));
            facts.insert("deadline".into(), json!(moment(*deadline)));
        }
        MessageBody::ForwardDeadlineNear { deadline, .. } => {
            facts.insert("deadline".into(), json!(moment(*deadline)));
        }
        MessageBody::ResultPublished { issued_on, .. } => {
            facts.insert("issued_on".into(), json!(format_date(*issued_on)));
        }
        MessageBody::Receipt { .. }
        | MessageBody::EntryReceived { .. }
        | MessageBody::KeptBack { .. }
        | MessageBody::Forwarded { .. }
        | MessageBody::Accepted { .. }
        | MessageBody::Rejected { .. } => {}
    }
    facts
}

/// `13/10/2023 23:59 (giờ Việt Nam (UTC+7))`.
fn moment(at: Timestamp, zone: &Zone, locale: Locale) -> String {
    format!("{}, {}", format_datetime(at, zone), zone.label(locale))
}

const fn untitled(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "bài chưa đặt tên",
        Locale::En => "an entry without a title",
    }
}

/// The deadline as an appointment, in UTC so that no calendar has to know the zone.
fn appointment(
    mail: &Claimed,
    contest: &ContestRow,
    subject: &str,
    href: &str,
    now: Timestamp,
) -> Option<String> {
    let (MessageBody::DeadlineNear { deadline, .. } | MessageBody::ForwardDeadlineNear { deadline, .. }) =
        &mail.body
    else {
        return None;
    };
    // the end of a day is 23:59:59.999999, and a calendar knows seconds
    let end = deadline.duration_trunc(TimeDelta::seconds(1)).ok()?;
    let uid = format!("{}-{}", contest.slug, mail.id);
    // the library would give the alarm a random id and the machine's time
    let mut alarm = Alarm::display(subject, -ALARM);
    alarm.uid(&format!("{uid}-alarm")).timestamp(now);
    let event = Event::new()
        .uid(&uid)
        .timestamp(now)
        .summary(subject)
        .description(&contest.name)
        .url(href)
        .starts(end - APPOINTMENT)
        .ends(end)
        .status(EventStatus::Confirmed)
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .alarm(alarm)
        .done();
    let mut calendar = Calendar::new();
    calendar
        .append_property(Property::new("METHOD", "PUBLISH"))
        .push(event);
    Some(calendar.to_string())
}

macro_rules! template {
    ($folder:literal, $kind:expr, $($variant:ident => $file:literal),+) => {
        match $kind {
            $(MessageKind::$variant => include_str!(concat!("../../templates/", $folder, "/", $file, ".txt")),)+
        }
    };
    ($folder:literal, $kind:expr) => {
        template!($folder, $kind,
            Invitation => "invitation",
            Receipt => "receipt",
            EntryReceived => "entry_received",
            Returned => "returned",
            KeptBack => "kept_back",
            Forwarded => "forwarded",
            Accepted => "accepted",
            Rejected => "rejected",
            DeadlineNear => "deadline_near",
            ForwardDeadlineNear => "forward_deadline_near",
            ResultPublished => "result_published")
    };
}

/// The template of a kind, and the last line of every mail.
fn template(locale: Locale, kind: MessageKind) -> (&'static str, &'static str) {
    match locale {
        Locale::Vi => (
            template!("vi", kind),
            include_str!("../../templates/vi/footer.txt"),
        ),
        Locale::En => (
            template!("en", kind),
            include_str!("../../templates/en/footer.txt"),
        ),
    }
}

#[cfg(test)]
mod tests;
