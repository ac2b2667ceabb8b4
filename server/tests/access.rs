//! The operator's commands about phones and their ends, on a server that serves: list, revoke, leave, quarantine; and what
//! is said to a user who may not use the data folder.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::FixedOffset;
use fieldbook_core::model::BootId;
use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, HttpTransport};
use fieldbook_core::replica::{NewCustomer, Now, Replica};
use fieldbook_server::clock::{Clock, SystemClock};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tempfile::TempDir;
use uuid::Uuid;

const PROGRAM: &str = env!("CARGO_BIN_EXE_fieldbook");
/// Nobody, on any system.
const NOBODY: u32 = 65_534;

fn fieldbook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).args(["--data", "data"]);
    command.current_dir(folder).output().unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = fieldbook(folder, arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = fieldbook(folder, arguments);
    assert!(!output.status.success(), "{arguments:?} did its work");
    String::from_utf8(output.stderr).unwrap()
}

fn founded() -> TempDir {
    let folder = TempDir::new().unwrap();
    done(folder.path(), &["init"]);
    done(folder.path(), &["unit", "add", "East"]);
    for name in ["Li", "Wang"] {
        done(
            folder.path(),
            &["user", "add", name, "--role", "rep", "--unit", "East"],
        );
    }
    folder
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A phone's clocks run with the machine's; its randomness comes from a seed.
struct Pocket {
    booted: Instant,
    /// What passed beyond that, in milliseconds.
    passed_ms: AtomicU64,
    rng: Mutex<ChaCha20Rng>,
}

impl Edge for Pocket {
    fn now(&self) -> Now {
        let shanghai = FixedOffset::east_opt(8 * 3600).unwrap();
        Now {
            at: SystemClock.now().with_timezone(&shanghai),
            mono_ms: u64::try_from(self.booted.elapsed().as_millis()).unwrap() + self.passed_ms.load(SeqCst),
            boot: BootId(Uuid::nil()),
        }
    }

    fn random(&self, bytes: &mut [u8]) {
        self.rng.lock().unwrap().fill_bytes(bytes);
    }
}

struct Phone {
    replica: Arc<Replica>,
    driver: Driver,
    pocket: Arc<Pocket>,
    rng: ChaCha20Rng,
}

impl Phone {
    async fn sign_in(folder: &Path, server: &Server, name: &str, seed: u64) -> Self {
        let said = done(folder, &["enrol", name]);
        let looks_like_one = |word: &&str| word.len() == 9 && word.as_bytes()[4] == b'-';
        let code = said
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .find(looks_like_one)
            .unwrap();
        let replica = Arc::new(Replica::in_memory().unwrap());
        let pocket = Arc::new(Pocket {
            booted: Instant::now(),
            passed_ms: AtomicU64::new(0),
            rng: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
        });
        let transport = HttpTransport::new(&server.address).unwrap();
        let driver = Driver::new(
            Arc::clone(&replica),
            transport,
            Arc::clone(&pocket) as Arc<dyn Edge>,
        );
        let enrolment = Enrolment {
            code: code.to_owned(),
            name: format!("{name}'s phone"),
        };
        driver.enrol(&enrolment).await.unwrap();
        driver.sync().await.unwrap();
        Self {
            replica,
            driver,
            pocket,
            rng: ChaCha20Rng::seed_from_u64(seed + 100),
        }
    }

    fn customer(&mut self, name: &str) {
        let customer = NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        };
        let now = self.pocket.now();
        self.replica.add_customer(&now, &mut self.rng, customer).unwrap();
    }
}

