/// Which of the four classes a field belongs to; derived values are stored nowhere and have no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Something that happened: written once, never changed.
    Fact,
    /// Something people edit together.
    Merge,
    /// Something only the server decides.
    Ruling,
}

/// What a field holds. Lengths count characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    /// Prose that merges character by character, at most so many characters.
    Text(usize),
    /// A string of so many to so many characters.
    Str(usize, usize),
    /// A UUID, lower case with hyphens.
    Uuid,
    /// The UUID of the person who writes it.
    Author,
    /// RFC 3339 with milliseconds and offset.
    Timestamp,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A decimal string above zero with at most four places.
    Amount,
    /// An ISO 4217 code.
    Currency,
    /// So many hexadecimal digits, lower case.
    Hex(usize),
    /// The id of a list element, `counter@actor-hex`.
    Element,
    /// A finite number from so much to so much.
    Float(f64, f64),
    /// A whole number from zero to so much.
    Uint(u64),
    /// True or false.
    Bool,
    /// Only true; deleted when it no longer holds.
    True,
    /// A number, a string of at most so many characters, true, false or null.
    Scalar(usize),
    /// One of a few strings.
    OneOf(&'static [&'static str]),
    /// A map that is made with the document and never replaced.
    Map,
    /// A list that is made with the document and never replaced; its elements are appended.
    List,
    /// A map with the fields below it, made as a whole: in a list appended, at a key also replaced.
    Record,
}

/// Who may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// The person whose document it is.
    Owner,
    /// A supervisor whose subtree holds the owner; never the owner.
    Supervisor,
    /// Whoever the server asked to decide, or to stand in for somebody asked; never the owner.
    Approver,
    /// Anybody who sees the document.
    AnyViewer,
    /// The server itself.
    Server,
}

/// When a field may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// At any time.
    Always,
    /// In the change that makes the document.
    Creation,
    /// While the visit is going on.
    Started,
    /// As the visit's life allows: start, then finish; cancel before the end.
    Event,
    /// For 24 hours after the list element around it was made; later words are a remark.
    Fresh,
    /// Until the request is approved or rejected.
    Open,
    /// Once the request has been handed in.
    Submitted,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Where: keys, `<name>` for any key, `[]` for any list element.
    pub path: &'static str,
    /// Its class.
    pub class: Class,
    /// What it holds.
    pub holds: Type,
    /// Who may write it.
    pub writers: &'static [Writer],
    /// When.
    pub when: State,
    /// True when the map around it cannot do without it.
    pub required: bool,
    /// True when a value that lost against a concurrent one is kept visible.
    pub important: bool,
    /// True when it names another document that has to be there first.
    pub refers: bool,
    /// What it means.
    pub doc: &'static str,
    /// How long the path is before the first part that stands for any key; `None` without one.
    fixed: Option<usize>,
    /// Where the last part of the path begins.
    last: usize,
}

impl Row {
    const fn new(path: &'static str, class: Class, holds: Type, doc: &'static str) -> Self {
        Self {
            path,
            class,
            holds,
            writers: &[],
            when: State::Always,
            required: false,
            important: false,
            refers: false,
            doc,
            fixed: first_of(path, b'<'),
            last: last_part(path),
        }
    }

    /// A fact; by whom and when follows.
    pub(super) const fn fact(path: &'static str, holds: Type, doc: &'static str) -> Self {
        Self::new(path, Class::Fact, holds, doc)
    }

    /// A field that merges; by whom and when follows.
    pub(super) const fn merge(path: &'static str, holds: Type, doc: &'static str) -> Self {
        Self::new(path, Class::Merge, holds, doc)
    }

    /// A ruling of the server.
    pub(super) const fn ruling(path: &'static str, holds: Type, doc: &'static str) -> Self {
        Self::new(path, Class::Ruling, holds, doc).by(&[Writer::Server])
    }

    pub(super) const fn by(mut self, writers: &'static [Writer]) -> Self {
        self.writers = writers;
        self
    }

    pub(super) const fn when(mut self, when: State) -> Self {
        self.when = when;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn important(mut self) -> Self {
        self.important = true;
        self
    }

    pub(super) const fn refers(mut self) -> Self {
        self.refers = true;
        self
    }

    /// Is this the row of `path`?
    pub fn matches(&self, path: &str) -> bool {
        let Some(fixed) = self.fixed else {
            return self.path == path;
        };
        // Most paths are told apart by how they begin.
        if path.as_bytes().get(..fixed) != self.path.as_bytes().get(..fixed) {
            return false;
        }
        let (mut pattern, mut keys) = (self.path.split('/'), path.split('/'));
        loop {
            match (pattern.next(), keys.next()) {
                (None, None) => return true,
                (Some(part), Some(key)) if part == key || (part.starts_with('<') && !key.is_empty()) => {}
                _ => return false,
            }
        }
    }

    /// Does a part of its path stand for any key?
    pub fn has_any_key(&self) -> bool {
        self.fixed.is_some()
    }

    /// The path of the map or list around it; `None` for a field of the root.
    pub fn parent(&self) -> Option<&'static str> {
        self.last.checked_sub(1).and_then(|end| self.path.get(..end))
    }

    /// The last part of its path.
    pub fn name(&self) -> &'static str {
        self.path.get(self.last..).unwrap_or(self.path)
    }

    /// Is it made with the document and never replaced?
    pub fn is_container(&self) -> bool {
        matches!(self.holds, Type::Map | Type::List | Type::Text(_))
    }
}

const fn first_of(path: &str, wanted: u8) -> Option<usize> {
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == wanted {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn last_part(path: &str) -> usize {
    let bytes = path.as_bytes();
    let mut at = bytes.len();
    while at > 0 && bytes[at - 1] != b'/' {
        at -= 1;
    }
    at
}
