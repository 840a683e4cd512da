//! `verify tally`: a contest with all its scorecards in, both rounds counted out.

mod cards;
mod count;
mod file;
mod object;
mod report;
mod rules_of;

use std::fmt;

/// What is wrong with a file, as one sentence that says where.
#[derive(Debug)]
pub struct Malformed {
    place: String,
    what: String,
}

impl Malformed {
    fn at(place: impl Into<String>, what: impl fmt::Display) -> Self {
        // one line whatever the file holds
        let what = what.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            place: place.into(),
            what,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.what)
        } else {
            write!(f, "{}: {}", self.place, self.what)
        }
    }
}

/// Counts a contest file and returns the report as JSON.
///
/// # Errors
/// [`Malformed`]: no JSON, another shape, or scorecards that the rubric and the jury do not allow.
pub fn run(bytes: &[u8]) -> Result<String, Malformed> {
    let file: file::ContestFile = serde_json::from_slice(bytes).map_err(|error| Malformed::at("", error))?;
    let rules = rules_of::read(&file)?;
    let codes = cards::Codes::read(&file)?;
    let preliminary = cards::read(&file, file::Round::Preliminary, &rules, &codes)?;
    let last = cards::read(&file, file::Round::Final, &rules, &codes)?;

    let preliminary = count::preliminary(&codes, preliminary, &rules)?;
    let last = count::last(&codes, last, preliminary.as_ref(), &rules)?;
    report::print(&file, &rules, preliminary.as_ref(), last.as_ref())
}
