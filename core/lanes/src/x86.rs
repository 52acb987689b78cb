//! AVX-512, AVX2 and the SHA extensions. With that for NEON, and the reading of texts, the only unsafe code of the project's
//! core: vector instructions may run only where the processor has them, which [`available`] asks.

use super::texts::{Heads, ROWS, Texts};
use super::vector::Vector;
use super::{Backend, Blocks, Function, LANES, State, States, sha256, sm3};
use core::arch::x86_64::*;

cpufeatures::new!(has_avx512, "avx512f", "avx512bw");
cpufeatures::new!(has_avx2, "avx2");
cpufeatures::new!(has_sha_ni, "sha", "sse4.1", "ssse3");

/// A backend of a function that compresses some lanes, whose features the processor has.
macro_rules! backend {
    ($name:literal, $function:ident, $lanes:literal, $compress:expr) => {{
        fn all(group: &Group<'_>, after: &mut States) {
            for first in (0..LANES).step_by($lanes) {
                // SAFETY: `available` gives it out only after the processor was seen to have them.
                unsafe { $compress(group, after, first) }
            }
        }
        Backend {
            name: $name,
            function: Function::$function,
            compress: |before, blocks, after| all(&Group::Blocks(before, blocks), after),
            compress_texts: Some(|before, texts, after| all(&Group::Texts(before, texts), after)),
        }
    }};
}

/// The backends that this processor has, the fastest first.
pub(super) fn available(function: Function) -> impl Iterator<Item = Backend> {
    let avx512 = match function {
        Function::Sha256 => backend!("avx512", Sha256, 16, sixteen::<Sha256>),
        Function::Sm3 => backend!("avx512", Sm3, 16, sixteen::<Sm3>),
    };
    let sha_ni = backend!("sha-ni", Sha256, 4, sha256_ni);
    let avx2 = match function {
        Function::Sha256 => backend!("avx2", Sha256, 8, eight::<Sha256>),
        Function::Sm3 => backend!("avx2", Sm3, 8, eight::<Sm3>),
    };
    [
        has_avx512::get().then_some(avx512),
        (function == Function::Sha256 && has_sha_ni::get()).then_some(sha_ni),
        has_avx2::get().then_some(avx2),
    ]
    .into_iter()
    .flatten()
}

/// A function whose rounds are compiled for each kind of vector.
trait Rounds {
    fn compress<V: Vector>(state: [V; 8], words: [V; 16]) -> [V; 8];
}

struct Sha256;
struct Sm3;

impl Rounds for Sha256 {
    #[inline(always)]
    fn compress<V: Vector>(state: [V; 8], words: [V; 16]) -> [V; 8] {
        sha256::compress(state, words)
    }
}

impl Rounds for Sm3 {
    #[inline(always)]
    fn compress<V: Vector>(state: [V; 8], words: [V; 16]) -> [V; 8] {
        sm3::compress(state, words)
    }
}

/// All lanes.
#[target_feature(enable = "avx512f,avx512bw")]
fn sixteen<F: Rounds>(group: &Group<'_>, after: &mut States, _first: usize) {
    let (state, words) = Avx512::load::<F>(group);
    Avx512::store(F::compress(state, words), after);
}

/// Eight lanes.
#[target_feature(enable = "avx2")]
fn eight<F: Rounds>(group: &Group<'_>, after: &mut States, first: usize) {
    let (state, words) = Avx2::load(group, first);
    Avx2::store(F::compress(state, words), after, first);
}

/// Fetches the line of the first byte into the cache.
#[inline]
pub(super) fn prefetch(bytes: &[u8]) {
    // SAFETY: every processor of this kind has SSE, and a hint reads nothing.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(bytes.as_ptr().cast()) };
}

/// An operation on a vector, which only [`Avx512::load`] and [`Avx2::load`] make.
macro_rules! operation {
    ($name:ident($($argument:ident: $type:ty),*), $self:ident => $body:expr) => {
        #[inline(always)]
        fn $name($self, $($argument: $type),*) -> Self {
            // SAFETY: there is a vector of this type, so the processor was seen to have its features.
            Self(unsafe { $body })
        }
    };
}

/// Sixteen words.
#[derive(Clone, Copy)]
struct Avx512(__m512i);

