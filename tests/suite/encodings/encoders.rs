//! Encodes texts.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use mzstd::{Compressor, EncoderConfig};

pub fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// One member for each chunk of this size.
pub fn gzip_members(text: &[u8], size: usize) -> Vec<u8> {
    text.chunks(size).flat_map(gzip).collect()
}

/// One frame with a checksum.
pub fn zstd(text: &[u8]) -> Vec<u8> {
    let config = EncoderConfig::new().with_checksum(true);
    Compressor::new(config).unwrap().compress(text).unwrap()
}

/// A skippable Zstandard frame with this many bytes.
pub fn skippable(size: u32) -> Vec<u8> {
    let filler = vec![b'{'; size as usize];
    [&b"\x53\x2a\x4d\x18"[..], &size.to_le_bytes(), &filler].concat()
}

/// UTF-16 with a byte order mark.
pub fn utf16(text: &str, is_big_endian: bool) -> Vec<u8> {
    marked(&text.encode_utf16().collect::<Vec<_>>(), is_big_endian)
}

/// Code units after a byte order mark.
pub fn marked(units: &[u16], is_big_endian: bool) -> Vec<u8> {
    let bytes = |unit: &u16| if is_big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
    [0xfeff].iter().chain(units).flat_map(bytes).collect()
}
