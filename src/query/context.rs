//! The text before a keyword, which decides how strong it is as evidence: the identifier that the
//! keyword ends, and the words before that.

use super::fold::{Word, is_letter, last_word};
use super::keyword::Keyword;
use super::number::Evidence;
use super::words::{
    AGGREGATION, ARTICLES, BEFORE_CODE, BEFORE_ERROR, BEFORE_STATUS, CHANGES, Family, GLUED, HTTP,
    METHODS, OTHER_CODES, OTHER_ERRORS, OTHER_STATUSES, OTHER_VERBS, PREPOSITIONS, RANGE_STARTS,
    keyword_kind,
};
use crate::text::floor_boundary;

/// A keyword with the text before it.
pub struct Context<'t> {
    keyword: Keyword<'t>,
    /// The text before the identifier that the keyword ends.
    pub before: &'t str,
    /// The part of the identifier before the keyword: `aggregationStatus`.
    pub prefix: &'t str,
    /// The words before the keyword, the nearest first: parts of the identifier, then other words.
    words: Vec<PrecedingWord>,
}

impl<'t> Context<'t> {
    /// Returns the context of a keyword.
    pub fn new(keyword: Keyword<'t>) -> Self {
        let start = name_start(keyword.before);
        let (before, prefix) = keyword.before.split_at(start);
        Self { keyword, before, prefix, words: words(before, prefix) }
    }

    /// Returns how strong the evidence is; `None` if the keyword means something else, such as "zip
    /// code".
    pub fn evidence(&self) -> Option<Evidence> {
        let (names, others) = match self.keyword.kind.family {
            Family::Code => return self.code_evidence(),
            Family::Status => (BEFORE_STATUS, OTHER_STATUSES),
            Family::Error => (BEFORE_ERROR, OTHER_ERRORS),
        };
        let Some(nearest) = self.words.first() else {
            return Some(Evidence::Weak);
        };
        if mentions_aggregation(&self.words) {
            return Some(Evidence::Strong);
        }
        if nearest.is_in_name {
            let fits = nearest.is_in(names) || nearest.is_in(HTTP);
            return fits.then_some(Evidence::Weak);
        }
        // "código de error".
        let noun = self.words.iter().find(|word| !word.is_in(PREPOSITIONS));
        if noun.is_some_and(|noun| keyword_kind(noun.as_str()).is_some()) {
            return Some(Evidence::Strong);
        }
        (!nearest.is_in(others) && !follows_other_verb(&self.words)).then_some(Evidence::Weak)
    }

    fn code_evidence(&self) -> Option<Evidence> {
        if self.is_html_tag() {
            return None;
        }
        let Some(nearest) = self.words.first() else {
            return Some(if self.is_json_key() { Evidence::Strong } else { Evidence::Weak });
        };
        let family = keyword_kind(nearest.as_str()).map(|kind| kind.family);
        if let Some(Family::Status | Family::Error) = family {
            let rest = &self.words[1..];
            if mentions_aggregation(rest) {
                return Some(Evidence::Explicit);
            }
            let is_other = rest.first().is_some_and(|word| word.is_in(OTHER_STATUSES));
            return (!is_other && !follows_other_verb(&self.words)).then_some(Evidence::Strong);
        }
        if nearest.is_in_name {
            let fits = nearest.is_in(BEFORE_CODE) || nearest.is_in(HTTP);
            return fits.then_some(Evidence::Strong);
        }
        if nearest.is_in(&["result", "failure"]) {
            return Some(Evidence::Strong);
        }
        let is_other = nearest.is_in(OTHER_CODES) || follows_other_verb(&self.words);
        (!is_other).then_some(if self.is_json_key() { Evidence::Strong } else { Evidence::Weak })
    }

    /// Returns whether the keyword is a JSON key: `"code": 185`.
    fn is_json_key(&self) -> bool {
        let after = self.keyword.after.trim_start_matches('\\');
        self.before.ends_with(['"', '\''])
            && after
                .strip_prefix(['"', '\''])
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
    }

    /// Returns whether the keyword is the HTML tag for monospaced text: `<code>185</code>`. An XML
    /// error can have the same element, so other XML elements around it mean that it is not.
    fn is_html_tag(&self) -> bool {
        let is_tag =
            self.prefix.is_empty() && (self.before.ends_with('<') || self.before.ends_with("</"));
        let xml = ["<error", "<message", "<status", "<title", "</message"];
        is_tag
            && !xml.iter().any(|tag| self.before.contains(tag) || self.keyword.after.contains(tag))
    }

    /// Returns whether the keyword is the name of an XML element, with or without a namespace
    /// prefix.
    pub fn is_element(&self) -> bool {
        let namespace = self.before.strip_suffix(':').unwrap_or(self.before);
        let is_name = |character: char| character.is_ascii_alphanumeric();
        self.before.ends_with('<') || namespace.trim_end_matches(is_name).ends_with('<')
    }

    /// Returns whether the keyword is any kind of "status" or "status code".
    pub fn is_status(&self) -> bool {
        let is_status = |family| family == Some(Family::Status);
        let nearest = self.words.first().and_then(|word| keyword_kind(word.as_str()));
        match self.keyword.kind.family {
            Family::Status => true,
            Family::Code => is_status(nearest.map(|kind| kind.family)),
            Family::Error => false,
        }
    }

