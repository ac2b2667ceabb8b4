use super::{no_element, no_object, overwrite};
use crate::gate::effect::Effect;
use crate::gate::id::Id;
use crate::gate::object::Content;
use crate::gate::operation::Admission;
use crate::gate::refusal::Refusal;
use crate::gate::register::Register;
use crate::gate::write::Write;

impl Admission<'_> {
    /// Inserts an element into a list.
    pub(in crate::gate) fn insert_element(
        &mut self,
        list: Id,
        after: Option<Id>,
        effect: Effect<'_>,
    ) -> Result<(), Refusal> {
        let current = self.current;
        let Some(value) = effect.value() else {
            return no_object();
        };
        let actors = &self.index.actors;
        let Some(object) = self.index.objects.get_mut(&list) else {
            return no_object();
        };
        let Content::List(elements) = &mut object.content else {
            return no_object();
        };
        let place = after
            .map(|after| elements.place(after).ok_or_else(no_element))
            .transpose()?;
        let walk = elements.insert(place, current, Register::with(current, value), |one, other| {
            actors.compare(one, other)
        });
        self.index.effort.insertion(walk);
        let (path, element, depth) = (object.path_of_element(), Some(actors.name(current)), object.depth);
        self.index.effort.path(path.len());
        self.make(effect, &path, element.as_ref(), depth)?;
        self.writes.push(Write {
            path,
            action: effect.insertion(),
            prior: false,
            element,
        });
        Ok(())
    }

    /// Replaces or deletes an element of a list.
    pub(in crate::gate) fn change_element(
        &mut self,
        list: Id,
        at: Id,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        let current = self.current;
        let Some(object) = self.index.objects.get_mut(&list) else {
            return no_object();
        };
        let Content::List(elements) = &mut object.content else {
            return no_object();
        };
        let place = elements.place(at).ok_or_else(no_element)?;
        let register = elements.item(place).ok_or_else(no_element)?;
        overwrite(register, predecessors, &mut self.index.effort)?;
        if let Some(value) = effect.value() {
            register.put(current, value);
        }
        let (path, element, depth) = (
            object.path_of_element(),
            Some(self.index.actors.name(at)),
            object.depth,
        );
        self.index.effort.path(path.len());
        self.make(effect, &path, element.as_ref(), depth)?;
        let prior = self.is_prior(at);
        self.writes.push(Write {
            path,
            action: effect.action(),
            prior,
            element,
        });
        Ok(())
    }
}
