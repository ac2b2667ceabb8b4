//! W2: a phone that has synced before works a day offline, and then syncs once.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use super::phone::{Line, Metered, Part, meter};
use super::statistics::median;
use super::{Figure, Settings, Workload};
use crate::day::{Round, VISITS, add_customers, customers, morning};
use crate::process::{Outcome, Proxy, ServerProcess, Town, say};

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let runs = settings.runs_or(5);
    let town = Town::found(&settings.folder.join("server"), runs)?;
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let proxy = Proxy::start(server.address())?;
    let mut days: Vec<Metered> = Vec::with_capacity(runs);
    for (number, rep) in town.reps.iter().enumerate() {
        let folder = settings.folder.join(format!("phone-{number}"));
        let part = Part {
            name: "w2",
            folder,
            url: proxy.url(),
            code: rep.code.clone(),
            number,
        };
        days.push(meter(part.start()?, &proxy, &server)?);
    }
    let of = Workload::W2;
    let middle = |value: &dyn Fn(&Metered) -> f64| median(&days.iter().map(value).collect::<Vec<_>>());
    Ok(vec![
        of.figure("bytes_up", middle(&|day| day.bytes_up), "B"),
        of.figure("bytes_down", middle(&|day| day.bytes_down), "B"),
        of.figure("round_trips", middle(&|day| day.told("round_trips")), ""),
        of.figure(
            "server_cpu_ms",
            middle(&|day| day.server_cpu.as_secs_f64() * 1e3),
            "ms",
        ),
        of.figure("phone_cpu_ms", middle(&|day| day.told("cpu_ms")), "ms"),
        of.figure("wall_ms", middle(&|day| day.told("wall_ms")), "ms"),
    ])
}

/// The phone: signs in, brings its customers to the server, works the day, and tells what the evening's sync took.
pub(super) fn phone(part: &Part) -> Outcome<()> {
    let line = Line::open(part)?;
    let (seed, start) = (part.number as u64, morning(part.number as u128 + 1));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let stops = add_customers(&line.replica, &start, &mut rng, customers(seed, VISITS))?;
    line.sync()?;
    Round::new(seed, start, stops).run(&line.replica)?;
    let sync = line.measured_sync()?;
    let told = json!({
        "round_trips": sync.round_trips,
        "cpu_ms": sync.cpu.as_secs_f64() * 1e3,
        "wall_ms": sync.wall.as_secs_f64() * 1e3,
    });
    Ok(say(&format!("done {told}"))?)
}