impl Vector for Avx512 {
    operation!(splat(word: u32), self => _mm512_set1_epi32(word.cast_signed()));
    operation!(plus(other: Self), self => _mm512_add_epi32(self.0, other.0));
    operation!(xor(other: Self), self => _mm512_xor_si512(self.0, other.0));
    // The number of a ternary operation is its truth table, the first operand's bit the highest.
    operation!(xor3(b: Self, c: Self), self => _mm512_ternarylogic_epi32::<0x96>(self.0, b.0, c.0));
    operation!(majority(b: Self, c: Self), self => _mm512_ternarylogic_epi32::<0xe8>(self.0, b.0, c.0));
    operation!(select(b: Self, c: Self), self => _mm512_ternarylogic_epi32::<0xca>(self.0, b.0, c.0));
    operation!(rotate(bits: u32), self => _mm512_rolv_epi32(self.0, _mm512_set1_epi32(bits.cast_signed())));
    operation!(shift_right(bits: u32), self => _mm512_srlv_epi32(self.0, _mm512_set1_epi32(bits.cast_signed())));
}

impl Avx512 {
    /// The chaining values and the words of all blocks. Each function `F` has a loader of its own, because one that two
    /// share would not be inlined and would hand over all vectors in memory.
    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn load<F>(group: &Group<'_>) -> ([Self; 8], [Self; 16]) {
        let mut state = [Self(_mm512_setzero_si512()); 8];
        for (word, vector) in state.iter_mut().enumerate() {
            *vector = Self(match group {
                // SAFETY: `before.0[word]` is 64 bytes long.
                Group::Blocks(before, _) => unsafe {
                    _mm512_loadu_si512(before.0[word].as_ptr().cast())
                },
                Group::Texts(before, _) => _mm512_set1_epi32(before[word].cast_signed()),
            });
        }
        let words = match group {
            Group::Blocks(_, blocks) => block_words::<F>(blocks),
            Group::Texts(_, texts) => text_words::<F>(texts),
        };
        (state, words.map(Self))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn store(state: [Self; 8], states: &mut States) {
        for (vector, words) in state.iter().zip(&mut states.0) {
            // SAFETY: `words` is 64 bytes long.
            unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), vector.0) };
        }
    }
}

/// Rows to columns: first within each quarter of four rows, then the quarters.
#[target_feature(enable = "avx512f")]
#[inline]
fn transpose16(rows: [__m512i; 16]) -> [__m512i; 16] {
    let mut quarters = [[_mm512_setzero_si512(); 4]; 4];
    for (quarter, rows) in quarters.iter_mut().zip(rows.as_chunks::<4>().0) {
        *quarter = transpose_quarters(*rows);
    }
    let mut columns = rows;
    for k in 0..4 {
        let [a, b, c, d] = [quarters[0][k], quarters[1][k], quarters[2][k], quarters[3][k]];
        let low = (_mm512_shuffle_i32x4::<0x44>(a, b), _mm512_shuffle_i32x4::<0x44>(c, d));
        let high = (_mm512_shuffle_i32x4::<0xee>(a, b), _mm512_shuffle_i32x4::<0xee>(c, d));
        columns[k] = _mm512_shuffle_i32x4::<0x88>(low.0, low.1);
        columns[4 + k] = _mm512_shuffle_i32x4::<0xdd>(low.0, low.1);
        columns[8 + k] = _mm512_shuffle_i32x4::<0x88>(high.0, high.1);
        columns[12 + k] = _mm512_shuffle_i32x4::<0xdd>(high.0, high.1);
    }
    columns
}

/// Eight words.
#[derive(Clone, Copy)]
struct Avx2(__m256i);

