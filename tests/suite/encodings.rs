//! Compressed and UTF-16 input is read like plain text, and truncated data is never read silently.

pub mod encoders;

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::Stdio;

use encoders::{gzip, gzip_members, skippable, utf16, zstd};
use serde_json::Value;
use statuscode::decode::{Content, DecodeError, Fault, decode};

use crate::support::{self, Folder, piped, program};

/// Accounts, with an invalid record on line 3 and a character of four bytes.
fn text(lines: usize) -> String {
    let line = |number| match number {
        3 => "{\"id\":\"\u{1f600}\",\"aggregationStatusCode\":\"x\"}\n".to_owned(),
        number => {
            format!("{{\"id\":\"7{number}\",\"aggregationStatusCode\":{}}}\n", 100 + number % 9)
        }
    };
    (1..=lines).map(line).collect()
}

/// The text in every encoding, by name.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let (plain, half) = (text.as_bytes(), text.len() / 2);
    let utf16 = |big_endian| utf16(text, big_endian);
    vec![
        ("gzip", gzip(plain)),
        ("gzip members", gzip_members(plain, 1000)),
        ("gzip and zeros", [gzip(plain), vec![0; 3000]].concat()),
        ("zstd", zstd(plain)),
        ("zstd frames", [zstd(&plain[..half]), skippable(5000), zstd(&plain[half..])].concat()),
        ("skippable first", [skippable(3), zstd(plain)].concat()),
        ("utf-16le", utf16(false)),
        ("utf-16be", utf16(true)),
        ("utf-16le in gzip", gzip(&utf16(false))),
        ("utf-16be in zstd", zstd(&utf16(true))),
    ]
}

#[test]
fn every_encoding_reads_like_plain_text_from_files_and_pipes_on_any_number_of_threads() {
    let folder = Folder::new("encodings");
    // More than the reader reads before it starts other threads.
    for lines in [4, 16_000] {
        let text = text(lines);
        let expected = piped(&["triage", "--json", "-q"], text.as_bytes());
        assert!(expected.stdout.len() > 1000);
        for (name, bytes) in encodings(&text) {
            let path = folder.file("accounts", &bytes);
            for (jobs, is_piped) in [("1", false), ("2", false), ("2", true), ("7", true)] {
                let arguments = ["triage", "--json", "-q", "-j", jobs];
                let output = if is_piped {
                    piped(&arguments, &bytes)
                } else {
                    program().args(arguments).arg(&path).output().unwrap()
                };
                let answer = String::from_utf8(output.stdout).unwrap();
                let answer = answer.replace(&format!("\"input\":\"{path}\""), "\"input\":\"-\"");
                assert!(answer.into_bytes() == expected.stdout, "{name}, {jobs} threads");
                assert_eq!(output.status.code(), Some(2), "{name}");
            }
        }
    }
}

/// Returns a few bytes at a time.
struct Chunks(Vec<u8>, usize, usize);

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.0.len().min(self.1 + self.2.min(buffer.len()));
        let count = (&self.0[self.1..end]).read(buffer)?;
        self.1 += count;
        Ok(count)
    }
}

/// Returns the decoded bytes and the error that ended them.
fn decoded(bytes: &[u8], chunk_size: usize, on_thread: bool) -> (Vec<u8>, Option<DecodeError>) {
    let Content::Text(mut reader) = decode(Chunks(bytes.to_vec(), 0, chunk_size), on_thread) else {
        return (bytes.to_vec(), None);
    };
    let mut text = Vec::new();
    let fault = reader.read_to_end(&mut text).err().map(|error| {
        *error.get_ref().and_then(|error| error.downcast_ref::<DecodeError>()).unwrap()
    });
    (text, fault)
}

#[test]
fn the_chunk_size_changes_nothing() {
    let text = text(300);
    for (name, bytes) in encodings(&text) {
        for (chunk_size, on_thread) in [(1, false), (1, true), (7, false), (usize::MAX, true)] {
            let (found, fault) = decoded(&bytes, chunk_size, on_thread);
            assert!(found == text.as_bytes() && fault.is_none(), "{name}, {chunk_size}: {fault:?}");
        }
    }
}

