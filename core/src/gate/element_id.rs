use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

/// Names a list element by the operation that inserted it: `counter@actor-hex`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub SmolStr);

/// The text is not `counter@actor-hex`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an element id; expected counter@actor-hex")]
pub struct NotAnElementId(pub String);

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ElementId {
    type Err = NotAnElementId;

    fn from_str(text: &str) -> Result<Self, NotAnElementId> {
        let is_counter = |counter: &str| {
            counter
                .parse::<u32>()
                .is_ok_and(|number| number.to_string() == counter)
        };
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match text.split_once('@') {
            Some((counter, actor))
                if is_counter(counter)
                    && !actor.is_empty()
                    && actor.len().is_multiple_of(2)
                    && actor.bytes().all(is_hex) =>
            {
                Ok(Self(SmolStr::new(text)))
            }
            _ => Err(NotAnElementId(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_an_element_id() {
        assert_eq!("12@00ff".parse::<ElementId>().unwrap().to_string(), "12@00ff");
        for wrong in [
            "", "12", "@00", "12@", "12@0", "12@0g", "12@AA", "+12@00", "012@00", "-1@00", "1@00@00",
        ] {
            assert_eq!(
                wrong.parse::<ElementId>(),
                Err(NotAnElementId(wrong.to_owned())),
                "{wrong}"
            );
        }
    }
}
