use rusqlite::Connection;

use crate::document::Command;
use crate::model::{DocumentId, Kind, Words};
use crate::replica::store::{StoreError, parked as rows};
use crate::wire::Rejection;

/// An operation that waits for the person: what they did, and why it was not accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Parked {
    /// Its number.
    pub id: i64,
    /// The document it was for.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// What the person did; absent when this version of the app does not know the command.
    pub command: Option<Command>,
    /// The command as it was recorded, for an export: the person's own text is in it.
    pub recorded: String,
    /// Why it was not accepted; absent when this version of the app cannot read it.
    pub rejection: Option<Rejection>,
    /// The parked operation that this one needs.
    pub depends_on: Option<i64>,
    /// When the person did it, in milliseconds since 1970.
    pub written_ms: u64,
    /// When it was parked.
    pub parked_ms: u64,
}

impl Parked {
    /// What the person did, by the command's name, for example `move_plan`; empty when it does not read.
    pub fn work(&self) -> String {
        let recorded: Option<serde_json::Value> = serde_json::from_str(&self.recorded).ok();
        let name = recorded
            .as_ref()
            .and_then(|command| command.get("command")?.as_str());
        name.unwrap_or_default().to_owned()
    }

    /// Why it was not accepted and what to do.
    pub fn words(&self) -> Words {
        match &self.rejection {
            Some(rejection) => rejection.suggestion.clone(),
            None => Words::new(
                "This was not accepted. Update the app to read why; your text is kept.",
                "此项未被接受。请更新应用以查看原因；您的内容已保留。",
            ),
        }
    }
}

/// Everything that waits for the person, in the order it was parked.
pub fn parked(conn: &Connection) -> Result<Vec<Parked>, StoreError> {
    let rows = rows::all(conn)?;
    Ok(rows.into_iter().map(Parked::from).collect())
}

impl From<rows::ParkedRow> for Parked {
    fn from(row: rows::ParkedRow) -> Self {
        Self {
            id: row.id,
            document: row.document,
            kind: row.kind,
            command: serde_json::from_str(&row.command).ok(),
            recorded: row.command,
            rejection: serde_json::from_str(&row.rejection).ok(),
            depends_on: row.depends_on,
            written_ms: row.written_ms,
            parked_ms: row.parked_ms,
        }
    }
}
