//! Counts and lists as people write them.

use std::fmt;

/// A number and its noun: "1 account", "1,234 accounts".
#[derive(Debug, Clone, Copy)]
pub struct Count<'a>(pub u64, pub &'a str);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, noun) = *self;
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{} {noun}{plural}", grouped(number))
    }
}

/// A number with a comma after every three digits.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Words as a heading: "wait" becomes "Wait".
#[must_use]
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Words as a sentence: "wait" becomes "Wait."
#[must_use]
pub fn sentence(words: &str) -> String {
    capitalized(words) + "."
}

/// "a", "a and b", "a, b, and c".
#[must_use]
pub fn and_list<T: fmt::Display>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [first, second] => format!("{first} and {second}"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(T::to_string).collect();
            format!("{}, and {last}", rest.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_everything_else_is_plural() {
        assert_eq!(Count(1, "account").to_string(), "1 account");
        assert_eq!(Count(0, "account").to_string(), "0 accounts");
        assert_eq!(Count(1_234_567, "account").to_string(), "1,234,567 accounts");
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let cases =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (u64::MAX, "18,446,744,073,709,551,615")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn lists_have_a_conjunction_before_the_last_item() {
        assert_eq!(and_list(&["a", "b", "c"]), "a, b, and c");
    }

    #[test]
    fn an_item_that_holds_the_conjunction_is_left_alone() {
        assert_eq!(and_list(&["expired or revoked"]), "expired or revoked");
    }
}
