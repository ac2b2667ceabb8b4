use fieldbook_core::model::Kind;
use fieldbook_core::wire::{Request, Section};

use crate::simulate::dice::Dice;

/// Changes a few bytes, or loses or doubles a piece.
pub(super) fn spoil(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..dice.between(1, 4) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.index(bytes.len());
        match dice.below(6) {
            0 => bytes.truncate(at),
            1 => {
                let piece = bytes[at..].to_vec();
                bytes.extend(piece);
            }
            2 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][dice.index(5)],
            _ => bytes[at] ^= 1 << dice.below(8),
        }
    }
}

/// Changes what a request says about its operations.
pub(super) fn twist(request: &mut Request, dice: &mut Dice) {
    let documents: Vec<_> = request.upload.iter().map(|section| section.document).collect();
    for section in &mut request.upload {
        match dice.below(8) {
            0 => section.base = [1, 7, u64::from(u32::MAX), u64::MAX][dice.index(4)],
            1 => section.count = [0, 1, section.count.wrapping_add(1), u32::MAX][dice.index(4)],
            2 => section.rebase = u32::try_from(dice.below(3)).unwrap_or(0),
            3 => section.kind = Kind::ALL[dice.index(Kind::ALL.len())],
            4 => section.document = documents[dice.index(documents.len())],
            5 => spoil_operations(section, dice),
            _ => {}
        }
    }
    match dice.below(6) {
        0 => request.upload.extend(request.upload.clone()),
        1 => dice.shuffle(&mut request.upload),
        2 => request.schema = request.schema.wrapping_add(1),
        3 => request.budget = u32::MAX,
        _ => {}
    }
}

fn spoil_operations(section: &mut Section, dice: &mut Dice) {
    let mut bytes = section.operations.to_vec();
    spoil(&mut bytes, dice);
    section.operations = bytes.into();
}
