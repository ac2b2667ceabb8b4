//! W3: many reps reconnect at once, each with a day; what was acknowledged must survive the server's sudden end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldbook_core::replica::sync::{HttpTransport, TransportError};
use fieldbook_core::wire::{Answer, inflate};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::phone::folder_mb;
use super::reps::{Packed, missing, pack};
use super::{Figure, Settings, Workload};
use crate::process::{Outcome, ServerProcess, Town};

/// Connections at one time: below what a process may usually open.
const CONNECTIONS: usize = 800;

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let reps = settings.reps_or(100);
    let town = Town::found(&settings.folder.join("server"), reps)?;
    let packed = pack(&town, &town.open()?, reps)?;
    let mut server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let cpu = server.cpu()?;
    let durable = send_all(&server.url(), &packed)?;
    let cpu = server.cpu()?.since(&cpu);
    let peak_mb = server.peak_mb()?;
    server.kill()?;
    let disk_mb = folder_mb(&town.folder)?;
    let not_durable = missing(&town, &town.open()?, &packed)?;
    let of = Workload::W3;
    Ok(vec![
        of.figure("reps", reps as f64, ""),
        of.figure("durable_s", durable.as_secs_f64(), "s"),
        of.figure("server_cpu_s", cpu.as_secs_f64(), "s"),
        of.figure("server_peak_mb", peak_mb, "MB"),
        of.figure("disk_mb", disk_mb, "MB"),
        of.figure("not_durable", not_durable as f64, ""),
    ])
}

/// Sends all days at the same time and returns when the last one is acknowledged.
fn send_all(url: &str, packed: &[Packed]) -> Outcome<Duration> {
    let transport = HttpTransport::new(url)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut phones = JoinSet::new();
        let begun = Instant::now();
        for day in packed {
            let (transport, places) = (transport.clone(), Arc::clone(&places));
            let day = day.clone();
            phones.spawn(async move {
                let _place = places.acquire_owned().await;
                send(&transport, &day).await
            });
        }
        while let Some(answered) = phones.join_next().await {
            answered??;
        }
        Ok(begun.elapsed())
    })
}

/// Sends one day; its acknowledgement must cover every operation.
pub(super) async fn send(transport: &HttpTransport, day: &Packed) -> Outcome<()> {
    let body = loop {
        match transport.sync(&day.access_token, day.body.clone()).await {
            Err(TransportError::Busy { retry_after_ms }) => {
                tokio::time::sleep(Duration::from_millis(retry_after_ms)).await;
            }
            answered => break answered?,
        }
    };
    let answer: Answer = minicbor::decode(&inflate(&body, 64 << 20)?)?;
    let stored: u64 = answer
        .verdicts
        .iter()
        .map(|verdict| u64::from(verdict.stored))
        .sum();
    if stored == day.operations {
        return Ok(());
    }
    let refused = answer.verdicts.iter().find_map(|verdict| verdict.rest.first());
    Err(format!(
        "{stored} of {} operations were stored; the first refusal: {refused:?}",
        day.operations
    )
    .into())
}
