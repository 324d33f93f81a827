//! The command line as its users meet it: terminal sessions in `tests/cases/`, the README, and
//! `docs/`, run as they are written.
//!
//! `TRYCMD=overwrite cargo test --test suite sessions` replaces the output in them with what the
//! program prints now. Read the diff before you keep it.

#[test]
fn sessions_run_as_they_are_written() {
    // The sessions write their summaries here, even if the build uses another directory.
    let target = std::fs::create_dir_all("target");
    assert!(target.is_ok(), "{target:?}");
    trycmd::TestCases::new()
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .case("tests/cases/*.trycmd")
        .case("README.md")
        .case("docs/*.md");
}