impl Vector for Avx2 {
    operation!(splat(word: u32), self => _mm256_set1_epi32(word.cast_signed()));
    operation!(plus(other: Self), self => _mm256_add_epi32(self.0, other.0));
    operation!(xor(other: Self), self => _mm256_xor_si256(self.0, other.0));
    operation!(xor3(b: Self, c: Self), self => _mm256_xor_si256(_mm256_xor_si256(self.0, b.0), c.0));
    operation!(majority(b: Self, c: Self), self => {
        let either = _mm256_or_si256(self.0, b.0);
        _mm256_or_si256(_mm256_and_si256(self.0, b.0), _mm256_and_si256(either, c.0))
    });
    operation!(select(b: Self, c: Self), self => {
        _mm256_xor_si256(c.0, _mm256_and_si256(self.0, _mm256_xor_si256(b.0, c.0)))
    });
    operation!(rotate(bits: u32), self => _mm256_or_si256(
        _mm256_sllv_epi32(self.0, _mm256_set1_epi32(bits.cast_signed())),
        _mm256_srlv_epi32(self.0, _mm256_set1_epi32(32 - bits.cast_signed())),
    ));
    operation!(shift_right(bits: u32), self => _mm256_srlv_epi32(self.0, _mm256_set1_epi32(bits.cast_signed())));
}

impl Avx2 {
    /// The chaining values of eight lanes from `lane` and the words of their blocks.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(group: &Group<'_>, lane: usize) -> ([Self; 8], [Self; 16]) {
        let mut state = [Self(_mm256_setzero_si256()); 8];
        for (word, vector) in state.iter_mut().enumerate() {
            *vector = Self(match group {
                Group::Blocks(before, _) => load8(&before.0[word].as_chunks().0[lane / 8]),
                Group::Texts(before, _) => _mm256_set1_epi32(before[word].cast_signed()),
            });
        }
        let big_endian = _mm256_broadcastsi128_si256(big_endian());
        let mut words = [Self(_mm256_setzero_si256()); 16];
        for (half, words) in words.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let mut rows = [_mm256_setzero_si256(); 8];
            for (row, lane) in rows.iter_mut().zip(lane..) {
                let (low, high) =
                    (group.quarter(lane, 2 * half), group.quarter(lane, 2 * half + 1));
                *row = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), big_endian);
            }
            *words = transpose8(rows).map(Self);
        }
        (state, words)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn store(state: [Self; 8], states: &mut States, lane: usize) {
        for (vector, words) in state.iter().zip(&mut states.0) {
            let words = &mut words[lane..lane + 8];
            // SAFETY: `words` is 32 bytes long.
            unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), vector.0) };
        }
    }
}

/// Rows to columns: first within each half of four rows, then the halves.
#[target_feature(enable = "avx2")]
#[inline]
fn transpose8(rows: [__m256i; 8]) -> [__m256i; 8] {
    let mut halves = [[_mm256_setzero_si256(); 4]; 2];
    for (half, [a, b, c, d]) in halves.iter_mut().zip(rows.as_chunks::<4>().0) {
        let (ab0, ab1) = (_mm256_unpacklo_epi32(*a, *b), _mm256_unpackhi_epi32(*a, *b));
        let (cd0, cd1) = (_mm256_unpacklo_epi32(*c, *d), _mm256_unpackhi_epi32(*c, *d));
        *half = [
            _mm256_unpacklo_epi64(ab0, cd0),
            _mm256_unpackhi_epi64(ab0, cd0),
            _mm256_unpacklo_epi64(ab1, cd1),
            _mm256_unpackhi_epi64(ab1, cd1),
        ];
    }
    let mut columns = rows;
    for k in 0..4 {
        columns[k] = _mm256_permute2x128_si256::<0x20>(halves[0][k], halves[1][k]);
        columns[4 + k] = _mm256_permute2x128_si256::<0x31>(halves[0][k], halves[1][k]);
    }
    columns
}

