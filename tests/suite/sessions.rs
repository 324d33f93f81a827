//! Terminal sessions in `tests/cases/`, the README, and `docs/`, run as written.
//!
//! `TRYCMD=overwrite cargo test --test suite sessions` replaces their output with what the program
//! prints now. Read the diff before you commit it.

#[test]
fn sessions_print_what_they_document() {
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
