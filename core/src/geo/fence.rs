use serde::{Deserialize, Serialize};

use super::{Position, Reading, distance_m};

/// The fence a reading was judged with, written down so that the judgement can be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FenceUsed {
    /// The version of the policy that set the radius.
    pub version: u32,
    /// The radius in metres.
    pub radius_m: f64,
    /// Where the customer was on file.
    pub centre: Position,
}

/// What a reading says about being at the customer. Never an accusation: *unknown* is "no fix", not "not
/// there".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// On site.
    Inside,
    /// Off site, whatever the inaccuracy.
    Outside,
    /// The reading is too coarse to tell.
    Uncertain,
    /// There is no reading, or the customer has no position.
    Unknown,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 4] = [
        Verdict::Inside,
        Verdict::Outside,
        Verdict::Uncertain,
        Verdict::Unknown,
    ];

    /// The name in documents, SQL and docs.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Inside => "inside",
            Verdict::Outside => "outside",
            Verdict::Uncertain => "uncertain",
            Verdict::Unknown => "unknown",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// Judges a reading against a fence: the distance in metres, and the verdict.
///
/// Accuracy counts in the person's favour, because a bad fix indoors is no offence:
/// - **inside**: the reading itself lies within the radius, and it is no coarser than the fence;
/// - **outside**: even at the near edge of its accuracy the phone is beyond the radius;
/// - **uncertain**: anything between, and any reading whose accuracy is missing or absurd;
/// - **unknown**: no reading, or no fence.
pub fn judge(reading: Option<&Reading>, fence: Option<&FenceUsed>) -> (Option<f64>, Verdict) {
    let (Some(reading), Some(fence)) = (reading, fence) else {
        return (None, Verdict::Unknown);
    };
    let distance = distance_m(reading.position, fence.centre);
    let accuracy = if reading.accuracy_m.is_finite() && reading.accuracy_m >= 0.0 {
        reading.accuracy_m
    } else {
        f64::INFINITY
    };
    let verdict = if distance <= fence.radius_m && accuracy <= fence.radius_m {
        Verdict::Inside
    } else if distance - accuracy > fence.radius_m {
        Verdict::Outside
    } else {
        Verdict::Uncertain
    };
    (Some(distance), verdict)
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    /// A reading this many metres north of the fence's centre.
    fn verdict(north_m: f64, accuracy_m: f64) -> Verdict {
        let centre = Position::new(31.2304, 121.4737).unwrap();
        let position = Position::new(centre.lat() + north_m / 110_862.0, centre.lon()).unwrap();
        let reading = Reading {
            position,
            accuracy_m,
            source: Source::Gps,
            fix_age_ms: 0,
            mock: false,
            speed_mps: None,
        };
        let (distance, verdict) = judge(
            Some(&reading),
            Some(&FenceUsed {
                version: 1,
                radius_m: 500.0,
                centre,
            }),
        );
        assert!((distance.unwrap() - north_m).abs() < 1.0);
        verdict
    }

    #[test]
    fn accuracy_counts_in_the_persons_favour() {
        assert_eq!(verdict(35.0, 12.0), Verdict::Inside);
        assert_eq!(verdict(490.0, 30.0), Verdict::Inside);
        assert_eq!(verdict(520.0, 30.0), Verdict::Uncertain);
        assert_eq!(verdict(540.0, 30.0), Verdict::Outside);
        assert_eq!(verdict(1_200.0, 1_000.0), Verdict::Uncertain);
    }

    #[test]
    fn a_fix_coarser_than_the_fence_cannot_tell() {
        assert_eq!(verdict(35.0, 2_000.0), Verdict::Uncertain);
        assert_eq!(verdict(35.0, f64::NAN), Verdict::Uncertain);
        assert_eq!(verdict(35.0, -1.0), Verdict::Uncertain);
    }

    #[test]
    fn no_fix_is_unknown() {
        assert_eq!(judge(None, None), (None, Verdict::Unknown));
    }

    #[test]
    fn names_read_back() {
        assert!(
            Verdict::ALL
                .iter()
                .all(|verdict| Verdict::from_name(verdict.name()) == Some(*verdict))
        );
        assert!(
            Source::ALL
                .iter()
                .all(|source| Source::from_name(source.name()) == Some(*source))
        );
    }
}