#[test]
fn a_truncated_file_counts_up_to_the_cut_and_is_an_error_with_a_location() {
    let text = text(60);
    for (name, bytes) in [("gzip", gzip(text.as_bytes())), ("zstd", zstd(text.as_bytes()))] {
        for end in 2..bytes.len() {
            let (found, fault) = decoded(&bytes[..end], 1000, end % 2 == 0);
            assert!(text.as_bytes().starts_with(&found), "{name} cut at {end}");
            let fault = fault.unwrap_or_else(|| panic!("{name} cut at {end}: no error"));
            assert_eq!((fault.fault, fault.at), (Fault::CutShort, end as u64), "{name}");
        }
    }
}

#[test]
fn a_changed_byte_is_detected_or_changes_nothing() {
    let text = text(40);
    for (name, bytes, mark) in
        [("gzip", gzip(text.as_bytes()), 2), ("zstd", zstd(text.as_bytes()), 4)]
    {
        for at in mark..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                let (found, fault) = decoded(&bytes, usize::MAX, false);
                let is_same = found == text.as_bytes();
                assert!(fault.is_some() || is_same, "{name}: bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn data_after_compressed_data_is_an_error_with_a_location() {
    let text = text(5);
    let bytes = gzip(text.as_bytes());
    let garbage = [&bytes[..], b"\0\0garbage"].concat();
    let (found, fault) = decoded(&garbage, usize::MAX, false);
    assert!(found == text.as_bytes());
    let message = fault.unwrap().to_string();
    assert!(message.starts_with("other data follows the gzip data at byte "), "{message}");
    let garbage = [zstd(text.as_bytes()), b"garbage".to_vec()].concat();
    let (found, fault) = decoded(&garbage, usize::MAX, false);
    assert!(found == text.as_bytes());
    assert_eq!(fault.unwrap().fault, Fault::Corrupt);
}

#[test]
fn a_broken_file_counts_up_to_the_error_and_other_files_are_read() {
    let folder = Folder::new("broken-archives");
    let text: String = text(20_000).replace("\"x\"", "0");
    let good = folder.file("good.json", "{\"id\":\"1\",\"aggregationStatusCode\":185}");
    let mut corrupt = gzip(text.as_bytes());
    let middle = corrupt.len() / 2;
    corrupt[middle..middle + 20].fill(0xff);
    for (name, bytes, fault) in [
        ("cut.gz", gzip(text.as_bytes())[..middle].to_vec(), "gzip data is truncated at byte"),
        ("corrupt.gz", corrupt, "gzip data is corrupt at byte"),
        (
            "cut.zst",
            zstd(text.as_bytes())[..middle].to_vec(),
            "Zstandard data is truncated at byte",
        ),
    ] {
        let path = folder.file(name, bytes);
        let summary = folder.0.join("summary.txt").display().to_string();
        let arguments = ["triage", "--json", &path, &good, "--invalid", "allow"];
        let mut command = program();
        let output = command.args(arguments).args(["--summary-file", &summary]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        let expected = format!("error: cannot read all of {path}: the {fault} ");
        assert!(said.contains(&expected), "{said}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let accounts = answer["accounts"].as_array().unwrap();
        assert_eq!(accounts.last().unwrap()["input"], *good, "{name}");
        assert!((1000..20_000).contains(&accounts.len()), "{name}: {}", accounts.len());
        let summary: Value = serde_json::from_slice(&fs::read(summary).unwrap()).unwrap();
        assert_eq!(summary["complete"], false, "{name}");
    }
}

#[test]
fn an_unpaired_surrogate_in_utf_16_makes_its_record_invalid() {
    let mut units: Vec<u16> =
        "{\"id\":\"1\",\"aggregationStatusCode\":0}\n{\"id\":\"".encode_utf16().collect();
    units.push(0xd83d);
    units.extend(
        "\",\"aggregationStatusCode\":0}\n{\"id\":\"3\",\"aggregationStatusCode\":0}\n"
            .encode_utf16(),
    );
    let mut bytes = encoders::marked(&units, false);
    let output = piped(&["triage", "--json"], &bytes);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("-:2:8: not valid UTF-8"), "{said}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&answer["summary"]["accounts"], &answer["summary"]["invalid"]),
        (&2.into(), &1.into())
    );
    // An odd number of bytes.
    bytes.push(b'{');
    let output = piped(&["triage", "--json", "-q"], &bytes);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["summary"]["accounts"], 2);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the UTF-16 data is truncated at byte "), "{said}");
}

#[test]
fn utf_16_truncated_anywhere_is_never_complete() {
    let folder = Folder::new("utf-16-cut");
    let text = utf16("{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":185}]}", false);
    for end in 4..text.len() {
        let file = folder.file("cut.json", &text[..end]);
        let summary = folder.0.join("cut.summary.json");
        let run = ["triage", "-q", "--invalid", "allow", &file, "--summary-file"];
        program().args(run).arg(&summary).output().unwrap();
        let summary: Value = serde_json::from_slice(&fs::read(summary).unwrap()).unwrap();
        assert_eq!(summary["complete"], false, "{end} bytes");
    }
}

