use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Change, ExpandedChange, ScalarValue};
use proptest::prelude::*;
use std::num::NonZeroU64;

use crate::gate::DocumentIndex;
use crate::wire::operations::stream::{Input, Output};
use crate::wire::operations::values::Values;
use crate::wire::operations::{Limits, OperationsError, Reader, encode};

fn writer() -> ActorId {
    ActorId::from([7u8; 16])
}

fn put(key: &str, value: impl Into<ScalarValue>) -> Op {
    let action = OpType::Put(value.into());
    Op {
        action,
        obj: ObjectId::Root,
        key: Key::Map(key.into()),
        pred: vec![].into(),
        insert: false,
    }
}

/// The first change of an actor in a document.
fn first(operations: Vec<Op>) -> ExpandedChange {
    ExpandedChange {
        operations,
        actor_id: writer(),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::MIN,
        time: 1_795_500_000_000,
        message: None,
        deps: vec![],
        extra_bytes: vec![],
        author: None,
    }
}

fn encode_one(change: &ExpandedChange) -> Result<Vec<u8>, OperationsError> {
    let hash = Change::from(change.clone()).hash();
    encode(std::slice::from_ref(change), &[hash], None, &|_| None)
}

fn decode_one(segment: &[u8]) -> Result<ExpandedChange, OperationsError> {
    let mut reader = Reader::new(segment, writer(), 0, 1, &Limits::default())?;
    let change = reader
        .next(&DocumentIndex::new())?
        .ok_or(OperationsError::Unread(1))?;
    reader.finish().map(|()| change)
}

/// Writes values one after the other, checks that they read back bit by bit, and returns their length.
fn round_trip(values: &[ScalarValue]) -> usize {
    let mut output = Output::default();
    let mut writer = Values::default();
    writer.begin_change(1_795_500_000_000);
    for value in values {
        writer.write(value, &mut output).unwrap();
    }
    let length = output.operations.len() + output.strings.len();
    let segment = output.into_segment();
    let mut input = Input::open(&segment).unwrap();
    let mut reader = Values::default();
    reader.begin_change(1_795_500_000_000);
    for value in values {
        let read = reader.read(&mut input).unwrap();
        assert_eq!(format!("{read:?}"), format!("{value:?}"));
        if let (ScalarValue::F64(read), ScalarValue::F64(value)) = (&read, value) {
            assert_eq!(read.to_bits(), value.to_bits());
        }
    }
    assert_eq!(input.left(), 0);
    length
}

/// How many bytes a text takes alone.
fn bytes(text: &str) -> usize {
    round_trip(&[text.into()])
}

#[test]
fn times_with_milliseconds_and_offset_are_packed() {
    assert!(bytes("2026-11-24T14:05:00.000+08:00") <= 8);
    assert!(bytes("2026-11-24T14:05:00.123-03:30") <= 8);
    for edge in [
        "0000-01-01T00:00:00.000+00:00",
        "9999-12-31T23:59:59.999+23:59",
        "0000-01-01T00:00:00.000+23:59",
    ] {
        assert!(bytes(edge) < 12, "{edge}");
    }
    let near = [
        "2026-11-24T14:05:00.000+08:00".into(),
        "2026-11-24T14:05:01.000+08:00".into(),
    ];
    assert!(round_trip(&near) <= 8 + 3);
}

#[test]
fn what_only_looks_like_a_time_stays_text() {
    for text in [
        "2026-11-24T14:05:00.000Z",
        "2026-11-24T14:05:00+08:00",
        "2026-11-24T14:05:00.0000+08:00",
        "2026-11-24t14:05:00.000+08:00",
        "2026-11-24 14:05:00.000+08:00",
        "2026-11-24T14:05:00.000-00:00",
        "2026-11-24T14:05:00.000+24:00",
        "2026-11-24T14:05:00.000+08:60",
        "2026-11-24T14:05:60.000+08:00",
        "2026-11-24T24:00:00.000+08:00",
        "2026-02-29T14:05:00.000+08:00",
        "2026-1-24T14:05:00.0000+08:00",
        "+226-11-24T14:05:00.00+08:000",
        " 026-11-24T14:05:00.000+08:00",
        "2026-11-24T14:05:00.000+08:0０",
    ] {
        assert_eq!(bytes(text), 1 + text.len(), "{text}");
    }
}

#[test]
fn days_are_packed() {
    assert!(bytes("2026-11-24") <= 3);
    assert!(bytes("9999-12-31") <= 5);
    for text in [
        "2026-02-29",
        "2026-1-024",
        "2026-11-24 ",
        "2026/11/24",
        "+026-11-24",
        "2026-11-2a",
    ] {
        assert_eq!(bytes(text), 1 + text.len(), "{text}");
    }
}

