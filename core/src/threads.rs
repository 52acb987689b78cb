//! Work split over cores, in one place. Everything here gives the same answer with one thread.

#[cfg(feature = "threads")]
use alloc::boxed::Box;
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

    /// How many of so many things each thread takes, at least one.
    fn share(self, len: usize) -> usize {
        len.div_ceil(self.0.get()).max(1)
    }

    /// Gives the answers of `work` for parts of `items`, one a thread, each with the place where it begins.
    pub(crate) fn map_parts<I: Send, T: Send>(
        self,
        items: &mut [I],
        work: impl Fn(usize, &mut [I]) -> T + Sync,
    ) -> Vec<T> {
        let share = self.share(items.len());
        let parts = items.chunks_mut(share).enumerate().collect();
        run(parts, &|(number, part)| work(number * share, part))
    }

    /// Gives the answers of two works, which are done at once if there are two threads.
    pub(crate) fn both<A: Send, B: Send>(
        self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        #[cfg(feature = "threads")]
        if self != Self::ONE {
            return std::thread::scope(|scope| {
                let other = scope.spawn(other);
                (one(), joined(other))
            });
        }
        (one(), other())
    }

    /// Cuts `0..len` into one range a thread, each a multiple of `grain` long except the last,
    /// and gives the answers of `work` in the order of the ranges.
    pub(crate) fn map_ranges<T: Send>(
        self,
        len: usize,
        grain: usize,
        work: impl Fn(Range<usize>) -> T + Sync,
    ) -> Vec<T> {
        let share = self.share(len).next_multiple_of(grain.max(1));
        let ranges: Vec<_> =
            (0..len).step_by(share).map(|start| start..len.min(start + share)).collect();
        run(ranges, &work)
    }
}

/// The answers for all parts in their order, one thread a part.
#[cfg(feature = "threads")]
fn run<P: Send, T: Send>(parts: Vec<P>, work: &(impl Fn(P) -> T + Sync)) -> Vec<T> {
    let mut answers: Vec<Option<T>> = parts.iter().map(|_| None).collect();
    let works = parts.into_iter().zip(&mut answers);
    let works = works.map(|(part, answer)| Box::new(|| *answer = Some(work(part))) as Work<'_>);
    run_all(works.collect());
    answers.into_iter().flatten().collect()
}

#[cfg(feature = "threads")]
type Work<'a> = Box<dyn FnOnce() + Send + 'a>;

/// Does the first work here and each other one on a thread of its own. Compiled once, because what starts and ends a
/// thread is large.
#[cfg(feature = "threads")]
fn run_all(works: Vec<Work<'_>>) {
    std::thread::scope(|scope| {
        let mut works = works.into_iter();
        let first = works.next();
        let others: Vec<_> = works.map(|work| scope.spawn(work)).collect();
        first.into_iter().for_each(|work| work());
        others.into_iter().for_each(joined);
    });
}

/// The answer of another thread; its panic goes on here.
#[cfg(feature = "threads")]
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(not(feature = "threads"))]
fn run<P, T>(parts: Vec<P>, work: &impl Fn(P) -> T) -> Vec<T> {
    parts.into_iter().map(work).collect()
}
