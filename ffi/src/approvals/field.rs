use std::collections::BTreeMap;

use fieldbook_core::document::command;

/// What a field of a form holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum FormValue {
    /// Yes or no.
    YesNo {
        /// Which.
        value: bool,
    },
    /// Words, an amount, a day or a choice, as text.
    Text {
        /// Which.
        value: String,
    },
}

/// A field of a request that is filled in.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FilledField {
    /// Its name in the form.
    pub name: String,
    /// What it says.
    pub value: FormValue,
}

pub(super) fn filled(fields: BTreeMap<String, command::FieldValue>) -> Vec<FilledField> {
    let filled = fields.into_iter().map(|(name, value)| FilledField {
        name,
        value: value.into(),
    });
    filled.collect()
}

impl From<FormValue> for command::FieldValue {
    fn from(value: FormValue) -> Self {
        match value {
            FormValue::YesNo { value } => Self::YesNo(value),
            FormValue::Text { value } => Self::Text(value),
        }
    }
}

impl From<command::FieldValue> for FormValue {
    fn from(value: command::FieldValue) -> Self {
        match value {
            command::FieldValue::YesNo(value) => Self::YesNo { value },
            command::FieldValue::Text(value) => Self::Text { value },
        }
    }
}