    /// Returns whether the words before say that the code changed: "changed from error 103".
    pub fn is_change(&self) -> bool {
        let mut words = self.words.iter().filter(|word| !word.is_in_name);
        let is_from = |word: &PrecedingWord| word.is_in(RANGE_STARTS) || word.as_str() == "de";
        words.any(is_from) && words.any(|word| word.is_in(CHANGES))
    }

    /// Returns whether an HTTP word comes before the keyword, without another number in between.
    pub fn is_http(&self) -> bool {
        let mut words = self.words.iter().enumerate();
        let is_near = words.any(|(index, word)| (word.is_in_name || index < 2) && word.is_in(HTTP));
        is_near || is_after_http(self.before.rsplit('\n').next().unwrap_or_default())
    }
}

/// Returns the words before a keyword, the nearest first.
fn words(before: &str, prefix: &str) -> Vec<PrecedingWord> {
    const SEPARATORS: &[char] =
        &[' ', '\t', '\n', '\r', '"', '\'', '’', '`', '*', '_', '-', '\u{a0}', '(', ':', '=', '\\'];
    let mut words = Vec::with_capacity(MAX_WORDS);
    name_parts(prefix, &mut words);
    let mut before = before;
    while words.len() < MAX_WORDS {
        let trimmed = before.trim_end_matches(SEPARATORS);
        let (word, length) = last_word(trimmed);
        let gap = &before[trimmed.len()..];
        if length == 0 || gap.is_empty() || gap.contains([':', '=']) {
            break;
        }
        words.push(PrecedingWord { word, is_in_name: false });
        before = &trimmed[..trimmed.len() - length];
    }
    words
}

/// Returns the start of the identifier that a keyword ends.
fn name_start(before: &str) -> usize {
    let is_part = |character: char| {
        is_letter(character) || character.is_ascii_digit() || matches!(character, '_' | '-')
    };
    let mut start = before
        .rfind(|character| !is_part(character))
        .map_or(0, |index| index + before[index..].chars().next().map_or(1, char::len_utf8));
    // An escape is not part of an identifier: \nerror, \u0022error, %22error.
    let name = &before[start..];
    if before[..start].ends_with('\\') {
        start += match name.as_bytes() {
            [b'u', b'0', b'0', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => 5,
            [b'n' | b'r' | b't', ..] => 1,
            _ => 0,
        };
    } else if before[..start].ends_with('%')
        && name.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    {
        start += 2;
    }
    let dashes = before[start..].len() - before[start..].trim_start_matches(['-', '_']).len();
    floor_boundary(before, start + dashes)
}

/// Returns whether the nearest word, or any part of the identifier, is "aggregation".
fn mentions_aggregation(words: &[PrecedingWord]) -> bool {
    let mut words = words.iter().enumerate();
    words.any(|(index, word)| (index == 0 || word.is_in_name) && word.is_in(AGGREGATION))
}

/// Returns whether the words before say to type the code, or that a process exited with it.
fn follows_other_verb(words: &[PrecedingWord]) -> bool {
    let mut words = words.iter().filter(|word| !word.is_in_name);
    words.find(|word| !word.is_in(ARTICLES)).is_some_and(|word| word.is_in(OTHER_VERBS))
}

/// The number of words before a keyword that are considered.
const MAX_WORDS: usize = 5;

/// A word before a keyword.
struct PrecedingWord {
    word: Word,
    /// Whether it belongs to the same identifier: `errorCode`.
    is_in_name: bool,
}

impl PrecedingWord {
    fn as_str(&self) -> &str {
        self.word.as_str()
    }

    fn is_in(&self, words: &[&str]) -> bool {
        self.word.is_in(words)
    }
}

/// Adds the parts of an identifier before its keyword, the last one first.
fn name_parts(prefix: &str, into: &mut Vec<PrecedingWord>) {
    let mut end = prefix.len();
    while end > 0 && into.len() < MAX_WORDS {
        let name = prefix[..end].trim_end_matches(['_', '-']);
        let start = part_start(name);
        let (word, length) = last_word(&name[start..]);
        if length > 0 {
            into.push(PrecedingWord { word, is_in_name: true });
        }
        end = start;
    }
}

/// Returns the start of the last part of an identifier: after `_` or `-`, at a capital after a
/// lowercase letter, or at a known word if the parts are written as one word.
fn part_start(name: &str) -> usize {
    let mut start = 0;
    let mut was_lower = false;
    for (index, character) in name.char_indices() {
        if was_lower && character.is_uppercase() {
            start = index;
        } else if matches!(character, '_' | '-') {
            start = index + 1;
        }
        was_lower = character.is_lowercase();
    }
    let part = &name.as_bytes()[start..];
    let known = GLUED.iter().map(|known| part.len().wrapping_sub(known.len())).zip(GLUED);
    known
        .filter_map(|(at, known)| Some((at, part.get(at..)?, known)))
        .find(|(_, end, known)| end.eq_ignore_ascii_case(known.as_bytes()))
        .map_or(start, |(at, ..)| start + at)
}

/// Returns whether a text mentions HTTP after its last number.
pub fn is_after_http(text: &str) -> bool {
    let words = text.rsplit([' ', '\t', '"', '\'', ',', '=', '(', '[', '{', ';']);
    words
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .take_while(|word| !is_number(word))
        .any(|word| {
            let name = word.split_once('/').map_or(word, |(name, _)| name);
            METHODS.contains(&name) || name.eq_ignore_ascii_case("http")
        })
}

fn is_number(word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'-');
    word.len() > 1 && word.bytes().all(is_part)
}
