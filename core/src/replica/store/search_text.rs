//! Text as the search index holds it.
