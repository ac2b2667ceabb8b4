use super::StoreError;

/// The first SQLite without the bug that could corrupt a database when its WAL is reset.
const OLDEST_SAFE: i32 = 3_051_003;

/// Refuses a SQLite that is known to lose data; `number` is SQLite's own, for example 3051003 for 3.51.3.
pub fn check_sqlite_version(number: i32) -> Result<(), StoreError> {
    if number >= OLDEST_SAFE {
        return Ok(());
    }
    let found = format!(
        "{}.{}.{}",
        number / 1_000_000,
        number / 1_000 % 1_000,
        number % 1_000
    );
    Err(StoreError::OldSqlite { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_with_the_wal_bug_are_refused() {
        assert!(check_sqlite_version(3_051_003).is_ok());
        assert!(check_sqlite_version(3_054_001).is_ok());
        let refused = check_sqlite_version(3_051_002).unwrap_err().to_string();
        assert!(refused.starts_with("SQLite 3.51.2 is linked"), "{refused}");
        assert!(check_sqlite_version(3_040_001).is_err());
    }

    #[test]
    fn the_linked_one_is_safe() {
        check_sqlite_version(rusqlite::version_number()).unwrap();
    }
}
