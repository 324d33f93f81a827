//! Finds objects with an id and a name, at any depth of a document.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::tracked::{LineColumn, Position};

/// Members that only accounts have. The name of an account is private.
const ACCOUNT_MEMBERS: [&str; 5] =
    ["aggregationStatusCode", "institutionLoginId", "accountNumberDisplay", "number", "balance"];

/// The result so far.
#[derive(Debug, Default)]
pub struct Found {
    /// Pairs of id and name, in the order of the input.
    pub names: Vec<(String, String)>,
    /// The position of the first object that has a name and no id.
    pub without_id: Option<LineColumn>,
}

/// A visitor of one JSON value.
#[derive(Clone, Copy)]
pub struct Walk<'w> {
    pub found: &'w RefCell<Found>,
    pub position: &'w Position,
}

/// A value as a string, if it can be an id or a name.
type Scalar = Option<String>;

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Scalar, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Scalar, E> {
        Ok(None)
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Scalar, A::Error> {
        while elements.next_element_seed(self)?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Scalar, A::Error> {
        let start = self.position.line_column();
        let before = self.found.borrow().names.len();
        let (mut id, mut name, mut is_account) = (None, None, false);
        while let Some(key) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            match key.as_str() {
                "id" => id = value,
                "name" => name = value,
                key => is_account |= ACCOUNT_MEMBERS.contains(&key),
            }
        }
        let mut found = self.found.borrow_mut();
        match (id, name) {
            _ if is_account => found.names.truncate(before),
            (Some(id), Some(name)) => found.names.push((id, name)),
            (None, Some(_)) => {
                found.without_id.get_or_insert(start);
            }
            _ => {}
        }
        Ok(None)
    }
}
