use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Chain, Field, FieldType, Form};
use crate::model::Currency;

/// What is wrong with a row of forms or chains, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{row}: {field}: {problem}; {fix}")]
pub struct FormProblem {
    /// Which row, for example `form 2 (expense)`.
    pub row: String,
    /// Which field of it, for example `fields[3].most`.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub fix: String,
}

/// Everything that is wrong with these forms and chains; empty when they can be used together.
pub fn check(forms: &[Form], chains: &[Chain]) -> Vec<FormProblem> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let chain_names: BTreeSet<&str> = chains.iter().map(|chain| chain.name.as_str()).collect();
    for (at, form) in forms.iter().enumerate() {
        let mut row = Row::new("form", at, &form.name, &mut found);
        row.name("name", &form.name);
        row.expect(
            names.insert(&form.name),
            "name",
            "is there twice",
            "keep one of them",
        );
        let known = chain_names.contains(form.chain.as_str());
        row.expect(
            known,
            "chain",
            format!("no chain {:?}", form.chain),
            "name one of the chains",
        );
        row.words("label", &form.label.en, &form.label.zh);
        fields(&mut row, form);
        lines(&mut row, form);
    }
    let mut names = BTreeSet::new();
    for (at, chain) in chains.iter().enumerate() {
        let mut row = Row::new("chain", at, &chain.name, &mut found);
        row.name("name", &chain.name);
        row.expect(
            names.insert(&chain.name),
            "name",
            "is there twice",
            "keep one of them",
        );
        row.expect(
            (1..=20).contains(&chain.steps.len()),
            "steps",
            "must be 1 to 20",
            "add or remove steps",
        );
        steps(&mut row, chain);
    }
    found
}

fn fields(row: &mut Row<'_>, form: &Form) {
    let mut names = BTreeSet::new();
    row.expect(
        form.fields.len() <= 50,
        "fields",
        "are more than 50",
        "ask for less",
    );
    for (at, field) in form.fields.iter().enumerate() {
        let at = |name: &str| format!("fields[{}].{name}", at + 1);
        row.name(&at("name"), &field.name);
        row.expect(
            names.insert(&field.name),
            &at("name"),
            "is there twice",
            "rename one of them",
        );
        row.words(&at("label"), &field.label.en, &field.label.zh);
        row.expect(
            most_fits(field),
            &at("most"),
            "does not fit the type",
            "write a number such as 500, or leave it out",
        );
        let needs = field.holds == FieldType::Choice;
        row.expect(
            needs != field.choices.is_empty(),
            &at("choices"),
            "belong to a choice and only there",
            "list them, or leave them out",
        );
    }
}

fn most_fits(field: &Field) -> bool {
    match (&field.most, field.holds) {
        (None, _) => true,
        (Some(most), FieldType::Text | FieldType::Number) => most.parse::<u32>().is_ok(),
        (Some(most), FieldType::Amount) => is_amount(most),
        (Some(_), FieldType::Date | FieldType::Choice | FieldType::YesNo) => false,
    }
}

fn lines(row: &mut Row<'_>, form: &Form) {
    let mut names = BTreeSet::new();
    for (at, category) in form.lines.iter().flat_map(|lines| &lines.categories).enumerate() {
        let at = |name: &str| format!("lines.categories[{}].{name}", at + 1);
        row.name(&at("name"), &category.name);
        row.expect(
            names.insert(&category.name),
            &at("name"),
            "is there twice",
            "keep one of them",
        );
        row.words(&at("label"), &category.label.en, &category.label.zh);
        row.amount(&at("limit"), category.limit.as_deref());
        row.currency(&at("currency"), category.currency.as_deref());
    }
}

fn steps(row: &mut Row<'_>, chain: &Chain) {
    for (at, step) in chain.steps.iter().enumerate() {
        let at = |name: &str| format!("steps[{}].{name}", at + 1);
        row.words(&at("label"), &step.label.en, &step.label.zh);
        let some = (1..=20).contains(&step.approvers.len());
        row.expect(
            some,
            &at("approvers"),
            "must be 1 to 20",
            "write for example [\"superior\"]",
        );
        if let Some(when) = &step.when {
            row.amount(&at("when.above"), when.above.as_deref());
            row.currency(&at("when.currency"), when.currency.as_deref());
        }
    }
}

/// A row under examination.
struct Row<'a> {
    row: String,
    found: &'a mut Vec<FormProblem>,
}

impl<'a> Row<'a> {
    fn new(what: &str, at: usize, name: &str, found: &'a mut Vec<FormProblem>) -> Self {
        let row = format!("{what} {} ({name})", at + 1);
        Self { row, found }
    }

    fn expect(&mut self, holds: bool, field: &str, problem: impl Into<String>, fix: &str) {
        if !holds {
            self.found.push(FormProblem {
                row: self.row.clone(),
                field: field.to_owned(),
                problem: problem.into(),
                fix: fix.to_owned(),
            });
        }
    }

    fn name(&mut self, field: &str, name: &str) {
        let fits = (1..=40).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        self.expect(
            fits,
            field,
            format!("{name:?} is no name"),
            "use 1 to 40 of a-z, 0-9 and _",
        );
    }

    fn words(&mut self, field: &str, en: &str, zh: &str) {
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 80;
        self.expect(
            fits(en) && fits(zh),
            field,
            "lacks a language or is too long",
            "write both en and zh, at most 80 characters each",
        );
    }

    fn amount(&mut self, field: &str, text: Option<&str>) {
        let fits = text.is_none_or(is_amount);
        self.expect(
            fits,
            field,
            format!("{:?} is no amount", text.unwrap_or_default()),
            "write a decimal in quotes such as \"128.50\"",
        );
    }

    fn currency(&mut self, field: &str, text: Option<&str>) {
        let fits = text.is_none_or(|code| code.parse::<Currency>().is_ok());
        self.expect(
            fits,
            field,
            format!("{:?} is no currency", text.unwrap_or_default()),
            "write three capitals such as CNY",
        );
    }
}

fn is_amount(text: &str) -> bool {
    Decimal::from_str_exact(text).is_ok_and(|amount| amount > Decimal::ZERO && amount.scale() <= 4)
}
