//! The phone of a kill run: works as it is told, syncs all the time, and says what it has.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fieldbook_core::replica::store::outbox;
use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, HttpTransport};
use fieldbook_core::replica::{Options, Replica, Subscription};

use super::work::Work;
use crate::process::{Outcome, SystemEdge, say};

/// The pause after a sync, good or bad. The app's own waits are longer; here the next kill is near.
const PAUSE: Duration = Duration::from_millis(10);

/// Plays a phone: `FOLDER URL CODE INCARNATION SEED`. Without a code it is signed in already. Each line on its input
/// is a number of acts to do; `drain` means to bring everything to the server and end.
///
/// # Errors
/// When the replica refuses; that is a finding.
pub fn run(arguments: &[OsString]) -> Outcome<()> {
    let text = |at: usize| {
        arguments
            .get(at)
            .map(|text| text.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let (incarnation, seed): (u64, u64) = (text(3).parse()?, text(4).parse()?);
    let played =
        Phone::open(Path::new(&text(0)), &text(1)).and_then(|phone| phone.play(&text(2), incarnation, seed));
    if let Err(error) = &played {
        say(&format!("trouble {error}"))?;
    }
    played
}

struct Phone {
    replica: Arc<Replica>,
    driver: Driver,
    edge: Arc<dyn Edge>,
}

impl Phone {
    fn open(folder: &Path, url: &str) -> Outcome<Self> {
        std::fs::create_dir_all(folder)?;
        let replica = Arc::new(Replica::open(&folder.join("replica.db"), Options::default())?);
        let edge: Arc<dyn Edge> = Arc::new(SystemEdge::new()?);
        let driver = Driver::new(Arc::clone(&replica), HttpTransport::new(url)?, Arc::clone(&edge));
        Ok(Self {
            replica,
            driver,
            edge,
        })
    }

    fn play(self, code: &str, incarnation: u64, seed: u64) -> Outcome<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        if !code.is_empty() {
            let enrolment = Enrolment {
                code: code.to_owned(),
                name: "killed phone".to_owned(),
            };
            runtime.block_on(self.driver.enrol(&enrolment))?;
        }
        let acknowledged = tell_acknowledged(&self.replica, self.edge.now().unix_ms());
        let orders = listen()?;
        let mut work = Work::begin(Arc::clone(&self.replica), incarnation, seed)?;
        say("enrolled")?;
        let replica = Arc::clone(&self.replica);
        std::thread::scope(|scope| {
            let worker = scope.spawn(move || -> Outcome<()> {
                while let Some(acts) = next_order(&orders)? {
                    work.go(acts)?;
                }
                Ok(())
            });
            runtime.block_on(self.sync_until(|| worker.is_finished() && is_settled(&replica)))?;
            worker.join().map_err(|_| "the work ended in a panic")?
        })?;
        drop(acknowledged);
        Ok(say("drained")?)
    }

    /// Syncs again and again until there is nothing to come.
    async fn sync_until(&self, is_over: impl Fn() -> bool) -> Outcome<()> {
        while !is_over() {
            say("syncing")?;
            // A server that is down is what this is about: the next one comes up.
            let _ = self.driver.sync().await;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }
}

/// The numbers on the input, as they come.
fn listen() -> Outcome<Receiver<String>> {
    let (sender, orders) = mpsc::channel();
    std::thread::Builder::new()
        .name("orders".to_owned())
        .spawn(move || {
            for line in std::io::stdin().lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        })?;
    Ok(orders)
}

fn next_order(orders: &Receiver<String>) -> Outcome<Option<usize>> {
    match orders.recv() {
        Ok(order) if order == "drain" => Ok(None),
        Ok(order) => Ok(Some(order.parse()?)),
        Err(_) => Ok(None),
    }
}

fn is_settled(replica: &Replica) -> bool {
    replica
        .totals()
        .is_ok_and(|totals| totals.on_phone + totals.sent == 0)
}

/// Says each operation that the server has acknowledged, after the commit that noted it.
fn tell_acknowledged(replica: &Arc<Replica>, since_ms: u64) -> Subscription {
    let told = Mutex::new((since_ms, BTreeSet::new()));
    let reader = Arc::downgrade(replica);
    replica.live().subscribe(move |changed| {
        let Some(replica) = reader.upgrade().filter(|_| changed.status) else {
            return;
        };
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let (since_ms, positions) = &mut *told;
        let Ok(accepted) = replica
            .store()
            .read(|conn| outbox::accepted_since(conn, *since_ms))
        else {
            return;
        };
        for row in accepted {
            if positions.insert(row.position) {
                let _ = say(&format!(
                    "acknowledged {} {}",
                    row.document,
                    hex::encode(row.hash)
                ));
            }
        }
    })
}
