//! Honest histories of several actors, from a seed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, AutoCommit, AutomergeError, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Escape;
use crate::scene::Scene;

/// How many actors write in a story.
pub(crate) const ACTORS: u8 = 3;
/// Stories that differ; more would only be more of the same.
const STORIES: u8 = 24;
/// Rounds of a story, each a commit or a merge.
const ROUNDS: usize = 26;
/// Changes at the end of a story that wait to be spoilt.
const PENDING: usize = 5;

/// Keys that attacks and stories write.
pub(crate) const KEYS: [&str; 12] = [
    "kind",
    "owner",
    "rep",
    "plan",
    "start",
    "events",
    "event",
    "notes",
    "contacts",
    "lines",
    "decisions",
    "价格",
];
const WORDS: [&str; 6] = ["a", "started", "华东轴承", "🙂", "stock 12, ", "e\u{301}\n"];

/// An honest document and the honest changes that come next.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) scene: Scene,
    pub(crate) pending: Vec<Change>,
}

thread_local! {
    static TOLD: RefCell<BTreeMap<u8, Rc<Story>>> = const { RefCell::new(BTreeMap::new()) };
}

/// An actor by its number.
pub(crate) fn actor(number: u8) -> ActorId {
    ActorId::from([(number % ACTORS).wrapping_mul(97).wrapping_add(5); 16])
}

/// The story of this number; told once, remembered for the next attack.
pub(crate) fn story(number: u8) -> Result<Rc<Story>, Escape> {
    let number = number % STORIES;
    if let Some(told) = TOLD.with_borrow(|told| told.get(&number).cloned()) {
        return Ok(told);
    }
    let story = Rc::new(tell(number)?);
    TOLD.with_borrow_mut(|told| told.insert(number, Rc::clone(&story)));
    Ok(story)
}

fn tell(number: u8) -> Result<Story, Escape> {
    let mut changes = write(u64::from(number)).map_err(Escape::of("an honest story"))?;
    // The first story is that of a new document: attacks on it begin with nothing.
    let pending = if number == 0 {
        changes.split_off(0)
    } else {
        changes.split_off(changes.len().saturating_sub(PENDING))
    };
    let mut scene = Scene::default();
    for change in changes {
        if let Err(refusal) = scene.take(&change.decode())? {
            return Escape::err(format!("an honest change was refused: {refusal}"));
        }
    }
    Ok(Story { scene, pending })
}

/// Lets the actors write at the same time and merge now and then; answers all changes in causal order.
fn write(seed: u64) -> Result<Vec<Change>, AutomergeError> {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let mut replicas: Vec<AutoCommit> = (0..ACTORS)
        .map(|number| AutoCommit::new().with_actor(actor(number)))
        .collect();
    for round in 0..ROUNDS {
        let at = dice.below(replicas.len());
        if dice.below(5) == 0 {
            let from = dice.below(replicas.len());
            let mut other = replicas[from].fork();
            replicas[at].merge(&mut other)?;
            continue;
        }
        for _ in 0..=dice.below(3) {
            edit(&mut replicas[at], &mut dice)?;
        }
        let time = 1_790_000_000_000 + 1000 * i64::try_from(round).unwrap_or(0);
        replicas[at].commit_with(CommitOptions::default().with_time(time));
    }
    let mut merged = AutoCommit::new();
    for replica in &mut replicas {
        merged.merge(replica)?;
    }
    Ok(merged.get_changes(&[]))
}

fn edit(doc: &mut AutoCommit, dice: &mut Dice) -> Result<(), AutomergeError> {
    let mut objects = vec![(ROOT, ObjType::Map)];
    collect(doc, &ROOT, ObjType::Map, &mut objects)?;
    let (object, kind) = objects.swap_remove(dice.below(objects.len()));
    match kind {
        ObjType::Text => {
            let length = doc.length(&object);
            let at = dice.below(length + 1);
            let deleted = dice.below(3).min(length - at);
            doc.splice_text(&object, at, isize::try_from(deleted).unwrap_or(0), dice.word())
        }
        ObjType::List => edit_list(doc, &object, dice),
        ObjType::Map | ObjType::Table => edit_map(doc, &object, dice),
    }
}

fn collect(
    doc: &AutoCommit,
    object: &ObjId,
    kind: ObjType,
    into: &mut Vec<(ObjId, ObjType)>,
) -> Result<(), AutomergeError> {
    let mut values = Vec::new();
    match kind {
        ObjType::Text => {}
        ObjType::List => {
            for at in 0..doc.length(object) {
                values.extend(doc.get(object, at)?);
            }
        }
        ObjType::Map | ObjType::Table => {
            for key in doc.keys(object) {
                values.extend(doc.get(object, key)?);
            }
        }
    }
    for (value, id) in values {
        if let Value::Object(kind) = value {
            into.push((id.clone(), kind));
            collect(doc, &id, kind, into)?;
        }
    }
    Ok(())
}

fn edit_map(doc: &mut AutoCommit, map: &ObjId, dice: &mut Dice) -> Result<(), AutomergeError> {
    let key = KEYS[dice.below(KEYS.len())];
    match dice.below(10) {
        0 => doc.delete(map, key),
        1 => doc.put_object(map, key, ObjType::Map).map(drop),
        2 => doc.put_object(map, key, ObjType::List).map(drop),
        3 => doc.put_object(map, key, ObjType::Text).map(drop),
        _ => doc.put(map, key, dice.scalar()),
    }
}

fn edit_list(doc: &mut AutoCommit, list: &ObjId, dice: &mut Dice) -> Result<(), AutomergeError> {
    let length = doc.length(list);
    let at = dice.below(length + 1);
    match dice.below(6) {
        0 if at < length => doc.delete(list, at),
        1 if at < length => doc.put(list, at, dice.scalar()),
        2 => doc.insert_object(list, at, ObjType::Text).map(drop),
        3 | 4 => doc.insert_object(list, at, ObjType::Map).map(drop),
        _ => doc.insert(list, at, dice.scalar()),
    }
}

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u64() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn scalar(&mut self) -> ScalarValue {
        match self.below(8) {
            0 => ScalarValue::Null,
            1 => ScalarValue::Boolean(true),
            2 => ScalarValue::Int(-40),
            3 => ScalarValue::Uint(7),
            4 => ScalarValue::F64(31.22),
            5 => "2026-11-24T14:05:00.000+08:00".into(),
            6 => "128.50".into(),
            _ => self.word().into(),
        }
    }
}
