use rust_decimal::Decimal;

use super::FormProblem;
use crate::model::Currency;

/// A row under examination.
pub(super) struct Row<'a> {
    row: String,
    found: &'a mut Vec<FormProblem>,
}

impl<'a> Row<'a> {
    pub(super) fn new(what: &str, at: usize, name: &str, found: &'a mut Vec<FormProblem>) -> Self {
        let row = format!("{what} {} ({name})", at + 1);
        Self { row, found }
    }

    pub(super) fn expect(&mut self, holds: bool, field: &str, problem: impl Into<String>, fix: &str) {
        if !holds {
            self.found.push(FormProblem {
                row: self.row.clone(),
                field: field.to_owned(),
                problem: problem.into(),
                fix: fix.to_owned(),
            });
        }
    }

    pub(super) fn name(&mut self, field: &str, name: &str) {
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

    pub(super) fn words(&mut self, field: &str, en: &str, zh: &str) {
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 80;
        self.expect(
            fits(en) && fits(zh),
            field,
            "lacks a language or is too long",
            "write both en and zh, at most 80 characters each",
        );
    }

    pub(super) fn amount(&mut self, field: &str, text: Option<&str>) {
        let fits = text.is_none_or(is_amount);
        self.expect(
            fits,
            field,
            format!("{:?} is no amount", text.unwrap_or_default()),
            "write a decimal in quotes such as \"128.50\"",
        );
    }

    pub(super) fn currency(&mut self, field: &str, text: Option<&str>) {
        let fits = text.is_none_or(|code| code.parse::<Currency>().is_ok());
        self.expect(
            fits,
            field,
            format!("{:?} is no currency", text.unwrap_or_default()),
            "write three capitals such as CNY",
        );
    }
}

pub(super) fn is_amount(text: &str) -> bool {
    Decimal::from_str_exact(text).is_ok_and(|amount| amount > Decimal::ZERO && amount.scale() <= 4)
}
