use chrono::{DateTime, Utc};
use fieldbook_core::document::Command;
use fieldbook_core::document::command::{Change, Reply, RuleCustomer, Want};
use fieldbook_core::model::{DocumentId, Kind, PersonId, TenantId};
use fieldbook_core::rulings::Ruling;
use uuid::Uuid;

use super::Case;
use crate::exchange::read_index;
use crate::store::{StoreError, Writer};

/// Gives a customer to a person because the operator says so: a ruling that answers no request. False when the document has
/// no room for it.
///
/// # Errors
/// When the store does not read or write.
pub(crate) fn hand_over(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    to: PersonId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(row) = writer.document(tenant, document)? else {
        return Ok(false);
    };
    let mut index = read_index(writer, tenant, document)?;
    let number = writer.next_ruling(tenant)?;
    let saw = row.owner;
    let ruling = Ruling::new(Command::RuleCustomer(RuleCustomer {
        document,
        request: format!("operator-{number}"),
        want: Want::Owner { to, saw }.name().to_owned(),
        // Nobody of the organisation asked, so nobody is told.
        by: PersonId(Uuid::nil()),
        reply: Reply::Granted,
        holder: to,
        change: Some(Change::Owner(to)),
        at: now.fixed_offset(),
        ruling: number,
    }));
    let mut case = Case {
        tenant,
        document,
        kind: Kind::Customer,
        owner: row.owner,
    };
    Ok(case.append(writer, &ruling, &mut index, now)?.is_some())
}
