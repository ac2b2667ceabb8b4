use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use automerge::{Change, ScalarValue};
use fieldbook_core::document::rebuild;
use fieldbook_core::gate::{Action, DocumentIndex, Write};
use fieldbook_core::model::schema::{self, Class};
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, TenantId, derive_actor};
use fieldbook_core::wire::Origin;
use fieldbook_core::wire::operations::{Limits, Reader as SegmentReader};
use fieldbook_server::store::{DocumentRow, LogHead, Reader, SegmentRow, StoreError};

use super::Failure;
use crate::simulate::trace::Trace;
use crate::simulate::world::Server;

/// Every document of the server with its whole history.
pub(super) struct Shelf {
    pub(super) documents: BTreeMap<DocumentId, History>,
    /// The server's own key.
    pub(super) server_key: [u8; 32],
    head: LogHead,
}

/// One document's history.
pub(super) struct History {
    pub(super) kind: Kind,
    pub(super) owner: PersonId,
    pub(super) index: DocumentIndex,
    pub(super) changes: Vec<Change>,
    pub(super) hashes: BTreeSet<[u8; 32]>,
    /// Who wrote which operations, in log order.
    pub(super) spans: Vec<Span>,
    /// Who wrote what only the server may decide, and where.
    pub(super) rulings: Vec<(Origin, String)>,
    /// Every text that an honest phone or the server ever wrote into it, deleted or not.
    pub(super) texts: String,
}

/// A run of operations of one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) origin: Origin,
    pub(super) rebase: u32,
    pub(super) base: u64,
    pub(super) count: u32,
}

impl Shelf {
    /// Reads the whole store; texts of the hostile phone are passed over: it copies what others wrote, and a copy is not
    /// the deed.
    pub(super) fn read(server: &Server, hostile: Option<[u8; 32]>) -> Result<Self, Failure> {
        let tenant = server.tenant();
        server.read(|reader| {
            // A unit owns what is in its pool.
            let pools = reader.units(tenant)?.into_iter().map(|unit| PersonId(unit.id.0));
            let people = reader.people(tenant)?.into_iter().map(|person| person.id);
            let people: Vec<PersonId> = people.chain(pools).collect();
            let mut documents = BTreeMap::new();
            for document in reader.documents_of(tenant, &people)? {
                let unknown = || StoreError::damaged_document(document, "it is listed and not there");
                let row = reader.document(tenant, document)?.ok_or_else(unknown)?;
                documents.insert(
                    document,
                    History::read(reader, (tenant, document), &row, hostile)?,
                );
            }
            Ok(Self {
                documents,
                server_key: reader.server()?.public_key,
                head: reader.head(tenant)?,
            })
        })
    }

    /// Adds the state of everything to the trace.
    pub(super) fn note(&self, trace: &mut Trace) {
        trace.bytes(&self.head.sequence.to_be_bytes());
        trace.bytes(&self.head.hash);
        for (document, history) in &self.documents {
            trace.bytes(document.as_bytes());
            for head in history.index.heads() {
                trace.bytes(&head.0);
            }
        }
    }

    /// Sabotage: makes the history of one document look as if its last operations had been stored twice.
    pub(super) fn store_twice(&mut self) {
        let last = self.documents.values_mut().next_back();
        if let Some(history) = last
            && let Some(span) = history.spans.last().copied()
        {
            history.spans.push(span);
        }
    }
}

impl History {
    fn read(
        reader: &dyn Reader,
        (tenant, document): (TenantId, DocumentId),
        row: &DocumentRow,
        hostile: Option<[u8; 32]>,
    ) -> Result<Self, StoreError> {
        let mut history = Self {
            kind: row.kind,
            owner: row.owner,
            index: DocumentIndex::new(),
            changes: Vec::new(),
            hashes: BTreeSet::new(),
            spans: Vec::new(),
            rulings: Vec::new(),
            texts: String::new(),
        };
        for segment in reader.segments(tenant, document, 0)? {
            history
                .take(document, &segment, hostile)
                .map_err(|problem| StoreError::damaged_document(document, problem))?;
        }
        Ok(history)
    }

    fn take(
        &mut self,
        document: DocumentId,
        row: &SegmentRow,
        hostile: Option<[u8; 32]>,
    ) -> Result<(), String> {
        let SegmentRow {
            origin,
            rebase,
            base,
            count,
            ..
        } = *row;
        self.spans.push(Span {
            origin,
            rebase,
            base,
            count,
        });
        let installation = InstallationKey {
            public_key: origin.public_key,
            epoch: origin.epoch,
        };
        let actor = derive_actor(&installation, document, rebase);
        let mut reader = SegmentReader::new(&row.operations, actor, base, count, &Limits::default())
            .map_err(|error| error.to_string())?;
        while let Some(expanded) = reader.next(&self.index).map_err(|error| error.to_string())? {
            // Beside a creation that a hostile phone slipped in after a restore, the one that was handed back stands.
            let is_back = row.device.is_none() && expanded.deps.is_empty();
            let creation = self.index.is_empty() || is_back;
            let writes = self
                .index
                .admit(&expanded)
                .map_err(|refusal| refusal.to_string())?;
            for write in &writes {
                if Some(origin.public_key) != hostile {
                    note_text(&mut self.texts, write);
                }
                let row = schema::find(self.kind, &write.path);
                // Whoever makes a document says whose it is.
                let own = creation && write.path == "owner";
                if !own && row.is_some_and(|row| row.class == Class::Ruling) {
                    self.rulings.push((origin, write.path.to_string()));
                }
            }
            let (change, hash) = rebuild(expanded);
            self.index.seal(hash);
            self.hashes.insert(hash.0);
            self.changes.push(change);
        }
        reader.finish().map_err(|error| error.to_string())
    }
}

fn note_text(texts: &mut String, write: &Write) {
    // Whoever removes something did not write it: it may be what a hostile phone copied.
    if matches!(write.action, Action::Delete) {
        return;
    }
    let text = match &write.action {
        Action::Put(ScalarValue::Str(text)) | Action::Insert(ScalarValue::Str(text)) => text.as_str(),
        Action::InsertText(text) => text.as_str(),
        _ => "",
    };
    // Keys count too: a tag is nothing else.
    let _ = writeln!(texts, "{} {text}", write.path);
}
