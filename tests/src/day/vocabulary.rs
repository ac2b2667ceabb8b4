use rand::{Rng, RngExt};

/// What reps write, in English.
const ENGLISH: &[&str] = &[
    "shelf stock low",
    "bearings 6204 sold out",
    "asked for a better price",
    "owner not in",
    "paid the last invoice",
    "wants delivery on Friday",
    "competitor offers 5% less",
    "new poster put up",
    "display moved to the back",
    "took photos of the rack",
    "expired cartons removed",
    "reorder next week",
    "chain oil, two cases",
    "counted the shelf twice",
    "the new clerk needs training",
    "complained about packaging",
    "liked the sample",
    "waiting for head office",
    "price tags were missing",
    "cooler is broken",
    "promotion ends on Sunday",
    "signed the display agreement",
    "call back after lunch",
    "road closed, long way round",
    "handed over the catalogue",
    "grease cartridges returned",
    "wants the bigger box",
    "second branch opens in spring",
    "stockroom is full",
    "belts B-52 and B-60 running well",
    "asked about warranty",
    "invoice address changed",
    "shop window redone",
    "met the purchasing manager",
    "no order today",
    "order placed for",
    "left a sample kit",
    "seals from another maker",
    "will decide by the end of the month",
    "neighbour opened a store",
    "credit limit reached",
    "agreed on a trial",
    "three facings lost",
    "two facings won back",
    "tidied the shelf",
    "truck was late again",
    "wrong size delivered",
    "happy with the service",
    "needs a quotation",
    "showed the new price list",
];

/// What reps write, in Chinese.
const CHINESE: &[&str] = &[
    "货架库存不足",
    "轴承6204已售罄",
    "客户要求降价",
    "老板不在店里",
    "上月货款已付清",
    "希望周五送货",
    "竞品便宜百分之五",
    "更换了新海报",
    "陈列被移到后排",
    "已拍摄货架照片",
    "清理了过期产品",
    "下周补货",
    "链条油两箱",
    "盘点了两遍",
    "新店员需要培训",
    "反映包装容易破损",
    "对样品很满意",
    "等待总部批复",
    "价签缺失",
    "冷柜故障待修",
    "促销周日结束",
    "已签陈列协议",
    "下午再联系采购",
    "道路封闭需绕行",
    "送达新版目录",
    "润滑脂退货一批",
    "想要大包装",
    "明年春天开分店",
    "仓库已满",
    "皮带销售良好",
    "询问质保政策",
    "开票地址变更",
    "橱窗重新布置",
    "与采购经理面谈",
    "今日无订单",
    "追加订单",
    "留下试用装",
    "密封件改用他牌",
    "月底前给答复",
    "隔壁新开一家店",
    "信用额度已用完",
    "同意试销一个月",
    "少了三个排面",
    "夺回两个排面",
    "整理了货架",
    "货车又晚到",
    "送错规格",
    "对服务表示认可",
    "需要正式报价",
    "介绍了新价目表",
];

/// One phrase in either language, with a number now and then.
pub fn phrase(rng: &mut impl Rng, chinese: bool) -> String {
    let words = if chinese { CHINESE } else { ENGLISH };
    let phrase = words[rng.random_range(0..words.len())];
    if rng.random_range(0..4) > 0 {
        return phrase.to_owned();
    }
    let number = rng.random_range(2..480);
    if chinese {
        format!("{phrase}{number}件")
    } else {
        format!("{phrase} {number} pcs")
    }
}

/// A text of about this many bytes of UTF-8, in one of the two languages.
pub fn text_of_bytes(rng: &mut impl Rng, bytes: usize) -> String {
    sentence(rng, |text| text.len() >= bytes)
}

/// A text of about this many characters, in one of the two languages.
pub fn text_of_chars(rng: &mut impl Rng, chars: usize) -> String {
    sentence(rng, |text| text.chars().count() >= chars)
}

/// Phrases until it is enough; the last one is cut so that the length is even from text to text.
fn sentence(rng: &mut impl Rng, is_enough: impl Fn(&str) -> bool) -> String {
    let chinese = rng.random_range(0..2) == 0;
    let (comma, stop) = if chinese { ("，", "。") } else { (", ", ".") };
    let mut text = String::new();
    while !is_enough(&text) {
        if !text.is_empty() {
            text.push_str(comma);
        }
        for letter in phrase(rng, chinese).chars() {
            if is_enough(&text) {
                break;
            }
            text.push(letter);
        }
    }
    text.push_str(stop);
    text
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn texts_have_their_length_and_differ() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let text = text_of_bytes(&mut rng, 120);
            assert!((120..=128).contains(&text.len()), "{} bytes: {text}", text.len());
            assert!(seen.insert(text));
            let chars = text_of_chars(&mut rng, 75).chars().count();
            assert!((75..=78).contains(&chars), "{chars} characters");
        }
    }
}
