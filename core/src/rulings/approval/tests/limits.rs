use std::collections::BTreeMap;

use super::Room;
use crate::document::view::{ApprovalView, LineView};
use crate::model::form::{Category, Form, built_in};
use crate::model::{Money, Words};
use crate::rulings::{Limits, limits, receipt_keys};
use crate::wire::Policy;

/// A request of these lines.
fn asked(form: &str, currency: &str, lines: &[(&str, &str)]) -> ApprovalView {
    let mut view = Room::new().view();
    let currency = currency.parse().unwrap();
    let line = |(category, amount): &(&str, &str)| LineView {
        category: (*category).to_owned(),
        amount: Money::parse(amount, currency).unwrap(),
        ..view.lines[0].clone()
    };
    view.lines = lines.iter().map(line).collect();
    view.total = Money {
        amount: view.lines.iter().map(|line| line.amount.amount).sum(),
        currency,
    };
    view.form = form.to_owned();
    view
}

/// The built-in form of expenses with these categories and limits.
fn form(categories: &[(&str, Option<&str>, Option<&str>)]) -> Form {
    let mut form = built_in().0.remove(0);
    let category = |(name, limit, currency): &(&str, Option<&str>, Option<&str>)| Category {
        name: (*name).to_owned(),
        label: Words::new("Category", "类别"),
        limit: limit.map(str::to_owned),
        currency: currency.map(str::to_owned),
    };
    form.lines.as_mut().unwrap().categories = categories.iter().map(category).collect();
    form
}

#[test]
fn an_expense_may_come_to_the_limit_of_the_house() {
    for (form, currency, amount, limit, excess) in [
        ("expense", "CNY", "1000", "1000", None),
        ("expense", "CNY", "999", "1000", None),
        ("expense", "CNY", "1000.01", "1000", Some("0.01")),
        ("expense", "CNY", "1250", "1000", Some("250")),
        // What cannot be compared counts as over, all of it.
        ("expense", "USD", "1250", "1000", Some("1250")),
        ("expense", "USD", "0.01", "1000", Some("0.01")),
        ("expense", "USD", "0", "1000", None),
        ("order", "USD", "1250", "1000", None),
        ("expense", "USD", "1250", "none", None),
        ("order", "CNY", "1250", "1000", None),
        ("expense", "CNY", "1250", "none", None),
    ] {
        let policy = Policy {
            expense_limit: limit.to_owned(),
            ..Policy::default()
        };
        let found = limits(None, &policy, &asked(form, currency, &[("meals", amount)]));
        let excess = excess.map(|excess| excess.parse().unwrap());
        assert_eq!(found.excess, excess, "{form} {amount} {currency}");
        assert_eq!(found.is_over(), excess.is_some());
    }
}

#[test]
fn the_lines_of_a_category_together_may_come_to_its_limit() {
    let form = form(&[
        ("meals", Some("100"), None),
        ("hotel", None, None),
        ("gifts", Some("50"), Some("USD")),
    ]);
    let lines = |amount| {
        [
            ("meals", "60"),
            ("hotel", "900"),
            ("meals", amount),
            ("gifts", "80"),
        ]
    };
    for (currency, amount, over) in [
        // What is not of the limit's currency counts as over, all of it.
        ("CNY", "40", vec![("gifts", "80")]),
        ("CNY", "45", vec![("gifts", "80"), ("meals", "5")]),
        ("USD", "45", vec![("gifts", "30"), ("meals", "105")]),
        ("EUR", "45", vec![("gifts", "80"), ("meals", "105")]),
    ] {
        let policy = Policy {
            expense_limit: "5000".to_owned(),
            ..Policy::default()
        };
        let found = limits(Some(&form), &policy, &asked("expense", currency, &lines(amount)));
        let expected: BTreeMap<_, _> = over
            .into_iter()
            .map(|(category, excess)| (category.to_owned(), excess.parse().unwrap()))
            .collect();
        assert_eq!(found.categories, expected, "{currency} {amount}");
        let house_over = (currency != "CNY").then(|| "1085".parse().unwrap());
        assert_eq!((found.excess, found.is_over()), (house_over, true));
    }
    let found = limits(
        Some(&form),
        &Policy::default(),
        &asked("order", "EUR", &[("hotel", "900")]),
    );
    assert_eq!(found, Limits::default(), "no line of a category that has a limit");
    assert!(!found.is_over());
}

#[test]
fn a_receipt_is_known_by_its_number_however_it_is_typed_and_by_its_photo() {
    let mut view = asked("expense", "CNY", &[("meals", "1"); 5]);
    for (line, (receipt, photo)) in view.lines.iter_mut().zip([
        (Some("No. 12-ab"), None),
        (None, Some("cafe")),
        (Some("7"), Some("beef")),
        (Some(" --"), None),
        (None, None),
    ]) {
        (line.receipt, line.photo) = (receipt.map(str::to_owned), photo.map(str::to_owned));
    }
    for (line, id) in view.lines.iter_mut().zip(1..) {
        line.id = format!("line {id}");
    }
    let keys = receipt_keys(&view);
    let keys: Vec<_> = keys
        .iter()
        .map(|(line, key)| (line.as_str(), key.as_str()))
        .collect();
    assert_eq!(
        keys,
        [
            ("line 1", "n:NO12AB"),
            ("line 2", "p:cafe"),
            ("line 3", "n:7"),
            ("line 3", "p:beef"),
        ]
    );
}
