//! W7: what a day costs the server when it holds 100, 1,000 and 10,000 days already.

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::sync::HttpTransport;
use fieldbook_core::wire::{MAX_INFLATED, Origin, Request, Seal, Section, inflate};
use fieldbook_server::random;
use fieldbook_server::store::sqlite::Options;
use fieldbook_server::store::{NewSegment, SqliteStore, Store};

use super::reps::{Packed, pack};
use super::w3::send;
use super::{Figure, Settings, Workload};
use crate::process::{Member, Outcome, ServerProcess, Town};

/// Reps whose days are stored, one of each on each date. The days that are sent are of others, who receive nothing.
const REPS: usize = 100;
/// The days that are stored over and over, each time as other documents.
const PATTERNS: usize = 20;
/// Days sent before anything is measured, so that the server is warm.
const WARM: usize = 10;
/// Days measured at each level.
const MEASURED: usize = 60;

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let most = settings.reps_or(10_000);
    let measured = MEASURED * settings.runs_or(1);
    let mut levels = Vec::new();
    for stored in [100, 1_000, 10_000].into_iter().filter(|stored| *stored <= most) {
        levels.push(Level::fill(settings, stored, WARM + measured)?);
    }
    let costs = costs(&levels)?;
    let base = costs.first().copied().unwrap_or(f64::NAN);
    let names = [(1_000, "cost_ratio_1000"), (10_000, "cost_ratio_10000")];
    let figure = |(stored, name)| {
        let at = levels.iter().position(|level| level.stored == stored)?;
        Some(Workload::W7.figure(name, costs[at] / base, ""))
    };
    Ok(names.into_iter().filter_map(figure).collect())
}

/// A server that holds some days, and the days that are sent to it.
struct Level {
    stored: usize,
    server: ServerProcess,
    transport: HttpTransport,
    days: Vec<Packed>,
}

impl Level {
    /// Stores the days and starts the server. The days to be sent are the same on each level.
    fn fill(settings: &Settings, stored: usize, days: usize) -> Outcome<Self> {
        let reps = REPS + PATTERNS + days;
        let town = Town::found(&settings.folder.join(format!("server-{stored}")), reps)?;
        let mut packed = pack(&town, &town.open()?, PATTERNS + days)?;
        let days = packed.split_off(PATTERNS);
        store_days(&town, &town.reps[PATTERNS + days.len()..], &packed, stored)?;
        let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
        let transport = HttpTransport::new(&server.url())?;
        Ok(Self {
            stored,
            server,
            transport,
            days,
        })
    }
}

/// Each server's processor time for a day, in seconds. The servers take turns: whatever disturbs one disturbs all.
fn costs(levels: &[Level]) -> Outcome<Vec<f64>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let days = levels.first().map_or(0, |level| level.days.len());
    let mut before = Vec::new();
    for day in 0..days {
        if day == WARM.min(days - 1) {
            before = levels
                .iter()
                .map(|level| level.server.cpu())
                .collect::<Outcome<_>>()?;
        }
        for level in levels {
            runtime.block_on(send(&level.transport, &level.days[day]))?;
        }
    }
    let measured = days.saturating_sub(WARM).max(1) as f64;
    levels
        .iter()
        .zip(&before)
        .map(|(level, before)| Ok(level.server.cpu()?.since(before).as_secs_f64() / measured))
        .collect()
}

/// Puts days into the store as the exchange would, without asking gate and rules again: real operations under new
/// document ids, each date a day before the one stored before it.
fn store_days(town: &Town, reps: &[Member], patterns: &[Packed], days: usize) -> Outcome<()> {
    let store = SqliteStore::open(
        &town.folder,
        Options {
            durable: false,
            inline: true,
        },
    )?;
    let mut rng = random::from_machine()?;
    let decoded = patterns.iter().map(sections).collect::<Outcome<Vec<_>>>()?;
    let tenant = town.tenant;
    for day in 0..days {
        let days_ago = 1 + (day / reps.len()) as u64;
        let owner = reps[day % reps.len()].person;
        let renamed: Vec<Section> = decoded[day % decoded.len()]
            .iter()
            .map(|section| Section {
                document: earlier(section.document, days_ago, &mut rng),
                ..section.clone()
            })
            .collect();
        store.write(move |writer| {
            for section in &renamed {
                let segment = NewSegment {
                    device: None,
                    origin: Origin {
                        public_key: [7; 32],
                        epoch: 0,
                    },
                    rebase: section.rebase,
                    base: section.base,
                    count: section.count,
                    operations: &section.operations,
                    received_ms: unix_ms_of(section.document),
                    seal: Seal([0; 8]),
                    proof: None,
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
    document.as_bytes()[..6]
        .iter()
        .fold(0, |ms, byte| ms << 8 | u64::from(*byte))
}

fn sections(day: &Packed) -> Outcome<Vec<Section>> {
    let request: Request = minicbor::decode(&inflate(&day.body, MAX_INFLATED)?)?;
    Ok(request.upload)
}
