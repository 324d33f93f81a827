//! UTF-16 with a byte order mark.

use std::io::{Error, ErrorKind, Read, Result};

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
    /// The failure that ended the input, to be reported after everything before it.
    failure: Option<Error>,
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
            failure: None,
            read: 0,
        }
    }

    /// Converts the pending input, after reading more if there is none.
    fn convert(&mut self) {
        let mut is_last = false;
        if self.pending.0 == self.pending.1 {
            let count = match self.reader.read(&mut self.input) {
                Err(error) if error.kind() == ErrorKind::Interrupted => return,
                result => result.unwrap_or_else(|error| {
                    self.failure = Some(error);
                    0
                }),
            };
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
                let (format, fault) = ("UTF-16", Fault::CutShort);
                let error = || DecodeError { format, fault, at: self.read }.into();
                self.failure.get_or_insert_with(error);
                self.ended = true;
            } else {
                self.output[written] = MALFORMED;
                written += 1;
            }
        } else {
            self.ended = is_last && result == DecoderResult::InputEmpty;
        }
        self.ready = (0, written);
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.ready.0 == self.ready.1 && !self.ended {
            self.convert();
        }
        if self.ready.0 == self.ready.1
            && let Some(failure) = self.failure.take()
        {
            return Err(failure);
        }
        let count = (&self.output[self.ready.0..self.ready.1]).read(buffer)?;
        self.ready.0 += count;
        Ok(count)
    }
}