/// The line of the table that has this word.
fn row<'a>(table: &'a str, word: &str) -> &'a str {
    let found = table.lines().find(|line| line.contains(word));
    assert!(found.is_some(), "no {word:?} in\n{table}");
    found.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_follows_a_lost_phone_and_a_leaver_to_their_end() {
    let folder = founded();
    let path = folder.path();
    assert!(done(path, &["device", "list"]).contains("fieldbook enrol NAME makes a code"));
    assert_eq!(
        done(path, &["quarantine", "list"]).trim(),
        "nothing is in quarantine"
    );
    let server = Server::start(path);
    let mut li = Phone::sign_in(path, &server, "Li", 1).await;
    let mut wang = Phone::sign_in(path, &server, "Wang", 2).await;
    let listed = done(path, &["device", "list"]);
    assert!(row(&listed, "Li's phone").ends_with("works"), "{listed}");
    assert!(listed.lines().next().unwrap().starts_with("person"), "{listed}");

    // Li loses a phone with something on it; Wang leaves and goes on writing.
    li.customer("东方五金");
    let device = li.replica.identity().unwrap().device.to_string();
    let said = done(path, &["device", "revoke", &device[..13]]);
    assert!(said.contains(&device) && said.contains("quarantine"), "{said}");
    assert!(row(&done(path, &["device", "list"]), "Li's phone").contains("not back yet"));
    assert!(refused(path, &["device", "revoke", "0000"]).contains("0000"));
    done(path, &["user", "leave", "Wang"]);
    // A phone knows the server's time but for the way of an answer: it is a minute later for sure.
    wang.pocket.passed_ms.store(60_000, SeqCst);
    wang.customer("Corner Shop");
    // Whatever they hear, what they hold comes in.
    for phone in [&li, &wang] {
        let report = phone.driver.sync().await.unwrap().report;
        assert_eq!((report.accepted, report.parked), (0, 1), "{report:?}");
    }

    let kept = done(path, &["quarantine", "list"]);
    assert!(row(&kept, "Li").contains("rights.revoked"), "{kept}");
    assert!(row(&kept, "Wang").contains("rights.left"), "{kept}");
    for (name, text) in [("Li", "东方五金"), ("Wang", "Corner Shop")] {
        let number = row(&kept, name).split_whitespace().next().unwrap();
        let shown = done(path, &["quarantine", "show", number]);
        assert!(shown.contains(text), "{shown}");
        let _: serde_json::Value = serde_json::from_str(&shown).unwrap();
    }
    assert!(refused(path, &["quarantine", "show", "99"]).contains("quarantined work 99 does not exist"));
    for phone in [&li, &wang] {
        let _ = phone.driver.sync().await;
    }
    let listed = done(path, &["device", "list"]);
    for name in ["Li's phone", "Wang's phone"] {
        assert!(
            row(&listed, name).contains("locked, its data removed"),
            "{listed}"
        );
    }
}

/// Runs a command as nobody, who may look at the program and at nothing that is not theirs.
fn as_nobody(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .args(["--data", "data"])
        .current_dir(folder);
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    assert!(!output.status.success(), "{arguments:?} did its work");
    String::from_utf8(output.stderr).unwrap()
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_or_a_file_that_may_not_be_used_is_named_with_what_to_do() {
    let folder = founded();
    let (path, data) = (folder.path(), folder.path().join("data"));
    allow(path, 0o755);
    // The whole folder is somebody else's.
    if rustix::process::geteuid().is_root() {
        for deed in [&["serve"][..], &["device", "list"]] {
            let said = as_nobody(path, deed);
            assert!(
                said.contains("may not be") && said.contains("run fieldbook as the user"),
                "{said}"
            );
            assert!(!said.contains("fieldbook init"), "there is a server: {said}");
        }
        chown(&data, Some(NOBODY), Some(NOBODY)).unwrap();
        for entry in std::fs::read_dir(&data).unwrap() {
            chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    // The database can only be read.
    let database = data.join("server.db");
    allow(&database, 0o400);
    let said = as_nobody(path, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(
        said.contains("server.db may not be written by this user"),
        "{said}"
    );
    allow(&database, 0o000);
    let said = as_nobody(path, &["serve"]);
    assert!(said.contains("server.db may not be read by this user"), "{said}");
    allow(&database, 0o600);
}
