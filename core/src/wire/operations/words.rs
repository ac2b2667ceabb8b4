use uuid::Uuid;

/// The string values that every reader knows, by number from 0. Part of the protocol: append only, with a new
/// version of the protocol.
#[rustfmt::skip]
pub(super) const WORDS: [&str; 32] = [
    "customer", "visit", "check_in", "activity", "approval", "started", "finished", "cancelled",
    "in", "out", "cancel", "gps", "network", "fused", "manual", "inside",
    "outside", "uncertain", "unknown", "expense", "CNY", "approve", "reject", "return",
    "store-visit@1", "stock", "display", "order", "promotion", "competitor", "EUR", "USD",
];

/// The number of a known word.
pub(super) fn number_of(text: &str) -> Option<u64> {
    (text.len() <= 16)
        .then(|| WORDS.iter().position(|word| *word == text))?
        .map(|at| at as u64)
}

/// The UUID that prints exactly like this text: lower case, with hyphens.
pub(super) fn exact_uuid(text: &str) -> Option<Uuid> {
    if text.len() != 36 {
        return None;
    }
    let uuid = Uuid::try_parse(text).ok()?;
    let mut printed = Uuid::encode_buffer();
    (uuid.hyphenated().encode_lower(&mut printed) == text).then_some(uuid)
}

/// The 16 bytes whose lower-case hexadecimal digits are exactly this text, such as the hash of a revision.
pub(super) fn exact_hex(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let is_lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let packs = text.len() == 32 && text.bytes().all(is_lower);
    (packs && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}
