//! Random numbers from a seed: the ChaCha20 keystream, bounded integers and shuffles. Draw-spec section 7.
//!
//! The keystream is rand_chacha's, held by known answers; the bounded integer and the shuffle are the
//! specification's own, because a generator crate may change its values from one release to the next.

use super::seed::Seed;
use alloc::vec::Vec;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// The numbers that follow from a seed, one after the other.
pub struct Stream(ChaCha20Rng);

impl Stream {
    /// The stream of a stage's seed: 20 rounds, the block counter from 0, stream 0.
    pub fn new(seed: &Seed) -> Self {
        Self(ChaCha20Rng::from_seed(*seed.as_bytes()))
    }

    /// The next 8 bytes of the keystream as a little-endian number.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `n`, each equally likely. `n` = 0 counts as 1; a number is taken even then.
    pub fn uniform(&mut self, n: u64) -> u64 {
        let n = n.max(1);
        loop {
            let x = self.next_u64();
            let rest = x % n;
            // The last multiple of n from which a whole n fits below 2^64 is 2^64 - (2^64 mod n) - n.
            if x - rest <= n.wrapping_neg() {
                return rest;
            }
        }
    }

    /// 0, 1, ..., n - 1 in a random order.
    pub fn shuffle(&mut self, n: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..n).collect();
        for j in (1..order.len()).rev() {
            let at = self.uniform(j as u64 + 1) as usize;
            order.swap(j, at);
        }
        order
    }
}
