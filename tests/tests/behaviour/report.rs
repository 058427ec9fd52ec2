//! What a run tells though its tests pass.

use std::io::Write as _;

/// Writes a line past the test runner, which keeps to itself what passing tests print.
pub fn tell(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
