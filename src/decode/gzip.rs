//! Gzip: any number of members in a row.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use flate2::bufread::GzDecoder;

use super::{DecodeError, Fault, Reader};

/// The number of compressed bytes to read at a time.
const BLOCK: usize = 64 * 1024;

/// The first byte of every member.
const FIRST_BYTE: u8 = 0x1f;

/// Decompresses gzip data.
///
/// Zeros after a member are skipped, because tapes and block devices pad files with them.
pub(super) struct Gzip {
    /// The current member; `None` at the end.
    member: Option<GzDecoder<CountingReader>>,
    is_first: bool,
}

impl Gzip {
    pub(super) fn new(reader: Reader) -> Self {
        let reader = CountingReader { reader: BufReader::with_capacity(BLOCK, reader), count: 0 };
        Self { member: Some(GzDecoder::new(reader)), is_first: true }
    }

    /// Continues with the next member.
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
            Some(_) => Err(error(Fault::TrailingData, reader.count)),
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
                            // Without a header, this is not another member.
                            let is_member = self.is_first || member.header().is_some();
                            if is_member { Fault::Corrupt } else { Fault::TrailingData }
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

/// Counts the bytes that the decoder has read.
struct CountingReader {
    reader: BufReader<Reader>,
    count: u64,
}

impl CountingReader {
    /// Skips zeros, and returns the byte that follows them, without consuming it.
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

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.reader.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl BufRead for CountingReader {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.reader.consume(count);
    }
}
