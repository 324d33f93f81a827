//! Decides which objects are institutions. Accounts, customers, and owners also have an id and a
//! name, but theirs are private.

/// Members with a value that contains what their object is about.
const WRAPPERS: [&str; 8] =
    ["body", "content", "data", "items", "payload", "records", "response", "results"];

/// Members that only institutions have.
const OF_INSTITUTIONS: [&str; 16] = [
    "ach",
    "aha",
    "branding",
    "childinstitutions",
    "newinstitutionid",
    "oauthenabled",
    "oauthinstitutionid",
    "productionstatus",
    "specialtext",
    "stateagg",
    "transagg",
    "urlforgotpassword",
    "urlhomeapp",
    "urllogonapp",
    "voa",
    "voi",
];

/// Members that no institution has.
const OF_OTHERS: [&str; 12] = [
    "accountid",
    "accountnumber",
    "accountnumberdisplay",
    "aggregationstatuscode",
    "balance",
    "customerid",
    "firstname",
    "institutionid",
    "institutionloginid",
    "lastname",
    "number",
    "username",
];

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The top level, where a list of institutions may be, or something else.
    Top,
    /// Inside a member that has institutions.
    Institutions,
    /// Inside any other member, such as `accounts` or `owner`.
    Other,
}

impl Place {
    /// Returns the place of the value of a member.
    pub fn of_member(self, key: &str) -> Self {
        let key = folded(key);
        if key.ends_with("institutions") || key.ends_with("institution") {
            Self::Institutions
        } else if WRAPPERS.contains(&&*key) || is_id(&key) {
            // Institutions may be the members of an object, with their ids as keys.
            self
        } else {
            Self::Other
        }
    }
}

/// What the keys of an object show, except `id` and `name`.
#[derive(Debug, Default)]
pub struct Evidence {
    of_institutions: bool,
    of_others: bool,
    any: bool,
}

impl Evidence {
    /// Adds a key.
    pub fn add(&mut self, key: &str) {
        let key = folded(key);
        self.of_institutions |= OF_INSTITUTIONS.contains(&&*key);
        self.of_others |= OF_OTHERS.contains(&&*key);
        self.any = true;
    }

    /// Returns whether the object is an institution. At the top level, it must have a member that
    /// only institutions have, or none except `id` and `name`.
    pub const fn is_institution(&self, place: Place) -> bool {
        match place {
            _ if self.of_others => false,
            Place::Top => self.of_institutions || !self.any,
            Place::Institutions => true,
            Place::Other => false,
        }
    }
}

fn is_id(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a key without separators and in lower case, so that its spelling does not matter.
fn folded(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
