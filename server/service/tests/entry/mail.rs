//! Mails on their way: a server that is down, one that refuses, two nodes, the reader's language, a real SMTP dialogue.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use contract::Error;
use contract::message::{MailStatus, MessageService, ResendMail};
use rules::account::Denied;
use rules::entry::Author;
use rules::id::UserId;
use rules::message::{MailFailure, MessageBody, Reach};
use rules::text::Locale;
use service::Ctx;
use service::message::{Delivered, Letter, LetterHead, MailTransport, Outbox, Postman, Smtp};
use store::account::NewPerson;
use store::message::NewMessage;
use testkit::{TestApp, db_tests};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::stage::{SLUG, Stage, group, member, topic};

/// A mail server in memory.
#[derive(Default)]
pub struct Tray {
    letters: Mutex<Vec<Letter>>,
    answer: Mutex<Option<MailFailure>>,
}

impl Tray {
    fn fail(&self, failure: Option<MailFailure>) {
        *self.answer.lock().expect("no test panics here") = failure;
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().expect("no test panics here").clone()
    }
}

#[async_trait]
impl MailTransport for Tray {
    async fn send(&self, letter: &Letter) -> Result<(), MailFailure> {
        if let Some(failure) = *self.answer.lock().expect("no test panics here") {
            return Err(failure);
        }
        self.letters
            .lock()
            .expect("no test panics here")
            .push(letter.clone());
        Ok(())
    }
}

pub fn postman(ctx: &Arc<Ctx>, transport: Arc<dyn MailTransport>) -> Postman {
    let head = LetterHead {
        site: "https://thi.example.vn".into(),
    };
    Postman::new(ctx.clone(), transport, head)
}

async fn one_mail(stage: &Stage) -> MailStatus {
    let inbox = stage.inbox(&stage.author(0).await).await;
    inbox.messages[0].mail.expect("a mail was written")
}

