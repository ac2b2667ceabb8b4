use std::collections::BTreeMap;

use automerge::ChangeHash;
use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::document::{self, Command};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, TenantId, derive_actor};
use fieldbook_core::wire::{Origin, operations};

use super::plan::plan;
use super::{CustomerFile, CustomerLine, ImportError, ImportOptions};
use crate::exchange::seal;
use crate::store::{NewSegment, PersonRow, ServerRow, Store};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many customers are new.
    pub added: usize,
    /// The lines whose customers had been imported before: they were left as they are.
    pub skipped: Vec<u64>,
    /// How many new customers each person got, by name.
    pub by_owner: BTreeMap<String, usize>,
}

/// A customer ready to be appended to the log.
struct Prepared {
    line: u64,
    external_id: String,
    document: DocumentId,
    owner: PersonRow,
    operations: Vec<u8>,
    hash: ChangeHash,
}

/// Imports the customers of a file, all or none, as documents written by the server.
///
/// # Errors
/// An unknown person or unit, grades that the house does not know, or a store that refuses; nothing is written then.
pub fn import_customers<S: Store>(
    store: &S,
    tenant: TenantId,
    file: CustomerFile,
    options: &ImportOptions,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Imported, ImportError> {
    let plan = store.read(|reader| Ok(plan(reader, tenant, file.lines, options)))??;
    let server = plan.server.clone();
    let mut prepared = Vec::with_capacity(plan.new.len());
    for (line, owner) in plan.new {
        prepared.push(prepare(
            &server,
            line,
            owner,
            options.grade.as_deref(),
            now_ms,
            rng,
        )?);
    }
    let mut imported = Imported {
        skipped: plan.skipped,
        ..Imported::default()
    };
    store.transact(move |writer| {
        for customer in prepared {
            // Another import may have been faster.
            if writer.external_customer(tenant, &customer.external_id)?.is_some() {
                imported.skipped.push(customer.line);
                continue;
            }
            let segment = NewSegment {
                device: None,
                origin: Origin {
                    public_key: server.public_key,
                    epoch: server.epoch,
                },
                rebase: 0,
                base: 0,
                count: 1,
                operations: &customer.operations,
                received_ms: now_ms,
                seal: seal(&server, tenant, customer.document, &customer.hash),
                proof: None,
            };
            writer.append(
                tenant,
                customer.document,
                Kind::Customer,
                customer.owner.id,
                &segment,
            )?;
            writer.remember_external(tenant, &customer.external_id, customer.document)?;
            imported.added += 1;
            *imported.by_owner.entry(customer.owner.name).or_default() += 1;
        }
        Ok(imported)
    })
}

/// Makes the customer's document and its first operation, checked by the same gate as a phone's.
fn prepare(
    server: &ServerRow,
    line: CustomerLine,
    owner: PersonRow,
    grade: Option<&str>,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Prepared, ImportError> {
    let document = DocumentId::generate(now_ms, rng);
    let external_id = line.external_id.clone();
    let operations = operations_of(server, document, line, owner.id, grade, now_ms);
    let failed = |problem| ImportError::Customer {
        external_id: external_id.clone(),
        problem,
    };
    let (line, operations, hash) = operations.map_err(failed)?;
    Ok(Prepared {
        line,
        external_id,
        document,
        owner,
        operations,
        hash,
    })
}

fn operations_of(
    server: &ServerRow,
    document: DocumentId,
    line: CustomerLine,
    owner: PersonId,
    grade: Option<&str>,
    now_ms: u64,
) -> Result<(u64, Vec<u8>, ChangeHash), String> {
    let command = Command::AddCustomer(AddCustomer {
        document,
        owner,
        name: line.name,
        address: line.address,
        position: line.position,
        grade: line.grade.or_else(|| grade.map(str::to_owned)),
        external_id: Some(line.external_id),
        store_type: line.store_type,
    });
    let installation = InstallationKey {
        public_key: server.public_key,
        epoch: server.epoch,
    };
    let actor = derive_actor(&installation, document, 0);
    let time_ms = i64::try_from(now_ms).unwrap_or(i64::MAX);
    let mut index = DocumentIndex::new();
    let written = document::write(&index, &actor, &command, time_ms).map_err(|error| error.to_string())?;
    index
        .admit(&written.change)
        .map_err(|refusal| refusal.to_string())?;
    index.seal(written.hash);
    let bytes = operations::encode(&[written.change], &[written.hash], None, &|hash| {
        index.max_op(hash)
    });
    Ok((line.line, bytes.map_err(|error| error.to_string())?, written.hash))
}
