use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::document::command::FieldValue;
use crate::document::view::{ApprovalView, LineView};
use crate::model::form::{Field, FieldType, Form, LineRule};
use crate::model::{Words, parse_amount};

/// What keeps a request from being handed in. Written as a word and a path, such as `missing fields/starts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// Something has to be filled in.
    Missing(String),
    /// Something does not fit the form: another type, a choice that is none, a category that is none.
    Unfit(String),
    /// Something is more than the form allows.
    TooMuch(String),
    /// A receipt was handed in before, and the form does not take it twice.
    Duplicate(String),
    /// There is no such form any more, or no chain for it.
    NoForm,
    /// No step applies: nobody has to agree.
    NoStep,
}

/// What keeps this request from being handed in, by its form; empty when nothing does.
pub fn complaints(form: &Form, view: &ApprovalView) -> Vec<Complaint> {
    let mut found = Vec::new();
    for field in &form.fields {
        found.extend(field_complaint(field, view));
    }
    let unknown = view
        .fields
        .keys()
        .filter(|key| form.fields.iter().all(|field| field.name != **key));
    found.extend(unknown.map(|key| Complaint::Unfit(format!("fields/{key}"))));
    match &form.lines {
        Some(rule) => line_complaints(rule, view, &mut found),
        None if view.lines.is_empty() => {}
        None => found.push(Complaint::Unfit("lines".to_owned())),
    }
    found
}

fn field_complaint(field: &Field, view: &ApprovalView) -> Option<Complaint> {
    let path = format!("fields/{}", field.name);
    let Some(value) = view.fields.get(&field.name) else {
        return field.required.then_some(Complaint::Missing(path));
    };
    let text = match (value, field.holds) {
        (FieldValue::YesNo(_), FieldType::YesNo) => return None,
        (FieldValue::YesNo(_), _) | (FieldValue::Text(_), FieldType::YesNo) => {
            return Some(Complaint::Unfit(path));
        }
        (FieldValue::Text(text), _) => text,
    };
    if text.trim().is_empty() {
        return field.required.then_some(Complaint::Missing(path));
    }
    let fits = match field.holds {
        FieldType::Text | FieldType::YesNo => true,
        FieldType::Amount => parse_amount(text).is_ok_and(|amount| amount > Decimal::ZERO),
        FieldType::Date => text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
        FieldType::Number => text.parse::<u64>().is_ok(),
        FieldType::Choice => field.choices.contains(text),
    };
    if !fits {
        return Some(Complaint::Unfit(path));
    }
    is_too_much(field, text).then_some(Complaint::TooMuch(path))
}

fn is_too_much(field: &Field, text: &str) -> bool {
    let Some(most) = &field.most else { return false };
    let most_number = || most.parse::<u64>().unwrap_or(u64::MAX);
    match field.holds {
        FieldType::Text => text.chars().count() as u64 > most_number(),
        FieldType::Number => text.parse::<u64>().is_ok_and(|number| number > most_number()),
        FieldType::Amount => {
            matches!((parse_amount(text), parse_amount(most)), (Ok(amount), Ok(most)) if amount > most)
        }
        FieldType::Date | FieldType::Choice | FieldType::YesNo => false,
    }
}

fn line_complaints(rule: &LineRule, view: &ApprovalView, found: &mut Vec<Complaint>) {
    if rule.required && view.lines.is_empty() {
        found.push(Complaint::Missing("lines".to_owned()));
    }
    let lacks = |line: &&LineView| rule.receipt && line.receipt.is_none() && line.photo.is_none();
    if view.lines.iter().any(|line| lacks(&line)) {
        found.push(Complaint::Missing("lines/[]/receipt".to_owned()));
    }
    let categories = &rule.categories;
    let is_none = |line: &LineView| categories.iter().all(|known| known.name != line.category);
    if !categories.is_empty() && view.lines.iter().any(is_none) {
        found.push(Complaint::Unfit("lines/[]/category".to_owned()));
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Complaint::Missing(path) => write!(f, "missing {path}"),
            Complaint::Unfit(path) => write!(f, "unfit {path}"),
            Complaint::TooMuch(path) => write!(f, "too_much {path}"),
            Complaint::Duplicate(path) => write!(f, "duplicate {path}"),
            Complaint::NoForm => f.write_str("no_form"),
            Complaint::NoStep => f.write_str("no_step"),
        }
    }
}

