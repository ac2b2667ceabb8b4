use minicbor::data::Type;
use minicbor::decode::Error;
use minicbor::{Decode, Decoder};

/// Arrays in each other: an envelope has fewer.
const DEPTH: usize = 16;
/// Elements of an array in a request: sections have the highest limit, and what is over it is told in its own words.
const ELEMENTS: u64 = 20_000;

/// Why an envelope does not read.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// It is no CBOR, or another structure.
    #[error("it is not what docs/protocol.md describes: {0}")]
    Malformed(#[from] Error),
    /// There are bytes after it.
    #[error("{0} bytes are left over after it")]
    Trailing(usize),
    /// Arrays or their elements are more than an envelope can have.
    #[error("too much: {what}, at most {limit}")]
    Limit {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// Reads an envelope that a stranger may have made.
///
/// The shape is looked at first: a few bytes of CBOR can stand for structures that cost a reader many times their size,
/// even where it only skips them.
///
/// # Errors
/// See [`EnvelopeError`].
pub fn read_request<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, EnvelopeError> {
    check_shape(bytes)?;
    let mut decoder = Decoder::new(bytes);
    let envelope = decoder.decode()?;
    match bytes.len() - decoder.position() {
        0 => Ok(envelope),
        left => Err(EnvelopeError::Trailing(left)),
    }
}

/// Walks over the first item without building anything. Structures are arrays of a length that is said; maps, tags and
/// lengths that are found out do not occur.
fn check_shape(bytes: &[u8]) -> Result<(), EnvelopeError> {
    let over = |what, limit| Err(EnvelopeError::Limit { what, limit });
    let mut decoder = Decoder::new(bytes);
    // How many elements are left on each level.
    let mut left = [0_u64; DEPTH];
    let mut depth = 0;
    loop {
        match decoder.datatype()? {
            Type::Array => {
                let elements = decoder.array()?.unwrap_or(u64::MAX);
                if elements > ELEMENTS {
                    return over("elements of an array", ELEMENTS);
                }
                if elements > 0 {
                    if depth == DEPTH {
                        return over("arrays in each other", DEPTH as u64);
                    }
                    left[depth] = elements;
                    depth += 1;
                    continue;
                }
            }
            Type::ArrayIndef | Type::MapIndef | Type::BytesIndef | Type::StringIndef => {
                return over("items without a length", 0);
            }
            Type::Map | Type::Tag => return over("maps and tags", 0),
            _ => decoder.skip()?,
        }
        // An item ended, and with it every array whose last element it was.
        while depth > 0 {
            left[depth - 1] -= 1;
            if left[depth - 1] > 0 {
                break;
            }
            depth -= 1;
        }
        if depth == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        match check_shape(bytes) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn shapes_that_no_envelope_has_are_refused_before_they_cost_anything() {
        let nested = |depth: usize| [[0x81].repeat(depth), vec![0]].concat();
        assert_eq!(refused(&nested(16)), "");
        assert!(refused(&nested(17)).contains("arrays in each other"));
        assert!(refused(&nested(1 << 20)).contains("arrays in each other"));
        assert!(refused(&[0x82, 0x9f].repeat(1 << 20)).contains("without a length"));
        assert!(refused(&[0x9b, 0, 0, 0, 1, 0, 0, 0, 0]).contains("elements"));
        assert!(refused(&[0x99, 0x4e, 0x21]).contains("elements"));
        assert!(refused(&[0xa1, 0, 0]).contains("maps"));
        assert!(refused(&[0x82, 0]).contains("end of input"));
        assert_eq!(refused(&[0x83, 0x80, 0x82, 1, 0x80, 0x41, 7]), "");
    }

    #[test]
    fn what_comes_after_an_envelope_is_not_ignored() {
        assert!(matches!(read_request::<Vec<u8>>(&[0x81, 7]), Ok(read) if read == [7]));
        let error = read_request::<Vec<u8>>(&[0x81, 7, 0]).unwrap_err();
        assert!(matches!(error, EnvelopeError::Trailing(1)));
    }
}
