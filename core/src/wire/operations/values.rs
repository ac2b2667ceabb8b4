use automerge::ScalarValue;
use uuid::Uuid;

use super::moment::{Moment, parse_day, print_day};
use super::stream::{Input, Output};
use super::{OperationsError, decimal, words};
use crate::gate::caps;

/// The first byte of a value. Part of the protocol.
mod tag {
    pub(super) const NULL: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const INT: u8 = 3;
    pub(super) const UINT: u8 = 4;
    pub(super) const F64: u8 = 5;
    pub(super) const STRING: u8 = 6;
    pub(super) const BYTES: u8 = 7;
    pub(super) const TIMESTAMP: u8 = 8;
    pub(super) const MOMENT: u8 = 9;
    pub(super) const MOMENT_OFFSET: u8 = 10;
    pub(super) const DAY: u8 = 11;
    pub(super) const UUID: u8 = 12;
    pub(super) const WORD: u8 = 13;
    pub(super) const HEX: u8 = 14;
    /// And the number of places, 0 to 4.
    pub(super) const DECIMAL: u8 = 16;
    pub(super) const DECIMAL_LAST: u8 = DECIMAL + super::decimal::TEXT_PLACES;
    /// And the number of places, 0 to 9.
    pub(super) const FLOAT: u8 = 21;
    pub(super) const FLOAT_LAST: u8 = FLOAT + super::decimal::FLOAT_PLACES;
    /// And the number of bytes, 0 to 223.
    pub(super) const SHORT: u8 = 32;
}

/// Writes or reads scalars; remembers the last moment, for the next is often near.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Values {
    ms: i64,
    offset: i64,
}

impl Values {
    /// A change begins: moments in it are counted from its own time.
    pub(super) fn begin_change(&mut self, time: i64) {
        self.ms = time;
    }

    /// Writes a value.
    pub(super) fn write(&mut self, value: &ScalarValue, output: &mut Output) -> Result<(), OperationsError> {
        match value {
            ScalarValue::Null => output.byte(tag::NULL),
            ScalarValue::Boolean(false) => output.byte(tag::FALSE),
            ScalarValue::Boolean(true) => output.byte(tag::TRUE),
            ScalarValue::Int(number) => {
                output.byte(tag::INT);
                output.signed(*number);
            }
            ScalarValue::Uint(number) => {
                output.byte(tag::UINT);
                output.unsigned(*number);
            }
            ScalarValue::Timestamp(time) => {
                output.byte(tag::TIMESTAMP);
                output.signed(*time);
            }
            ScalarValue::F64(number) => write_float(*number, output),
            ScalarValue::Bytes(bytes) => {
                output.byte(tag::BYTES);
                output.unsigned(bytes.len() as u64);
                output.strings.extend(bytes);
            }
            ScalarValue::Str(text) => self.write_text(text, output),
            ScalarValue::Counter(_) => return Err(OperationsError::Unsupported("a counter")),
            ScalarValue::Unknown { .. } => {
                return Err(OperationsError::Unsupported("a value of an unknown type"));
            }
        }
        Ok(())
    }

    fn write_text(&mut self, text: &str, output: &mut Output) {
        if let Some(number) = words::number_of(text) {
            output.byte(tag::WORD);
            output.unsigned(number);
        } else if let Some(moment) = Moment::parse(text) {
            self.write_moment(moment, output);
        } else if let Some(uuid) = words::exact_uuid(text) {
            output.byte(tag::UUID);
            output.strings.extend(uuid.as_bytes());
        } else if let Some(bytes) = words::exact_hex(text) {
            output.byte(tag::HEX);
            output.strings.extend(bytes);
        } else if let Some(day) = parse_day(text) {
            output.byte(tag::DAY);
            output.signed(day.wrapping_sub(Moment::day(self.ms)));
        } else if let Some((places, digits)) = decimal::parse(text) {
            output.byte(tag::DECIMAL + places);
            output.signed(digits);
        } else {
            match u8::try_from(text.len())
                .ok()
                .and_then(|length| length.checked_add(tag::SHORT))
            {
                Some(short) => output.byte(short),
                None => {
                    output.byte(tag::STRING);
                    output.unsigned(text.len() as u64);
                }
            }
            output.strings.extend(text.as_bytes());
        }
    }

