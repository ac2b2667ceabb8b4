use super::Room;
use crate::document::command::FieldValue;
use crate::document::view::{ApprovalView, LineView};
use crate::model::Words;
use crate::model::form::{Category, Duplicates, Field, FieldType, Form, LineRule, OverLimit};
use crate::rulings::{Complaint, complaints};

fn field(holds: FieldType) -> Field {
    Field {
        name: "x".to_owned(),
        label: Words::new("X", "某项"),
        holds,
        required: false,
        most: None,
        choices: vec!["red".to_owned(), "green".to_owned()],
    }
}

fn form(fields: Vec<Field>, lines: Option<LineRule>) -> Form {
    Form {
        name: "expense".to_owned(),
        version: 1,
        label: Words::new("Form", "表单"),
        fields,
        lines,
        chain: "expense".to_owned(),
    }
}

fn rule(required: bool, receipt: bool) -> Option<LineRule> {
    Some(LineRule {
        required,
        receipt,
        categories: Vec::new(),
        duplicates: Duplicates::Flag,
        over_limit: OverLimit::Show,
    })
}

fn text(value: &str) -> Option<FieldValue> {
    Some(FieldValue::Text(value.to_owned()))
}

fn said(form: &Form, view: &ApprovalView) -> Vec<String> {
    complaints(form, view).iter().map(Complaint::to_string).collect()
}

/// What is said to a request of CNY whose field `x` holds this.
fn heard(field: Field, value: Option<FieldValue>) -> Vec<String> {
    let mut view = Room::new().view();
    view.lines.clear();
    view.fields.extend(value.map(|value| ("x".to_owned(), value)));
    said(&form(vec![field], None), &view)
}

#[test]
fn a_field_that_must_be_filled_in_is_missed_and_blanks_are_nothing() {
    for (required, expected) in [(true, vec!["missing fields/x".to_owned()]), (false, vec![])] {
        let asked = Field {
            required,
            ..field(FieldType::Number)
        };
        assert_eq!(heard(asked.clone(), None), expected);
        assert_eq!(heard(asked.clone(), text(" \t")), expected);
        assert!(heard(asked, text("7")).is_empty());
    }
}

#[test]
fn a_value_fits_its_field() {
    let truth = || Some(FieldValue::YesNo(true));
    let cases = [
        (FieldType::Text, text("anything"), true),
        (FieldType::Text, truth(), false),
        (FieldType::YesNo, truth(), true),
        (FieldType::YesNo, text("true"), false),
        (FieldType::Number, text("0"), true),
        (FieldType::Number, text("7.5"), false),
        (FieldType::Number, text("-1"), false),
        (FieldType::Amount, text("0.0001"), true),
        (FieldType::Amount, text("0"), false),
        (FieldType::Amount, text("-3"), false),
        (FieldType::Amount, text("much"), false),
        (FieldType::Date, text("2026-11-24"), true),
        (FieldType::Date, text("2026-2-28"), false),
        (FieldType::Date, text("2026-02-30"), false),
        (FieldType::Choice, text("green"), true),
        (FieldType::Choice, text("blue"), false),
    ];
    for (holds, value, fits) in cases {
        let case = format!("{holds:?} {value:?}");
        let expected: &[&str] = if fits { &[] } else { &["unfit fields/x"] };
        assert_eq!(heard(field(holds), value), expected, "{case}");
    }
}

#[test]
fn a_value_may_be_as_much_as_the_form_says() {
    let cases = [
        (FieldType::Text, "5", "你好你好你", true),
        (FieldType::Text, "5", "你好你好你好", false),
        (FieldType::Number, "10", "9", true),
        (FieldType::Number, "10", "10", true),
        (FieldType::Number, "10", "11", false),
        (FieldType::Amount, "10", "9", true),
        (FieldType::Amount, "10", "10.00", true),
        (FieldType::Amount, "10", "10.01", false),
        (FieldType::Amount, "no number", "10", true),
        (FieldType::Date, "1", "2026-11-24", true),
        (FieldType::Choice, "1", "green", true),
    ];
    for (holds, most, value, fits) in cases {
        let limited = Field {
            most: Some(most.to_owned()),
            ..field(holds)
        };
        let expected: &[&str] = if fits { &[] } else { &["too_much fields/x"] };
        assert_eq!(heard(limited, text(value)), expected, "{holds:?} {value}");
    }
}

#[test]
fn a_form_has_no_fields_and_lines_that_it_does_not_ask_for() {
    let mut view = Room::new().view();
    assert_eq!(said(&form(vec![], None), &view), ["unfit lines"]);
    view.lines.clear();
    assert!(said(&form(vec![], None), &view).is_empty());
    for key in ["x", "y", "z"] {
        let value = FieldValue::Text("7".to_owned());
        view.fields.insert(key.to_owned(), value);
    }
    let other = Field {
        name: "z".to_owned(),
        ..field(FieldType::Text)
    };
    let asked = form(vec![field(FieldType::Text), other], None);
    assert_eq!(said(&asked, &view), ["unfit fields/y"]);
}

