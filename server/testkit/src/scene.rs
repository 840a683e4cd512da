//! Units and people that most tests need.

use rules::account::{Grant, Role};
use rules::id::{UnitId, UserId};
use store::account::{NewPerson, NewUnit};

use crate::app::TestApp;

/// A province with two communes; an administrator, an organiser of every contest, a leader, a coordinator and two
/// employees per commune, and judges from the province's departments.
pub struct Scene {
    pub province: UnitId,
    /// Departments of the province, a judge from each.
    pub departments: Vec<UnitId>,
    pub communes: Vec<UnitId>,
    pub administrator: UserId,
    pub organiser: UserId,
    pub leader: UserId,
    /// One per commune, in the order of [`Scene::communes`]; roles are granted per contest.
    pub coordinators: Vec<UserId>,
    /// Two per commune: 0 and 1 belong to the first.
    pub authors: Vec<UserId>,
    /// One per department.
    pub judges: Vec<UserId>,
}

const JUDGES: usize = 5;

impl Scene {
    /// Stores the scene.
    pub async fn new(app: &TestApp) -> Self {
        let province = unit(app, None, "PROVINCE", "Tỉnh Kiểm Thử", "province").await;
        let mut departments = Vec::new();
        for number in 1..=JUDGES {
            let name = format!("Sở số {number}");
            departments.push(unit(app, Some(province), &format!("DEPT{number}"), &name, "department").await);
        }
        let mut communes = Vec::new();
        for (code, name) in [("AN", "Xã An"), ("BINH", "Xã Bình")] {
            communes.push(unit(app, Some(province), code, name, "commune").await);
        }
        let everywhere = |role| Grant {
            role,
            contest: None,
            unit: None,
        };
        let administrator = person(app, "quan.tri", "Trần Quản Trị", None).await;
        grant(app, administrator, everywhere(Role::Administrator)).await;
        let organiser = person(app, "to.chuc", "Lê Thị Tổ Chức", Some(province)).await;
        grant(app, organiser, everywhere(Role::Organiser)).await;
        let leader = person(app, "lanh.dao", "Phạm Lãnh Đạo", Some(province)).await;
        grant(app, leader, everywhere(Role::Leader)).await;
        let (mut coordinators, mut authors) = (Vec::new(), Vec::new());
        for (index, commune) in communes.iter().enumerate() {
            let number = index + 1;
            let name = format!("Đỗ Đầu Mối {number}");
            coordinators.push(person(app, &format!("dau.moi.{number}"), &name, Some(*commune)).await);
            for seat in 1..=2 {
                let name = format!("Nguyễn Tác Giả {number}{seat}");
                authors.push(person(app, &format!("tac.gia.{number}{seat}"), &name, Some(*commune)).await);
            }
        }
        let mut judges = Vec::new();
        for (index, department) in departments.iter().enumerate() {
            let number = index + 1;
            let name = format!("Vũ Giám Khảo {number}");
            judges.push(person(app, &format!("giam.khao.{number}"), &name, Some(*department)).await);
        }
        Self {
            province,
            departments,
            communes,
            administrator,
            organiser,
            leader,
            coordinators,
            authors,
            judges,
        }
    }
}

/// Stores a unit.
async fn unit(app: &TestApp, parent: Option<UnitId>, code: &str, name: &str, kind: &str) -> UnitId {
    let id = app.ctx.id();
    let new = NewUnit {
        id,
        code: code.to_owned(),
        parent,
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind: kind.to_owned(),
        doc_symbol: String::new(),
        valid_from: None,
        valid_to: None,
        provenance: "test".to_owned(),
        position: 0,
    };
    store::account::insert_units(app.ctx.store.read(), vec![new])
        .await
        .expect("a unit is stored");
    id
}

/// Stores a person without a password.
async fn person(app: &TestApp, user_name: &str, full_name: &str, unit: Option<UnitId>) -> UserId {
    let id = app.ctx.id();
    let new = NewPerson {
        id,
        user_name: user_name.to_owned(),
        email: None,
        full_name: full_name.to_owned(),
        position: String::new(),
        unit,
        password_hash: None,
    };
    store::account::insert_person(app.ctx.store.read(), new, app.ctx.now())
        .await
        .expect("a person is stored");
    id
}

async fn grant(app: &TestApp, person: UserId, grant: Grant) {
    let stored = store::account::insert_grant(app.ctx.store.read(), app.ctx.id(), person, &grant).await;
    stored.expect("a role is stored");
}
