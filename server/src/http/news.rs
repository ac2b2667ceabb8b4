use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use fieldbook_core::model::{DeviceId, PersonId, TenantId};
use tokio::sync::broadcast;

use crate::exchange::Caller;
use crate::store::{Result, Store};

/// Events that a slow listener may be behind.
const BACKLOG: usize = 256;

/// A tenant's log moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moved {
    /// Whose log.
    pub(super) tenant: TenantId,
    /// Where it ends now.
    pub(super) sequence: u64,
    /// Whose documents changed; `None` when that is not known.
    pub(super) owners: Option<BTreeSet<PersonId>>,
    /// The device that wrote; it has the news in its own answer.
    pub(super) by: Option<DeviceId>,
}

impl Moved {
    /// Is there something in it for this phone?
    pub(super) fn concerns(&self, caller: &Caller) -> bool {
        let principal = &caller.principal;
        self.tenant == principal.tenant
            && self.by != Some(caller.device)
            && self
                .owners
                .as_ref()
                .is_none_or(|owners| owners.iter().any(|owner| principal.sees(*owner)))
    }
}

/// How far listeners were told of an organisation.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// Its log.
    sequence: u64,
    /// Its reference rows, people and rights among them; `None` before the first look.
    reference: Option<u64>,
}

/// Tells listeners when logs move.
#[derive(Debug)]
pub(super) struct News {
    sender: broadcast::Sender<Moved>,
    told: Mutex<BTreeMap<TenantId, Told>>,
}

impl Default for News {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
            told: Mutex::default(),
        }
    }
}

impl News {
    /// Listens from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<Moved> {
        self.sender.subscribe()
    }

    /// Tells of a move. Nobody listening is fine.
    pub(super) fn tell(&self, moved: Moved) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let last = told.entry(moved.tenant).or_default();
        last.sequence = moved.sequence.max(last.sequence);
        let _ = self.sender.send(moved);
    }

    /// Looks whether a log or the rights of people moved without our doing: another process wrote, for example an import.
    pub(super) fn look<S: Store>(&self, store: &S) -> Result<()> {
        let heads = store.read(|reader| {
            let tenants = reader.tenants()?;
            tenants
                .into_iter()
                .map(|tenant| {
                    let sequence = reader.head(tenant.id)?.sequence;
                    Ok((tenant.id, sequence, reader.reference_version(tenant.id)?))
                })
                .collect::<Result<Vec<_>>>()
        })?;
        for (tenant, sequence, reference) in heads {
            if self.is_new(tenant, sequence, reference) {
                self.tell(Moved {
                    tenant,
                    sequence,
                    owners: None,
                    by: None,
                });
            }
        }
        Ok(())
    }

    /// Was this not told yet? The first look only learns where things are.
    fn is_new(&self, tenant: TenantId, sequence: u64, reference: u64) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let last = told.entry(tenant).or_default();
        let known = last.reference.replace(reference);
        match known {
            None => {
                last.sequence = last.sequence.max(sequence);
                false
            }
            Some(known) => known != reference || last.sequence < sequence,
        }
    }
}
