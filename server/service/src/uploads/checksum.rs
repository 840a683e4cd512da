//! Checksums of single pieces (tus extension `checksum`).

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// How a piece is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    Sha256,
}

impl Algorithm {
    /// Every algorithm, as the server announces them.
    pub const ALL: [Algorithm; 2] = [Algorithm::Sha1, Algorithm::Sha256];

    /// The name in `Tus-Checksum-Algorithm` and `Upload-Checksum`.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Sha1 => "sha1",
            Algorithm::Sha256 => "sha256",
        }
    }
}

/// What the client says a piece sums up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    pub algorithm: Algorithm,
    pub expected: Vec<u8>,
}

/// A sum under way.
#[derive(Clone)]
pub(super) enum Sum {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Sum {
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Sum::Sha1(Sha1::new()),
            Algorithm::Sha256 => Sum::Sha256(Sha256::new()),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Sum::Sha1(sum) => sum.update(bytes),
            Sum::Sha256(sum) => sum.update(bytes),
        }
    }

    pub fn is(self, expected: &[u8]) -> bool {
        match self {
            Sum::Sha1(sum) => sum.finalize().as_slice() == expected,
            Sum::Sha256(sum) => sum.finalize().as_slice() == expected,
        }
    }
}
