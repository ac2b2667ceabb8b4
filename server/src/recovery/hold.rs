use chrono::{DateTime, Utc};

use crate::clock::unix_ms;
use crate::exchange::{Caller, contain};
use crate::rulings::{self, Memory};
use crate::store::{RestoreRow, ServerRow, Store, StoreError, Writer};

/// Phones that were seen within this time before the restore, or signed in for the first time, are waited for, in milliseconds:
/// 35 days. One that the backup has never seen may have worked all the day that was lost.
const AWAITED_MS: u64 = 35 * 24 * 3600 * 1000;
/// Documents that one request rules on when the hold is over.
const AT_ONCE: usize = 20;

/// Do rulings wait? A ruling that was lost may be on a phone; ruling again before that phone was here could say something
/// else than what people were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// No.
    Over,
    /// Yes, since a restore that began this epoch.
    On(u32),
}

/// Looks whether rulings wait, and when they do no longer, rules on what waited. A server that was never restored pays
/// nothing.
pub(crate) fn look<S: Store>(store: &S, server: &ServerRow, now: DateTime<Utc>) -> Result<Hold, StoreError> {
    let now_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let Some(restore) = store.read(|reader| reader.restored())? else {
        return Ok(Hold::Over);
    };
    debug_assert_eq!(restore.epoch, server.epoch, "the last restore made the epoch");
    if is_on(store, &restore, now_ms)? {
        return Ok(Hold::On(restore.epoch));
    }
    if !store.read(|reader| reader.held(1))?.is_empty() {
        store.write(move |writer| release(writer, now))?;
    }
    Ok(Hold::Over)
}

fn is_on<S: Store>(store: &S, restore: &RestoreRow, now_ms: u64) -> Result<bool, StoreError> {
    if now_ms >= restore.hold_until_ms {
        return Ok(false);
    }
    let since_ms = restore.at_ms.saturating_sub(AWAITED_MS);
    if store.read(|reader| reader.behind(restore, since_ms))? > 0 {
        return Ok(true);
    }
    // Everybody was here: it need not be counted again.
    store.write(move |writer| writer.set_hold(now_ms))?;
    Ok(false)
}

/// Rules on what waited, in the order of the ids: who asked first is in each document's own order. A damaged document gets no
/// ruling, and holds up no other.
fn release(writer: &mut dyn Writer, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut effort = 0;
    for (tenant, document) in writer.held(AT_ONCE)? {
        let ruled = rulings::rule_again(writer, tenant, document, &Memory::default(), now);
        effort += contain(writer, tenant, document, unix_ms(now), ruled)?.unwrap_or(0);
        writer.release(tenant, document)?;
        if effort > rulings::EFFORT {
            break;
        }
    }
    Ok(())
}

/// Notes that a phone has nothing more to hand back.
pub(crate) fn note_caught_up<S: Store>(store: &S, caller: &Caller, epoch: u32) -> Result<(), StoreError> {
    let (tenant, device) = (caller.principal.tenant, caller.device);
    if store.read(|reader| reader.has_caught_up(tenant, device, epoch))? {
        return Ok(());
    }
    store.write(move |writer| writer.caught_up(tenant, device, epoch))
}
