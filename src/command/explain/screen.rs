//! The one screen that a support agent reads while on the phone.

use crate::catalog::{Action, Catalog, Category, Entry, Reading};
use crate::palette::Palette;
use crate::render::{Cell, Column, Grid};
use crate::terminal::Look;
use crate::visible::visible;

/// An entry as text.
pub fn screen(entry: &Entry, catalog: &Catalog, look: Look) -> String {
    let palette = Palette { color: look.color };
    let dot = if look.ascii { "-" } else { "·" };
    let code = palette.category(entry.category, &entry.code.to_string());
    let title = palette.strong(&visible(&entry.title));
    let about = [
        entry.name.as_str(),
        entry.standing.as_str(),
        entry.category.as_str(),
        entry.action.as_str(),
    ];
    let about = palette.faint(&visible(&about.join(&format!(" {dot} "))));
    let mut grid = Grid::bare(look, &[Column::Word, Column::Text]);
    let mut row =
        |label: &str, text: String| grid.row([Cell::new(label).strong(), Cell::new(text)]);
    row("What happened", entry.meaning.clone());
    row("Who must act", who(entry).to_owned());
    row("What to do", entry.required_action.clone());
    row("Data Connect Fix", fix(entry).to_owned());
    if let Some(fallback) = &entry.fallback {
        row("Without it", fallback.required_action.clone());
    }
    if let Some(category) = &entry.remediation_category {
        row("Mastercard's remedy", category.clone());
    }
    row(
        "Tell the customer",
        format!("\"{}\"", entry.customer_message),
    );
    for (place, note) in entry.notes.iter().enumerate() {
        row(if place == 0 { "Also know" } else { "" }, note.clone());
    }
    if let Some(origin) = &entry.origin {
        row("This entry", format!("comes from the overlay {origin}"));
    }
    let written = written_in(entry, catalog, look);
    format!("{code}  {title}\n{about}\n\n{}\n{written}", grid.text())
}

/// Where it is written. Addresses are never wrapped, so that they can be followed.
fn written_in(entry: &Entry, catalog: &Catalog, look: Look) -> String {
    let palette = Palette { color: look.color };
    let mut text = palette.strong("Written in") + "\n";
    let mut others = Vec::new();
    for reading in &entry.readings {
        let Some(source) = catalog.source(&reading.source) else {
            continue;
        };
        if source.third_party {
            others.push(source.id.as_str());
            continue;
        }
        let superseded = if reading.superseded {
            " (superseded)"
        } else {
            ""
        };
        let said = if reading.required_action == Reading::NO_ACTION {
            ""
        } else {
            &reading.required_action
        };
        let mut grid = Grid::bare(look, &[Column::Word, Column::Text]);
        grid.row([
            Cell::new("-"),
            Cell::new(format!("{}{superseded}", source.title)),
        ]);
        grid.row([
            Cell::new(""),
            Cell::new(format!("{} {said}", reading.meaning)),
        ]);
        text.push_str(&grid.text());
        for part in ["   ", &palette.faint(&look.link(&reading.url)), "\n"] {
            text.push_str(part);
        }
    }
    if !others.is_empty() {
        let mut grid = Grid::bare(look, &[Column::Word, Column::Text]);
        grid.row([
            Cell::new("-"),
            Cell::new(format!(
                "Third parties: {} (--json has what they say)",
                others.join(", ")
            )),
        ]);
        text.push_str(&grid.text());
    }
    text
}

const fn who(entry: &Entry) -> &'static str {
    match (entry.category, entry.action) {
        (Category::Ok, _) => "nobody",
        (_, Action::RetireAccount) => "your application",
        (Category::UserAction, _) => "the customer, or your application on their behalf",
        (_, Action::ContactInstitution) => "the institution; the customer can ask it to",
        (Category::Institution, _) => "nobody: the institution or Mastercard is at work",
        (Category::Support, _) => "you, with a support ticket to Mastercard",
        (Category::Partner, _) => "you: your own request is at fault",
        _ => "you",
    }
}

const fn fix(entry: &Entry) -> &'static str {
    match (entry.connect_fix, entry.action) {
        (true, Action::SignInAtInstitution) => {
            "yes, after the customer has signed in at the institution"
        }
        (true, _) => "yes, it can normally repair this",
        (false, _) => "no, it does not help here",
    }
}
