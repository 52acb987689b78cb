//! What a fair draw has to show, as tests with a stated significance.
//!
//! Every measure asks one question and answers with a z value: how many standard deviations the observed
//! lies above what a fair draw gives. [`LIMIT`] is passed by a fair draw with a chance of one in a million
//! for each measure (seeds are fixed, so a run always gives the same answer).

/// One-sided normal limit for a significance of 1e-6.
pub(crate) const LIMIT: f64 = 4.753;

/// A draw of k out of 0..n: gives the drawn numbers, ascending, for the i-th independent seed.
pub(crate) trait Draw: Fn(u64) -> Vec<usize> {}
impl<F: Fn(u64) -> Vec<usize>> Draw for F {}

/// The z value of a chi-square statistic (Wilson and Hilferty's cube root, 1931).
fn chi_square_z(statistic: f64, freedom: f64) -> f64 {
    let width = 2.0 / (9.0 * freedom);
    ((statistic / freedom).cbrt() - (1.0 - width)) / width.sqrt()
}

/// Are all cells equally likely?
pub(crate) fn uniform(counts: &[u64]) -> f64 {
    let expected = counts.iter().sum::<u64>() as f64 / counts.len() as f64;
    let statistic = counts.iter().map(|&c| (c as f64 - expected).powi(2) / expected).sum();
    chi_square_z(statistic, counts.len() as f64 - 1.0)
}

/// Is every subset of k from n equally likely?
pub(crate) fn subsets(n: usize, k: usize, rounds: u64, draw: impl Draw) -> f64 {
    let all: Vec<u32> = (0..1u32 << n).filter(|s| s.count_ones() as usize == k).collect();
    let mut counts = vec![0; all.len()];
    for round in 0..rounds {
        let subset = draw(round).iter().fold(0, |set, &i| set | 1 << i);
        counts[all.binary_search(&subset).expect("k distinct numbers below n")] += 1;
    }
    uniform(&counts)
}

/// Is everyone drawn equally often? The counts of one draw sum to k, which the factor allows for.
pub(crate) fn first_order(n: usize, k: usize, rounds: u64, draw: impl Draw) -> f64 {
    let mut counts = vec![0u64; n];
    (0..rounds).for_each(|round| draw(round).into_iter().for_each(|i| counts[i] += 1));
    let share = k as f64 / n as f64;
    let expected = rounds as f64 * share;
    let squares: f64 = counts.iter().map(|&c| (c as f64 - expected).powi(2)).sum();
    let freedom = n as f64 - 1.0;
    chi_square_z(squares / (expected * (1.0 - share)) * freedom / n as f64, freedom)
}

/// Is every pair drawn together equally often? The worst pair, with Bonferroni's allowance for their number.
pub(crate) fn second_order(n: usize, k: usize, rounds: u64, draw: impl Draw) -> f64 {
    let mut counts = vec![vec![0u64; n]; n];
    for round in 0..rounds {
        let drawn = draw(round);
        for (at, &i) in drawn.iter().enumerate() {
            drawn[at + 1..].iter().for_each(|&j| counts[i][j] += 1);
        }
    }
    let pairs = (0..n).flat_map(|i| counts[i][i + 1..].to_vec());
    worst_share(pairs, rounds, (k * (k - 1)) as f64 / (n * (n - 1)) as f64)
}

/// Does each of several counts out of `rounds` fit its share? The worst one, allowing for their number.
fn worst_share(counts: impl Iterator<Item = u64>, rounds: u64, share: f64) -> f64 {
    let expected = rounds as f64 * share;
    let deviation = (expected * (1.0 - share)).sqrt();
    let distances: Vec<f64> = counts.map(|c| (c as f64 - expected).abs() / deviation).collect();
    let worst = distances.iter().copied().fold(0.0, f64::max);
    // A maximum of m two-sided normals passes sqrt(z² + 2 ln 2m) about as seldom as one passes z.
    (worst.powi(2) - 2.0 * (2.0 * distances.len() as f64).ln()).max(0.0).sqrt()
}

/// Do two independent draws share as many as chance lets them? Chi-square over the hypergeometric
/// distribution of the overlap, cells with fewer than 5 expected put together.
pub(crate) fn overlap(n: usize, k: usize, rounds: u64, draw: impl Draw) -> f64 {
    let mut counts = vec![0u64; k + 1];
    for round in 0..rounds {
        let (a, b) = (draw(2 * round), draw(2 * round + 1));
        counts[a.iter().filter(|i| b.contains(i)).count()] += 1;
    }
    let choose = |n: usize, k: usize| {
        if k > n { 0.0 } else { (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64) }
    };
    let expected = |o: usize| rounds as f64 * choose(k, o) * choose(n - k, k - o) / choose(n, k);
    let (mut rest_seen, mut rest_expected, mut statistic, mut cells) = (0.0, 0.0, 0.0, 0.0);
    for (o, &seen) in counts.iter().enumerate() {
        let wanted = expected(o);
        if wanted < 5.0 {
            rest_seen += seen as f64;
            rest_expected += wanted;
        } else {
            statistic += (seen as f64 - wanted).powi(2) / wanted;
            cells += 1.0;
        }
    }
    if rest_expected > 0.0 {
        statistic += (rest_seen - rest_expected).powi(2) / rest_expected;
        cells += 1.0;
    }
    chi_square_z(statistic, cells - 1.0)
}

/// Is a share at least `least`? How far below it the observed lies.
pub(crate) fn at_least(count: u64, rounds: u64, least: f64) -> f64 {
    let expected = rounds as f64 * least;
    (expected - count as f64) / (expected * (1.0 - least)).sqrt()
}
