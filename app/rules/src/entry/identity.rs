//! Who an author is: one person twice, an address to write to, and numbers that must not be typed.

use super::Author;
use crate::text::{fold, one_line};

/// The e-mail address typed as a contact, in lower case; `None` for a phone number or anything else.
pub fn email_of(contact: &str) -> Option<String> {
    let text = one_line(contact).to_lowercase();
    let (name, host) = text.split_once('@')?;
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c))
    };
    let good_name = !name.is_empty() && name.len() <= 64 && plain(name);
    let labels: Vec<&str> = host.split('.').collect();
    let good_host = labels.len() > 1
        && host.len() <= 190
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        });
    (good_name && good_host).then_some(text)
}

/// Whether a text holds what looks like an ID-card number: 9 or 12 digits (2.6: no such number is kept). Spaces, dots
/// and hyphens between digits do not count; phone numbers have 10 digits, or 11 with the country's code.
pub fn holds_id_card_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !word.contains('@'))
        .collect();
    let (mut digits, mut broken) = (0_usize, 0_usize);
    for c in words.join(" ").chars() {
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            digits += 1;
            broken = 0;
        } else if digits > 0 && broken == 0 && matches!(c, ' ' | '.' | '-' | '–' | '\u{a0}') {
            broken = 1;
        } else {
            if matches!(digits, 9 | 12) {
                return true;
            }
            (digits, broken) = (0, 0);
        }
    }
    matches!(digits, 9 | 12)
}

/// Whether two authors are one person written twice: the same account; or, where one of them has none, the same name
/// with the same contact, or with the same unit where a contact is missing. Two addresses alike are one person too,
/// since an invitation could not tell them apart.
pub fn is_same_person(a: &Author, b: &Author) -> bool {
    if let (Some(a), Some(b)) = (a.user, b.user) {
        return a == b;
    }
    let (here, there) = (email_of(&a.contact), email_of(&b.contact));
    if here.is_some() && here == there {
        return true;
    }
    let (contact, other) = (contact_key(&a.contact), contact_key(&b.contact));
    fold(&a.full_name) == fold(&b.full_name)
        && if contact.is_empty() || other.is_empty() {
            fold(&a.unit_name) == fold(&b.unit_name)
        } else {
            contact == other
        }
}

/// A contact without what people put between the digits of a phone number.
fn contact_key(contact: &str) -> String {
    let text = fold(contact);
    match email_of(contact) {
        Some(email) => email,
        None => text.chars().filter(|c| c.is_alphanumeric()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::UserId;
    use crate::points::Points;

    #[test]
    fn addresses_are_told_from_phones_and_nonsense() {
        assert_eq!(
            email_of(" An.Nguyen@Xa-AnPhu.gov.VN "),
            Some("an.nguyen@xa-anphu.gov.vn".into())
        );
        for no in [
            "0912345678",
            "an@",
            "@xa.vn",
            "an@xa",
            "an b@xa.vn",
            "an@xa..vn",
            "an@b@xa.vn",
            "an@-xa.vn",
            "á@xa.vn",
        ] {
            assert_eq!(email_of(no), None, "{no}");
        }
    }

    #[test]
    fn phones_pass_and_card_numbers_do_not() {
        for phone in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "+84 912 345 678",
            "84912345678",
            "0254 3852 123",
            "02543852123",
            "máy lẻ 123",
            "0912345678, 0987654321",
            "0912345678 0987654321",
            "an123456789@xa.vn",
            "",
            "Khóa 2021-2025",
            "Trưởng phòng",
        ] {
            assert!(!holds_id_card_number(phone), "{phone}");
        }
        for card in [
            "079123456789",
            "079 123 456 789",
            "0791.2345.6789",
            "CCCD: 079123456789",
            "CMND 123456789",
            "123-456-789",
            "Nguyễn Văn An 123456789",
            "số ０７９１２３４５６７８９",
            "an@xa.vn 079123456789",
        ] {
            assert!(holds_id_card_number(card), "{card}");
        }
    }

    fn author(user: Option<u128>, name: &str, contact: &str, unit: &str) -> Author {
        Author {
            user: user.map(|n| UserId(Uuid::from_u128(n))),
            full_name: name.into(),
            unit: None,
            unit_name: unit.into(),
            position: String::new(),
            contact: contact.into(),
            share: Points::ZERO,
            lead: false,
        }
    }

    #[test]
    fn one_person_written_twice_is_found() {
        let an = author(None, "Nguyễn Văn An", "0912 345 678", "Xã An");
        assert!(is_same_person(
            &an,
            &author(None, "nguyen van an", "0912.345.678", "")
        ));
        assert!(is_same_person(&an, &author(None, "Nguyễn Văn An", "", "xa an")));
        assert!(is_same_person(
            &author(Some(1), "An", "", ""),
            &author(Some(1), "Bình", "", "")
        ));
        assert!(is_same_person(
            &author(Some(1), "An", "a@xa.vn", "X"),
            &author(None, "Nguyễn An", "A@xa.vn", "")
        ));
        assert!(is_same_person(
            &author(Some(1), "An", "", "Xã An"),
            &author(None, "an", "", "xã an")
        ));
    }

    #[test]
    fn two_people_of_one_name_are_two() {
        let an = author(None, "Nguyễn Văn An", "0912345678", "Xã An");
        assert!(!is_same_person(
            &an,
            &author(None, "Nguyễn Văn An", "0987654321", "Xã An")
        ));
        assert!(!is_same_person(
            &an,
            &author(None, "Nguyễn Văn An", "", "Xã Bình")
        ));
        assert!(!is_same_person(
            &author(Some(1), "An", "", "Xã An"),
            &author(Some(2), "An", "", "Xã An")
        ));
    }
}
