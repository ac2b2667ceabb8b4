//! Every ruling stands twice: in the log of rulings and in the document that it was written into. Whoever changes one of them, with
//! all its hashes, is betrayed by the other, without any receipt of a phone.

use fieldbook_server::audit::{Finding, Log};
use fieldbook_tests::audited::{Day, day, link_rulings};
use fieldbook_tests::process::Outcome;
use rusqlite::Connection;

/// The ruling log ends after this row, and the organisation's row says so.
fn cut_behind(connection: &Connection, last: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM ruling WHERE number > ?1", [last])?;
    link_rulings(connection)
}

/// What an audit without receipts finds; the hash chain must not be what betrays it.
fn found(day: &Day, change: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Outcome<Vec<Finding>> {
    let audit = day.audit(&[], change)?.ok_or("nothing was changed")?;
    for finding in &audit.findings {
        assert_eq!(finding.log, Log::Rulings, "{finding}");
        assert!(!finding.what.contains("hash"), "{finding}");
    }
    Ok(audit.findings)
}

fn rows(findings: &[Finding]) -> Vec<i64> {
    let numbers = findings.iter().map(|finding| i64::try_from(finding.number));
    numbers.map(Result::unwrap_or_default).collect()
}

/// How many rulings an honest day has.
fn rulings(day: &Day) -> Outcome<i64> {
    let audit = day.audit(&[], |_| Ok(()))?.ok_or("nothing was changed")?;
    assert_eq!(audit.findings, []);
    assert!(audit.rulings > 5, "{audit:?}");
    Ok(i64::try_from(audit.rulings)?)
}

#[test]
fn a_log_whose_end_was_cut_off_and_hidden_is_betrayed_by_the_documents() -> Outcome<()> {
    let day = day()?;
    let all = rulings(&day)?;
    for last in 0..all {
        let findings = found(&day, |connection| cut_behind(connection, last))?;
        let mut missing = rows(&findings);
        missing.sort_unstable();
        let expected: Vec<i64> = (last + 1..=all).collect();
        assert_eq!(missing, expected, "cut behind {last}: {findings:?}");
        assert!(
            findings
                .iter()
                .all(|it| it.what.contains("the log of rulings does not")),
            "{findings:?}"
        );
    }
    Ok(())
}

#[test]
fn a_ruling_that_was_edited_with_all_hashes_is_named_with_what_both_say() -> Outcome<()> {
    let day = day()?;
    rulings(&day)?;
    let edits = [
        ("$.outcome.outcome", "approve", "reject"),
        ("$.entries[0].revision", "", "00000000000000000000000000000000"),
        ("$.change.grade", "A", "B"),
        ("$.reply", "granted", "refused"),
        ("$.want", "grade", "claim"),
        ("$.by", "", "00000000-0000-0000-0000-000000000001"),
        ("$.event", "", "7@00"),
        ("$.ruling", "", "99"),
    ];
    let mut seen = 0;
    for (path, is, becomes) in edits {
        let mut number = 0;
        let findings = found(&day, |connection| {
            number = connection.query_row(
                "SELECT max(number) FROM ruling
                  WHERE json_extract(json, ?1) IS NOT NULL AND ?2 IN ('', json_extract(json, ?1))",
                [path, is],
                |row| row.get(0),
            )?;
            let value = if path == "$.ruling" {
                "json_set(json, ?2, 99)"
            } else {
                "json_set(json, ?2, ?3)"
            };
            let changed = connection.execute(
                &format!("UPDATE ruling SET json = {value} WHERE number = ?1 AND ?3 = ?3"),
                rusqlite::params![number, path, becomes],
            )?;
            assert_eq!(changed, 1, "{path}");
            link_rulings(connection)
        })?;
        assert_eq!(rows(&findings), [number], "{path}: {findings:?}");
        let what = &findings[0].what;
        if is == "approve" {
            assert!(what.contains("approve") && what.contains("reject"), "{what}");
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
    Ok(())
}

#[test]
fn another_time_and_another_document_are_found() -> Outcome<()> {
    let day = day()?;
    rulings(&day)?;
    let findings = found(&day, |connection| {
        connection.execute("UPDATE ruling SET at_ms = at_ms + 1 WHERE number = 3", [])?;
        link_rulings(connection)
    })?;
    assert_eq!(rows(&findings), [3], "{findings:?}");
    // The row names another document: that one does not hold it, and the one that holds it has no row.
    let findings = found(&day, |connection| {
        let sql = "UPDATE ruling SET document = (SELECT document FROM ruling AS other WHERE other.document <> ruling.document)
                    WHERE number = 3";
        connection.execute(sql, [])?;
        link_rulings(connection)
    })?;
    assert_eq!(rows(&findings), [3, 3], "{findings:?}");
    Ok(())
}

#[test]
fn a_ruling_that_no_document_holds_is_found() -> Outcome<()> {
    let day = day()?;
    let all = rulings(&day)?;
    let findings = found(&day, |connection| {
        connection.execute(
            "INSERT INTO ruling SELECT tenant, number + 1, document, at_ms, json_set(json, '$.ruling', number + 1), hash
               FROM ruling WHERE number = ?1",
            [all],
        )?;
        link_rulings(connection)
    })?;
    assert_eq!(rows(&findings), [all + 1], "{findings:?}");
    assert!(findings[0].what.contains("does not hold"), "{findings:?}");
    // A row that says nothing, too.
    let findings = found(&day, |connection| {
        connection.execute("UPDATE ruling SET json = '{}' WHERE number = ?1", [all])?;
        link_rulings(connection)
    })?;
    assert_eq!(rows(&findings), [all], "{findings:?}");
    Ok(())
}

#[test]
fn a_ruling_is_not_explained_away_as_one_that_came_back() -> Outcome<()> {
    let day = day()?;
    let all = rulings(&day)?;
    let findings = found(&day, |connection| {
        let back =
            r#"{"handed_back":{"by":"00000000-0000-0000-0000-000000000001","epoch":1,"first":1,"last":1}}"#;
        connection.execute(
            "UPDATE ruling SET json = json_set(?2, '$.handed_back.epoch', (SELECT epoch FROM server)) WHERE number = ?1",
            rusqlite::params![all, back],
        )?;
        link_rulings(connection)
    })?;
    assert!(rows(&findings) == [all, all], "{findings:?}");
    Ok(())
}
