//! Rows as columns: a view that borrows what a table engine has in memory, and a buffer that rows are
//! pushed into.

use super::roster::{RosterError, RowFault, RowProblem, Standing};
use crate::code::{Stratum, check};
use crate::hash::Texts;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use core::str::FromStr;

/// How far the ids of some neighbouring rows are apart at most, in bytes. What lies in front of them seems to be farther
/// away when it is counted modulo 2^32.
const FARTHEST: usize = (u32::MAX / 2) as usize;

/// Where each id begins in the buffer of ids: one number a row and one for the end, as Arrow lays them.
#[derive(Clone, Copy)]
pub enum Offsets<'a> {
    /// Arrow's `Utf8` and `Binary`.
    I32(&'a [i32]),
    /// Arrow's `LargeUtf8` and `LargeBinary`.
    I64(&'a [i64]),
    /// Unsigned, 32 bits.
    U32(&'a [u32]),
    /// Unsigned, 64 bits.
    U64(&'a [u64]),
}

impl<'a> Offsets<'a> {
    /// How many numbers there are: one more than rows.
    pub const fn len(&self) -> usize {
        match self {
            Self::I32(of) => of.len(),
            Self::I64(of) => of.len(),
            Self::U32(of) => of.len(),
            Self::U64(of) => of.len(),
        }
    }

    /// Whether not even the end is there.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn get(&self, i: usize) -> Option<usize> {
        match self {
            Self::I32(of) => usize::try_from(*of.get(i)?).ok(),
            Self::I64(of) => usize::try_from(*of.get(i)?).ok(),
            Self::U32(of) => usize::try_from(*of.get(i)?).ok(),
            Self::U64(of) => usize::try_from(*of.get(i)?).ok(),
        }
    }

    /// Writes for the rows from `first` on by how much each number lies behind the one at `first`, and the next one behind
    /// it, and gives the one at `first`. One that lies in front, or two gigabytes behind, lies farther behind than
    /// [`FARTHEST`].
    #[inline]
    fn copy_to(&self, first: usize, starts: &mut [u32], lens: &mut [u32]) -> Option<usize> {
        fn copy<T: Copy + PartialOrd>(
            from: Option<&[T]>,
            to: (&mut [u32], &mut [u32]),
            behind: impl Fn(T, T) -> u32,
        ) -> Option<()> {
            let from = from?;
            let (first, next) = from.split_first()?;
            let behind = |n, m| if n < m { u32::MAX } else { behind(n, m) };
            let rows = to.0.iter_mut().zip(to.1).zip(from.iter().zip(next));
            rows.for_each(|((start, len), (from, next))| {
                (*start, *len) = (behind(*from, *first), behind(*next, *from));
            });
            Some(())
        }
        let (short, to) = (|behind: u64| u32::try_from(behind).unwrap_or(u32::MAX), (starts, lens));
        match self {
            Self::I32(of) => copy(of.get(first..), to, |n, m| n.wrapping_sub(m).cast_unsigned()),
            Self::I64(of) => {
                copy(of.get(first..), to, |n, m| short(n.wrapping_sub(m).cast_unsigned()))
            }
            Self::U32(of) => copy(of.get(first..), to, u32::wrapping_sub),
            Self::U64(of) => copy(of.get(first..), to, |n, m| short(n.wrapping_sub(m))),
        }?;
        self.get(first)
    }

    fn slice(self, range: Range<usize>) -> Option<Self> {
        Some(match self {
            Self::I32(of) => Self::I32(of.get(range)?),
            Self::I64(of) => Self::I64(of.get(range)?),
            Self::U32(of) => Self::U32(of.get(range)?),
            Self::U64(of) => Self::U64(of.get(range)?),
        })
    }
}

/// Rows of a roster as columns, in any order. Nothing is copied, and nothing is checked before it is
/// used: whoever takes columns refuses those of unequal lengths, an offset outside of the buffer and a
/// number outside of its dictionary.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    /// All ids, one after the other.
    pub ids: &'a [u8],
    /// Where each id begins.
    pub offsets: Offsets<'a>,
    /// The stratum of each row, as its place in `stratum_codes`.
    pub strata: &'a [u16],
    /// The strata that the numbers stand for, in any order.
    pub stratum_codes: &'a [Stratum],
    /// The standing of each row, as its place in `standing_codes`.
    pub standings: &'a [u16],
    /// The standings that the numbers stand for, in any order.
    pub standing_codes: &'a [Standing],
}

impl<'a> Columns<'a> {
    /// Number of rows.
    ///
    /// # Errors
    /// [`RosterError::Columns`] when the columns are not equally long.
    pub fn rows(&self) -> Result<usize, RosterError> {
        let rows = self.strata.len();
        for (column, found, wanted) in [
            ("offsets", self.offsets.len(), rows.saturating_add(1)),
            ("standings", self.standings.len(), rows),
        ] {
            if found != wanted {
                return Err(RosterError::Columns { column, found, wanted });
            }
        }
        Ok(rows)
    }

    /// The rows of `range`, or nothing when there are fewer. Nothing is copied.
    pub fn slice(&self, range: Range<usize>) -> Option<Self> {
        Some(Self {
            offsets: self.offsets.slice(range.start..range.end.checked_add(1)?)?,
            strata: self.strata.get(range.clone())?,
            standings: self.standings.get(range)?,
            ..*self
        })
    }

    /// The bytes of an id, or nothing when its offsets do not lie in the buffer.
    #[inline]
    pub(crate) fn id_bytes(&self, row: usize) -> Option<&'a [u8]> {
        self.ids.get(self.offsets.get(row)?..self.offsets.get(row + 1)?)
    }

    /// The ids of rows, unless that of the first is not in the buffer. An id that cannot be there is none of the texts.
    pub(crate) fn texts(&self, rows: Range<usize>, texts: &mut Texts<'a>) -> Option<()> {
        texts.len = rows.len();
        let (starts, lens) = (&mut texts.starts[..rows.len()], &mut texts.lens[..rows.len()]);
        let ids = self.ids.get(self.offsets.copy_to(rows.start, starts, lens)?..)?;
        texts.bytes = &ids[..ids.len().min(FARTHEST)];
        Some(())
    }

    /// The id of a row, checked.
    pub(crate) fn id(&self, row: usize) -> Result<&'a str, RowProblem> {
        let bytes = self.id_bytes(row).ok_or(RowProblem::Offsets)?;
        check(bytes).map_err(|fault| RowProblem::Id { found: lossy(bytes), fault })
    }

    /// The stratum of a row.
    pub(crate) fn stratum(&self, row: usize) -> Result<&'a Stratum, RowProblem> {
        entry("strata", self.strata[row], self.stratum_codes)
    }

    /// The standing of a row.
    pub(crate) fn standing(&self, row: usize) -> Result<&'a Standing, RowProblem> {
        entry("standings", self.standings[row], self.standing_codes)
    }
}

