use super::agree::{self, Difference};
use super::error::DemoError;
use super::figures::Figures;
use super::moment::Moment;
use super::narrator::Narrator;
use super::organisation::Organisation;
use super::phone::{Phone, Tally};
use super::table::{Row, table};
use super::words;

/// Compares every phone with the server, prints the table, and puts the day into figures.
pub(super) fn reach(
    seed: u64,
    organisation: &Organisation,
    phones: &[Phone],
    narrator: &mut Narrator,
) -> Result<Figures, DemoError> {
    narrator.heading(Moment::at(18, 30), words::CHECKING);
    let server = agree::of_server(&organisation.store, organisation.tenant)?;
    let mut rows = Vec::with_capacity(phones.len());
    for (done, phone) in phones.iter().enumerate() {
        narrator.count(done, phones.len(), words::COMPARED);
        let held = agree::of_phone(&phone.replica)?;
        let visible = agree::visible(&organisation.store, organisation.tenant, phone.person)?;
        let mut differences = agree::compare(&server, &visible, &held);
        let pending = phone.pending()?;
        if pending > 0 {
            differences.push(Difference::Pending(pending));
        }
        if differences.is_empty() {
            narrator.line(&words::agrees(phone.who, held.len()));
        } else {
            let differences: Vec<String> = differences.iter().map(ToString::to_string).collect();
            narrator.line(&words::differs(phone.who, &differences));
        }
        rows.push(row(phone, held.len() as u64, differences.is_empty())?);
    }
    let figures = figures(seed, &rows, server.len() as u64, agree::state_hash(&server));
    narrator.plain(&format!("\n{}\n", table(&rows, figures.documents)));
    narrator.plain(&words::closing(figures.agree, figures.operations));
    narrator.plain(&words::fingerprint(&figures.state_hash));
    Ok(figures)
}

fn row(phone: &Phone, documents: u64, agrees: bool) -> Result<Row, DemoError> {
    let (up, down) = phone.line.bytes();
    let operations = phone.totals()?.operations();
    Ok(Row {
        who: phone.who.short,
        documents,
        operations,
        up,
        down,
        tally: phone.tally,
        agrees,
    })
}

fn figures(seed: u64, rows: &[Row], documents: u64, state_hash: String) -> Figures {
    let mut sum = Tally::default();
    for row in rows {
        sum.add(row.tally);
    }
    let operations = rows.iter().map(|row| row.operations).sum();
    // Everything that was written has exactly one verdict.
    let is_whole = sum.accepted + sum.duplicate + sum.parked == operations;
    Figures {
        seed,
        replicas: rows.len() as u64,
        documents,
        operations,
        bytes_up: rows.iter().map(|row| row.up).sum(),
        bytes_down: rows.iter().map(|row| row.down).sum(),
        round_trips: sum.round_trips,
        accepted: sum.accepted,
        duplicate: sum.duplicate,
        parked: sum.parked,
        agree: is_whole && rows.iter().all(|row| row.agrees),
        state_hash,
    }
}
