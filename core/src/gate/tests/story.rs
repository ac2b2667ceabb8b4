//! Random documents that several actors write at the same time, from a seed.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// A source of small numbers.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end.max(1) as u64) as usize
    }

    /// One of these.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const KEYS: [&str; 9] = [
    "name",
    "plan",
    "notes",
    "events",
    "at",
    "x",
    "价格",
    "contacts",
    "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b",
];
const WORDS: [&str; 6] = ["a", "hello ", "华东轴承", "🙂", "stock 12, ", "é\u{301}\n"];

/// An actor by its number.
pub(crate) fn actor(number: u8) -> ActorId {
    ActorId::from([number.wrapping_mul(97); 16])
}

/// A document after `steps` steps of three actors, with everything merged, and its changes in causal order.
pub(crate) fn document(seed: u64, steps: usize) -> (AutoCommit, Vec<Change>) {
    let mut dice = Dice::new(seed);
    let mut replicas: Vec<AutoCommit> = (1..=3)
        .map(|number| AutoCommit::new().with_actor(actor(number)))
        .collect();
    let mut rebases = 4;
    for step in 0..steps {
        let at = dice.below(3);
        match dice.below(20) {
            0..=3 => {
                let mut other = replicas[dice.below(3)].fork();
                replicas[at].merge(&mut other).unwrap();
            }
            4 => {
                replicas[at].set_actor(actor(rebases));
                rebases += 1;
            }
            _ => {
                for _ in 0..=dice.below(4) {
                    edit(&mut replicas[at], &mut dice);
                }
                let time = 1_790_000_000_000 + 1000 * (step as i64 / 2);
                let mut options = CommitOptions::default().with_time(time);
                if dice.below(10) == 0 {
                    options = options.with_message("by hand");
                }
                replicas[at].commit_with(options);
            }
        }
    }
    let mut merged = AutoCommit::new();
    for replica in &mut replicas {
        merged.merge(replica).unwrap();
    }
    let changes = merged.get_changes(&[]);
    (merged, changes)
}

/// The same changes in another order that respects their dependencies.
pub(crate) fn shuffled(changes: &[Change], dice: &mut Dice) -> Vec<Change> {
    let mut waiting: Vec<&Change> = changes.iter().collect();
    let mut ordered: Vec<Change> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |change: &&Change| {
            change
                .deps()
                .iter()
                .all(|hash| ordered.iter().any(|c| c.hash() == *hash))
        };
        let free: Vec<usize> = (0..waiting.len()).filter(|at| is_free(&waiting[*at])).collect();
        ordered.push(waiting.remove(*dice.one(&free)).clone());
    }
    ordered
}

fn edit(doc: &mut AutoCommit, dice: &mut Dice) {
    let mut objects = vec![(ROOT, ObjType::Map)];
    collect(doc, &ROOT, ObjType::Map, &mut objects, 0);
    let (object, kind) = dice.one(&objects).clone();
    match kind {
        ObjType::Text => edit_text(doc, &object, dice),
        ObjType::List => edit_list(doc, &object, dice),
        ObjType::Map | ObjType::Table => edit_map(doc, &object, dice),
    }
}

fn collect(doc: &AutoCommit, object: &ObjId, kind: ObjType, into: &mut Vec<(ObjId, ObjType)>, depth: usize) {
    let values: Vec<Value<'_>> = match kind {
        ObjType::Text => return,
        ObjType::List => (0..doc.length(object))
            .filter_map(|at| doc.get(object, at).unwrap())
            .map(|v| v.0)
            .collect(),
        _ => doc
            .keys(object)
            .filter_map(|key| doc.get(object, key).unwrap())
            .map(|v| v.0)
            .collect(),
    };
    let ids: Vec<ObjId> = match kind {
        ObjType::List => (0..doc.length(object))
            .filter_map(|at| doc.get(object, at).unwrap())
            .map(|v| v.1)
            .collect(),
        _ => doc
            .keys(object)
            .filter_map(|key| doc.get(object, key).unwrap())
            .map(|v| v.1)
            .collect(),
    };
    for (value, id) in values.into_iter().zip(ids) {
        if let Value::Object(kind) = value
            && depth < 5
        {
            into.push((id.clone(), kind));
            collect(doc, &id, kind, into, depth + 1);
        }
    }
}

fn edit_map(doc: &mut AutoCommit, map: &ObjId, dice: &mut Dice) {
    let key = *dice.one(&KEYS);
    match dice.below(10) {
        0 | 1 => doc.delete(map, key).unwrap(),
        2 => drop(doc.put_object(map, key, ObjType::Map).unwrap()),
        3 => drop(doc.put_object(map, key, ObjType::List).unwrap()),
        4 => drop(doc.put_object(map, key, ObjType::Text).unwrap()),
        _ => doc.put(map, key, scalar(dice)).unwrap(),
    }
}

fn edit_list(doc: &mut AutoCommit, list: &ObjId, dice: &mut Dice) {
    let length = doc.length(list);
    let at = dice.below(length + 1);
    let kind = *dice.one(&[ObjType::Map, ObjType::List, ObjType::Text]);
    match dice.below(8) {
        0 if at < length => doc.delete(list, at).unwrap(),
        1 if at < length => doc.put(list, at, scalar(dice)).unwrap(),
        2 if at < length => drop(doc.put_object(list, at, kind).unwrap()),
        3 | 4 => drop(doc.insert_object(list, at, kind).unwrap()),
        5 => (0..3).for_each(|_| doc.insert(list, at, *dice.one(&WORDS)).unwrap()),
        _ => doc.insert(list, at, scalar(dice)).unwrap(),
    }
}

fn edit_text(doc: &mut AutoCommit, text: &ObjId, dice: &mut Dice) {
    let length = doc.length(text);
    let at = dice.below(length + 1);
    let delete = if dice.below(3) == 0 {
        dice.below(length - at + 1)
    } else {
        0
    };
    let inserted: String = (0..dice.below(4)).map(|_| *dice.one(&WORDS)).collect();
    doc.splice_text(text, at, delete as isize, &inserted).unwrap();
}

fn scalar(dice: &mut Dice) -> ScalarValue {
    match dice.below(12) {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(dice.below(2) == 0),
        2 => ScalarValue::Int(dice.below(1000) as i64 - 500),
        3 => ScalarValue::Uint(dice.below(1 << 40) as u64),
        4 => ScalarValue::F64(31.2 + dice.below(100_000) as f64 / 1e6),
        5 => ScalarValue::F64(f64::from_bits((dice.below(usize::MAX) as u64) >> 2)),
        6 => ScalarValue::Bytes((0..dice.below(9)).map(|n| n as u8).collect()),
        7 => ScalarValue::Timestamp(dice.below(1 << 50) as i64 - (1 << 49)),
        8 => format!(
            "2026-11-{:02}T14:05:00.{:03}+08:00",
            1 + dice.below(30),
            dice.below(1000)
        )
        .into(),
        9 => format!("{}.{:02}", dice.below(1000), dice.below(100)).into(),
        _ => (0..dice.below(5))
            .map(|_| *dice.one(&WORDS))
            .collect::<String>()
            .into(),
    }
}
