//! The words around codes in English, Spanish, French, German, Portuguese, and Italian. They are
//! folded: lower case and without accents.

mod http;
mod numbers;

pub use http::{HTTP, METHODS, REASONS};
pub use numbers::{
    AFTER_ERROR, CHANGES, CONNECTORS, COUNTED_IF_SHORT, COUNTS_BEFORE, GERMAN_THINGS, IDENTIFIED,
    MEASURES, QUALIFIERS, RANGE_STARTS, RANGE_WORDS, THINGS,
};

/// What a keyword says about the number after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// "error 185".
    Error,
    /// "code 185".
    Code,
    /// "status 185".
    Status,
}

/// The kind of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeywordKind {
    /// What it says about the number after it.
    pub family: Family,
    /// Whether several codes may follow.
    pub is_plural: bool,
    /// Whether the plural is the same word, so that a number before it may be a count.
    pub is_invariable: bool,
}

/// Returns the kind of a keyword; `None` if the word is not a keyword.
pub fn keyword_kind(word: &str) -> Option<KeywordKind> {
    let (family, is_plural) = match word {
        "error" | "err" | "errore" | "erreur" | "erro" | "fehler" | "fehlernummer"
        | "fehlermeldung" | "fehlernr" => (Family::Error, false),
        "errors" | "errori" | "errores" | "erreurs" | "erros" | "fehlern" => (Family::Error, true),
        "code" | "codigo" | "codice" | "cod" => (Family::Code, false),
        "codes" | "codigos" | "codici" => (Family::Code, true),
        "status" | "statut" | "stato" | "estado" | "estatus" => (Family::Status, false),
        "statuses" => (Family::Status, true),
        _ => return None,
    };
    Some(KeywordKind { family, is_plural, is_invariable: word == "fehler" })
}

/// One of these is in every keyword. They are not folded, and stop at the first accent.
pub const STEMS: &[&str] = &["err", "cod", "sta", "feh", "c\u{f3}d", "c\u{d3}d", "co\u{301}"];

/// Words that end in a period when they are abbreviated.
pub const ABBREVIATIONS: &[&str] = &["err", "cod", "no", "nr", "num", "n", "fehlernr"];

/// Parts of identifiers such as `aggregationStatusCode`.
pub const AGGREGATION: &[&str] = &[
    "aggregation",
    "aggregations",
    "aggr",
    "agg",
    "agregation",
    "agregacion",
    "agregacao",
    "aggregazione",
];

/// Parts of identifiers that are written as one word: `errorcode`, `HTTPSTATUS`.
pub const GLUED: &[&str] = &[
    "aggregation",
    "aggregations",
    "status",
    "error",
    "err",
    "fehler",
    "erreur",
    "erro",
    "finicity",
    "result",
    "http",
    "response",
];

/// Parts of identifiers before `Code`, besides keywords: `resultCode`.
pub const BEFORE_CODE: &[&str] =
    &["result", "failure", "fail", "aggregation", "aggr", "agg", "finicity", "mastercard", "api"];

/// Parts of identifiers before `Error`: `FinicityError`, but not `TypeError`.
pub const BEFORE_ERROR: &[&str] = &[
    "finicity",
    "mastercard",
    "finance",
    "aggregation",
    "aggr",
    "agg",
    "account",
    "api",
    "bank",
    "client",
    "connect",
    "institution",
    "login",
    "sync",
    "refresh",
    "mfa",
    "last",
    "customer",
];

/// Parts of identifiers before `Status`.
pub const BEFORE_STATUS: &[&str] = &[
    "aggregation",
    "aggr",
    "agg",
    "account",
    "login",
    "finicity",
    "institution",
    "bank",
    "last",
    "current",
    "connection",
    "sync",
    "refresh",
    "new",
    "old",
    "previous",
    "prev",
];

