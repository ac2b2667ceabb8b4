use super::history::Shelf;
use super::{Failure, Property};

/// Whatever phones sent, nobody but the server has written what only the server may decide.
pub(super) fn only_by_the_server(shelf: &Shelf) -> Result<(), Failure> {
    for (document, history) in &shelf.documents {
        let foreign = history
            .rulings
            .iter()
            .find(|(origin, _)| origin.public_key != shelf.server_key);
        if let Some((origin, path)) = foreign {
            let detail = format!(
                "{} {document}: {path} was written by {}",
                history.kind,
                hex::encode(&origin.public_key[..4])
            );
            return Err(Failure::new(Property::OnlyServerRules, detail));
        }
    }
    Ok(())
}
