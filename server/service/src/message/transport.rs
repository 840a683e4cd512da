//! Handing a letter to the mail server.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use rules::message::MailFailure;

use super::letter::Letter;

/// Longest wait for the mail server's next answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A way to a mail server.
#[async_trait]
pub trait MailTransport: Send + Sync {
    /// Hands a letter over. `Ok` means that the server answers for it from now on.
    async fn send(&self, letter: &Letter) -> Result<(), MailFailure>;
}

/// Why mail cannot be set up. Neither says the address: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupProblem {
    #[error(
        "SMTP_URL is not an address like smtp://user:password@host:587?tls=required or smtps://user:password@host:465"
    )]
    Url,
    #[error("MAIL_FROM is not an address like \"Hội thi <noreply@coquan.vn>\"")]
    From,
}

/// A mail server spoken to by SMTP.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// `smtp://` (plain, for a server on the same machine or network), `smtp://…?tls=required` (STARTTLS) or `smtps://`.
    ///
    /// # Errors
    /// [`SetupProblem`]. The server itself is not asked yet.
    pub fn new(url: &str, from: &str) -> Result<Self, SetupProblem> {
        let from = from.parse().map_err(|_| SetupProblem::From)?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SetupProblem::Url)?
            .timeout(Some(TIMEOUT))
            .build();
        Ok(Self { server, from })
    }
}

#[async_trait]
impl MailTransport for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), MailFailure> {
        let message = mime(&self.from, letter)?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // the server's words are for the operator, not for people
                tracing::info!(%error, "the mail server's answer");
                Err(class(&error))
            }
        }
    }
}

fn class(error: &SmtpError) -> MailFailure {
    match error.status().map(u16::from) {
        // authentication required, failed or too weak
        Some(530 | 534 | 535 | 538) => MailFailure::Credentials,
        _ if error.is_permanent() => MailFailure::Refused,
        _ if error.is_transient() => MailFailure::Busy,
        _ => MailFailure::Unreachable,
    }
}

/// The letter as the mail server takes it: plain text and HTML side by side, the calendar beside both.
fn mime(from: &Mailbox, letter: &Letter) -> Result<Message, MailFailure> {
    let malformed = |_| MailFailure::Malformed;
    let to: Mailbox = letter.to.parse().map_err(|_| MailFailure::Malformed)?;
    let builder = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(letter.subject.clone())
        // the same for every try, so that a mail taken twice is shown once
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .header(AutoSubmitted);
    let words = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    let message = match &letter.calendar {
        None => builder.multipart(words),
        Some(calendar) => {
            let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
                .map_err(|_| MailFailure::Malformed)?;
            let file = Attachment::new("deadline.ics".to_owned()).body(calendar.clone(), kind);
            builder.multipart(MultiPart::mixed().multipart(words).singlepart(file))
        }
    };
    message.map_err(|error: lettre::error::Error| malformed(error))
}

/// `Auto-Submitted: auto-generated` (RFC 3834): holiday notices are not sent in answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "01890000-0000-7000-8000-000000000001".into(),
            to: "tac.gia@xa-an.gov.vn".into(),
            subject: "Đã nhận bài dự thi KT-2025-001".into(),
            text: "Kính gửi ông/bà,\n\nĐã nhận.\n".into(),
            html: "<p>Đã nhận.</p>".into(),
            calendar: None,
        }
    }

    fn written(letter: &Letter) -> String {
        let from = "Hội thi <noreply@coquan.vn>".parse().expect("a mailbox");
        let message = mime(&from, letter).expect("a message");
        String::from_utf8(message.formatted()).expect("ASCII")
    }

    #[test]
    fn a_letter_has_both_forms_and_a_stable_id() {
        let text = written(&letter());
        for part in [
            "Message-ID: <01890000-0000-7000-8000-000000000001@coquan.vn>",
            "Auto-Submitted: auto-generated",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("multipart/mixed"));
    }

    #[test]
    fn a_calendar_goes_beside_the_words() {
        let text = written(&Letter {
            calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
            ..letter()
        });
        assert!(text.contains("multipart/mixed"));
        assert!(text.contains("text/calendar; charset=utf-8; method=PUBLISH"));
        assert!(text.contains("deadline.ics"));
    }

    #[test]
    fn nothing_in_a_subject_opens_another_header() {
        let text = written(&Letter {
            subject: "Tên\r\nBcc: nguoi.khac@coquan.vn".into(),
            ..letter()
        });
        assert!(!text.contains("\r\nBcc:"), "{text}");
    }

    #[test]
    fn no_mail_is_written_to_what_is_no_address() {
        let from = "noreply@coquan.vn".parse().expect("a mailbox");
        let bad = Letter {
            to: "khong phai dia chi".into(),
            ..letter()
        };
        assert_eq!(mime(&from, &bad).err(), Some(MailFailure::Malformed));
    }

    #[test]
    fn a_wrong_setting_is_named_without_its_secret() {
        let problem = Smtp::new("http://user:bi-mat@host", "noreply@coquan.vn").err();
        assert_eq!(problem, Some(SetupProblem::Url));
        assert!(!problem.expect("a problem").to_string().contains("bi-mat"));
        assert_eq!(
            Smtp::new("smtp://localhost:25", "nobody").err(),
            Some(SetupProblem::From)
        );
    }
}