/// Words before "code" that make it something else: "zip code".
pub const OTHER_CODES: &[&str] = &[
    "promotion",
    "promotional",
    "promo",
    "discount",
    "coupon",
    "voucher",
    "gift",
    "referral",
    "invite",
    "invitation",
    "zip",
    "postal",
    "post",
    "area",
    "country",
    "dial",
    "dialing",
    "dialling",
    "calling",
    "city",
    "state",
    "region",
    "qr",
    "bar",
    "source",
    "exit",
    "return",
    "security",
    "access",
    "verification",
    "confirmation",
    "validation",
    "activation",
    "pin",
    "passcode",
    "otp",
    "sms",
    "mfa",
    "auth",
    "authorization",
    "authentication",
    "login",
    "unlock",
    "door",
    "gate",
    "lock",
    "secret",
    "private",
    "your",
    "product",
    "item",
    "stock",
    "sku",
    "article",
    "part",
    "order",
    "tracking",
    "booking",
    "reservation",
    "reference",
    "ref",
    "sort",
    "routing",
    "branch",
    "bank",
    "swift",
    "iban",
    "currency",
    "merchant",
    "category",
    "mcc",
    "transaction",
    "tax",
    "cost",
    "project",
    "department",
    "unit",
    "type",
    "language",
    "lang",
    "airport",
    "building",
    "dress",
    "penal",
    "criminal",
    "civil",
    "color",
    "colour",
    "hex",
    "char",
    "character",
    "key",
    "ascii",
    "machine",
    "byte",
    "naics",
    "sic",
    "icd",
    "cpt",
    "course",
    "class",
    "batch",
    "serial",
    "model",
    "fiscal",
    "train",
    "flight",
    "ship",
    "morse",
    "cheat",
    "genetic",
    "dna",
    "dispatch",
    "police",
    "medical",
    "sales",
    "campaign",
    "no",
];

/// Words before "status" that make it something else: "exit status".
pub const OTHER_STATUSES: &[&str] = &[
    "exit", "return", "order", "shipping", "delivery", "flight", "ticket", "job", "build",
    "process", "marital", "payment", "invoice", "visa", "task", "no",
];

/// Words before "error" that make it something else: "standard error".
pub const OTHER_ERRORS: &[&str] =
    &["standard", "rounding", "typing", "margin", "sampling", "measurement", "mean", "squared"];

/// Verbs after which a code is one to type, or the exit code of a process: "use code 185", "process
/// exited with code 103".
pub const OTHER_VERBS: &[&str] = &[
    "use", "enter", "apply", "redeem", "dial", "type", "exit", "exits", "exited", "exiting",
    "signal", "errno", "quit", "crashed", "killed",
];

/// Words that may be between one of those verbs and "code".
pub const ARTICLES: &[&str] = &["the", "a", "an", "with", "this", "status", "error", "by", "promo"];

/// Words that may be between two keywords: "código de error".
pub const PREPOSITIONS: &[&str] = &[
    "de", "d", "di", "do", "da", "del", "dell", "della", "du", "der", "des", "of", "the", "el",
    "la", "l",
];

/// Words between a keyword and a word for "number": "Fehler mit der Nummer 185".
pub const WITH: &[&str] = &["with", "mit", "con", "avec", "com"];

/// Words for "number".
pub const NUMBERS: &[&str] = &["number", "no", "nr", "num", "nummer", "numero"];

/// Words that may be between a keyword and its number.
pub const FILLERS: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "be",
    "now",
    "still",
    "of",
    "the",
    "a",
    "an",
    "number",
    "no",
    "nr",
    "num",
    "nos",
    "n",
    "nummer",
    "numero",
    "value",
    "val",
    "returned",
    "returns",
    "reads",
    "shows",
    "says",
    "equals",
    "equal",
    "to",
    "set",
    "like",
    "such",
    "as",
    "either",
    "both",
    "de",
    "d",
    "del",
    "dell",
    "della",
    "der",
    "die",
    "das",
    "des",
    "do",
    "di",
    "du",
    "la",
    "el",
    "le",
    "l",
    "il",
    "est",
    "es",
    "ist",
    "e",
    "etait",
    "era",
    "war",
    "lautet",
    "aggregation",
    "finicity",
    "mastercard",
    "not",
    "etat",
    "message",
    "i",
    "we",
    "they",
    "got",
    "get",
    "getting",
    "received",
    "keep",
    "see",
    "saw",
];
