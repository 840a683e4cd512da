//! What a user name and a password must look like, and how long a failed sign-in makes one wait.

use serde::{Deserialize, Serialize};

/// Shortest password accepted.
pub const PASSWORD_MIN: usize = 10;
/// Longest password hashed; more is refused so that nobody makes the server hash a book.
pub const PASSWORD_MAX: usize = 200;
/// Failures in a row before the delay starts (domain.md 2.6).
pub const FREE_FAILURES: u32 = 5;

/// What is wrong with a user name or password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    /// One character repeated, or the user name itself.
    TooPlain,
    /// A user name outside `a-z 0-9 . _ -`, or shorter than 3 or longer than 60.
    BadUserName,
}

/// Checks a new password.
///
/// # Errors
/// The first [`PasswordProblem`].
pub fn check_password(user_name: &str, password: &str) -> Result<(), PasswordProblem> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(PasswordProblem::TooShort);
    }
    if length > PASSWORD_MAX {
        return Err(PasswordProblem::TooLong);
    }
    let mut chars = password.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) || password.eq_ignore_ascii_case(user_name) {
        return Err(PasswordProblem::TooPlain);
    }
    Ok(())
}

/// Checks a user name and gives it in lower case.
///
/// # Errors
/// [`PasswordProblem::BadUserName`].
pub fn check_user_name(user_name: &str) -> Result<String, PasswordProblem> {
    let name = user_name.trim().to_ascii_lowercase();
    let fits = (3..=60).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '@'));
    if fits {
        Ok(name)
    } else {
        Err(PasswordProblem::BadUserName)
    }
}

/// Seconds to wait after `failures` wrong passwords in a row: none up to five, then 30 s doubling to at most an hour.
pub fn lockout_delay(failures: u32) -> u64 {
    if failures < FREE_FAILURES {
        return 0;
    }
    let doublings = (failures - FREE_FAILURES).min(7);
    (30u64 << doublings).min(3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lockout_grows_from_the_fifth_failure_to_an_hour() {
        let delays: Vec<u64> = (0..14).map(lockout_delay).collect();
        assert_eq!(
            delays,
            [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
        );
    }

    #[test]
    fn password_refuses_short_plain_and_long() {
        assert_eq!(check_password("an", "ngắn"), Err(PasswordProblem::TooShort));
        assert_eq!(
            check_password("an", "aaaaaaaaaaaa"),
            Err(PasswordProblem::TooPlain)
        );
        assert_eq!(
            check_password("nguyenvana", "NguyenVanA"),
            Err(PasswordProblem::TooPlain)
        );
        assert_eq!(
            check_password("an", &"ab".repeat(101)),
            Err(PasswordProblem::TooLong)
        );
        assert_eq!(check_password("an", "một câu đủ dài"), Ok(()));
    }

    #[test]
    fn user_name_is_lowered_and_bounded() {
        assert_eq!(check_user_name(" Binh.TV "), Ok("binh.tv".to_owned()));
        assert_eq!(check_user_name("ab"), Err(PasswordProblem::BadUserName));
        assert_eq!(check_user_name("bình"), Err(PasswordProblem::BadUserName));
    }
}
