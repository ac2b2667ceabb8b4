//! W6: a supervisor's phone holds a territory at scale: cold start, memory, search, nearby.

use std::time::Instant;

use fieldbook_core::geo::Position;
use fieldbook_core::replica::query::{Day, customers, nearby, search_customers, today, totals};
use fieldbook_core::replica::{Options, Replica};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use super::phone::{Line, Part};
use super::statistics::{median, quantile};
use super::{Figure, Settings, Workload};
use crate::day::{morning, shift_place};
use crate::process::{Outcome, ServerProcess, Town, peak_memory_mb, say};

/// Searches and looks around in one run.
const QUESTIONS: usize = 300;

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let documents = settings.documents_or(50_000);
    let folder = settings.folder.join("supervisor");
    receive(settings, documents, &folder)?;
    let mut told: Vec<Value> = Vec::new();
    for number in 0..settings.runs_or(5) {
        let part = Part {
            name: "w6",
            folder: folder.clone(),
            url: String::new(),
            code: String::new(),
            number,
        };
        let mut phone = part.start()?;
        told.push(serde_json::from_str(&phone.wait_for("done")?)?);
        phone.finish()?;
    }
    let of = Workload::W6;
    let middle = |name: &str| {
        median(
            &told
                .iter()
                .map(|told| told[name].as_f64().unwrap_or(f64::NAN))
                .collect::<Vec<_>>(),
        )
    };
    Ok(vec![
        of.figure("documents", middle("documents"), ""),
        of.figure("cold_start_ms", middle("cold_start_ms"), "ms"),
        of.figure("peak_mb", middle("peak_mb"), "MB"),
        of.figure("search_p99_ms", middle("search_p99_ms"), "ms"),
        of.figure("nearby_p99_ms", middle("nearby_p99_ms"), "ms"),
    ])
}

/// A rep's phone makes the territory and sends it; the supervisor's phone receives it.
fn receive(settings: &Settings, documents: usize, folder: &std::path::Path) -> Outcome<()> {
    let town = Town::found(&settings.folder.join("server"), 1)?;
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let rep = town.reps.first().ok_or("the town has no rep")?;
    let part = |name, folder: &std::path::Path, code: &str| Part {
        name,
        folder: folder.to_owned(),
        url: server.url(),
        code: code.to_owned(),
        number: documents,
    };
    part("fill", &settings.folder.join("rep"), &rep.code)
        .start()?
        .finish()?;
    part("receive", folder, &town.supervisor.code).start()?.finish()
}

/// The phone that receives.
pub(super) fn receive_phone(part: &Part) -> Outcome<()> {
    Line::open(part)?.sync().map(drop)
}

/// The phone that is opened by its owner: shows the day, then is asked this and that.
pub(super) fn phone(part: &Part) -> Outcome<()> {
    let begun = Instant::now();
    let replica = Replica::open(&part.file(), Options::default())?;
    let team: Vec<_> = replica.principal()?.subtree.into_iter().collect();
    let listed = replica
        .store()
        .read(|conn| today(conn, &team, Day::of(morning(1).at)))?;
    let cold_start = begun.elapsed();
    if listed.visits.is_empty() {
        return Err("the day's list is empty".into());
    }
    let mut rng = ChaCha8Rng::seed_from_u64(part.number as u64);
    let (search, around) = ask(&replica, &mut rng)?;
    let told = json!({
        "documents": replica.store().read(totals)?.documents,
        "cold_start_ms": cold_start.as_secs_f64() * 1e3,
        "peak_mb": peak_memory_mb(std::process::id())?,
        "search_p99_ms": quantile(&search, 0.99),
        "nearby_p99_ms": quantile(&around, 0.99),
    });
    Ok(say(&format!("done {told}"))?)
}

/// How long each search and each look around took, in milliseconds. What is typed are beginnings of words that are
/// there, as long as people type before they look.
fn ask(replica: &Replica, rng: &mut impl Rng) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let known = replica.store().read(|conn| customers(conn, 0, 500))?;
    let (mut search, mut around) = (Vec::with_capacity(QUESTIONS), Vec::with_capacity(QUESTIONS));
    for _ in 0..QUESTIONS {
        let customer = &known[rng.random_range(0..known.len())];
        let text = typed(&customer.name, rng);
        let place = Position::new(31.23, 121.47)?;
        let near = shift_place(
            place,
            rng.random_range(-20e3..20e3),
            rng.random_range(-20e3..20e3),
        );
        let begun = Instant::now();
        let found = replica
            .store()
            .read(|conn| search_customers(conn, &text, 20, Some(near)))?;
        search.push(begun.elapsed().as_secs_f64() * 1e3);
        if found.is_empty() {
            return Err(format!("nothing is found for {text:?}").into());
        }
        let begun = Instant::now();
        replica.store().read(|conn| nearby(conn, near, 2_000.0, 50))?;
        around.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok((search, around))
}

fn typed(name: &str, rng: &mut impl Rng) -> String {
    let letters: Vec<char> = name.chars().collect();
    let length = rng.random_range(2..=letters.len().min(8));
    letters[..length].iter().collect()
}