#[test]
fn only_lower_case_hyphenated_uuids_are_packed() {
    assert_eq!(bytes("0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b"), 17);
    for text in [
        "0195F3A0-7C1E-7A52-9F3B-2C8D1E4F5A6B",
        "{0195f3a07c1e7a529f3b2c8d1e4f5a6b}ab",
        "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6g",
        "0195f3a-07c1e-7a52-9f3b-2c8d1e4f5a6b",
        "urn:uuid:0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b",
    ] {
        assert_eq!(bytes(text), 1 + text.len(), "{text}");
    }
}

#[test]
fn only_32_lower_case_hexadecimal_digits_are_packed() {
    assert_eq!(bytes("0195f3a07c1e7a529f3b2c8d1e4f5a6b"), 17);
    for text in [
        "0195F3A07C1E7A529F3B2C8D1E4F5A6B",
        "0195f3a07c1e7a529f3b2c8d1e4f5a6",
        "0195f3a07c1e7a529f3b2c8d1e4f5a6b00",
        "0195f3a07c1e7a529f3b2c8d1e4f5a6g",
    ] {
        assert_eq!(bytes(text), 1 + text.len(), "{text}");
    }
}

#[test]
fn decimals_are_packed_when_they_print_alike() {
    assert_eq!(bytes("128.50"), 4);
    assert_eq!((bytes("0"), bytes("-0.01"), bytes("1000")), (2, 2, 3));
    for text in [
        "007",
        "1.",
        ".5",
        "-0",
        "-0.0",
        "+1",
        "1e3",
        "1.23456",
        "1.2.3",
        "",
        "-",
        "9999999999999999999",
        "٣",
    ] {
        assert_eq!(bytes(text), 1 + text.len(), "{text}");
    }
}

#[test]
fn floats_keep_their_bits() {
    let small = [31.230416, 121.473701, 0.0, -1.0, 500.0, 12.5, 0.1, 1e9];
    for number in small {
        assert!(round_trip(&[number.into()]) <= 6, "{number}");
    }
    let raw = [
        -0.0,
        f64::NAN,
        f64::INFINITY,
        f64::MIN_POSITIVE,
        f64::MAX,
        1.0 / 3.0,
        1e300,
        0.1 + 0.2,
    ];
    for number in raw {
        assert_eq!(round_trip(&[number.into()]), 9, "{number}");
    }
}

#[test]
fn long_and_known_strings_read_back() {
    assert_eq!(bytes("started"), 2);
    assert_eq!((bytes(&"x".repeat(223)), bytes(&"x".repeat(224))), (224, 227));
    round_trip(&[
        "x".repeat(60_000).as_str().into(),
        ScalarValue::Bytes(vec![0, 255]),
        ScalarValue::Null,
    ]);
    round_trip(&[
        i64::MIN.into(),
        i64::MAX.into(),
        u64::MAX.into(),
        ScalarValue::Timestamp(i64::MIN),
    ]);
}

#[test]
fn every_key_reads_back_and_known_ones_take_a_byte() {
    let keys = [
        "name",
        "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b",
        "价格",
        "name",
        "价格",
        "0195F3A0",
    ];
    let change = first(keys.map(|key| put(key, true)).to_vec());
    assert_eq!(decode_one(&encode_one(&change).unwrap()).unwrap(), change);
    let length = |key: &str| encode_one(&first(vec![put(key, true)])).unwrap().len();
    assert_eq!(length("nama") - length("name"), 5);
    assert_eq!(
        length("0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b") - length("name"),
        17
    );
}

#[test]
fn what_the_encoding_does_not_carry_is_an_error() {
    let mut extra = first(vec![]);
    extra.extra_bytes = vec![1];
    let mut start = first(vec![]);
    start.start_op = NonZeroU64::new(2).unwrap();
    let counter = first(vec![put("n", ScalarValue::counter(1))]);
    let table = Op {
        action: OpType::Make(automerge::ObjType::Table),
        ..put("n", 1)
    };
    let later = Op {
        key: Key::Seq(ElementId::Id(OpId(9, writer()))),
        insert: true,
        ..put("n", "x")
    };
    for change in [extra, start, counter, first(vec![table]), first(vec![later])] {
        assert!(matches!(
            encode(&[change], &[automerge::ChangeHash([0; 32])], None, &|_| None),
            Err(OperationsError::Unsupported(_))
        ));
    }
}

proptest! {
    #[test]
    fn any_text_reads_back(text in ".{0,40}|[0-9T:.+Z-]{9,30}|[0-9a-fA-F-]{35,37}|[0-9a-f]{31,33}|-?[0-9]{0,9}\\.?[0-9]{0,6}") {
        round_trip(&[text.as_str().into(), text.as_str().into()]);
    }

    #[test]
    fn any_float_reads_back(bits in any::<u64>(), digits in any::<i32>(), places in 0..12i32) {
        round_trip(&[f64::from_bits(bits).into(), (f64::from(digits) / 10f64.powi(places)).into()]);
    }

    #[test]
    fn any_time_reads_back(ms in -62_167_219_200_000i64..253_402_300_799_999, offset in -1439i64..1440) {
        if let Some(text) = (super::super::moment::Moment { ms, offset }).print() {
            prop_assert!(bytes(&text) < 12);
        }
    }
}
