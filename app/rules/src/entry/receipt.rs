//! The public address of a receipt: its code and the first digits of its hash, so that codes cannot be tried one after
//! another.

/// Hexadecimal digits of the hash that stand in the address.
pub const CHECK_DIGITS: usize = 8;

/// What the address of a receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptToken {
    /// The entry's code.
    pub code: String,
    /// The first [`CHECK_DIGITS`] digits of the submission's hash, lower case.
    pub check: String,
}

impl ReceiptToken {
    /// The token of a receipt; `content_hash` is the submission's SHA-256 in hex.
    pub fn new(code: &str, content_hash: &str) -> Self {
        Self {
            code: code.to_owned(),
            check: content_hash
                .chars()
                .take(CHECK_DIGITS)
                .collect::<String>()
                .to_ascii_lowercase(),
        }
    }

    /// Reads `PT-2023-009-1a2b3c4d`, as it stands in the address. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (code, check) = text.trim().rsplit_once('-')?;
        let sound = check.len() == CHECK_DIGITS && check.bytes().all(|byte| byte.is_ascii_hexdigit());
        (sound && !code.is_empty() && code.chars().count() <= 60).then(|| Self {
            code: code.to_owned(),
            check: check.to_ascii_lowercase(),
        })
    }

    /// The address below the site's own, for the receipt's QR code: `/receipts/PT-2023-009-1a2b3c4d`.
    pub fn path(&self) -> String {
        let mut path = String::from("/receipts/");
        for byte in self.code.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                path.push(char::from(byte));
            } else {
                path.push_str(&format!("%{byte:02X}"));
            }
        }
        path.push('-');
        path.push_str(&self.check);
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        let hash = "1A2B3c4d".repeat(8);
        let token = ReceiptToken::new("PT-2023-009", &hash);
        assert_eq!(token.path(), "/receipts/PT-2023-009-1a2b3c4d");
        assert_eq!(ReceiptToken::parse("PT-2023-009-1A2B3C4D"), Some(token));
    }

    #[test]
    fn a_code_alone_or_a_short_check_is_no_address() {
        for text in [
            "PT-2023-009",
            "PT-2023-009-1a2b3c4",
            "PT-2023-009-1a2b3c4g",
            "-1a2b3c4d",
            "",
        ] {
            assert_eq!(ReceiptToken::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_unusual_code_is_encoded() {
        assert_eq!(ReceiptToken::new("Đ/1", "00").path(), "/receipts/%C4%90%2F1-00");
    }
}