#[test]
fn lines_are_there_and_have_their_receipts() {
    let one = Room::new().view().lines.remove(0);
    let with = |receipt: Option<&str>, photo: Option<&str>| LineView {
        receipt: receipt.map(str::to_owned),
        photo: photo.map(str::to_owned),
        ..one.clone()
    };
    let (bare, number, photo) = (with(None, None), with(Some("8"), None), with(None, Some("ab")));
    let cases = [
        (rule(true, false), vec![], vec!["missing lines"]),
        (rule(false, true), vec![], vec![]),
        (rule(true, false), vec![bare.clone()], vec![]),
        (rule(true, true), vec![number.clone(), photo.clone()], vec![]),
        (
            rule(true, true),
            vec![number, bare],
            vec!["missing lines/[]/receipt"],
        ),
    ];
    for (rule, lines, expected) in cases {
        let mut view = Room::new().view();
        view.lines = lines;
        assert_eq!(said(&form(vec![], rule), &view), expected);
    }
}

#[test]
fn a_line_is_of_a_category_of_the_form_if_it_has_any() {
    let categories = |names: &[&str]| {
        let category = |name: &&str| Category {
            name: (*name).to_owned(),
            label: Words::new("Category", "类别"),
            limit: None,
            currency: None,
        };
        let rule = rule(true, false).unwrap();
        Some(LineRule {
            categories: names.iter().map(category).collect(),
            ..rule
        })
    };
    let mut view = Room::new().view();
    view.lines.push(LineView {
        category: "hotel".to_owned(),
        ..view.lines[0].clone()
    });
    for (names, expected) in [
        (vec![], vec![]),
        (vec!["meals", "hotel"], vec![]),
        (vec!["meals"], vec!["unfit lines/[]/category"]),
    ] {
        assert_eq!(said(&form(vec![], categories(&names)), &view), expected);
    }
    view.lines.pop();
    assert!(said(&form(vec![], categories(&["meals"])), &view).is_empty());
}

#[test]
fn a_complaint_reads_as_it_is_written_and_says_what_to_do() {
    let path = || "fields/starts".to_owned();
    let all = [
        (Complaint::Missing(path()), "missing fields/starts"),
        (Complaint::Unfit(path()), "unfit fields/starts"),
        (Complaint::TooMuch(path()), "too_much fields/starts"),
        (Complaint::Duplicate(path()), "duplicate fields/starts"),
        (Complaint::NoForm, "no_form"),
        (Complaint::NoStep, "no_step"),
    ];
    for (complaint, written) in all {
        assert_eq!(complaint.to_string(), written);
        assert_eq!(written.parse(), Ok(complaint.clone()));
        let path = written.split_once(' ').map_or("", |(_, path)| path);
        assert_eq!(complaint.path(), path);
        let words = complaint.words(None);
        assert!(words.en.ends_with('.') && words.zh.ends_with('。'), "{words:?}");
    }
    assert_eq!("nonsense lines".parse::<Complaint>(), Err(()));
}

#[test]
fn what_is_too_much_is_the_house_s_limit_or_a_field_s() {
    let known = form(vec![field(FieldType::Text)], None);
    let words = |path: &str| Complaint::TooMuch(path.to_owned()).words(Some(&known));
    let (of_lines, of_field) = (words("lines"), words("fields/x"));
    assert!(
        of_lines.en.contains("another currency") && of_lines.zh.contains("币种"),
        "{of_lines:?}"
    );
    assert!(
        of_field.en.starts_with("X is more") && of_field.zh.starts_with("某项超过"),
        "{of_field:?}"
    );
}

#[test]
fn a_complaint_calls_a_field_what_people_call_it() {
    let known = form(vec![field(FieldType::Text)], None);
    for (path, en, zh) in [
        ("fields/x", "X is", "某项没有"),
        ("fields/y", "The field fields/y is", "字段 fields/y 没有"),
        ("lines", "The list of lines is", "明细没有"),
        (
            "lines/[]/receipt",
            "The receipt number or photo of a line is",
            "明细的票据号或照片没有",
        ),
        ("lines/[]/category", "The category of a line is", "明细的类别没有"),
        (
            "lines/[]/note",
            "The field lines/[]/note is",
            "字段 lines/[]/note 没有",
        ),
    ] {
        let words = Complaint::Missing(path.to_owned()).words(Some(&known));
        assert!(words.en.starts_with(en) && words.zh.starts_with(zh), "{words:?}");
    }
}
