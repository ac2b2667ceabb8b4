use super::Doing;
use crate::simulate::dice::Dice;

const WORDS: [&str; 16] = [
    "shelf", "stock", "order", "display", "bearing", "price", "owner", "door", "轴承", "货架", "促销", "竞品", "tomorrow",
    "late", "again", "fine",
];

impl Doing<'_> {
    /// A text of a few words that carries the step's mark; a long one in stories of long texts.
    pub(super) fn text(&self, dice: &mut Dice) -> String {
        let words = if self.long_texts { dice.between(60, 160) } else { dice.between(0, 6) };
        let mut text = self.mark.clone();
        for _ in 0..words {
            text.push(' ');
            text.push_str(dice.pick(&WORDS).copied().unwrap_or_default());
        }
        text
    }

    /// A text of one or two words that carries the step's mark.
    pub(super) fn short_text(&self, dice: &mut Dice) -> String {
        format!("{} {}", dice.pick(&WORDS).copied().unwrap_or_default(), self.mark)
    }
}
