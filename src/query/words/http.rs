//! Words that suggest an HTTP status.

/// Words before a number from 100 to 599 that make it an HTTP status.
pub const HTTP: &[&str] = &["http", "https", "response", "rest"];

/// HTTP methods, and "HTTP" itself, in capitals.
pub const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "HTTP"];

/// The beginnings of the names of HTTP statuses.
pub const REASONS: &[&str] = &[
    "OK",
    "Created",
    "Accepted",
    "No Content",
    "Moved Permanently",
    "Found",
    "Not Modified",
    "Bad Request",
    "Unauthorized",
    "Forbidden",
    "Not Found",
    "Method Not Allowed",
    "Conflict",
    "Gone",
    "Unprocessable",
    "Too Many Requests",
    "Internal Server Error",
    "Not Implemented",
    "Bad Gateway",
    "Service Unavailable",
    "Gateway Time",
    "Request Time",
];
