use chrono::{DateTime, NaiveDate};
use clap::Args;

use super::super::CliError;
use super::super::context::Data;
use crate::organisation::{OrganisationError, delegate, find_person};
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct Delegate {
    /// In whose stead, by name or id
    from: String,
    /// Who decides, by name or id
    #[arg(long)]
    to: String,
    /// From when; without it from now on
    #[arg(long)]
    since: Option<String>,
    /// Until when, that moment not included
    #[arg(long)]
    until: String,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Recall {
    /// The person, by name or id
    person: String,
    #[command(flatten)]
    data: Data,
}

impl Delegate {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let until_ms = moment("until", &self.until)?;
        let context = self.data.open()?;
        let since_ms = match &self.since {
            Some(since) => moment("since", since)?,
            None => context.now_ms,
        };
        let (tenant, now_ms) = (context.tenant.id, context.now_ms);
        let (from, to) = context.store.transact(move |writer| {
            delegate(writer, tenant, &self.from, &self.to, since_ms..until_ms, now_ms)
        })?;
        Ok(format!("{:?} decides in the stead of {:?}", to.name, from.name))
    }
}

impl Recall {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, now_ms) = (context.tenant.id, context.now_ms);
        let ended = context
            .store
            .transact(move |writer| -> Result<_, OrganisationError> {
                let row = find_person(writer, tenant, &self.person)?;
                Ok(writer.end_delegations(tenant, row.id, now_ms)?)
            })?;
        Ok(format!("ended {ended} delegations"))
    }
}

/// A day, as it begins in UTC, or a moment; milliseconds since 1970.
fn moment(option: &'static str, text: &str) -> Result<u64, CliError> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let day = day
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|at| at.and_utc());
    let at = day.or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc()));
    at.and_then(|at| u64::try_from(at.timestamp_millis()).ok())
        .ok_or_else(|| CliError::Moment {
            option,
            text: text.to_owned(),
        })
}
