use super::{no_element, no_object};
use crate::gate::effect::Effect;
use crate::gate::id::Id;
use crate::gate::object::{Character, Content};
use crate::gate::operation::Admission;
use crate::gate::refusal::{Check, Refusal};

impl Admission<'_> {
    /// Inserts a character into a text.
    pub(in crate::gate) fn insert_character(
        &mut self,
        text: Id,
        after: Option<Id>,
        effect: Effect<'_>,
    ) -> Result<(), Refusal> {
        let character = effect.character()?;
        let current = self.current;
        let actors = &self.index.actors;
        let Some(object) = self.index.objects.get_mut(&text) else {
            return no_object();
        };
        let Content::Text(characters) = &mut object.content else {
            return no_object();
        };
        let place = after
            .map(|after| characters.place(after).ok_or_else(no_element))
            .transpose()?;
        let walk = characters.insert(
            place,
            current,
            Character {
                character,
                deleted: false,
            },
            |one, other| actors.compare(one, other),
        );
        self.index.effort.insertion(walk);
        self.writes
            .insert_character(text, after, current, character, object);
        Ok(())
    }

    /// Deletes a character of a text.
    pub(in crate::gate) fn delete_character(
        &mut self,
        text: Id,
        at: Id,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        if !matches!(effect, Effect::Delete) {
            return Refusal::err(Check::Value, "a character of a text is overwritten");
        }
        let prior = self.is_prior(at);
        let Some(object) = self.index.objects.get_mut(&text) else {
            return no_object();
        };
        let Content::Text(characters) = &mut object.content else {
            return no_object();
        };
        let place = characters.place(at).ok_or_else(no_element)?;
        if predecessors != [at] {
            return Refusal::err(Check::Predecessor, "not the character that is deleted");
        }
        characters.item(place).ok_or_else(no_element)?.deleted = true;
        self.writes.delete_character(text, prior, object);
        Ok(())
    }
}
