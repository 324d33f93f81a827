use super::*;

/// Recognizes an input, and asserts that the result is the same if its bytes arrive one by one.
#[track_caller]
fn recognized(input: &[u8]) -> Option<Foreign> {
    let head = &input[..input.len().min(SAMPLE)];
    let all = Foreign::recognize(head, true);
    let ControlFlow::Break(expected) = all else {
        panic!("no decision: {}", input.escape_ascii());
    };
    for end in 0..head.len() {
        if let ControlFlow::Break(early) = Foreign::recognize(&head[..end], false) {
            assert_eq!(early, expected, "{end} bytes of {}", input.escape_ascii());
        }
    }
    expected
}

fn tar() -> Vec<u8> {
    let mut tar = b"accounts.jsonl".to_vec();
    tar.resize(257, 0);
    tar.extend(b"ustar\x0000");
    tar.resize(512, 0);
    tar.extend(b"{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
    tar
}

fn workbook() -> Vec<u8> {
    [&b"PK\x03\x04\x14\0\x06\0\x08\0"[..], &[7; 16], b"\x13\0\x08\x02[Content_Types].xml"].concat()
}

#[test]
fn formats_are_known_by_how_they_begin() {
    let (tar, workbook) = (tar(), workbook());
    let cases: &[(&[u8], Foreign)] = &[
        (b"id,customerId,aggregationStatusCode\n1,2,185\n", Foreign::Csv),
        (b"\xef\xbb\xbfid;customerId\r\n1;2\r\n", Foreign::Csv),
        (b"\"id\",\"customerId\"\n\"1\",\"2, or 3\"\n", Foreign::Csv),
        (b"Account ID,Status (code)\n", Foreign::Csv),
        (b"id\taggregationStatusCode\n1\t185\n", Foreign::Tsv),
        (b"\"id\"\t\"aggregationStatusCode\"\n\"1\"\t185\n", Foreign::Tsv),
        (b"<?xml version=\"1.0\"?>\n<accounts>", Foreign::Xml),
        (b"\n<accounts><account><id>1</id></account></accounts>", Foreign::Xml),
        (b"<soap:Envelope xmlns:soap=\"x\"></soap:Envelope>", Foreign::Xml),
        (b"<!DOCTYPE html>\n<script>\n{}", Foreign::Html),
        (b"<HTML lang=\"en\">", Foreign::Html),
        (b"<html\0>\n{\"id\":\"1\"}\n", Foreign::Html),
        (b"<!-- sign in -->\n<html>", Foreign::Html),
        (b"accounts:\n  - id: 1\n    aggregationStatusCode: 185\n", Foreign::Yaml),
        (b"---\naccounts:\n- id: '1'\n", Foreign::Yaml),
        (b"# export\n- id: 1\n- id: 2\n", Foreign::Yaml),
        (b"%PDF-1.7\n%\xe2\xe3", Foreign::Pdf),
        (b"PK\x03\x04\x14\0\0\0accounts.json", Foreign::Zip),
        (b"PK\x05\x06\0\0", Foreign::Zip),
        (&workbook, Foreign::Excel),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::Excel),
        (&tar, Foreign::Tar),
        (b"BZh91AY&SY\x01", Foreign::Bzip2),
        (b"\xfd7zXZ\0\0", Foreign::Xz),
        (b"7z\xbc\xaf\x27\x1c", Foreign::SevenZip),
        (b"\x04\x22\x4d\x18\x60", Foreign::Lz4),
        (b"Rar!\x1a\x07\x01", Foreign::Archive),
        (b"\x1f\x8b\x08", Foreign::CompressedTwice),
        (b"\x28\xb5\x2f\xfd", Foreign::CompressedTwice),
        (b"SQLite format 3\0\x10", Foreign::Sqlite),
        (b"\xa9\x01\x02\x03\x04\x05\x06\x07DUCK\x40", Foreign::DuckDb),
        (b"PAR1\x15\x04\x15", Foreign::Parquet),
        (b"Obj\x01\x04\x14avro.codec", Foreign::Avro),
        (b"ORC\x11\0\0\x0a\x06", Foreign::Orc),
        (b"ARROW1\0\0\xff", Foreign::Arrow),
        (b"\x89PNG\r\n\x1a\n\0", Foreign::Image),
        (b"\xff\xd8\xff\xe0", Foreign::Image),
        (b"{\0\"\0i\0d\0\"\0", Foreign::Utf16),
        (b"\0{\0\"\0i\0d", Foreign::Utf16BigEndian),
        (b"\xff\xfe\0\0{\0\0\0", Foreign::Utf32),
        (b"\x1e{\"id\":1}\n\x1e{\"id\":2}\n", Foreign::JsonSequence),
        (b"\x1e\n[1]", Foreign::JsonSequence),
        (b"\x93NUMPY\x01\0v\0", Foreign::Binary),
        (b"\0\0\0\0\0\0\0\0", Foreign::Binary),
    ];
    for &(input, expected) in cases {
        assert_eq!(recognized(input), Some(expected), "{}", input.escape_ascii());
    }
}