impl fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Columns({} rows)", self.strata.len())
    }
}

impl fmt::Debug for Offsets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Offsets({})", self.len())
    }
}

fn entry<'a, T>(column: &'static str, found: u16, codes: &'a [T]) -> Result<&'a T, RowProblem> {
    codes.get(usize::from(found)).ok_or(RowProblem::Number { column, found, known: codes.len() })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A row of a roster as three texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The target's id.
    pub id: &'a str,
    /// Its stratum.
    pub stratum: &'a str,
    /// `eligible` or `excluded:<reason code>`.
    pub standing: &'a str,
}

/// Rows gathered into columns, for those who have no columns of their own.
#[derive(Clone, Debug)]
pub struct RowBuffer {
    pub(super) ids: String,
    pub(super) offsets: Vec<u64>,
    pub(super) strata: Vec<u16>,
    pub(super) standings: Vec<u16>,
    pub(super) stratum_codes: Dictionary<Stratum>,
    pub(super) standing_codes: Dictionary<Standing>,
}

impl Default for RowBuffer {
    fn default() -> Self {
        Self {
            ids: String::new(),
            offsets: [0].into(),
            strata: Vec::new(),
            standings: Vec::new(),
            stratum_codes: Dictionary::default(),
            standing_codes: Dictionary::default(),
        }
    }
}

