//! The names of the output formats, and the commands that write them.

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tables for people at a terminal.
    Table,
    /// One JSON document.
    Json,
    /// JSON Lines: one object per line.
    Jsonl,
    /// Comma-separated values that a spreadsheet can open safely.
    Csv,
    /// Markdown for tickets and wikis.
    Markdown,
    /// A self-contained HTML page.
    Html,
    /// SQL statements that create and fill a table of codes.
    Sql,
    /// Metrics in the text exposition format of Prometheus.
    Prometheus,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: &'static [Self] = &[
        Self::Table,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Sql,
        Self::Prometheus,
    ];

    /// Returns the value of `--format`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Sql => "sql",
            Self::Prometheus => "prometheus",
        }
    }

    /// Returns a short description for help.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Table => "Tables for a terminal",
            Self::Json => "One JSON document",
            Self::Jsonl => "JSON Lines: one object per line",
            Self::Csv => "Comma-separated values, safe to open in a spreadsheet",
            Self::Markdown => "Markdown for tickets and wikis",
            Self::Html => "A self-contained web page",
            Self::Sql => "SQL statements that create and fill a table",
            Self::Prometheus => "Gauges for the textfile collector of Prometheus",
        }
    }

    /// Returns the commands that write this format; `None` if every command with an answer does.
    #[must_use]
    pub const fn commands(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Sql => Some(&["list"]),
            Self::Prometheus => Some(&["triage", "merge"]),
            Self::Table | Self::Json | Self::Jsonl | Self::Csv | Self::Markdown | Self::Html => {
                None
            }
        }
    }
}
