use fieldbook_core::document::command::{Command, Decide, Outcome, RuleApproval};
use fieldbook_core::document::write;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{InstallationKey, derive_actor};
use fieldbook_core::wire::operations;
use fieldbook_core::wire::{PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section};

use crate::simulate::dice::Dice;

/// What somebody else did, done again under one's own name and without asking the rules: a well-formed operation whose
/// check is right. `None` when it cannot even be written.
pub(super) fn forge(
    command: &Command,
    index: &DocumentIndex,
    installation: &InstallationKey,
    now_ms: u64,
    dice: &mut Dice,
) -> Option<Section> {
    let (document, kind) = (command.document(), command.kind());
    let rebase = u32::try_from(dice.below(1000)).unwrap_or(0);
    let actor = derive_actor(installation, document, rebase);
    let (base, before) = (index.sequence(&actor), index.last_of(&actor));
    // From the beginning of time to the year 2109.
    let time_ms = [now_ms, 0, (1 << 42) - 1][dice.index(3)];
    let written = write(index, &actor, command, i64::try_from(time_ms).unwrap_or(0)).ok()?;
    let check = written.hash.0.first_chunk::<4>().copied()?;
    let bytes = operations::encode(&[written.change], &[written.hash], before, &|hash| {
        index.max_op(hash)
    })
    .ok()?;
    Some(Section {
        document,
        kind,
        rebase,
        base,
        count: 1,
        check,
        operations: bytes.into(),
        former: dice.one_in(8),
    })
}

/// The command as it was, or the ruling that somebody's decision asks for, as if one were the server.
pub(super) fn usurp(command: Command, ruling: u64, dice: &mut Dice) -> Command {
    match command {
        Command::Decide(Decide {
            document,
            revision,
            by,
            at,
            decision,
            ..
        }) if !dice.one_in(3) => Command::RuleApproval(RuleApproval {
            document,
            at,
            ruling,
            entries: Vec::new(),
            outcome: Some(Outcome {
                revision,
                outcome: decision,
                by: Some(by),
                reason: None,
            }),
        }),
        other => other,
    }
}

/// A request that carries these sections and knows nothing.
pub(super) fn request(upload: Vec<Section>) -> Request {
    Request {
        protocol: PROTOCOL_VERSION,
        schema: SCHEMA_VERSION,
        cursor: None,
        reference: 0,
        budget: 0,
        upload,
        waiting: 0,
        testimony: None,
        number: 0,
        ruling: None,
        signature: None,
    }
}