/// What a group is: chaining values and blocks in memory, or a chaining value for all lanes and what their blocks are put
/// together of.
enum Group<'a> {
    Blocks(&'a States, &'a Blocks<'a>),
    Texts(&'a State, &'a Texts<'a>),
}

impl Group<'_> {
    /// The chaining values of four lanes as the SHA extensions keep them, see [`HALVES`].
    #[target_feature(enable = "sse4.1")]
    #[inline]
    fn halves(&self, first: usize) -> [[__m128i; 4]; 2] {
        let mut halves = [[_mm_setzero_si128(); 4]; 2];
        // Loops, since a closure would not be inlined where features were enabled.
        for (half, words) in halves.iter_mut().zip(HALVES) {
            match self {
                Self::Blocks(before, _) => {
                    for (row, word) in half.iter_mut().zip(words) {
                        *row = load4(&before.0[word].as_chunks().0[first / 4]);
                    }
                    *half = transpose4(*half);
                }
                Self::Texts(before, _) => *half = [load4(&words.map(|word| before[word])); 4],
            }
        }
        halves
    }

    /// Sixteen bytes of a lane's block.
    #[target_feature(enable = "ssse3")]
    #[inline]
    fn quarter(&self, lane: usize, quarter: usize) -> __m128i {
        match self {
            Self::Blocks(_, blocks) => load16(&blocks[lane].as_chunks().0[quarter]),
            Self::Texts(_, texts) if quarter < 2 => head_quarter(texts, lane, quarter),
            Self::Texts(_, texts) => {
                let half = quarter - 2;
                let (text, (kept, padding)) = (texts.text(lane), texts.ending(lane));
                let text = _mm_and_si128(half16(text, half), half16(kept, half));
                _mm_or_si128(text, half16(padding, half))
            }
        }
    }
}

#[target_feature(enable = "ssse3")]
#[inline]
fn head_quarter(texts: &Texts<'_>, lane: usize, quarter: usize) -> __m128i {
    match texts.heads {
        Heads::Same(bytes) => half16(bytes, quarter),
        Heads::Salts(salts, rows) => {
            let salt = load16(&salts[usize::from(rows[lane])]);
            let nibble = _mm_set1_epi8(15);
            let high = _mm_and_si128(_mm_srli_epi16::<4>(salt), nibble);
            let low = _mm_and_si128(salt, nibble);
            let nibbles = if quarter == 0 {
                _mm_unpacklo_epi8(high, low)
            } else {
                _mm_unpackhi_epi8(high, low)
            };
            _mm_shuffle_epi8(load16(DIGITS), nibbles)
        }
    }
}

/// The words of blocks in memory.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn block_words<F>(blocks: &Blocks<'_>) -> [__m512i; 16] {
    let big_endian = _mm512_broadcast_i32x4(big_endian());
    let mut rows = [_mm512_setzero_si512(); LANES];
    for (row, block) in rows.iter_mut().zip(blocks) {
        // SAFETY: a block is 64 bytes long.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        *row = _mm512_shuffle_epi8(bytes, big_endian);
    }
    transpose16(rows)
}

/// The words of blocks that are put together of texts.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn text_words<F>(texts: &Texts<'_>) -> [__m512i; 16] {
    let [s0, s1, s2, s3, s4, s5, s6, s7] = head_words::<F>(texts);
    // Each four words of eight lanes, whose quarters are: the first half of four texts, the second one, and the same of
    // the four texts behind them.
    let low = transpose_quarters([
        two_texts(texts, 0),
        two_texts(texts, 1),
        two_texts(texts, 2),
        two_texts(texts, 3),
    ]);
    let high = transpose_quarters([
        two_texts(texts, 8),
        two_texts(texts, 9),
        two_texts(texts, 10),
        two_texts(texts, 11),
    ]);
    // SAFETY: there are 64 bytes of lengths.
    let lens = unsafe { _mm512_loadu_si512(texts.lens.as_ptr().cast()) };
    let before = texts.before();
    [
        s0,
        s1,
        s2,
        s3,
        s4,
        s5,
        s6,
        s7,
        ended(_mm512_shuffle_i32x4::<0x88>(low[0], high[0]), lens, 0),
        ended(_mm512_shuffle_i32x4::<0x88>(low[1], high[1]), lens, 4),
        ended(_mm512_shuffle_i32x4::<0x88>(low[2], high[2]), lens, 8),
        ended(_mm512_shuffle_i32x4::<0x88>(low[3], high[3]), lens, 12),
        ended(_mm512_shuffle_i32x4::<0xdd>(low[0], high[0]), lens, 16),
        ended(_mm512_shuffle_i32x4::<0xdd>(low[1], high[1]), lens, 20),
        _mm512_set1_epi32((before >> 32) as i32),
        // Half a block and what fits into the other half: nothing is carried.
        _mm512_add_epi32(_mm512_slli_epi32::<3>(lens), _mm512_set1_epi32(before as i32)),
    ]
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The words of the first half of each block.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn head_words<F>(texts: &Texts<'_>) -> [__m512i; 8] {
    match texts.heads {
        Heads::Same(bytes) => {
            let mut words = [_mm512_setzero_si512(); 8];
            for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
                *word = _mm512_set1_epi32(i32::from_be_bytes(*bytes));
            }
            words
        }
        Heads::Salts(salts, rows) => {
            let [a0, a1] = four_salts(salts, rows, 0);
            let [b0, b1] = four_salts(salts, rows, 1);
            let [c0, c1] = four_salts(salts, rows, 2);
            let [d0, d1] = four_salts(salts, rows, 3);
            let [s0, s1, s2, s3] = transpose_quarters([a0, b0, c0, d0]);
            let [s4, s5, s6, s7] = transpose_quarters([a1, b1, c1, d1]);
            [s0, s1, s2, s3, s4, s5, s6, s7]
        }
    }
}

