//! W4: a supervisor's fresh phone receives the days of many reps.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use fieldbook_core::replica::query::{Day, today};
use serde_json::json;

use super::phone::{Line, Metered, Part, folder_mb, meter};
use super::reps::pack;
use super::statistics::median;
use super::{Figure, Settings, Workload};
use crate::day::morning;
use crate::process::{Desk, Outcome, Proxy, ServerProcess, Town, peak_memory_mb, say};

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let (reps, runs) = (settings.reps_or(100), settings.runs_or(5));
    let town = Town::found(&settings.folder.join("server"), reps)?;
    let codes = fill(&town, reps, runs)?;
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let proxy = Proxy::start(server.address())?;
    let mut phones: Vec<Metered> = Vec::with_capacity(runs);
    for (number, code) in codes.into_iter().enumerate() {
        let folder = settings.folder.join(format!("phone-{number}"));
        let part = Part {
            name: "w4",
            folder: folder.clone(),
            url: proxy.url(),
            code,
            number,
        };
        phones.push(meter(part.start()?, &proxy, &server)?);
        std::fs::remove_dir_all(folder)?;
    }
    let of = Workload::W4;
    let middle = |value: &dyn Fn(&Metered) -> f64| median(&phones.iter().map(value).collect::<Vec<_>>());
    let told = |name: &'static str| middle(&|phone| phone.told(name));
    Ok(vec![
        of.figure("bytes_down", middle(&|phone| phone.bytes_down), "B"),
        of.figure("round_trips", told("round_trips"), ""),
        of.figure("wall_s", told("wall_s"), "s"),
        of.figure("first_screen_ms", told("first_screen_ms"), "ms"),
        of.figure("client_cpu_s", told("cpu_s"), "s"),
        of.figure("client_peak_mb", told("peak_mb"), "MB"),
        of.figure("disk_mb", told("disk_mb"), "MB"),
    ])
}

/// Brings the days to the server before it runs; returns codes for the supervisor's phones.
fn fill(town: &Town, reps: usize, phones: usize) -> Outcome<Vec<String>> {
    let store = town.open()?;
    let desk = Desk::new(store.clone());
    for day in pack(town, &store, reps)? {
        desk.take(&day.access_token, &day.body)?;
    }
    (0..phones)
        .map(|_| town.code_for(&store, town.supervisor.person))
        .collect()
}

/// The phone: syncs for the first time, and looks for the first list that is not empty after each commit.
pub(super) fn phone(part: &Part) -> Outcome<()> {
    let line = Line::open(part)?;
    let shown: Arc<OnceLock<Instant>> = Arc::default();
    let (seen, replica) = (Arc::clone(&shown), Arc::downgrade(&line.replica));
    let subscription = line.replica.live().subscribe(move |_| {
        let Some(replica) = replica.upgrade().filter(|_| seen.get().is_none()) else {
            return;
        };
        let Ok(principal) = replica.principal() else {
            return;
        };
        let team: Vec<_> = principal.subtree.into_iter().collect();
        let day = Day::of(morning(1).at);
        let listed = replica.store().read(|conn| today(conn, &team, day));
        if listed.is_ok_and(|today| !today.visits.is_empty()) {
            let _ = seen.set(Instant::now());
        }
    });
    let sync = line.measured_sync()?;
    drop(subscription);
    let peak_mb = peak_memory_mb(std::process::id())?;
    let shown = shown
        .get()
        .ok_or("no list was ever filled")?
        .duration_since(sync.begun);
    drop(line);
    let told = json!({
        "round_trips": sync.round_trips,
        "wall_s": sync.wall.as_secs_f64(),
        "first_screen_ms": shown.as_secs_f64() * 1e3,
        "cpu_s": sync.cpu.as_secs_f64(),
        "peak_mb": peak_mb,
        "disk_mb": folder_mb(&part.folder)?,
    });
    Ok(say(&format!("done {told}"))?)
}
