//! The compression of SHA-256, FIPS 180-4 section 6.2.2.

use super::State;
use super::vector::Vector;

pub(super) const INITIAL: State = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The fractional parts of the cube roots of the first 64 primes, sixteen a row.
#[rustfmt::skip]
pub(super) const K: [[u32; 16]; 4] = [
    [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    ],
    [
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    ],
    [
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    ],
    [
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ],
];

#[inline(always)]
pub(super) fn compress<V: Vector>(state: [V; 8], mut w: [V; 16]) -> [V; 8] {
    let [first, second, third, last] = &K;
    let mut work = state;
    for k in [first, second, third] {
        work = eight_rounds(work, &mut w, k, 0, true);
        work = eight_rounds(work, &mut w, k, 8, true);
    }
    work = eight_rounds(work, &mut w, last, 0, false);
    work = eight_rounds(work, &mut w, last, 8, false);
    let mut next = state;
    next.iter_mut().zip(work).for_each(|(next, work)| *next = next.plus(work));
    next
}

/// Eight rounds bring the names back to their places, so nothing is moved.
#[inline(always)]
fn eight_rounds<V: Vector>(
    work: [V; 8],
    w: &mut [V; 16],
    k: &[u32; 16],
    at: usize,
    more: bool,
) -> [V; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = work;
    round([a, b, c, e, f, g], &mut d, &mut h, w, k, at, more);
    round([h, a, b, d, e, f], &mut c, &mut g, w, k, at + 1, more);
    round([g, h, a, c, d, e], &mut b, &mut f, w, k, at + 2, more);
    round([f, g, h, b, c, d], &mut a, &mut e, w, k, at + 3, more);
    round([e, f, g, a, b, c], &mut h, &mut d, w, k, at + 4, more);
    round([d, e, f, h, a, b], &mut g, &mut c, w, k, at + 5, more);
    round([c, d, e, g, h, a], &mut f, &mut b, w, k, at + 6, more);
    round([b, c, d, f, g, h], &mut e, &mut a, w, k, at + 7, more);
    [a, b, c, d, e, f, g, h]
}

/// Round `t` of sixteen; `d` and `h` become the new e and a. With `more`, the word is extended as soon as it was used: that
/// fills the time in which the rounds wait for one another.
#[inline(always)]
fn round<V: Vector>(
    [a, b, c, e, f, g]: [V; 6],
    d: &mut V,
    h: &mut V,
    w: &mut [V; 16],
    k: &[u32; 16],
    t: usize,
    more: bool,
) {
    let wk = w[t].plus(a.splat(k[t]));
    let sum1 = e.rotate(26).xor3(e.rotate(21), e.rotate(7));
    let t1 = h.plus(wk).plus(e.select(f, g)).plus(sum1);
    let sum0 = a.rotate(30).xor3(a.rotate(19), a.rotate(10));
    *d = d.plus(t1);
    *h = t1.plus(sum0.plus(a.majority(b, c)));
    if more {
        extend(w, t);
    }
}

/// The word sixteen places on, in place of word `t`.
#[inline(always)]
fn extend<V: Vector>(w: &mut [V; 16], t: usize) {
    let (w15, w2) = (w[(t + 1) % 16], w[(t + 14) % 16]);
    let sigma0 = w15.rotate(25).xor3(w15.rotate(14), w15.shift_right(3));
    let sigma1 = w2.rotate(15).xor3(w2.rotate(13), w2.shift_right(10));
    w[t] = w[t].plus(sigma0).plus(w[(t + 9) % 16].plus(sigma1));
}
