use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Written into the header of every replica: `FBRP`.
pub(super) const APPLICATION_ID: i64 = 0x4642_5250;

/// One step of the schema. A step that was released is never edited.
struct Step {
    version: i64,
    sql: &'static str,
}

const STEPS: &[Step] = &[
    Step {
        version: 1,
        sql: include_str!("migrations/001-replica.sql"),
    },
    Step {
        version: 2,
        sql: include_str!("migrations/002-pool.sql"),
    },
    Step {
        version: 3,
        sql: include_str!("migrations/003-approvals-of-a-customer.sql"),
    },
    Step {
        version: 4,
        sql: include_str!("migrations/004-delivered.sql"),
    },
];

/// The newest version this build knows.
pub(in crate::replica) fn supported() -> i64 {
    STEPS.last().map_or(0, |step| step.version)
}

/// Brings the schema to the newest version, each step in its own transaction.
pub(super) fn migrate(conn: &mut Connection, found: i64) -> Result<(), StoreError> {
    run(conn, found, supported())
}

fn run(conn: &mut Connection, found: i64, target: i64) -> Result<(), StoreError> {
    for step in STEPS
        .iter()
        .filter(|step| step.version > found && step.version <= target)
    {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step.sql)?;
        // Both are part of the transaction: a file is never half ours.
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", step.version)?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(conn: &Connection) -> Vec<(String, String, String)> {
        let mut statement = conn
            .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn versions_count_up_from_one() {
        for (at, step) in STEPS.iter().enumerate() {
            assert_eq!(step.version, i64::try_from(at).unwrap() + 1);
        }
    }

    #[test]
    fn an_upgraded_schema_equals_a_fresh_one() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, 0).unwrap();
        for from in 1..=supported() {
            let mut upgraded = Connection::open_in_memory().unwrap();
            for version in 1..=from {
                run(&mut upgraded, version - 1, version).unwrap();
            }
            migrate(&mut upgraded, from).unwrap();
            assert_eq!(schema(&upgraded), schema(&fresh), "upgraded from version {from}");
        }
        assert!(
            schema(&fresh)
                .iter()
                .any(|(kind, name, _)| kind == "table" && name == "segment")
        );
    }

    #[test]
    fn running_again_changes_nothing() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, 0).unwrap();
        let before = schema(&conn);
        migrate(&mut conn, supported()).unwrap();
        assert_eq!(schema(&conn), before);
    }
}
