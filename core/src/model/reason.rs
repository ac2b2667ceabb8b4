use super::Words;

/// Why a person is asked for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonFor {
    /// A check-in that is not on site, or has no position.
    Place,
    /// A visit that does not take place, or ends early.
    Cancel,
    /// A rejection.
    Reject,
    /// A request that goes back.
    Return,
}

/// Ready reasons, each on its own in both languages, so that nobody has to type at a door. The person may always write
/// another one.
pub fn ready_reasons(of: ReasonFor) -> Vec<Words> {
    let pairs: &[(&str, &str)] = match of {
        ReasonFor::Place => &[
            ("The entrance has moved", "入口搬了位置"),
            ("The customer asked to meet elsewhere", "客户约在别处见面"),
            ("The address on file is wrong", "登记的地址有误"),
            ("No signal inside", "室内没有信号"),
        ],
        ReasonFor::Cancel => &[
            ("The shop is closed", "店铺没有营业"),
            ("The customer put it off", "客户改期"),
            ("Nobody in charge was there", "负责人不在"),
            ("No time left today", "今天来不及"),
        ],
        ReasonFor::Reject => &[
            ("Not for business", "与业务无关"),
            ("Over the limit without a reason", "超标且未说明原因"),
            ("Handed in before", "重复提交"),
        ],
        ReasonFor::Return => &[
            ("The receipt is missing or cannot be read", "缺少票据或票据不清晰"),
            ("Link it to the visit", "请关联拜访"),
            ("Correct the amount", "请核对金额"),
            ("Say more about what it was for", "请补充用途说明"),
        ],
    };
    pairs.iter().map(|(en, zh)| Words::new(*en, *zh)).collect()
}
