use std::num::NonZeroU64;

use automerge::{ActorId, ChangeHash, ExpandedChange};

use super::decode::Decoder;
use super::limits::at_most;
use super::reference::Names;
use super::stream::Input;
use super::{Limits, OperationsError, tag};
use crate::gate::{DocumentIndex, caps};

/// Reads a segment change by change.
///
/// Each change is read with the index that holds the one before: admit and seal it, or know it already, before
/// the next is asked for. The changes are rebuilt, not checked: that is the gate's part. After an error the
/// reader is of no more use.
#[derive(Debug)]
pub struct Reader<'a> {
    decoder: Decoder<'a>,
    sequence: u64,
    left: u32,
    time: i64,
    budget: usize,
}

/// What stands before the operations of a change.
struct Head {
    records: usize,
    dependencies: Vec<ChangeHash>,
    message: Option<String>,
}

impl<'a> Reader<'a> {
    /// Opens a segment of `count` changes of `actor`, the first with the sequence number `base + 1`.
    ///
    /// # Errors
    /// A segment that is too long, or whose first bytes are damaged.
    pub fn new(
        bytes: &'a [u8],
        actor: ActorId,
        base: u64,
        count: u32,
        limits: &Limits,
    ) -> Result<Self, OperationsError> {
        at_most("bytes of a segment", bytes.len(), limits.bytes)?;
        let mut input = Input::open(bytes)?;
        let names = Names::read(actor, &mut input, limits)?;
        let budget = limits.budget(bytes.len());
        let decoder = Decoder::new(input, names, budget);
        Ok(Self {
            decoder,
            sequence: base,
            left: count,
            time: 0,
            budget,
        })
    }

    /// Rebuilds the next change; `None` after the last.
    ///
    /// # Errors
    /// Damaged bytes, something over the limits, or an index that lacks the change before or a dependency.
    pub fn next(&mut self, index: &DocumentIndex) -> Result<Option<ExpandedChange>, OperationsError> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        let head = self.head(index)?;
        let mut highest = 0;
        for hash in &head.dependencies {
            highest = highest.max(
                index
                    .max_op(hash)
                    .ok_or(OperationsError::UnknownDependency(*hash))?,
            );
        }
        let start_op = NonZeroU64::MIN.saturating_add(highest);
        let operations = self.decoder.operations(head.records, start_op.get())?;
        self.left = left;
        self.sequence = self.sequence.saturating_add(1);
        Ok(Some(ExpandedChange {
            operations,
            actor_id: self.decoder.names.writer.clone(),
            hash: None,
            seq: self.sequence,
            start_op,
            time: self.time,
            message: head.message,
            deps: head.dependencies,
            extra_bytes: Vec::new(),
            author: None,
        }))
    }

    /// How many operations have been read so far, runs counted in full: what the segment has cost.
    pub fn operations(&self) -> usize {
        self.budget - self.decoder.budget
    }

    /// Checks that all changes were read and nothing is left over.
    ///
    /// # Errors
    /// [`OperationsError::Unread`] or [`OperationsError::Trailing`].
    pub fn finish(self) -> Result<(), OperationsError> {
        match (self.left, self.decoder.input.left()) {
            (0, 0) => Ok(()),
            (0, bytes) => Err(OperationsError::Trailing(bytes)),
            (changes, _) => Err(OperationsError::Unread(changes)),
        }
    }

    fn head(&mut self, index: &DocumentIndex) -> Result<Head, OperationsError> {
        let previous = index.hash_of(&self.decoder.names.writer, self.sequence);
        if previous.is_none() && self.sequence > 0 {
            return Err(OperationsError::MissingPrevious(self.sequence));
        }
        let input = &mut self.decoder.input;
        let head = input.unsigned()?;
        let records = usize::try_from(head >> tag::head::BITS).unwrap_or(usize::MAX);
        let dependencies = if head & tag::head::DEPENDENCIES == 0 {
            previous.into_iter().collect()
        } else {
            let count = at_most("dependencies", input.count()?, caps::DEPENDENCIES)?;
            (0..count)
                .map(|_| input.array().map(ChangeHash))
                .collect::<Result<_, _>>()?
        };
        let message = if head & tag::head::MESSAGE == 0 {
            None
        } else {
            let bytes = at_most("bytes of a message", input.count()?, caps::MESSAGE_BYTES)?;
            Some(input.string(bytes)?.to_owned())
        };
        if head & tag::head::TIME != 0 {
            self.time = self.time.wrapping_add(input.signed()?);
        }
        self.decoder.values.begin_change(self.time);
        Ok(Head {
            records,
            dependencies,
            message,
        })
    }
}
