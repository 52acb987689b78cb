//! NEON, which every 64-bit ARM processor has.

use super::vector::Vector;
use super::{Backend, Blocks, Function, States, sha256, sm3};
use core::arch::aarch64::*;

/// The backend of a NEON function.
macro_rules! backend {
    ($function:ident, $compress:ident) => {
        Backend {
            name: "neon",
            function: Function::$function,
            compress: |before, blocks, after| {
                // SAFETY: this file is compiled only where NEON is part of the target.
                unsafe { $compress(before, blocks, after) }
            },
            compress_texts: None,
        }
    };
}

/// The backend of this processor.
pub(super) fn available(function: Function) -> impl Iterator<Item = Backend> {
    let backend = match function {
        Function::Sha256 => backend!(Sha256, sha256_neon),
        Function::Sm3 => backend!(Sm3, sm3_neon),
    };
    [backend].into_iter()
}

#[target_feature(enable = "neon")]
fn sha256_neon(before: &States, blocks: &Blocks<'_>, after: &mut States) {
    for lane in [0, 4, 8, 12] {
        let (state, words) = Neon::load(before, blocks, lane);
        Neon::store(sha256::compress(state, words), after, lane);
    }
}

#[target_feature(enable = "neon")]
fn sm3_neon(before: &States, blocks: &Blocks<'_>, after: &mut States) {
    for lane in [0, 4, 8, 12] {
        let (state, words) = Neon::load(before, blocks, lane);
        Neon::store(sm3::compress(state, words), after, lane);
    }
}

/// Four words.
#[derive(Clone, Copy)]
struct Neon(uint32x4_t);

/// An operation on a vector, which only [`Neon::load`] makes.
macro_rules! operation {
    ($name:ident($($argument:ident: $type:ty),*), $self:ident => $body:expr) => {
        #[inline(always)]
        fn $name($self, $($argument: $type),*) -> Self {
            // SAFETY: there is a vector of this type, so the processor has NEON.
            Self(unsafe { $body })
        }
    };
}

impl Vector for Neon {
    operation!(splat(word: u32), self => vdupq_n_u32(word));
    operation!(plus(other: Self), self => vaddq_u32(self.0, other.0));
    operation!(xor(other: Self), self => veorq_u32(self.0, other.0));
    operation!(xor3(b: Self, c: Self), self => veorq_u32(veorq_u32(self.0, b.0), c.0));
    // Where the first two differ the third decides.
    operation!(majority(b: Self, c: Self), self => vbslq_u32(veorq_u32(self.0, b.0), c.0, b.0));
    operation!(select(b: Self, c: Self), self => vbslq_u32(self.0, b.0, c.0));
    // A shift by a negative number goes to the right.
    operation!(rotate(bits: u32), self => vorrq_u32(
        vshlq_u32(self.0, vdupq_n_s32(bits.cast_signed())),
        vshlq_u32(self.0, vdupq_n_s32(bits.cast_signed() - 32)),
    ));
    operation!(shift_right(bits: u32), self => vshlq_u32(self.0, vdupq_n_s32(-bits.cast_signed())));
}

impl Neon {
    /// The chaining values of four lanes from `lane` and the words of their blocks.
    #[target_feature(enable = "neon")]
    #[inline]
    fn load(states: &States, blocks: &Blocks<'_>, lane: usize) -> ([Self; 8], [Self; 16]) {
        let mut state = [Self(vdupq_n_u32(0)); 8];
        for (vector, words) in state.iter_mut().zip(&states.0) {
            let words = &words[lane..lane + 4];
            // SAFETY: `words` is four words long.
            *vector = Self(unsafe { vld1q_u32(words.as_ptr()) });
        }
        let mut words = [Self(vdupq_n_u32(0)); 16];
        for (quarter, words) in words.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let mut rows = [vdupq_n_u32(0); 4];
            for (row, block) in rows.iter_mut().zip(&blocks[lane..lane + 4]) {
                let block = &block[16 * quarter..16 * quarter + 16];
                // SAFETY: `block` is 16 bytes long.
                let bytes = unsafe { vld1q_u8(block.as_ptr()) };
                *row = vreinterpretq_u32_u8(vrev32q_u8(bytes));
            }
            *words = transpose4(rows).map(Self);
        }
        (state, words)
    }

    #[target_feature(enable = "neon")]
    #[inline]
    fn store(state: [Self; 8], states: &mut States, lane: usize) {
        for (vector, words) in state.iter().zip(&mut states.0) {
            let words = &mut words[lane..lane + 4];
            // SAFETY: `words` is four words long.
            unsafe { vst1q_u32(words.as_mut_ptr(), vector.0) };
        }
    }
}

/// Rows to columns.
#[target_feature(enable = "neon")]
#[inline]
fn transpose4([a, b, c, d]: [uint32x4_t; 4]) -> [uint32x4_t; 4] {
    let even = |x, y| vreinterpretq_u64_u32(vtrn1q_u32(x, y));
    let odd = |x, y| vreinterpretq_u64_u32(vtrn2q_u32(x, y));
    let [ab0, ab1, cd0, cd1] = [even(a, b), odd(a, b), even(c, d), odd(c, d)];
    [vtrn1q_u64(ab0, cd0), vtrn1q_u64(ab1, cd1), vtrn2q_u64(ab0, cd0), vtrn2q_u64(ab1, cd1)]
        .map(|pair| vreinterpretq_u32_u64(pair))
}
