//! Columns as Apache Arrow lays them: bytes with offsets, and small integers with their dictionary.

use crate::error::{Fault, refused};
use crate::view::{Str, array, struct_size};
use std::ptr;
use yicha::code::Stratum;
use yicha::draw::columns::{Columns, Offsets};
use yicha::draw::roster::Standing;

/// A column of texts, as Arrow lays `Utf8` (32-bit offsets) and `LargeUtf8` (64-bit offsets): row i is the bytes from
/// offset i up to offset i + 1. Exactly one of the two offset pointers is set; it leads to `rows` + 1 numbers.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Strings {
    /// sizeof this struct.
    pub struct_size: usize,
    /// All texts, one after the other.
    pub data: *const u8,
    /// Number of bytes of `data`.
    pub data_len: usize,
    /// Offsets of 32 bits, or NULL.
    pub offsets32: *const i32,
    /// Offsets of 64 bits, or NULL.
    pub offsets64: *const i64,
    /// Number of rows.
    pub rows: usize,
}

/// Rows of a roster (检查对象名录), in any order unless a function says otherwise. Nothing is copied before it is checked.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RosterColumns {
    /// sizeof this struct.
    pub struct_size: usize,
    /// The targets' ids.
    pub ids: Strings,
    /// The stratum of each row, as its place in `stratum_codes`.
    pub strata: *const u16,
    /// The standing of each row, as its place in `standing_codes`.
    pub standings: *const u16,
    /// The strata that the numbers stand for.
    pub stratum_codes: *const Str,
    /// How many there are.
    pub stratum_count: usize,
    /// The standings that the numbers stand for: `eligible` or `excluded:<reason code>`.
    pub standing_codes: *const Str,
    /// How many there are.
    pub standing_count: usize,
}

/// A checked view of a column.
pub(crate) struct Column<'a> {
    data: &'a [u8],
    offsets: Offsets<'a>,
}

impl Strings {
    /// The column of bytes and offsets that the library keeps.
    pub(crate) fn of(data: &[u8], offsets: &[i64]) -> Self {
        Self {
            struct_size: size_of::<Self>(),
            data: data.as_ptr(),
            data_len: data.len(),
            offsets32: ptr::null(),
            offsets64: offsets.as_ptr(),
            rows: offsets.len().saturating_sub(1),
        }
    }

    pub(crate) fn get(&self, name: &'static str) -> Result<Column<'_>, Fault> {
        struct_size::<Self>(self.struct_size, name)?;
        let len = self.rows.checked_add(1).ok_or_else(|| {
            Fault::range(name, "内存容得下的行数", "of as many rows as memory can have")
        })?;
        let offsets = match (self.offsets32.is_null(), self.offsets64.is_null()) {
            (false, true) => Offsets::I32(array(self.offsets32, len, name)?),
            (true, false) => Offsets::I64(array(self.offsets64, len, name)?),
            _ => {
                let en = "a column with offsets32 or offsets64, not both";
                return Err(Fault::range(name, "只给出offsets32或offsets64之一的列", en));
            }
        };
        Ok(Column { data: array(self.data, self.data_len, name)?, offsets })
    }
}

impl<'a> Column<'a> {
    pub(crate) const fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(crate) fn row(&self, row: usize) -> Result<&'a [u8], Fault> {
        let at = |i: usize| match self.offsets {
            Offsets::I32(of) => of.get(i).and_then(|&n| usize::try_from(n).ok()),
            Offsets::I64(of) => of.get(i).and_then(|&n| usize::try_from(n).ok()),
            Offsets::U32(_) | Offsets::U64(_) => None,
        };
        let range = at(row).zip(at(row + 1));
        range.and_then(|(start, end)| self.data.get(start..end)).ok_or_else(|| {
            Fault::range(
                "offsets",
                "不递减且不超出data的偏移量",
                "offsets that ascend and lie within data",
            )
        })
    }
}

/// Roster columns taken over the border.
pub(crate) struct Rows<'a> {
    ids: Column<'a>,
    strata: &'a [u16],
    standings: &'a [u16],
    stratum_codes: Vec<Stratum>,
    standing_codes: Vec<Standing>,
}

impl RosterColumns {
    pub(crate) fn get(&self) -> Result<Rows<'_>, Fault> {
        struct_size::<Self>(self.struct_size, "columns")?;
        let ids = self.ids.get("ids")?;
        let codes = array(self.stratum_codes, self.stratum_count, "stratum_codes")?;
        let stratum = |code: &Str| Stratum::new(code.bytes("stratum_codes")?).map_err(refused);
        let words = array(self.standing_codes, self.standing_count, "standing_codes")?;
        let standing = |word: &Str| word.text("standing_codes")?.parse().map_err(refused);
        Ok(Rows {
            strata: array(self.strata, ids.len(), "strata")?,
            standings: array(self.standings, ids.len(), "standings")?,
            stratum_codes: codes.iter().map(stratum).collect::<Result<_, _>>()?,
            standing_codes: words.iter().map(standing).collect::<Result<_, _>>()?,
            ids,
        })
    }
}

impl Rows<'_> {
    pub(crate) const fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn columns(&self) -> Columns<'_> {
        Columns {
            ids: self.ids.data,
            offsets: self.ids.offsets,
            strata: self.strata,
            stratum_codes: &self.stratum_codes,
            standings: self.standings,
            standing_codes: &self.standing_codes,
        }
    }
}

/// Texts gathered for a column that is handed out.
pub(crate) fn gather<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<u8>, Vec<i64>) {
    let (mut data, mut offsets) = (Vec::new(), vec![0]);
    for text in texts {
        data.extend_from_slice(text.as_bytes());
        offsets.push(data.len() as i64);
    }
    (data, offsets)
}
