//! What people write on their phones. Half of them write Chinese.

pub(super) const PURPOSES: &[&str] = &[
    "Count the stock and check the display",
    "Place the rack for the winter promotion",
    "Quarterly review with the manager",
    "新品推介，谈堆头位置",
    "Refill and count",
    "核对价签，了解竞品活动",
];

pub(super) const NOTES: &[&str] = &[
    "Owner back on Friday, wants two more facings.",
    "货架第二层缺货，周四补货。",
    "The competitor runs two for one on rice until Sunday.",
    "店长同意把堆头移到入口处。",
    "Price tags on the lower shelf are wrong; told the manager.",
    "Asked for samples of the new soy sauce.",
    "冷柜温度偏高，已向店长反馈。",
    "Back room is full, next delivery not before Monday.",
];

pub(super) const NEXT_STEPS: &[&str] = &[
    "Bring samples and the winter price list",
    "Send the planogram by Friday",
    "下周二带样品再来",
    "Call the owner about the promotion",
];

pub(super) const OUTCOMES: &[&str] = &["Order promised", "Display agreed", "没有缺货", "Manager was out"];

pub(super) const LOGS: &[&str] = &[
    "Traffic on the interstate cost half an hour; the second stop began late.",
    "上午走访两家，库存都偏低，建议提前补货。",
    "Two managers asked for the new small packs.",
    "竞品在这一带铺货很快，需要留意。",
    "Met the district buyer by chance, sends the contract next week.",
    "Rain all day, few people in the shops.",
];

pub(super) const UNDERGROUND: &str = "Counter is in the basement, no signal down here. 地下一层没有信号";
pub(super) const MOVED_ENTRANCE: &str =
    "They sell from the warehouse behind the mall while the hall is rebuilt";
pub(super) const CLOSED: &str = "Closed for stocktaking, come back on Thursday. 盘点停业";

/// What one supervisor writes when she moves the visit that had been made already.
pub(super) const LATE_TEXT: &str = "Take the new planogram along";
/// What the other writes when he moves the visit that had been called off.
pub(super) const KEPT_TEXT: &str = "Ask for Ms Carter and bring the winter price list";
pub(super) const NOTE_OF_SUPERVISOR: &str = "Offer the spring rack first, then the price. ";
pub(super) const NOTE_OF_REP: &str = "门店经理周三上午才在。";
pub(super) const MOVED_PURPOSE: &str = "Go together: first talk about the spring rack";
pub(super) const DISSENT: &str = "We said no more lunches this month.";
pub(super) const RETURNED: &str = "The hotel receipt is missing. Please add it and hand it in again.";
