//! A server that goes on from a backup: what its phones' receipts vouched for beyond the backup is explained by a signed
//! record, and by nothing else.

use std::path::Path;

use fieldbook_core::replica::Head;
use fieldbook_server::audit::{Audit, verify};
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, Options, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};
use rusqlite::{Connection, params};
use tempfile::TempDir;

const OPTIONS: Options = Options {
    durable: false,
    inline: true,
};

/// A day with a backup in its middle; the receipts of before it and of after it.
struct Day {
    folder: TempDir,
    early: Vec<Head>,
    late: Vec<Head>,
}

fn day() -> Outcome<Day> {
    let folder = TempDir::new()?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    let heads = |team: &Team| -> Outcome<Vec<Head>> {
        let mut heads = team.phone("Dana").heads()?;
        heads.extend(team.phone("Grace").heads()?);
        Ok(heads)
    };
    let early = heads(&team)?;
    backup::copy(&data, &folder.path().join("noon.backup"))?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(5))?;
    team.sync("Grace", &minute(6))?;
    team.phone("Grace")
        .move_visit(&minute(7), visit, minute(90).at, None)?;
    team.sync("Grace", &minute(8))?;
    let all = heads(&team)?;
    let late = all.into_iter().filter(|head| !early.contains(head)).collect();
    Ok(Day { folder, early, late })
}

impl Day {
    /// The backup in a folder of its own, restored as the command does it or only put there, and changed.
    fn audit(&self, restores: bool, heads: &[Head], change: &[&str]) -> Outcome<Audit> {
        let folder = TempDir::new()?;
        let file = folder.path().join(FILE);
        std::fs::copy(self.folder.path().join("noon.backup"), &file)?;
        if restores {
            let store = SqliteStore::open(folder.path(), OPTIONS)?;
            store.write(|writer| begin_epoch(writer, minute(60).unix_ms(), 0))?;
        }
        for sql in change {
            Connection::open(&file)?.execute(sql, params![])?;
        }
        Self::verify(folder.path(), heads)
    }

    fn verify(folder: &Path, heads: &[Head]) -> Outcome<Audit> {
        let store = SqliteStore::open_read_only(folder)?;
        Ok(store.read(|reader| verify(reader, heads))?)
    }

    fn all(&self) -> Vec<Head> {
        [self.early.clone(), self.late.clone()].concat()
    }
}

#[test]
fn a_restore_explains_what_it_lost_and_nothing_that_the_backup_had() -> Outcome<()> {
    let day = day()?;
    assert!(!day.early.is_empty() && !day.late.is_empty());
    let before = day.audit(true, &day.early, &[])?;
    assert_eq!(
        (before.findings.as_slice(), before.notes.as_slice()),
        (&[][..], &[][..])
    );
    let whole = day.audit(true, &day.all(), &[])?;
    assert_eq!(whole.findings, []);
    assert!(whole.notes.len() >= day.late.len(), "{:?}", whole.notes);
    for note in &whole.notes {
        assert!(note.contains("the restore of 2026-11-24 02:00 UTC"), "{note}");
    }
    // What was edited in what the backup had is found all the same.
    let edited = "UPDATE segment SET received_ms = received_ms + 1 WHERE sequence = 1";
    assert!(!day.audit(true, &day.all(), &[edited])?.findings.is_empty());
    Ok(())
}

#[test]
fn an_old_file_that_was_only_put_back_is_a_log_that_was_cut() -> Outcome<()> {
    let day = day()?;
    let audit = day.audit(false, &day.all(), &[])?;
    assert!(audit.notes.is_empty());
    let cut = audit
        .findings
        .iter()
        .filter(|finding| finding.what.contains("was cut"));
    assert!(cut.count() >= day.late.len(), "{:?}", audit.findings);
    Ok(())
}

#[test]
fn a_restore_that_the_server_did_not_sign_explains_nothing() -> Outcome<()> {
    let day = day()?;
    // Somebody without the server's key says that the backup had ended earlier, or that it was of another day.
    for (key, value) in [
        ("$.restored.at_ms", "7"),
        ("$.restored.before", "3"),
        ("$.restored.log.number", "0"),
    ] {
        let sql = format!(
            "UPDATE ruling SET json = json_set(json, '{key}', {value}) WHERE json LIKE '%\"restored\"%'"
        );
        let audit = day.audit(true, &day.all(), &[&sql])?;
        let said: Vec<&str> = audit
            .findings
            .iter()
            .map(|finding| finding.what.as_str())
            .collect();
        assert!(said.iter().any(|what| what.contains("did not sign")), "{said:?}");
        assert!(said.iter().any(|what| what.contains("was cut")), "{said:?}");
    }
    Ok(())
}
