//! The text exposition format of Prometheus, for the textfile collector of its node exporter.
//!
//! Format: <https://prometheus.io/docs/instrumenting/exposition_formats/>

use std::io::{self, Write};

use crate::answer::Text;
use crate::answer::metrics::{Metric, Sample};
use crate::terminal::sanitize;

/// Writes metrics.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, metrics: &[Metric<'_>]) -> io::Result<()> {
    for Metric { name, help, samples } in metrics {
        writeln!(out, "# HELP {name} {}", help.replace('\\', "\\\\").replace('\n', "\\n"))?;
        writeln!(out, "# TYPE {name} gauge")?;
        for sample in samples {
            writeln!(out, "{name}{} {}", labels(sample), sample.value)?;
        }
    }
    Ok(())
}

fn labels(sample: &Sample<'_>) -> String {
    if sample.labels.is_empty() {
        return String::new();
    }
    let labels = sample.labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escape(value)));
    format!("{{{}}}", labels.collect::<Vec<_>>().join(","))
}

/// Sanitizes a label value, and escapes every character that the format interprets.
///
/// Different values must stay different, because the collector rejects a file in which a series is
/// repeated. Therefore text that looks like the escape of an unsafe character is escaped too.
fn escape(value: &Text<'_>) -> String {
    let value = value.replace("\\u{", "\\u{5c}u{");
    let mut safe = String::with_capacity(value.len());
    for character in sanitize(&value).chars() {
        match character {
            '\\' => safe.push_str("\\\\"),
            '"' => safe.push_str("\\\""),
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(values: &[&str]) -> String {
        let sample =
            |value: &&str| Sample { labels: vec![("id", (*value).to_owned().into())], value: 1 };
        let samples = values.iter().map(sample).collect();
        let mut out = Vec::new();
        write(&mut out, &[Metric { name: "m", help: "One\\two\nthree.", samples }]).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_label_value_cannot_leave_its_quotes() {
        assert_eq!(
            written(&["a\"} 7\nfake 9", "C:\\bank", "\u{1b}[2J\u{202e}é"]),
            "# HELP m One\\\\two\\nthree.\n\
             # TYPE m gauge\n\
             m{id=\"a\\\"} 7\\\\u{a}fake 9\"} 1\n\
             m{id=\"C:\\\\bank\"} 1\n\
             m{id=\"\\\\u{1b}[2J\\\\u{202e}é\"} 1\n"
        );
    }

    proptest! {
        #[test]
        fn different_values_stay_different(
            a in "[\\\\u{}0-9a-f\n\u{202e}\"]{0,8}",
            b in "[\\\\u{}0-9a-f\n\u{202e}\"]{0,8}",
        ) {
            prop_assert_eq!(a == b, escape(&a.as_str().into()) == escape(&b.as_str().into()));
        }
    }

    #[test]
    fn text_that_looks_like_an_escape_differs_from_the_escaped_character() {
        assert_ne!(escape(&"\n".into()), escape(&"\\u{a}".into()));
    }
}
