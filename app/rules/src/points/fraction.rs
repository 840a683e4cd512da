//! Exact fractions: an average is never rounded before it is shown.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Points;

/// A reduced fraction with a positive denominator. As text `1305/14`, or `92` when whole; so it is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    num: i128,
    den: i128,
}

/// Why a fraction cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FractionProblem {
    #[error("not a fraction")]
    NotAFraction,
    #[error("the denominator is zero")]
    ZeroDenominator,
    #[error("too large")]
    TooLarge,
}

/// Bounds of a fraction. They leave room in `i128` for the scaling done while rounding.
const LARGEST_NUM: i128 = 10_i128.pow(30);
const LARGEST_DEN: i128 = 10_i128.pow(24);

impl Fraction {
    /// Zero.
    pub const ZERO: Fraction = Fraction { num: 0, den: 1 };

    /// `num / den`, reduced.
    ///
    /// # Errors
    /// A zero denominator, or a value past the bounds.
    pub fn new(num: i128, den: i128) -> Result<Fraction, FractionProblem> {
        if den == 0 {
            return Err(FractionProblem::ZeroDenominator);
        }
        if num == i128::MIN || den == i128::MIN {
            return Err(FractionProblem::TooLarge);
        }
        let divisor = gcd(num.abs(), den.abs()) * den.signum();
        let (num, den) = (num / divisor, den / divisor);
        if num.abs() > LARGEST_NUM || den > LARGEST_DEN {
            return Err(FractionProblem::TooLarge);
        }
        Ok(Fraction { num, den })
    }

    /// A whole number.
    pub fn whole(value: i64) -> Fraction {
        Fraction {
            num: i128::from(value),
            den: 1,
        }
    }

    /// Numerator of the reduced form.
    pub fn num(self) -> i128 {
        self.num
    }

    /// Denominator of the reduced form, at least 1.
    pub fn den(self) -> i128 {
        self.den
    }

    /// Sum, or `None` past the bounds.
    pub fn checked_add(self, other: Fraction) -> Option<Fraction> {
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Fraction::new(left.checked_add(right)?, self.den.checked_mul(other.den)?).ok()
    }

    /// Quotient by a whole number, or `None` for zero and past the bounds.
    pub fn checked_div(self, by: i64) -> Option<Fraction> {
        Fraction::new(self.num, self.den.checked_mul(i128::from(by))?).ok()
    }

    /// Exact mean of points, in points (not hundredths). `None` of nothing.
    pub fn mean(points: &[Points]) -> Option<Fraction> {
        let sum: i128 = points.iter().map(|points| i128::from(points.0)).sum();
        let count = i128::try_from(points.len()).ok()?;
        Fraction::new(sum, count.checked_mul(100)?).ok()
    }

    /// Exact mean of fractions; `None` of nothing and past the bounds.
    pub fn mean_of(values: &[Fraction]) -> Option<Fraction> {
        let mut sum = Fraction::ZERO;
        for value in values {
            sum = sum.checked_add(*value)?;
        }
        sum.checked_div(i64::try_from(values.len()).ok()?)
    }

    /// Rounds half-up (away from zero) to `digits` decimals, at most 2. 657/8 = 82.125 → 82.13.
    pub fn round_half_up(self, digits: u32) -> Points {
        let digits = digits.min(2);
        let scaled = self.scaled_half_up(digits) * 10_i128.pow(2 - digits);
        let limit = if scaled < 0 { i64::MIN } else { i64::MAX };
        Points(i64::try_from(scaled).unwrap_or(limit))
    }

    /// Decimal form with a dot and exactly `digits` decimals (at most 6), half-up: `28.2857`.
    pub fn to_decimals(self, digits: u32) -> String {
        let digits = digits.min(6);
        let scaled = self.scaled_half_up(digits);
        let sign = if scaled < 0 { "-" } else { "" };
        let (magnitude, unit) = (scaled.unsigned_abs(), 10_u128.pow(digits));
        if digits == 0 {
            return format!("{sign}{magnitude}");
        }
        format!(
            "{sign}{}.{:0width$}",
            magnitude / unit,
            magnitude % unit,
            width = digits as usize
        )
    }

    /// The value times 10^digits, rounded half away from zero.
    fn scaled_half_up(self, digits: u32) -> i128 {
        let magnitude = (self.num.abs() * 10_i128.pow(digits) * 2 + self.den) / (self.den * 2);
        magnitude * self.num.signum()
    }
}

impl From<Points> for Fraction {
    fn from(points: Points) -> Fraction {
        let divisor = gcd(i128::from(points.0).abs(), 100);
        Fraction {
            num: i128::from(points.0) / divisor,
            den: 100 / divisor,
        }
    }
}

/// Exact, by continued fractions, so that it cannot overflow.
impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        loop {
            let whole = a.num.div_euclid(a.den).cmp(&b.num.div_euclid(b.den));
            if whole.is_ne() {
                return whole;
            }
            let (rest_a, rest_b) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            match (rest_a, rest_b) {
                (0, 0) => return Ordering::Equal,
                (0, _) => return Ordering::Less,
                (_, 0) => return Ordering::Greater,
                // rest/den compare the other way round when turned upside down
                _ => {
                    (a, b) = (
                        Fraction {
                            num: b.den,
                            den: rest_b,
                        },
                        Fraction {
                            num: a.den,
                            den: rest_a,
                        },
                    )
                }
            }
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

impl FromStr for Fraction {
    type Err = FractionProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let read = |part: &str| part.parse::<i128>().map_err(|_| FractionProblem::NotAFraction);
        Fraction::new(read(num)?, read(den)?)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
