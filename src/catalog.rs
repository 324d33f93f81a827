//! The catalog: everything that is known about codes.
//!
//! The built-in catalog is the file `codes.toml`, which is compiled into the program. An overlay is
//! a file of the same format that replaces or adds entries: a company's own wording, or a code that
//! was published yesterday.
//!
//! ```
//! use statuscode::catalog::{Action, Catalog, Standing};
//!
//! let mut catalog = Catalog::built_in().clone();
//! let entry = catalog.get(185).ok_or("185 is documented")?;
//! assert_eq!((entry.action, entry.standing), (Action::ConnectFix, Standing::Documented));
//! assert_eq!(catalog.find_by_name("duplicate-account").map(|entry| entry.code), Some(169));
//! assert!(catalog.get(99_999).is_none());
//!
//! catalog.overlay("[[code]]\ncode = 185\ncustomer_message = \"Please reconnect.\"", "ours.toml")?;
//! let message = catalog.get(185).map(|entry| entry.customer_message.as_str());
//! assert_eq!(message, Some("Please reconnect."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod entry;
mod enums;
mod error;
mod file;
mod search;
mod short_action;

use std::sync::LazyLock;

pub use entry::{Entry, HttpStatus, Reading, Remedy, Source, StateEntry, Synonym};
pub use enums::{Action, Category, Standing};
pub use error::CatalogError;
pub use short_action::short_action;

use crate::account::Code;

/// The built-in catalog as TOML.
const BUILT_IN: &str = include_str!("../codes.toml");

/// The entries of all codes, with their sources, states, HTTP statuses, and search terms.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    sources: Vec<Source>,
    states: Vec<StateEntry>,
    http_statuses: Vec<HttpStatus>,
    synonyms: Vec<Synonym>,
}

impl Catalog {
    /// Returns the catalog that is compiled into the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
            // The TOML is fixed at compile time, and the tests prove that it parses.
            Catalog::parse(BUILT_IN).unwrap_or_default()
        });
        &CATALOG
    }

    /// Parses a complete catalog.
    ///
    /// # Errors
    ///
    /// Returns an error if `text` is not TOML, or breaks a rule of the catalog format.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let mut catalog = Self::default();
        file::read(text, None, &mut catalog)?;
        Ok(catalog)
    }

    /// Adds the entries of an overlay, and replaces those that have the same code. `origin` is the
    /// name of its file. An entry for a code that the catalog already has needs only the keys that
    /// differ.
    ///
    /// # Errors
    ///
    /// Returns an error if `text` is not TOML, or breaks a rule of the catalog format.
    pub fn overlay(&mut self, text: &str, origin: &str) -> Result<(), CatalogError> {
        file::read(text, Some(origin), self)
    }

    /// Returns all entries, ascending by code.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns all sources, by rank.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Returns the states that do not follow from the code alone: pending, stale, unknown.
    #[must_use]
    pub fn states(&self) -> &[StateEntry] {
        &self.states
    }

    /// Returns the HTTP statuses that the catalog explains, ascending.
    #[must_use]
    pub fn http_statuses(&self) -> &[HttpStatus] {
        &self.http_statuses
    }

    /// Returns the search terms that find entries in which they do not occur.
    #[must_use]
    pub fn synonyms(&self) -> &[Synonym] {
        &self.synonyms
    }

    /// Returns the source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// Returns the entry of a code.
    #[must_use]
    pub fn get(&self, code: Code) -> Option<&Entry> {
        self.entries
            .binary_search_by_key(&code, |entry| entry.code)
            .ok()
            .map(|index| &self.entries[index])
    }

    /// Returns the entry with exactly this name, such as `bad-credentials`.
    #[must_use]
    pub fn find_by_name(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// Returns the meaning of this number as an HTTP status, if the catalog has one. Many statuses
    /// are also codes: where a code is expected, [`Catalog::get`] takes precedence.
    ///
    /// ```
    /// use statuscode::catalog::Catalog;
    ///
    /// let status = Catalog::built_in().http_status(429).ok_or("429 is explained")?;
    /// assert_eq!(status.title, "Too Many Requests");
    /// # Ok::<(), &'static str>(())
    /// ```
    #[must_use]
    pub fn http_status(&self, code: Code) -> Option<&HttpStatus> {
        self.http_statuses
            .binary_search_by_key(&code, |status| status.code)
            .ok()
            .map(|index| &self.http_statuses[index])
    }

    /// Returns the `count` entries with the numerically nearest codes, in ascending order. They are
    /// neighbors, not corrections.
    #[must_use]
    pub fn neighbors(&self, code: Code, count: usize) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.code.abs_diff(code), entry.code));
        entries.truncate(count);
        entries.sort_by_key(|entry| entry.code);
        entries
    }
}
