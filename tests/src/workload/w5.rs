//! W5: a phone that holds many documents syncs with nothing to say.

use std::time::Instant;

use fieldbook_core::replica::query::{Day, today, totals};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use super::history::fill;
use super::phone::{Line, Metered, Part, meter};
use super::statistics::median;
use super::{Figure, Settings, Workload};
use crate::day::morning;
use crate::process::{Outcome, Proxy, ServerProcess, Town, say};

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let (documents, runs) = (settings.documents_or(5_000), settings.runs_or(5));
    let town = Town::found(&settings.folder.join("server"), 1)?;
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let proxy = Proxy::start(server.address())?;
    let (folder, url) = (settings.folder.join("phone"), proxy.url());
    let code = town.reps.first().map(|rep| rep.code.clone()).unwrap_or_default();
    Part {
        name: "fill",
        folder: folder.clone(),
        url: url.clone(),
        code,
        number: documents,
    }
    .start()?
    .finish()?;
    let mut idle: Vec<Metered> = Vec::with_capacity(runs);
    for number in 0..runs {
        let part = Part {
            name: "w5",
            folder: folder.clone(),
            url: url.clone(),
            code: String::new(),
            number,
        };
        idle.push(meter(part.start()?, &proxy, &server)?);
    }
    let of = Workload::W5;
    let middle = |value: &dyn Fn(&Metered) -> f64| median(&idle.iter().map(value).collect::<Vec<_>>());
    Ok(vec![
        of.figure("documents", middle(&|sync| sync.told("documents")), ""),
        of.figure(
            "bytes_total",
            middle(&|sync| sync.bytes_up + sync.bytes_down),
            "B",
        ),
        of.figure("round_trips", middle(&|sync| sync.told("round_trips")), ""),
        of.figure("open_ms", middle(&|sync| sync.told("open_ms")), "ms"),
        of.figure(
            "server_cpu_ms",
            middle(&|sync| sync.server_cpu.as_secs_f64() * 1e3),
            "ms",
        ),
    ])
}

/// A phone that makes its documents and brings them all to the server.
pub(super) fn fill_phone(part: &Part) -> Outcome<()> {
    let line = Line::open(part)?;
    fill(&line.replica, &mut ChaCha8Rng::seed_from_u64(5), part.number)?;
    line.sync()?;
    let totals = line.replica.totals()?;
    if totals.all_accepted() {
        return Ok(());
    }
    Err(format!("not everything arrived: {totals:?}").into())
}

/// The same phone, started anew: opens, shows the day, and syncs.
pub(super) fn phone(part: &Part) -> Outcome<()> {
    let begun = Instant::now();
    let line = Line::open(part)?;
    let person = line.replica.identity()?.person;
    let listed = line
        .replica
        .store()
        .read(|conn| today(conn, &[person], Day::of(morning(1).at)))?;
    let open = begun.elapsed();
    if listed.visits.is_empty() {
        return Err("the day's list is empty".into());
    }
    let sync = line.measured_sync()?;
    let told = json!({
        "documents": line.replica.store().read(totals)?.documents,
        "round_trips": sync.round_trips,
        "open_ms": open.as_secs_f64() * 1e3,
    });
    Ok(say(&format!("done {told}"))?)
}
