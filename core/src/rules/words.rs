use super::Rule;
use crate::model::Words;

impl Rule {
    /// What to do, said to the person whose operation was refused.
    pub fn words(self) -> Words {
        let (en, zh) = self.pair();
        Words::new(en, zh)
    }

    fn pair(self) -> (&'static str, &'static str) {
        match self {
            Rule::UnknownPath => (
                "Update the app, then send this again.",
                "请先更新应用，再重新发送。",
            ),
            Rule::CreationMissing => (
                "Something is missing here. Fill it in and send it again.",
                "有内容没有填写，请补全后重新发送。",
            ),
            Rule::CreationOwner => (
                "You can add this only for yourself or for somebody in your team.",
                "只能为自己或自己团队的成员新建。",
            ),
            Rule::CreationKind => (
                "This is a record of another kind. Update the app, then try again.",
                "记录类型不符，请更新应用后重试。",
            ),
            Rule::FactRewritten => (
                "What has happened stays as it was recorded. Add a new entry or a remark instead.",
                "已经发生的记录不能改动，请另加一条记录或备注。",
            ),
            Rule::ServerOnly => (
                "Only the office can change this. Ask your administrator.",
                "此项由公司统一设定，如需更改请联系管理员。",
            ),
            Rule::WriterNotAllowed => (
                "This is not yours to change. Ask the person in charge of it or their supervisor.",
                "您无权更改此项，请联系负责人或其主管。",
            ),
            Rule::WriterBy => (
                "This goes by your own name only. Sign in as yourself and write it again.",
                "只能以本人名义填写，请用自己的账号重新填写。",
            ),
            Rule::ValueType | Rule::ValueRange => (
                "Check what you entered, correct it and send it again.",
                "请核对所填内容，改正后重新发送。",
            ),
            Rule::ValueTooLong => (
                "The text is too long. Shorten it and send it again.",
                "文字过长，请缩短后重新发送。",
            ),
            Rule::ValueRequired => (
                "This cannot be left empty. Fill it in and send it again.",
                "此项不能为空，请填写后重新发送。",
            ),
            Rule::ValueKey => (
                "This name is too long. Choose a shorter one and send it again.",
                "名称过长，请换一个较短的名称后重新发送。",
            ),
            _ => self.pair_of_course(),
        }
    }

