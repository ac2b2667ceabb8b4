//! Senders of what no honest phone sends: told why, counted, and after a few times not heard for a while.

use fieldbook_core::wire::{Answer, Rejection, Verdict};

use super::{App, Problem, problems};
use crate::clock::unix_ms;
use crate::identity::SignedIn;
use crate::store::Store;

/// Fails when the device has to wait. Its request is not read. A phone and its copies wait together: a copy is no way out.
pub(super) fn check<S: Store>(app: &App<S>, sender: &SignedIn) -> Result<(), Problem> {
    match app.throttle().wait(sender.root, unix_ms(app.clock().now())) {
        None => Ok(()),
        Some(seconds) => {
            let total = app.counters().throttled();
            tracing::info!(event = "throttled", device = %sender.caller.device, seconds, total, "a device has to wait");
            Err(problems::throttled(seconds))
        }
    }
}

/// Looks for the gate's refusals in an answer.
pub(super) fn note_verdicts<S: Store>(app: &App<S>, sender: &SignedIn, answer: &Answer) {
    let verdicts = answer.verdicts.iter().flat_map(|section| &section.rest);
    let rejections: Vec<&Rejection> = verdicts
        .filter_map(|verdict| match verdict {
            Verdict::Rejected(rejection) => Some(rejection),
            _ => None,
        })
        .collect();
    if rejections.iter().any(|rejection| rejection.is_of_a_copy()) {
        app.counters().copied();
    }
    if let Some(rejection) = rejections.iter().find(|rejection| rejection.is_hostile()) {
        note(app, sender, &rejection.rule, &rejection.actual);
    }
}

/// A device sent something that no honest phone sends.
pub(super) fn note<S: Store>(app: &App<S>, sender: &SignedIn, rule: &str, detail: &str) {
    let total = app.counters().refused();
    let waits = app.throttle().strike(sender.root, unix_ms(app.clock().now()));
    tracing::warn!(
        event = "refused",
        device = %sender.caller.device,
        person = %sender.caller.principal.person,
        rule,
        detail,
        waits,
        total,
        "a device sent what no honest phone sends"
    );
}
