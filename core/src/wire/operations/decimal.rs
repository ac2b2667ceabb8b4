//! Decimal numbers, as text and as floats, packed only where unpacking gives back the same text or bits.

/// The most places of a decimal text that is packed.
pub(super) const TEXT_PLACES: u8 = 4;
/// The most places of a float that is packed.
pub(super) const FLOAT_PLACES: u8 = 9;
/// Whole numbers beyond this are not all floats.
const FLOAT_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a decimal such as `128.50` as its places and its digits: (2, 12850).
pub(super) fn parse(text: &str) -> Option<(u8, i64)> {
    if text.len() > 18 || !text.as_bytes().last()?.is_ascii_digit() {
        return None;
    }
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let places = u8::try_from(places)
        .ok()
        .filter(|places| *places <= TEXT_PLACES)?;
    let digits: i64 = text.replacen('.', "", 1).parse().ok()?;
    (print(places, digits) == text).then_some((places, digits))
}

/// Prints a decimal with at least one digit before the point.
pub(super) fn print(places: u8, digits: i64) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let digits = digits.unsigned_abs();
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let unit = 10u64.pow(u32::from(places));
    format!(
        "{sign}{}.{:0width$}",
        digits / unit,
        digits % unit,
        width = usize::from(places)
    )
}

/// A float as places and digits, when dividing gives back the same bits.
pub(super) fn parse_float(number: f64) -> Option<(u8, i64)> {
    (0..=FLOAT_PLACES).find_map(|places| {
        let digits = (number * unit(places)).round();
        let whole = (digits.abs() < FLOAT_EXACT).then_some(digits as i64)?;
        (float(places, whole).to_bits() == number.to_bits()).then_some((places, whole))
    })
}

/// The float of places and digits: one IEEE 754 division.
pub(super) fn float(places: u8, digits: i64) -> f64 {
    digits as f64 / unit(places)
}

/// Powers of ten, all exact.
fn unit(places: u8) -> f64 {
    const UNITS: [f64; FLOAT_PLACES as usize + 1] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    UNITS[usize::from(places.min(FLOAT_PLACES))]
}
