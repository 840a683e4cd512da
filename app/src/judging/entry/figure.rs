//! One figure of a scorecard as typed: reading it, stepping it, setting it from a band. Pure, so it can be tested.

use rules::judging::{Band, CriterionCode, Scores};
use rules::points::{Points, PointsProblem};

/// What the typed texts say: the figures that are numbers, and the texts that are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub scores: Scores,
    pub unread: Vec<(CriterionCode, PointsProblem)>,
}

/// Reads typed texts; an empty one is a figure not given yet.
pub fn read<'a>(typed: impl IntoIterator<Item = (&'a CriterionCode, String)>) -> Reading {
    let mut reading = Reading::default();
    for (code, text) in typed {
        match Points::parse(&text) {
            Ok(points) => {
                reading.scores.insert(code.clone(), points);
            }
            Err(PointsProblem::Empty) => {}
            Err(problem) => reading.unread.push((code.clone(), problem)),
        }
    }
    reading
}

/// The figure `steps` steps further, on the grid of `step`, within 0 and `max`. An empty figure starts at 0.
pub fn stepped(from: Option<Points>, steps: i64, step: Points, max: Points) -> Points {
    let from = from.unwrap_or(Points::ZERO);
    let on_grid = floor_to(from, step);
    // between two grid points the first step goes to the next one in its direction
    let rest = if on_grid != from && steps < 0 { 1 } else { 0 };
    let moved = on_grid
        .hundredths()
        .saturating_add(step.hundredths().saturating_mul(steps + rest));
    Points(moved.clamp(0, floor_to(max, step).hundredths()))
}

/// Where a band's button puts the figure: its middle on the grid, from where −/+ go on.
pub fn middle(band: &Band, step: Points) -> Points {
    let sum = band.from.saturating_add(band.to).hundredths();
    floor_to(Points(sum / 2), step).max(band.from)
}

/// Whether a figure lies in a band.
pub fn holds(band: &Band, figure: Option<Points>) -> bool {
    figure.is_some_and(|figure| band.from <= figure && figure <= band.to)
}

fn floor_to(points: Points, step: Points) -> Points {
    let step = step.hundredths().max(1);
    Points(points.hundredths().div_euclid(step).saturating_mul(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Points = Points(50);

    fn code(text: &str) -> CriterionCode {
        CriterionCode::parse(text).expect("a code")
    }

    #[test]
    fn comma_and_dot_read_alike_and_nonsense_is_named() {
        let (a, b, c) = (code("A"), code("B"), code("C"));
        let typed = [
            (&a, "7,5".to_owned()),
            (&b, "7.5".to_owned()),
            (&c, "x".to_owned()),
        ];
        let reading = read(typed);
        assert_eq!(
            reading.scores,
            Scores::from([(a.clone(), Points(750)), (b.clone(), Points(750))])
        );
        assert_eq!(reading.unread, [(c.clone(), PointsProblem::NotANumber)]);
    }

    #[test]
    fn steps_stay_on_the_grid_and_inside() {
        let max = Points::whole(10);
        assert_eq!(stepped(None, 1, HALF, max), Points(50));
        assert_eq!(stepped(Some(Points(720)), 1, HALF, max), Points(750));
        assert_eq!(stepped(Some(Points(720)), -1, HALF, max), Points(700));
        assert_eq!(stepped(Some(max), 1, HALF, max), max);
        assert_eq!(stepped(Some(Points::ZERO), -1, HALF, max), Points::ZERO);
    }

    #[test]
    fn a_band_is_set_to_its_middle_on_the_grid() {
        let band = |from, to| Band {
            from: Points(from),
            to: Points(to),
            label: String::new(),
        };
        assert_eq!(middle(&band(2100, 2500), HALF), Points(2300));
        assert_eq!(middle(&band(1500, 2050), HALF), Points(1750));
        assert_eq!(middle(&band(0, 0), Points(100)), Points::ZERO);
        assert!(holds(&band(0, 750), Some(Points(750))));
        assert!(!holds(&band(0, 750), None));
    }
}
