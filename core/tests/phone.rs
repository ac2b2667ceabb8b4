//! The replicas of a phone: who gets which, what signing out keeps, and what happens when a key is gone. The server is a
//! few lines that know codes and keys as the real one does.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use chrono::{DateTime, TimeDelta};
use fieldbook_core::model::BootId;
use fieldbook_core::replica::phone::{EnrolmentLink, KeyStore, KeyStoreError, Phone, PhoneError, SignIn};
use fieldbook_core::replica::sync::{Edge, TroubleKind};
use fieldbook_core::replica::{NewCustomer, Now};
use serde_json::{Value, json};
use uuid::Uuid;

/// What the stub server knows: whose each code and each key is, and the keys it was asked with.
#[derive(Default)]
struct Desk {
    codes: Mutex<BTreeMap<String, u128>>,
    keys: Mutex<BTreeMap<String, u128>>,
    asked: Mutex<Vec<String>>,
    /// So many answers are lost on the way.
    lost: AtomicU64,
}

impl Desk {
    fn open(self: &Arc<Self>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let desk = Arc::clone(self);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let desk = Arc::clone(&desk);
                thread::spawn(move || desk.serve(stream.unwrap()));
            }
        });
        address
    }

    fn code(&self, code: &str, person: u128) {
        self.codes.lock().unwrap().insert(code.to_owned(), person);
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap() <= 2 {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let (status, answer) = self.enrol(&serde_json::from_slice(&body).unwrap());
        if self.lost.load(Ordering::SeqCst) > 0 {
            self.lost.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        let text = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            text.len()
        );
        stream.write_all((head + &text).as_bytes()).unwrap();
    }

    fn enrol(&self, request: &Value) -> (u16, Value) {
        let refused = |name: &str| {
            let kind = format!("urn:fieldbook:problem:{name}");
            (
                403,
                json!({ "type": kind, "title": "No", "title_zh": "否", "fix": "Ask.", "fix_zh": "请询问。" }),
            )
        };
        let (code, key) = (
            request["code"].as_str().unwrap(),
            request["public_key"].as_str().unwrap(),
        );
        self.asked.lock().unwrap().push(key.to_owned());
        let Some(person) = self.codes.lock().unwrap().get(code).copied() else {
            return refused("code-unknown");
        };
        let mut keys = self.keys.lock().unwrap();
        if keys.get(key).is_some_and(|of| *of != person) {
            return refused("key-taken");
        }
        keys.insert(key.to_owned(), person);
        let id = |number: u128| Uuid::from_u128(number).to_string();
        let answer = json!({
            "server": id(7), "tenant": id(8), "person": id(person), "person_name": format!("Person {person}"),
            "device": id(person), "epoch": 0, "server_key": "07".repeat(32),
            "access_token": "a", "refresh_token": "r",
        });
        (200, answer)
    }
}

/// Clocks that step a second with each look, and counted randomness.
#[derive(Default)]
struct Hand(AtomicU64);

impl Edge for Hand {
    fn now(&self) -> Now {
        let seconds = i64::try_from(self.0.fetch_add(1, Ordering::SeqCst)).unwrap();
        let nine = DateTime::parse_from_rfc3339("2026-11-24T09:00:00+08:00").unwrap();
        Now {
            at: nine + TimeDelta::seconds(seconds),
            mono_ms: 0,
            boot: BootId(Uuid::nil()),
        }
    }
    fn random(&self, bytes: &mut [u8]) {
        let seed = self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = seed[at % 8] ^ u8::try_from(at).unwrap();
        }
    }
}

#[derive(Default)]
struct Vault(Mutex<BTreeMap<String, Vec<u8>>>);

impl KeyStore for Vault {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, KeyStoreError> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }
    fn store(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.0.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
}

fn phone(folder: &Path, vault: Option<Arc<Vault>>) -> Arc<Phone> {
    let vault = vault.map(|vault| vault as Arc<dyn KeyStore>);
    Arc::new(Phone::open(folder, Arc::new(Hand::default()), vault).unwrap())
}

fn with(address: &str, code: &str) -> SignIn {
    SignIn {
        server: address.to_owned(),
        code: code.to_owned(),
        phone_name: "phone".to_owned(),
    }
}

