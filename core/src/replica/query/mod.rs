//! What screens ask, answered from the projections alone.
