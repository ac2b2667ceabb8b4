use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Rejection;
use crate::model::Words;

/// Why a phone no longer works for the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The person left. What they wrote before is accepted, what they wrote later goes into quarantine for a person to look at.
    #[n(1)]
    Left,
    /// The phone was revoked, lost perhaps. What was written on it before goes into quarantine, what was written later is refused.
    #[n(2)]
    Revoked,
}

/// This phone no longer works for the organisation: it hands in what it has, removes everything else, and is locked. What
/// is not accepted stays parked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Ended {
    /// Why.
    #[n(0)]
    pub how: Ending,
    /// Since when, in milliseconds since 1970 by the server's clock.
    #[n(1)]
    pub at_ms: u64,
}

impl Ended {
    /// What to say to the person who holds this phone.
    pub fn words(&self) -> Words {
        match self.how {
            Ending::Left => Words::new(
                "You have left, so this phone shows no records any more. What you wrote before counts. What was not accepted \
                 stays here: export it and ask your supervisor.",
                "您已离职，本机不再显示记录，此前提交的内容有效。未被接收的内容仍在本机，可导出后联系主管。",
            ),
            Ending::Revoked => Words::new(
                "The access of this phone was ended, so it shows no records any more. What was not accepted stays here: \
                 export it and ask your administrator.",
                "本机的使用权限已终止，不再显示记录。未被接收的内容仍在本机，可导出后联系管理员。",
            ),
        }
    }

    /// Why nothing that this phone writes is accepted any more.
    pub fn rejection(&self) -> Rejection {
        let rule = match self.how {
            Ending::Left => "rights.left",
            Ending::Revoked => "rights.revoked",
        };
        Rejection {
            rule: rule.to_owned(),
            path: Rejection::WHOLE.to_owned(),
            expected: Words::new("a phone that works for the organisation", "组织内在用的手机"),
            actual: "its access has ended".to_owned(),
            suggestion: Words::new(
                "Your access has ended, so this was not taken over. What is on this phone stays; export it and ask your supervisor.",
                "您的使用权限已终止，此内容未被接收。本机已有内容会保留，可导出后联系主管。",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_ended_it_the_person_is_told_what_to_do() {
        for how in [Ending::Left, Ending::Revoked] {
            let rejection = Ended { how, at_ms: 1 }.rejection();
            rejection.assert_says_everything();
            let rule = match how {
                Ending::Left => "rights.left",
                Ending::Revoked => "rights.revoked",
            };
            assert_eq!(rejection.rule, rule);
        }
    }
}
