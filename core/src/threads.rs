//! Work split over cores, in one place. Everything here gives the same answer with one thread.

use alloc::vec::Vec;
use core::num::NonZeroUsize;
use core::ops::Range;

#[cfg(feature = "threads")]
extern crate std;

/// How many threads a long call may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads(NonZeroUsize);

impl Threads {
    /// The caller's thread only.
    pub const ONE: Self = Self(NonZeroUsize::MIN);

    /// At most `n` threads; 0 counts as 1.
    pub const fn at_most(n: usize) -> Self {
        match NonZeroUsize::new(n) {
            Some(n) => Self(n),
            None => Self::ONE,
        }
    }

    /// As many as the machine has; one without the feature `threads`.
    pub fn available() -> Self {
        #[cfg(feature = "threads")]
        return std::thread::available_parallelism().map_or(Self::ONE, Self);
        #[cfg(not(feature = "threads"))]
        Self::ONE
    }

    /// Cuts `0..len` into one range a thread, each a multiple of `grain` long except the last,
    /// and gives the answers of `work` in the order of the ranges.
    pub(crate) fn map_ranges<T: Send>(
        self,
        len: usize,
        grain: usize,
        work: impl Fn(Range<usize>) -> T + Sync,
    ) -> Vec<T> {
        let share = len.div_ceil(self.0.get()).next_multiple_of(grain.max(1)).max(1);
        let ranges: Vec<_> =
            (0..len).step_by(share).map(|start| start..len.min(start + share)).collect();
        run(ranges, &work)
    }
}

#[cfg(feature = "threads")]
fn run<T: Send>(ranges: Vec<Range<usize>>, work: &(impl Fn(Range<usize>) -> T + Sync)) -> Vec<T> {
    std::thread::scope(|scope| {
        let mut ranges = ranges.into_iter();
        let first = ranges.next();
        let others: Vec<_> = ranges.map(|range| scope.spawn(|| work(range))).collect();
        let mut answers: Vec<T> = first.map(work).into_iter().collect();
        for other in others {
            match other.join() {
                Ok(answer) => answers.push(answer),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        answers
    })
}

#[cfg(not(feature = "threads"))]
fn run<T>(ranges: Vec<Range<usize>>, work: &impl Fn(Range<usize>) -> T) -> Vec<T> {
    ranges.into_iter().map(work).collect()
}
