//! What comes before a key word decides what it proves: the name that it ends, and the words
//! before that.

use super::fold::{Word, is_letter, last_word};
use super::keyword::Keyword;
use super::number::Evidence;
use super::words::{
    AGGREGATION, ARTICLES, BEFORE_CODE, BEFORE_ERROR, BEFORE_STATUS, Family, GLUED, HTTP, METHODS,
    OTHER_CODES, OTHER_ERRORS, OTHER_STATUSES, OTHER_VERBS, PREPOSITIONS, head,
};
use crate::text::floor_boundary;

/// A key word with what comes before it.
pub struct Context<'t> {
    keyword: Keyword<'t>,
    /// What comes before the name that it ends.
    pub before: &'t str,
    /// The parts of the name before it: `aggregationStatus`.
    pub prefix: &'t str,
    /// The words before it, the nearest first: parts of its name, then other words.
    words: Vec<Part>,
}

impl<'t> Context<'t> {
    /// The context of a key word.
    pub fn of(keyword: Keyword<'t>) -> Self {
        let start = name_start(keyword.before);
        let (before, prefix) = keyword.before.split_at(start);
        Self { keyword, before, prefix, words: words(before, prefix) }
    }

    /// How much it proves; `None` if it speaks of something else, such as "zip code".
    pub fn evidence(&self) -> Option<Evidence> {
        let (names, others) = match self.keyword.head.family {
            Family::Code => return self.of_code(),
            Family::Status => (BEFORE_STATUS, OTHER_STATUSES),
            Family::Error => (BEFORE_ERROR, OTHER_ERRORS),
        };
        let Some(near) = self.words.first() else {
            return Some(Evidence::Weak);
        };
        let is_ours = |part: &&Part| AGGREGATION.contains(&part.word());
        if is_ours(&near) || self.words.iter().any(|part| part.is_in_name && is_ours(&part)) {
            return Some(Evidence::Strong);
        }
        if near.is_in_name {
            let fits = names.contains(&near.word()) || HTTP.contains(&near.word());
            return fits.then_some(Evidence::Weak);
        }
        // "código de error".
        let noun = self.words.iter().find(|part| !PREPOSITIONS.contains(&part.word()));
        if noun.is_some_and(|noun| head(noun.word()).is_some()) {
            return Some(Evidence::Strong);
        }
        (!others.contains(&near.word()) && !is_to_type(&self.words)).then_some(Evidence::Weak)
    }

    fn of_code(&self) -> Option<Evidence> {
        if self.is_html_tag() {
            return None;
        }
        let Some(near) = self.words.first() else {
            return Some(if self.is_json_key() { Evidence::Strong } else { Evidence::Weak });
        };
        let family = head(near.word()).map(|head| head.family);
        if let Some(Family::Status | Family::Error) = family {
            let rest = &self.words[1..];
            let is_ours = rest.first().is_some_and(|part| AGGREGATION.contains(&part.word()));
            let is_deep =
                rest.iter().any(|part| part.is_in_name && AGGREGATION.contains(&part.word()));
            if is_ours || is_deep {
                return Some(Evidence::Explicit);
            }
            let is_other = rest.first().is_some_and(|part| OTHER_STATUSES.contains(&part.word()));
            return (!is_other && !is_to_type(&self.words)).then_some(Evidence::Strong);
        }
        if near.is_in_name {
            let fits = BEFORE_CODE.contains(&near.word()) || HTTP.contains(&near.word());
            return fits.then_some(Evidence::Strong);
        }
        if near.word() == "result" || near.word() == "failure" {
            return Some(Evidence::Strong);
        }
        let is_other = OTHER_CODES.contains(&near.word()) || is_to_type(&self.words);
        (!is_other).then_some(if self.is_json_key() { Evidence::Strong } else { Evidence::Weak })
    }

    /// `"code": 185`.
    fn is_json_key(&self) -> bool {
        let after = self.keyword.after.trim_start_matches('\\');
        self.before.ends_with(['"', '\''])
            && after
                .strip_prefix(['"', '\''])
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
    }

