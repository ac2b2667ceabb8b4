use crate::simulate::dice::Dice;
use crate::simulate::story::Way;

/// A message under way: the bytes as they would travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Which way.
    pub way: Way,
    /// The phone at the other end, by its place in the cast.
    pub phone: usize,
    /// Which of the phone's exchanges it belongs to.
    pub exchange: u64,
    /// The body; absent when the server refused.
    pub body: Option<Vec<u8>>,
    /// Part of the body was lost.
    pub cut: bool,
}

impl Message {
    /// Loses the end of the body.
    pub(super) fn cut_short(&mut self, dice: &mut Dice) {
        if let Some(body) = &mut self.body {
            let kept = dice.index(body.len());
            body.truncate(kept);
            self.cut = true;
        }
    }
}

/// The messages under way; any may arrive next.
#[derive(Debug, Default)]
pub(crate) struct Network {
    messages: Vec<Message>,
}

impl Network {
    /// Sends a message.
    pub(super) fn send(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// A message that can arrive now, by chance; `None` when there is none. With `keep` a copy stays under way.
    pub(super) fn take(
        &mut self,
        dice: &mut Dice,
        keep: bool,
        can_arrive: impl Fn(&Message) -> bool,
    ) -> Option<Message> {
        let able: Vec<usize> = (0..self.messages.len())
            .filter(|at| can_arrive(&self.messages[*at]))
            .collect();
        let at = *dice.pick(&able)?;
        Some(if keep {
            self.messages[at].clone()
        } else {
            self.messages.remove(at)
        })
    }

    /// Loses every message that fits; returns how many.
    pub(super) fn lose(&mut self, fits: impl Fn(&Message) -> bool) -> usize {
        let before = self.messages.len();
        self.messages.retain(|message| !fits(message));
        before - self.messages.len()
    }
}
