//! The command line as its users meet it: every case is a file that reads like a terminal session, and so is the README.
//!
//! `TRYCMD=overwrite cargo test --test suite sessions` writes what the program now answers; read the difference before you keep it.

#[test]
fn sessions_go_as_they_are_written_down() {
    // Where the summaries of a session go; a build may keep what it makes elsewhere.
    let folder = std::fs::create_dir_all("target");
    assert!(folder.is_ok(), "{folder:?}");
    trycmd::TestCases::new()
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .case("tests/cases/*.trycmd")
        .case("README.md");
}