    /// `<code>185</code>` is text in a typewriter's font, unless an error in XML is around it.
    fn is_html_tag(&self) -> bool {
        let is_tag =
            self.prefix.is_empty() && (self.before.ends_with('<') || self.before.ends_with("</"));
        let xml = ["<error", "<message", "<status", "<title", "</message"];
        is_tag
            && !xml.iter().any(|tag| self.before.contains(tag) || self.keyword.after.contains(tag))
    }

    /// Whether it stands in a tag of XML, as the name of an element.
    pub fn is_element(&self) -> bool {
        let space = self.before.strip_suffix(':').unwrap_or(self.before);
        let is_name = |character: char| character.is_ascii_alphanumeric();
        self.before.ends_with('<') || space.trim_end_matches(is_name).ends_with('<')
    }

    /// Whether it is "status" or "status code" of whatever kind.
    pub fn is_status(&self) -> bool {
        let is_status = |family| family == Some(Family::Status);
        let near = self.words.first().and_then(|part| head(part.word()));
        match self.keyword.head.family {
            Family::Status => true,
            Family::Code => is_status(near.map(|head| head.family)),
            Family::Error => false,
        }
    }

    /// Whether an HTTP word comes before it, with no other number between them.
    pub fn is_http(&self) -> bool {
        let mut words = self.words.iter().enumerate();
        let is_near = words
            .any(|(index, part)| (part.is_in_name || index < 2) && HTTP.contains(&part.word()));
        is_near || is_after_http(self.before.rsplit('\n').next().unwrap_or_default())
    }
}

/// The words before a key word.
fn words(before: &str, prefix: &str) -> Vec<Part> {
    const SEPARATORS: &[char] =
        &[' ', '\t', '\n', '\r', '"', '\'', '’', '`', '*', '_', '-', '\u{a0}', '(', ':', '=', '\\'];
    let mut parts = Vec::with_capacity(MOST_WORDS);
    name_parts(prefix, &mut parts);
    let mut before = before;
    while parts.len() < MOST_WORDS {
        let trimmed = before.trim_end_matches(SEPARATORS);
        let (word, length) = last_word(trimmed);
        let gap = &before[trimmed.len()..];
        if length == 0 || gap.is_empty() || gap.contains([':', '=']) {
            break;
        }
        parts.push(Part { word, is_in_name: false });
        before = &trimmed[..trimmed.len() - length];
    }
    parts
}

/// Where the name begins that ends with a key word.
fn name_start(before: &str) -> usize {
    let is_part = |character: char| {
        is_letter(character) || character.is_ascii_digit() || matches!(character, '_' | '-')
    };
    let mut start = before
        .rfind(|character| !is_part(character))
        .map_or(0, |index| index + before[index..].chars().next().map_or(1, char::len_utf8));
    // Escapes are no part of a name: \nerror, \u0022error, %22error.
    let name = &before[start..];
    if before[..start].ends_with('\\') {
        start += match name.as_bytes() {
            [b'u', b'0', b'0', _, _, ..] => 5,
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

/// Whether the words before tell to type the code, or that a process ended with it.
fn is_to_type(words: &[Part]) -> bool {
    let mut words = words.iter().filter(|part| !part.is_in_name);
    words
        .find(|part| !ARTICLES.contains(&part.word()))
        .is_some_and(|part| OTHER_VERBS.contains(&part.word()))
}

/// Words before a key word that matter.
const MOST_WORDS: usize = 5;

/// A word before a key word.
struct Part {
    word: Word,
    /// Whether it belongs to the same name: `errorCode`.
    is_in_name: bool,
}

impl Part {
    fn word(&self) -> &str {
        self.word.as_str()
    }
}

/// The parts of a name before its key word, the last first.
fn name_parts(prefix: &str, into: &mut Vec<Part>) {
    let mut end = prefix.len();
    while end > 0 && into.len() < MOST_WORDS {
        let name = prefix[..end].trim_end_matches(['_', '-']);
        let start = part_start(name);
        let (word, length) = last_word(&name[start..]);
        if length > 0 {
            into.push(Part { word, is_in_name: true });
        }
        end = start;
    }
}

/// Where the last part of a name begins: after `_` or `-`, at a capital after a small letter, or at
/// a known word where everything is written as one.
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

/// Whether a text speaks of HTTP after its last number.
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
