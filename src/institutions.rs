//! The names of institutions, read from the API's list of institutions or similar JSON.
//!
//! ```
//! use statuscode::institutions::Institutions;
//!
//! let list = br#"{"found":1,"institutions":[{"id":102105,"name":"FinBank Profiles - A"}]}"#;
//! let institutions = Institutions::read(&list[..])?;
//! assert_eq!(institutions.name("102105"), Some("FinBank Profiles - A"));
//! assert_eq!(institutions.label("102105"), "FinBank Profiles - A (102105)");
//! assert_eq!(institutions.label("5"), "5");
//! # Ok::<(), statuscode::institutions::InstitutionsError>(())
//! ```

mod place;
mod tracked;
mod walk;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::DeserializeSeed;

use place::Place;
use tracked::{Position, TrackedReader};
use walk::{Found, Walk};

/// The largest list that is read, in bytes. The API's list has less than half of that.
const MAX_SIZE: u64 = 64 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The maximum length of a name in a short label, in characters.
const MAX_NAME: usize = 24;

/// The names of institutions by their ids. The default is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Institutions(HashMap<Box<str>, Box<str>>);

/// The reason why names cannot be read.
#[derive(Debug)]
pub enum InstitutionsError {
    /// Reading the input failed.
    Read(io::Error),
    /// The input is not JSON at this line and column.
    Syntax(u64, u64),
    /// No institution has both an id and a name. The first object with a name is at this line and
    /// column.
    NoIds(u64, u64),
    /// The input is larger than any list of institutions.
    TooLarge,
}

impl fmt::Display for InstitutionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Syntax(line, column) => write!(f, "{line}:{column}: not valid JSON"),
            Self::NoIds(line, column) => {
                write!(f, "{line}:{column}: no institution with an id and a name")
            }
            Self::TooLarge => write!(f, "larger than {} MiB", MAX_SIZE >> 20),
        }
    }
}

impl std::error::Error for InstitutionsError {}

impl Institutions {
    /// Reads the `id` (a number or a string) and the `name` of every institution in any number of
    /// JSON documents. If an id occurs more than once, the last name counts.
    ///
    /// Accounts, customers, and owners have names too, but those are private. So an object does not
    /// count if it has a member such as `customerId`, or is inside one such as `accounts`. Outside
    /// members such as `institutions`, an object with an `email` or the like counts only with a
    /// member that only institutions have, such as `urlHomeApp`.
    ///
    /// # Errors
    ///
    /// Returns an error if the input cannot be read, is not JSON, is larger than 64 MiB, or has no
    /// such object.
    pub fn read(reader: impl Read) -> Result<Self, InstitutionsError> {
        Self::read_up_to(MAX_SIZE, reader)
    }

    fn read_up_to(max_size: u64, reader: impl Read) -> Result<Self, InstitutionsError> {
        let position = Position::start();
        let mut reader = BufReader::new(reader.take(max_size + 1 + BYTE_ORDER_MARK.len() as u64));
        if reader.fill_buf().map_err(InstitutionsError::Read)?.starts_with(BYTE_ORDER_MARK) {
            reader.consume(BYTE_ORDER_MARK.len());
        }
        let reader = TrackedReader::new(reader, &position);
        let found = RefCell::new(Found::default());
        let mut documents = serde_json::Deserializer::from_reader(reader);
        // Anything after a document is another document.
        while documents.end().is_err() {
            let walk = Walk { found: &found, position: &position, place: Place::Any };
            if let Err(error) = walk.deserialize(&mut documents) {
                return Err(match error {
                    _ if position.bytes() > max_size => InstitutionsError::TooLarge,
                    error if error.is_io() => InstitutionsError::Read(error.into()),
                    error => InstitutionsError::Syntax(error.line() as u64, error.column() as u64),
                });
            }
        }
        // The end may be between two documents.
        if position.bytes() > max_size {
            return Err(InstitutionsError::TooLarge);
        }
        let Found { names, without_id } = found.into_inner();
        if names.is_empty() {
            let (line, column) = without_id.unwrap_or((1, 1));
            return Err(InstitutionsError::NoIds(line, column));
        }
        Ok(Self(names))
    }

