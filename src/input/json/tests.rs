//! The grammar alone: the events of a document, wherever it is cut.

use super::*;

/// Records events as text, and the locations of faults.
#[derive(Default)]
struct Recorder(Vec<String>);

impl Handler for Recorder {
    type Key = u8;

    /// Returns the first byte.
    fn key(name: &[u8]) -> u8 {
        name.first().copied().unwrap_or_default()
    }

    fn member(&mut self, key: u8, at: Spot<'_>) {
        self.0.push(format!("{} at {}", char::from(key), at.position().offset));
    }

    fn scalar(&mut self, _: u8, value: &Scalar<'_>, _: (usize, usize), at: Spot<'_>) {
        let value = match value {
            Scalar::Text(text) => format!("{:?}", text.as_deref().map(String::from_utf8_lossy)),
            Scalar::Number(text) => String::from_utf8_lossy(text).into_owned(),
            Scalar::Boolean => "boolean".to_owned(),
            Scalar::Null => "null".to_owned(),
        };
        self.0.push(format!("{value} at {}", at.position().offset));
    }

    fn json_text(&mut self, chunk: &[u8], position: ChunkPosition, _: Source<'_>, at: Spot<'_>) {
        assert_eq!(position, ChunkPosition::WHOLE);
        let at = at.position().offset;
        self.0.push(format!("<{}> at {at}", String::from_utf8_lossy(chunk)));
    }

    fn open(&mut self, _: u8, container: Container, _: Source<'_>, at: Position) {
        self.0.push(format!("{container:?} at {}", at.offset));
    }

    fn close(&mut self, _: Source<'_>, end: u64) {
        self.0.push(format!("end at {end}"));
    }

    fn end_document(&mut self, _: Source<'_>) {
        self.0.push("document".to_owned());
    }

    fn fault(&mut self, at: Position, error: SyntaxError, _: Source<'_>) {
        self.0.push(format!("{}:{}: {error}", at.line, at.column()));
    }

    fn keep(&mut self, _: Source<'_>) {}
}

fn events(chunks: &[&[u8]]) -> (Vec<String>, bool) {
    events_with(Instructions::best(), chunks.iter().copied())
}

fn events_with<'a>(
    instructions: Instructions,
    chunks: impl Iterator<Item = &'a [u8]>,
) -> (Vec<String>, bool) {
    let mut parser = Parser::new(Position::START).with(instructions);
    let mut recorder = Recorder::default();
    chunks.for_each(|chunk| parser.feed(chunk, &mut recorder));
    parser.finish(&mut recorder);
    (recorder.0, parser.is_unfinished())
}

/// A byte for each case of the grammar.
const ALPHABET: &[u8; 16] = b"{}[]\":,\\ \n0-.etx";

/// Returns every text of this length over an alphabet, in steps.
fn texts(alphabet: &[u8], length: u32, step: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
    let count = alphabet.len();
    (0..count.pow(length)).step_by(step).map(move |mut number| {
        let bytes = (0..length).map(|_| {
            let byte = alphabet[number % count];
            number /= count;
            byte
        });
        bytes.collect()
    })
}

/// A text in a string, as a name, and as a value, each after so many bytes.
fn around(text: &[u8], before: usize) -> [Vec<u8>; 3] {
    let filler = "_".repeat(before);
    let after =
        br#","b":[{"c":"d"},true,-1.5e3],"e":null} {"f":"                                    "}"#;
    [("{\"a\":\"", "\""), ("{\"", "\":1"), ("{\"", "a\":")].map(|(begin, end)| {
        let is_value = end == "a\":";
        let (first, second) =
            if is_value { (end.as_bytes(), text) } else { (text, end.as_bytes()) };
        [begin.as_bytes(), filler.as_bytes(), first, second, after].concat()
    })
}

#[test]
fn the_fast_path_finds_what_the_parser_finds_byte_by_byte_with_every_instruction_set() {
    let is_long = std::env::var_os("STATUSCODE_LONG").is_some_and(|value| value == "1");
    let bytes: Vec<u8> = (0..=255).collect();
    let (two, five) = if is_long { (1, 1) } else { (97, 1999) };
    // The bytes that are looked at together end after 32 or 64.
    let mut edges = (24..=36).chain(56..=68).cycle();
    for text in texts(&bytes, 2, two).chain(texts(ALPHABET, 5, five)) {
        // In the long run, texts of two bytes are tried at every edge.
        let tries = if is_long && text.len() == 2 { 26 } else { 2 };
        for before in edges.by_ref().take(tries) {
            for document in around(&text, before) {
                let slow = events_with(Instructions::best(), document.chunks(1));
                for instructions in Instructions::all() {
                    let fast = events_with(instructions, std::iter::once(&document[..]));
                    let shown = String::from_utf8_lossy(&document);
                    assert_eq!(fast, slow, "{instructions:?}: {shown}");
                }
            }
        }
    }
}

#[test]
fn events_come_in_order_and_alike_wherever_the_input_is_cut() {
    let input = "\u{feff}{\"a\": [1, \"{}\"],\"b\\u0062\":\"x\\n\", \"c\" : null,\n \"d\":true}12\n{\"e\":-0.5e1".as_bytes();
    let (whole, unfinished) = events(&[input]);
    let expected = [
        "Object at 3",
        "a at 4",
        "Array at 9",
        "<{}> at 13",
        "end at 18",
        "b at 19",
        "Some(\"x\\n\") at 29",
        "c at 36",
        "null at 42",
        "d at 49",
        "boolean at 53",
        "end at 58",
        "document",
        "document",
        "Object at 61",
        "e at 62",
        "-0.5e1 at 66",
        "3:12: not valid JSON: the input ends inside a document",
        "document",
    ];
    assert_eq!((whole, unfinished), (expected.map(str::to_owned).to_vec(), true));
    for cut in 0..input.len() {
        let (first, second) = input.split_at(cut);
        assert_eq!(events(&[first, second]).0, expected, "cut at {cut}");
    }
}

#[test]
fn a_parser_continues_where_another_one_ended() {
    let (one, other) = (b"[[{\"a\":1},{\"b\":2}".as_slice(), b",{\"c\":3}]]".as_slice());
    let at = Position::START.after(one);
    let mut recorder = Recorder::default();
    let mut parser = Parser::new(Position::START);
    parser.feed(one, &mut recorder);
    assert_eq!(parser.depth_after_element(), Some(2));
    let mut second = Parser::new(Position::START);
    second.restart_after_element(at, 2);
    second.feed(&other[..8], &mut Recorder::default());
    assert!(second.is_back());
    parser.continue_after(second.progress());
    parser.feed(&other[8..], &mut recorder);
    parser.finish(&mut recorder);
    assert_eq!(recorder.0.last().unwrap(), "document");
    assert!(!parser.is_unfinished());
}
