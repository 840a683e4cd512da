//! The unit's desk as a browser without any script meets it: pages as served, forms as posted.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use contract::unit::UnitDeskView;
use rules::entry::EntryState;

use super::authorisation::key;
use super::site::{Answer, Site};

const BOARD: &str = "/contests/pt-2023/unit";
/// A coordinator whose unit holds one entry that can be forwarded, and forwarded one before.
const COORDINATOR: &str = "pt.donvi.x10";

/// Posts a form as a browser does.
async fn post(site: &Site, path: &str, form: &str, cookie: &str) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, format!("http://localhost{BOARD}"))
        .header(header::COOKIE, cookie);
    site.send(request.body(Body::from(form.to_owned())).expect("a request"))
        .await
}

fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    let to = answer.headers.get(header::LOCATION).expect("a way on");
    to.to_str().expect("ascii").to_owned()
}

async fn desk(site: &Site, cookie: &str) -> UnitDeskView {
    let token = cookie.trim_start_matches("session=");
    let actor = site
        .services
        .account
        .authenticate(Some(token))
        .await
        .expect("signed in");
    site.services
        .unit
        .desk(&actor, "pt-2023".into(), None)
        .await
        .expect("their desk")
}

/// The hidden fields every form of the list sends.
fn hidden(view: &UnitDeskView) -> String {
    let board = &view.board;
    format!(
        "form[key]={}&form[contest]={}&form[slug]=pt-2023&form[unit]={}&form[expected]={}",
        key(),
        board.contest,
        board.unit,
        view.order.version
    )
}

