use super::{
    Approver, Category, Chain, Condition, Duplicates, Field, FieldType, Form, LineRule, Mode, OverLimit, Step,
};
use crate::model::Words;

/// The forms and chains that an organisation starts with: simple ones that work as they are, in both languages.
pub fn built_in() -> (Vec<Form>, Vec<Chain>) {
    let forms = vec![
        expense(),
        policy(),
        order(),
        onboarding(),
        contract(),
        registration(),
    ];
    let chains = vec![
        chain("expense", vec![superior()]),
        chain(
            "policy",
            vec![superior(), duty("marketing", "Marketing", "市场部", None)],
        ),
        chain(
            "order",
            vec![superior(), duty("finance", "Finance", "财务", Some("50000"))],
        ),
        chain(
            "onboarding",
            vec![superior(), duty("hr", "Human resources", "人事", None)],
        ),
        chain("contract", vec![superior(), review()]),
        chain("registration", vec![superior()]),
    ];
    (forms, chains)
}

fn expense() -> Form {
    let categories = [
        ("meals", "Meals", "餐饮"),
        ("hotel", "Hotel", "住宿"),
        ("travel", "Travel", "交通"),
        ("gifts", "Gifts", "礼品"),
    ];
    let categories = categories.map(|(name, en, zh)| Category {
        name: name.to_owned(),
        label: Words::new(en, zh),
        limit: None,
        currency: None,
    });
    let mut form = form("expense", "Expense", "费用", Vec::new());
    form.lines = Some(LineRule {
        categories: categories.to_vec(),
        ..lines()
    });
    form
}

fn policy() -> Form {
    let fields = vec![
        field("terms", "Terms", "政策内容", FieldType::Text, true),
        field("amount", "Budget", "预算金额", FieldType::Amount, false),
        field("starts", "From", "开始日期", FieldType::Date, true),
        field("ends", "Until", "结束日期", FieldType::Date, true),
    ];
    form("policy", "Sales policy", "政策", fields)
}

fn order() -> Form {
    let fields = vec![field(
        "deliver_on",
        "Deliver on",
        "交货日期",
        FieldType::Date,
        false,
    )];
    let mut form = form("order", "Order", "订单", fields);
    form.lines = Some(lines());
    form
}

fn onboarding() -> Form {
    let fields = vec![
        field("name", "Who", "姓名", FieldType::Text, true),
        field("starts", "First day", "转正日期", FieldType::Date, true),
        field("review", "How it went", "试用期评价", FieldType::Text, true),
    ];
    form("onboarding", "Onboarding", "入职转正", fields)
}

fn contract() -> Form {
    let fields = vec![
        field("number", "Contract number", "合同编号", FieldType::Text, true),
        field("amount", "Amount", "合同金额", FieldType::Amount, true),
        field("starts", "From", "开始日期", FieldType::Date, true),
        field("ends", "Until", "结束日期", FieldType::Date, true),
        field(
            "standard",
            "Our standard terms",
            "标准条款",
            FieldType::YesNo,
            false,
        ),
    ];
    form("contract", "Contract review", "合同评审", fields)
}

fn registration() -> Form {
    let fields = vec![
        field("product", "Product", "产品", FieldType::Text, true),
        field("amount", "Expected amount", "预计金额", FieldType::Amount, false),
        field(
            "closes",
            "Expected to close",
            "预计成交日期",
            FieldType::Date,
            false,
        ),
    ];
    form("registration", "Opportunity registration", "商机报备", fields)
}

fn form(name: &str, en: &str, zh: &str, fields: Vec<Field>) -> Form {
    Form {
        name: name.to_owned(),
        version: 1,
        label: Words::new(en, zh),
        fields,
        lines: None,
        chain: name.to_owned(),
    }
}

fn lines() -> LineRule {
    LineRule {
        required: true,
        receipt: false,
        categories: Vec::new(),
        duplicates: Duplicates::Flag,
        over_limit: OverLimit::Show,
    }
}

fn field(name: &str, en: &str, zh: &str, holds: FieldType, required: bool) -> Field {
    Field {
        name: name.to_owned(),
        label: Words::new(en, zh),
        holds,
        required,
        most: None,
        choices: Vec::new(),
    }
}

fn chain(name: &str, steps: Vec<Step>) -> Chain {
    Chain {
        name: name.to_owned(),
        version: 1,
        steps,
        copies: Vec::new(),
    }
}

fn superior() -> Step {
    step("Superior", "直接上级", Mode::Any, vec![Approver::Superior], None)
}

fn duty(name: &str, en: &str, zh: &str, above: Option<&str>) -> Step {
    let when = above.map(|above| Condition {
        above: Some(above.to_owned()),
        ..Condition::default()
    });
    step(en, zh, Mode::Any, vec![Approver::Duty(name.to_owned())], when)
}

fn review() -> Step {
    let both = ["legal", "finance"].map(|name| Approver::Duty(name.to_owned()));
    step("Legal and finance", "法务与财务", Mode::All, both.to_vec(), None)
}

fn step(en: &str, zh: &str, mode: Mode, approvers: Vec<Approver>, when: Option<Condition>) -> Step {
    Step {
        label: Words::new(en, zh),
        mode,
        approvers,
        when,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::form::check;

    #[test]
    fn the_six_forms_and_their_chains_are_whole() {
        let (forms, chains) = built_in();
        let names: Vec<&str> = forms.iter().map(|form| form.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "expense",
                "policy",
                "order",
                "onboarding",
                "contract",
                "registration"
            ]
        );
        assert_eq!(check(&forms, &chains), []);
    }
}
