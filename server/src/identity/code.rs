use std::fmt;
use std::str::FromStr;

use fieldbook_core::model::{PersonId, TenantId};
use sha2::{Digest, Sha256};

use super::IdentityError;
use crate::store::{CodeRow, Result, Writer};

/// How long an enrolment code works, in milliseconds.
pub const CODE_LIFETIME_MS: u64 = 7 * 24 * 3600 * 1000;

/// Digits and capitals without I, L, O and U: no two look alike, and no word arises.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// A one-time enrolment code, shown as two groups of four: `7K3M-Q8RT`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// Draws a new one: 40 bits.
    pub fn generate(rng: &mut impl rand::Rng) -> Self {
        let mut code = [0u8; LENGTH];
        rng.fill_bytes(&mut code);
        // 256 is a multiple of 32: every letter is equally likely.
        Self(code.map(|byte| ALPHABET[usize::from(byte) % ALPHABET.len()]))
    }

    /// What is stored of it.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(b"fieldbook enrolment code v1");
        hash.update(self.0);
        hash.finalize().into()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.iter().enumerate() {
            if at == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl FromStr for Code {
    type Err = IdentityError;

    /// Reads what a person typed: small letters, spaces, missing hyphens and the usual confusions are fine.
    fn from_str(text: &str) -> std::result::Result<Self, IdentityError> {
        let mut code = [0u8; LENGTH];
        let mut length = 0;
        for letter in text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
        {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = u8::try_from(letter).ok().filter(|byte| ALPHABET.contains(byte));
            let (Some(byte), Some(place)) = (known, code.get_mut(length)) else {
                return Err(IdentityError::UnknownCode);
            };
            *place = byte;
            length += 1;
        }
        if length == LENGTH {
            Ok(Self(code))
        } else {
            Err(IdentityError::UnknownCode)
        }
    }
}

/// Makes a code that signs one phone of this person in, once, within [`CODE_LIFETIME_MS`].
///
/// # Errors
/// When the person does not exist or the store refuses.
pub fn issue_code(
    writer: &mut dyn Writer,
    tenant: TenantId,
    person: PersonId,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Code> {
    let code = Code::generate(rng);
    let row = CodeRow {
        tenant,
        person,
        expires_ms: now_ms + CODE_LIFETIME_MS,
        used_ms: None,
        used_by: None,
    };
    writer.add_code(&code.hash(), &row)?;
    Ok(code)
}

/// The link that a phone opens (or scans) to enrol.
pub fn enrolment_link(server_url: &str, code: &Code) -> String {
    let mut encoded = String::with_capacity(server_url.len());
    for byte in server_url.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    format!("fieldbook://enrol?server={encoded}&code={code}")
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::generate(&mut ChaCha8Rng::seed_from_u64(7));
        let shown = code.to_string();
        assert_eq!(shown.len(), 9);
        assert_eq!(shown.parse::<Code>().unwrap(), code);
        let typed = format!(" {} ", shown.to_lowercase().replace('-', " "));
        assert_eq!(typed.parse::<Code>().unwrap(), code);
        assert_eq!("o0i1-lzzz".parse::<Code>().unwrap().to_string(), "0011-1ZZZ");
        for wrong in ["", "1234-567", "1234-5678-9", "1234-567U", "1234-56七8"] {
            assert_eq!(wrong.parse::<Code>(), Err(IdentityError::UnknownCode), "{wrong}");
        }
    }

    #[test]
    fn a_link_carries_any_address() {
        let code: Code = "7K3M-Q8RT".parse().unwrap();
        assert_eq!(
            enrolment_link("https://sync.example.com:8443/a b?x=1&y", &code),
            "fieldbook://enrol?server=https%3A%2F%2Fsync.example.com%3A8443%2Fa%20b%3Fx%3D1%26y&code=7K3M-Q8RT"
        );
    }
}
