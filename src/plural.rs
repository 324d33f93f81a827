//! Small words that give one voice: counts, and lists.

use std::fmt;

/// A number and its noun: "1 account", "1,234 accounts".
#[derive(Debug, Clone, Copy)]
pub struct Count<'a>(pub u64, pub &'a str);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, noun) = *self;
        write!(f, "{} {noun}", grouped(number))?;
        if number == 1 {
            return Ok(());
        }
        f.write_str("s")
    }
}

/// A number with a comma after every three digits, for people.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "a", "a or b", "a, b or c".
#[must_use]
pub fn either<T: fmt::Display>(items: &[T]) -> String {
    list(items, "or")
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn and_list<T: fmt::Display>(items: &[T]) -> String {
    list(items, "and")
}

fn list<T: fmt::Display>(items: &[T], conjunction: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [many @ .., last] => {
            let many: Vec<String> = many.iter().map(T::to_string).collect();
            format!("{} {conjunction} {last}", many.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists_read_as_people_write_them() {
        assert_eq!(Count(1, "account").to_string(), "1 account");
        assert_eq!(Count(0, "account").to_string(), "0 accounts");
        assert_eq!(
            Count(1_234_567, "account").to_string(),
            "1,234,567 accounts"
        );
        assert_eq!(either(&["a"]), "a");
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(and_list(&["a or b", "c"]), "a or b and c");
    }
}
