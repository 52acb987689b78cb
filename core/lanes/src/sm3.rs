//! The compression of SM3, GB/T 32905-2016 section 5.3.

use super::State;
use super::vector::Vector;

pub(super) const INITIAL: State = [
    0x7380_166f,
    0x4914_b2b9,
    0x1724_42d7,
    0xda8a_0600,
    0xa96f_30bc,
    0x1631_38aa,
    0xe38d_ee4d,
    0xb0fb_0e4e,
];

/// T of each round, rotated by the round's number.
const T: [[u32; 16]; 4] = {
    let mut t = [[0; 16]; 4];
    let mut j = 0;
    while j < 64 {
        let constant: u32 = if j < 16 { 0x79cc_4519 } else { 0x7a87_9d8a };
        t[j / 16][j % 16] = constant.rotate_left(j as u32 % 32);
        j += 1;
    }
    t
};

/// Which sixteen of the 64 rounds: the first have other boolean functions, the last need few words.
#[derive(Clone, Copy, PartialEq)]
enum Stretch {
    First,
    Middle,
    Last,
}

#[inline(always)]
pub(super) fn compress<V: Vector>(state: [V; 8], mut w: [V; 16]) -> [V; 8] {
    let [t0, t1, t2, t3] = &T;
    let mut work = sixteen_rounds(Stretch::First, state, &mut w, t0);
    for t in [t1, t2] {
        work = sixteen_rounds(Stretch::Middle, work, &mut w, t);
    }
    let mut next = sixteen_rounds(Stretch::Last, work, &mut w, t3);
    next.iter_mut().zip(state).for_each(|(next, state)| *next = next.xor(state));
    next
}

#[inline(always)]
fn sixteen_rounds<V: Vector>(
    stretch: Stretch,
    mut work: [V; 8],
    w: &mut [V; 16],
    t: &[u32; 16],
) -> [V; 8] {
    work = four_rounds(stretch, work, w, t, 0);
    extend(w, 0);
    work = four_rounds(stretch, work, w, t, 4);
    if stretch != Stretch::Last {
        extend(w, 4);
    }
    work = four_rounds(stretch, work, w, t, 8);
    if stretch != Stretch::Last {
        extend(w, 8);
    }
    work = four_rounds(stretch, work, w, t, 12);
    if stretch != Stretch::Last {
        extend(w, 12);
    }
    work
}

/// Four rounds bring the names back to their places, so nothing is moved.
#[inline(always)]
fn four_rounds<V: Vector>(
    stretch: Stretch,
    work: [V; 8],
    w: &[V; 16],
    t: &[u32; 16],
    at: usize,
) -> [V; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = work;
    let first = stretch == Stretch::First;
    let words = |j: usize| (w[at + j], w[(at + j + 4) % 16], t[at + j]);
    round(first, words(0), (a, &mut b, c, &mut d), (e, &mut f, g, &mut h));
    round(first, words(1), (d, &mut a, b, &mut c), (h, &mut e, f, &mut g));
    round(first, words(2), (c, &mut d, a, &mut b), (g, &mut h, e, &mut f));
    round(first, words(3), (b, &mut c, d, &mut a), (f, &mut g, h, &mut e));
    [a, b, c, d, e, f, g, h]
}

/// One round; `d` and `h` become the new a and e.
#[inline(always)]
fn round<V: Vector>(
    first: bool,
    (w, ahead, t): (V, V, u32),
    (a, b, c, d): (V, &mut V, V, &mut V),
    (e, f, g, h): (V, &mut V, V, &mut V),
) {
    let a12 = a.rotate(12);
    let ss1 = a12.plus(e).plus(a.splat(t)).rotate(7);
    let (ff, gg) =
        if first { (a.xor3(*b, c), e.xor3(*f, g)) } else { (a.majority(*b, c), e.select(*f, g)) };
    let tt1 = d.plus(w.xor(ahead)).plus(ff).plus(ss1.xor(a12));
    let tt2 = h.plus(w).plus(gg).plus(ss1);
    *b = b.rotate(9);
    *d = tt1;
    *f = f.rotate(19);
    *h = tt2.xor3(tt2.rotate(9), tt2.rotate(17));
}

/// Four words of the message expansion, each in place of the word sixteen before it.
#[inline(always)]
fn extend<V: Vector>(w: &mut [V; 16], at: usize) {
    for j in at..at + 4 {
        let x = w[j].xor3(w[(j + 7) % 16], w[(j + 13) % 16].rotate(15));
        let p1 = x.xor3(x.rotate(15), x.rotate(23));
        w[j] = p1.xor3(w[(j + 3) % 16].rotate(7), w[(j + 10) % 16]);
    }
}
