use super::PhoneError;

/// What a link or a QR code of an operator says: where to sign in, and with which code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentLink {
    /// The server's address.
    pub server: String,
    /// The one-time code.
    pub code: String,
}

impl EnrolmentLink {
    /// Reads `fieldbook://enrol?server=…&code=…` as the server prints it.
    ///
    /// # Errors
    /// When it is another link.
    pub fn parse(link: &str) -> Result<Self, PhoneError> {
        let wrong = || PhoneError::Address(link.to_owned());
        let query = link.trim().strip_prefix("fieldbook://enrol?").ok_or_else(wrong)?;
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(key, _)| *key == name)
                .and_then(|(_, value)| decoded(value))
        };
        let (server, code) = value("server").zip(value("code")).ok_or_else(wrong)?;
        Ok(Self {
            server: address(&server)?,
            code,
        })
    }
}

/// A server's address as it is kept: with its scheme, without a slash at the end. What a person typed without a scheme
/// is taken as https.
pub(super) fn address(text: &str) -> Result<String, PhoneError> {
    let wrong = || PhoneError::Address(text.to_owned());
    let text = text.trim();
    let (scheme, host) = text.split_once("://").unwrap_or(("https", text));
    let host = host.trim_end_matches('/');
    let scheme = scheme.to_ascii_lowercase();
    let is_host = !host.is_empty() && !host.contains(|letter: char| letter.is_whitespace() || letter == '@');
    if !is_host || !matches!(scheme.as_str(), "http" | "https") {
        return Err(wrong());
    }
    Ok(format!("{scheme}://{host}"))
}

/// Takes the percent signs out; `None` when what follows one is no number, or the bytes are no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| {
            char::from(byte?)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        bytes.push(digit(rest.next())? << 4 | digit(rest.next())?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_where_and_with_which_code() {
        let link = "fieldbook://enrol?server=https%3A%2F%2Fsync.example.com%3A8443%2F&code=7K3M-Q8RT";
        let expected = EnrolmentLink {
            server: "https://sync.example.com:8443".to_owned(),
            code: "7K3M-Q8RT".to_owned(),
        };
        assert_eq!(EnrolmentLink::parse(link).unwrap(), expected);
        for wrong in [
            "https://example.com",
            "fieldbook://enrol?code=7K3M-Q8RT",
            "fieldbook://enrol?server=%zz&code=1",
            "fieldbook://enrol?server=file%3A%2F%2Fetc&code=1",
        ] {
            assert!(EnrolmentLink::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_taken_as_people_type_it() {
        assert_eq!(
            address(" sync.example.com/ ").unwrap(),
            "https://sync.example.com"
        );
        assert_eq!(address("HTTP://10.0.0.1:7878").unwrap(), "http://10.0.0.1:7878");
        for wrong in ["", "https://", "a b", "ftp://x", "https://user@host"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
