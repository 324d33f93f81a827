//! Ids as segments of request paths.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except those that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns whether an id can be in a request. URL parsers resolve `.` and `..` as path steps,
/// encoded or not, and may drop empty segments, so the request would reach something else.
pub fn is_usable(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
}

/// Encodes an id as one segment of a path; `None` if it is not usable.
pub fn segment(id: &str) -> Option<String> {
    is_usable(id).then(|| utf8_percent_encode(id, RESERVED).to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use crate::plan::{Call, Request};

    /// Returns the path that a client would send, as decoded segments.
    fn segments(path: &str) -> Vec<String> {
        let base = Url::parse("https://api.finicity.com").unwrap();
        let url = base.join(path).unwrap();
        assert_eq!((url.host_str(), url.query()), (base.host_str(), None));
        assert_eq!(url.fragment(), None);
        url.path_segments()
            .unwrap()
            .map(|segment| {
                let decoded = percent_encoding::percent_decode_str(segment);
                decoded.decode_utf8().unwrap().into_owned()
            })
            .collect()
    }

    /// Generates ids, many of which are likely to confuse a URL parser.
    fn ids() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            "[0-9]{1,12}",
            r"[./\\%2eE?#:@;&=+ \t\n]{1,6}",
            any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_url_parser_sees_the_intended_path(customer in ids(), other in ids()) {
            let usable = !["", ".", ".."].iter().any(|bad| customer == *bad || other == *bad);
            let delete = Request::delete_account(&customer, &other);
            let verify = Call::login_accounts(&customer, &other);
            prop_assert_eq!((delete.is_some(), verify.is_some()), (usable, usable));
            if let (Some(delete), Some(verify)) = (delete, verify) {
                prop_assert_eq!(
                    segments(&delete.path),
                    ["aggregation", "v1", "customers", &customer, "accounts", &other]
                );
                prop_assert_eq!(
                    segments(&verify.path),
                    ["aggregation", "v1", "customers", &customer, "institutionLogins", &other, "accounts"]
                );
            }
        }
    }
}
