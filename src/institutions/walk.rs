//! Finds institutions with an id and a name in a document.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::place::{Evidence, Place};
use super::tracked::{LineColumn, Position};

/// The result so far.
#[derive(Debug, Default)]
pub struct Found {
    /// The names by their ids.
    pub names: HashMap<Box<str>, Box<str>>,
    /// The position of the first object that could be an institution and has a name, but no id.
    pub without_id: Option<LineColumn>,
}

/// A visitor of one JSON value.
#[derive(Clone, Copy)]
pub struct Walk<'w> {
    pub found: &'w RefCell<Found>,
    pub position: &'w Position,
    pub place: Place,
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
        let (mut id, mut name, mut evidence) = (None, None, Evidence::default());
        while let Some(key) = members.next_key::<String>()? {
            let place = self.place.of_member(&key);
            let value = members.next_value_seed(Walk { place, ..self })?;
            match key.as_str() {
                "id" => id = value,
                "name" => name = value,
                key => evidence.add(key),
            }
        }
        let mut found = self.found.borrow_mut();
        match (id, name) {
            (Some(id), Some(name)) if evidence.is_institution(self.place) => {
                found.names.insert(id.into(), name.into());
            }
            (None, Some(_)) if self.place != Place::Private => {
                found.without_id.get_or_insert(start);
            }
            _ => {}
        }
        Ok(None)
    }
}
