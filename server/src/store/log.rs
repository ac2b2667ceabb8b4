use std::collections::BTreeSet;

use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, TenantId};
use fieldbook_core::wire::{Origin, Seal};

use super::{Proof, Result};

/// Where a tenant's log ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogHead {
    /// The sequence of the last segment, 0 for an empty log.
    pub sequence: u64,
    /// The hash chain at that sequence, zeros at 0.
    pub hash: [u8; 32],
}

/// One document as the log knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its kind.
    pub kind: Kind,
    /// Whose it is: who may see it follows from this.
    pub owner: PersonId,
    /// The sequence of its first segment.
    pub first: u64,
    /// The sequence of its last segment.
    pub last: u64,
    /// The sequence at which its owner last changed, 0 if never.
    pub moved: u64,
}

/// Operations of one actor as they arrived in one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// Its place in the tenant's log.
    pub sequence: u64,
    /// The device that sent it, absent for the server's own and for what was handed back to it.
    pub device: Option<DeviceId>,
    /// The installation that wrote it.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations it holds.
    pub count: u32,
    /// The operations, exactly as sent.
    pub operations: Vec<u8>,
    /// When it arrived, in milliseconds since 1970.
    pub received_ms: u64,
    /// The seal of the last operation.
    pub seal: Seal,
}

/// What is appended to the log.
#[derive(Clone, Copy, Debug)]
pub struct NewSegment<'a> {
    /// The device that sent it, absent for the server's own and for what was handed back to it.
    pub device: Option<DeviceId>,
    /// The installation that wrote it.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations it holds.
    pub count: u32,
    /// The operations, exactly as sent.
    pub operations: &'a [u8],
    /// When it arrived, in milliseconds since 1970.
    pub received_ms: u64,
    /// The seal of the last operation: a phone hands it back with the operations should this server lose them.
    pub seal: Seal,
    /// Which request proves who wrote it, absent for the server's own.
    pub proof: Option<Proof>,
}

/// One row of the log with the document it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// True when the document came to its present owner with this segment: whoever gained it lacks all that is older, too,
    /// in the asked range and before it. What is older is not listed.
    pub moved: bool,
    /// The segment.
    pub segment: SegmentRow,
}

/// One ruling in the tenant's ruling log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulingRow {
    /// Its number, from 1.
    pub number: u64,
    /// The document it was written into.
    pub document: DocumentId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// What was ruled, as JSON.
    pub json: String,
    /// The hash chain over the ruling log up to here.
    pub hash: [u8; 32],
}

/// Who looks at the log.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    /// The person, with whom documents may be shared.
    pub person: PersonId,
    /// Everybody whose documents they see.
    pub people: &'a [PersonId],
    /// The phone they look with: what it wrote itself it has, unless the document came back to it.
    pub but: Option<DeviceId>,
}

/// Reading documents and their log.
pub trait LogReader {
    /// Where the log ends.
    fn head(&self, tenant: TenantId) -> Result<LogHead>;
    /// The hash chain at `sequence`: zeros at 0, `None` beyond the end.
    fn log_hash(&self, tenant: TenantId, sequence: u64) -> Result<Option<[u8; 32]>>;
    /// Everybody whose documents these are, or with whom one of them is shared.
    fn audience(&self, tenant: TenantId, documents: &[DocumentId]) -> Result<BTreeSet<PersonId>>;
    /// One document; `None` when nobody ever wrote it.
    fn document(&self, tenant: TenantId, document: DocumentId) -> Result<Option<DocumentRow>>;
    /// The segments of a document after `after`, in log order.
    fn segments(&self, tenant: TenantId, document: DocumentId, after: u64) -> Result<Vec<SegmentRow>>;
    /// The log rows of documents that belong to these people now, after `after` and up to `until` (inclusive), in log
    /// order, until `limit_bytes` of operations are collected (at least one row when there is any). Paging by
    /// log order is what makes a cursor mean "everything up to here". A document that came in the range begins with the row
    /// with which it came, see [`LogRow::moved`]: so it is brought whole once, however small the pages are.
    fn log_after(
        &self,
        tenant: TenantId,
        people: &[PersonId],
        after: u64,
        until: u64,
        limit_bytes: usize,
    ) -> Result<Vec<LogRow>>;
    /// As [`LogReader::log_after`], for all that the viewer sees. A document that was shared after the range began came, too.
    fn log_seen(
        &self,
        tenant: TenantId,
        viewer: &Viewer<'_>,
        after: u64,
        until: u64,
        limit_bytes: usize,
    ) -> Result<Vec<LogRow>>;
    /// Documents that belonged to one of these people, left after `after`, and belong to none of them now;
    /// sorted.
    fn moved_away(&self, tenant: TenantId, people: &[PersonId], after: u64) -> Result<Vec<DocumentId>>;
    /// How many documents of a kind a person has.
    fn count_owned(&self, tenant: TenantId, kind: Kind, owner: PersonId) -> Result<u64>;
    /// How many claims of a person were granted at `since_ms` or later.
    fn claims_since(&self, tenant: TenantId, person: PersonId, since_ms: u64) -> Result<u64>;
    /// Did the document belong to one of these people before?
    fn belonged(&self, tenant: TenantId, document: DocumentId, people: &[PersonId]) -> Result<bool>;
    /// All documents of these people, sorted.
    fn documents_of(&self, tenant: TenantId, people: &[PersonId]) -> Result<Vec<DocumentId>>;
    /// The set of people that was remembered under this mark, sorted.
    fn scope(&self, tenant: TenantId, mark: [u8; 8]) -> Result<Option<Vec<PersonId>>>;
    /// Where the ruling log ends: its last number and the hash chain there.
    fn ruling_head(&self, tenant: TenantId) -> Result<LogHead>;
    /// The number the next ruling gets.
    fn next_ruling(&self, tenant: TenantId) -> Result<u64>;
    /// The ruling log after number `after`, at most `limit` rows.
    fn rulings(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<RulingRow>>;
}

/// Writing documents and their log.
pub trait LogWriter {
    /// Appends a segment and returns its sequence; extends the hash chain.
    ///
    /// The first segment of a document makes it, with this kind and owner; later the owner is left alone
    /// (see [`LogWriter::set_owner`]) and another kind is an error.
    fn append(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        kind: Kind,
        owner: PersonId,
        segment: &NewSegment<'_>,
    ) -> Result<u64>;
    /// Gives a document to somebody else as of the log's last sequence, and remembers whom it left.
    fn set_owner(&mut self, tenant: TenantId, document: DocumentId, owner: PersonId) -> Result<()>;
    /// Notes that a person's claim on a document was granted.
    fn add_claim(
        &mut self,
        tenant: TenantId,
        person: PersonId,
        at_ms: u64,
        document: DocumentId,
    ) -> Result<()>;
    /// Remembers a set of people under a mark; the same mark again changes nothing.
    fn remember_scope(&mut self, tenant: TenantId, mark: [u8; 8], people: &[PersonId]) -> Result<()>;
    /// Appends to the ruling log and returns the ruling's number.
    fn append_ruling(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        at_ms: u64,
        json: &str,
    ) -> Result<u64>;
}
