//! What a phone does when its server lost a part of the log: it reads the log from the start, and then hands back what it
//! knew as stored and was not shown.

use rusqlite::Connection;

use super::error::ReplicaError;
use super::store::testimony::{self, Place, Run};
use super::store::{outbox, settings};
use crate::model::DocumentId;
use crate::wire::{Answer, Heard};

const RECOVERY: &str = "recovery";
/// What waits for other phones is tried again when news came.
const WAITS: u8 = 2;

/// How far a recovery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The log is read from the start.
    Reading,
    /// What it did not show is handed back.
    HandingBack,
}

/// A piece of testimony on its way: its document and the rows it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) document: DocumentId,
    pub(super) rebase: u32,
    pub(super) base: u64,
    pub(super) count: u32,
    pub(super) is_own: bool,
    pub(super) places: Vec<Place>,
}

/// How the testimony of one exchange was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answered {
    /// Operations that the server has again.
    pub(super) handed_back: u64,
    /// Pieces that got an answer other than "later".
    pub(super) looked_at: u64,
    /// Documents that turned out to have left the scope.
    pub(super) left: Vec<DocumentId>,
}

/// The phase, `None` when nothing has to be recovered.
pub(super) fn phase(conn: &Connection) -> Result<Option<Phase>, ReplicaError> {
    let stored = settings::get(conn, RECOVERY)?;
    Ok(match stored.as_deref() {
        None => None,
        Some([1]) => Some(Phase::Reading),
        Some(_) => Some(Phase::HandingBack),
    })
}

/// The server lost a part of its log.
pub(super) fn begin(tx: &Connection) -> Result<(), ReplicaError> {
    testimony::doubt_all(tx)?;
    Ok(settings::put(tx, RECOVERY, &[1])?)
}

/// There is something to hand back. A phone that still reads does so first.
pub(super) fn hand_back(tx: &Connection) -> Result<(), ReplicaError> {
    if phase(tx)?.is_none() {
        settings::put(tx, RECOVERY, &[2])?;
    }
    Ok(())
}

/// What an answer shows is in doubt no longer.
pub(super) fn shown(tx: &Connection, answer: &Answer) -> Result<(), ReplicaError> {
    for news in &answer.news {
        for segment in &news.segments {
            let origin = usize::try_from(segment.origin)
                .ok()
                .and_then(|at| answer.origins.get(at));
            let Some(origin) = origin else { continue };
            let run = Run {
                document: news.document,
                origin: *origin,
                rebase: segment.rebase,
                base: segment.base,
                count: segment.count,
            };
            testimony::shown(tx, &run)?;
        }
    }
    Ok(())
}

/// Takes what the server says to the testimony.
pub(super) fn heard(tx: &Connection, said: &[Said], heard: &[Heard]) -> Result<Answered, ReplicaError> {
    let mut answered = Answered::default();
    for (said, heard) in said.iter().zip(heard) {
        answered.looked_at += u64::from(*heard != Heard::Later);
        match heard {
            Heard::Later => {}
            Heard::Waits => testimony::heard(tx, &said.places, Some(WAITS))?,
            Heard::Stored | Heard::Elsewhere => {
                answered.handed_back += u64::from(said.count);
                testimony::heard(tx, &said.places, None)?;
            }
            Heard::Unproven => {
                testimony::heard(tx, &said.places, None)?;
                tracing::error!(document = %said.document, "the server does not know its seal");
                if said.is_own {
                    outbox::offer_again(tx, said.document, said.rebase, said.base + 1)?;
                }
            }
        }
        let is_here = said.places.iter().any(|place| matches!(place, Place::Segment(_)));
        if *heard == Heard::Elsewhere && is_here {
            answered.left.push(said.document);
        }
    }
    Ok(answered)
}

/// Goes on to the next phase when this one is over. Returns documents that turned out to have left the scope.
pub(super) fn go_on(tx: &Connection, answer: &Answer) -> Result<Vec<DocumentId>, ReplicaError> {
    if !answer.news.is_empty() && testimony::try_again(tx)? > 0 {
        hand_back(tx)?;
    }
    let Some(phase) = phase(tx)? else {
        return Ok(Vec::new());
    };
    if answer.more {
        return Ok(Vec::new());
    }
    let mut left = Vec::new();
    if phase == Phase::Reading {
        left = testimony::out_of_scope(tx)?;
        testimony::settle_unproven(tx)?;
    }
    if testimony::count(tx)? > 0 {
        settings::put(tx, RECOVERY, &[2])?;
    } else {
        settings::remove(tx, RECOVERY)?;
    }
    Ok(left)
}
