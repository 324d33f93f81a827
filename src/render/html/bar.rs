//! Bars for shares, in charts and in cells.

use maud::{Markup, html};

use crate::answer::Share;
use crate::text::bar_width;

/// Draws the parts of a share side by side. The bar is decorative, because the numbers are next to
/// it.
pub fn bar(share: &Share) -> Markup {
    let mut before = 0;
    let parts = share.parts.iter().filter(|part| part.1 > 0).map(|&(category, count)| {
        let start = before;
        before += count;
        (category, start, count)
    });
    html! {
        svg.bar aria-hidden="true" focusable="false" {
            @for (category, start, count) in parts {
                rect.(category) x=[(start > 0).then(|| bar_width(start, share.whole))]
                    width=(bar_width(count, share.whole)) height="100%" {}
            }
        }
    }
}