fn shop(name: &str) -> NewCustomer {
    NewCustomer {
        name: name.to_owned(),
        ..NewCustomer::default()
    }
}

/// Writes a customer into an open replica.
fn write(opened: &fieldbook_core::replica::phone::Opened, name: &str) {
    // Another name, another id.
    let (hand, replica) = (Hand(AtomicU64::new(name.len() as u64)), opened.replica());
    let mut rng = fieldbook_core::replica::sync::EdgeRng(&hand);
    replica.add_customer(&hand.now(), &mut rng, shop(name)).unwrap();
}

#[tokio::test]
async fn each_person_gets_their_own_replica_and_finds_it_again() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Arc::new(Desk::default()));
    let address = desk.open();
    let phone = phone(folder.path(), None);
    for (code, person) in [("D1", 1), ("M1", 2), ("D2", 1)] {
        desk.code(code, person);
    }
    assert!(phone.resume().unwrap().is_none());
    let dana = phone.sign_in(&with(&address, "D1")).await.unwrap();
    write(&dana, "Dana's find");
    let marcus = phone.sign_in(&with(&address, "M1")).await.unwrap();
    assert_ne!(dana.id(), marcus.id());
    assert_eq!(
        marcus.replica().totals().unwrap().documents,
        0,
        "nothing of Dana's"
    );
    assert_eq!(phone.resume().unwrap().unwrap().id(), marcus.id());

    let accounts = phone.accounts().unwrap();
    let shown: Vec<_> = accounts
        .iter()
        .map(|a| (a.name.as_str(), a.signed_in, a.unsent.records.len()))
        .collect();
    assert_eq!(shown, [("Person 2", true, 0), ("Person 1", false, 1)]);
    assert!(
        dana.driver().sync().await.is_err(),
        "signed out: its tokens are gone"
    );

    phone.sign_out(&marcus).unwrap();
    assert!(phone.resume().unwrap().is_none());
    drop((dana, marcus));
    // A fresh start of the app; Marcus' key is tried first and is not Dana's.
    let phone = self::phone(folder.path(), None);
    let again = phone.sign_in(&with(&address, "D2")).await.unwrap();
    assert_eq!(again.id(), accounts[1].id);
    assert_eq!(
        again.replica().unsent().unwrap().records.len(),
        1,
        "what she had not sent"
    );
    assert_eq!(phone.accounts().unwrap().len(), 2, "and no third one");
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Arc::new(Desk::default()));
    let address = desk.open();
    let phone = phone(folder.path(), None);
    desk.code("D1", 1);
    desk.lost.store(1, Ordering::SeqCst);
    let lost = phone.sign_in(&with(&address, "D1")).await.unwrap_err();
    assert_eq!(lost.trouble().unwrap().kind, TroubleKind::Unreachable);
    assert!(phone.accounts().unwrap().is_empty() && phone.resume().unwrap().is_none());
    phone.sign_in(&with(&address, "D1")).await.unwrap();
    let asked = desk.asked.lock().unwrap();
    assert_eq!((asked.len(), &asked[0]), (2, &asked[1]));
}

#[tokio::test]
async fn a_wrong_code_signs_nobody_out() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Arc::new(Desk::default()));
    let address = desk.open();
    let phone = phone(folder.path(), None);
    desk.code("D1", 1);
    let dana = phone.sign_in(&with(&address, "D1")).await.unwrap();
    let wrong = phone.sign_in(&with(&address, "X")).await.unwrap_err();
    assert_eq!(wrong.trouble().unwrap().kind, TroubleKind::Code);
    assert_eq!(phone.resume().unwrap().unwrap().id(), dana.id());
    let nowhere = EnrolmentLink::parse("https://example.com").unwrap_err();
    assert!(matches!(nowhere, PhoneError::Address(_)) && nowhere.words().zh.ends_with('。'));
}