impl FromStr for Complaint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (word, path) = text.split_once(' ').unwrap_or((text, ""));
        let path = path.to_owned();
        match word {
            "missing" => Ok(Complaint::Missing(path)),
            "unfit" => Ok(Complaint::Unfit(path)),
            "too_much" => Ok(Complaint::TooMuch(path)),
            "duplicate" => Ok(Complaint::Duplicate(path)),
            "no_form" => Ok(Complaint::NoForm),
            "no_step" => Ok(Complaint::NoStep),
            _ => Err(()),
        }
    }
}

impl Complaint {
    /// The field it is about, for example `fields/starts`; empty when it is about the whole request.
    pub fn path(&self) -> &str {
        match self {
            Complaint::Missing(path)
            | Complaint::Unfit(path)
            | Complaint::TooMuch(path)
            | Complaint::Duplicate(path) => path,
            Complaint::NoForm | Complaint::NoStep => "",
        }
    }

    /// What is wrong and what to do, said to the applicant, with the field by the name that `form` gives it.
    pub fn words(&self, form: Option<&Form>) -> Words {
        let Words { en, zh } = label(self.path(), form);
        match self {
            Complaint::Missing(_) => Words::new(
                format!("{en} is not filled in. Fill it in and hand it in again."),
                format!("{zh}没有填写，请补全后重新提交。"),
            ),
            Complaint::Unfit(_) => Words::new(
                format!("{en} does not fit the form. Correct it and hand it in again."),
                format!("{zh}不符合表单要求，请改正后重新提交。"),
            ),
            Complaint::TooMuch(path) if path == "lines" => Words::new(
                "This is over a limit of your organisation, or in another currency than the limit. \
                 Change the amounts and hand it in again, or ask your administrator.",
                "金额超过公司限额，或币种与限额不一致。请调整金额后重新提交，或联系管理员。",
            ),
            Complaint::TooMuch(_) => Words::new(
                format!("{en} is more than the form allows. Make it less and hand it in again."),
                format!("{zh}超过表单上限，请调整后重新提交。"),
            ),
            Complaint::Duplicate(_) => Words::new(
                "The receipt of a line was handed in before. Remove the line and hand it in again.",
                "有一条明细的票据已经提交过，请删除该明细后重新提交。",
            ),
            Complaint::NoForm => Words::new(
                "This form is no longer in use. Ask your administrator which one to use.",
                "该表单已停用，请联系管理员确认应使用的表单。",
            ),
            Complaint::NoStep => Words::new(
                "Nobody has to agree to this. Nothing more is needed.",
                "该申请无需审批。",
            ),
        }
    }
}

/// What people call the field of a path.
fn label(path: &str, form: Option<&Form>) -> Words {
    let mut fields = form.into_iter().flat_map(|form| &form.fields);
    let field = path
        .strip_prefix("fields/")
        .and_then(|name| fields.find(|field| field.name == name));
    match (field, path) {
        (Some(field), _) => field.label.clone(),
        (None, "lines") => Words::new("The list of lines", "明细"),
        (None, path) if path.ends_with("/receipt") => {
            Words::new("The receipt number or photo of a line", "明细的票据号或照片")
        }
        (None, path) if path.ends_with("/category") => Words::new("The category of a line", "明细的类别"),
        (None, path) => Words::new(format!("The field {path}"), format!("字段 {path} ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::form::built_in;

    #[test]
    fn a_complaint_names_the_field_as_people_know_it() {
        let (forms, _) = built_in();
        let contract = forms.iter().find(|form| form.name == "contract");
        let missing = Complaint::Missing("fields/number".to_owned());
        let words = missing.words(contract);
        assert!(
            words.en.starts_with("Contract number is not filled in"),
            "{}",
            words.en
        );
        assert!(words.zh.starts_with("合同编号没有填写"), "{}", words.zh);
        assert!(
            missing.words(None).en.contains("fields/number"),
            "a form that is gone"
        );
        let receipt = Complaint::Missing("lines/[]/receipt".to_owned());
        assert!(receipt.words(contract).zh.starts_with("明细的票据号"));
        let over = Complaint::TooMuch("lines".to_owned()).words(None);
        assert!(over.en.contains("another currency") && over.zh.contains("币种"));
        assert_eq!(Complaint::NoForm.path(), "");
    }
}
