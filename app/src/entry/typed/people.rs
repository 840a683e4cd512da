//! Two versions of the list of authors brought together person by person, so that one author may write the shares while
//! another invites a colleague, and an accepted invitation disturbs nobody.

use rules::entry::AuthorType;
use rules::text::{fold, nfc};

use super::Typed;
use super::row::{AuthorRow, share_of};

/// The list that holds both sides' changes; `None` where both changed the same of one person, one took out whom the
/// other changed, or the two make no sense together.
pub(super) fn merge_authors(
    base: &Typed,
    mine: &Typed,
    theirs: &Typed,
) -> Option<(AuthorType, Vec<AuthorRow>)> {
    let (here, there) = (
        places(&base.authors, &mine.authors),
        places(&base.authors, &theirs.authors),
    );
    let mut rows = Vec::with_capacity(mine.authors.len());
    for (was, (here, there)) in base.authors.iter().zip(here.iter().zip(&there)) {
        let mine = here.and_then(|at| mine.authors.get(at));
        let theirs = there.and_then(|at| theirs.authors.get(at));
        match (mine, theirs) {
            (Some(mine), Some(theirs)) => rows.push(merge_row(was, mine, theirs)?),
            // taken out by one side, left alone by the other
            (Some(left), None) | (None, Some(left)) if says(left) == says(was) => {}
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => return None,
        }
    }
    let added = |side: &Typed, places: &[Option<usize>]| -> Vec<AuthorRow> {
        let rows = side.authors.iter().enumerate();
        let new = rows.filter(|(at, _)| !places.contains(&Some(*at)));
        new.map(|(_, row)| row.clone()).collect()
    };
    let mine_added = added(mine, &here);
    // both may have added the same person
    let theirs_added = added(theirs, &there)
        .into_iter()
        .filter(|row| !mine_added.iter().any(|other| is_one(row, other)));
    let theirs_added: Vec<AuthorRow> = theirs_added.collect();
    // stored rows keep their places, one's own new ones come after them
    rows.extend(theirs_added);
    rows.extend(mine_added);
    let leads = rows.iter().filter(|row| row.lead).count();
    let had_one = |side: &Typed| side.authors.iter().filter(|row| row.lead).count() == 1;
    if leads != 1 && (had_one(mine) || had_one(theirs)) {
        return None;
    }
    let author_type = either(&base.author_type, &mine.author_type, &theirs.author_type)?;
    Some((author_type, rows))
}

/// Where each row of `base` stands in a version that grew from it. An account and an address are the same person
/// wherever they stand; a row whose name was changed is known by its place among those left over.
fn places(base: &[AuthorRow], side: &[AuthorRow]) -> Vec<Option<usize>> {
    type Same = dyn Fn(&AuthorRow, &AuthorRow) -> bool;
    let mut taken = vec![false; side.len()];
    let mut found = vec![None; base.len()];
    let tests: [&Same; 3] = [
        &|a, b| !a.user.is_empty() && a.user == b.user,
        &|a, b| one_unknown(a, b) && same_contact(a, b),
        &|a, b| one_unknown(a, b) && same_name(a, b),
    ];
    for is_same in tests {
        for (at, row) in base.iter().enumerate() {
            if found[at].is_some() {
                continue;
            }
            let mut free = side.iter().enumerate().filter(|(index, _)| !taken[*index]);
            if let Some((index, _)) = free.find(|(_, other)| is_same(row, other)) {
                taken[index] = true;
                found[at] = Some(index);
            }
        }
    }
    // the same number of rows: nobody came or went, so what is left over stands where it stood
    if base.len() == side.len() {
        for (at, (row, other)) in base.iter().zip(side).enumerate() {
            if found[at].is_none() && !taken[at] && row.user.is_empty() && other.user.is_empty() {
                taken[at] = true;
                found[at] = Some(at);
            }
        }
    }
    found
}

/// Whether one of the two has no account that could tell them apart.
fn one_unknown(a: &AuthorRow, b: &AuthorRow) -> bool {
    a.user.is_empty() || b.user.is_empty()
}

fn is_one(a: &AuthorRow, b: &AuthorRow) -> bool {
    if !a.user.is_empty() && !b.user.is_empty() {
        return a.user == b.user;
    }
    same_contact(a, b)
}

