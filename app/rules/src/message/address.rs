//! Telling an e-mail address from a phone number in what somebody typed as a contact.

/// Longest address (RFC 5321).
const ADDRESS_MAX: usize = 254;

/// The address in lower case, where the text is one: `ten@coquan.vn`. The mail server has the last word; this keeps
/// phone numbers, several addresses in one field and anything that could open a second header out.
pub fn mail_address(typed: &str) -> Option<String> {
    let text = typed.trim();
    let (name, domain) = text.split_once('@')?;
    let plain = text.len() <= ADDRESS_MAX
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&byte));
    let labels = domain.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let dotted = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    (plain && !name.is_empty() && dotted && labels && domain.contains('.')).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::mail_address;

    #[test]
    fn an_address_is_told_from_other_contacts() {
        assert_eq!(
            mail_address(" Tac.Gia@xa-an.gov.vn "),
            Some("tac.gia@xa-an.gov.vn".into())
        );
        for other in [
            "",
            "0912 345 678",
            "a@b",
            "@coquan.vn",
            "a@.vn",
            "a@coquan.vn, b@coquan.vn",
            "a@coquan.vn\r\nBcc: b@coquan.vn",
            "a b@coquan.vn",
            "á@coquan.vn",
            ".a@coquan.vn",
            "a@b@coquan.vn",
        ] {
            assert_eq!(mail_address(other), None, "{other:?}");
        }
    }
}
