//! The phone of a kill run: works as it is told, syncs all the time, and says what it has.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fieldbook_core::document::view::VisitStatus;
use fieldbook_core::replica::query::{Day, customers as known_customers, today};
use fieldbook_core::replica::store::outbox;
use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, HttpTransport};
use fieldbook_core::replica::{Now, Options, Replica, StoreError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::ledger::token;
use crate::day::{Round, Stop, VISITS, add_customers, customers, morning};
use crate::process::{Outcome, SystemEdge, say};

/// The pause after a sync, good or bad. The app's own waits are longer; here the next kill is near.
const PAUSE: Duration = Duration::from_millis(10);

/// Plays a phone: `FOLDER URL CODE INCARNATION SEED`. Without a code it is signed in already. Each line on its input
/// is a number of acts to do; `drain` means to bring everything to the server and end.
///
/// # Errors
/// When the replica refuses; that is a finding.
pub fn run(arguments: &[OsString]) -> Outcome<()> {
    let text = |at: usize| arguments.get(at).map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
    let (incarnation, seed): (u64, u64) = (text(3).parse()?, text(4).parse()?);
    let played = Phone::open(Path::new(&text(0)), &text(1)).and_then(|phone| phone.play(&text(2), incarnation, seed));
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
        Ok(Self { replica, driver, edge })
    }

    fn play(self, code: &str, incarnation: u64, seed: u64) -> Outcome<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        if !code.is_empty() {
            let enrolment = Enrolment { code: code.to_owned(), name: "killed phone".to_owned() };
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
    std::thread::Builder::new().name("orders".to_owned()).spawn(move || {
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
    replica.totals().is_ok_and(|totals| totals.on_phone + totals.sent == 0)
}

/// Says each operation that the server has acknowledged, after the commit that noted it.
fn tell_acknowledged(replica: &Arc<Replica>, since_ms: u64) -> fieldbook_core::replica::Subscription {
    let told = Mutex::new((since_ms, BTreeSet::new()));
    let reader = Arc::downgrade(replica);
    replica.live().subscribe(move |changed| {
        let Some(replica) = reader.upgrade().filter(|_| changed.status) else { return };
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let (since_ms, positions) = &mut *told;
        let Ok(accepted) = replica.store().read(|conn| outbox::accepted_since(conn, *since_ms)) else { return };
        for row in accepted {
            if positions.insert(row.position) {
                let _ = say(&format!("acknowledged {} {}", row.document, hex::encode(row.hash)));
            }
        }
    })
}

/// The person's side: one day after another.
struct Work {
    replica: Arc<Replica>,
    stops: Vec<Stop>,
    round: Round,
    day: u64,
    seed: u64,
    last: i64,
}

impl Work {
    /// Takes up the work where an earlier life of the phone left it.
    fn begin(replica: Arc<Replica>, incarnation: u64, seed: u64) -> Outcome<Self> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ incarnation);
        let now = start_of(incarnation);
        let known = replica.store().read(|conn| known_customers(conn, 0, VISITS))?;
        let mut stops: Vec<Stop> = known
            .into_iter()
            .filter_map(|row| Some(Stop { customer: row.document, position: row.position? }))
            .collect();
        if stops.is_empty() {
            stops = add_customers(&replica, &now, &mut rng, customers(seed, VISITS))?;
        }
        let round = Round::new(seed ^ incarnation << 20, now, stops.clone());
        let mut work = Self { replica, stops, round, day: incarnation, seed, last: 0 };
        work.tell_saved()?;
        work.end_open_visit(&now, &mut rng)?;
        Ok(work)
    }

    /// Does some acts of the day; after the last one the next day begins.
    fn go(&mut self, acts: usize) -> Outcome<()> {
        for _ in 0..acts {
            while self.round.step(&self.replica)?.is_none() {
                // The days of this life must not meet those of the next ones.
                self.day += 1_000;
                let seed = self.seed ^ self.day << 20;
                self.round = Round::new(seed, start_of(self.day), self.stops.clone());
            }
            self.tell_saved()?;
        }
        Ok(())
    }

    /// A visit that was under way when the phone was killed: only one may be open.
    fn end_open_visit(&mut self, now: &Now, rng: &mut ChaCha8Rng) -> Outcome<()> {
        let person = self.replica.identity()?.person;
        let day = self.replica.store().read(|conn| today(conn, &[person], Day::of(now.at)))?;
        for visit in day.visits.iter().filter(|visit| visit.status == VisitStatus::Started) {
            self.replica.cancel_visit(now, rng, visit.document, "手机重启".to_owned(), None)?;
        }
        self.tell_saved()
    }

    /// Says what is in the file since the last time: the command has returned, so it must survive everything.
    fn tell_saved(&mut self) -> Outcome<()> {
        let last = self.last;
        let rows = self.replica.store().read(|conn| -> Result<Vec<(i64, String)>, StoreError> {
            let own = "SELECT position, command FROM segment
                WHERE position > ?1 AND command IS NOT NULL ORDER BY position";
            let mut statement = conn.prepare_cached(own)?;
            let rows = statement.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        for (position, command) in rows {
            say(&format!("saved {}", token(&command)))?;
            self.last = position;
        }
        Ok(())
    }
}

fn start_of(day: u64) -> Now {
    let now = morning(u128::from(day) + 1);
    Now { at: now.at + chrono::Duration::days(i64::try_from(day).unwrap_or(0)), ..now }
}
