use super::Rule;
use crate::model::Words;
use crate::wire::Rejection;

/// May a person who has, or has asked for, so many customers claim another one? Asked on the phone before it writes; the
/// server counts by its own rows when it rules.
///
/// # Errors
/// They have as many as the house allows.
pub fn check_holdings(has: u64, limit: u64) -> Result<(), Rejection> {
    if has < limit {
        return Ok(());
    }
    let expected = Words::new(
        format!("fewer than {limit} customers"),
        format!("少于 {limit} 个客户"),
    );
    Err(Rule::PoolQuota.at("requests/[]/want", expected, has).into())
}
