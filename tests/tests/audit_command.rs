//! `fieldbook audit verify` as an operator runs it: a process, a folder, an exit code, and words that name the row.

use std::path::Path;
use std::process::{Command, Output};

use fieldbook_core::replica::Head;
use fieldbook_server::store::sqlite::FILE;
use fieldbook_tests::audited::{Day, day, link_rulings};
use fieldbook_tests::process::Outcome;
use rusqlite::Connection;
use tempfile::TempDir;

/// Somebody's hand in the database.
type Change = fn(&Connection) -> rusqlite::Result<()>;

fn verify(folder: &Path, arguments: &[&str]) -> Outcome<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kill"));
    let command = command.args(["as-server", "audit", "verify", "--data", "data"]);
    Ok(command.args(arguments).current_dir(folder).output()?)
}

/// A data folder with this day in it, changed by somebody.
fn folder(day: &Day, change: Option<Change>) -> Outcome<TempDir> {
    let folder = TempDir::new()?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    std::fs::write(data.join(FILE), &day.database)?;
    if let Some(change) = change {
        let connection = Connection::open(data.join(FILE))?;
        connection.pragma_update(None, "foreign_keys", false)?;
        change(&connection)?;
    }
    Ok(folder)
}

/// What it says of a folder with which nothing is wrong.
fn clean(folder: &Path, arguments: &[&str]) -> Outcome<String> {
    let output = verify(folder, arguments)?;
    let error = String::from_utf8(output.stderr)?;
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""));
    Ok(String::from_utf8(output.stdout)?)
}

/// What it says of another.
fn found(folder: &Path, arguments: &[&str]) -> Outcome<String> {
    let output = verify(folder, arguments)?;
    let error = String::from_utf8(output.stderr)?;
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        output.stdout.is_empty(),
        "whoever reads only that must not be misled"
    );
    Ok(error)
}

fn heads(folder: &Path, heads: &[Head]) -> Outcome<()> {
    let lines: Result<Vec<String>, _> = heads.iter().map(serde_json::to_string).collect();
    Ok(std::fs::write(
        folder.join("heads.jsonl"),
        lines?.join("\n") + "\n",
    )?)
}

#[test]
fn a_clean_folder_is_as_it_was_written_and_stays_so() -> Outcome<()> {
    let day = day()?;
    let folder = folder(&day, None)?;
    let said = clean(folder.path(), &[])?;
    assert!(
        said.contains("all is as it was written: ") && said.contains(" 0 receipts checked"),
        "{said}"
    );
    heads(folder.path(), &day.heads)?;
    let said = clean(folder.path(), &["--heads", "heads.jsonl"])?;
    assert!(
        said.contains(&format!(" {} receipts checked", day.heads.len())),
        "{said}"
    );
    let now = std::fs::read(folder.path().join("data").join(FILE))?;
    assert!(now == day.database, "an audit changes nothing");
    Ok(())
}

#[test]
fn an_edited_a_deleted_a_moved_and_a_missing_row_are_named() -> Outcome<()> {
    let day = day()?;
    let changes: [(&str, &str, Change); 6] = [
        ("edited", "rulings, row 2:", |connection| {
            let sql = "UPDATE ruling SET json = replace(json, '2026', '2025') WHERE number = 2";
            connection.execute(sql, []).map(|_| ())
        }),
        (
            "deleted",
            "rulings, row 3: row 2 is missing before it",
            |connection| {
                connection
                    .execute("DELETE FROM ruling WHERE number = 2", [])
                    .map(|_| ())
            },
        ),
        ("moved", "rulings, row 2:", |connection| {
            connection.execute_batch(
                "UPDATE ruling SET number = 1000 WHERE number = 2;
                 UPDATE ruling SET number = 2 WHERE number = 3;
                 UPDATE ruling SET number = 3 WHERE number = 1000;",
            )
        }),
        (
            "cut",
            "ends here, and the organisation's row says",
            |connection| {
                let sql = "DELETE FROM ruling WHERE number = (SELECT max(number) FROM ruling)";
                connection.execute(sql, []).map(|_| ())
            },
        ),
        (
            "cut and hidden",
            "and the log of rulings does not",
            |connection| {
                connection.execute("DELETE FROM ruling WHERE number > 2", [])?;
                link_rulings(connection)
            },
        ),
        ("an operation", "log, row 4:", |connection| {
            let sql = "UPDATE segment SET received_ms = received_ms + 1 WHERE sequence = 4";
            connection.execute(sql, []).map(|_| ())
        }),
    ];
    for (name, says, change) in changes {
        let folder = folder(&day, Some(change))?;
        let said = found(folder.path(), &[])?;
        assert!(
            said.contains("the audit found what is not as it was written"),
            "{said}"
        );
        assert!(
            said.contains("\"Sunrise\", ") && said.contains(says),
            "{name}: {said}"
        );
    }
    Ok(())
}

#[test]
fn what_a_phone_brought_back_is_held_against_the_logs() -> Outcome<()> {
    let day = day()?;
    let cut: Change = |connection| {
        connection.execute("DELETE FROM ruling WHERE number > 2", [])?;
        link_rulings(connection)
    };
    let folder = folder(&day, Some(cut))?;
    heads(folder.path(), &day.heads)?;
    let said = found(folder.path(), &["--heads", "heads.jsonl"])?;
    assert!(
        said.contains("receipts, line ") && said.contains("the log of rulings was cut"),
        "{said}"
    );
    std::fs::write(folder.path().join("heads.jsonl"), "\n{\"server\": 7}\n")?;
    let said = found(folder.path(), &["--heads", "heads.jsonl"])?;
    assert!(said.contains("heads.jsonl: line 2 is not a receipt"), "{said}");
    let said = found(folder.path(), &["--heads", "nothing.jsonl"])?;
    assert!(said.contains("nothing.jsonl: "), "{said}");
    Ok(())
}

#[test]
fn a_folder_without_a_server_is_no_clean_folder() -> Outcome<()> {
    let folder = TempDir::new()?;
    let said = found(folder.path(), &[])?;
    assert!(said.contains("data"), "{said}");
    Ok(())
}
