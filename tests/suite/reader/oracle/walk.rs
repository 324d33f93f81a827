//! Walks a document, and decides which objects are records.

use super::super::json::{Json, Value};
use super::{IDS, OTHERS, Object, Oracle, Pending, Place, begins_as_json, key};

impl Oracle {
    /// Walks a value. Returns whether it contains a record.
    pub fn value(&mut self, json: &Json, place: &Place, parent: Option<usize>) -> bool {
        match &json.value {
            Value::Object(members) => self.object(json, members, place, parent),
            Value::Array(elements) if place.member.ends_with("details") => {
                self.parts(elements, place, parent)
            }
            Value::Array(elements) => {
                let found = elements.iter().map(|element| self.element(element, place, parent));
                found.fold(false, |any, found| any | found)
            }
            Value::Text(Some(text)) if begins_as_json(text) && self.depth < 4 => {
                self.pending.push((json.at, parent, Pending::Text(text.clone())));
                false
            }
            _ => false,
        }
    }

    fn element(&mut self, element: &Json, place: &Place, parent: Option<usize>) -> bool {
        let is_array = matches!(element.value, Value::Array(_));
        if is_array && place.member == "accounts" {
            self.invalid += usize::from(!place.deleted);
            return true;
        }
        let of_elements = ["accounts", "error", "errors", "institutions"];
        let keeps_member = !is_array && of_elements.contains(&place.member.as_str());
        let member = if keeps_member { place.member.clone() } else { String::new() };
        let inside = Place { member, ..place.clone() };
        self.value(element, &inside, parent)
    }

    /// Walks an array of parts. A single object is a part; several objects are not.
    fn parts(&mut self, elements: &[Json], place: &Place, parent: Option<usize>) -> bool {
        let is_object = |json: &&Json| matches!(json.value, Value::Object(_));
        let objects: Vec<&Json> = elements.iter().filter(is_object).collect();
        let mut has_records = false;
        for element in elements {
            let mut inside = Place { member: String::new(), ..place.clone() };
            if is_object(&element) && objects.len() == 1 {
                inside.member.clone_from(&place.member);
            }
            has_records |= self.value(element, &inside, parent);
        }
        has_records
    }

    fn object(
        &mut self,
        json: &Json,
        members: &[(String, Json)],
        place: &Place,
        parent: Option<usize>,
    ) -> bool {
        let index = self.objects.len();
        self.objects.push(Object {
            at: json.at,
            parent,
            is_institution: place.member == "institutions",
            ..Object::default()
        });
        let deletes = |(name, member): &(String, Json)| {
            let is_deleted = matches!(&member.value, Value::Text(Some(text)) if text == "deleted");
            (key(name) == "type").then_some(is_deleted)
        };
        let deletes_somewhere = members.iter().find_map(deletes) == Some(true);
        let mut has_records = false;
        for (name, member) in members {
            let key = key(name);
            let is_known = IDS.contains(&key.as_str()) || OTHERS.contains(&key.as_str());
            let object = &mut self.objects[index];
            if object.met.contains(&key) {
                object.is_bad = true;
                object.is_bad_envelope = true;
            } else if is_known {
                object.met.push(key.clone());
                object.add_member(&key, member);
            }
            let is_typed = object.met.iter().any(|met| met == "type");
            let awaits_type = place.awaits_type || key == "records" && !is_typed;
            let inside = Place {
                member: if is_known { key } else { String::new() },
                deleted: place.deleted || object.deletes || awaits_type && deletes_somewhere,
                awaits_type,
            };
            has_records |= self.value(member, &inside, Some(index));
        }
        self.objects[index].has_records = has_records;
        self.decide(index, json, place) || has_records
    }

    /// Decides the kind of an object. Returns whether it is a record.
    fn decide(&mut self, index: usize, json: &Json, place: &Place) -> bool {
        let object = &mut self.objects[index];
        if place.member.ends_with("details") {
            let (before, rest) = self.objects.split_at_mut(index);
            if let Some(parent) = rest[0].parent {
                before[parent].absorb(&rest[0]);
            }
            return false;
        }
        let met = |key: &str| object.met.iter().any(|met| met == key);
        let has_id = ["id", "accountid", "number"].iter().any(|key| object.has(key));
        let has_login = object.has("institutionloginid") && has_id;
        let is_around = object.has_records && (met("accounts") || !has_id && !object.has("code"));
        let is_error = place.member == "errors" && met("code");
        object.is_account = !is_error
            && (object.has_code() || !is_around && (has_login || place.member == "accounts"));
        object.is_deleted = place.deleted;
        if object.is_account {
            return true;
        }
        let is_envelope = object.has_records || object.met.iter().any(|met| met == "accounts");
        if object.is_bad_envelope && is_envelope {
            self.invalid += 1;
            return true;
        }
        let (code, has_records) = (object.code, object.has_records);
        let is_code = object.has("code");
        let has_message =
            ["message", "title", "usermessage", "status"].iter().any(|key| object.has(key));
        if place.member == "errors"
            && let Some(owner) = object.parent
        {
            self.objects[owner].inner_code = self.objects[owner].inner_code.worst(code);
        }
        if is_code && !has_records && (has_message || place.member == "error") {
            self.pending.push((json.at, Some(index), Pending::Error));
        }
        false
    }
}