/// The digits of every fourth lane's salt as words, each salt in a quarter: its first four words, and the others.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn four_salts(salts: &[[u8; 16]; ROWS], rows: &[u8; LANES], lane: usize) -> [__m512i; 2] {
    let salt = _mm512_castsi128_si512(load16(&salts[usize::from(rows[lane])]));
    let salt = _mm512_inserti32x4::<1>(salt, load16(&salts[usize::from(rows[lane + 4])]));
    let salt = _mm512_inserti32x4::<2>(salt, load16(&salts[usize::from(rows[lane + 8])]));
    let salt = _mm512_inserti32x4::<3>(salt, load16(&salts[usize::from(rows[lane + 12])]));
    // Two bytes become a word of four digits, the first one highest.
    let pairs = _mm_set_epi8(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
    let salt = _mm512_shuffle_epi8(salt, _mm512_broadcast_i32x4(pairs));
    let nibble = _mm512_set1_epi8(15);
    let high = _mm512_and_si512(_mm512_srli_epi16::<4>(salt), nibble);
    let low = _mm512_and_si512(salt, nibble);
    let digits = _mm512_broadcast_i32x4(load16(DIGITS));
    [
        _mm512_shuffle_epi8(digits, _mm512_unpacklo_epi8(low, high)),
        _mm512_shuffle_epi8(digits, _mm512_unpackhi_epi8(low, high)),
    ]
}

/// The texts of a lane and of the fourth behind it, each in a half.
#[target_feature(enable = "avx512f")]
#[inline]
fn two_texts(texts: &Texts<'_>, lane: usize) -> __m512i {
    let (one, other) = (load32(texts.text(lane)), load32(texts.text(lane + 4)));
    _mm512_inserti64x4::<1>(_mm512_castsi256_si512(one), other)
}

/// The words of the texts from byte `at`, without what lies behind a text and with the bit that ends it.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ended(words: __m512i, lens: __m512i, at: i32) -> __m512i {
    const EACH: i32 = 0x0101_0101;
    let first_bytes = _mm_set_epi32(12 * EACH, 8 * EACH, 4 * EACH, 0);
    let lens = _mm512_shuffle_epi8(lens, _mm512_broadcast_i32x4(first_bytes));
    let places = _mm512_set1_epi32(at * EACH + 0x0001_0203);
    let text = _mm512_cmplt_epi8_mask(places, lens);
    let order = _mm512_broadcast_i32x4(big_endian());
    let words = _mm512_maskz_shuffle_epi8(text, words, order);
    let end = _mm512_cmpeq_epi8_mask(places, lens);
    _mm512_mask_mov_epi8(words, end, _mm512_set1_epi8(i8::MIN))
}

/// The first or second half.
#[inline]
fn half16(bytes: &[u8; 32], half: usize) -> __m128i {
    load16(&bytes.as_chunks().0[half])
}

