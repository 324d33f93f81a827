//! Decides which objects are institutions. Accounts, customers, and owners also have an id and a
//! name, but theirs are private.

/// Members with a value that contains what their object is about.
const WRAPPERS: [&str; 8] =
    ["body", "content", "data", "items", "payload", "records", "response", "results"];

/// Parts of the keys of members whose values are about customers and their accounts.
const PRIVATE: [&str; 13] = [
    "account",
    "contact",
    "customer",
    "holder",
    "login",
    "member",
    "owner",
    "payee",
    "payer",
    "people",
    "person",
    "transaction",
    "user",
];

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

/// Members that institutions, accounts, and customers have.
const OF_ANY: [&str; 6] = ["address", "currency", "email", "phone", "status", "type"];

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A place where anything may be.
    Any,
    /// Inside a member that has institutions.
    Institutions,
    /// Inside a member such as `accounts` or `owner`.
    Private,
}

impl Place {
    /// Returns the place of the value of a member.
    pub fn of_member(self, key: &str) -> Self {
        let key = folded(key);
        if key.ends_with("institutions") || key.ends_with("institution") {
            Self::Institutions
        } else if self == Self::Private || PRIVATE.iter().any(|part| key.contains(part)) {
            Self::Private
        } else if WRAPPERS.contains(&&*key) || is_id(&key) {
            // Institutions may be the members of an object, with their ids as keys.
            self
        } else {
            Self::Any
        }
    }
}

/// What the keys of an object show, except `id` and `name`.
#[derive(Debug, Default)]
pub struct Evidence {
    of_institutions: bool,
    of_others: bool,
    of_any: bool,
}

impl Evidence {
    /// Adds a key.
    pub fn add(&mut self, key: &str) {
        let key = folded(key);
        self.of_institutions |= OF_INSTITUTIONS.contains(&&*key);
        self.of_others |= OF_OTHERS.contains(&&*key);
        self.of_any |= OF_ANY.contains(&&*key);
    }

    /// Returns whether the object is an institution. Where anything may be, an object with members
    /// that accounts and customers have too needs another that only institutions have.
    pub const fn is_institution(&self, place: Place) -> bool {
        match place {
            _ if self.of_others => false,
            Place::Any => self.of_institutions || !self.of_any,
            Place::Institutions => true,
            Place::Private => false,
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
