use std::io::{Error, ErrorKind, Read, Result, Write};

use minicbor::{Decode, Encode};

/// The longest frame, in bytes; a document with all its operations is far below.
const LONGEST: usize = 256 << 20;

/// Writes one item behind its length in four bytes.
pub(super) fn write(output: &mut impl Write, item: &impl Encode<()>) -> Result<()> {
    let bytes =
        minicbor::to_vec(item).map_err(|error| Error::new(ErrorKind::InvalidData, error.to_string()))?;
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    output.write_all(&length.to_be_bytes())?;
    output.write_all(&bytes)?;
    output.flush()
}

/// Reads one item; `None` at the end.
pub(super) fn read<T: for<'b> Decode<'b, ()>>(input: &mut impl Read) -> Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Err(Error::new(
            ErrorKind::InvalidData,
            format!("a frame of {length} bytes"),
        ));
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    let item = minicbor::decode(&bytes);
    item.map(Some)
        .map_err(|error| Error::new(ErrorKind::InvalidData, error.to_string()))
}
