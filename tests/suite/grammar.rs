//! JSON (RFC 8259), case by case: valid input is accepted, and invalid input exits with status 2,
//! from a file and a pipe, on one thread and two.

use crate::support::{Folder, answer, piped};
use statuscode::command::Status;

/// Valid documents, without accounts that are invalid for another reason.
const ACCEPTED: &[&[u8]] = &[
    b"\xff\xfe[\x00]\x00",
    b"\xfe\xff\x00[\x00]",
    // Values of every kind, alone and in containers, with every kind of whitespace.
    b"{}",
    b"[]",
    b"\"\"",
    b"0",
    b"true",
    b"false",
    b"null",
    b"[[]]",
    b"[{}]",
    b"{\"\":0}",
    b"{\"a\":{\"b\":[1,{\"c\":null}]}}",
    b" \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
    b"[1\n,\n2]",
    b"[\"a\",1,true,false,null,{},[]]",
    // Numbers.
    b"[-0]",
    b"[0.0]",
    b"[1e1]",
    b"[1E+1]",
    b"[1e-1]",
    b"[-1.5e10]",
    b"[123456789012345678901234567890]",
    b"[0e0]",
    b"[1e999999]",
    b"[0.000000000000000000000000000001]",
    b"[-1]",
    b"[10]",
    b"[1.0E-0]",
    // Strings: escapes, surrogates in pairs and alone, everything beyond ASCII, the delete
    // character.
    br#"["\"\\\/\b\f\n\r\t"]"#,
    br#"["\u0000"]"#,
    br#"["\u00E9\u00e9"]"#,
    br#"["\ud83d\ude00"]"#,
    br#"["\uD800"]"#,
    br#"["\udc00\ud800"]"#,
    br#"["\uFFFF\ufffe"]"#,
    "[\"é€😀\u{10ffff}\u{fffe}\"]".as_bytes(),
    b"[\"\x7f\"]",
    b"[\"a/b\"]",
    "[\"\u{2028}\u{2029}\"]".as_bytes(),
    br#"{"\u0061":1}"#,
    b"{\"a\\\"b\":1}",
    // Unknown keys may repeat, and so may known ones outside of accounts.
    b"{\"a\":1,\"a\":2}",
    b"{\"x\":{\"y\":1,\"y\":1}}",
    // Several documents, a byte order mark, no document.
    b"",
    b" \n\t",
    b"\xef\xbb\xbf{}",
    b"{}{}",
    b"[][]",
    b"{} [] \"a\" 1 true",
    b"1\n2",
    b"\"a\"\"b\"",
    b"\xef\xbb\xbf",
    b"{}\r\n{}\r\n",
    // Skipped fields may contain anything.
    br#"{"id":"1","aggregationStatusCode":0,"name":"\ud800","x":[1e999,{"y":"\u0000"}]}"#,
];