#[test]
fn compressed_data_is_read_as_soon_as_it_can_be_decompressed() {
    let without_mark = |text: &[u8]| utf16(&String::from_utf8_lossy(text), false)[2..].to_vec();
    for (name, mark) in [("gzip", &b""[..]), ("zstd", b""), ("utf-16", b"\xff\xfe")] {
        for jobs in ["1", "2"] {
            let mut child = program()
                .args(["triage", "-f", "jsonl", "-j", jobs])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut stdin = child.stdin.take().unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            stdin.write_all(mark).unwrap();
            for id in ["a", "b", "c"] {
                let line = format!("{{\"id\":\"{id}\",\"aggregationStatusCode\":0}}\n");
                let bytes = match name {
                    "gzip" => gzip(line.as_bytes()),
                    "zstd" => zstd(line.as_bytes()),
                    _ => without_mark(line.as_bytes()),
                };
                stdin.write_all(&bytes).unwrap();
                // If a line were held back, the test would wait forever.
                let line = lines.next().unwrap().unwrap();
                assert!(line.contains(&format!("\"id\":\"{id}\"")), "{line}");
            }
            drop(stdin);
            assert!(child.wait().unwrap().success());
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_decompression_bomb_costs_time_but_no_memory() {
    // A gigabyte takes minutes without optimization.
    let members = if support::is_long_run() { 1024 } else { 64 };
    let bomb = |begin: &[u8], filler: u8| {
        let member = gzip(&vec![filler; 1 << 20]);
        let mut bomb = gzip(begin);
        bomb.extend(member.repeat(members));
        bomb
    };
    let folder = Folder::new("bombs");
    for (name, bytes) in [
        ("string", bomb(b"{\"id\":\"", b'a')),
        ("zeros", bomb(b"[", b'0')),
        ("blanks", bomb(b"[", b' ')),
        ("nul", bomb(b"{", 0)),
    ] {
        let path = folder.file(name, &bytes);
        let limited = "ulimit -v 200000; exec \"$0\" \"$@\"";
        let program = program();
        let output = std::process::Command::new("sh")
            .args(["-c", limited])
            .arg(program.get_program())
            .args(["triage", "-j", "2", "--max-record-size", "1MiB", &path])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.lines().count() < 12 && said.contains("invalid record"), "{name}: {said}");
    }
}

#[test]
fn the_window_size_is_bounded() {
    // A frame of one stored block, whose header requires a window of 2 to this power.
    let frame = |power: u8| {
        let text = b"{\"id\":\"1\",\"aggregationStatusCode\":185}";
        let block = u32::try_from(text.len() << 3).unwrap() | 1;
        let header = [&b"\x28\xb5\x2f\xfd\0"[..], &[(power - 10) << 3], &block.to_le_bytes()[..3]];
        [header.concat(), text.to_vec()].concat()
    };
    let output = piped(&["triage"], &frame(27));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = piped(&["triage"], &frame(28));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("the Zstandard data needs a window larger than 128 MiB"), "{said}");
    assert!(said.contains("hint: unpack it first: zstd -dc --long=31"), "{said}");
}

#[test]
fn data_from_common_compressors_is_read_if_they_are_installed() {
    let text = text(5000);
    let expected = piped(&["triage", "--json", "-q"], text.as_bytes()).stdout;
    for (tool, arguments) in [
        ("gzip", &["-9"][..]),
        ("zstd", &["-19"]),
        ("zstd", &["--ultra", "-22", "--long=27"]),
        ("zstd", &["-1", "-T2", "--no-check"]),
        ("iconv", &["-f", "UTF-8", "-t", "UTF-16"]),
    ] {
        let Some(path) = support::tool(&[tool]) else { continue };
        let folder = Folder::new("tools");
        let file = fs::File::open(folder.file("text", &text)).unwrap();
        let packed = std::process::Command::new(path).args(arguments).stdin(file).output().unwrap();
        assert!(packed.status.success(), "{tool}");
        let found = piped(&["triage", "--json", "-q"], &packed.stdout).stdout;
        assert!(found == expected, "{tool} {arguments:?}");
    }
}
