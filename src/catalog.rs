//! The catalog: everything that is known of codes.
//!
//! It stands in `codes.toml`, which is part of the program. An overlay, a file of the same form, replaces or adds
//! entries: a company's own wording, or a code that was published yesterday.
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
//! assert_eq!(catalog.get(185).map(|entry| entry.customer_message.as_str()), Some("Please reconnect."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod entry;
mod enums;
mod error;
mod excerpt;
mod file;
mod short_action;

use std::sync::LazyLock;

pub use entry::{Entry, Fallback, Reading, Source, StateEntry};
pub use enums::{Action, Category, Standing};
pub use error::CatalogError;
pub use short_action::short_action;

use crate::account::Code;

/// The text of the catalog that the program carries.
const BUILT_IN: &str = include_str!("../codes.toml");

/// Entries by code, and the sources that they rest on.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    sources: Vec<Source>,
    states: Vec<StateEntry>,
}

impl Catalog {
    /// The catalog that the program carries.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
            // The text is fixed at compile time, and every test reads it.
            Catalog::parse(BUILT_IN).unwrap_or_default()
        });
        &CATALOG
    }

    /// Only the entries of these codes (and of codes that share a table with them) of the catalog that the program carries.
    #[must_use]
    pub fn built_in_excerpt(codes: &[Code]) -> Self {
        Self::parse(&excerpt::excerpt(BUILT_IN, codes)).unwrap_or_default()
    }

    /// Reads a whole catalog.
    ///
    /// # Errors
    ///
    /// When the text is no TOML, or says something that a catalog cannot mean.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let mut catalog = Self::default();
        file::read(text, None, &mut catalog)?;
        Ok(catalog)
    }

    /// Replaces and adds what `text` says; `origin` names where it comes from. An entry for a code that is known already
    /// needs to give only what differs.
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

    /// What is said of accounts whose state is not told by the code alone: pending, stale, unknown.
    #[must_use]
    pub fn states(&self) -> &[StateEntry] {
        &self.states
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
            .map(|place| &self.entries[place])
    }

    /// The entry with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The entries numerically nearest to a code that has none: neighbors, not corrections.
    #[must_use]
    pub fn neighbors(&self, code: Code, count: usize) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.code.abs_diff(code), entry.code));
        entries.truncate(count);
        entries.sort_by_key(|entry| entry.code);
        entries
    }

    fn put(&mut self, entry: Entry) {
        match self
            .entries
            .binary_search_by_key(&entry.code, |known| known.code)
        {
            Ok(place) => self.entries[place] = entry,
            Err(place) => self.entries.insert(place, entry),
        }
    }
}
