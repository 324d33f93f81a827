//! Gzip: any number of members, one after the other.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use flate2::bufread::GzDecoder;

use super::{DecodeError, Fault, Reader};

/// Compressed bytes that are read at once.
const BLOCK: usize = 64 * 1024;

/// The first byte of every member.
const FIRST_BYTE: u8 = 0x1f;

/// Decompresses gzip data.
///
/// Zeros after the last member are accepted, because tapes and block devices pad files with them.
pub(super) struct Gzip {
    /// The current member; `None` at the end.
    member: Option<GzDecoder<Counted>>,
    is_first: bool,
}

impl Gzip {
    pub(super) fn new(reader: Reader) -> Self {
        let reader = Counted { reader: BufReader::with_capacity(BLOCK, reader), count: 0 };
        Self { member: Some(GzDecoder::new(reader)), is_first: true }
    }

    /// Goes on to the next member.
    fn next_member(&mut self) -> Result<()> {
        let Some(member) = self.member.take() else { return Ok(()) };
        let mut reader = member.into_inner();
        self.is_first = false;
        match reader.skip_zeros()? {
            None => Ok(()),
            Some(FIRST_BYTE) => {
                self.member = Some(GzDecoder::new(reader));
                Ok(())
            }
            Some(_) => Err(error(Fault::Garbage, reader.count)),
        }
    }
}

impl Read for Gzip {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            let Some(member) = &mut self.member else { return Ok(0) };
            match member.read(buffer) {
                Ok(0) if !buffer.is_empty() => self.next_member()?,
                Ok(count) => return Ok(count),
                Err(error) => {
                    let fault = match error.kind() {
                        ErrorKind::UnexpectedEof => Fault::CutShort,
                        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
                            // Without a header, it is no member.
                            let is_member = self.is_first || member.header().is_some();
                            if is_member { Fault::Corrupt } else { Fault::Garbage }
                        }
                        _ => return Err(error),
                    };
                    let at = member.get_ref().count;
                    self.member = None;
                    return Err(self::error(fault, at));
                }
            }
        }
    }
}

fn error(fault: Fault, at: u64) -> Error {
    DecodeError { format: "gzip", fault, at }.into()
}

/// Counts the bytes that the decoder has taken.
struct Counted {
    reader: BufReader<Reader>,
    count: u64,
}

impl Counted {
    /// Passes over zeros, and tells what follows them.
    fn skip_zeros(&mut self) -> Result<Option<u8>> {
        loop {
            let bytes = self.fill_buf()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
            let next = bytes.get(zeros).copied();
            self.consume(zeros);
            if next.is_some() {
                return Ok(next);
            }
        }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.reader.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.reader.consume(count);
    }
}
