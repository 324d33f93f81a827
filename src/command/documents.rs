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
}

impl Documents {
    /// Adds a record, valid or invalid.
    pub const fn add_record(&mut self) {
        self.tail = true;
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
    }

    /// Adds the next part of the same input.
    pub fn extend(&mut self, next: &Self) {
        if next.ends == 0 {
            self.tail |= next.tail;
            return;
        }
        self.tail |= next.head;
        self.end_document();
        self.ends += next.ends - 1;
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

    /// Counts documents, in which `.` is a record and `|` the end of a document, in parts of this
    /// size.
    fn empty(input: &str, size: usize) -> u64 {
        let mut all = Documents::default();
        for part in input.as_bytes().chunks(size) {
            let mut documents = Documents::default();
            for event in part {
                match event {
                    b'.' => documents.add_record(),
                    _ => documents.end_document(),
                }
            }
            all.extend(&documents);
        }
        all.empty()
    }

    #[test]
    fn empty_documents_are_counted_however_the_input_is_split() {
        for (input, expected) in
            [("", 0), (".", 0), ("|", 1), (".|", 0), ("|.|", 1), ("..|||.|..|.", 2), ("||.|.|", 2)]
        {
            for size in 1..=input.len().max(1) {
                assert_eq!(empty(input, size), expected, "{input} {size}");
            }
        }
    }
}
