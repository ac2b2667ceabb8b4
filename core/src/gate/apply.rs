//! How an operation changes a map, a list or a text.

use smol_str::SmolStr;

use super::caps;
use super::effect::Effect;
use super::id::Id;
use super::object::{Character, Content, Object};
use super::operation::Admission;
use super::refusal::{Refusal, check};
use super::register::Register;
use super::write::Write;

impl Admission<'_> {
    /// Sets or deletes a key of a map.
    pub(super) fn put_key(
        &mut self,
        map: Id,
        key: &SmolStr,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        if key.is_empty() || key.len() > caps::KEY_BYTES {
            return Refusal::err(check::SIZE, format!("a key of {} bytes", key.len()));
        }
        let current = self.current;
        let Some(object) = self.index.objects.get_mut(&map) else { return no_object() };
        let Content::Map(keys) = &mut object.content else { return no_object() };
        let first = match keys.get_mut(key) {
            Some(register) => {
                overwrite(register, predecessors)?;
                register.first()
            }
            None if predecessors.is_empty() => None,
            None => return Refusal::err(check::PREDECESSOR, format!("nothing was ever put at {key:?}")),
        };
        if let Some(value) = effect.value() {
            keys.entry(key.clone()).or_default().put(current, value);
        }
        let (path, element, depth) = (object.path_of(key), object.element.clone(), object.depth);
        self.make(effect, &path, element.as_ref(), depth)?;
        self.index.weight += key.len();
        let prior = first.is_some_and(|first| self.is_prior(first));
        self.writes.push(Write { path, action: effect.action(), prior, element });
        Ok(())
    }

    /// Inserts an element into a list.
    pub(super) fn insert_element(
        &mut self,
        list: Id,
        after: Option<Id>,
        effect: Effect<'_>,
    ) -> Result<(), Refusal> {
        let current = self.current;
        let Some(value) = effect.value() else { return no_object() };
        let actors = &self.index.actors;
        let Some(object) = self.index.objects.get_mut(&list) else { return no_object() };
        let Content::List(elements) = &mut object.content else { return no_object() };
        let place = after.map(|after| elements.place(after).ok_or_else(no_element)).transpose()?;
        elements.insert(place, current, Register::with(current, value), |one, other| {
            actors.compare(one, other)
        });
        let (path, element, depth) = (object.path_of_element(), Some(actors.name(current)), object.depth);
        self.make(effect, &path, element.as_ref(), depth)?;
        self.writes.push(Write { path, action: effect.insertion(), prior: false, element });
        Ok(())
    }

    /// Replaces or deletes an element of a list.
    pub(super) fn change_element(
        &mut self,
        list: Id,
        at: Id,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        let current = self.current;
        let Some(object) = self.index.objects.get_mut(&list) else { return no_object() };
        let Content::List(elements) = &mut object.content else { return no_object() };
        let place = elements.place(at).ok_or_else(no_element)?;
        let register = elements.item(place).ok_or_else(no_element)?;
        overwrite(register, predecessors)?;
        if let Some(value) = effect.value() {
            register.put(current, value);
        }
        let (path, element, depth) =
            (object.path_of_element(), Some(self.index.actors.name(at)), object.depth);
        self.make(effect, &path, element.as_ref(), depth)?;
        let prior = self.is_prior(at);
        self.writes.push(Write { path, action: effect.action(), prior, element });
        Ok(())
    }

    /// Inserts a character into a text.
    pub(super) fn insert_character(
        &mut self,
        text: Id,
        after: Option<Id>,
        effect: Effect<'_>,
    ) -> Result<(), Refusal> {
        let character = effect.character()?;
        let current = self.current;
        let actors = &self.index.actors;
        let Some(object) = self.index.objects.get_mut(&text) else { return no_object() };
        let Content::Text(characters) = &mut object.content else { return no_object() };
        let place = after.map(|after| characters.place(after).ok_or_else(no_element)).transpose()?;
        characters.insert(place, current, Character { character, deleted: false }, |one, other| {
            actors.compare(one, other)
        });
        self.writes.insert_character(text, after, current, character, object);
        Ok(())
    }

    /// Deletes a character of a text.
    pub(super) fn delete_character(
        &mut self,
        text: Id,
        at: Id,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        if !matches!(effect, Effect::Delete) {
            return Refusal::err(check::VALUE, "a character of a text is overwritten");
        }
        let prior = self.is_prior(at);
        let Some(object) = self.index.objects.get_mut(&text) else { return no_object() };
        let Content::Text(characters) = &mut object.content else { return no_object() };
        let place = characters.place(at).ok_or_else(no_element)?;
        if predecessors != [at] {
            return Refusal::err(check::PREDECESSOR, "not the character that is deleted");
        }
        characters.item(place).ok_or_else(no_element)?.deleted = true;
        self.writes.delete_character(text, prior, object);
        Ok(())
    }

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
            return Refusal::err(check::SIZE, format!("objects deeper than {}", caps::DEPTH));
        }
        let object = Object {
            path: path.clone(),
            element: element.cloned(),
            depth: depth + 1,
            content: Content::of(kind),
        };
        self.index.weight += size_of::<Object>() + path.len();
        self.index.objects.insert(self.current, object);
        Ok(())
    }
}

fn overwrite(register: &mut Register, predecessors: &[Id]) -> Result<(), Refusal> {
    if predecessors.iter().all(|predecessor| register.overwrite(*predecessor)) {
        Ok(())
    } else {
        Refusal::err(check::PREDECESSOR, "a predecessor was never put here")
    }
}

/// The caller found the object by its sort, so this is never met; it stands for a panic.
fn no_object() -> Result<(), Refusal> {
    Refusal::err(check::OBJECT, "the object is of another sort")
}

fn no_element() -> Refusal {
    Refusal::new(check::ELEMENT, "the element was never inserted here")
}
