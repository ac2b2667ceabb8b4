use std::collections::BTreeSet;

use uuid::Uuid;

use crate::document::fixture::{COLLEAGUE, REP, SERVER, SUPERVISOR, person};
use crate::model::{PersonId, Principal, Role, TenantId, UnitId};

const CHIEF: u128 = 4;
const OTHER_LEADER: u128 = 5;
const OTHER_REP: u128 = 6;
const SECOND_LEADER: u128 = 7;
/// Gets a copy of the owner's requests.
pub(super) const COPIED: u128 = 11;
/// Decides in the leader's stead.
pub(super) const DELEGATE: u128 = 12;
/// Was asked, and has lost the seat since.
pub(super) const FORMER: u128 = 13;
/// Is asked in the second step.
pub(super) const NEXT: u128 = 14;
const STRANGER: u128 = 20;
const STRANGE_LEADER: u128 = 21;

/// Everybody whose rights the matrix asks for: role × ownership × unit × organisation.
pub(super) fn everybody() -> Vec<(&'static str, Principal)> {
    use Role::{Rep, Supervisor};
    vec![
        ("owner", one(REP, Rep, 1, 1, &[])),
        ("colleague", one(COLLEAGUE, Rep, 1, 1, &[])),
        // Leads the owner's unit, and is who the server asks about the owner's requests.
        (
            "leader",
            one(SUPERVISOR, Supervisor, 1, 1, &[REP, COLLEAGUE, SECOND_LEADER]),
        ),
        // Leads the same unit and is not asked.
        (
            "second-leader",
            one(SECOND_LEADER, Supervisor, 1, 1, &[REP, COLLEAGUE, SUPERVISOR]),
        ),
        // Leads the unit above.
        (
            "chief",
            one(
                CHIEF,
                Supervisor,
                1,
                3,
                &[REP, COLLEAGUE, SUPERVISOR, SECOND_LEADER, OTHER_LEADER, OTHER_REP],
            ),
        ),
        // Another unit beside the owner's.
        ("other-leader", one(OTHER_LEADER, Supervisor, 1, 2, &[OTHER_REP])),
        ("other-rep", one(OTHER_REP, Rep, 1, 2, &[])),
        // Of that unit, too: they see of the owner's what the server brings them into.
        ("copied", one(COPIED, Rep, 1, 2, &[])),
        ("delegate", one(DELEGATE, Rep, 1, 2, &[])),
        ("former", one(FORMER, Rep, 1, 2, &[])),
        ("next", one(NEXT, Rep, 1, 2, &[])),
        // Another organisation.
        ("stranger", one(STRANGER, Rep, 2, 1, &[])),
        (
            "strange-leader",
            one(STRANGE_LEADER, Supervisor, 2, 1, &[STRANGER]),
        ),
        ("server", server()),
    ]
}

/// The pool of the owner's unit.
pub(super) fn pool() -> PersonId {
    UnitId(Uuid::from_u128(1)).pool()
}

fn one(number: u128, role: Role, tenant: u128, unit: u128, leads: &[u128]) -> Principal {
    let below = leads.iter().chain([&number]).copied().map(person);
    let mut subtree: BTreeSet<PersonId> = below.collect();
    // Everybody sees the pool of their own unit, and whoever leads a unit those of it and below.
    if tenant == 1 && (unit == 1 || leads.contains(&REP)) {
        subtree.insert(pool());
    }
    Principal {
        tenant: TenantId(Uuid::from_u128(tenant)),
        person: person(number),
        unit: UnitId(Uuid::from_u128(unit)),
        role,
        subtree,
        is_server: false,
    }
}

fn server() -> Principal {
    Principal {
        is_server: true,
        ..one(SERVER, Role::Rep, 1, 1, &[])
    }
}
