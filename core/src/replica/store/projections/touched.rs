use crate::gate::Write;

/// Which parts of a document a set of writes concerns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched<'a> {
    writes: &'a [Write],
    all: bool,
}

impl<'a> Touched<'a> {
    /// No writes at all, or the creation of the document among them, concern everything.
    pub(super) fn by(writes: &'a [Write]) -> Self {
        let all = writes.is_empty() || writes.iter().any(|write| write.path == "kind");
        Self { writes, all }
    }

    /// Everything.
    pub(super) fn everything() -> Self {
        Self {
            writes: &[],
            all: true,
        }
    }

    /// Is everything to be looked at?
    pub(super) fn all(&self) -> bool {
        self.all
    }

    /// Is one of these paths, or something below it, written?
    pub(super) fn any(&self, paths: &[&str]) -> bool {
        self.all
            || self
                .writes
                .iter()
                .any(|write| paths.iter().any(|path| is_at_or_below(&write.path, path)))
    }

    /// Is this element of a list written?
    pub(super) fn element(&self, list: &str, id: &str) -> bool {
        self.all
            || self
                .writes
                .iter()
                .any(|write| write.element.as_deref() == Some(id) && is_at_or_below(&write.path, list))
    }
}

fn is_at_or_below(path: &str, ancestor: &str) -> bool {
    path.strip_prefix(ancestor)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Action;

    fn write(path: &str, element: Option<&str>) -> Write {
        Write {
            path: path.into(),
            action: Action::Delete,
            prior: false,
            element: element.map(Into::into),
        }
    }

    #[test]
    fn only_what_is_written_counts() {
        let writes = [write("plan/start", None), write("results/[]/note", Some("7@aa"))];
        let touched = Touched::by(&writes);
        assert!(touched.any(&["plan"]) && touched.any(&["events", "results"]));
        assert!(!touched.any(&["events", "pla", "plan/start/x"]));
        assert!(touched.element("results", "7@aa"));
        assert!(!touched.element("results", "8@aa") && !touched.element("events", "7@aa"));
    }

    #[test]
    fn a_creation_concerns_everything() {
        assert!(Touched::by(&[write("kind", None)]).any(&["notes"]));
        assert!(Touched::by(&[]).element("results", "1@aa"));
    }
}
