//! Counts the documents in which nothing was found.

/// The documents of a part of the input, which may begin and end inside a document.
#[derive(Debug, Default)]
pub struct Documents {
    /// The number of documents that end in this part.
    ends: u64,
    /// The number of documents without records that begin and end in this part.
    empty: u64,
    /// Whether there are records before the end of the first document.
    head: bool,
    tail: Tail,
    /// Whether the part begins with an invalid record, which counts when the part is added to the
    /// one before: it may belong to the last document there.
    begins_with_invalid: bool,
}

/// What comes after the end of the last document.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Tail {
    #[default]
    Nothing,
    /// Nothing, and the last document has no records either.
    NothingAfterEmpty,
    Records,
}

impl Documents {
    /// Adds a record.
    pub const fn add_record(&mut self) {
        self.tail = Tail::Records;
    }

    /// Adds an invalid record.
    pub fn add_invalid(&mut self) {
        if self.ends == 0 && self.tail == Tail::Nothing && !self.begins_with_invalid {
            self.begins_with_invalid = true;
        } else {
            self.count_invalid();
        }
    }

    /// Counts an invalid record. The end of a broken document comes before its error.
    fn count_invalid(&mut self) {
        if self.tail != Tail::NothingAfterEmpty {
            self.tail = Tail::Records;
            return;
        }
        self.tail = Tail::Nothing;
        if self.ends == 1 {
            self.head = true;
        } else {
            self.empty -= 1;
        }
    }

    /// Ends a document.
    pub fn end_document(&mut self) {
        let has_records = self.tail == Tail::Records;
        if self.ends == 0 {
            self.head = has_records;
        } else {
            self.empty += u64::from(!has_records);
        }
        self.ends += 1;
        self.tail = if has_records { Tail::Nothing } else { Tail::NothingAfterEmpty };
    }

    /// Adds the next part of the same input.
    pub fn extend(&mut self, next: &Self) {
        if next.begins_with_invalid {
            self.count_invalid();
        }
        if next.ends == 0 {
            if next.tail == Tail::Records {
                self.add_record();
            }
            return;
        }
        if next.head {
            self.add_record();
        }
        self.end_document();
        if next.ends > 1 || next.tail != Tail::NothingAfterEmpty {
            self.tail = next.tail;
        }
        self.ends += next.ends - 1;
        self.empty += next.empty;
    }

    /// Ends the input. Records of a document that is cut off do not belong to the next input.
    pub const fn end_input(&mut self) {
        self.tail = Tail::Nothing;
    }

    /// Returns the number of documents without records.
    pub fn empty(&self) -> u64 {
        self.empty + u64::from(self.ends > 0 && !self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts documents, in which `.` is a record, `x` an invalid one, and `|` the end of a document,
    /// in parts of this size.
    fn empty(input: &str, size: usize) -> u64 {
        let mut all = Documents::default();
        for part in input.as_bytes().chunks(size) {
            let mut documents = Documents::default();
            for event in part {
                match event {
                    b'.' => documents.add_record(),
                    b'x' => documents.add_invalid(),
                    _ => documents.end_document(),
                }
            }
            all.extend(&documents);
        }
        all.empty()
    }

    #[test]
    fn documents_are_counted_however_the_input_is_split() {
        for (input, expected) in [
            ("", 0),
            (".", 0),
            ("|", 1),
            (".|", 0),
            ("|.|", 1),
            ("..|||.|..|.", 2),
            ("||.|.|", 2),
            // A broken document is not empty, although its error comes after its end.
            ("|x", 0),
            (".|x.|", 0),
            ("||x|", 2),
            ("x|.|", 0),
            ("|x|x.|", 0),
            ("|xx|", 0),
            ("||xx|", 1),
            (".|x|", 0),
            ("x||x", 0),
        ] {
            for size in 1..10 {
                assert_eq!(empty(input, size), expected, "{input} {size}");
            }
        }
    }
}
