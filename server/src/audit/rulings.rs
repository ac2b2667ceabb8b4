use super::{Log, Office, PAGE};
use crate::store::Result;
use crate::store::chain::ruling_link;

impl Office<'_> {
    /// The log of rulings: numbered without a gap, each row as its hash says, its end where the organisation's row says.
    pub(super) fn rulings(&mut self) -> Result<()> {
        let tenant = self.tenant.id;
        let (mut last, mut before) = (0, [0; 32]);
        loop {
            let rows = self.reader.rulings(tenant, last, PAGE)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.number != last + 1 {
                    let missing = gap(last + 1, row.number - 1);
                    self.find(Log::Rulings, row.number, format!("{missing} missing before it"));
                }
                let hash = ruling_link(&before, row.number, row.document, row.at_ms, &row.json);
                if hash != row.hash {
                    let what = format!(
                        "on document {}: the row, or the one before it, is not the one that its hash was made of",
                        row.document
                    );
                    self.find(Log::Rulings, row.number, what);
                }
                self.restore(&row);
                self.note_ruling(&row);
                (last, before) = (row.number, row.hash);
                self.audit.rulings += 1;
            }
        }
        let head = self.reader.ruling_head(tenant)?;
        if (head.sequence, head.hash) != (last, before) {
            let what = format!(
                "the log ends here, and the organisation's row says that it ends at {} ({}…)",
                head.sequence,
                hex::encode(&head.hash[..8])
            );
            self.find(Log::Rulings, last, what);
        }
        Ok(())
    }
}

/// Which rows are missing.
pub(super) fn gap(first: u64, last: u64) -> String {
    if first == last {
        format!("row {first} is")
    } else {
        format!("rows {first} to {last} are")
    }
}
