use serde_json::json;
use uuid::Uuid;

use super::vectors;
use crate::model::{DocumentId, InstallationKey, derive_actor};

#[test]
fn actors_are_derived_as_in_the_vectors() {
    let document = DocumentId(Uuid::from_u128(0x0195_f3a0_7c1e_7a52_9f3b_2c8d_1e4f_5a6b));
    let made: Vec<_> = [
        ([0x11; 32], 0, 0),
        ([0x11; 32], 0, 1),
        ([0x11; 32], 3, 0),
        ([0xee; 32], 0, 0),
    ]
    .map(|(public_key, epoch, rebase)| {
        json!({
            "public_key": hex::encode(public_key),
            "document": document.to_string(),
            "epoch": epoch,
            "rebase": rebase,
            "actor": derive_actor(&InstallationKey { public_key, epoch }, document, rebase).to_hex_string(),
        })
    })
    .into();
    vectors::check("actors.json", &made.into());
}
