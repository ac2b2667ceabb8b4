use chrono::DateTime;
use clap::{Args, Subcommand};

use super::CliError;
use super::context::Data;
use crate::organisation::{devices, find_device};
use crate::store::{DeviceRow, Store};

#[derive(Debug, Subcommand)]
pub(super) enum Device {
    /// Lists the phones: whose, when they were here last, what still waits on them
    List(List),
    /// Ends the access of a phone that is lost or not trusted any more
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// The phone, by its id or the first digits of it, as `fieldbook device list` shows them
    device: String,
    #[command(flatten)]
    data: Data,
}

impl Device {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            Device::List(list) => list.run(),
            Device::Revoke(revoke) => revoke.run(),
        }
    }
}

impl List {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let rows = context.store.read(|reader| Ok(devices(reader, tenant)))??;
        if rows.is_empty() {
            return Ok("no phone is signed in yet; fieldbook enrol NAME makes a code".to_owned());
        }
        let mut table =
            vec![["person", "phone", "id", "last contact", "waiting", "access"].map(str::to_owned)];
        for (person, device, left_ms) in rows {
            table.push([
                person,
                device.name.clone(),
                device.id.to_string(),
                moment(device.seen_ms),
                device.waiting.to_string(),
                access(&device, left_ms),
            ]);
        }
        Ok(aligned(&table))
    }
}

impl Revoke {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, now_ms, name) = (context.tenant.id, context.now_ms, self.device);
        let device = context.store.transact(move |writer| {
            let device = find_device(writer, tenant, &name)?;
            writer.revoke_device(tenant, device.id, now_ms)?;
            Ok::<_, CliError>(device)
        })?;
        Ok(format!(
            "revoked {} ({})\nat its next contact it hands in what it still has, which goes into quarantine (fieldbook quarantine list),\n\
             removes everything else and is locked; fieldbook device list says when it has",
            device.name, device.id
        ))
    }
}

/// What a phone may still do.
fn access(device: &DeviceRow, left_ms: Option<u64>) -> String {
    match (device.closed_ms, device.revoked_ms, left_ms) {
        (Some(closed_ms), ..) => format!("locked, its data removed {}", moment(closed_ms)),
        (None, Some(revoked_ms), _) => format!("revoked {}, not back yet", moment(revoked_ms)),
        (None, None, Some(left_ms)) => format!("left {}, not back yet", moment(left_ms)),
        (None, None, None) => "works".to_owned(),
    }
}

/// A moment of the server's clock as people read it, in UTC.
pub(super) fn moment(at_ms: u64) -> String {
    let at = i64::try_from(at_ms).ok().filter(|at_ms| *at_ms > 0);
    at.and_then(DateTime::from_timestamp_millis).map_or_else(
        || "never".to_owned(),
        |at| at.format("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// Columns under each other; the first row is the head.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
