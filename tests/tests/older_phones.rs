//! A phone whose app was not updated for two versions, and then was: its unsent work goes on.
//!
//! The files in `tests/fixtures/older` are those of a phone with the schema of its name and of the server it had;
//! `UPDATE_FIXTURES=1 cargo test --test older_phones` writes them anew.

use std::path::{Path, PathBuf};

use automerge::legacy::{Key, ObjectId, Op, OpType};
use fieldbook_core::model::{DocumentId, Kind, Role};
use fieldbook_core::replica::store::{documents, outbox};
use fieldbook_core::replica::{NewExpenseLine, Options as ReplicaOptions, Replica};
use fieldbook_core::wire::{SCHEMA_VERSION, Verdict};
use fieldbook_server::exchange::read_index;
use fieldbook_server::store::sqlite::FILE;
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::fixture::{OPTIONS, folder, make_older, pack, sync, unpack};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, craft, minute, request};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rusqlite::Connection;
use tempfile::TempDir;

/// A phone that was opened by today's app, and its server.
struct Returned {
    scratch: TempDir,
    replica: Replica,
    store: SqliteStore,
}

fn file(scratch: &TempDir) -> PathBuf {
    scratch.path().join("replica.db")
}

/// Sofia's day without a network, before her app was updated.
fn write_older(version: u32, folder: &Path) -> Outcome<()> {
    let scratch = TempDir::new()?;
    let data = scratch.path().join("data");
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    let replica = Replica::open(&file(&scratch), ReplicaOptions::default())?;
    team.hire_with(replica, "Sofia", Role::Rep, "North")?;
    let shop = team.customer("Sofia", "华东轴承")?;
    team.sync("Sofia", &minute(3))?;
    let corner = team.customer("Sofia", "Corner Shop")?;
    let visit = team.plan("Sofia", corner, 60)?;
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let (sofia, currency) = (team.phone("Sofia"), "CNY".parse()?);
    sofia.set_tag(&minute(10), shop, "重点", true)?;
    sofia.edit_note(&minute(11), visit, 0, 0, "they want the red shelf")?;
    let expense = sofia.draft_expense(&minute(12), &mut rng, "Lunch", currency, Some(shop), None)?;
    let line = NewExpenseLine {
        date: minute(12).at.date_naive(),
        category: "meals".to_owned(),
        amount: "61.40".to_owned(),
        ..Default::default()
    };
    sofia.add_expense_line(&minute(13), expense, line)?;
    sofia.submit(&minute(14), expense)?;
    drop(team);
    make_older(&file(&scratch), version)?;
    Connection::open(data.join(FILE))?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    std::fs::create_dir_all(folder)?;
    pack(&file(&scratch), &folder.join("replica.db.zst"))?;
    pack(&data.join(FILE), &folder.join("server.db.zst"))
}

/// The files of a version; `before` looks at the phone's before the app opens it.
fn returned(version: u32, before: impl FnOnce(&Connection) -> Outcome<()>) -> Outcome<Returned> {
    let folder = folder().join("older").join(format!("schema-{version}"));
    if std::env::var_os("UPDATE_FIXTURES").is_some() && !folder.exists() {
        write_older(version, &folder)?;
    }
    let scratch = TempDir::new()?;
    unpack(&folder, "replica.db", &file(&scratch))?;
    unpack(&folder, "server.db", &scratch.path().join(FILE))?;
    before(&Connection::open(file(&scratch))?)?;
    Ok(Returned {
        replica: Replica::open(&file(&scratch), ReplicaOptions::default())?,
        store: SqliteStore::open(scratch.path(), OPTIONS)?,
        scratch,
    })
}

impl Returned {
    /// How much was accepted, as often as there was something to send.
    fn deliver(&self, at: i64) -> Outcome<u64> {
        let first = sync(&self.replica, &self.store, &minute(at))?;
        let second = sync(&self.replica, &self.store, &minute(at + 1))?;
        Ok(first.accepted + second.accepted)
    }

    fn documents(&self, kind: Kind) -> Outcome<Vec<DocumentId>> {
        let rows = self.replica.store().read(documents::all)?.into_iter();
        Ok(rows
            .filter(|row| row.kind == kind)
            .map(|row| row.document)
            .collect())
    }

    /// The one customer that was only on the phone.
    fn corner(&self) -> Outcome<DocumentId> {
        let pending = self.replica.store().read(outbox::pending)?;
        let made = pending.iter().find(|row| row.command.contains("Corner Shop"));
        Ok(made.ok_or("no such customer")?.document)
    }