#[test]
fn json_broken_json_and_logs_with_json_go_to_the_parser() {
    let cases: &[&[u8]] = &[
        b"",
        b"\xef\xbb\xbf",
        b" \n ",
        b"{}",
        b"[",
        b"{",
        b"{\0\0\0\0\0",
        b"\"id\"",
        b"185",
        b"-1",
        b"true",
        b"null\nnull\n",
        b"\"a\"\n\"b\"\n",
        b"\"a\" \"b\",\n",
        // Fragments from the middle of a document.
        b"ionId\":\"102105\",\"aggregationStatusCode\":185}\n{\"id\":\"2\"}\n",
        b"\"aggregationStatusCode\": 185,\n\"id\": \"1\"\n},\n",
        b"true,\"id\":\"5\"},{\"id\":\"6\"}]",
        b"\"a\",\n\"b\",\n\"c\"\n]",
        b"185,186,187\n",
        b"}, {\"id\": 1}",
        // Logs, and other text with JSON in its lines.
        b"2026-11-20 03:00:01,123 INFO begun\n{\"id\":\"1\",\"aggregationStatusCode\":185}\n",
        b"INFO: begun\n{\"id\":\"1\"}\n",
        b"INFO: begun\nWARN: slow\nINFO: done\n",
        b"INFO,begun\n{\"id\":\"1\",\"b\":2}\n",
        b"<134>1 2026-11-20T03:00:01Z host app - - - {\"id\":\"1\"}\n",
        b"<info> begun\n{\"id\":\"1\"}\n",
        b"level=info msg=begun\n{\"id\":\"1\"}\n",
        b"HTTP/2 200\ncontent-type: application/json\n\n{\"id\":\"1\"}\n",
        b"data: {\"id\":\"1\"}\n\ndata: {\"id\":\"2\"}\n\n",
        b"---\n{\"id\":\"1\"}\n",
        b"# accounts\n{\"id\":\"1\"}\n",
        b"\x1b[32mINFO\x1b[0m begun\n{\"id\":\"1\"}\n",
        b"garbage\ngarbage\n",
        b"id\n1\n2\n",
        b"{'id': 1}",
        b"<",
        b"<5 accounts",
    ];
    for input in cases {
        assert_eq!(recognized(input), None, "{}", input.escape_ascii());
    }
}

