use std::path::Path;

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_core::replica::query::inbox;
use fieldbook_core::wire::Policy;
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, backup};
use fieldbook_server::store::{SqliteStore, Store};

use super::{Team, minute};
use crate::fixture::OPTIONS;
use crate::process::Outcome;

impl Team {
    /// Somebody hands in an expense of one line, in yuan, and their phone syncs. Answers the expense and the revision that
    /// was handed in.
    ///
    /// # Errors
    /// When a rule forbids it.
    pub fn hand_in(&mut self, name: &str, amount: &str) -> Outcome<(DocumentId, String)> {
        let mut rng = self.rng.clone();
        let phone = self.phone(name);
        let expense = phone.draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
        phone.add_expense_line(&minute(2), expense, meal(1, amount))?;
        let revision = phone.submit(&minute(3), expense)?;
        self.rng = rng;
        self.sync(name, &minute(4))?;
        Ok((expense, revision))
    }

    /// The requests that somebody is asked to decide, as their phone knows it.
    ///
    /// # Errors
    /// When the replica does not read.
    pub fn asked(&self, name: &str) -> Outcome<Vec<DocumentId>> {
        let (phone, person) = (self.phone(name), self.person(name));
        let policy = phone.policy();
        let items = phone.store().read(|conn| inbox(conn, person, &policy))?;
        Ok(items.into_iter().map(|item| item.approval.document).collect())
    }

    /// The operator changes the rules of the house; phones hear of it at their next contact.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn set_policy(&self, change: impl FnOnce(&mut Policy)) -> Outcome<()> {
        let tenant = self.tenant;
        let mut policy = self.store.read(|reader| reader.policy(tenant))?;
        change(&mut policy);
        Ok(self
            .store
            .write(move |writer| writer.set_policy(tenant, &policy))?)
    }
}

/// A meal, on the day of a minute.
pub fn meal(at: i64, amount: &str) -> NewExpenseLine {
    NewExpenseLine {
        date: minute(at).at.date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        ..NewExpenseLine::default()
    }
}

/// A server from its backup in a folder of its own, in a new epoch that began at a minute of the day. Rulings wait for so many
/// minutes at most.
///
/// # Errors
/// When the files or the store refuse.
pub fn restored(backup_file: &Path, data: &Path, at: i64, hold: u64) -> Outcome<SqliteStore> {
    std::fs::create_dir(data)?;
    backup::copy_file(backup_file, &data.join(FILE))?;
    let store = SqliteStore::open(data, OPTIONS)?;
    let at_ms = minute(at).unix_ms();
    store.write(move |writer| begin_epoch(writer, at_ms, hold * 60_000))?;
    Ok(store)
}
