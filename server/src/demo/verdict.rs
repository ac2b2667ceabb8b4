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
    tell_receipts(phones, narrator)?;
    narrator.plain(&words::fingerprint(&figures.state_hash));
    Ok(figures)
}

/// Is all of everybody's work on the server? Each phone answers by what the server signed for it.
fn tell_receipts(phones: &[Phone], narrator: &mut Narrator) -> Result<(), DemoError> {
    let (mut items, mut rows, mut rulings) = (0, 0, 0);
    for phone in phones {
        let delivery = phone.replica.receipt()?;
        let Some(receipt) = delivery.receipt.filter(|_| delivery.all_on_server()) else {
            let who = phone.who.short;
            return Err(DemoError::Story(format!(
                "{who}'s phone has no receipt for all of its work"
            )));
        };
        items += receipt.stored;
        rows = rows.max(receipt.log.number);
        rulings = rulings.max(receipt.rulings.number);
    }
    narrator.plain(&words::receipts(phones.len(), items, rows, rulings));
    Ok(())
}

fn row(phone: &Phone, documents: u64, agrees: bool) -> Result<Row, DemoError> {
    let (up, down) = phone.line.bytes();
    let totals = phone.totals()?;
    // What was corrected has a verdict of its own, as it was and as it is.
    let corrected = phone.tally.parked.saturating_sub(totals.attention);
    let operations = totals.operations() + corrected;
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
