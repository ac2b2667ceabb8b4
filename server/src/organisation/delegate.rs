use std::ops::Range;

use fieldbook_core::model::{Delegation, TenantId};

use super::error::moment;
use super::{OrganisationError, find_person};
use crate::store::{PersonRow, Writer};

/// A person (by name or id) decides in another's stead for a while, in milliseconds since 1970. Answers in whose stead, and who.
///
/// # Errors
/// Nobody of one of the names, somebody who left, twice the same person, or a while that is over or never begins.
pub fn delegate(
    writer: &mut dyn Writer,
    tenant: TenantId,
    from: &str,
    to: &str,
    when: Range<u64>,
    now_ms: u64,
) -> Result<(PersonRow, PersonRow), OrganisationError> {
    let (from, to) = (
        find_person(writer, tenant, from)?,
        find_person(writer, tenant, to)?,
    );
    if from.id == to.id {
        let problem = format!("{} decides for themselves anyway; name another person", to.name);
        return Err(refused("--to", problem));
    }
    if writer.left_ms(tenant, from.id)?.is_some() {
        let problem = format!(
            "{} left, and whoever leads them is asked instead; nothing is left to delegate",
            from.name
        );
        return Err(refused("FROM", problem));
    }
    if writer.left_ms(tenant, to.id)?.is_some() {
        let problem = format!(
            "{} left and decides nothing any more; name somebody who is there",
            to.name
        );
        return Err(refused("--to", problem));
    }
    if let Some(problem) = over(&when, now_ms) {
        return Err(refused("--until", problem));
    }
    let delegation = Delegation {
        from: from.id,
        to: to.id,
        since_ms: when.start,
        until_ms: when.end,
    };
    writer.add_delegation(tenant, &delegation)?;
    Ok((from, to))
}

fn over(when: &Range<u64>, now_ms: u64) -> Option<String> {
    let until = moment(when.end);
    if when.end <= now_ms {
        return Some(format!("{until} is over; write when the delegation ends"));
    }
    when.is_empty().then(|| {
        let since = moment(when.start);
        format!("{until} is not after --since {since}; write a later end")
    })
}

fn refused(argument: &'static str, problem: String) -> OrganisationError {
    OrganisationError::Argument { argument, problem }
}
