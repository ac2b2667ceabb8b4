use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, Role, ServerId, TenantId, UnitId};
use fieldbook_core::wire::{Origin, Seal};
use uuid::Uuid;

use crate::store::{DeviceRow, NewSegment, PersonRow, Proof, ServerRow, Store, TenantRow, UnitRow};

/// A server with one organisation: a region (boss) with two teams (two reps and a lead, one rep).
pub(crate) struct Fixture {
    pub(crate) tenant: TenantId,
    pub(crate) region: UnitId,
    pub(crate) teams: [UnitId; 2],
    pub(crate) boss: PersonId,
    pub(crate) lead: PersonId,
    pub(crate) reps: [PersonId; 3],
}

/// A phone of the first rep's that was never seen, by its key.
pub(crate) fn phone(f: &Fixture, key: u8) -> DeviceRow {
    DeviceRow {
        id: DeviceId(Uuid::from_u128(u128::from(key))),
        tenant: f.tenant,
        person: f.reps[0],
        public_key: [key; 32],
        epoch: 0,
        name: "Phone".to_owned(),
        created_ms: 5,
        seen_ms: 0,
        waiting: 0,
        drained_ms: 0,
        revoked_ms: None,
        number: 0,
        copied_from: None,
        closed_ms: None,
    }
}

pub(crate) fn fixture<S: Store>(store: &S) -> Fixture {
    let id = Uuid::from_u128;
    let fixture = Fixture {
        tenant: TenantId(id(1)),
        region: UnitId(id(10)),
        teams: [UnitId(id(11)), UnitId(id(12))],
        boss: PersonId(id(20)),
        lead: PersonId(id(21)),
        reps: [PersonId(id(22)), PersonId(id(23)), PersonId(id(24))],
    };
    let (tenant, region, teams) = (fixture.tenant, fixture.region, fixture.teams);
    let people = [
        (fixture.boss, region, "Boss", Role::Supervisor),
        (fixture.lead, teams[0], "Lead", Role::Supervisor),
        (fixture.reps[0], teams[0], "Rep A", Role::Rep),
        (fixture.reps[1], teams[0], "Rep B", Role::Rep),
        (fixture.reps[2], teams[1], "Rep C", Role::Rep),
    ];
    store
        .write(move |writer| {
            let server = ServerRow {
                id: ServerId(id(9)),
                epoch: 0,
                secret: [5; 32],
                public_key: [6; 32],
            };
            writer.put_server(&server)?;
            writer.add_tenant(&TenantRow {
                id: tenant,
                name: "Org".to_owned(),
            })?;
            let units = [
                (region, None, "Region"),
                (teams[0], Some(region), "Team 1"),
                (teams[1], Some(region), "Team 2"),
            ];
            for (id, parent, name) in units {
                writer.add_unit(
                    tenant,
                    &UnitRow {
                        id,
                        parent,
                        name: name.to_owned(),
                    },
                )?;
            }
            for (id, unit, name, role) in people {
                writer.add_person(
                    tenant,
                    &PersonRow {
                        id,
                        unit,
                        name: name.to_owned(),
                        role,
                    },
                )?;
            }
            Ok(())
        })
        .unwrap();
    fixture
}

impl Fixture {
    /// Appends `operations` to a document.
    pub(crate) fn append<S: Store>(
        &self,
        store: &S,
        document: u128,
        owner: PersonId,
        operations: &[u8],
    ) -> u64 {
        let (tenant, operations) = (self.tenant, operations.to_vec());
        store
            .write(move |writer| {
                let document = DocumentId(Uuid::from_u128(document));
                writer.append(tenant, document, Kind::Visit, owner, &segment(&operations))
            })
            .unwrap()
    }
}

/// A segment of some device.
pub(crate) fn segment(operations: &[u8]) -> NewSegment<'_> {
    NewSegment {
        device: Some(DeviceId(Uuid::from_u128(77))),
        origin: Origin {
            public_key: [8; 32],
            epoch: 2,
        },
        rebase: 3,
        base: 4,
        count: 5,
        operations,
        received_ms: 6,
        seal: Seal([9; 8]),
        proof: Some(Proof { upload: 11, place: 1 }),
    }
}

pub(crate) fn document(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(number))
}