    /// Everything on the phone is on the server, to the hash.
    fn is_whole(&self) -> Outcome<bool> {
        let tenant = self.replica.identity()?.tenant;
        for row in self.replica.store().read(documents::all)? {
            let ours = self.replica.document(row.document)?.ok_or("no history")?.heads();
            let read = self
                .store
                .read(|reader| read_index(reader, tenant, row.document))?;
            if ours != read.heads() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn counts(&self) -> Outcome<(u64, u64)> {
        let totals = self.replica.totals()?;
        Ok((totals.on_phone + totals.sent, totals.attention))
    }
}

fn as_it_was(_: &Connection) -> Outcome<()> {
    Ok(())
}

#[test]
fn the_files_are_of_two_versions_before_this_one() -> Outcome<()> {
    assert_eq!(SCHEMA_VERSION, 3, "another version needs another fixture");
    for version in [1, 2] {
        returned(version, |conn| {
            let tables: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            let recorded: Vec<String> = conn
                .prepare("SELECT command FROM segment WHERE state = 2")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let expenses = recorded.iter().filter(|text| text.contains("draft_expense"));
            assert_eq!((tables, expenses.count()), (version, usize::from(version == 1)));
            assert_eq!(recorded.len(), 7);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn what_a_phone_two_versions_behind_had_not_sent_is_delivered_in_todays_words() -> Outcome<()> {
    let phone = returned(1, as_it_was)?;
    assert_eq!(phone.counts()?, (6, 1), "nothing is gone");
    let [expense] = phone.documents(Kind::Approval)?[..] else {
        return Err("one expense".into());
    };
    let view = phone.replica.approval(expense)?;
    assert_eq!((view.form.as_str(), view.title.as_str()), ("expense", "Lunch"));
    assert_eq!(view.lines.len(), 1);

    assert_eq!(phone.deliver(200)?, 6);
    assert!(phone.is_whole()?);
    // The revision that was handed in has another name now: the person hands it in again, and puts the old one away.
    let parked = phone.replica.parked()?;
    let [submit] = &parked[..] else {
        return Err("one parked operation".into());
    };
    let why = submit.rejection.as_ref().ok_or("no reason")?;
    assert_eq!(
        (submit.work().as_str(), why.rule.as_str()),
        ("submit", "command.older")
    );
    let words = &why.suggestion;
    assert!(words.en.ends_with('.') && words.zh.ends_with('。'), "{words:?}");
    phone.replica.submit(&minute(210), expense)?;
    assert!(phone.replica.discard_parked(submit.id)?);
    assert_eq!(phone.deliver(211)?, 1);
    assert_eq!(phone.counts()?, (0, 0));
    assert!(phone.is_whole()?);
    Ok(())
}

#[test]
fn what_one_version_behind_made_can_do_what_today_can() -> Outcome<()> {
    let phone = returned(2, as_it_was)?;
    let corner = phone.corner()?;
    assert_eq!(phone.counts()?, (7, 0));
    assert_eq!(phone.deliver(200)?, 7);
    assert!(phone.is_whole()?);
    // Customers of that version had no list of requests.
    phone.replica.ask_grade(&minute(210), corner, "A", None)?;
    assert_eq!(phone.deliver(211)?, 1);
    assert_eq!(phone.counts()?, (0, 0));
    Ok(())
}

#[test]
fn what_was_on_its_way_goes_as_it_was_first() -> Outcome<()> {
    let phone = returned(1, |conn| {
        let sent = "UPDATE segment SET state = 1 WHERE command LIKE '%add_customer%' AND state = 2";
        assert_eq!(conn.execute(sent, [])?, 1);
        Ok(())
    })?;
    // The server may have it under its name: it goes as it was written.
    let corner = phone.corner()?;
    let rows = phone
        .replica
        .store()
        .read(|conn| outbox::pending_of(conn, corner))?;
    assert!(rows.len() == 1 && rows[0].rebase == 0, "{rows:?}");
    assert_eq!(phone.deliver(200)?, 6);
    assert!(phone.is_whole()?);
    Ok(())
}

#[test]
fn what_was_on_its_way_and_no_server_takes_any_more_is_made_anew() -> Outcome<()> {
    let phone = returned(1, |conn| {
        let sent = "UPDATE segment SET state = 1 WHERE command LIKE '%draft_expense%'";
        assert_eq!(conn.execute(sent, [])?, 1);
        Ok(())
    })?;
    assert_eq!(phone.deliver(200)?, 6);
    assert_eq!(
        phone.counts()?,
        (0, 1),
        "only what was handed in waits for the person"
    );
    assert!(phone.is_whole()?);
    let [expense] = phone.documents(Kind::Approval)?[..] else {
        return Err("one expense".into());
    };
    assert_eq!(phone.replica.approval(expense)?.lines.len(), 1);
    Ok(())
}

#[test]
fn an_app_that_is_not_updated_yet_hears_that_only_an_update_helps() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    // A field that an older schema had and today's table has not.
    let section = craft(&team, "Dana", shop, 0, |_, _, _| {
        vec![Op {
            action: OpType::Put("sunny".into()),
            obj: ObjectId::Root,
            key: Key::Map("mood".into()),
            pred: Vec::new().into(),
            insert: false,
        }]
    })?;
    let mut asked = request(vec![section]);
    asked.schema = 1;
    let answer = team.ask("Dana", asked, &minute(3))?;
    let Some(Verdict::Rejected(why)) = answer.verdicts[0].rest.first() else {
        return Err(format!("{:?}", answer.verdicts).into());
    };
    assert_eq!(why.rule, "schema.unknown_path");
    let words = &why.suggestion;
    assert!(
        words.en.contains("update the app") && words.zh.contains("更新应用"),
        "{words:?}"
    );
    Ok(())
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() -> Outcome<()> {
    let phone = returned(2, as_it_was)?;
    let path = file(&phone.scratch);
    drop(phone.replica);
    let newer = [0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 3];
    let put = "UPDATE setting SET value = ?1 WHERE key = 'written_by'";
    assert_eq!(Connection::open(&path)?.execute(put, [newer])?, 1);
    let before = std::fs::read(&path)?;
    let refused = Replica::open(&path, ReplicaOptions::default());
    let said = refused.err().ok_or("it was opened")?.to_string();
    assert!(said.contains("update the app"), "{said}");
    assert_eq!(std::fs::read(&path)?, before);
    Ok(())
}

#[test]
fn a_file_is_brought_up_to_date_once() -> Outcome<()> {
    let phone = returned(1, as_it_was)?;
    let of = |replica: &Replica| replica.store().read(outbox::pending);
    let first = of(&phone.replica)?;
    let path = file(&phone.scratch);
    drop(phone.replica);
    let again = Replica::open(&path, ReplicaOptions::default())?;
    assert_eq!(of(&again)?, first);
    assert_eq!(again.parked()?.len(), 1);
    Ok(())
}