#[tokio::test]
async fn the_board_is_served_whole() {
    let site = Site::demo().await;
    let cookie = site.cookie(COORDINATOR).await;
    let page = site.page(BOARD, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in [
        "Việc cần làm",
        "01 đã gửi / tối thiểu 01",
        "Trong danh sách gửi",
        "Dự bị – các bài dưới vạch này không gửi",
        "giờ Việt Nam (UTC+7)",
        "Lần 1: 1 bài, 0 dự bị",
    ] {
        assert!(page.body.contains(text), "{text} is missing");
    }
    let found = site
        .page(&format!("{BOARD}?q=khong%20co%20bai%20nay"), Some(&cookie))
        .await;
    assert!(
        found.body.contains("Tìm thấy 0 trên 2 bài."),
        "searched on the server too"
    );
}

#[tokio::test]
async fn the_list_is_saved_guarded_and_forwarded_by_plain_forms() {
    let site = Site::demo().await;
    let cookie = site.cookie(COORDINATOR).await;
    let first = desk(&site, &cookie).await;
    let entry = first.order.order.selected[0];
    let list = |view: &UnitDeskView, order: &str, act: &str| {
        format!("{}&form[order]={order}&form[act]={act}", hidden(view))
    };

    // a button moves the entry below the line
    let down = list(&first, &format!("{entry}>reserves"), &format!("down:{entry}"));
    let to = leads_to(&post(&site, "/api/unit/post_list", &down, &cookie).await);
    assert!(to.ends_with("#forward") && !to.contains("mine="), "{to}");
    let saved = desk(&site, &cookie).await;
    assert_eq!(
        (saved.order.version.0, saved.order.order.reserves.clone()),
        (1, vec![entry])
    );

    // another page still shows the list before: both orders are shown, nothing is overwritten
    let late = list(&first, &format!("{entry}>reserves"), "save");
    let to = leads_to(&post(&site, "/api/unit/post_list", &late, &cookie).await);
    assert!(to.contains("mine="), "{to}");
    assert_eq!(desk(&site, &cookie).await.order, saved.order);
    let both = site.page(to.trim_end_matches("#forward"), Some(&cookie)).await;
    for text in [
        "Người khác trong đơn vị vừa lưu thứ tự khác",
        "Thứ tự của bạn",
        "Giữ thứ tự của tôi",
    ] {
        assert!(both.body.contains(text), "{text} is missing");
    }
    let keep = list(&saved, &format!("{entry}>reserves"), "ask");
    let to = leads_to(&post(&site, "/api/unit/post_list", &keep, &cookie).await);
    let asked = site.page(to.trim_end_matches("#forward"), Some(&cookie)).await;
    assert!(
        asked.body.contains("Gửi lên Ban Tổ chức?"),
        "the question stands on the page"
    );

    // forwarding leads to the slip, which the organiser reads too
    let view = desk(&site, &cookie).await;
    let line = view
        .board
        .entries
        .iter()
        .find(|line| line.entry == entry)
        .expect("on the board");
    let forward = format!("{}&form[entries][0]={entry}={}", hidden(&view), line.version);
    let to = leads_to(&post(&site, "/api/entry/forward", &forward, &cookie).await);
    let slip = to.split("done=").nth(1).expect("the slip").to_owned();
    let done = site.page(&to, Some(&cookie)).await;
    assert!(done.body.contains("Mở phiếu gửi") && done.body.contains("02 đã gửi"));
    let path = format!("{BOARD}/slips/{slip}");
    let printed = site.page(&path, Some(&cookie)).await;
    assert_eq!(printed.status, StatusCode::OK);
    let stored = store::unit::slip(site.app.ctx.store.read(), slip.parse().expect("an id"))
        .await
        .expect("reads")
        .expect("the slip");
    for text in [&stored.hash, &stored.slip.code, &stored.slip.lines[0].title] {
        assert!(printed.body.contains(text.as_str()), "{text} is missing");
    }
    let organiser = site.cookie("pt.tochuc").await;
    assert_eq!(site.page(&path, Some(&organiser)).await.status, StatusCode::OK);
    let stranger = site.cookie("pt.donvi.x12").await;
    assert_eq!(
        site.page(&path, Some(&stranger)).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn comments_stand_in_the_wizard_and_on_the_desk() {
    let site = Site::demo().await;
    let coordinator = site.cookie("pt.hiepxuong").await;
    let view = desk(&site, &coordinator).await;
    let returned = view
        .board
        .entries
        .iter()
        .find(|line| line.state == EntryState::ReturnedForSupplement)
        .expect("the demo returned one");
    let db = site.app.ctx.store.read();
    let entry = store::entry::find(db, returned.entry)
        .await
        .expect("reads")
        .expect("the entry");
    let author = store::account::person(db, entry.created_by)
        .await
        .expect("reads")
        .expect("its author");
    let cookie = site.cookie(&author.user_name).await;
    let step = site
        .page(&format!("/entries/{}/statement", entry.id), Some(&cookie))
        .await;
    for text in [
        "Các phần cần sửa",
        "Đã sửa 0 trên 2 phần có ghi chú.",
        "Ghi rõ cách tính số giờ",
        "cần sửa 2 chỗ",
        "role=\"note\"",
    ] {
        assert!(step.body.contains(text), "{text} is missing");
    }
    // ticked off by a plain form
    let tick = format!(
        "cmd[key]={}&cmd[entry]={}&cmd[revision]=1&cmd[ordinal]=1&cmd[mended]=true",
        key(),
        entry.id
    );
    leads_to(&post(&site, "/api/unit/mend", &tick, &cookie).await);
    let step = site
        .page(&format!("/entries/{}/statement", entry.id), Some(&cookie))
        .await;
    assert!(step.body.contains("Đã sửa 1 trên 2 phần có ghi chú."));
    let detail = site
        .page(&format!("/entries/{}/detail", entry.id), Some(&coordinator))
        .await;
    assert!(detail.body.contains("Các lần trả lại") && detail.body.contains("tác giả đánh dấu đã sửa"));
}

#[tokio::test]
async fn the_organiser_sees_every_unit() {
    let site = Site::demo().await;
    let organiser = site.cookie("pt.tochuc").await;
    let page = site
        .page("/manage/pt-2023/units?sort=forwarded&desc=true", Some(&organiser))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("thiếu 1") && page.body.contains("PG-PT-2023-001"));
    let none = site
        .page(
            "/manage/pt-2023/units?q=khong%20co%20don%20vi%20nay",
            Some(&organiser),
        )
        .await;
    assert!(none.body.contains("Không có đơn vị nào khớp"));
    let unit = site.cookie(COORDINATOR).await;
    let refused = site.page("/manage/pt-2023/units", Some(&unit)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