/// Takes one mail by SMTP and gives back what was said to it.
async fn smtp_server(listener: TcpListener) -> String {
    let (stream, _) = listener.accept().await.expect("a client");
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut heard = String::new();
    let mut data = false;
    write.write_all(b"220 test ESMTP\r\n").await.expect("greets");
    while let Some(line) = lines.next_line().await.expect("reads") {
        heard.push_str(&line);
        heard.push('\n');
        let answer: &[u8] = match line.as_str() {
            "." if data => {
                data = false;
                b"250 taken\r\n"
            }
            _ if data => continue,
            "DATA" => {
                data = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            hello if hello.starts_with("EHLO") => b"250-test\r\n250 8BITMIME\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await.expect("answers");
        if answer == b"250 taken\r\n" {
            break;
        }
    }
    heard
}

db_tests! {
    async fn a_mail_server_that_is_down_delays_and_loses_nothing(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp gửi khi máy chủ thư hỏng").await;
        stage.write_messages().await;
        let tray = Arc::new(Tray::default());
        let postman = postman(&stage.app.ctx, tray.clone());
        tray.fail(Some(MailFailure::Unreachable));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 0, failed: 2 }));
        assert_eq!(postman.deliver().await, Ok(Delivered::default()), "not before its time");
        assert_eq!(one_mail(&stage).await, MailStatus::Waiting);
        stage.app.clock.advance(TimeDelta::minutes(1));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 0, failed: 2 }));
        stage.app.clock.advance(TimeDelta::minutes(1));
        assert_eq!(postman.deliver().await, Ok(Delivered::default()), "the second wait is longer");

        tray.fail(None);
        stage.app.clock.advance(TimeDelta::minutes(1));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 2, failed: 0 }));
        stage.app.clock.advance(TimeDelta::days(9));
        assert_eq!(postman.deliver().await, Ok(Delivered::default()), "sent once");
        let mut to: Vec<String> = tray.letters().into_iter().map(|letter| letter.to).collect();
        to.sort();
        assert_eq!(to, ["cong.tac.vien@vi-du.vn", "tac.gia@xa-an.gov.vn"]);
        assert!(matches!(one_mail(&stage).await, MailStatus::Sent { .. }));
    }

    async fn a_mail_given_up_is_shown_and_sent_again_on_request(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp gửi đến địa chỉ sai").await;
        stage.write_messages().await;
        let tray = Arc::new(Tray::default());
        let postman = postman(&stage.app.ctx, tray.clone());
        tray.fail(Some(MailFailure::Refused));
        for _ in 0..3 {
            postman.deliver().await.expect("tries");
            stage.app.clock.advance(TimeDelta::hours(1));
        }
        assert_eq!(postman.deliver().await, Ok(Delivered::default()), "given up");
        assert_eq!(one_mail(&stage).await, MailStatus::NotSent);
        let (service, organiser) = (stage.messages(), stage.organiser().await);
        let view = service.deliveries(&organiser, SLUG.into(), Some(Reach::GivenUp), 1).await.expect("the overview");
        assert_eq!(view.total, 2);
        let named = view.lines.iter().find(|line| line.reader.is_some()).expect("the author");
        assert_eq!((named.reader.as_deref(), named.entry_code.as_deref()), (Some("Nguyễn Tác Giả 11"), Some("KT-2025-001")));
        assert_eq!((named.reach, named.failure, named.attempts), (Reach::GivenUp, Some(MailFailure::Refused), 3));
        assert_eq!(named.next_attempt_at, None);

        let one = ResendMail { key: stage.key(), contest: stage.contest, delivery: named.delivery };
        let refused = service.resend(&stage.author(0).await, ResendMail { key: stage.key(), ..one }).await;
        assert_eq!(refused, Err(Error::Denied(Denied::NotYourRole)));
        assert_eq!(service.resend(&organiser, one).await, Ok(1));
        assert_eq!(service.resend(&organiser, one).await, Ok(1), "the same command is the same change");
        tray.fail(None);
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 1, failed: 0 }));
        let all = ResendMail { key: stage.key(), contest: stage.contest, delivery: None };
        assert_eq!(service.resend(&organiser, all).await, Ok(1), "the other one");
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 1, failed: 0 }));
    }

    async fn a_mail_sent_again_goes_to_the_address_of_today(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp có người đổi địa chỉ").await;
        stage.write_messages().await;
        let (db, now) = (stage.app.ctx.store.read(), stage.app.ctx.now());
        let moved: UserId = stage.app.ctx.id();
        let new = NewPerson {
            id: moved, user_name: "doi.thu".into(), email: Some("moi@vi-du.vn".into()), full_name: "Lê Đổi Thư".into(), position: String::new(), unit: None,
            password_hash: None,
        };
        store::account::insert_person(db, new, now).await.expect("stored");
        let entry = store::message::deliveries(db, stage.contest, None, 0, 1).await.expect("read")[0].entry;
        let written_before = NewMessage {
            id: stage.app.ctx.id(), contest: stage.contest, once: "before".into(), person: Some(moved), address: None, entry,
            body: MessageBody::Accepted { title: "Giải pháp".into(), code: "KT-2025-001".into() }, at: now,
            mail: Some((stage.app.ctx.id(), "cu@vi-du.vn".into())),
        };
        store::message::insert(db, &[written_before], now).await.expect("stored");
        let tray = Arc::new(Tray::default());
        let postman = postman(&stage.app.ctx, tray.clone());
        tray.fail(Some(MailFailure::Unreachable));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 0, failed: 3 }));
        tray.fail(None);
        let all = ResendMail { key: stage.key(), contest: stage.contest, delivery: None };
        assert_eq!(stage.messages().resend(&stage.organiser().await, all).await, Ok(3));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 3, failed: 0 }));
        let mut to: Vec<String> = tray.letters().into_iter().map(|letter| letter.to).collect();
        to.sort();
        assert_eq!(to, ["cong.tac.vien@vi-du.vn", "moi@vi-du.vn", "tac.gia@xa-an.gov.vn"], "without an address of their own: where it went to");
    }

    async fn a_reminder_goes_to_the_address_the_author_typed(app: TestApp) {
        let stage = Stage::unasked(app).await;
        let unit = Some(stage.scene.communes[0]);
        let (author, other) = (stage.author(0).await, stage.scene.authors[2]);
        let lead = Author {
            contact: "Tac.Gia@xa-an.gov.vn".into(),
            ..member(stage.scene.authors[0], "Nguyễn Tác Giả 11", unit, 60, true)
        };
        // the lead typed this address; the other author also has a draft the lead knows nothing of
        let second = Author { contact: "nguoi.khac@vi-du.vn".into(), ..member(other, "Nguyễn Tác Giả 21", Some(stage.scene.communes[1]), 40, false) };
        let entry = stage.begin(&author).await;
        for step in [group(vec![lead, second]), topic("Giải pháp nhắc qua thư")] {
            stage.save(&author, entry, step).await.expect("a step is saved");
        }
        let own = stage.begin(&stage.actor(other).await).await;
        stage.save(&stage.actor(other).await, own, topic("Giải pháp của riêng mình")).await.expect("saved");
        stage.app.clock.set("2025-07-09T09:00:00+07:00");
        assert_eq!(Outbox::new(stage.app.ctx.clone(), true).remind().await, Ok(2));
        let tray = Arc::new(Tray::default());
        postman(&stage.app.ctx, tray.clone()).deliver().await.expect("sends");
        let letters = tray.letters();
        let [letter] = &letters[..] else { panic!("what somebody else typed hears of no draft but theirs: {letters:?}") };
        assert_eq!(letter.to, "tac.gia@xa-an.gov.vn");
        assert!(letter.calendar.as_ref().is_some_and(|calendar| calendar.contains("BEGIN:VEVENT")), "{letter:?}");
    }

    async fn two_nodes_send_each_mail_once(app: TestApp) {
        let stage = Stage::unasked(app).await;
        for number in 1..=10 {
            stage.submitted_by_two(&format!("Giải pháp hai nút {number:02}")).await;
        }
        stage.write_messages().await;
        let tray = Arc::new(Tray::default());
        let other = stage.app.second_node().await;
        let (here, there) = (postman(&stage.app.ctx, tray.clone()), postman(&other, tray.clone()));
        let (first, second) = tokio::join!(here.deliver(), there.deliver());
        let sent = first.expect("sends").sent + second.expect("sends").sent;
        let mut ids: Vec<String> = tray.letters().into_iter().map(|letter| letter.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((sent, ids.len()), (20, 20));
    }

    async fn a_node_that_dies_with_a_mail_leaves_it_to_the_others(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp bị ngắt giữa chừng").await;
        stage.write_messages().await;
        let (db, now) = (stage.app.ctx.store.read(), stage.app.ctx.now());
        let lost = store::message::claim(db, now, now + TimeDelta::minutes(10), 8).await.expect("taken");
        assert_eq!(lost.len(), 2);
        let tray = Arc::new(Tray::default());
        let postman = postman(&stage.app.ctx, tray.clone());
        assert_eq!(postman.deliver().await, Ok(Delivered::default()), "somebody has them");
        stage.app.clock.advance(TimeDelta::minutes(10));
        assert_eq!(postman.deliver().await, Ok(Delivered { sent: 2, failed: 0 }));
    }

    async fn people_are_written_to_in_their_language(app: TestApp) {
        let stage = Stage::unasked(app).await;
        let author = stage.author(0).await;
        stage.messages().set_language(&author, Locale::En).await.expect("chosen");
        stage.submitted_by_two("Giải pháp song ngữ").await;
        stage.write_messages().await;
        let tray = Arc::new(Tray::default());
        postman(&stage.app.ctx, tray.clone()).deliver().await.expect("sends");
        let letters = tray.letters();
        let to = |address: &str| letters.iter().find(|letter| letter.to == address).expect("a letter").clone();
        let english = to("tac.gia@xa-an.gov.vn");
        assert_eq!(english.subject, "Entry KT-2025-001 received");
        assert!(english.text.contains("at 01/07/2025 09:00, Vietnam time (UTC+7)"), "{}", english.text);
        let both = to("cong.tac.vien@vi-du.vn");
        assert_eq!(both.subject, "Đã nhận bài dự thi KT-2025-001");
        assert!(both.text.contains("Kính gửi") && both.text.contains("Dear author"));
    }

    async fn without_a_mail_server_messages_stay_in_the_site(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp không có thư").await;
        let outbox = Outbox::new(stage.app.ctx.clone(), false);
        outbox.catch_up().await.expect("writes");
        let inbox = stage.inbox(&stage.author(0).await).await;
        assert_eq!(inbox.messages[0].mail, None);
        let tray = Arc::new(Tray::default());
        postman(&stage.app.ctx, tray.clone()).deliver().await.expect("looks");
        assert_eq!(tray.letters(), [], "nor is it mailed later");
    }

    async fn a_mail_goes_out_by_smtp(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted(&stage.author(0).await, "Giải pháp không có địa chỉ thư").await;
        stage.app.clock.set("2025-07-02T09:00:00+07:00");
        stage.submitted_by_two("Giải pháp gửi qua SMTP").await;
        stage.write_messages().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let url = format!("smtp://127.0.0.1:{port}");
        let smtp = Arc::new(Smtp::new(&url, "Hội thi <noreply@coquan.vn>").expect("set up"));
        let db = stage.app.ctx.store.read();
        let now = stage.app.ctx.now();
        // one of the two, so that one connection is all there is
        let other = store::message::claim(db, now, now + TimeDelta::days(30), 1).await.expect("taken");
        let server = tokio::spawn(smtp_server(listener));
        let delivered = postman(&stage.app.ctx, smtp.clone()).deliver().await;
        assert_eq!(delivered, Ok(Delivered { sent: 1, failed: 0 }));
        let heard = server.await.expect("the server ends");
        let to = if other[0].address.starts_with("cong") { "tac.gia@xa-an.gov.vn" } else { "cong.tac.vien@vi-du.vn" };
        for part in ["MAIL FROM:<noreply@coquan.vn>", &format!("RCPT TO:<{to}>"), "Subject: ", "multipart/alternative"] {
            assert!(heard.contains(part), "{part} in {heard}");
        }

        // nobody listens there any more
        stage.submitted_by_two("Giải pháp sau khi máy chủ tắt").await;
        stage.write_messages().await;
        let delivered = postman(&stage.app.ctx, smtp).deliver().await.expect("tries");
        assert_eq!((delivered.sent, delivered.failed), (0, 2));
    }
}
