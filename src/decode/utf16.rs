//! UTF-16 with a byte order mark.

use std::io::{ErrorKind, Read, Result};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};

use super::Reader;
use super::encoding::ByteOrder;
use super::error::{DecodeError, Fault};

/// The number of bytes to read at a time.
const BLOCK: usize = 64 * 1024;

/// Replaces an unpaired surrogate. This byte never occurs in UTF-8, so the parser reports the
/// record as invalid, with its location, instead of reading a different string.
const MALFORMED: u8 = 0xff;

/// Converts UTF-16 to UTF-8.
pub(super) struct Utf16 {
    reader: Reader,
    decoder: Decoder,
    input: Vec<u8>,
    /// The range of `input` that is still to be converted.
    pending: (usize, usize),
    output: Vec<u8>,
    /// The range of `output` that is still to be read.
    ready: (usize, usize),
    ended: bool,
    /// The number of bytes read so far.
    read: u64,
}

impl Utf16 {
    pub(super) fn new(reader: Reader, order: ByteOrder) -> Self {
        let encoding = match order {
            ByteOrder::LittleEndian => UTF_16LE,
            ByteOrder::BigEndian => UTF_16BE,
        };
        Self {
            reader,
            decoder: encoding.new_decoder_with_bom_removal(),
            input: vec![0; BLOCK],
            pending: (0, 0),
            output: vec![0; 2 * BLOCK],
            ready: (0, 0),
            ended: false,
            read: 0,
        }
    }

    /// Converts the pending input, after reading more if there is none.
    fn convert(&mut self) -> Result<()> {
        let mut is_last = false;
        if self.pending.0 == self.pending.1 {
            let count = self.reader.read(&mut self.input)?;
            self.read += count as u64;
            self.pending = (0, count);
            is_last = count == 0;
        }
        let input = &self.input[self.pending.0..self.pending.1];
        // The last byte of the buffer is reserved for `MALFORMED`.
        let room = self.output.len() - 1;
        let (result, read, mut written) = self.decoder.decode_to_utf8_without_replacement(
            input,
            &mut self.output[..room],
            is_last,
        );
        self.pending.0 += read;
        if let DecoderResult::Malformed(..) = result {
            if is_last {
                let format = "UTF-16";
                return Err(DecodeError { format, fault: Fault::CutShort, at: self.read }.into());
            }
            self.output[written] = MALFORMED;
            written += 1;
        } else {
            self.ended = is_last && result == DecoderResult::InputEmpty;
        }
        self.ready = (0, written);
        Ok(())
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.ready.0 == self.ready.1 && !self.ended {
            match self.convert() {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => result?,
            }
        }
        let count = (&self.output[self.ready.0..self.ready.1]).read(buffer)?;
        self.ready.0 += count;
        Ok(count)
    }
}