fn same_contact(a: &AuthorRow, b: &AuthorRow) -> bool {
    !a.contact.trim().is_empty() && fold(&a.contact) == fold(&b.contact)
}

fn same_name(a: &AuthorRow, b: &AuthorRow) -> bool {
    !a.full_name.trim().is_empty() && fold(&a.full_name) == fold(&b.full_name)
}

/// One person's fields, each by itself.
fn merge_row(base: &AuthorRow, mine: &AuthorRow, theirs: &AuthorRow) -> Option<AuthorRow> {
    // name, unit and position of an account come from the directory: who was tied to one has them from there
    let linked = |side: &AuthorRow| base.user.is_empty() && !side.user.is_empty();
    let known = match (linked(mine), linked(theirs)) {
        (true, true) if mine.user != theirs.user => return None,
        (true, _) => Some(mine),
        (_, true) => Some(theirs),
        _ => None,
    };
    let text = |read: fn(&AuthorRow) -> &String| merge_text(read(base), read(mine), read(theirs));
    let of_account = |read: fn(&AuthorRow) -> &String| match known {
        Some(row) => Some(read(row).clone()),
        None => text(read),
    };
    let share = {
        let said = |row: &AuthorRow| share_said(&row.share);
        if said(mine) == said(theirs) || said(theirs) == said(base) {
            mine.share.clone()
        } else if said(mine) == said(base) {
            theirs.share.clone()
        } else {
            return None;
        }
    };
    // the unit and the name typed for it belong together
    let unit = of_account(|row| &row.unit)?;
    let unit_name = if unit.is_empty() {
        of_account(|row| &row.unit_name)?
    } else if unit == theirs.unit {
        theirs.unit_name.clone()
    } else {
        mine.unit_name.clone()
    };
    Some(AuthorRow {
        user: of_account(|row| &row.user)?,
        full_name: of_account(|row| &row.full_name)?,
        unit,
        unit_name,
        position: of_account(|row| &row.position)?,
        contact: text(|row| &row.contact)?,
        share,
        lead: either(&base.lead, &mine.lead, &theirs.lead)?,
    })
}

fn merge_text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let said = |text: &str| nfc(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let (was, here, there) = (said(base), said(mine), said(theirs));
    if here == there || there == was {
        Some(mine.to_owned())
    } else if here == was {
        Some(theirs.to_owned())
    } else {
        None
    }
}

fn either<T: PartialEq + Copy>(base: &T, mine: &T, theirs: &T) -> Option<T> {
    if mine == theirs || theirs == base {
        Some(*mine)
    } else {
        (mine == base).then_some(*theirs)
    }
}

/// Everything a row says, to tell whether it was changed.
fn says(row: &AuthorRow) -> [String; 7] {
    let said = |text: &str| nfc(text).split_whitespace().collect::<Vec<_>>().join(" ");
    [
        row.user.clone(),
        said(&row.full_name),
        row.unit.clone(),
        if row.unit.is_empty() {
            said(&row.unit_name)
        } else {
            String::new()
        },
        said(&row.position),
        said(&row.contact),
        share_said(&row.share),
    ]
}