/// Input that is not JSON.
const REFUSED: &[&[u8]] = &[
    // Structure.
    b"{",
    b"[",
    b"}",
    b"]",
    b"{]",
    b"[}",
    b"[1",
    b"[1,",
    b"[,1]",
    b"[1,]",
    b"[,]",
    b"[1,,2]",
    b"[1 2]",
    b"[1:2]",
    b"{,}",
    b"{\"a\"}",
    b"{\"a\":}",
    b"{\"a\":1,}",
    b"{\"a\" 1}",
    b"{\"a\"::1}",
    b"{\"a\":1 \"b\":2}",
    b"{\"a\":1,,\"b\":2}",
    b"{1:1}",
    b"{a:1}",
    b"{'a':1}",
    b"{null:1}",
    b"{[1]:1}",
    b"{\"a\":1",
    b"{\"a\":",
    b"{\"a\"",
    b"{\"a",
    b"[1]]",
    b"{}}",
    b":",
    b",",
    b"[:]",
    b"{\"a\":1]",
    b"[\"a\":1]",
    b"[1}",
    b"{\"a\":{}",
    b"[[]",
    b"{\"a\":b}",
    b"{{}}",
    b"{\"a\":1:2}",
    b"[a]",
    b"[\"a\" \"b\"]",
    b"[1]x",
    b"{} x",
    b"<html>",
    // Literals.
    b"tru",
    b"True",
    b"TRUE",
    b"nul",
    b"NULL",
    b"fals",
    b"undefined",
    b"[truth]",
    b"nullx",
    b"truefalse",
    b"true0",
    b"NaN",
    b"[Infinity]",
    b"[-Infinity]",
    b"[nan]",
    b"[none]",
    // Numbers.
    b"[01]",
    b"[-01]",
    b"[00]",
    b"012",
    b"[1.]",
    b"[.5]",
    b"[-.5]",
    b"[+1]",
    b"[-]",
    b"[1e]",
    b"[1e+]",
    b"[1E-]",
    b"[1.e5]",
    b"[0x1F]",
    b"[1_000]",
    b"[1.5.5]",
    b"[1e5.5]",
    b"[1e5e5]",
    b"[--1]",
    b"[- 1]",
    b"[1a]",
    b"[1,000.]",
    b"-",
    b"[0b1]",
    b"[0e]",
    b"[1 000]",
    "[\u{ff11}]".as_bytes(),
    "[½]".as_bytes(),
    // Strings.
    b"\"",
    b"[\"]",
    b"[\"a]",
    b"[\"a\nb\"]",
    b"[\"a\tb\"]",
    b"[\"\x00\"]",
    b"[\"\x1f\"]",
    br#"["\x"]"#,
    br#"["\a"]"#,
    br#"["\'"]"#,
    br#"["\"]"#,
    br#"["\u"]"#,
    br#"["\u12"]"#,
    br#"["\u123g"]"#,
    br#"["\U0041"]"#,
    br#"["\u 041"]"#,
    br#"["\0"]"#,
    br#"["\e"]"#,
    b"['a']",
    b"[`a`]",
    b"[\"\\\n\"]",
    b"[\"a\\",
    // UTF-8: a lone byte, an overlong form, a surrogate, beyond the last character, cut short; in
    // strings and keys that are skipped.
    b"[\"\xff\"]",
    b"[\"\x80\"]",
    b"[\"\xc0\xaf\"]",
    b"[\"\xe0\x80\xaf\"]",
    b"[\"\xed\xa0\x80\"]",
    b"[\"\xf4\x90\x80\x80\"]",
    b"[\"\xf5\x80\x80\x80\"]",
    b"[\"\xe2\x82\"]",
    b"[\"\xc3\"]",
    b"{\"\xff\":1}",
    b"{\"id\":\"1\",\"aggregationStatusCode\":0,\"name\":\"\xe9\"}",
    b"\xff",
    b"[\xe9]",
    // Other encodings, comments, characters that are not JSON whitespace.
    b"[\x001]",
    b"[1]\x00",
    b"\x00",
    b"[1]//a",
    b"/**/[1]",
    b"[1,/*a*/2]",
    b"#[1]",
    b"[\x0b1]",
    b"[\x0c1]",
    b"[\xc2\xa01]",
    "[\u{feff}1]".as_bytes(),
    b"\xef\xbb[]",
    b"\x1b[31m",
    // Known keys twice in one account, which JSON parsers treat differently.
    b"{\"id\":\"1\",\"id\":\"1\",\"aggregationStatusCode\":0}",
    b"{\"aggregationStatusCode\":0,\"aggregationStatusCode\":0}",
    b"{\"id\":\"1\",\"aggregationStatusCode\":185,\"\\u0061ggregationStatusCode\":0}",
];

fn all_have(cases: &[&[u8]], expected: Status) {
    let folder = Folder::new(&format!("grammar-{}", expected.code()));
    for case in cases {
        let shown = String::from_utf8_lossy(case);
        let file = folder.file("case.json", case);
        for line in [
            "triage -j 1 FILE",
            "triage -j 2 --json FILE",
            "plan FILE",
            "triage -f jsonl --max-record-size 1GiB FILE",
        ] {
            let (status, messages) = answer(line, ["", &file], &mut std::io::sink());
            assert_eq!(status, expected, "{line}: {shown:?}: {messages}");
            assert_eq!(
                messages.contains("case.json:1:") || messages.contains("case.json:2:"),
                expected == Status::Failed,
                "{shown:?}: {messages}"
            );
        }
        assert_eq!(
            piped(&["triage", "-q", "-f", "jsonl", "-j", "2"], case).status.code(),
            Some(i32::from(expected.code())),
            "{shown:?}"
        );
    }
}

#[test]
fn valid_json_is_accepted_in_every_mode() {
    assert!(ACCEPTED.len() > 50);
    all_have(ACCEPTED, Status::Done);
}

#[test]
fn invalid_json_is_rejected_in_every_mode() {
    assert!(REFUSED.len() > 120);
    all_have(REFUSED, Status::Failed);
}

#[test]
fn nesting_is_accepted_to_the_documented_depth() {
    let folder = Folder::new("grammar-deep");
    let nested =
        |open: &str, close: &str, levels: usize| open.repeat(levels) + "0" + &close.repeat(levels);
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = folder.file("deep.json", nested(open, close, 1 << 20));
        assert_eq!(answer("triage FILE", ["", &deep], &mut std::io::sink()).0, Status::Done);
        let deeper = folder.file("deeper.json", nested(open, close, (1 << 20) + 1));
        let (status, messages) = answer("triage FILE", ["", &deeper], &mut std::io::sink());
        assert_eq!(status, Status::Failed);
        assert!(messages.contains("nested more than 1048576 levels deep"), "{messages}");
    }
}