    fn write_moment(&mut self, moment: Moment, output: &mut Output) {
        if moment.offset == self.offset {
            output.byte(tag::MOMENT);
        } else {
            output.byte(tag::MOMENT_OFFSET);
            output.signed(moment.offset);
        }
        output.signed(moment.ms.wrapping_sub(self.ms));
        (self.ms, self.offset) = (moment.ms, moment.offset);
    }

    /// Reads a value.
    pub(super) fn read(&mut self, input: &mut Input<'_>) -> Result<ScalarValue, OperationsError> {
        Ok(match input.byte()? {
            tag::NULL => ScalarValue::Null,
            tag::FALSE => ScalarValue::Boolean(false),
            tag::TRUE => ScalarValue::Boolean(true),
            tag::INT => ScalarValue::Int(input.signed()?),
            tag::UINT => ScalarValue::Uint(input.unsigned()?),
            tag::TIMESTAMP => ScalarValue::Timestamp(input.signed()?),
            tag::F64 => ScalarValue::F64(f64::from_le_bytes(input.array()?)),
            tag::BYTES => {
                let length = length_of_value(input)?;
                ScalarValue::Bytes(input.bytes(length)?.to_vec())
            }
            code @ tag::FLOAT..=tag::FLOAT_LAST => {
                ScalarValue::F64(decimal::float(code - tag::FLOAT, input.signed()?))
            }
            code => ScalarValue::Str(self.read_text(code, input)?.into()),
        })
    }

    fn read_text(&mut self, code: u8, input: &mut Input<'_>) -> Result<String, OperationsError> {
        let wrong = OperationsError::Malformed;
        Ok(match code {
            tag::WORD => {
                let word = words::WORDS
                    .get(input.count()?)
                    .ok_or(wrong("the number of no word"))?;
                (*word).to_owned()
            }
            tag::MOMENT => self.read_moment(input)?,
            tag::MOMENT_OFFSET => {
                self.offset = input.signed()?;
                self.read_moment(input)?
            }
            tag::UUID => Uuid::from_bytes(input.array()?).to_string(),
            tag::HEX => hex::encode(input.array::<16>()?),
            tag::DAY => {
                let day = input.signed()?.wrapping_add(Moment::day(self.ms));
                print_day(day).ok_or(wrong("a day outside the years 0 to 9999"))?
            }
            tag::DECIMAL..=tag::DECIMAL_LAST => decimal::print(code - tag::DECIMAL, input.signed()?),
            tag::STRING => {
                let length = length_of_value(input)?;
                input.string(length)?.to_owned()
            }
            tag::SHORT.. => input.string(usize::from(code - tag::SHORT))?.to_owned(),
            _ => return Err(wrong("a value of an unknown sort")),
        })
    }

    fn read_moment(&mut self, input: &mut Input<'_>) -> Result<String, OperationsError> {
        let ms = input.signed()?.wrapping_add(self.ms);
        let printed = Moment {
            ms,
            offset: self.offset,
        }
        .print();
        self.ms = ms;
        printed.ok_or(OperationsError::Malformed("a time outside the years 0 to 9999"))
    }
}

fn write_float(number: f64, output: &mut Output) {
    match decimal::parse_float(number) {
        Some((places, digits)) => {
            output.byte(tag::FLOAT + places);
            output.signed(digits);
        }
        None => {
            output.byte(tag::F64);
            output.strings.extend(number.to_le_bytes());
        }
    }
}

fn length_of_value(input: &mut Input<'_>) -> Result<usize, OperationsError> {
    super::limits::at_most("bytes of a value", input.count()?, caps::VALUE_BYTES)
}
