//! The documentation is correct: commands, links, overlays, and names of tests.
//!
//! Sessions in `console` blocks are run by `sessions`, and `rust` blocks by the doctests.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use statuscode::catalog::Catalog;
use statuscode::cli::Cli;

/// The documents: the Markdown files of the top directory and of `docs/`.
fn documents() -> Vec<PathBuf> {
    let files = ["", "docs"].into_iter().flat_map(|directory| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
        fs::read_dir(root).unwrap().map(|file| file.unwrap().path())
    });
    let mut documents: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    documents.sort();
    assert!(documents.len() > 8, "{documents:?}");
    documents
}

/// The fenced blocks of a text in this language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The arguments of every call of the program in a shell script.
fn calls(script: &str) -> Vec<Vec<OsString>> {
    let script = script.replace("\\\n", " ");
    let lines = script.lines().map(|line| line.split(" # ").next().unwrap());
    let parts = lines.flat_map(|line| line.split(['|', '&', ';', '(', ')']));
    let calls = parts.filter_map(|part| part.split_once("statuscode "));
    calls
        .map(|(_, call)| {
            let arguments = call.split(['>', '<']).next().unwrap();
            let words = arguments.split_whitespace();
            let words = words.map(|word| match word.trim_matches(['"', '\'']) {
                "$PARTNER_ID" => "2445583946651",
                variable if variable.starts_with('$') => "https://example.com",
                word => word,
            });
            std::iter::once("statuscode").chain(words).map(OsString::from).collect()
        })
        .collect()
}

#[test]
fn every_command_of_a_shell_block_is_a_valid_command_line() {
    let mut count = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for call in blocks(&text, "sh").into_iter().flat_map(calls) {
            if let Err(error) = Cli::parse_args(&call) {
                assert!(!error.use_stderr(), "{}: {call:?}: {error}", path.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_overlay_in_the_documents_is_valid() {
    let text = fs::read_to_string("docs/catalog.md").unwrap();
    let overlays = blocks(&text, "toml");
    assert!(overlays.len() > 3);
    for overlay in overlays {
        let mut catalog = Catalog::built_in().clone();
        let result = catalog.overlay(overlay, "overlay.toml");
        assert_eq!(result, Ok(()), "{overlay}");
    }
}

#[test]
fn every_relative_link_leads_to_a_file_and_its_heading() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = path.parent().unwrap().join(file);
            assert!(target.is_file(), "{}: {link}", path.display());
            if !heading.is_empty() {
                let wanted = format!("\n## {}\n", heading.replace('-', " "));
                let text = fs::read_to_string(&target).unwrap().to_lowercase();
                assert!(text.contains(&wanted), "{}: {link}", path.display());
            }
        }
    }
}

/// Returns the path of a module that has a file, and its source: the module with this path, or the
/// one around it.
fn module_with_file(path: &str) -> Option<(&str, String)> {
    let around = path.rsplit_once("::").map(|(around, _)| around);
    [Some(path), around].into_iter().flatten().find_map(|path| {
        let file = format!("tests/suite/{}.rs", path.replace("::", "/"));
        Some((path, fs::read_to_string(file).ok()?))
    })
}

#[test]
fn every_test_that_a_document_names_exists() {
    let mut count = 0;
    for name in ["SECURITY.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(name).unwrap();
        // `process::a_closed_pipe_ends_quietly` is a test in `tests/suite/process.rs`, and
        // `inputs::unix::names_need_not_be_utf_8` is in a module of `tests/suite/inputs.rs`.
        for code in text.split('`').skip(1).step_by(2) {
            if let Some((path, test)) = code.rsplit_once("::")
                && let Some((file, source)) = module_with_file(path)
            {
                let start = source.find(&format!("fn {test}(")).expect(code);
                let item = source[..start].rsplit("\n}\n").next().unwrap_or_default();
                let module =
                    |line: &str| Some(line.strip_prefix("mod ")?.strip_suffix(" {")?.to_owned());
                let module = item.lines().find_map(module);
                // With any other path, cargo would run no test.
                let names = [file.to_owned()].into_iter().chain(module).chain([test.to_owned()]);
                assert_eq!(names.collect::<Vec<_>>().join("::"), code, "{name}");
                count += 1;
            } else if code.starts_with("tests/") && !code.contains('*') && !code.contains("NAME") {
                assert!(Path::new(code).exists(), "{name}: {code}");
            }
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn contributing_says_why_the_program_has_each_dependency() {
    let text = fs::read_to_string("CONTRIBUTING.md").unwrap();
    let manifest: toml::Table = fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    for section in ["dependencies", "dev-dependencies"] {
        for name in manifest[section].as_table().unwrap().keys() {
            let row = |line: &str| {
                let mut cells = line.split('|').skip(1);
                let names = cells.next().unwrap_or_default();
                names.split(", ").any(|known| known.trim() == name)
            };
            assert!(text.lines().any(row), "no row about {name}");
        }
    }
}
