//! Zstandard: any number of frames in a row, including skippable ones.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use mzstd::{DecodeOperation, DecoderSessionOwned, DecoderStatus, Decompressor};

use super::{DecodeError, Fault, Reader};

/// The number of compressed bytes to read at a time.
const BLOCK: usize = 64 * 1024;

/// Decompresses Zstandard data with windows of up to 128 MiB, which is the default limit of the
/// library and of the `zstd` program.
pub(super) struct Zstd {
    session: DecoderSessionOwned,
    reader: BufReader<Reader>,
    operation: DecodeOperation,
    is_finished: bool,
    /// An error, to be reported after the output that precedes it.
    failure: Option<Error>,
}

impl Zstd {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            session: Decompressor::default().into_session(),
            reader: BufReader::with_capacity(BLOCK, reader),
            operation: DecodeOperation::Process,
            is_finished: false,
            failure: None,
        }
    }

    fn error(&self, error: &mzstd::DecodeError) -> Error {
        let fault = match error {
            mzstd::DecodeError::UnexpectedEndOfInput => Fault::CutShort,
            mzstd::DecodeError::WindowLimitExceeded { .. } => Fault::Window,
            mzstd::DecodeError::DictionaryUnsupported { .. }
            | mzstd::DecodeError::DictionaryMismatch { .. } => Fault::Dictionary,
            mzstd::DecodeError::AllocationFailed => return ErrorKind::OutOfMemory.into(),
            _ => Fault::Corrupt,
        };
        DecodeError { format: "Zstandard", fault, at: self.session.total_in() }.into()
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if let Some(failure) = self.failure.take() {
            self.is_finished = true;
            return Err(failure);
        }
        while !self.is_finished && !buffer.is_empty() {
            match self.session.process(self.reader.buffer(), buffer, self.operation) {
                Ok(progress) => {
                    self.reader.consume(progress.consumed);
                    self.is_finished = progress.status == DecoderStatus::Finished;
                    if progress.produced > 0 {
                        return Ok(progress.produced);
                    }
                }
                Err(failure) => {
                    self.failure = Some(self.error(&failure.error));
                    if failure.produced > 0 {
                        return Ok(failure.produced);
                    }
                    return self.read(buffer);
                }
            }
            // Read more only when everything read before has been decoded and returned.
            if self.reader.buffer().is_empty() && self.reader.fill_buf()?.is_empty() {
                self.operation = DecodeOperation::Finish;
            }
        }
        Ok(0)
    }
}
