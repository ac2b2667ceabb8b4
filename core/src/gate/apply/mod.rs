//! How an operation changes a map, a list or a text, once it is known to name only what lies in its past.

mod list;
mod map;
mod text;

use smol_str::SmolStr;

use super::caps;
use super::effect::Effect;
use super::effort::{self, Effort};
use super::id::Id;
use super::object::{Content, Object};
use super::operation::Admission;
use super::refusal::{Check, Refusal};
use super::register::Register;

impl Admission<'_> {
    /// Adds the object that the current operation makes, if it makes one.
    fn make(
        &mut self,
        effect: Effect<'_>,
        path: &SmolStr,
        element: Option<&SmolStr>,
        depth: u8,
    ) -> Result<(), Refusal> {
        let Effect::Make(kind) = effect else { return Ok(()) };
        if depth >= caps::DEPTH {
            return Refusal::err(Check::Size, format!("objects deeper than {}", caps::DEPTH));
        }
        let object = Object {
            path: path.clone(),
            element: element.cloned(),
            depth: depth + 1,
            content: Content::of(kind),
        };
        self.index.weight += size_of::<Object>() + path.len();
        self.index.effort.add(effort::OBJECT);
        self.index.objects.insert(self.current, object);
        Ok(())
    }
}

fn overwrite(register: &mut Register, predecessors: &[Id], effort: &mut Effort) -> Result<(), Refusal> {
    effort.predecessors(predecessors.len(), register.len());
    if predecessors
        .iter()
        .all(|predecessor| register.overwrite(*predecessor))
    {
        Ok(())
    } else {
        Refusal::err(Check::Predecessor, "a predecessor was never put here")
    }
}

/// The caller found the object by its sort, so this is never met; it stands for a panic.
fn no_object() -> Result<(), Refusal> {
    Refusal::err(Check::Object, "the object is of another sort")
}

fn no_element() -> Refusal {
    Refusal::new(Check::Element, "the element was never inserted here")
}
