//! The meanings of the codes on an HTML page, which explains every code that it names.

use super::report::{Audience, Body, Fact, Section};
use super::summary::section_id;
use crate::classify::Verdict;

/// Returns a heading and a section for each verdict; nothing if there are none.
pub fn meanings<'a>(verdicts: Vec<&'a Verdict<'a>>) -> impl Iterator<Item = Section<'a>> {
    let heading = (!verdicts.is_empty()).then(|| Section {
        id: "meanings".to_owned(),
        heading: "What the codes mean".into(),
        audience: Audience::Page,
        ..Section::default()
    });
    heading.into_iter().chain(verdicts.into_iter().map(meaning))
}

fn meaning<'a>(verdict: &'a Verdict<'a>) -> Section<'a> {
    let mut facts = vec![
        Fact::new("What happened", verdict.meaning),
        Fact::new("What to do", verdict.required_action),
    ];
    if !verdict.customer_message.is_empty() {
        facts.push(Fact::new("Tell the customer", verdict.customer_message));
    }
    if let Some(entry) = verdict.entry
        && let Some(reading) = entry.readings.first()
    {
        let standing = Fact::new("Documentation", entry.standing.label());
        facts.push(Fact { url: Some(reading.url.as_str().into()), ..standing });
    }
    Section {
        id: section_id(verdict),
        code: verdict.code.map(|code| (code.to_string(), verdict.category)),
        heading: verdict.title.into(),
        body: Body::Facts(facts),
        audience: Audience::Page,
        ..Section::default()
    }
}
