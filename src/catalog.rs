//! The catalog: everything that is known about codes.
//!
//! It is the file `codes.toml`, which is compiled into the program. An overlay, a file of the same
//! format, replaces or adds entries: a company's own wording, or a code that was published
//! yesterday.
//!
//! ```
//! use statuscode::catalog::{Action, Catalog, Standing};
//!
//! let mut catalog = Catalog::built_in().clone();
//! let entry = catalog.get(185).ok_or("185 is documented")?;
//! assert_eq!((entry.action, entry.standing), (Action::ConnectFix, Standing::Documented));
//! assert_eq!(catalog.named("duplicate-account").map(|entry| entry.code), Some(169));
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

/// The text of the built-in catalog.
const BUILT_IN: &str = include_str!("../codes.toml");

/// Entries by code, and their sources.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    sources: Vec<Source>,
    states: Vec<StateEntry>,
    http_statuses: Vec<HttpStatus>,
    synonyms: Vec<Synonym>,
}

impl Catalog {
    /// The catalog that is compiled into the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
            // The text is fixed at compile time, and the tests parse it.
            Catalog::parse(BUILT_IN).unwrap_or_default()
        });
        &CATALOG
    }

    /// Reads a whole catalog.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, or contradicts the rules of a catalog.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let mut catalog = Self::default();
        file::read(text, None, &mut catalog)?;
        Ok(catalog)
    }

    /// Replaces and adds what `text` says; `origin` names its file. An entry for a code that is
    /// already known needs to give only what differs.
    ///
    /// # Errors
    ///
    /// As [`Catalog::parse`].
    pub fn overlay(&mut self, text: &str, origin: &str) -> Result<(), CatalogError> {
        file::read(text, Some(origin), self)
    }

    /// All entries, ascending by code.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All sources, by rank.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The states that do not follow from the code alone: pending, stale, unknown.
    #[must_use]
    pub fn states(&self) -> &[StateEntry] {
        &self.states
    }

    /// The HTTP statuses that the catalog explains, ascending.
    #[must_use]
    pub fn http_statuses(&self) -> &[HttpStatus] {
        &self.http_statuses
    }

    /// All search terms beyond the texts of the entries.
    #[must_use]
    pub fn synonyms(&self) -> &[Synonym] {
        &self.synonyms
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: Code) -> Option<&Entry> {
        self.entries
            .binary_search_by_key(&code, |entry| entry.code)
            .ok()
            .map(|index| &self.entries[index])
    }

    /// The entry with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What this number means as an HTTP status, if the catalog explains it. Many statuses are
    /// also codes; [`Catalog::get`] takes precedence wherever a code is expected.
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

    /// The entries numerically nearest to a code that has none. They are neighbors, not
    /// corrections.
    #[must_use]
    pub fn neighbors(&self, code: Code, count: usize) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.code.abs_diff(code), entry.code));
        entries.truncate(count);
        entries.sort_by_key(|entry| entry.code);
        entries
    }
}
