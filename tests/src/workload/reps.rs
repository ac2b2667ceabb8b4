//! Reps whose day is over: their phones hold it, packed into the body of one request.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use fieldbook_core::model::{DocumentId, PersonId};
use fieldbook_core::replica::ReplicaError;
use fieldbook_core::replica::store::{documents, outbox};
use fieldbook_core::replica::sync::Ready;
use fieldbook_server::store::{SqliteStore, Store};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::day::{Round, Stop, VISITS, add_customers, customers, morning};
use crate::process::{Desk, Outcome, Phone, Town};

/// A day on its way: what the phone sends, and what it must find on the server afterwards.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    pub(super) person: PersonId,
    pub(super) access_token: String,
    pub(super) body: Vec<u8>,
    pub(super) operations: u64,
}

/// Signs the first `count` reps of a town in and lets each work a day; the town's server must not run.
pub(super) fn pack(town: &Town, store: &SqliteStore, count: usize) -> Outcome<Vec<Packed>> {
    let phones = town.phones(store, count)?;
    let desk = Desk::new(store.clone());
    keep_customers(town, store, &desk, count)?;
    let workers = std::thread::available_parallelism()
        .map_or(1, NonZeroUsize::get)
        .min(count.max(1));
    let mut shares: Vec<Vec<(usize, Phone)>> = (0..workers).map(|_| Vec::new()).collect();
    for (number, phone) in phones.into_iter().enumerate() {
        shares[number % workers].push((number, phone));
    }
    let packed = std::thread::scope(|scope| {
        let threads: Vec<_> = shares
            .into_iter()
            .map(|share| {
                let desk = &desk;
                scope.spawn(move || -> Outcome<Vec<(usize, Packed)>> {
                    share
                        .into_iter()
                        .map(|(number, phone)| Ok((number, work(number, &phone, desk)?)))
                        .collect()
                })
            })
            .collect();
        let mut packed = Vec::with_capacity(count);
        for thread in threads {
            packed.extend(thread.join().map_err(|_| "a rep's day ended in a panic")??);
        }
        Outcome::Ok(packed)
    });
    let mut packed = packed?;
    packed.sort_by_key(|(number, _)| *number);
    Ok(packed.into_iter().map(|(_, packed)| packed).collect())
}

/// One rep: knows the customers, has synced before, works a day and packs it.
fn work(number: usize, phone: &Phone, desk: &Desk) -> Outcome<Packed> {
    let seed = number as u64;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let start = morning(number as u128 + 1);
    let stops = local_customers(phone, seed, &mut rng)?;
    desk.sync(phone, &start, &mut rng)?;
    Round::new(seed, start, stops).run(&phone.replica)?;
    let (_, outgoing) = Ready::default().begin(&phone.replica)?;
    Ok(Packed {
        person: phone.replica.identity()?.person,
        access_token: phone.access_token.clone(),
        body: outgoing.body,
        operations: outgoing.operations,
    })
}

/// Brings the customers of all days to the server, where visits need them. Somebody out of the supervisor's sight looks
/// after them: the workload is the days without them.
fn keep_customers(town: &Town, store: &SqliteStore, desk: &Desk, count: usize) -> Outcome<()> {
    let keeper = town.keeper_phone(store)?;
    for number in 0..count {
        let (seed, now) = (number as u64, morning(number as u128 + 1));
        // The same chance as on the rep's phone gives the same ids.
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        add_customers(&keeper.replica, &now, &mut rng, customers(seed, VISITS))?;
        desk.sync(&keeper, &now, &mut rng)?;
    }
    Ok(())
}

/// The round's customers as if they had come from the server.
fn local_customers(phone: &Phone, seed: u64, rng: &mut ChaCha8Rng) -> Outcome<Vec<Stop>> {
    let now = morning(u128::from(seed) + 1);
    let stops = add_customers(&phone.replica, &now, rng, customers(seed, VISITS))?;
    phone.replica.store().write(|tx| -> Result<(), ReplicaError> {
        for stop in &stops {
            outbox::accept(tx, stop.customer, 0, 1, 1, now.unix_ms())?;
            documents::refresh_state(tx, stop.customer)?;
        }
        Ok(())
    })?;
    Ok(stops)
}

/// How many of the packed operations are not in the store.
pub(super) fn missing(town: &Town, store: &SqliteStore, packed: &[Packed]) -> Outcome<u64> {
    let tenant = town.tenant;
    let mut missing = 0;
    for day in packed {
        let stored = store.read(|reader| {
            let own: BTreeSet<DocumentId> = reader.documents_of(tenant, &[day.person])?.into_iter().collect();
            let mut stored = 0;
            for document in own {
                let segments = reader.segments(tenant, document, 0)?;
                stored += segments
                    .iter()
                    .map(|segment| u64::from(segment.count))
                    .sum::<u64>();
            }
            Ok(stored)
        })?;
        missing += day.operations.saturating_sub(stored);
    }
    Ok(missing)
}
