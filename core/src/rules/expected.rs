//! What a row of the schema table asks for, in both languages. The English of a type is that of `docs/schema.md`.
use crate::model::Words;
use crate::model::schema::{Type, Writer};

impl From<Type> for Words {
    fn from(holds: Type) -> Self {
        Words::new(holds.to_string(), chinese(holds))
    }
}

fn chinese(holds: Type) -> String {
    match holds {
        Type::Text(most) => format!("最多 {most} 个字符的文字"),
        Type::Str(least, most) => format!("{least} 至 {most} 个字符的字符串"),
        Type::Uuid => "UUID 编号".to_owned(),
        Type::Author => "写入者本人的 UUID 编号".to_owned(),
        Type::Timestamp => "时间，例如 2026-11-24T14:05:00.000+08:00".to_owned(),
        Type::Date => "日期，例如 2026-11-24".to_owned(),
        Type::Amount => "大于零的金额，最多四位小数".to_owned(),
        Type::Currency => "三个大写字母的货币代码".to_owned(),
        Type::Hex(digits) => format!("{digits} 位十六进制数字"),
        Type::Element => "列表元素编号，例如 12@0af3…".to_owned(),
        Type::Float(least, most) => format!("{least} 到 {most} 之间的数字"),
        Type::Uint(u64::MAX) => "非负整数".to_owned(),
        Type::Uint(most) => format!("0 到 {most} 之间的整数"),
        Type::Bool => "是或否（true / false）".to_owned(),
        Type::True => "true（是）".to_owned(),
        Type::Scalar(most) => format!("数字、最多 {most} 个字符的字符串、true、false 或 null（单个值）"),
        Type::OneOf(names) => format!("以下之一：{}", names.join(" / ")),
        Type::Map => "对象".to_owned(),
        Type::List => "列表".to_owned(),
        Type::Record => "整体写入的对象".to_owned(),
    }
}

impl From<Writer> for Words {
    fn from(writer: Writer) -> Self {
        let zh = match writer {
            Writer::Owner => "负责人",
            Writer::Supervisor => "上级主管",
            Writer::Approver => "审批人",
            Writer::AnyViewer => "能看到该记录的人",
            Writer::Server => "服务器",
        };
        Words::new(writer.to_string(), zh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::model::schema::rows;

    #[test]
    fn whatever_a_row_asks_for_is_said_in_both_languages() {
        for row in Kind::ALL.into_iter().flat_map(rows) {
            let said = row.writers.iter().copied().map(Words::from);
            for words in said.chain([Words::from(row.holds)]) {
                let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                assert!(
                    !words.en.is_empty() && !words.en.contains(is_chinese),
                    "{words:?}"
                );
                assert!(words.zh.contains(is_chinese), "{}: {words:?}", row.path);
            }
        }
    }
}
