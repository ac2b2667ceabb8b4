//! W7: what a day costs the server when it holds 100, 1,000 and 10,000 days already.

use std::collections::VecDeque;
use std::ops::Range;

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::sync::HttpTransport;
use fieldbook_core::wire::{MAX_INFLATED, Origin, Request, Section, inflate};
use fieldbook_server::random;
use fieldbook_server::store::sqlite::Options;
use fieldbook_server::store::{NewSegment, SqliteStore, Store};

use super::reps::{Packed, pack};
use super::w3::send;
use super::{Figure, Settings, Workload};
use crate::process::{Outcome, ServerProcess, Town};

/// Reps of the organisation; each stored date has a day of each.
const REPS: usize = 100;
/// The days that are stored over and over, each time as other documents.
const PATTERNS: usize = 20;
/// Days sent before anything is measured, so that the server is warm.
const WARM: usize = 10;
/// Days measured at each level.
const MEASURED: usize = 40;

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let most = settings.reps_or(10_000);
    let levels: Vec<usize> = [100, 1_000, 10_000].into_iter().filter(|level| *level <= most).collect();
    let sample = WARM + MEASURED * settings.runs_or(1);
    let reps = PATTERNS + levels.len() * sample;
    let town = Town::found(&settings.folder.join("server"), reps.max(REPS))?;
    // Each level's days have a date of their own, after all stored ones: the newest pages are equally new.
    let date_of = |number: usize| number.saturating_sub(PATTERNS) / sample;
    let mut days: VecDeque<Packed> = pack(&town, &town.open()?, reps, date_of)?.into();
    let patterns: Vec<Packed> = days.drain(..PATTERNS).collect();
    let mut costs = Vec::new();
    let mut stored = 0;
    for level in levels {
        store_days(&town, &patterns, stored..level)?;
        stored = level;
        let sample: Vec<Packed> = days.drain(..sample).collect();
        costs.push((level, cost_of_a_day(&town, &sample)?));
    }
    let base = costs.first().map_or(f64::NAN, |(_, cost)| *cost);
    let names = [(1_000, "cost_ratio_1000"), (10_000, "cost_ratio_10000")];
    let figure = |(level, name)| {
        let cost = costs.iter().find(|(of, _)| *of == level).map(|(_, cost)| *cost)?;
        Some(Workload::W7.figure(name, cost / base, ""))
    };
    Ok(names.into_iter().filter_map(figure).collect())
}

/// The server's processor time for one of these days, in seconds; the first ones only warm it.
fn cost_of_a_day(town: &Town, days: &[Packed]) -> Outcome<f64> {
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let transport = HttpTransport::new(&server.url())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (warm, measured) = days.split_at(WARM.min(days.len()));
    let send_each = |days: &[Packed]| days.iter().try_for_each(|day| runtime.block_on(send(&transport, day)));
    send_each(warm)?;
    let before = server.cpu()?;
    send_each(measured)?;
    Ok(server.cpu()?.since(&before).as_secs_f64() / measured.len().max(1) as f64)
}

/// Puts days into the store as the exchange would, without asking gate and rules again: real operations under new
/// document ids, each date a day before the one stored before it.
fn store_days(town: &Town, patterns: &[Packed], days: Range<usize>) -> Outcome<()> {
    let store = SqliteStore::open(&town.folder, Options { durable: false, inline: true })?;
    let mut rng = random::from_machine()?;
    let decoded = patterns.iter().map(sections).collect::<Outcome<Vec<_>>>()?;
    let tenant = town.tenant;
    for day in days {
        let days_ago = 1 + (day / REPS) as u64;
        let owner = town.reps[day % REPS].person;
        let renamed: Vec<Section> = decoded[day % decoded.len()]
            .iter()
            .map(|section| Section { document: earlier(section.document, days_ago, &mut rng), ..section.clone() })
            .collect();
        store.write(move |writer| {
            for section in &renamed {
                let segment = NewSegment {
                    device: None,
                    origin: Origin { public_key: [7; 32], epoch: 0 },
                    rebase: section.rebase,
                    base: section.base,
                    count: section.count,
                    operations: &section.operations,
                    received_ms: unix_ms_of(section.document),
                };
                writer.append(tenant, section.document, section.kind, owner, &segment)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Another document, made some days before this one at the same time of the day.
fn earlier(document: DocumentId, days: u64, rng: &mut impl rand::Rng) -> DocumentId {
    DocumentId::generate(unix_ms_of(document).saturating_sub(days * 86_400_000), rng)
}

/// When a document was made: the first 48 bits of its UUIDv7.
fn unix_ms_of(document: DocumentId) -> u64 {
    document.as_bytes()[..6].iter().fold(0, |ms, byte| ms << 8 | u64::from(*byte))
}

fn sections(day: &Packed) -> Outcome<Vec<Section>> {
    let request: Request = minicbor::decode(&inflate(&day.body, MAX_INFLATED)?)?;
    Ok(request.upload)
}
