//! The two streams of a segment: small numbers in one, the bytes of strings in the other. Apart from each
//! other both compress better.

use super::OperationsError;

/// Streams that are being written.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) operations: Vec<u8>,
    pub(super) strings: Vec<u8>,
}

impl Output {
    /// Writes a byte.
    pub(super) fn byte(&mut self, byte: u8) {
        self.operations.push(byte);
    }

    /// Writes an unsigned number, seven bits a byte, the lowest first.
    pub(super) fn unsigned(&mut self, number: u64) {
        varint(&mut self.operations, number);
    }

    /// Writes a signed number, small ones of both signs in few bytes.
    pub(super) fn signed(&mut self, number: i64) {
        self.unsigned((number.wrapping_shl(1) ^ (number >> 63)) as u64);
    }

    /// The segment: length of the first stream, first stream, second stream.
    pub(super) fn into_segment(self) -> Vec<u8> {
        let mut segment = Vec::with_capacity(self.operations.len() + self.strings.len() + 5);
        varint(&mut segment, self.operations.len() as u64);
        segment.extend(self.operations);
        segment.extend(self.strings);
        segment
    }
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Streams that are being read.
#[derive(Clone, Debug)]
pub(super) struct Input<'a> {
    operations: &'a [u8],
    strings: &'a [u8],
}

impl<'a> Input<'a> {
    /// Splits a segment into its streams.
    pub(super) fn open(segment: &'a [u8]) -> Result<Self, OperationsError> {
        let mut whole = Self {
            operations: segment,
            strings: &[],
        };
        let length = whole.count()?;
        match whole.operations.split_at_checked(length) {
            Some((operations, strings)) => Ok(Self { operations, strings }),
            None => Err(OperationsError::Truncated("the operations")),
        }
    }

    /// Reads a byte.
    pub(super) fn byte(&mut self) -> Result<u8, OperationsError> {
        let (byte, rest) = self
            .operations
            .split_first()
            .ok_or(OperationsError::Truncated("a number"))?;
        self.operations = rest;
        Ok(*byte)
    }

    /// Reads an unsigned number of at most 64 bits.
    pub(super) fn unsigned(&mut self) -> Result<u64, OperationsError> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                break;
            }
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(OperationsError::Malformed("a number of more than 64 bits"))
    }

    /// Reads a signed number.
    pub(super) fn signed(&mut self) -> Result<i64, OperationsError> {
        let number = self.unsigned()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// Reads a count or length.
    pub(super) fn count(&mut self) -> Result<usize, OperationsError> {
        usize::try_from(self.unsigned()?).map_err(|_| OperationsError::Truncated("what was counted"))
    }

    /// Takes bytes from the second stream.
    pub(super) fn bytes(&mut self, length: usize) -> Result<&'a [u8], OperationsError> {
        let (bytes, rest) = self
            .strings
            .split_at_checked(length)
            .ok_or(OperationsError::Truncated("a string"))?;
        self.strings = rest;
        Ok(bytes)
    }

    /// Takes a fixed number of bytes from the second stream.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], OperationsError> {
        self.bytes(N)?
            .try_into()
            .map_err(|_| OperationsError::Truncated("a string"))
    }

    /// Takes a string of this many bytes from the second stream.
    pub(super) fn string(&mut self, length: usize) -> Result<&'a str, OperationsError> {
        std::str::from_utf8(self.bytes(length)?)
            .map_err(|_| OperationsError::Malformed("a string is not UTF-8"))
    }

    /// How many bytes are left in both streams.
    pub(super) fn left(&self) -> usize {
        self.operations.len() + self.strings.len()
    }
}
