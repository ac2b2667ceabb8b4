use std::collections::BTreeSet;
use std::time::Instant;

use fieldbook_core::model::DocumentId;
use fieldbook_server::store::Store;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::check::{held, is_sound, stored};
use super::moment::Moment;
use super::yard::{PHONES, Yard};
use super::{Settings, Summary};
use crate::process::Outcome;

/// How many acts each phone may do in a cycle.
const ACTS: usize = 50;

/// Runs the cycles and returns what came of them.
///
/// # Errors
/// When a process does not come up, a phone is in trouble, or a file cannot be read: the run itself failed, whatever is
/// lost.
pub fn run(settings: &Settings) -> Outcome<Summary> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let mut yard = Yard::open(folder.path(), settings.seed)?;
    let mut summary = Summary::default();
    for cycle in 0..settings.cycles {
        let moment = Moment::draw(&mut rng, PHONES);
        strike(&mut yard, &moment, &mut summary)
            .map_err(|error| format!("seed {}, cycle {cycle}: {error}", settings.seed))?;
        summary.cycles += 1;
    }
    conclude(&mut yard, &mut summary)
        .map_err(|error| format!("seed {}, at the end: {error}", settings.seed))?;
    summary.seconds = begun.elapsed().as_secs_f64();
    Ok(summary)
}

/// One cycle: work, kill, look, start again.
fn strike(yard: &mut Yard, moment: &Moment, summary: &mut Summary) -> Outcome<()> {
    for phone in &mut yard.phones {
        phone.catch_up()?;
        phone.order(ACTS)?;
    }
    let watched = &mut yard.phones[moment.phone];
    watched.listen(moment.lines)?;
    if moment.at_upload {
        watched.listen_for_upload()?;
    }
    watched.linger(moment.delay)?;
    if moment.kills_server() {
        yard.kill_server()?;
        summary.server_kills += 1;
    }
    if moment.kills_phone() {
        yard.kill_phone(moment.phone)?;
        summary.phone_kills += 1;
        look_at_phone(yard, moment.phone, summary)?;
        yard.restart_phone(moment.phone)?;
    }
    if moment.kills_server() {
        look_at_server(yard, summary)?;
        yard.restart_server()?;
    }
    Ok(())
}

/// Everything that the phone has called saved since it was last looked at must be in its file.
fn look_at_phone(yard: &mut Yard, number: usize, summary: &mut Summary) -> Outcome<()> {
    let phone = &mut yard.phones[number];
    summary.corrupt += u64::from(!is_sound(&phone.file())?);
    let held = held(&phone.file())?;
    summary.lost_saved += phone.ledger.unchecked.difference(&held.tokens).count() as u64;
    phone.ledger.unchecked.clear();
    Ok(())
}

/// Everything that was acknowledged since the server was last looked at must be in its store.
fn look_at_server(yard: &mut Yard, summary: &mut Summary) -> Outcome<()> {
    summary.corrupt += u64::from(!is_sound(
        &yard.town.folder.join(fieldbook_server::store::sqlite::FILE),
    )?);
    let (store, tenant) = (yard.town.open()?, yard.town.tenant);
    for phone in &mut yard.phones {
        for document in std::mem::take(&mut phone.ledger.fresh) {
            let stored: BTreeSet<String> = stored(&store, tenant, document)?.into_iter().collect();
            let known = phone.ledger.acknowledged.get(&document);
            let lost = known.map_or(0, |known| known.difference(&stored).count());
            summary.lost_acknowledged += lost as u64;
        }
    }
    Ok(())
}

/// Lets the phones bring everything to the server and counts what is gone, and what is there that should not be.
fn conclude(yard: &mut Yard, summary: &mut Summary) -> Outcome<()> {
    for phone in &mut yard.phones {
        phone.drain()?;
    }
    yard.kill_server()?;
    // The counts of the cycles were of what they could see; these are of everything.
    (summary.lost_saved, summary.lost_acknowledged) = (0, 0);
    summary.corrupt += u64::from(!is_sound(
        &yard.town.folder.join(fieldbook_server::store::sqlite::FILE),
    )?);
    let (store, tenant) = (yard.town.open()?, yard.town.tenant);
    for (phone, rep) in yard.phones.iter().zip(&yard.town.reps) {
        summary.corrupt += u64::from(!is_sound(&phone.file())?);
        let held = held(&phone.file())?;
        summary.parked += held.parked;
        summary.saved += phone.ledger.saved.len() as u64;
        summary.acknowledged += phone.ledger.acknowledgements();
        summary.lost_saved += phone.ledger.saved.difference(&held.tokens).count() as u64;
        let on_server = store.read(|reader| reader.documents_of(tenant, &[rep.person]))?;
        let documents: BTreeSet<DocumentId> = held
            .hashes
            .keys()
            .chain(phone.ledger.acknowledged.keys())
            .chain(&on_server)
            .copied()
            .collect();
        for document in documents {
            let stored = stored(&store, tenant, document)?;
            let distinct: BTreeSet<String> = stored.iter().cloned().collect();
            let none = BTreeSet::new();
            let own = held.hashes.get(&document).unwrap_or(&none);
            let acknowledged = phone.ledger.acknowledged.get(&document).unwrap_or(&none);
            summary.lost_saved += own.difference(&distinct).count() as u64;
            summary.lost_acknowledged += acknowledged.difference(&distinct).count() as u64;
            summary.twice += (stored.len() - distinct.len() + distinct.difference(own).count()) as u64;
        }
    }
    Ok(())
}
