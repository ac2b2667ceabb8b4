use fieldbook_core::wire::operations::{Limits, Reader};
use fieldbook_core::wire::{Answer, MAX_INFLATED, Request, inflate, read_request};
use minicbor::{Decode, Encode};

use crate::Escape;
use crate::scene::Scene;
use crate::story::{actor, story};

/// Takes bytes as what arrives: a compressed body, a request, an answer or a segment, by the first byte.
///
/// # Errors
/// When something that was read does not write and read back as it was, or unfolds beyond its limits.
pub fn decoder(bytes: &[u8]) -> Result<(), Escape> {
    let Some((door, rest)) = bytes.split_first() else {
        return Ok(());
    };
    match door % 4 {
        0 => match inflate(rest, MAX_INFLATED) {
            Ok(body) if body.len() > MAX_INFLATED => Escape::err("a body is larger than its limit"),
            Ok(body) => request(&body),
            Err(_) => Ok(()),
        },
        1 => request(rest),
        2 => answer(rest),
        _ => document(rest),
    }
}

fn request(bytes: &[u8]) -> Result<(), Escape> {
    let Ok(request) = read_request::<Request>(bytes) else {
        return Ok(());
    };
    let Some(request) = both_ways::<Request>(&minicbor::to_vec(&request).unwrap_or_default())? else {
        return Ok(());
    };
    for section in &request.upload {
        segment(
            &mut Scene::default(),
            &section.operations,
            0,
            section.base,
            section.count,
        )?;
    }
    Ok(())
}

fn answer(bytes: &[u8]) -> Result<(), Escape> {
    let Some(answer) = both_ways::<Answer>(bytes)? else {
        return Ok(());
    };
    for news in &answer.news {
        let mut scene = Scene::default();
        for row in &news.segments {
            let writer = u8::try_from(row.origin % 3).unwrap_or(0);
            segment(&mut scene, &row.operations, writer, row.base, row.count)?;
        }
    }
    Ok(())
}

/// A segment for a document that has a history: its number, the writer's and how many changes it claims to have.
fn document(bytes: &[u8]) -> Result<(), Escape> {
    let [number, writer, count, rest @ ..] = bytes else {
        return Ok(());
    };
    let mut scene = story(*number)?.scene.clone();
    let base = scene.index.sequence(&actor(*writer));
    segment(&mut scene, rest, *writer, base, u32::from(*count))
}

/// Reads a segment change by change, as a server does, until one does not pass.
fn segment(scene: &mut Scene, bytes: &[u8], writer: u8, base: u64, count: u32) -> Result<(), Escape> {
    let limits = Limits::default();
    let Ok(mut reader) = Reader::new(bytes, actor(writer), base, count, &limits) else {
        return Ok(());
    };
    let mut passed = false;
    while let Ok(Some(change)) = reader.next(&scene.index) {
        if scene.take(&change)?.is_err() {
            break;
        }
        passed = true;
    }
    if reader.operations() > limits.budget(bytes.len()) {
        return Escape::err("a segment unfolds beyond its limit");
    }
    if passed { scene.check_end() } else { Ok(()) }
}

/// What reads is written and read again as the same.
fn both_ways<T>(bytes: &[u8]) -> Result<Option<T>, Escape>
where
    T: for<'b> Decode<'b, ()> + Encode<()>,
{
    let Ok(read) = minicbor::decode::<T>(bytes) else {
        return Ok(None);
    };
    let written = minicbor::to_vec(&read).map_err(Escape::of("what was read cannot be written"))?;
    let again: T = minicbor::decode(&written).map_err(Escape::of("what was written does not read"))?;
    let twice = minicbor::to_vec(&again).map_err(Escape::of("what was read cannot be written"))?;
    if written == twice {
        Ok(Some(read))
    } else {
        Escape::err("an envelope reads as another one once it was written")
    }
}
