use smol_str::SmolStr;

use super::{no_object, overwrite};
use crate::gate::caps;
use crate::gate::effect::Effect;
use crate::gate::id::Id;
use crate::gate::object::Content;
use crate::gate::operation::Admission;
use crate::gate::refusal::{Check, Refusal};
use crate::gate::write::Write;

impl Admission<'_> {
    /// Sets or deletes a key of a map.
    pub(in crate::gate) fn put_key(
        &mut self,
        map: Id,
        key: &SmolStr,
        effect: Effect<'_>,
        predecessors: &[Id],
    ) -> Result<(), Refusal> {
        if key.is_empty() || key.len() > caps::KEY_BYTES {
            return Refusal::err(Check::Size, format!("a key of {} bytes", key.len()));
        }
        let current = self.current;
        let Some(object) = self.index.objects.get_mut(&map) else {
            return no_object();
        };
        let Content::Map(keys) = &mut object.content else {
            return no_object();
        };
        let first = match keys.get_mut(key) {
            Some(register) => {
                overwrite(register, predecessors, &mut self.index.effort)?;
                register.first()
            }
            None if predecessors.is_empty() => None,
            None => return Refusal::err(Check::Predecessor, format!("nothing was ever put at {key:?}")),
        };
        if let Some(value) = effect.value() {
            keys.entry(key.clone()).or_default().put(current, value);
        }
        let (path, element, depth) = (object.path_of(key), object.element.clone(), object.depth);
        self.index.effort.path(path.len());
        self.make(effect, &path, element.as_ref(), depth)?;
        self.index.weight += key.len();
        let prior = first.is_some_and(|first| self.is_prior(first));
        self.writes.push(Write {
            path,
            action: effect.action(),
            prior,
            element,
        });
        Ok(())
    }
}