fn share_said(share: &str) -> String {
    share_of(share).map_or_else(|| share.trim().to_owned(), |share| share.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(user: &str, name: &str, contact: &str, share: &str) -> AuthorRow {
        AuthorRow {
            user: user.into(),
            full_name: name.into(),
            contact: contact.into(),
            share: share.into(),
            lead: user == "u1",
            ..AuthorRow::default()
        }
    }

    fn list(authors: Vec<AuthorRow>) -> Typed {
        Typed {
            author_type: AuthorType::Group,
            authors,
            ..Typed::default()
        }
    }

    fn base() -> Typed {
        list(vec![
            row("u1", "An", "", "60"),
            row("", "Bình", "binh@xa.vn", "40"),
        ])
    }

    #[test]
    fn one_writes_shares_while_another_invites() {
        let mut mine = base();
        (mine.authors[0].share, mine.authors[1].share) = ("50".into(), "50,0".into());
        let mut theirs = base();
        theirs.authors.push(row("u3", "Chi", "", ""));
        let (_, rows) = merge_authors(&base(), &mine, &theirs).expect("different people's fields");
        let shares: Vec<_> = rows.iter().map(|row| row.share.as_str()).collect();
        assert_eq!(shares, ["50", "50,0", ""]);
        assert_eq!(rows[2].user, "u3");
    }

    #[test]
    fn an_accepted_invitation_ties_the_account_and_keeps_what_is_being_typed() {
        let mut mine = base();
        mine.authors[1].share = "45".into();
        mine.authors[1].position = "Chuyên viên".into();
        let mut theirs = base();
        theirs.authors[1] = AuthorRow {
            user: "u2".into(),
            full_name: "Trần Văn Bình".into(),
            unit: "x".into(),
            unit_name: "Xã X".into(),
            ..theirs.authors[1].clone()
        };
        let (_, rows) = merge_authors(&base(), &mine, &theirs).expect("no clash");
        assert_eq!(
            (rows[1].user.as_str(), rows[1].full_name.as_str()),
            ("u2", "Trần Văn Bình")
        );
        assert_eq!(
            (rows[1].share.as_str(), rows[1].unit_name.as_str()),
            ("45", "Xã X")
        );
    }

    #[test]
    fn both_add_somebody_and_neither_is_lost() {
        let mut mine = base();
        mine.authors.push(row("u4", "Dung", "", ""));
        let mut theirs = base();
        theirs.authors.push(row("u3", "Chi", "", ""));
        let (_, rows) = merge_authors(&base(), &mine, &theirs).expect("no clash");
        let users: Vec<_> = rows.iter().map(|row| row.user.as_str()).collect();
        assert_eq!(users, ["u1", "", "u3", "u4"]);
        theirs.authors[2] = row("u4", "Dung", "", "");
        let (_, rows) = merge_authors(&base(), &mine, &theirs).expect("no clash");
        assert_eq!(rows.len(), 3, "the same person added by both is one");
    }

    #[test]
    fn the_same_field_of_one_person_is_a_choice() {
        let (mut mine, mut theirs) = (base(), base());
        mine.authors[0].share = "70".into();
        theirs.authors[0].share = "80".into();
        assert_eq!(merge_authors(&base(), &mine, &theirs), None);
        theirs.authors[0].share = "70 %".into();
        assert!(
            merge_authors(&base(), &mine, &theirs).is_some(),
            "the same figure written otherwise"
        );
    }

    #[test]
    fn taking_out_whom_the_other_changed_is_a_choice() {
        let (mut mine, mut theirs) = (base(), base());
        mine.authors.remove(1);
        theirs.authors[1].position = "Trưởng phòng".into();
        assert_eq!(merge_authors(&base(), &mine, &theirs), None);
        let mut other = base();
        other.authors[0].position = "Trưởng phòng".into();
        let (_, rows) = merge_authors(&base(), &mine, &other).expect("somebody else's field");
        assert_eq!((rows.len(), rows[0].position.as_str()), (1, "Trưởng phòng"));
    }

    #[test]
    fn two_new_lead_authors_are_a_choice() {
        let start = list(vec![
            row("u1", "An", "", ""),
            row("u2", "B", "", ""),
            row("u3", "C", "", ""),
        ]);
        let lead = |at: usize| {
            let mut list = start.clone();
            for (index, row) in list.authors.iter_mut().enumerate() {
                row.lead = index == at;
            }
            list
        };
        assert_eq!(merge_authors(&start, &lead(1), &lead(2)), None);
        let (_, rows) = merge_authors(&start, &lead(1), &start).expect("one side only");
        assert!(rows[1].lead && !rows[0].lead);
    }

    #[test]
    fn a_name_being_corrected_is_the_same_person() {
        let (mut mine, mut theirs) = (base(), base());
        mine.authors[1].full_name = "Trần Bình".into();
        theirs.authors[1].contact = "0912345678".into();
        let (_, rows) = merge_authors(&base(), &mine, &theirs).expect("two fields of one person");
        assert_eq!(
            (rows[1].full_name.as_str(), rows[1].contact.as_str()),
            ("Trần Bình", "0912345678")
        );
    }
}
