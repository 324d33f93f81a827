//! Catalog entries, for programs and for people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Audience, Body, Fact, Section, Text};
use crate::account::Code;
use crate::catalog::{self, Action, Catalog, Category, Standing};

/// Everything that the catalog says about a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry<'a> {
    /// The aggregation status code.
    pub code: Code,
    /// A unique slug.
    pub name: Text<'a>,
    /// The short documented name.
    pub title: Text<'a>,
    /// How well the code is documented.
    pub standing: Standing,
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login.
    pub connect_fix: bool,
    /// Whether the code stops nightly batch aggregation; `null` if no source says.
    pub blocks_nightly_batch: Option<bool>,
    /// Mastercard's remediation category; `null` if none is published.
    pub remediation_category: Option<Text<'a>>,
    /// What happened.
    pub meaning: Text<'a>,
    /// What to do.
    pub required_action: Text<'a>,
    /// The action where Data Connect Fix is not integrated; `null` if it is the same.
    pub fallback_action: Option<Action>,
    /// A message that an application can show to the customer.
    pub customer_message: Text<'a>,
    /// Additional notes.
    pub notes: Vec<Text<'a>>,
    /// What each source says, ordered by rank.
    pub readings: Vec<Reading<'a>>,
    /// The overlay that defines the entry; absent for built-in entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Text<'a>>,
}

/// What one source says about a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading<'a> {
    /// The id of the source.
    pub source: Text<'a>,
    /// What the code means according to this source.
    pub meaning: Text<'a>,
    /// What to do according to this source.
    pub required_action: Text<'a>,
    /// Whether a newer source replaces this reading.
    pub superseded: bool,
    /// The URL of the source.
    pub url: Text<'a>,
}

impl<'a> From<&'a catalog::Entry> for Entry<'a> {
    fn from(entry: &'a catalog::Entry) -> Self {
        let text = |text: &'a String| Text::from(text.as_str());
        Self {
            code: entry.code,
            name: text(&entry.name),
            title: text(&entry.title),
            standing: entry.standing,
            category: entry.category,
            action: entry.action,
            connect_fix: entry.connect_fix,
            blocks_nightly_batch: entry.blocks_nightly_batch,
            remediation_category: entry.remediation_category.as_ref().map(text),
            meaning: text(&entry.meaning),
            required_action: text(&entry.required_action),
            fallback_action: entry.fallback.as_ref().map(|fallback| fallback.action),
            customer_message: text(&entry.customer_message),
            notes: entry.notes.iter().map(text).collect(),
            readings: entry.readings.iter().map(Reading::from).collect(),
            origin: entry.origin.as_ref().map(text),
        }
    }
}

impl<'a> From<&'a catalog::Reading> for Reading<'a> {
    fn from(reading: &'a catalog::Reading) -> Self {
        Self {
            source: reading.source.as_str().into(),
            meaning: reading.meaning.as_str().into(),
            required_action: reading.required_action.as_str().into(),
            superseded: reading.superseded,
            url: reading.url.as_str().into(),
        }
    }
}

/// How much detail to show about sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// One line.
    Short,
    /// What each source says.
    Full,
}

/// Returns the id of the section that explains a code.
#[must_use]
pub fn anchor(code: Code) -> String {
    code.to_string()
}