#[test]
fn a_document_is_an_answer_only_if_no_other_program_can_have_written_it() {
    let answers = [
        "{\"schemaVersion\":2,\n\"accounts\":[\n{\"id\":\"1\",\"aggregationStatusCode\":185,\"title\":\"\",\
         \"category\":\"\",\"action\":\"\",\"connectFix\":true,\"requiredAction\":\"\"}",
        "{\"schemaVersion\":2,\"accounts\":[],\"invalid\":[],\
         \"summary\":{\"documents\":0,\"records\":0,\"accounts\":0,\"apiErrors\":0,\"unselected\":0,",
        " { \"schemaVersion\" : 2 , \"catalog\" : \"\" , \"connectFix\" : true , \"complete\" : true ,\
         \"inputs\" : [",
        "{\"id\":\"1\",\"customerId\":null,\"institutionId\":null,\"institutionLoginId\":null,\
         \"aggregationStatusCode\":0,\"title\":\"\",\"category\":\"ok\",\"action\":\"none\",\"connectFix\":",
        "{\"id\":\"1\",\"customerId\":null,\"institutionId\":null,\"institutionLoginId\":null,\
         \"change\":\"broken\",\"before\":0,\"after\":185,\"streak\":1,",
        "{\"code\":0,\"name\":\"\",\"title\":\"\",\"standing\":\"\",\"category\":\"\",\"action\":\"\",\
         \"connectFix\":false}",
    ];
    for answer in answers {
        assert_eq!(recognized(answer.as_bytes()), Some(Foreign::Answer), "{answer}");
    }
    let others = [
        "{\"schemaVersion\":\"1.0\",\"eventType\":\"added\",\"payload\":{\"accounts\":[{\"id\":\"1\"}]}}",
        "{\"schemaVersion\":2,\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":185}]}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"summary\":{\"byCategory\":{}}}",
        "{\"schemaVersion\":2.0,\"accounts\":[{\"title\":1,\"category\":1,\"action\":1,\"connectFix\":1,\
         \"requiredAction\":1}]}",
        "{\"schemaVersion\":20,\"shards\":[{\"file\":\"\",\"inputs\":[]}]}",
        "{\"schemaVersion\":2,\"tenant\":\"us\",\"shards\":[{\"file\":\"\",\"inputs\":[]}]}",
        "{\"shards\":[{\"file\":\"\",\"inputs\":[]}],\"schemaVersion\":2}",
        // Keys within strings, and after the first document.
        "{\"schemaVersion\":2,\"steps\":[\"action\",\"{\\\"institutionLoginId\\\":1}\"],\"codes\":[]}",
        "{\"schemaVersion\":2,\"shards\":[]}\n{\"file\":\"\",\"inputs\":[]}",
        "{\"schemaVersion\":2]",
        "{\"schemaVersion\":2,\"accounts\":[{\"id\":\"\\",
        // Accounts with fields of a line, in another order or not all of them.
        "{\"id\":\"1\",\"customerId\":\"5\",\"institutionId\":\"7\",\"institutionLoginId\":\"9\",\
         \"aggregationStatusCode\":0,\"title\":\"\",\"category\":\"ok\",\"action\":\"none\"}",
        "{\"id\":\"1\",\"customerId\":\"5\",\"institutionId\":\"7\",\"institutionLoginId\":\"9\",\
         \"aggregationStatusCode\":0,\"name\":\"\",\"title\":\"\",\"category\":\"\",\"action\":\"\",\"connectFix\":1}",
        "{\"id\":\"1\",\"customerId\":{\"institutionId\":\"7\"},\"institutionId\":\"7\"}",
    ];
    for other in others {
        assert_eq!(recognized(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_long_table_is_known_by_its_beginning() {
    let row = format!("{}\n", "1234567,".repeat(400));
    let headings = format!("{}\n", "heading,".repeat(399) + "last,extra");
    assert_eq!(recognized((headings + &row).as_bytes()), Some(Foreign::Csv));
    let rows = "1,185\n".repeat(2000);
    assert_eq!(recognized(format!("id,code\n{rows}").as_bytes()), Some(Foreign::Csv));
}

#[test]
fn the_hint_for_utf_16_has_its_byte_order() {
    assert_eq!(recognized(b"{\0\"id\":\"1\"}\n"), None, "a damaged line");
    assert!(recognized(b"{\0\"\0").unwrap().hint().contains("UTF-16LE"));
    assert!(recognized(b"\0{\0\"").unwrap().hint().contains("UTF-16BE"));
}
