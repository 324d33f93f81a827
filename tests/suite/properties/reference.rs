//! JSON as `serde_json` reads it: slow, and right by 283 cases of its own test suite.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{StreamDeserializer, Value};

/// The documents of an input, or `None` if it is not valid JSON throughout.
pub fn split(input: &[u8]) -> Option<Vec<&str>> {
    let mut text = std::str::from_utf8(input).ok()?;
    let mut documents = Vec::new();
    loop {
        text = text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']);
        if text.is_empty() {
            return Some(documents);
        }
        let mut values: StreamDeserializer<'_, _, IgnoredAny> =
            serde_json::Deserializer::from_str(text).into_iter();
        values.next()?.ok()?;
        let end = values.byte_offset();
        documents.push(&text[..end]);
        text = &text[end..];
    }
}

/// The values of documents, where `serde_json` can hold them and nothing of them is lost: a key that stands twice would be.
pub fn values(documents: &[&str]) -> Option<Vec<Value>> {
    let value = |document: &&str| {
        serde_json::from_str::<Distinct>(document).ok()?;
        serde_json::from_str(document).ok()
    };
    documents.iter().map(value).collect()
}

/// Any JSON in which no key stands twice in one object, and no number has more digits than are kept.
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Distinct {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with distinct keys")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self, E> {
        Err(E::custom("digits may be lost"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self, A::Error> {
        while elements.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = members.next_key::<String>()? {
            if !keys.insert(key) {
                return Err(serde::de::Error::custom("a key stands twice"));
            }
            members.next_value::<Self>()?;
        }
        Ok(self)
    }
}