impl RowBuffer {
    /// A buffer without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.strata.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.strata.is_empty()
    }

    /// Appends a row.
    ///
    /// # Errors
    /// What is wrong with the row; the row is then left out. Rows are numbered from 1, as if those
    /// before it had all been taken.
    pub fn push(&mut self, row: Row<'_>) -> Result<(), RowFault> {
        self.try_push(row).map_err(|problem| RowFault { row: self.len() as u64 + 1, problem })
    }

    pub(super) fn try_push(&mut self, row: Row<'_>) -> Result<(), RowProblem> {
        check(row.id.as_bytes()).map_err(|fault| RowProblem::Id { found: row.id.into(), fault })?;
        let stratum = self.stratum_codes.number("strata", row.stratum, |fault| {
            RowProblem::Stratum { found: row.stratum.into(), fault }
        })?;
        let standing = self.standing_codes.number("standings", row.standing, |fault| {
            RowProblem::Standing { found: row.standing.into(), fault }
        })?;
        self.ids.push_str(row.id);
        self.offsets.push(self.ids.len() as u64);
        self.strata.push(stratum);
        self.standings.push(standing);
        Ok(())
    }

    /// Takes all rows out; room and dictionaries stay for the next batch.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.offsets.truncate(1);
        self.strata.clear();
        self.standings.clear();
    }

    /// The rows as columns.
    pub fn columns(&self) -> Columns<'_> {
        Columns {
            ids: self.ids.as_bytes(),
            offsets: Offsets::U64(&self.offsets),
            strata: &self.strata,
            stratum_codes: &self.stratum_codes.codes,
            standings: &self.standings,
            standing_codes: &self.standing_codes.codes,
        }
    }
}

/// Codes numbered in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Dictionary<T> {
    pub(super) codes: Vec<T>,
    numbers: BTreeMap<String, u16>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { codes: Vec::new(), numbers: BTreeMap::new() }
    }
}

impl<T: FromStr> Dictionary<T> {
    fn number(
        &mut self,
        column: &'static str,
        text: &str,
        fault: impl FnOnce(T::Err) -> RowProblem,
    ) -> Result<u16, RowProblem> {
        if let Some(number) = self.numbers.get(text) {
            return Ok(*number);
        }
        let code = text.parse().map_err(fault)?;
        let number = u16::try_from(self.codes.len())
            .map_err(|_| RowProblem::TooManyCodes { column, most: usize::from(u16::MAX) + 1 })?;
        self.numbers.insert(text.into(), number);
        self.codes.push(code);
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_front_or_far_behind_is_farther_than_any_buffer_reaches() {
        let copied = |offsets: Offsets<'_>| {
            let (mut starts, mut lens) = ([0; 3], [0; 3]);
            assert_eq!(offsets.copy_to(1, &mut starts, &mut lens), Some(100));
            (starts, lens)
        };
        let far = u32::MAX;
        let whole = ([0, 18, 38], [18, 20, 2]);
        assert_eq!(copied(Offsets::I32(&[0, 100, 118, 138, 140])), whole);
        assert_eq!(copied(Offsets::I64(&[0, 100, 118, 138, 140])), whole);
        assert_eq!(copied(Offsets::U32(&[0, 100, 118, 138, 140])), whole);
        assert_eq!(copied(Offsets::U64(&[0, 100, 118, 138, 140])), whole);
        // Modulo 2^32 some of these would lie near.
        assert_eq!(copied(Offsets::U32(&[0, 100, 99, 98, 97])), ([0, far, far], [far; 3]));
        let around = ([0, far, 1], [far, far, 1]);
        assert_eq!(copied(Offsets::I64(&[0, 100, 100 + (1 << 32), 101, 102])), around);
        assert_eq!(copied(Offsets::U64(&[0, 100, 100 + (1 << 32), 101, 102])), around);
        let (starts, lens) = copied(Offsets::I32(&[0, 100, i32::MIN, 110, 200]));
        assert_eq!((starts, lens[0], lens[2]), ([0, far, 10], far, 90));
        assert!(lens[1] as usize > FARTHEST);
    }
}