#[tokio::test]
async fn a_copy_on_another_phone_takes_a_key_of_its_own() {
    let (folder, other, desk) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        Arc::new(Desk::default()),
    );
    let address = desk.open();
    desk.code("D1", 1);
    let marked = |folder: &Path, marker: &[u8]| {
        let phone = Phone::open(folder, Arc::new(Hand::default()), None).unwrap();
        Arc::new(phone.marked(marker.to_vec()))
    };
    let dana = marked(folder.path(), b"one").sign_in(&with(&address, "D1")).await;
    let secret = dana.unwrap().replica().identity().unwrap().secret;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), other.path().join(file.file_name())).unwrap();
    }
    let same = marked(folder.path(), b"one").resume().unwrap().unwrap();
    assert_eq!(same.replica().identity().unwrap().secret, secret);
    assert!(same.replica().former().unwrap().is_none());
    let copy = marked(other.path(), b"two").resume().unwrap().unwrap();
    assert_ne!(copy.replica().identity().unwrap().secret, secret);
    assert_eq!(
        copy.replica().former().unwrap().unwrap().identity.secret,
        secret,
        "it knows whose copy it is"
    );
}

#[cfg(not(feature = "encrypted"))]
#[test]
fn without_a_cipher_a_vault_is_refused_and_no_plain_file_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Some(Arc::new(Vault::default()) as Arc<dyn KeyStore>);
    assert!(Phone::open(folder.path(), Arc::new(Hand::default()), vault).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(feature = "encrypted")]
mod encrypted {
    use std::fs;

    use fieldbook_core::replica::store::salvage::quarantine;
    use fieldbook_core::replica::{Options, Replica, StoreKey};

    use super::*;

    fn bytes(folder: &Path) -> Vec<u8> {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|path| fs::read(path).unwrap()).collect()
    }

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn a_file_is_nothing_without_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let key = StoreKey::new([7; 32]);
        let open = |key| {
            Replica::open(
                &path,
                Options {
                    key,
                    ..Options::default()
                },
            )
        };
        drop(open(Some(key)).unwrap());
        assert!(open(Some(key)).is_ok());
        let before = bytes(folder.path());
        assert!(!holds(&before, "SQLite format 3") && !holds(&before, "CREATE TABLE"));
        assert!(open(None).is_err() && open(Some(StoreKey::new([8; 32]))).is_err());
        assert_eq!(bytes(folder.path()), before, "nothing was changed");
        let aside = quarantine(&path, "x", Some(&key)).unwrap();
        assert!(aside.commands.is_empty());
    }

    #[tokio::test]
    async fn a_lost_key_sets_the_replica_aside_and_names_what_was_unsent() {
        let (folder, desk) = (tempfile::tempdir().unwrap(), Arc::new(Desk::default()));
        let address = desk.open();
        desk.code("D1", 1);
        desk.code("D2", 1);
        let vault = Arc::new(Vault::default());
        {
            let phone = phone(folder.path(), Some(Arc::clone(&vault)));
            let dana = phone.sign_in(&with(&address, "D1")).await.unwrap();
            write(&dana, "Sunrise Market");
            write(&dana, "Tea House");
        }
        assert!(!holds(&bytes(folder.path()), "Tea House"), "it is encrypted");
        let files = || fs::read_dir(folder.path()).unwrap().count();
        // Closed and opened again with its key.
        let phone = phone(folder.path(), Some(Arc::clone(&vault)));
        assert_eq!(
            phone
                .resume()
                .unwrap()
                .unwrap()
                .replica()
                .totals()
                .unwrap()
                .documents,
            2
        );
        let before = files();

        let kept = std::mem::take(&mut *vault.0.lock().unwrap());
        assert!(!kept.is_empty());
        let lost = phone.resume().unwrap_err();
        let words = lost.words();
        assert!(
            words.en.contains("Person 1") && words.en.contains("2 customer(s)"),
            "{}",
            words.en
        );
        assert!(words.zh.contains("2 个客户"), "{}", words.zh);
        let PhoneError::KeyLost { aside, .. } = lost else {
            panic!("{lost}")
        };
        assert!(aside.path.exists());
        assert_eq!(files(), before, "moved, not deleted");
        assert!(phone.resume().unwrap().is_none(), "nobody is signed in");

        // Dana goes on with a fresh replica and a fresh key; the old one opens should its key turn up.
        let again = phone.sign_in(&with(&address, "D2")).await.unwrap();
        assert_eq!(again.replica().totals().unwrap().documents, 0);
        let key = StoreKey::from_slice(kept.values().next().unwrap());
        let found = Replica::open(
            &aside.path,
            Options {
                key,
                ..Options::default()
            },
        )
        .unwrap();
        assert_eq!(found.totals().unwrap().documents, 2);
    }
}
