//! Place: positions, readings and the verdict on them, distances on the ellipsoid, and the datum of Chinese
//! maps.
//!
//! Everything stored is WGS-84; [`to_gcj02`] is for drawing on a map that uses the other datum, and
//! [`from_gcj02`] for a point picked on one.

mod bounds;
mod datum;
mod fence;
mod geodesic;
mod position;
mod reading;

pub use bounds::Bounds;
pub use datum::{from_gcj02, to_gcj02};
pub use fence::{FenceUsed, Verdict, judge};
pub use geodesic::{bearing_deg, distance_m};
pub use position::{Position, PositionError};
pub use reading::{Reading, Source};
