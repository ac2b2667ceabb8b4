//! The restore drill, for real: a server in its own process, phones on files, yesterday's backup, the server's disk gone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalStatus, ApprovalView};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::store::{documents, parked, settings};
use fieldbook_core::replica::sync::{
    Driver, Edge, Enrolment, Exchanged, HttpTransport, Tokens, Trouble, TroubleKind,
};
use fieldbook_core::replica::{NewCustomer, NewExpenseLine, Options, Replica};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::{Outcome, SystemEdge};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

/// The binary that plays the server's command line.
const PROGRAM: &str = env!("CARGO_BIN_EXE_kill");

fn fieldbook(folder: &Path, arguments: &[&str]) -> Outcome<Output> {
    let mut command = Command::new(PROGRAM);
    Ok(command
        .arg("as-server")
        .args(arguments)
        .current_dir(folder)
        .output()?)
}

/// Runs a command that must do its work, and answers what it said.
fn done(folder: &Path, arguments: &[&str]) -> Outcome<String> {
    let output = fieldbook(folder, arguments)?;
    let error = String::from_utf8(output.stderr)?;
    assert!(output.status.success(), "{arguments:?}: {error}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command that must not do its work, and answers why.
fn refused(folder: &Path, arguments: &[&str]) -> Outcome<String> {
    let output = fieldbook(folder, arguments)?;
    assert!(!output.status.success(), "{arguments:?} did its work");
    Ok(String::from_utf8(output.stderr)?)
}

struct Server {
    child: std::process::Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, data: &str, listen: &str) -> Outcome<Self> {
        use std::io::{BufRead, BufReader};
        let mut child = Command::new(PROGRAM)
            .args(["as-server", "serve", "--data", data, "--listen", listen])
            .current_dir(folder)
            .stdout(std::process::Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .ok_or(line.clone())?;
        Ok(Self {
            address: address.to_owned(),
            child,
        })
    }

    fn kill(mut self) -> Outcome<String> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.address.clone())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed already in most tests.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Phone {
    replica: Arc<Replica>,
    driver: Driver,
    edge: Arc<SystemEdge>,
    rng: ChaCha20Rng,
}

impl Phone {
    async fn sign_in(folder: &Path, data: &str, server: &str, person: &str, seed: u64) -> Outcome<Self> {
        let said = done(folder, &["enrol", person, "--data", data])?;
        let code = said
            .lines()
            .find_map(|line| line.strip_prefix(&format!("code for {person}: ")))
            .ok_or("no code")?;
        let path = folder.join(format!("{person}-{seed}.db"));
        let replica = Arc::new(Replica::open(&path, Options::default())?);
        let edge = Arc::new(SystemEdge::new()?);
        let transport = HttpTransport::new(&format!("http://{server}"))?;
        let driver = Driver::new(
            Arc::clone(&replica),
            transport,
            Arc::clone(&edge) as Arc<dyn Edge>,
        );
        let enrolment = Enrolment {
            code: code.to_owned(),
            name: person.to_owned(),
        };
        driver.enrol(&enrolment).await?;
        let phone = Self {
            replica,
            driver,
            edge,
            rng: ChaCha20Rng::seed_from_u64(seed),
        };
        phone.sync().await?;
        Ok(phone)
    }

    /// Replaces the phone's tokens by the next pair, as it does each hour.
    async fn renew(&self, server: &str) -> Outcome<()> {
        let kept = self.replica.store().read(|conn| settings::get(conn, "tokens"))?;
        let tokens: Tokens = serde_json::from_slice(&kept.ok_or("nobody is signed in")?)?;
        let transport = HttpTransport::new(&format!("http://{server}"))?;
        let identity = self.replica.identity()?;
        let next = transport.refresh(&identity, &tokens.refresh_token).await?;
        let next = serde_json::to_vec(&next)?;
        self.replica
            .store()
            .write(|tx| settings::put(tx, "tokens", &next))?;
        Ok(())
    }

    async fn sync(&self) -> Outcome<Exchanged> {
        Ok(self.driver.sync().await?)
    }

    fn customer(&mut self, name: &str) -> Outcome<DocumentId> {
        let customer = NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        };
        let now = self.edge.now();
        Ok(self.replica.add_customer(&now, &mut self.rng, customer)?)
    }

    fn expense(&mut self, title: &str) -> Outcome<DocumentId> {
        let now = self.edge.now();
        let currency = "CNY".parse().map_err(|_| "no currency")?;
        let expense = self
            .replica
            .draft_expense(&now, &mut self.rng, title, currency, None, None)?;
        let line = NewExpenseLine {
            date: now.at.date_naive(),
            category: "meals".to_owned(),
            amount: "128.50".to_owned(),
            note: None,
            photo: None,
            receipt: None,
        };
        self.replica.add_expense_line(&now, expense, line)?;
        self.replica.submit(&now, expense)?;
        Ok(expense)
    }

    fn decide(&self, expense: DocumentId, decision: Decision) -> Outcome<()> {
        let row = self.approval(expense)?;
        let now = self.edge.now();
        let note = Some("as we agreed".to_owned());
        self.replica
            .decide(&now, expense, &row.revision, decision, note)?;
        Ok(())
    }

    fn approval(&self, expense: DocumentId) -> Outcome<ApprovalView> {
        let view = self
            .replica
            .with_document(expense, |index| Ok(ApprovalView::read(index)?))?;
        Ok(view.ok_or("the approval is not on this phone")?)
    }

    /// Every document and where its history ends.
    fn heads(&self) -> Outcome<BTreeMap<DocumentId, Vec<automerge::ChangeHash>>> {
        let rows = self.replica.store().read(documents::all)?;
        let heads = rows.into_iter().map(|row| {
            let index = self.replica.document(row.document)?.ok_or("it has no history")?;
            Ok((row.document, index.heads()))
        });
        heads.collect()
    }

    /// Everything this person did is accepted, and nothing waits for them.
    fn assert_at_peace(&self) -> Outcome<()> {
        assert!(self.replica.totals()?.all_accepted());
        assert!(self.replica.store().read(parked::all)?.is_empty());
        assert!(self.replica.damaged()?.is_empty());
        Ok(())
    }
}

/// An organisation and its server, as an operator sets it up.
fn founded() -> Outcome<TempDir> {
    let folder = TempDir::new()?;
    let path = folder.path();
    done(path, &["init", "--data", "data"])?;
    done(path, &["unit", "add", "North", "--data", "data"])?;
    for (name, role) in [("Dana", "rep"), ("Marcus", "rep"), ("Grace", "supervisor")] {
        let user = [
            "user", "add", name, "--role", role, "--unit", "North", "--data", "data",
        ];
        done(path, &user)?;
    }
    Ok(folder)
}

/// Kills the server, loses its disk, and serves yesterday's backup at the same address.
fn lose_and_restore(folder: &Path, server: Server, hold: &str) -> Outcome<Server> {
    let address = server.kill()?;
    std::fs::remove_dir_all(folder.join("data"))?;
    let said = done(
        folder,
        &["restore", "monday.backup", "--data", "data", "--hold", hold],
    )?;
    assert!(said.contains("phones hand back by themselves"), "{said}");
    Server::start(folder, "data", &address)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_that_a_phone_holds_and_nobody_does_anything() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let address = server.address.clone();
    let mut dana = Phone::sign_in(path, "data", &address, "Dana", 1).await?;
    let mut marcus = Phone::sign_in(path, "data", &address, "Marcus", 2).await?;
    let grace = Phone::sign_in(path, "data", &address, "Grace", 3).await?;
    dana.customer("Sunrise Market")?;
    let monday = dana.expense("Lunch on Monday")?;
    dana.sync().await?;
    let said = done(path, &["backup", "--data", "data", "--to", "monday.backup"])?;
    assert!(said.contains("log at ") && said.contains("secret key"), "{said}");

    // Tuesday: work, approvals, and a phone that nobody will see again.
    dana.customer("华东轴承")?;
    let tuesday = dana.expense("Taxi on Tuesday")?;
    dana.sync().await?;
    marcus.customer("Corner Shop")?;
    marcus.sync().await?;
    grace.sync().await?;
    grace.decide(monday, Decision::Approve)?;
    grace.decide(tuesday, Decision::Reject)?;
    grace.sync().await?;
    dana.sync().await?;
    assert_eq!(dana.approval(monday)?.status, ApprovalStatus::Approved);
    drop(marcus);
    let (danas, graces) = (dana.heads()?, grace.heads()?);
    assert_eq!((danas.len(), graces.len()), (4, 5));
    // Not sent yet when the disk dies.
    let late = dana.customer("Old Mill")?;

    let server = lose_and_restore(path, server, "24")?;
    // The phone that knows less comes first.
    let first = dana.sync().await?;
    assert!(first.report.rewound && first.report.parked == 0, "{first:?}");
    let second = grace.sync().await?;
    assert!(
        second.report.rewound && second.report.handed_back > 0,
        "{second:?}"
    );
    dana.sync().await?;
    grace.sync().await?;
    for phone in [&dana, &grace] {
        phone.assert_at_peace()?;
        assert_eq!(phone.approval(monday)?.status, ApprovalStatus::Approved);
        assert_eq!(phone.approval(tuesday)?.status, ApprovalStatus::Rejected);
    }
    let (danas_now, graces_now) = (dana.heads()?, grace.heads()?);
    for (document, heads) in danas {
        assert_eq!(danas_now.get(&document), Some(&heads), "as it was, to the hash");
    }
    for (document, heads) in graces {
        assert_eq!(graces_now.get(&document), Some(&heads), "as it was, to the hash");
    }
    assert!(graces_now.contains_key(&late), "new work goes on");

    // Who knows nothing gets all of it from the server, what Marcus's lost phone wrote too.
    let fresh = Phone::sign_in(path, "data", &address, "Grace", 4).await?;
    assert_eq!(fresh.heads()?, graces_now);
    server.kill()?;
    let log = ruling_log(&path.join("data"))?;
    assert_only_handed_back(&log);
    done(path, &["audit", "verify", "--data", "data"])?;
    Ok(())
}

/// Behind the restore the ruling log has what phones handed back, and nothing was ruled again.
fn assert_only_handed_back(log: &[String]) {
    let restored = log.iter().position(|json| json.contains("\"restored\""));
    let behind = restored.map(|at| &log[at + 1..]).unwrap_or_default();
    assert!(!behind.is_empty(), "{log:?}");
    assert!(
        behind.iter().all(|json| json.contains("\"handed_back\"")),
        "{log:?}"
    );
}

fn ruling_log(folder: &Path) -> Outcome<Vec<String>> {
    let options = fieldbook_server::store::sqlite::Options {
        durable: false,
        inline: true,
    };
    let store = SqliteStore::open(folder, options)?;
    let rows = store.read(|reader| {
        let tenant = reader.tenants()?.into_iter().next().map(|tenant| tenant.id);
        tenant.map_or(Ok(Vec::new()), |tenant| reader.rulings(tenant, 0, 100))
    })?;
    Ok(rows.into_iter().map(|row| row.json).collect())
}

/// Yesterday's backup knows none of the tokens that phones have today: each was replaced by the next, once an hour.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_in_again_after_a_backup_that_is_older_than_all_tokens() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let address = server.address.clone();
    let mut dana = Phone::sign_in(path, "data", &address, "Dana", 1).await?;
    let mut marcus = Phone::sign_in(path, "data", &address, "Marcus", 2).await?;
    let grace = Phone::sign_in(path, "data", &address, "Grace", 3).await?;
    dana.customer("Sunrise Market")?;
    dana.sync().await?;
    done(path, &["backup", "--data", "data", "--to", "monday.backup"])?;
    for phone in [&dana, &marcus, &grace] {
        for _ in 0..2 {
            phone.renew(&address).await?;
            phone.sync().await?;
        }
    }
    let sent = dana.customer("华东轴承")?;
    dana.sync().await?;
    let unsent = dana.customer("Old Mill")?;
    marcus.customer("Corner Shop")?;

    let server = lose_and_restore(path, server, "0")?;
    // Marcus's phone was stolen; he says so before it finds the restored server.
    let phones = done(path, &["device", "list", "--data", "data"])?;
    let stolen = phones.lines().find(|line| line.starts_with("Marcus"));
    let id = stolen.and_then(|line| line.split_whitespace().find(|word| word.len() == 36));
    done(
        path,
        &["device", "revoke", id.ok_or(phones.clone())?, "--data", "data"],
    )?;

    // Nobody does anything: the phones just sync.
    let first = dana.sync().await?;
    assert!(first.report.rewound && first.report.handed_back > 0, "{first:?}");
    grace.sync().await?;
    dana.sync().await?;
    grace.sync().await?;
    for phone in [&dana, &grace] {
        phone.assert_at_peace()?;
        let heads = phone.heads()?;
        assert!(
            heads.contains_key(&sent) && heads.contains_key(&unsent),
            "{heads:?}"
        );
    }
    assert_eq!(dana.heads()?, grace.heads()?);
    let Err(refused) = marcus.driver.sync().await else {
        return Err("a revoked phone came back".into());
    };
    assert_eq!(Trouble::of(&refused).kind, TroubleKind::SignInEnded);
    // The new tokens are renewed like any others.
    dana.renew(&address).await?;
    dana.sync().await?;
    drop(server);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_waits_for_the_phone_that_holds_the_first_one() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    done(
        path,
        &[
            "user",
            "add",
            "Henry",
            "--role",
            "supervisor",
            "--unit",
            "North",
            "--data",
            "data",
        ],
    )?;
    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let address = server.address.clone();
    let mut dana = Phone::sign_in(path, "data", &address, "Dana", 1).await?;
    let grace = Phone::sign_in(path, "data", &address, "Grace", 3).await?;
    let henry = Phone::sign_in(path, "data", &address, "Henry", 5).await?;
    let expense = dana.expense("Lunch")?;
    dana.sync().await?;
    henry.sync().await?;
    done(path, &["backup", "--data", "data", "--to", "monday.backup"])?;
    grace.sync().await?;
    grace.decide(expense, Decision::Approve)?;
    grace.sync().await?;
    dana.sync().await?;
    assert_eq!(
        dana.approval(expense)?.status,
        ApprovalStatus::Approved,
        "Dana was told"
    );
    // Henry knows nothing of it, and his phone comes first after the restore.
    henry.decide(expense, Decision::Reject)?;
    let _server = lose_and_restore(path, server, "24")?;
    henry.sync().await?;
    assert_eq!(
        henry.approval(expense)?.status,
        ApprovalStatus::Provisional,
        "it waits"
    );
    for _ in 0..4 {
        for phone in [&grace, &dana, &henry] {
            phone.sync().await?;
        }
    }
    for phone in [&dana, &grace, &henry] {
        phone.assert_at_peace()?;
        assert_eq!(phone.approval(expense)?.status, ApprovalStatus::Approved);
    }
    assert_eq!(dana.heads()?, grace.heads()?);
    assert_eq!(dana.heads()?, henry.heads()?);
    let log = ruling_log(&path.join("data"))?;
    // Henry's decision got its answer, that it came too late: the only thing that was ruled.
    let ruled = log.iter().filter(|json| !json.contains("\"handed_back\""));
    let behind = ruled.skip_while(|json| !json.contains("\"restored\"")).skip(1);
    assert_eq!(behind.count(), 1, "{log:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_whose_ruling_nobody_saw_is_ruled_once_when_all_were_here() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let address = server.address.clone();
    let mut dana = Phone::sign_in(path, "data", &address, "Dana", 1).await?;
    let grace = Phone::sign_in(path, "data", &address, "Grace", 3).await?;
    let expense = dana.expense("Lunch")?;
    dana.sync().await?;
    grace.sync().await?;
    done(path, &["backup", "--data", "data", "--to", "monday.backup"])?;
    let server = lose_and_restore(path, server, "24")?;
    grace.decide(expense, Decision::Approve)?;
    // The first exchange reads the new epoch's log, the second says that nothing is left to hand back.
    grace.sync().await?;
    assert_eq!(grace.approval(expense)?.status, ApprovalStatus::Provisional);
    grace.sync().await?;
    dana.sync().await?;
    dana.sync().await?;
    grace.sync().await?;
    grace.sync().await?;
    dana.sync().await?;
    for phone in [&dana, &grace] {
        phone.assert_at_peace()?;
        assert_eq!(phone.approval(expense)?.status, ApprovalStatus::Approved);
    }
    let mut receipts = dana.replica.heads()?;
    receipts.extend(grace.replica.heads()?);
    // A second restore of the same backup is another epoch: nothing is mistaken.
    let server = lose_and_restore(path, server, "0")?;
    for phone in [&dana, &grace, &dana, &grace] {
        phone.sync().await?;
    }
    for phone in [&dana, &grace] {
        phone.assert_at_peace()?;
        assert_eq!(phone.approval(expense)?.status, ApprovalStatus::Approved);
    }
    assert_eq!(dana.heads()?, grace.heads()?);
    server.kill()?;
    // The audit explains what both restores lost, and what came back.
    let lines: Result<Vec<String>, _> = receipts.iter().map(serde_json::to_string).collect();
    std::fs::write(path.join("heads.jsonl"), lines?.join("\n"))?;
    let verify = ["audit", "verify", "--data", "data", "--heads", "heads.jsonl"];
    let said = done(path, &verify)?;
    assert!(said.contains("explains that"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_phone_begins_anew_beside_its_file() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let mut dana = Phone::sign_in(path, "data", &server.address, "Dana", 1).await?;
    let known = dana.customer("Sunrise Market")?;
    dana.sync().await?;
    dana.replica.set_tag(&dana.edge.now(), known, "重点", true)?;
    let unsent = dana.customer("华东轴承")?;
    let heads = dana.heads()?;
    let Phone {
        replica,
        driver,
        edge,
        rng,
    } = dana;
    drop((driver, replica));
    let file = path.join("Dana-1.db");
    let mut bytes = std::fs::read(&file)?;
    let last = bytes.len() - 2048;
    bytes[last..].fill(0xa5);
    std::fs::write(&file, &bytes)?;

    let now_ms = edge.now().unix_ms();
    let (replica, recovered) = Replica::recover(&file, Options::default(), now_ms)?;
    assert!(recovered.signed_in && recovered.parked >= 2, "{recovered:?}");
    assert_eq!(
        std::fs::read(&recovered.aside)?,
        bytes,
        "the evidence stays as it is"
    );
    let replica = Arc::new(replica);
    let transport = HttpTransport::new(&format!("http://{}", server.address))?;
    let driver = Driver::new(
        Arc::clone(&replica),
        transport,
        Arc::clone(&edge) as Arc<dyn Edge>,
    );
    let dana = Phone {
        replica,
        driver,
        edge,
        rng,
    };
    dana.sync().await?;
    // Its own work came back from the server, and what was not there waits for Dana, word for word.
    let held = dana.heads()?;
    assert!(
        held.contains_key(&known) && held.len() + 1 == heads.len(),
        "{held:?}"
    );
    let parked = dana.replica.parked()?;
    for row in &parked {
        let command = row.command.clone().ok_or("it does not read")?;
        // What had reached the server is refused by the phone's own rules; the rest goes.
        let sent = dana.replica.resend_parked(&dana.edge.now(), row.id, &command);
        if sent.is_err() {
            dana.replica.discard_parked(row.id)?;
        }
    }
    dana.sync().await?;
    dana.assert_at_peace()?;
    assert!(dana.heads()?.contains_key(&unsent));
    let tags = dana.replica.with_document(known, |index| {
        Ok(fieldbook_core::document::view::CustomerView::read(index)?.tags)
    })?;
    assert_eq!(tags.into_iter().flatten().collect::<Vec<_>>(), ["重点"]);
    Ok(())
}

#[test]
fn what_is_there_is_never_overwritten() -> Outcome<()> {
    let folder = founded()?;
    let path = folder.path();
    done(path, &["backup", "--data", "data", "--to", "a.backup"])?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path.join("a.backup"))?.permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it holds the server's key");
    }
    let said = refused(path, &["backup", "--data", "data", "--to", "a.backup"])?;
    assert!(
        said.contains("--to a.backup: it exists already") && said.contains("--force"),
        "{said}"
    );
    done(path, &["backup", "--data", "data", "--to", "a.backup", "--force"])?;
    let said = refused(path, &["backup", "--data", "data", "--to", "nowhere/a.backup"])?;
    assert!(said.contains("there is no folder nowhere"), "{said}");
    let said = refused(path, &["backup", "--data", "other", "--to", "b.backup"])?;
    assert!(said.contains("there is no server in other"), "{said}");

    let said = refused(path, &["restore", "a.backup", "--data", "data"])?;
    assert!(
        said.contains("--data data: it is not empty") && said.contains("--force"),
        "{said}"
    );
    std::fs::write(path.join("list.txt"), "my shopping list for the week")?;
    let said = refused(path, &["restore", "list.txt", "--data", "new"])?;
    assert!(said.contains("is not a Fieldbook server database"), "{said}");
    let mut bytes = std::fs::read(path.join("a.backup"))?;
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(path.join("spoilt.backup"), bytes)?;
    let said = refused(path, &["restore", "spoilt.backup", "--data", "new"])?;
    assert!(said.contains("is damaged"), "{said}");
    assert!(!path.join("new").exists(), "nothing was made");

    let server = Server::start(path, "data", "127.0.0.1:0")?;
    let said = refused(path, &["restore", "a.backup", "--data", "data", "--force"])?;
    assert!(said.contains("is held by the server with process id"), "{said}");
    server.kill()?;
    let said = done(path, &["restore", "a.backup", "--data", "data", "--force"])?;
    let aside = said
        .lines()
        .find_map(|line| line.strip_prefix("what was there before is in "))
        .map(PathBuf::from)
        .ok_or("it does not say where")?;
    assert!(path.join(aside).join("server.db").exists());
    let names: Vec<_> = std::fs::read_dir(path)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("draft") || name.contains("restoring"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
    Ok(())
}
