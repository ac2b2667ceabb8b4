//! A small day of a server, whose database somebody changes before it is audited.

use std::path::Path;

use chrono::NaiveDate;
use fieldbook_core::document::command::Decision;
use fieldbook_core::replica::{Head, NewExpenseLine};
use fieldbook_server::audit::{Audit, Finding, Log, verify};
use fieldbook_server::store::sqlite::{FILE, Options};
use fieldbook_server::store::{SqliteStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::process::Outcome;
use crate::stories::{Team, minute};

/// A server's database after a small day, and the receipts that the phones hold of it.
#[derive(Debug)]
pub struct Day {
    /// The file.
    pub database: Vec<u8>,
    /// The receipts.
    pub heads: Vec<Head>,
}

/// Two expenses are decided, an answer is lost, a refused operation follows an accepted one. Dana asks for another grade, and
/// stands in the shop already when Grace calls the visit off.
///
/// # Errors
/// When the store or a phone refuses.
pub fn day() -> Outcome<Day> {
    let folder = TempDir::new()?;
    let options = Options {
        durable: false,
        inline: true,
    };
    let mut team = Team::on(SqliteStore::create(folder.path(), options)?)?;
    let mut rng = ChaCha20Rng::seed_from_u64(99);
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    let mut expenses = Vec::new();
    for (at, title) in [(1, "Lunch"), (2, "Taxi")] {
        let dana = team.phone("Dana");
        let expense = dana.draft_expense(&minute(at), &mut rng, title, "CNY".parse()?, None, None)?;
        let line = NewExpenseLine {
            date: NaiveDate::from_ymd_opt(2026, 11, 24).ok_or("no such day")?,
            category: "meals".to_owned(),
            amount: "12.50".to_owned(),
            note: None,
            receipt: None,
            photo: None,
        };
        dana.add_expense_line(&minute(at), expense, line)?;
        expenses.push((expense, dana.submit(&minute(at), expense)?));
    }
    team.sync("Dana", &minute(4))?;
    // An answer is lost, and the next request repeats what is stored.
    team.phone("Dana").set_tag(&minute(5), shop, "market", true)?;
    let (_, body) = team.request("Dana")?;
    team.deliver("Dana", &body, &minute(5))?;
    team.phone("Dana").set_tag(&minute(6), shop, "corner", true)?;
    team.sync("Dana", &minute(6))?;
    team.sync("Grace", &minute(7))?;
    for (expense, revision) in &expenses {
        team.phone("Grace")
            .decide(&minute(8), *expense, revision, Decision::Approve, None)?;
        team.sync("Grace", &minute(9))?;
    }
    let why = Some("in the basement".to_owned());
    team.phone("Dana")
        .start_visit(&minute(10), &mut rng, visit, None, why)?;
    team.phone("Dana").ask_grade(&minute(10), shop, "A", None)?;
    let closed = "the shop is closed today".to_owned();
    team.phone("Grace")
        .cancel_visit(&minute(11), &mut rng, visit, closed, None)?;
    for name in ["Grace", "Dana", "Grace"] {
        team.sync(name, &minute(12))?;
    }
    let mut heads = Vec::new();
    for name in ["Dana", "Grace"] {
        let delivery = team.phone(name).receipt()?;
        assert!(delivery.all_on_server(), "{name}: {delivery:?}");
        heads.extend(team.phone(name).heads()?);
    }
    drop(team);
    let file = folder.path().join(FILE);
    Connection::open(&file)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(Day {
        database: std::fs::read(file)?,
        heads,
    })
}

impl Day {
    /// What an audit finds in a copy that somebody changed. `None` when the database did not let them.
    ///
    /// # Errors
    /// When the copy cannot be made or opened.
    pub fn audit(
        &self,
        heads: &[Head],
        change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Outcome<Option<Audit>> {
        let folder = TempDir::new()?;
        let file = folder.path().join(FILE);
        std::fs::write(&file, &self.database)?;
        let connection = Connection::open(&file)?;
        connection.pragma_update(None, "foreign_keys", false)?;
        if let Err(error) = change(&connection) {
            assert!(error.sqlite_error().is_some(), "{error}");
            return Ok(None);
        }
        drop(connection);
        self.look(folder.path(), heads).map(Some)
    }

    fn look(&self, folder: &Path, heads: &[Head]) -> Outcome<Audit> {
        let store = SqliteStore::open_read_only(folder)?;
        // What does not even open or read is as good as a finding.
        Ok(store
            .read(|reader| verify(reader, heads))
            .unwrap_or_else(|error| Audit {
                findings: vec![Finding {
                    organisation: String::new(),
                    log: Log::Operations,
                    number: 0,
                    what: error.to_string(),
                }],
                ..Audit::default()
            }))
    }
}

/// Makes all hashes of the ruling log anew, and the organisation's row with them, as somebody with the whole database can.
///
/// # Errors
/// Those of the database.
pub fn link_rulings(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("SELECT number, document, at_ms, json FROM ruling ORDER BY number")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let rows: Vec<(i64, Vec<u8>, i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let (mut last, mut before) = (0, vec![0u8; 32]);
    for (number, document, at_ms, json) in rows {
        let mut hash = Sha256::new_with_prefix(&before);
        hash.update(number.to_be_bytes());
        hash.update(document);
        hash.update(at_ms.to_be_bytes());
        hash.update(json);
        (last, before) = (number, hash.finalize().to_vec());
        connection.execute(
            "UPDATE ruling SET hash = ?2 WHERE number = ?1",
            params![number, before],
        )?;
    }
    connection
        .execute(
            "UPDATE tenant SET ruling = ?1, ruling_hash = ?2",
            params![last, before],
        )
        .map(|_| ())
}
