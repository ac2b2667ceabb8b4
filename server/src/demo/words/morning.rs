use super::numbers::shop;
use crate::demo::cast::Member;

pub(in crate::demo) fn title(seed: u64) -> String {
    format!(
        "Fieldbook: a field day on Tuesday, 24 November 2026 (day {seed}; --seed N plays another)\n\
         One real server, eight real phone databases, everything in a temporary folder."
    )
}

pub(in crate::demo) fn company(company: &str, region: &str, teams: &[(&str, &str)]) -> String {
    let teams: Vec<String> = teams
        .iter()
        .map(|(team, lead)| format!("{team} (led by {lead})"))
        .collect();
    format!("{company}, region {region}\nTeams: {}", teams.join(", "))
}

pub(in crate::demo) fn territories(stores: usize, reps: usize) -> String {
    format!("{stores} real stores are on file, spread over {reps} reps.")
}

pub(in crate::demo) fn server_at(address: &str) -> String {
    format!("The server answers at {address}, on this machine only.")
}

pub(in crate::demo) fn signed_in(who: &Member, customers: u64) -> String {
    format!(
        "{:<16}{:<12}{customers:>4} customers on the phone",
        who.short,
        who.role.name()
    )
}

pub(in crate::demo) fn round(rep: &Member, first: &str, stops: usize, way_km: f64) -> String {
    format!(
        "{:<11}{stops} stores, {way_km:.0} km, from {}",
        rep.short,
        shop(first)
    )
}

pub(in crate::demo) fn planned(supervisor: &Member, visits: usize) -> String {
    format!("{} planned these {visits} visits.", supervisor.short)
}

pub(in crate::demo) fn no_network(who: &Member) -> String {
    format!(
        "{}'s phone looks for the server: nobody answers. That is no error; all work goes on and is kept safe on \
         the phone.",
        who.short
    )
}
