//! Compares many bytes at once, with the widest instructions that the machine has.
//!
//! The functions are generic over the instruction set, and are inlined where
//! [`fearless_simd::dispatch`] has selected one.

use fearless_simd::prelude::*;
use fearless_simd::{u8x32, u8x64};

/// The number of bytes in [`Lanes`].
pub(super) const LANES: usize = 32;

/// Bytes that are compared at once.
#[derive(Clone, Copy)]
pub(super) struct Lanes<S: Simd>(u8x32<S>);

impl<S: Simd> Lanes<S> {
    #[inline(always)]
    pub(super) fn new(simd: S, bytes: &[u8; LANES]) -> Self {
        Self(u8x32::simd_from(simd, *bytes))
    }

    /// Returns the bytes at `at`, if there are enough.
    #[inline(always)]
    pub(super) fn at(simd: S, bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self::new(simd, bytes.get(at..)?.first_chunk()?))
    }

    /// Returns a bit for each byte that is the same in both.
    #[inline(always)]
    pub(super) fn same(self, other: Self) -> u32 {
        bits(self.0.simd_eq(other.0).to_bitmask())
    }

    /// Returns a bit for each byte that is not plain ASCII: a quote, a backslash, a control
    /// character, or a byte above 0x7f.
    #[inline(always)]
    pub(super) fn special(self) -> u32 {
        // Below a space the difference wraps around to more than a byte of ASCII is above it.
        let beyond = (self.0 - b' ').simd_ge(0x80 - b' ');
        let special = self.0.simd_eq(b'"') | self.0.simd_eq(b'\\') | beyond;
        bits(special.to_bitmask())
    }

    /// Returns the first `count` bytes, followed by zeros.
    #[inline(always)]
    pub(super) fn first(self, count: usize) -> [u8; LANES] {
        let simd = self.0.token();
        let index = u8x32::from_fn(simd, byte);
        let zero = u8x32::splat(simd, 0);
        index.simd_lt(byte(count)).select(self.0, zero).into()
    }

    /// Returns a bit for each byte that is not a digit.
    #[inline(always)]
    pub(super) fn other_than_digits(self) -> u32 {
        bits((self.0 - b'0').simd_gt(9).to_bitmask())
    }
}

/// Returns the bit sets of the quotes, backslashes, opening brackets, and closing brackets among 64
/// bytes.
#[inline(always)]
pub(super) fn marks<S: Simd>(simd: S, bytes: &[u8; 64]) -> [u64; 4] {
    let bytes = u8x64::simd_from(simd, *bytes);
    // '[' and '{', and ']' and '}', differ in one bit.
    let folded = bytes | 0x20;
    [
        bytes.simd_eq(b'"').to_bitmask(),
        bytes.simd_eq(b'\\').to_bitmask(),
        folded.simd_eq(b'{').to_bitmask(),
        folded.simd_eq(b'}').to_bitmask(),
    ]
}

/// Converts a number below 256.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "lanes are few")]
pub(super) const fn byte(number: usize) -> u8 {
    number as u8
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "there are as many bits as lanes")]
const fn bits(mask: u64) -> u32 {
    mask as u32
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::super::instructions::Instructions;
    use super::*;

    /// Returns whether the set has a bit for exactly those bytes that match.
    fn agree(set: u32, bytes: &[u8; LANES], matches: impl Fn(u8) -> bool) -> bool {
        (0..LANES).all(|index| (set >> index & 1 == 1) == matches(bytes[index]))
    }

    fn check(level: Level, bytes: &[u8; 64]) {
        let short: &[u8; LANES] = bytes.first_chunk().unwrap();
        let other = short.map(|byte| byte & 0xfe);
        let ([special, digits, same], first) = dispatch!(level, simd => {
            let lanes = Lanes::at(simd, bytes, 0).unwrap();
            let same = lanes.same(Lanes::new(simd, &other));
            ([lanes.special(), lanes.other_than_digits(), same], lanes.first(9))
        });
        assert_eq!((&first[..9], &first[9..]), (&short[..9], &[0; LANES - 9][..]), "{level:?}");
        let is_special = |byte| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x80..);
        assert!(agree(special, short, is_special), "{level:?}");
        assert!(agree(digits, short, |byte| !byte.is_ascii_digit()), "{level:?}");
        assert!(agree(same, short, |byte| byte & 1 == 0), "{level:?}");
        let marks = dispatch!(level, simd => marks(simd, bytes));
        for (set, marked) in marks.into_iter().zip([&b"\""[..], b"\\", b"{[", b"}]"]) {
            for (index, byte) in bytes.iter().enumerate() {
                assert_eq!(set >> index & 1 == 1, marked.contains(byte), "{level:?}");
            }
        }
    }

    #[test]
    fn all_instruction_sets_agree_on_every_byte() {
        let all = Instructions::all();
        assert!(!all.is_empty());
        for Instructions(level) in all {
            for first in 0..=255_u8 {
                let mut byte = first;
                check(
                    level,
                    &std::array::from_fn(|_| {
                        byte = byte.wrapping_add(1);
                        byte
                    }),
                );
            }
        }
    }
}
