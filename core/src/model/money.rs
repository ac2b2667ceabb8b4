use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 code of three capitals, for example CNY.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code.
    pub fn code(&self) -> &str {
        // Three ASCII capitals: a Currency is only made by parsing.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

/// An amount with its currency; decimal, never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The amount in units of the currency, at most four places.
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

/// Why a text is not money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three capitals.
    #[error("{0:?} is not a currency code; use three capitals such as CNY")]
    Currency(String),
    /// Not a decimal with at most four places.
    #[error("{0:?} is not an amount; use digits and at most four places, such as 128.50")]
    Amount(String),
}

impl Money {
    /// Reads an amount such as `128.50`.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = parse_amount(amount)?;
        Ok(Self { amount, currency })
    }
}

/// Reads an amount without its currency: at most four places, at most a million million to either side.
///
/// # Errors
/// [`MoneyError::Amount`] with the text as it is.
pub fn parse_amount(text: &str) -> Result<Decimal, MoneyError> {
    let wrong = || MoneyError::Amount(text.to_owned());
    let amount = Decimal::from_str_exact(text).map_err(|_| wrong())?;
    if amount.scale() > 4 || amount.abs() > Decimal::from(1_000_000_000_000_i64) {
        return Err(wrong());
    }
    Ok(amount)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}
