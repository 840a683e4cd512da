//! The demo's people: all invented, named by what they do.

use std::collections::BTreeMap;

use contract::{Error, Kind, Result};
use rules::account::{Actor, Grant, Role};
use rules::id::{GrantId, UnitId, UserId};
use store::account::NewPerson;

use super::campaign::Campaign;
use super::script::Script;
use super::sim::{FINAL, PRELIMINARY, Sim};
use super::units::{SIM_ROOT, UnitIds};
use crate::error::Fault;

/// Password of every demo account; the demo holds nothing worth a secret.
pub const PASSWORD: &str = "cai-cach-2026";

/// What `run` prints: who can sign in.
pub const SIGN_INS: &str = "\
Tài khoản trình diễn (mật khẩu chung: cai-cach-2026) – demo sign-ins (one password for all: cai-cach-2026)
  quantri     quản trị hệ thống            administrator
  tochuc      tổ chức cuộc thi SIM-2025    organiser of SIM-2025
  lanhdao     lãnh đạo, xem tiến độ        leader, live board
  gksl1…8     giám khảo vòng sơ khảo       preliminary jury (gksl1 chairs)
  gkck1…7     giám khảo vòng chung kết     final jury (gkck1 chairs)
  thanhtra    thanh tra, đọc hồ sơ         inspector
  pt.tochuc   tổ chức cuộc thi PT-2023     organiser of PT-2023
  pt.phumy    đầu mối UBND thị trấn Phú Mỹ unit coordinator (also pt.hiepxuong, pt.bqlda)
  pt.tacgia05 tác giả, bài đang soạn       author with a draft";

/// People by user name.
#[derive(Debug, Default)]
pub struct Cast {
    people: BTreeMap<String, (UserId, Option<UnitId>, String)>,
}

impl Cast {
    /// The id of a person.
    ///
    /// # Errors
    /// `NotFound(Person)` for a name that is not in the cast.
    pub fn id(&self, user_name: &str) -> Result<UserId> {
        self.people
            .get(user_name)
            .map(|(id, ..)| *id)
            .ok_or(Error::NotFound(Kind::Person))
    }

    /// The person as an actor, with the roles held now.
    ///
    /// # Errors
    /// `NotFound(Person)`, `Internal`.
    pub(super) async fn actor(&self, script: &Script, user_name: &str) -> Result<Actor> {
        script.actor(self.id(user_name)?).await
    }
}

/// User name of an author of the fictional contest: `SIM-05` → `tacgia05`.
pub fn sim_author(entry: &str) -> String {
    format!("tacgia{}", entry.rsplit('-').next().unwrap_or_default())
}

/// User name of a judge: `GKSL-3` → `gksl3`.
pub fn judge(code: &str) -> String {
    code.to_lowercase().replace('-', "")
}

/// User name of an author of the campaign: `PT23-005` → `pt.tacgia05`.
pub fn campaign_author(entry: &str) -> String {
    let number: u32 = entry
        .rsplit('-')
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default();
    format!("pt.tacgia{number:02}")
}

/// User name of the coordinator of a unit of the campaign; three have speaking names.
pub fn coordinator(unit: &str) -> String {
    match unit {
        "pt-x01" => "pt.phumy".to_owned(),
        "pt-x04" => "pt.hiepxuong".to_owned(),
        "pt-bqlda" => "pt.bqlda".to_owned(),
        other => format!("pt.donvi.{}", other.trim_start_matches("pt-")),
    }
}

/// Stores everybody, each able to sign in with [`PASSWORD`].
pub(super) async fn load(script: &Script, units: &UnitIds) -> Result<Cast> {
    let mut people: Vec<(String, String, &str, Option<UnitId>)> = Vec::new();
    let unit = |code: &str| units.get(code).copied();
    let mut add = |user_name: String, full_name: &str, position: &'static str, unit: Option<UnitId>| {
        people.push((user_name, full_name.to_owned(), position, unit));
    };
    add("quantri".into(), "Quản trị viên (mẫu)", "Quản trị hệ thống", None);
    add(
        "tochuc".into(),
        "Thường trực tổ chức (mẫu)",
        "Chuyên viên Văn phòng",
        unit(SIM_ROOT),
    );
    add(
        "lanhdao".into(),
        "Lãnh đạo cơ quan (mẫu)",
        "Lãnh đạo cơ quan",
        unit(SIM_ROOT),
    );
    add("thanhtra".into(), "Thanh tra viên (mẫu)", "Thanh tra", None);
    add(
        "pt.tochuc".into(),
        "Thường trực Phòng Nội vụ (mẫu)",
        "Chuyên viên Phòng Nội vụ",
        unit("pt-pnv"),
    );
    add(
        "qt.tochuc".into(),
        "Thường trực CCHC (mẫu)",
        "Chuyên viên Văn phòng",
        unit("qt-kkt-vp"),
    );

    let sim = Sim::built_in();
    for round in [PRELIMINARY, FINAL] {
        for member in sim.jury(round) {
            let unit = member
                .unit_id
                .as_deref()
                .and_then(|code| units.get(code).copied());
            add(judge(&member.code), &member.display_name, "Giám khảo", unit);
        }
    }
    for entry in &sim.entries {
        if let Some(lead) = entry.authors.first() {
            add(
                sim_author(&entry.code),
                &lead.display_name,
                "Chuyên viên",
                units.get(&entry.unit_id).copied(),
            );
        }
    }
    let campaign = Campaign::built_in()?;
    for code in campaign.unit_codes() {
        add(
            coordinator(&code),
            &format!("Đầu mối {} (mẫu)", short_unit(&code)),
            "Đầu mối CCHC",
            units.get(&code).copied(),
        );
    }
    for entry in &campaign.entries {
        if let Some(lead) = entry.authors.first() {
            add(
                campaign_author(&entry.code),
                &lead.display_name,
                "Công chức",
                units.get(&entry.unit_id).copied(),
            );
        }
    }

    let hash = crate::account::hash_password(&script.ctx, PASSWORD).await?;
    let now = script.ctx.now();
    let mut cast = Cast::default();
    let tx = script.ctx.store.write(None).await.fault()?;
    for (user_name, full_name, position, unit) in people {
        let id = script.ctx.id::<UserId>();
        let new = NewPerson {
            id,
            user_name: user_name.clone(),
            email: None,
            full_name: full_name.clone(),
            position: position.to_owned(),
            unit,
            password_hash: Some(hash.clone()),
        };
        store::account::insert_person(tx.conn(), new, now).await.fault()?;
        cast.people.insert(user_name, (id, unit, full_name));
    }
    // The organisers get their roles when the contests are created.
    let grant = Grant {
        role: Role::Administrator,
        contest: None,
        unit: None,
    };
    store::account::insert_grant(tx.conn(), script.ctx.id::<GrantId>(), cast.id("quantri")?, &grant)
        .await
        .fault()?;
    tx.commit().await.fault()?;
    Ok(cast)
}

/// The unit's code without its prefix, for a persona's name.
fn short_unit(code: &str) -> String {
    code.trim_start_matches("pt-").to_uppercase()
}