    /// Returns whether no name is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the name of an institution.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|name| &**name)
    }

    /// Returns the text that formats for people show: the name and the id; only the id if the name
    /// is not known.
    #[must_use]
    pub fn label<'a>(&self, id: &'a str) -> Cow<'a, str> {
        self.name(id).map_or(Cow::Borrowed(id), |name| Cow::Owned(format!("{name} ({id})")))
    }

    /// Returns the label with a name that is shortened if it is long, for narrow tables.
    #[must_use]
    pub fn short_label<'a>(&self, id: &'a str) -> Cow<'a, str> {
        let name = self.name(id).unwrap_or_default();
        match name.char_indices().nth(MAX_NAME) {
            Some((end, _)) => Cow::Owned(format!("{}… ({id})", name[..end].trim_end())),
            None => self.label(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Institutions, String> {
        Institutions::read(text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn ids_and_names_are_found_in_any_shape() {
        for text in [
            r#"{"found":2,"institutions":[{"id":5,"name":"Chase","address":{"city":"X"}},{"id":"7","name":"Ally"}]}"#,
            r#"[{"name":"Chase","id":"5"},{"items":[[{"id":7,"name":" Ally "}]],"id":null,"name":1.5}]"#,
            "{\"id\":5,\"name\":\"Chase\"}\n{\"id\":7,\"name\":\"Ally\"}\n",
            "\u{feff}{\"id\":5,\"name\":\"Chase\",\"childInstitutions\":{\"id\":7,\"name\":\"Ally\"}} ",
            r#"{"id":5,"name":"old"}{"id":5,"name":"Chase"}{"id":7,"name":"Ally"}"#,
            r#"{"institution":{"id":5,"name":"Chase","email":"x"}}{"Institutions":{"7":{"id":7,"name":"Ally"}}}"#,
            r#"{"data":{"institutions":[{"id":5,"name":"Chase","rank":1}]},"results":[{"id":7,"name":"Ally"}]}"#,
            r#"{"report":{"institutions":[{"id":5,"name":"Chase"}],"accounts":[{"id":1,"name":"X","institution":{"id":7,"name":"Ally"}}]}}"#,
            r#"{"banks":[{"id":5,"name":"Chase","country":"US"},{"x":{"id":7,"name":"Ally"}}]}"#,
            r#"[{"id":5,"name":"Chase","url_home_app":"x","phone":""},{"id":7,"name":"Ally","voa":true,"status":"online"}]"#,
        ] {
            let institutions = read(text).unwrap();
            assert_eq!(institutions.name("5"), Some("Chase"), "{text}");
            assert_eq!((institutions.name("7"), institutions.0.len()), (Some("Ally"), 2), "{text}");
        }
    }

    #[test]
    fn the_names_of_accounts_are_private_and_skipped() {
        let report = r#"{"id":"report-1","customerId":"1","institutions":[{"id":5,"name":"Chase","accounts":[
            {"id":"7001","name":"My savings","number":"1","owner":{"id":"8","name":"Jane"}},
            {"id":"7002","name":"Ours","aggregationStatusCode":0}]}]}"#;
        let institutions = read(report).unwrap();
        assert_eq!(institutions.0.len(), 1);
        assert_eq!(institutions.name("5"), Some("Chase"));
    }

    #[test]
    fn no_name_of_an_account_customer_owner_or_payee_counts_in_any_spelling() {
        let accounts = [
            r#"{"id":"7001","name":"NAME","aggregationStatusCode":0}"#,
            r#"{"id":"7001","name":"NAME","aggregation_status_code":0,"urlHomeApp":"x"}"#,
            r#"{"id":"7001","name":"NAME","Institution-Login-Id":1,"transAgg":true}"#,
            r#"{"id":"7001","name":"NAME","type":"savings","currency":"USD","status":"active"}"#,
            r#"{"id":"5001","name":"NAME","email":"x","phone":"x","address":{}}"#,
            r#"{"id":"5001","name":"NAME","username":"x","firstName":"x","lastName":"x"}"#,
        ];
        for account in accounts {
            for text in ["@", "[@]", "{\"data\":[@]}", "{\"institution\":{\"accounts\":[@]}}"] {
                assert!(read(&text.replace('@', account)).is_err(), "{text} {account}");
            }
        }
        for key in [
            "accounts",
            "Accounts",
            "account_list",
            "customers",
            "customer",
            "owner",
            "owners",
            "accountOwner",
            "holders",
            "payee",
            "payees",
            "transactions",
            "members",
            "user",
            "users",
            "contacts",
            "institutionLogins",
        ] {
            for text in ["{\"@\":[NAME]}", "[{\"@\":NAME}]", "{\"@\":{\"data\":{\"1\":NAME}}}"] {
                let text = text.replace('@', key).replace("NAME", r#"{"id":"1","name":"NAME"}"#);
                assert!(read(&text).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn a_file_without_names_is_an_error_with_a_location() {
        for (text, error) in [
            ("", "1:1: no institution with an id and a name"),
            ("{\"institutions\":[]}", "1:1: no institution with an id and a name"),
            (
                "{\"institutions\":[\n {\"name\":\"Chase\"}]}",
                "2:2: no institution with an id and a name",
            ),
            ("[{\"id\":\" \",\"name\":\"Chase\"}]", "1:2: no institution with an id and a name"),
            ("[{\"id\":5,\"name\":\"Chase\"},\n", "2:0: not valid JSON"),
            ("id,name\n5,Chase\n", "1:1: not valid JSON"),
        ] {
            assert_eq!(read(text), Err(error.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_list_that_is_too_large_is_an_error_wherever_it_is_cut_off() {
        let list = "{\"id\":5,\"name\":\"Chase\"}\n{\"id\":7,\"name\":\"Ally\"}\n";
        let length = list.len() as u64;
        for max_size in 1..length {
            let error = Institutions::read_up_to(max_size, list.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), "larger than 64 MiB", "{max_size}");
        }
        assert_eq!(Institutions::read_up_to(length, list.as_bytes()).unwrap().0.len(), 2);
        let marked = format!("\u{feff}{list}");
        assert!(Institutions::read_up_to(length - 1, marked.as_bytes()).is_err());
    }

    #[test]
    fn a_long_name_is_shortened_but_its_id_is_not() {
        let institutions = read(&format!("{{\"id\":5,\"name\":\"{}\"}}", "é".repeat(500))).unwrap();
        assert_eq!(institutions.label("5"), format!("{} (5)", "é".repeat(500)));
        assert_eq!(institutions.short_label("5"), format!("{}… (5)", "é".repeat(MAX_NAME)));
        assert_eq!(institutions.short_label("6"), "6");
    }
}
