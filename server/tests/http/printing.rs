//! Documents at plain addresses: who gets them in which phase, and what comes.

use axum::http::{StatusCode, header};
use rules::account::{Action, Actor, Role, may};
use rules::contest::ContestPhase;

use super::site::{Input, Site};

/// A persona of each role, and nobody.
const PERSONAS: [Option<&str>; 9] = [
    None,
    Some("tacgia05"),
    Some("pt.phumy"),
    Some("tochuc"),
    Some("gksl2"),
    Some("gksl1"),
    Some("lanhdao"),
    Some("quantri"),
    Some("thanhtra"),
];

async fn actor(site: &Site, cookie: Option<&str>) -> Actor {
    match cookie {
        None => Actor::Anonymous,
        Some(cookie) => {
            let token = cookie.trim_start_matches("session=");
            let account = &site.services.account;
            account.authenticate(Some(token)).await.expect("signed in")
        }
    }
}

#[tokio::test]
async fn archive_and_blind_copies_follow_the_permission_table() {
    let site = Site::demo().await;
    let db = site.app.ctx.store.read();
    let contest = store::contest::by_slug(db, "sim-2025")
        .await
        .expect("reads")
        .expect("the demo's contest");
    let rounds = store::contest::rounds(db, contest.id).await.expect("reads");
    let round = rounds.first().expect("a round").id;
    let labels = store::judging::labels(db, round).await.expect("reads");
    let label = &labels.first().expect("an entry").1.0;
    let seats = store::judging::jurors(db, &[round]).await.expect("reads");
    let paths = [
        ("/manage/sim-2025/entries.zip".to_owned(), Action::ExportEntries),
        (
            format!("/files/blind/{round}/{label}/statement.pdf"),
            Action::SeeBlindEntry,
        ),
    ];
    let mut allowed = 0;
    for phase in ContestPhase::ALL {
        store::contest::set_phase(db, contest.id, phase, site.app.ctx.now())
            .await
            .expect("sets the phase");
        for persona in PERSONAS {
            let cookie = match persona {
                None => None,
                Some(name) => Some(site.cookie(name).await),
            };
            let actor = actor(&site, cookie.as_deref()).await;
            for (path, action) in &paths {
                let mut standing = actor.roles_in(Some(contest.id), None);
                if *action == Action::SeeBlindEntry {
                    // seats, not grants, decide who judges a round
                    standing
                        .roles
                        .retain(|role| !matches!(role, Role::Judge | Role::JuryChair));
                    if seats.iter().any(|seat| Some(seat.person) == actor.user()) {
                        standing.roles.insert(Role::Judge);
                    }
                }
                let permitted = may(*action, &standing, Some(phase)).is_ok();
                let answer = site.file(path, cookie.as_deref()).await;
                let what = format!("{phase:?} {persona:?} {path}");
                assert_eq!(
                    answer.status == StatusCode::OK,
                    permitted,
                    "{what}: {}",
                    answer.status
                );
                if permitted {
                    allowed += 1;
                    assert_eq!(
                        answer.headers[header::CACHE_CONTROL],
                        "private, no-store",
                        "{what}"
                    );
                    let start: &[u8] = if path.ends_with(".zip") {
                        b"PK\x03\x04"
                    } else {
                        b"%PDF-1.7"
                    };
                    assert!(answer.bytes.starts_with(start), "{what}");
                } else {
                    assert!(answer.status.is_client_error(), "{what}: {}", answer.status);
                }
            }
        }
    }
    assert!(allowed >= 5, "somebody got something: {allowed}");
}

#[tokio::test]
async fn a_receipt_and_its_code_are_the_authors_only() {
    let site = Site::demo().await;
    let cookie = site.cookie("tacgia05").await;
    let author = actor(&site, Some(&cookie)).await;
    let own = site.services.entry.own_entries(&author).await.expect("reads");
    let mut submitted = own.entries.into_iter().filter(|line| line.code.is_some());
    let entry = submitted.next().expect("an entry of SIM-2025").entry;
    let page = site.page(&format!("/entries/{entry}"), Some(&cookie)).await;
    for address in [
        format!("/entries/{entry}/receipt.pdf"),
        format!("/entries/{entry}/receipt.svg"),
    ] {
        assert!(
            page.body.contains(&address),
            "the receipt page leads to {address}"
        );
        let answer = site.file(&address, Some(&cookie)).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(
            answer.headers["content-security-policy"],
            "default-src 'none'; sandbox"
        );
        for other in ["tochuc", "gksl1", "pt.phumy"] {
            let other = site.cookie(other).await;
            let answer = site.file(&address, Some(&other)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        }
        assert_eq!(site.file(&address, None).await.status, StatusCode::UNAUTHORIZED);
    }
    let missing = site.file("/entries/nonsense/receipt.pdf", Some(&cookie)).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unknown_slip_is_not_found() {
    let site = Site::demo().await;
    for slip in ["nonsense", "01890000-0000-7000-8000-000000000000"] {
        let address = format!("/contests/pt-2023/unit/slips/{slip}/slip.pdf");
        for (persona, status) in [
            (Some("pt.phumy"), StatusCode::NOT_FOUND),
            (Some("tacgia05"), StatusCode::NOT_FOUND),
        ] {
            let cookie = match persona {
                None => None,
                Some(name) => Some(site.cookie(name).await),
            };
            assert_eq!(
                site.file(&address, cookie.as_deref()).await.status,
                status,
                "{persona:?} {slip}"
            );
        }
    }
    let address = "/contests/pt-2023/unit/slips/01890000-0000-7000-8000-000000000000/slip.pdf";
    assert_eq!(site.file(address, None).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_check_page_shows_entries_by_their_own_codes() {
    let site = Site::demo().await;
    let organiser = site.cookie("tochuc").await;
    let page = site.page("/manage/sim-2025/blind", Some(&organiser)).await;
    assert_eq!(page.status, StatusCode::OK);
    let db = site.app.ctx.store.read();
    let contest = store::contest::by_slug(db, "sim-2025")
        .await
        .expect("reads")
        .expect("there");
    for code in store::entry::blind_codes(db, contest.id).await.expect("reads") {
        assert!(!page.body.contains(&code), "{code} is sealed");
    }
    let input = Input::Form("slug=sim-2025&page=1".into());
    let view = site
        .call("/api/paper/blind_check", &input, Some(&organiser))
        .await;
    assert!(view.body.contains("\"blind\":true"), "{}", view.body);
}
