//! Whatever somebody changes in the server's database, an audit says so and names the row.

use fieldbook_server::audit::Log;
use fieldbook_server::store::sqlite::FILE;
use fieldbook_tests::audited::{day, link_rulings};
use fieldbook_tests::process::Outcome;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use tempfile::TempDir;

#[test]
fn an_honest_day_has_no_findings_and_the_receipts_hold() -> Outcome<()> {
    let day = day()?;
    let audit = day.audit(&day.heads, |_| Ok(()))?.ok_or("nothing was changed")?;
    assert_eq!(audit.findings, [], "{audit:?}");
    assert!(audit.rulings >= 2, "{audit:?}");
    assert!(
        audit.signatures >= 4 && audit.segments > 8 && audit.heads >= 4,
        "{audit:?}"
    );
    Ok(())
}

/// Every table that the audit answers for, the columns that name a row, and those that are nobody's evidence.
const TABLES: [(&str, &[&str]); 6] = [
    ("ruling", &[]),
    // The number of a row is SQLite's own.
    ("segment", &["number"]),
    ("upload", &[]),
    ("document", &[]),
    ("origin", &[]),
    // Names, policies and what is due when are no evidence.
    (
        "tenant",
        &[
            "number",
            "name",
            "policy",
            "reference_version",
            "ruled_version",
            "rule_again_ms",
        ],
    ),
];

/// Another value of the same type and length.
fn other(value: Value) -> Value {
    match value {
        Value::Null => Value::Integer(1),
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Real(number) => Value::Real(number + 1.0),
        Value::Text(text) => Value::Text(text + " "),
        Value::Blob(mut bytes) => {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            Value::Blob(bytes)
        }
    }
}

fn columns(connection: &Connection, table: &str) -> Outcome<Vec<String>> {
    let statement = connection.prepare(&format!("SELECT * FROM {table} LIMIT 0"))?;
    let names = statement.column_names().map(str::to_owned).collect();
    Ok(names)
}

