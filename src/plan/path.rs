//! Ids in the paths of requests.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether an id names anything. URL parsers take `.` and `..` for steps within the path, encoded
/// or not, and drop what is empty.
pub fn is_usable(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
}

/// An id as one segment of a path.
pub fn segment(id: &str) -> Option<String> {
    is_usable(id).then(|| utf8_percent_encode(id, RESERVED).to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use crate::plan::{Call, Request};

    /// The path as a client would send it, in decoded segments.
    fn sent(path: &str) -> Vec<String> {
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

    /// Ids that are likely to confuse a URL parser.
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
        fn the_path_that_a_url_parser_sees_is_the_path_that_was_meant(customer in ids(), other in ids()) {
            let usable = !["", ".", ".."].iter().any(|bad| customer == *bad || other == *bad);
            let delete = Request::delete_account(&customer, &other);
            let verify = Call::login_accounts(&customer, &other);
            prop_assert_eq!((delete.is_some(), verify.is_some()), (usable, usable));
            if let (Some(delete), Some(verify)) = (delete, verify) {
                prop_assert_eq!(
                    sent(&delete.path),
                    ["aggregation", "v1", "customers", &customer, "accounts", &other]
                );
                prop_assert_eq!(
                    sent(&verify.path),
                    ["aggregation", "v1", "customers", &customer, "institutionLogins", &other, "accounts"]
                );
            }
        }
    }
}