    /// The rules about the course of a visit or an approval.
    fn pair_of_course(self) -> (&'static str, &'static str) {
        match self {
            Rule::PlanStarted => (
                "The visit has already begun, so its plan stays. Plan a new visit or call the rep.",
                "拜访已经开始，计划不能再改。请另排一次拜访，或直接联系业务员。",
            ),
            Rule::VisitStarted => (
                "The rep is already there, so the visit cannot be called off. Leave a note or call them.",
                "业务员已经到访，拜访不能取消。请写备注，或直接联系业务员。",
            ),
            Rule::VisitNotStarted => (
                "Start the visit first, then record this again.",
                "请先开始拜访，再重新记录。",
            ),
            Rule::VisitClosed => (
                "The visit is over. Put what is missing in the notes, or plan a new visit.",
                "拜访已经结束。需要补充的请写在备注里，或另排一次拜访。",
            ),
            Rule::EntryClosed => (
                "An entry can be edited for a day. Add what is new as a remark on it.",
                "活动记录只能在 24 小时内修改，请以评论补充。",
            ),
            Rule::AnotherOpen => (
                "Finish or cancel the open visit first.",
                "请先完成或取消进行中的拜访。",
            ),
            Rule::PoolQuota => (
                "You look after as many customers as allowed. Release one first, or ask your supervisor.",
                "您负责的客户数已达上限。请先释放一个，或联系主管。",
            ),
            Rule::SelfApproval => (
                "Nobody decides on their own request. Your supervisor has to.",
                "不能审批自己的申请，请由主管审批。",
            ),
            Rule::NotAsked => (
                "It is not your turn to decide this. Sync and look who is asked; they can bring you in.",
                "目前不由您审批。请同步后查看由谁审批，审批人可以请您加签。",
            ),
            Rule::ApprovalClosed => (
                "This request is already decided. Make a new one for anything else.",
                "这份申请已有结果，不能再改。如有需要请另提一份。",
            ),
            Rule::ApprovalOnce => (
                "Hand in or decide one thing at a time. Do it again, once.",
                "一次只能提交或审批一次，请重新操作一次。",
            ),
            Rule::SubmissionRevision => (
                "The request has changed in the meantime. Look through it and hand it in again.",
                "申请内容已有变动，请核对后重新提交。",
            ),
            Rule::SubmissionTotal => (
                "The total does not match the lines. Open the request and hand it in again.",
                "合计与明细不一致，请打开申请核对后重新提交。",
            ),
            Rule::SubmissionEmpty => (
                "Add at least one line before you hand it in.",
                "请至少添加一条明细再提交。",
            ),
            Rule::SubmissionUnchanged => (
                "This was returned to you. Change what was asked for, then hand it in again.",
                "申请已被退回，请按要求修改后再提交。",
            ),
            Rule::NotSubmitted => (
                "This has not been handed in yet. Decide once the applicant has done so.",
                "申请还没有提交，请等申请人提交后再审批。",
            ),
            Rule::UnknownRevision => (
                "You decided on a version that was never handed in. Sync, look again and decide anew.",
                "您审批的不是已提交的版本，请同步后重新查看再审批。",
            ),
            Rule::NoteMissing => (
                "Say why: write a note and send it again.",
                "请填写理由后重新发送。",
            ),
            Rule::HandoverTo => (
                "Choose somebody else: neither yourself nor the person who asks.",
                "请选择其他人，不能是本人或申请人。",
            ),
            Rule::WithdrawnDraft => (
                "This was not handed in, so there is nothing to take back. Sync and look again.",
                "该申请未提交，无需撤回，请同步后再查看。",
            ),
            _ => ("Look at this again and correct it.", "请检查后改正。"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::wire::Rejection;

    /// Every rule, one after the other: a new one has to find its place here.
    fn after(rule: Option<Rule>) -> Option<Rule> {
        Some(match rule {
            None => Rule::UnknownPath,
            Some(Rule::UnknownPath) => Rule::CreationMissing,
            Some(Rule::CreationMissing) => Rule::CreationOwner,
            Some(Rule::CreationOwner) => Rule::CreationKind,
            Some(Rule::CreationKind) => Rule::FactRewritten,
            Some(Rule::FactRewritten) => Rule::ServerOnly,
            Some(Rule::ServerOnly) => Rule::WriterNotAllowed,
            Some(Rule::WriterNotAllowed) => Rule::WriterBy,
            Some(Rule::WriterBy) => Rule::ValueType,
            Some(Rule::ValueType) => Rule::ValueTooLong,
            Some(Rule::ValueTooLong) => Rule::ValueRange,
            Some(Rule::ValueRange) => Rule::ValueRequired,
            Some(Rule::ValueRequired) => Rule::ValueKey,
            Some(Rule::ValueKey) => Rule::PlanStarted,
            Some(Rule::PlanStarted) => Rule::VisitStarted,
            Some(Rule::VisitStarted) => Rule::VisitNotStarted,
            Some(Rule::VisitNotStarted) => Rule::VisitClosed,
            Some(Rule::VisitClosed) => Rule::AnotherOpen,
            Some(Rule::AnotherOpen) => Rule::EntryClosed,
            Some(Rule::EntryClosed) => Rule::PoolQuota,
            Some(Rule::PoolQuota) => Rule::SelfApproval,
            Some(Rule::SelfApproval) => Rule::NotAsked,
            Some(Rule::NotAsked) => Rule::ApprovalClosed,
            Some(Rule::ApprovalClosed) => Rule::ApprovalOnce,
            Some(Rule::ApprovalOnce) => Rule::SubmissionRevision,
            Some(Rule::SubmissionRevision) => Rule::SubmissionTotal,
            Some(Rule::SubmissionTotal) => Rule::SubmissionEmpty,
            Some(Rule::SubmissionEmpty) => Rule::SubmissionUnchanged,
            Some(Rule::SubmissionUnchanged) => Rule::NotSubmitted,
            Some(Rule::NotSubmitted) => Rule::UnknownRevision,
            Some(Rule::UnknownRevision) => Rule::NoteMissing,
            Some(Rule::NoteMissing) => Rule::HandoverTo,
            Some(Rule::HandoverTo) => Rule::WithdrawnDraft,
            Some(Rule::WithdrawnDraft) => return None,
        })
    }

    #[test]
    fn every_rule_says_what_to_do_in_both_languages() {
        let fallback = "Look at this again and correct it.";
        let mut names = BTreeSet::new();
        for rule in std::iter::successors(after(None), |rule| after(Some(*rule))) {
            assert!(Rule::ALL.contains(&rule), "{rule} is not listed");
            Rejection::from(rule.at("path", ("this", "这个"), "that")).assert_says_everything();
            let words = rule.words();
            assert!(names.insert(rule.name()), "{rule} twice");
            assert_eq!(rule.to_string(), rule.name());
            assert_ne!(words.en, fallback, "{rule}");
            assert!(words.zh.chars().all(|c| !c.is_ascii_alphabetic()), "{rule}");
            assert!(
                words.en.is_ascii() && words.en.len() <= 100 && words.zh.chars().count() <= 40,
                "{rule}"
            );
        }
        assert_eq!(names.len(), Rule::ALL.len());
    }
}
