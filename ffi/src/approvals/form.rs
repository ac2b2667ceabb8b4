use fieldbook_core::model::form;

use crate::{Amount, Words};

/// What a request of one form asks for, and who has to agree to it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct RequestForm {
    /// Its name, for example `expense`.
    pub name: String,
    /// What it is called.
    pub label: Words,
    /// The fields beside the title.
    pub fields: Vec<FormField>,
    /// What its lines are; nothing when it has none.
    pub lines: Option<LineRule>,
    /// The steps of its chain, the first one first.
    pub steps: Vec<ChainStep>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FormField {
    /// Its name, for example `starts`.
    pub name: String,
    /// What it is called.
    pub label: Words,
    /// What it holds.
    pub holds: FieldType,
    /// Must it be filled in before the request is handed in?
    pub required: bool,
    /// The most: characters of a text, a decimal for an amount or a number.
    pub most: Option<String>,
    /// The choices of a choice.
    pub choices: Vec<String>,
}

/// What a field of a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum FieldType {
    /// Words.
    Text,
    /// A decimal above zero in the request's currency.
    Amount,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A whole number from zero.
    Number,
    /// One of a few.
    Choice,
    /// Yes or no.
    YesNo,
}

/// How the lines of a form are.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LineRule {
    /// Must there be one at least?
    pub required: bool,
    /// Must each have a receipt number or photo?
    pub receipt: bool,
    /// The categories to choose from; none for any.
    pub categories: Vec<LineCategory>,
}

/// A category of lines.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LineCategory {
    /// Its name, for example `meals`.
    pub name: String,
    /// What it is called.
    pub label: Words,
    /// The most that its lines of one request may come to without a question.
    pub limit: Option<Amount>,
    /// The currency of the limit; the house's when absent.
    pub currency: Option<String>,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ChainStep {
    /// Its number, from 1.
    pub number: u32,
    /// What it is called.
    pub label: Words,
    /// How many of its approvers have to agree.
    pub mode: StepMode,
}

/// How the approvers of a step decide together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum StepMode {
    /// 或签: one of them is enough.
    Any,
    /// 会签: all of them have to agree.
    All,
    /// 依次: all of them, one after the other.
    Order,
}

impl RequestForm {
    pub(crate) fn of(form: form::Form, chain: Option<&form::Chain>) -> Self {
        Self {
            name: form.name,
            label: form.label.into(),
            fields: form.fields.into_iter().map(Into::into).collect(),
            lines: form.lines.map(Into::into),
            steps: chain.map(steps).unwrap_or_default(),
        }
    }
}

pub(super) fn steps(chain: &form::Chain) -> Vec<ChainStep> {
    let steps = (1..).zip(&chain.steps);
    let step = |(number, step): (u32, &form::Step)| ChainStep {
        number,
        label: step.label.clone().into(),
        mode: step.mode.into(),
    };
    steps.map(step).collect()
}

impl From<form::Field> for FormField {
    fn from(field: form::Field) -> Self {
        Self {
            name: field.name,
            label: field.label.into(),
            holds: field.holds.into(),
            required: field.required,
            most: field.most,
            choices: field.choices,
        }
    }
}

impl From<form::FieldType> for FieldType {
    fn from(holds: form::FieldType) -> Self {
        match holds {
            form::FieldType::Text => Self::Text,
            form::FieldType::Amount => Self::Amount,
            form::FieldType::Date => Self::Date,
            form::FieldType::Number => Self::Number,
            form::FieldType::Choice => Self::Choice,
            form::FieldType::YesNo => Self::YesNo,
        }
    }
}

impl From<form::LineRule> for LineRule {
    fn from(rule: form::LineRule) -> Self {
        Self {
            required: rule.required,
            receipt: rule.receipt,
            categories: rule.categories.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<form::Category> for LineCategory {
    fn from(category: form::Category) -> Self {
        Self {
            name: category.name,
            label: category.label.into(),
            limit: category.limit.and_then(|limit| Amount::read(&limit)),
            currency: category.currency,
        }
    }
}

impl From<form::Mode> for StepMode {
    fn from(mode: form::Mode) -> Self {
        match mode {
            form::Mode::Any => Self::Any,
            form::Mode::All => Self::All,
            form::Mode::Order => Self::Order,
        }
    }
}
