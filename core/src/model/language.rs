use std::fmt::Display;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The languages every message ships in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

/// One message in both languages, each written on its own.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Words {
    /// English.
    #[n(0)]
    pub en: String,
    /// 简体中文.
    #[n(1)]
    pub zh: String,
}

impl Words {
    /// A message in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// The same in both languages: an id, a name, a number.
    pub fn same(data: impl Display) -> Self {
        let text = data.to_string();
        Self::new(text.clone(), text)
    }

    /// The text in `language`.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }

    /// Is there a sentence in each language, the Chinese one in Chinese?
    #[cfg(test)]
    #[track_caller]
    pub(crate) fn assert_is_said(&self) {
        assert!(self.en.is_ascii() && self.en.ends_with('.'), "{self:?}");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(
            self.zh.chars().any(is_chinese) && self.zh.ends_with('。'),
            "{self:?}"
        );
    }
}

impl From<(&str, &str)> for Words {
    fn from((en, zh): (&str, &str)) -> Self {
        Self::new(en, zh)
    }
}
