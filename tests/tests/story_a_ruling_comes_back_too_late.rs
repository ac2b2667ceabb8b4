//! Grace approved an expense, and only her phone heard that it was ruled when the server burnt. It is restored from yesterday's
//! backup and waits for lost rulings as long as the operator says; Grace is away for longer. So Wang Lei rejects the same expense, and
//! that is ruled. Then Grace comes back with the approval. Nobody may be shown one thing here and another there.

use std::collections::BTreeSet;

use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_core::model::{DocumentId, Role};
use fieldbook_server::audit::verify;
use fieldbook_server::store::sqlite::{FILE, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::audited::link_rulings;
use fieldbook_tests::fixture::{OPTIONS, sync};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute, restored};
use rusqlite::Connection;
use tempfile::TempDir;

/// Minutes that the operator lets rulings wait.
const HOLD: u64 = 60;

/// What each phone shows of the expense.
fn shown(team: &Team, expense: DocumentId) -> Outcome<BTreeSet<String>> {
    let shown = ["Dana", "Grace", "Wang Lei"].map(|name| {
        let view = team.phone(name).approval(expense)?;
        Ok(format!(
            "{:?} {:?}",
            view.status,
            view.outcome.map(|outcome| outcome.by)
        ))
    });
    shown.into_iter().collect()
}

#[test]
fn a_ruling_that_comes_back_after_the_hold_stands_beside_the_other_and_all_see_one() -> Outcome<()> {
    let scratch = TempDir::new()?;
    let data = scratch.path().join("data");
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    team.hire("Wang Lei", Role::Supervisor, "North")?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    for name in ["Dana", "Grace", "Wang Lei"] {
        team.sync(name, &minute(5))?;
    }
    let yesterday = scratch.path().join("server.backup");
    backup::copy(&data, &yesterday)?;
    team.phone("Grace")
        .decide(&minute(6), expense, &revision, Decision::Approve, None)?;
    team.sync("Grace", &minute(7))?;
    assert_eq!(
        team.phone("Grace").approval(expense)?.status,
        ApprovalStatus::Approved
    );

    let store = restored(&yesterday, &scratch.path().join("restored"), 20, HOLD)?;
    let no = Some("we do not pay for lunch".to_owned());
    team.phone("Wang Lei")
        .decide(&minute(21), expense, &revision, Decision::Reject, no)?;
    sync(team.phone("Wang Lei"), &store, &minute(22))?;
    let status = |name: &str| -> Outcome<_> { Ok(team.phone(name).approval(expense)?.status) };
    assert_eq!(
        status("Wang Lei")?,
        ApprovalStatus::Provisional,
        "Grace may hold a ruling"
    );

    // The hold is over; Grace has not come.
    let over = 20 + i64::try_from(HOLD)? + 1;
    sync(team.phone("Wang Lei"), &store, &minute(over))?;
    sync(team.phone("Dana"), &store, &minute(over))?;
    assert_eq!(status("Wang Lei")?, ApprovalStatus::Rejected);
    assert_eq!(status("Dana")?, ApprovalStatus::Rejected);

    let back = sync(team.phone("Grace"), &store, &minute(over + 10))?;
    assert!(back.handed_back > 0, "{back:?}");
    for name in ["Dana", "Wang Lei", "Grace"] {
        sync(team.phone(name), &store, &minute(over + 20))?;
        assert!(team.phone(name).totals()?.all_accepted(), "{name}");
    }
    let all = shown(&team, expense)?;
    assert_eq!(all.len(), 1, "{all:?}");

    // Both are in the document; the log of rulings says which came back, and nothing was ruled a third time.
    let rulings = store.read(|reader| reader.rulings(team.tenant(), 0, 100))?;
    let restored = rulings.iter().position(|row| row.json.contains("\"restored\""));
    let behind: Vec<&str> = rulings[restored.ok_or("no restore in the log")? + 1..]
        .iter()
        .map(|row| row.json.as_str())
        .collect();
    let came_back = behind.iter().filter(|json| json.contains("\"handed_back\""));
    assert_eq!((behind.len(), came_back.count()), (2, 1), "{behind:?}");
    let audit = store.read(|reader| verify(reader, &[]))?;
    assert_eq!(audit.findings, []);

    // What came back is held against the log as well: nobody leaves it out, makes it more, or says that it came back before the restore.
    drop(store);
    let file = scratch.path().join("restored").join(FILE);
    for (change, says) in [
        (
            "DELETE FROM ruling WHERE json LIKE '%handed_back%'",
            "the log of rulings does not",
        ),
        (
            "UPDATE ruling SET json = json_set(json, '$.handed_back.last', 9) WHERE json LIKE '%handed_back%'",
            "rulings came back to document",
        ),
        (
            "UPDATE ruling SET json = json_set(json, '$.handed_back.epoch', 4000000000) WHERE json LIKE '%handed_back%'",
            "no restore before it explains that",
        ),
    ] {
        let tampered = TempDir::new()?;
        let copy = tampered.path().join(FILE);
        std::fs::copy(&file, &copy)?;
        let connection = Connection::open(&copy)?;
        assert_eq!(connection.execute(change, [])?, 1, "{change}");
        link_rulings(&connection)?;
        drop(connection);
        let store = SqliteStore::open_read_only(tampered.path())?;
        let audit = store.read(|reader| verify(reader, &[]))?;
        let said: Vec<String> = audit.findings.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|said| said.contains(says)), "{change}: {said:?}");
    }
    Ok(())
}
