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
    /// Whether there are records after the end of the last document.
    tail: bool,
    /// Whether the last document has ended without records, and none followed.
    is_last_empty: bool,
}

impl Documents {
    /// Adds a record.
    pub const fn add_record(&mut self) {
        self.tail = true;
        self.is_last_empty = false;
    }

    /// Adds an invalid record. The end of a broken document comes before its error.
    pub const fn add_invalid(&mut self) {
        if !self.is_last_empty {
            self.tail = true;
        } else if self.ends == 1 {
            self.head = true;
        } else {
            self.empty -= 1;
        }
        self.is_last_empty = false;
    }

    /// Ends a document.
    pub fn end_document(&mut self) {
        let has_records = std::mem::take(&mut self.tail);
        if self.ends == 0 {
            self.head = has_records;
        } else {
            self.empty += u64::from(!has_records);
        }
        self.ends += 1;
        self.is_last_empty = !has_records;
    }

    /// Adds the next part of the same input.
    pub const fn extend(&mut self, next: &Self) {
        if next.ends == 0 {
            self.tail |= next.tail;
            return;
        }
        let has_records = self.tail || next.head;
        if self.ends == 0 {
            self.head = has_records;
        } else {
            self.empty += !has_records as u64;
        }
        self.ends += next.ends;
        self.empty += next.empty;
        self.tail = next.tail;
    }

    /// Ends the input. Records of a document that is cut off do not belong to the next input.
    pub const fn end_input(&mut self) {
        self.tail = false;
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
    fn a_broken_document_is_not_empty_although_its_error_comes_after_its_end() {
        for (input, expected) in [("|x", 0), (".|x.|", 0), ("||x|", 2), ("x|.|", 0), ("|x|x.|", 0)]
        {
            assert_eq!(empty(input, 9), expected, "{input}");
        }
    }

    #[test]
    fn empty_documents_are_counted_however_the_input_is_split() {
        for (input, expected) in
            [("", 0), (".", 0), ("|", 1), (".|", 0), ("|.|", 1), ("..|||.|..|.", 2), ("||.|.|", 2)]
        {
            for size in 1..9 {
                assert_eq!(empty(input, size), expected, "{input} {size}");
            }
        }
    }
}
