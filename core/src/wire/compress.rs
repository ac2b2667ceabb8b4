use std::io::Read;

/// The largest body a request may have, compressed, in bytes.
pub const MAX_BODY: usize = 1 << 20;
/// The largest body after inflating, in bytes: a bomb stops here.
pub const MAX_INFLATED: usize = 16 << 20;

/// Why a body could not be inflated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompressError {
    /// The frame is damaged or cut off.
    #[error("the body is not a whole zstd frame: {0}")]
    Damaged(String),
    /// The content is larger than the limit.
    #[error("the body inflates to more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

/// The level of a phone's upload: a tenth smaller than the level of an answer, for some milliseconds of the phone's.
pub const UPLOAD_LEVEL: i32 = 15;
/// The level of a server's answer: a fresh phone's territory is a fourteenth smaller than at level 3, and the short answers of
/// a day cost the same.
pub const ANSWER_LEVEL: i32 = 9;

/// Compresses a body with zstd at a level.
pub fn deflate(bytes: &[u8], level: i32) -> Vec<u8> {
    // Compression into memory only fails for invalid levels; an empty body is refused by the other side.
    zstd::bulk::compress(bytes, level).unwrap_or_default()
}

/// Inflates a body of at most `limit` bytes of content.
///
/// # Errors
/// A damaged or truncated frame, or content over the limit. No more than `limit` bytes are ever held.
pub fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, CompressError> {
    let damaged = |error: std::io::Error| CompressError::Damaged(error.to_string());
    let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(damaged)?;
    // A window over 8 MiB is never needed and would let a stranger choose our memory.
    decoder.window_log_max(23).map_err(damaged)?;
    let mut inflated = Vec::new();
    decoder
        .take(limit as u64 + 1)
        .read_to_end(&mut inflated)
        .map_err(damaged)?;
    if inflated.len() > limit {
        return Err(CompressError::TooLarge { limit });
    }
    Ok(inflated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_survives_the_way() {
        let body: Vec<u8> = (0..10_000u32).flat_map(u32::to_le_bytes).collect();
        assert_eq!(
            inflate(&deflate(&body, ANSWER_LEVEL), MAX_INFLATED).unwrap(),
            body
        );
    }

    #[test]
    fn a_cut_body_is_damaged_and_a_bomb_is_too_large() {
        let body = deflate(&vec![7u8; 4096], UPLOAD_LEVEL);
        assert!(matches!(
            inflate(&body[..body.len() - 2], MAX_INFLATED),
            Err(CompressError::Damaged(_))
        ));
        let bomb = deflate(&vec![0u8; 1 << 20], ANSWER_LEVEL);
        assert_eq!(inflate(&bomb, 1000), Err(CompressError::TooLarge { limit: 1000 }));
    }
}