/// The primary key's columns, to find one row.
fn key(connection: &Connection, table: &str) -> Outcome<Vec<String>> {
    let mut statement = connection.prepare(&format!(
        "SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"
    ))?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The keys of all rows, in order.
fn rows(connection: &Connection, table: &str) -> Outcome<Vec<Vec<Value>>> {
    let key = key(connection, table)?;
    let list = key.join(", ");
    let mut statement = connection.prepare(&format!("SELECT {list} FROM {table} ORDER BY {list}"))?;
    let rows = statement.query_map([], |row| (0..key.len()).map(|at| row.get(at)).collect())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn condition(key: &[String]) -> String {
    let parts: Vec<String> = (1..)
        .zip(key)
        .map(|(at, name)| format!("{name} = ?{at}"))
        .collect();
    parts.join(" AND ")
}

#[test]
fn every_edit_and_every_missing_row_is_found() -> Outcome<()> {
    let day = day()?;
    let folder = TempDir::new()?;
    std::fs::write(folder.path().join(FILE), &day.database)?;
    let original = Connection::open(folder.path().join(FILE))?;
    let (mut edits, mut deletions) = (0, 0);
    for (table, exempt) in TABLES {
        let (names, key) = (columns(&original, table)?, key(&original, table)?);
        for row in rows(&original, table)? {
            let place = condition(&key);
            for name in names.iter().filter(|name| !exempt.contains(&name.as_str())) {
                let value: Value = original.query_row(
                    &format!("SELECT {name} FROM {table} WHERE {place}"),
                    rusqlite::params_from_iter(&row),
                    |row| row.get(0),
                )?;
                let changed = other(value);
                let audit = day.audit(&[], |connection| {
                    let sql = format!("UPDATE {table} SET {name} = ?{} WHERE {place}", row.len() + 1);
                    let values = row.iter().chain([&changed]);
                    assert_eq!(connection.execute(&sql, rusqlite::params_from_iter(values))?, 1);
                    Ok(())
                })?;
                let Some(audit) = audit else { continue };
                edits += 1;
                assert!(
                    !audit.findings.is_empty(),
                    "{table}.{name} of {row:?} was changed unseen"
                );
            }
            let audit = day.audit(&[], |connection| {
                let sql = format!("DELETE FROM {table} WHERE {place}");
                connection
                    .execute(&sql, rusqlite::params_from_iter(&row))
                    .map(|_| ())
            })?;
            // Without its organisation nothing is left to look at; the receipts of the phones miss it.
            let audit = match table {
                "tenant" => day.audit(&day.heads, |connection| {
                    connection.execute("DELETE FROM tenant", []).map(|_| ())
                })?,
                _ => audit,
            };
            let audit = audit.ok_or("a row could not be deleted")?;
            deletions += 1;
            assert!(!audit.findings.is_empty(), "{table} {row:?} was deleted unseen");
        }
    }
    assert!(
        edits > 150 && deletions > 20,
        "{edits} edits, {deletions} deletions"
    );
    Ok(())
}

#[test]
fn rows_in_another_order_are_found() -> Outcome<()> {
    let day = day()?;
    for (table, number) in [
        ("ruling", "number"),
        ("segment", "sequence"),
        ("upload", "number"),
    ] {
        let audit = day.audit(&[], |connection| {
            for (from, to) in [(1, 1_000_001), (2, 1), (1_000_001, 2)] {
                connection.execute(
                    &format!("UPDATE {table} SET {number} = ?2 WHERE {number} = ?1"),
                    params![from, to],
                )?;
            }
            Ok(())
        })?;
        let audit = audit.ok_or("the rows could not be swapped")?;
        assert!(!audit.findings.is_empty(), "{table}");
        let sql = format!("INSERT INTO {table} SELECT * FROM {table} WHERE {number} = 1");
        let twice = day.audit(&[], |connection| connection.execute(&sql, []).map(|_| ()))?;
        assert!(twice.is_none(), "a row of {table} cannot be there twice");
    }
    Ok(())
}

#[test]
fn a_log_whose_end_is_cut_off_is_found() -> Outcome<()> {
    let day = day()?;
    for (table, number) in [("ruling", "number"), ("segment", "sequence")] {
        let sql = format!("DELETE FROM {table} WHERE {number} = (SELECT max({number}) FROM {table})");
        let cut = day.audit(&[], |connection| connection.execute(&sql, []).map(|_| ()))?;
        assert!(!cut.ok_or("not cut")?.findings.is_empty(), "{table}");
    }
    // Somebody who sets the organisation's row right, too, is betrayed by the documents, and by the receipts.
    let cleverly = |connection: &Connection| {
        connection.execute_batch(
            "DELETE FROM ruling WHERE number = (SELECT max(number) FROM ruling);
             UPDATE tenant SET ruling = ruling - 1,
                 ruling_hash = (SELECT hash FROM ruling ORDER BY number DESC LIMIT 1);",
        )
    };
    let audit = day.audit(&[], cleverly)?.ok_or("not cut")?;
    assert!(
        audit.findings.iter().all(|it| it.log == Log::Rulings) && audit.findings.len() == 1,
        "{audit:?}"
    );
    let audit = day.audit(&day.heads, cleverly)?.ok_or("not cut")?;
    let by_heads = audit.findings.iter().filter(|it| it.log == Log::Heads);
    let by_heads: Vec<_> = by_heads.collect();
    assert!(
        by_heads
            .iter()
            .all(|it| it.what.contains("log of rulings was cut: it ended at row")),
        "{audit:?}"
    );
    assert!(!by_heads.is_empty());
    Ok(())
}

/// Somebody with the whole database writes a ruling in other letters, and all hashes after it.
fn rewrite_rulings(connection: &Connection) -> rusqlite::Result<()> {
    let changed = connection.execute("UPDATE ruling SET json = json || ' ' WHERE number = 1", [])?;
    assert_eq!(changed, 1);
    link_rulings(connection)
}

#[test]
fn a_log_that_was_written_anew_with_all_its_hashes_is_betrayed_by_the_receipts() -> Outcome<()> {
    let day = day()?;
    assert_eq!(
        day.audit(&[], rewrite_rulings)?.ok_or("not written")?.findings,
        []
    );
    let audit = day.audit(&day.heads, rewrite_rulings)?.ok_or("not written")?;
    assert!(!audit.findings.is_empty());
    for finding in &audit.findings {
        assert!(
            finding.what.contains("log of rulings was written anew"),
            "{finding}"
        );
    }
    Ok(())
}

#[test]
fn a_receipt_that_was_made_up_or_is_of_another_server_is_named() -> Outcome<()> {
    let day = day()?;
    let mut made_up = day.heads[0].clone();
    made_up.receipt.stored += 1;
    let mut stranger = day.heads[0].clone();
    stranger.server = fieldbook_core::model::ServerId(uuid::Uuid::from_u128(7));
    let audit = day
        .audit(&[made_up, stranger], |_| Ok(()))?
        .ok_or("nothing was changed")?;
    let said: Vec<&str> = audit
        .findings
        .iter()
        .map(|finding| finding.what.as_str())
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("did not sign it") && said[1].contains("it is of server"),
        "{said:?}"
    );
    Ok(())
}
