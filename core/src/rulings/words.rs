use crate::document::command::{Answer, Reply};
use crate::model::Words;

impl Answer {
    /// Why the server did not count it, and what to do, said to whoever decided, brought in or took back.
    pub fn words(self) -> Words {
        let (en, zh) = match self {
            Answer::Stale => (
                "This was changed after you looked at it. See what changed and decide again.",
                "您查看后该申请已被修改。请查看变化后重新决定。",
            ),
            Answer::Late => (
                "Somebody decided the same before you. Nothing more is needed; your note is kept.",
                "已有人先作出相同决定，无需再处理；您的意见已保留。",
            ),
            Answer::Dissent => (
                "Somebody decided otherwise before you, and that counts. Your decision and note are kept as dissent.",
                "已有人先作出不同决定，以其为准。您的决定和意见已作为异议保留。",
            ),
            Answer::NotOpen => (
                "This was taken back, changed or decided before yours arrived. Look at it again.",
                "您的操作到达前，该申请已撤回、修改或办结。请重新查看。",
            ),
            Answer::Own => (
                "Nobody decides on their own request. Somebody else has to do it.",
                "不能审批本人的申请，请由他人处理。",
            ),
            Answer::NotAsked => (
                "You are not asked in this step, or no longer. Nothing was changed.",
                "您不是（或已不再是）本步骤的审批人，未作改动。",
            ),
            Answer::NotYet => (
                "Somebody else comes first in this step. Decide again when it is your turn.",
                "本步骤须由他人先审批，轮到您时请再处理。",
            ),
            Answer::NoSuchStep => (
                "It can only go back to a step that came before. Choose such a step.",
                "只能退回到之前的步骤，请重新选择。",
            ),
            Answer::CannotAsk => (
                "This person has left, asked for it, or is asked already. Choose somebody else.",
                "此人已离职、是申请人或已在审批中，请另选他人。",
            ),
        };
        Words::new(en, zh)
    }
}

impl Reply {
    /// What the server replied about a customer, and what to do, said to whoever asked.
    pub fn words(self) -> Words {
        let (en, zh) = match self {
            Reply::Granted => ("Done as you asked.", "已按申请办理。"),
            Reply::Taken => (
                "Somebody else asked first and looks after this customer now. Choose another one.",
                "该客户已由他人先领取，请选择其他客户。",
            ),
            Reply::Quota => (
                "You look after as many customers as allowed. Release one, then ask again.",
                "您负责的客户数已达上限。请先释放一个，再重新申请。",
            ),
            Reply::Stale => (
                "This customer was changed before your request arrived. Look again and ask anew.",
                "申请到达前该客户已有变化。请查看后重新申请。",
            ),
            Reply::Refused => (
                "This is not yours to ask for, the person has left, or the value is not in use. Choose again, or ask your supervisor.",
                "您无权申请此项，或所选同事已离职、所选值未启用。请重新选择或联系主管。",
            ),
        };
        Words::new(en, zh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_says_what_to_do_in_both_languages() {
        let answers = Answer::ALL.into_iter().map(Answer::words);
        for words in answers.chain(Reply::ALL.into_iter().map(Reply::words)) {
            assert!(words.en.is_ascii() && words.en.ends_with('.'), "{}", words.en);
            assert!(
                words.zh.ends_with('。') && words.zh.chars().count() <= 40,
                "{}",
                words.zh
            );
        }
    }
}
