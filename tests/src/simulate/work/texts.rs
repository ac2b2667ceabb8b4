use super::Doing;
use crate::simulate::dice::Dice;

const WORDS: [&str; 16] = [
    "shelf", "stock", "order", "display", "bearing", "price", "owner", "door", "轴承", "货架", "促销",
    "竞品", "tomorrow", "late", "again", "fine",
];

impl Doing<'_> {
    /// A text of a few words that carries the step's mark; in stories of long texts up to 900 characters.
    pub(super) fn text(&self, dice: &mut Dice) -> String {
        let most = if self.long_texts { 900 } else { 40 };
        let length = dice.index(most);
        let mut text = self.mark.clone();
        while text.chars().count() < length {
            text.push(' ');
            text.push_str(dice.pick(&WORDS).copied().unwrap_or_default());
        }
        text.chars().take(most).collect()
    }

    /// A text of one or two words that carries the step's mark.
    pub(super) fn short_text(&self, dice: &mut Dice) -> String {
        format!("{} {}", dice.pick(&WORDS).copied().unwrap_or_default(), self.mark)
    }
}