#[inline]
fn load16(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: every processor of this kind has SSE2, and `bytes` is 16 bytes long.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
#[inline]
fn load32(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: `bytes` is 32 bytes long.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

/// Rows to columns within each quarter.
#[target_feature(enable = "avx512f")]
#[inline]
fn transpose_quarters([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    let (ab0, ab1) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    let (cd0, cd1) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    [
        _mm512_unpacklo_epi64(ab0, cd0),
        _mm512_unpackhi_epi64(ab0, cd0),
        _mm512_unpacklo_epi64(ab1, cd1),
        _mm512_unpackhi_epi64(ab1, cd1),
    ]
}

#[target_feature(enable = "avx2")]
#[inline]
fn load8(words: &[u32; 8]) -> __m256i {
    // SAFETY: `words` is 32 bytes long.
    unsafe { _mm256_loadu_si256(words.as_ptr().cast()) }
}

#[inline]
fn load4(words: &[u32; 4]) -> __m128i {
    // SAFETY: every processor of this kind has SSE2, and `words` is 16 bytes long.
    unsafe { _mm_loadu_si128(words.as_ptr().cast()) }
}

/// The order of bytes that turns words of a block into numbers.
#[target_feature(enable = "ssse3")]
#[inline]
fn big_endian() -> __m128i {
    _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3)
}

/// Messages whose instructions are interleaved: one alone would wait for its own results.
const INTERLEAVED: usize = 2;
/// Which words the SHA extensions keep together: abef and cdgh, the last one lowest.
const HALVES: [[usize; 4]; 2] = [[5, 4, 1, 0], [7, 6, 3, 2]];

/// Four lanes of SHA-256 by the SHA extensions.
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn sha256_ni(group: &Group<'_>, after: &mut States, first: usize) {
    let start = group.halves(first);
    let mut end = [[_mm_setzero_si128(); 4]; 2];
    for lane in (0..4).step_by(INTERLEAVED) {
        let mut work = [[_mm_setzero_si128(); 2]; INTERLEAVED];
        for i in 0..INTERLEAVED {
            work[i] = [start[0][lane + i], start[1][lane + i]];
        }
        sha256_ni_rounds(&mut work, group, first + lane);
        for i in 0..INTERLEAVED {
            for half in 0..2 {
                end[half][lane + i] = _mm_add_epi32(start[half][lane + i], work[i][half]);
            }
        }
    }
    for (columns, words) in end.into_iter().zip(HALVES) {
        for (word, row) in words.into_iter().zip(transpose4(columns)) {
            let words = &mut after.0[word].as_chunks_mut::<4>().0[first / 4];
            // SAFETY: `words` is 16 bytes long.
            unsafe { _mm_storeu_si128(words.as_mut_ptr().cast(), row) };
        }
    }
}

/// The rounds of interleaved messages, the first in lane `first`.
#[target_feature(enable = "sha,sse4.1,ssse3")]
#[inline]
fn sha256_ni_rounds(work: &mut [[__m128i; 2]; INTERLEAVED], group: &Group<'_>, first: usize) {
    let mut words = [[_mm_setzero_si128(); 4]; INTERLEAVED];
    for i in 0..INTERLEAVED {
        for (quarter, words) in words[i].iter_mut().enumerate() {
            *words = _mm_shuffle_epi8(group.quarter(first + i, quarter), big_endian());
        }
    }
    for (stretch, k) in sha256::K.iter().enumerate() {
        for (four, k) in k.as_chunks::<4>().0.iter().enumerate() {
            // SAFETY: `k` is 16 bytes long.
            let k = unsafe { _mm_loadu_si128(k.as_ptr().cast()) };
            for i in 0..INTERLEAVED {
                let [w0, w1, w2, w3] = core::array::from_fn(|ahead| words[i][(four + ahead) % 4]);
                let wk = _mm_add_epi32(w0, k);
                let [abef, cdgh] = &mut work[i];
                *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
                *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32::<0x0e>(wk));
                if stretch < 3 {
                    let sum = _mm_sha256msg1_epu32(w0, w1);
                    let sum = _mm_add_epi32(sum, _mm_alignr_epi8::<4>(w3, w2));
                    words[i][four] = _mm_sha256msg2_epu32(sum, w3);
                }
            }
        }
    }
}

/// Rows to columns.
#[target_feature(enable = "sse4.1")]
#[inline]
fn transpose4([a, b, c, d]: [__m128i; 4]) -> [__m128i; 4] {
    let (ab0, ab1) = (_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b));
    let (cd0, cd1) = (_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
    [
        _mm_unpacklo_epi64(ab0, cd0),
        _mm_unpackhi_epi64(ab0, cd0),
        _mm_unpacklo_epi64(ab1, cd1),
        _mm_unpackhi_epi64(ab1, cd1),
    ]
}
