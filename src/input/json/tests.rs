//! The grammar alone: the events of a document, wherever it is cut.

use super::*;

/// The events as text, and where the faults are.
#[derive(Default)]
struct Recorder(Vec<String>);

impl Handler for Recorder {
    type Key = u8;

    /// The first letter.
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

    fn json_text(&mut self, piece: &[u8], place: Piece, _: &[u8], at: Spot<'_>) {
        assert_eq!(place, Piece::WHOLE);
        let at = at.position().offset;
        self.0.push(format!("<{}> at {at}", String::from_utf8_lossy(piece)));
    }

    fn open(&mut self, _: u8, container: Container, _: &[u8], at: Position) {
        self.0.push(format!("{container:?} at {}", at.offset));
    }

    fn close(&mut self, _: &[u8], end: u64) {
        self.0.push(format!("end at {end}"));
    }

    fn end_document(&mut self, _: &[u8]) {
        self.0.push("document".to_owned());
    }

    fn fault(&mut self, at: Position, error: SyntaxError) {
        self.0.push(format!("{}:{}: {error}", at.line, at.column()));
    }

    fn keep(&mut self, _: &[u8]) {}
}

fn events(pieces: &[&[u8]]) -> (Vec<String>, bool) {
    let (mut parser, mut recorder) = (Parser::new(Position::START), Recorder::default());
    for piece in pieces {
        parser.feed(piece, &mut recorder);
    }
    parser.finish(&mut recorder);
    (recorder.0, parser.is_unfinished())
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
        "document",
        "3:12: not valid JSON: the input ends before the document does",
    ];
    assert_eq!((whole, unfinished), (expected.map(str::to_owned).to_vec(), true));
    for cut in 0..input.len() {
        let (first, second) = input.split_at(cut);
        assert_eq!(events(&[first, second]).0, expected, "cut at {cut}");
    }
}

#[test]
fn a_parser_goes_on_where_another_one_ended() {
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
    parser.pass(second.passed());
    parser.feed(&other[8..], &mut recorder);
    parser.finish(&mut recorder);
    assert_eq!(recorder.0.last().unwrap(), "document");
    assert!(!parser.is_unfinished());
}
