//! Two procedures as published systems have them. A test that they pass is no test.

/// A small generator for the tests (SplitMix64, Steele et al. 2014): the procedures' only randomness.
pub(crate) fn random(seed: u64, below: usize) -> usize {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) % below as u64) as usize
}

/// Skip sampling: one random start below the step n / k, then every step-th.
pub(crate) fn skip_sampling(n: usize, k: usize) -> impl Fn(u64) -> Vec<usize> {
    move |seed| {
        let step = n / k;
        let start = random(seed, step);
        (0..k).map(|i| start + i * step).collect()
    }
}

/// Inspectors dealt in list order from a random start: place p goes to inspector start + p.
pub(crate) fn list_order(inspectors: usize, places: usize) -> impl Fn(u64) -> Vec<usize> {
    move |seed| {
        let start = random(seed, inspectors);
        (0..places).map(|p| (start + p) % inspectors).collect()
    }
}

/// The same where not everybody may: the next in the list who may, from a random start.
pub(crate) fn next_in_list(seed: u64, inspectors: usize, may: impl Fn(usize) -> bool) -> usize {
    let start = random(seed, inspectors);
    (0..inspectors).map(|i| (start + i) % inspectors).find(|&i| may(i)).expect("somebody may")
}
