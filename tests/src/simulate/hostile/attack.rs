use fieldbook_core::document::Command;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::replica::Identity;
use fieldbook_core::wire::{self, Request};
use fieldbook_server::exchange::Refused;

use super::bytes::{spoil, twist};
use super::forgery::{forge, request, usurp};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;
use crate::simulate::world::{NoAnswer, World, decode, encode};

/// How many of other people's deeds one forged request repeats at most.
const FORGED: u64 = 4;

impl World {
    /// The hostile phone sends something. The server answers or refuses; it never fails over it.
    ///
    /// # Errors
    /// A server that takes a request for a fault of its own.
    pub(in crate::simulate) fn attack(&mut self, dice: &mut Dice) -> Result<(), Failure> {
        let Some(intruder) = &self.intruder else {
            return Ok(());
        };
        let identity = intruder.identity.clone();
        let overheard = intruder
            .overheard
            .get(dice.index(intruder.overheard.len()))
            .cloned();
        let (what, body) = match (dice.below(5), overheard) {
            (0, Some(body)) => ("a request of somebody else", Some(body)),
            (1, Some(mut body)) => {
                spoil(&mut body, dice);
                ("spoilt bytes", Some(body))
            }
            (2, Some(body)) => ("spoilt bytes in a sound wrapping", rewrap(&body, &identity, dice)),
            (3, Some(body)) => ("a twisted request", twisted(&body, &identity, dice)?),
            _ => ("forged operations", self.forged(dice)?),
        };
        let Some(body) = body else { return Ok(()) };
        self.counts.attacks += 1;
        let outcome = match self.server.handle(&identity, &body, self.now_ms) {
            Ok(_) => "gets an answer".to_owned(),
            Err(NoAnswer::Refused(Refused::Store(error))) => {
                return Err(Failure::step(
                    &format!("the server over {what} of a hostile phone"),
                    &error,
                ));
            }
            Err(refused) => format!("is refused: {refused}"),
        };
        self.trace.bytes(&body);
        self.tell(&format!("a hostile phone sends {what} and {outcome}"));
        Ok(())
    }

    /// Other people's deeds and the server's rulings, under the hostile phone's own name.
    fn forged(&self, dice: &mut Dice) -> Result<Option<Vec<u8>>, Failure> {
        let Some(intruder) = &self.intruder else {
            return Ok(None);
        };
        let installation = intruder.identity.installation();
        let mut sections = Vec::new();
        for _ in 0..dice.between(1, FORGED) {
            let Some(deed) = dice.pick(&self.ledger.written) else {
                break;
            };
            let command: Command = serde_json::from_str(&deed.command)
                .map_err(|error| Failure::step("a recorded command does not read", &error))?;
            let command = usurp(command, self.now_ms % 7, dice);
            let index = if dice.one_in(6) {
                DocumentIndex::new()
            } else {
                self.server.index(command.document())?
            };
            sections.extend(forge(&command, &index, &installation, self.now_ms, dice));
        }
        if sections.is_empty() {
            return Ok(None);
        }
        let encoded = encode(&signed(request(sections), &intruder.identity, dice));
        encoded
            .map(Some)
            .map_err(|error| Failure::step("a forged request cannot be written", &error))
    }
}

/// The request under the hostile phone's own name; now and then it keeps whose it was, or has none.
fn signed(mut request: Request, identity: &Identity, dice: &mut Dice) -> Request {
    // Without a signature the server refuses it, which is worth a try, too.
    if !dice.one_in(8) && request.sign(&identity.signed_by(), &identity.secret).is_err() {
        request.signature = None;
    }
    request
}

/// Spoils the bytes inside the compression: what passes the first check.
fn rewrap(body: &[u8], identity: &Identity, dice: &mut Dice) -> Option<Vec<u8>> {
    let mut bytes = wire::inflate(body, wire::MAX_INFLATED).ok()?;
    spoil(&mut bytes, dice);
    // What still reads as a request is the hostile phone's own.
    if let Ok(request) = minicbor::decode::<Request>(&bytes)
        && let Ok(encoded) = encode(&signed(request, identity, dice))
    {
        return Some(encoded);
    }
    Some(wire::deflate(&bytes, wire::ANSWER_LEVEL))
}

fn twisted(body: &[u8], identity: &Identity, dice: &mut Dice) -> Result<Option<Vec<u8>>, Failure> {
    let Ok(mut request) = decode::<Request>(body) else {
        return Ok(None);
    };
    twist(&mut request, dice);
    let encoded = encode(&signed(request, identity, dice));
    encoded
        .map(Some)
        .map_err(|error| Failure::step("a twisted request cannot be written", &error))
}
