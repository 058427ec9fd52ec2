//! Chromium without a window: it loads a page and prints what became of it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::report;

/// The variable that names the program, where it is not found by itself.
const PROGRAM: &str = "RESTLESS_TEST_CHROMIUM";

/// The variable that makes a missing browser a failure.
const REQUIRED: &str = "RESTLESS_TEST_REQUIRE_BROWSER";

/// Where the pages write what they have found out.
const RESULT: &str = "<pre id=\"result\">";

/// The browser, if there is one; whoever requires one has it or fails.
pub fn find() -> Option<PathBuf> {
    let named = std::env::var_os(PROGRAM).map(PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let candidates = std::env::split_paths(&paths).flat_map(|path| names.map(|name| path.join(name)));
    let found = named.or_else(|| candidates.into_iter().find(|candidate| candidate.is_file()));
    if found.is_none() {
        assert!(std::env::var_os(REQUIRED).is_none(), "{REQUIRED} is set, and there is no chromium in PATH");
        report::tell(&format!("SKIPPED: no chromium in PATH; {PROGRAM} may name one"));
    }
    found
}

/// What the page at a URL has found out, by the names of its checks.
pub fn visit(chromium: &PathBuf, url: &str) -> Value {
    let profile = tempfile::tempdir().expect("a directory");
    let output = Command::new(chromium)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"])
        .args(["--virtual-time-budget=30000", "--timeout=60000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url)
        .stdin(Stdio::null())
        .output()
        .expect("a browser that runs");
    let page = String::from_utf8_lossy(&output.stdout);
    let result = page.split_once(RESULT).and_then(|(_, rest)| rest.split_once("</pre>"));
    let (result, _) =
        result.unwrap_or_else(|| panic!("no result: {page}\n{}", String::from_utf8_lossy(&output.stderr)));
    let result = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&result).unwrap_or_else(|error| panic!("{error}: {result}"))
}
