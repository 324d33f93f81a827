//! The SIMD instructions that the parser uses.

use std::fmt;

use fearless_simd::{Level, Simd};

/// A set of SIMD instructions that this machine has.
#[derive(Clone, Copy)]
pub struct Instructions(pub(super) Level);

impl Instructions {
    /// Returns the widest set that this machine has.
    #[must_use]
    pub fn best() -> Self {
        Self(Level::new())
    }

    /// Returns every usable set, the best one last. For tests and benchmarks.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let best = Level::new();
        #[cfg(target_arch = "x86_64")]
        let levels = [
            best.as_sse2().map(Simd::level),
            best.as_sse4_2().map(Simd::level),
            best.as_avx2().map(Simd::level),
            best.as_avx512().map(Simd::level),
        ];
        #[cfg(not(target_arch = "x86_64"))]
        let levels = [Some(best)];
        levels.into_iter().flatten().map(Self).collect()
    }
}

impl fmt::Debug for Instructions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `Avx2(Avx2)` otherwise.
        let name = format!("{:?}", self.0);
        f.write_str(name.split('(').next().unwrap_or(&name))
    }
}