/// Returns an entry for people, such as a support agent on the phone.
#[must_use]
pub fn section<'a>(
    entry: &'a catalog::Entry,
    catalog: &'a Catalog,
    sources: Sources,
) -> Section<'a> {
    let about = [
        entry.name.as_str(),
        entry.standing.as_str(),
        entry.category.as_str(),
        entry.action.as_str(),
    ];
    let mut facts = vec![
        Fact::new("What happened", &*entry.meaning),
        Fact::new("Who must act", who_must_act(entry)),
        Fact::new("What to do", &*entry.required_action),
        Fact::new("Data Connect Fix", connect_fix(entry)),
    ];
    if let Some(fallback) = &entry.fallback {
        facts.push(Fact::new("Without it", &*fallback.required_action));
    }
    if let Some(category) = &entry.remediation_category {
        facts.push(Fact::new("Remediation", &**category));
    }
    if let Some(blocks) = entry.blocks_nightly_batch {
        let text = if blocks { "Stopped until this is repaired." } else { "Continues." };
        facts.push(Fact::new("Nightly batch", text));
    }
    facts.push(Fact::new("Tell the customer", format!("\"{}\"", entry.customer_message)));
    if !entry.notes.is_empty() {
        let notes = entry.notes.iter().map(|note| Text::from(note.as_str()));
        facts.push(Fact { text: notes.collect(), ..Fact::new("Notes", "") });
    }
    if let Some(origin) = &entry.origin {
        facts.push(Fact::new("Overlay", &**origin));
    }
    match sources {
        Sources::Short => facts.extend(short_sources(entry, catalog)),
        Sources::Full => facts.extend(all_sources(entry, catalog)),
    }
    Section {
        id: anchor(entry.code),
        code: Some((entry.code.to_string(), entry.category)),
        heading: Text::from(entry.title.as_str()),
        intro: about.join(" · ").into(),
        body: Body::Facts(facts),
        search_terms: catalog.synonyms_of(entry).collect::<Vec<_>>().join(", "),
        ..Section::default()
    }
}

/// Returns the sources as one line, even on a narrow terminal. Documents also show the address.
fn short_sources<'a>(entry: &'a catalog::Entry, catalog: &'a Catalog) -> Option<Fact<'a>> {
    let first = entry.readings.first()?;
    let title = catalog.source(&first.source).map_or(&*first.source, |source| &*source.title);
    let text: Text<'a> = match entry.readings.len() - 1 {
        0 => title.into(),
        others => {
            let title = title.split_once(',').map_or(title, |(title, _)| title);
            format!("{title}; {others} more (--sources)").into()
        }
    };
    let fact = Fact::new("Source", text).with_url(first.url.as_str());
    Some(Fact { url_audience: Audience::Document, ..fact })
}

fn all_sources<'a>(
    entry: &'a catalog::Entry,
    catalog: &'a Catalog,
) -> impl Iterator<Item = Fact<'a>> {
    entry.readings.iter().map(|reading| {
        let source = catalog.source(&reading.source);
        let title = source.map_or(&*reading.source, |source| &*source.title);
        let standing = match source {
            _ if reading.superseded => " (superseded)",
            Some(source) if source.third_party => " (third party)",
            _ => "",
        };
        let action = match reading.required_action.as_str() {
            catalog::Reading::NO_ACTION => "",
            action => action,
        };
        let statement = format!("{} {action}", reading.meaning);
        let text =
            vec![format!("{title}{standing}").into(), statement.trim_end().to_owned().into()];
        Fact { text, ..Fact::new("Source", "").with_url(reading.url.as_str()) }
    })
}

const fn who_must_act(entry: &catalog::Entry) -> &'static str {
    match (entry.category, entry.action) {
        (Category::Ok, _) => "Nobody.",
        (_, Action::RetireAccount) => "Your application.",
        (Category::UserAction, _) => "The customer, or your application on their behalf.",
        (_, Action::ContactInstitution) => "The institution. The customer can ask it to act.",
        (Category::Institution | Category::Pending | Category::Stale, _) => "Nobody yet. Wait.",
        (Category::Support, _) => "You. Open a support ticket with Mastercard.",
        (Category::Partner, _) => "You. Correct your own API request.",
        (Category::Unknown, _) => "You. Find out what the code means.",
    }
}

const fn connect_fix(entry: &catalog::Entry) -> &'static str {
    match (entry.connect_fix, entry.action) {
        (true, Action::SignInAtInstitution) => {
            "Yes, after the customer has signed in at the institution."
        }
        (true, _) => "Yes, it can normally repair this.",
        (false, _) => "No, it does not help here.",
    }
}
