//! How many tests passed and failed, read from what the test runners print.

use serde_json::Value;

/// Passed and failed tests.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Count {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Count {
    /// Something that ended badly before it could count.
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    /// One check.
    pub fn of(good: bool) -> Self {
        if good {
            Self { passed: 1, failed: 0 }
        } else {
            Self::FAILED
        }
    }

    /// Adds another count to this one.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// A runner that failed without a failed test (it did not compile, it crashed) still counts as one failure; one that
    /// ran nothing at all proves nothing and is a failure as well.
    pub fn with_verdict(mut self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }

    /// From `cargo test`: `test result: ok. 12 passed; 0 failed; …`, once for each binary.
    pub fn from_cargo_test(output: &str) -> Self {
        let mut total = Self::default();
        for line in output.lines().filter(|line| line.starts_with("test result:")) {
            total.add(Self {
                passed: number_before(line, " passed"),
                failed: number_before(line, " failed"),
            });
        }
        total
    }

    /// From nextest: `Summary [ 1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 0 skipped`. Tests that crashed or ran
    /// out of time are named apart there and are failures here.
    pub fn from_nextest(output: &str) -> Self {
        let plain = without_colour(output);
        let Some(line) = plain
            .lines()
            .rev()
            .find(|line| line.trim_start().starts_with("Summary ["))
        else {
            return Self::default();
        };
        let failed = ["failed", "timed out", "exec failed", "aborted"]
            .iter()
            .map(|word| number_before(line, &format!(" {word}")));
        Self {
            passed: number_before(line, " passed"),
            failed: failed.sum(),
        }
    }

    /// From Playwright's JSON report; a test that passed only at a second try is a failure.
    pub fn from_playwright(report: &Value) -> Self {
        let stat = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        Self {
            passed: stat("expected"),
            failed: stat("unexpected") + stat("flaky"),
        }
    }
}

/// The number that stands directly before `word`.
fn number_before(line: &str, word: &str) -> u64 {
    let Some(end) = line.find(word) else { return 0 };
    let digits = line[..end]
        .rsplit(|character: char| !character.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Drops terminal colours (`ESC [ … m`).
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |plain, part| {
        plain + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_test_is_summed_over_binaries() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\nx\ntest result: FAILED. 3 passed; 1 failed; 0 ignored";
        assert_eq!(Count::from_cargo_test(output), Count { passed: 5, failed: 1 });
    }

    #[test]
    fn nextest_counts_what_crashed_or_hung() {
        let line = |text: &str| Count::from_nextest(&format!("junk\n{text}\nafter"));
        assert_eq!(
            line("     Summary [   0.5s] 12 tests run: 12 passed, 3 skipped"),
            Count {
                passed: 12,
                failed: 0
            }
        );
        let coloured = "\u{1b}[31;1m     Summary\u{1b}[0m [   0.5s] \u{1b}[1m7\u{1b}[0m tests run: 4 \u{1b}[32mpassed\u{1b}[0m (1 slow), 2 failed, 1 timed out, 0 skipped";
        assert_eq!(Count::from_nextest(coloured), Count { passed: 4, failed: 3 });
    }

    #[test]
    fn playwright_flaky_is_failed() {
        let report =
            serde_json::json!({ "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 0 } });
        assert_eq!(Count::from_playwright(&report), Count { passed: 5, failed: 2 });
    }

    #[test]
    fn a_runner_that_crashed_or_ran_nothing_is_a_failure() {
        assert_eq!(Count::default().with_verdict(true), Count::FAILED);
        assert_eq!(
            Count { passed: 3, failed: 0 }.with_verdict(false),
            Count { passed: 3, failed: 1 }
        );
        assert_eq!(
            Count { passed: 3, failed: 0 }.with_verdict(true),
            Count { passed: 3, failed: 0 }
        );
    }
}
