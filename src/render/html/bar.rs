//! Bars for shares, in charts and in cells.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped};

use crate::answer::Share;
use crate::text::bar_width;

/// Draws the parts of a share side by side. The bar has no text, because the numbers are next to
/// it. A page may have thousands of bars, so a part has as little markup as possible.
pub fn bar(share: &Share) -> Markup {
    let mut markup = "<div class=bar>".to_owned();
    for (category, count) in share.parts.iter().filter(|part| part.1 > 0) {
        let width = bar_width(*count, share.whole);
        // Writing to a string cannot fail.
        let _ = write!(markup, "<i class={category} style=width:{width}></i>");
    }
    markup.push_str("</div>");
    PreEscaped(markup)
}
