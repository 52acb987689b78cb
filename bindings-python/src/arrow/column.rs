//! Columns of other libraries: read where they lie, whatever their layout.

use super::ffi::{ArrowArray, ArrowSchema, owned};
use super::{TableError, Wanted};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use yicha::draw::columns::Offsets;

/// The layout of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Text or bytes with offsets of 32 bits.
    Text,
    /// The same with 64 bits.
    LargeText,
    /// Text or bytes as views.
    TextView,
    /// An integer of so many bytes.
    Integer {
        bytes: u8,
        signed: bool,
    },
    /// Days since 1970-01-01.
    Days,
    /// Time since 1970-01-01 in 64 bits, without a zone; so much a day.
    Time {
        per_day: i64,
    },
    /// Numbers into another column.
    Dictionary {
        bytes: u8,
        signed: bool,
        values: Box<Layout>,
    },
    Struct,
    /// What the module does not read, by Arrow's format.
    Other(String),
}

/// Name and layout of a column, and the columns in it.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) layout: Layout,
    pub(crate) fields: Vec<Field>,
}

impl Field {
    /// Reads a schema.
    pub(super) fn read(schema: &ArrowSchema) -> Self {
        // SAFETY: a live schema has a format, and a name or null.
        let (format, name) = unsafe { (owned(schema.format), owned(schema.name)) };
        let mut layout = layout(&format.unwrap_or_default());
        // SAFETY: null, or a schema that lives as long as its parent.
        if let Some(dictionary) = unsafe { schema.dictionary.as_ref() } {
            layout = match layout {
                Layout::Integer { bytes, signed } => Layout::Dictionary {
                    bytes,
                    signed,
                    values: Box::new(Self::read(dictionary).layout),
                },
                other => Layout::Other(format!("dictionary with {other:?}")),
            };
        }
        let children = usize::try_from(schema.n_children).unwrap_or(0);
        // SAFETY: a live schema has that many children.
        let child = |i| unsafe { (*schema.children.add(i)).as_ref() };
        let fields = (0..children).filter_map(child).map(Self::read).collect();
        Self { name: name.unwrap_or_default(), layout, fields }
    }
}

impl Layout {
    /// The type as Arrow calls it.
    fn name(&self) -> String {
        match self {
            Self::Text => "string".into(),
            Self::LargeText => "large_string".into(),
            Self::TextView => "string_view".into(),
            Self::Integer { bytes, signed } => {
                format!("{}int{}", if *signed { "" } else { "u" }, 8 * u32::from(*bytes))
            }
            Self::Days => "date32".into(),
            Self::Time { .. } => "timestamp".into(),
            Self::Dictionary { values, .. } => format!("dictionary of {}", values.name()),
            Self::Struct => "struct".into(),
            Self::Other(format) => match format.as_str() {
                "f" => "float32".into(),
                "g" => "float64".into(),
                "b" => "bool".into(),
                format => format!("Arrow format {format:?}"),
            },
        }
    }
}

fn layout(format: &str) -> Layout {
    let integer = |bytes, signed| Layout::Integer { bytes, signed };
    match format {
        "u" | "z" => Layout::Text,
        "U" | "Z" => Layout::LargeText,
        "vu" | "vz" => Layout::TextView,
        "c" => integer(1, true),
        "C" => integer(1, false),
        "s" => integer(2, true),
        "S" => integer(2, false),
        "i" => integer(4, true),
        "I" => integer(4, false),
        "l" => integer(8, true),
        "L" => integer(8, false),
        "tdD" => Layout::Days,
        "tdm" | "tsm:" => Layout::Time { per_day: 86_400_000 },
        "tss:" => Layout::Time { per_day: 86_400 },
        "tsu:" => Layout::Time { per_day: 86_400_000_000 },
        "tsn:" => Layout::Time { per_day: 86_400_000_000_000 },
        "+s" => Layout::Struct,
        other => Layout::Other(other.into()),
    }
}

/// What is told of a number that 64 bits with a sign cannot hold.
pub(crate) const TOO_LARGE: &str = "a number above 9223372036854775807";

/// A column of a batch. It keeps the batch alive, is only read, and so may go to other threads.
#[derive(Clone)]
pub(crate) struct Column {
    name: Arc<str>,
    layout: Layout,
    data: Data,
}

#[derive(Clone)]
enum Data {
    Foreign { batch: Arc<ArrowArray>, array: *const ArrowArray, start: usize, len: usize },
    Texts { offsets: Arc<[i64]>, bytes: Arc<[u8]> },
    Numbers(Arc<[i64]>),
}

// SAFETY: the pointer leads into the batch that is kept alive beside it, and what it leads to is only read.
unsafe impl Send for Column {}
// SAFETY: as above.
unsafe impl Sync for Column {}

/// Text with its offsets: where it lies, or copied out of a layout that has none.
pub(crate) enum Texts {
    Borrowed(Column),
    /// In one buffer of a column of views, which are one behind the other there.
    Viewed {
        column: Column,
        buffer: usize,
        offsets: Vec<u32>,
    },
    Copied {
        offsets: Vec<i64>,
        bytes: Vec<u8>,
    },
}

impl Column {
    /// A column of texts of our own.
    pub(crate) fn of_texts<'a>(name: &str, texts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let (mut offsets, mut bytes) = (vec![0], Vec::new());
        for text in texts {
            bytes.extend_from_slice(text);
            offsets.push(bytes.len() as i64);
        }
        let data = Data::Texts { offsets: offsets.into(), bytes: bytes.into() };
        Self { name: name.into(), layout: Layout::LargeText, data }
    }

    /// A column of days or other numbers of our own.
    pub(crate) fn of_numbers(name: &str, layout: Layout, numbers: Vec<i64>) -> Self {
        Self { name: name.into(), layout, data: Data::Numbers(numbers.into()) }
    }

    /// Columns of one layout, copied behind each other unless there is only one.
    pub(crate) fn joined(name: &str, parts: &[Self]) -> Result<Self, TableError> {
        let layout = match parts {
            [] => return Ok(Self::of_texts(name, [])),
            [one] => return Ok(Self { name: name.into(), ..one.clone() }),
            [first, ..] => &first.layout,
        };
        if matches!(layout, Layout::Integer { .. } | Layout::Days | Layout::Time { .. }) {
            let numbers = parts.iter().flat_map(|part| (0..part.len()).map(|row| part.number(row)));
            let numbers: Vec<Option<i64>> = numbers.collect();
            if let Some(row) = numbers.iter().position(Option::is_none) {
                let (column, found) = (name.into(), TOO_LARGE.into());
                let wanted = Wanted::Numbers;
                return Err(TableError::Value { column, row: row + 1, found, wanted });
            }
            let numbers = numbers.into_iter().flatten().collect();
            return Ok(Self::of_numbers(name, layout.clone(), numbers));
        }
        let texts = parts.iter().map(Self::texts).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::of_texts(name, texts.iter().flat_map(Texts::iter)))
    }

    /// A column that is all of a batch.
    pub(super) fn whole(batch: Arc<ArrowArray>, field: &Field) -> Self {
        let (array, start, len) = (Arc::as_ptr(&batch), size(batch.offset), size(batch.length));
        let data = Data::Foreign { batch, array, start, len };
        Self { name: field.name.as_str().into(), layout: field.layout.clone(), data }
    }

    /// A column of a batch of columns; nothing when the batch has fewer.
    pub(super) fn of_batch(batch: &Arc<ArrowArray>, number: usize, field: &Field) -> Option<Self> {
        if number >= size(batch.n_children) {
            return None;
        }
        // SAFETY: a live batch has that many children, which live as long as it does.
        let array = unsafe { *batch.children.add(number) }.cast_const();
        // SAFETY: as above.
        let of_child = size(unsafe { array.as_ref() }?.offset);
        let (start, len) = (size(batch.offset) + of_child, size(batch.length));
        let data = Data::Foreign { batch: Arc::clone(batch), array, start, len };
        Some(Self { name: field.name.as_str().into(), layout: field.layout.clone(), data })
    }

    pub(crate) fn is_integer(&self) -> bool {
        matches!(self.layout, Layout::Integer { .. })
    }

    pub(crate) fn len(&self) -> usize {
        match &self.data {
            Data::Foreign { len, .. } => *len,
            Data::Texts { offsets, .. } => offsets.len() - 1,
            Data::Numbers(numbers) => numbers.len(),
        }
    }

    /// The first row without a value, counted from 0.
    pub(crate) fn first_null(&self) -> Option<usize> {
        let Data::Foreign { batch, array, start, len } = &self.data else { return None };
        // SAFETY: the batch lives.
        let array = unsafe { &**array };
        let of_batch = std::ptr::from_ref(array) != Arc::as_ptr(batch);
        let own = first_unset(array, *start, *len);
        // A batch of columns may leave out whole rows.
        let rows = of_batch.then(|| first_unset(batch, size(batch.offset), *len)).flatten();
        // SAFETY: null, or an array that lives as long as its parent.
        let values = unsafe { array.dictionary.as_ref() };
        let dangling = values
            .filter(|values| values.null_count != 0 && buffer(values, 0).is_some())
            .and_then(|values| {
                let null = |n: i64| {
                    let place = usize::try_from(n)
                        .unwrap_or(usize::MAX)
                        .saturating_add(size(values.offset));
                    unset(values, place)
                };
                (0..*len).find(|&row| self.number(row).is_some_and(null))
            });
        [own, rows, dangling].into_iter().flatten().min()
    }

    /// Refuses a column with a row that has no value. `before` rows came in earlier batches.
    pub(crate) fn without_nulls(self, before: usize) -> Result<Self, TableError> {
        match self.first_null() {
            None => Ok(self),
            Some(row) => {
                Err(TableError::Null { column: self.name.to_string(), row: before + row + 1 })
            }
        }
    }

    /// The column as text, in place where its layout is one of the core's.
    pub(crate) fn texts(&self) -> Result<Texts, TableError> {
        match (&self.layout, &self.data) {
            (Layout::Text | Layout::LargeText, _) => Ok(Texts::Borrowed(self.clone())),
            (Layout::TextView, _) => Ok(self.viewed().unwrap_or_else(|| self.copied_views())),
            (Layout::Dictionary { .. }, _) => {
                let values = self.dictionary().ok_or_else(|| self.unlike(Wanted::Text))?;
                let texts = values.texts()?;
                let (mut offsets, mut bytes) = (vec![0], Vec::new());
                for row in 0..self.len() {
                    let place = self.number(row).and_then(|n| usize::try_from(n).ok());
                    bytes.extend_from_slice(place.map_or(&[][..], |place| texts.get(place)));
                    offsets.push(bytes.len() as i64);
                }
                Ok(Texts::Copied { offsets, bytes })
            }
            _ => Err(self.unlike(Wanted::Text)),
        }
    }

    /// Goes over the texts, where they lie if they lie there as such.
    pub(crate) fn each_text(&self, mut take: impl FnMut(&[u8])) -> Result<(), TableError> {
        if let (Layout::TextView, Data::Foreign { array, start, len, .. }) =
            (&self.layout, &self.data)
        {
            // SAFETY: the batch lives.
            let array = unsafe { &**array };
            let buffers = view_buffers(array);
            views(array, *start, *len).iter().for_each(|view| take(view_text(view, &buffers)));
        } else {
            self.texts()?.iter().for_each(take);
        }
        Ok(())
    }

    /// The values of a dictionary column.
    pub(crate) fn dictionary(&self) -> Option<Self> {
        let (Layout::Dictionary { values, .. }, Data::Foreign { batch, array, .. }) =
            (&self.layout, &self.data)
        else {
            return None;
        };
        // SAFETY: the batch lives, and a dictionary lives as long as it does.
        let array = unsafe { (**array).dictionary }.cast_const();
        // SAFETY: as above.
        let (start, len) = unsafe { array.as_ref() }.map(|a| (size(a.offset), size(a.length)))?;
        let data = Data::Foreign { batch: Arc::clone(batch), array, start, len };
        Some(Self { name: self.name.clone(), layout: (**values).clone(), data })
    }

    /// Days since 1970-01-01, where they lie if they lie there as days. A time that is not a midnight is refused.
    pub(crate) fn days(&self, before: usize) -> Result<Cow<'_, [i32]>, TableError> {
        let per_day = match self.layout {
            Layout::Days => 1,
            Layout::Time { per_day } => per_day,
            // What an empty list would be is not known.
            _ if self.len() == 0 => return Ok(Cow::Borrowed(&[])),
            _ => return Err(self.unlike(Wanted::Days)),
        };
        if let Some(days) = self.own_days() {
            return Ok(Cow::Borrowed(days));
        }
        let day = |row| match self.number(row).unwrap_or(0) {
            // What is no number of 32 bits is no day either.
            found if found % per_day == 0 => Ok(i32::try_from(found / per_day).unwrap_or(i32::MAX)),
            _ => Err(TableError::NotMidnight {
                column: self.name.to_string(),
                row: before + row + 1,
            }),
        };
        (0..self.len()).map(day).collect()
    }

    /// The days of another library's column, if they are aligned.
    fn own_days(&self) -> Option<&[i32]> {
        let (Data::Foreign { array, start, len, .. }, Layout::Days) = (&self.data, &self.layout)
        else {
            return None;
        };
        // SAFETY: the batch lives.
        let days = buffer(unsafe { &**array }, 1)?.cast::<i32>();
        // SAFETY: the buffer holds `start + len` numbers of 32 bits, and was seen to be aligned.
        days.is_aligned().then(|| unsafe { std::slice::from_raw_parts(days.add(*start), *len) })
    }

    /// A part of the rows.
    pub(crate) fn slice(&self, rows: Range<usize>) -> Self {
        let rows = rows.start.min(self.len())..rows.end.min(self.len());
        let data = match &self.data {
            Data::Foreign { batch, array, start, .. } => Data::Foreign {
                batch: Arc::clone(batch),
                array: *array,
                start: start + rows.start,
                len: rows.len(),
            },
            Data::Texts { offsets, bytes } => {
                let texts = rows.map(|row| text_at(Offsets::I64(offsets), bytes, row));
                return Self::of_texts(&self.name, texts);
            }
            Data::Numbers(numbers) => Data::Numbers(numbers[rows].into()),
        };
        Self { name: Arc::clone(&self.name), layout: self.layout.clone(), data }
    }

    /// The number in a row, or the number into a dictionary. Nothing above 2^63.
    pub(crate) fn number(&self, row: usize) -> Option<i64> {
        let (start, buffer) = match &self.data {
            Data::Numbers(numbers) => return numbers.get(row).copied(),
            // SAFETY: the batch lives.
            Data::Foreign { array, start, .. } => (*start, buffer(unsafe { &**array }, 1)?),
            Data::Texts { .. } => return None,
        };
        let (bytes, signed) = match self.layout {
            Layout::Integer { bytes, signed } | Layout::Dictionary { bytes, signed, .. } => {
                (bytes, signed)
            }
            Layout::Days => (4, true),
            _ => (8, true),
        };
        let at = start + row;
        // SAFETY: the buffer holds `start + len` numbers of that width, aligned as the interface asks.
        unsafe {
            Some(match (bytes, signed) {
                (1, true) => buffer.cast::<i8>().add(at).read().into(),
                (1, false) => buffer.add(at).read().into(),
                (2, true) => buffer.cast::<i16>().add(at).read_unaligned().into(),
                (2, false) => buffer.cast::<u16>().add(at).read_unaligned().into(),
                (4, true) => buffer.cast::<i32>().add(at).read_unaligned().into(),
                (4, false) => buffer.cast::<u32>().add(at).read_unaligned().into(),
                (_, true) => buffer.cast::<i64>().add(at).read_unaligned(),
                (_, false) => i64::try_from(buffer.cast::<u64>().add(at).read_unaligned()).ok()?,
            })
        }
    }

    /// The texts of views where they lie, if they lie behind each other in one buffer, as they mostly do until a table is
    /// filtered or sorted.
    fn viewed(&self) -> Option<Texts> {
        let Data::Foreign { array, start, len, .. } = &self.data else { return None };
        // SAFETY: the batch lives.
        let array = unsafe { &**array };
        let views = views(array, *start, *len);
        let [first, _, buffer, mut end] = view_words(views.first()?);
        if first <= INLINE {
            return None;
        }
        let (mut offsets, mut in_order) = (Vec::with_capacity(views.len() + 1), true);
        offsets.push(end);
        offsets.extend(views.iter().map(|view| {
            let [len, _, of, at] = view_words(view);
            let next = at.wrapping_add(len);
            in_order &= (len > INLINE) & (of == buffer) & (at == end) & (next > at);
            end = next;
            next
        }));
        let buffer = usize::try_from(buffer).ok()?;
        let there = view_buffer(array, buffer)?.len() >= usize::try_from(end).ok()?;
        (there && in_order).then(|| Texts::Viewed { column: self.clone(), buffer, offsets })
    }

    /// The texts of views behind each other. They lie anywhere, so that every core of the machine helps to fetch them.
    fn copied_views(&self) -> Texts {
        let (mut offsets, mut bytes) = (Vec::with_capacity(self.len() + 1), Vec::new());
        offsets.push(0);
        if let Data::Foreign { array, start, len, .. } = &self.data {
            // SAFETY: the batch lives.
            let array = unsafe { &**array };
            let (views, buffers) = (views(array, *start, *len), view_buffers(array));
            let mut end = 0;
            for view in views {
                end += view_len(view);
                offsets.push(end as i64);
            }
            bytes.resize(end, 0);
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let share = views.len().div_ceil(cores).max(1 << 16);
            if views.len() <= share {
                copy_views(views, &buffers, &mut bytes);
                return Texts::Copied { offsets, bytes };
            }
            std::thread::scope(|scope| {
                let mut rest = bytes.as_mut_slice();
                for views in views.chunks(share) {
                    let own =
                        rest.split_off_mut(..views.iter().map(view_len).sum()).unwrap_or_default();
                    let buffers = &buffers;
                    scope.spawn(move || copy_views(views, buffers, own));
                }
            });
        }
        Texts::Copied { offsets, bytes }
    }

    /// For each row what stands in a table at its number into the dictionary, unless a row has nothing there.
    pub(crate) fn looked_up(&self, table: &[Option<u16>]) -> Option<Vec<u16>> {
        let (Data::Foreign { array, start, len, .. }, Layout::Dictionary { bytes, signed, .. }) =
            (&self.data, &self.layout)
        else {
            return None;
        };
        // SAFETY: the batch lives.
        let Some(numbers) = buffer(unsafe { &**array }, 1).filter(|_| *len > 0) else {
            return (*len == 0).then(Vec::new);
        };
        // A bit that no number has: all of them together tell whether one is missing.
        const NONE: u32 = 1 << 16;
        let table: Vec<u32> = table.iter().map(|n| n.map_or(NONE, u32::from)).collect();
        macro_rules! look_up {
            ($number:ty) => {{
                // SAFETY: the buffer holds `start + len` numbers of that width, aligned as the interface asks.
                let numbers = unsafe { std::slice::from_raw_parts(numbers.cast::<$number>().add(*start), *len) };
                let mut all = 0;
                let found = numbers.iter().map(|n| {
                    let place = usize::try_from(*n).unwrap_or(usize::MAX);
                    let number = table.get(place).copied().unwrap_or(NONE);
                    all |= number;
                    number as u16
                });
                let found: Vec<u16> = found.collect();
                (all & NONE == 0).then_some(found)
            }};
        }
        match (bytes, signed) {
            (1, true) => look_up!(i8),
            (1, false) => look_up!(u8),
            (2, true) => look_up!(i16),
            (2, false) => look_up!(u16),
            (4, true) => look_up!(i32),
            (4, false) => look_up!(u32),
            (_, true) => look_up!(i64),
            (_, false) => look_up!(u64),
        }
    }

    /// Offsets and bytes of a column of text with offsets.
    fn laid_out(&self) -> (Offsets<'_>, &[u8]) {
        match &self.data {
            Data::Texts { offsets, bytes } => (Offsets::I64(offsets), bytes),
            Data::Numbers(_) => (Offsets::I64(&[0]), &[]),
            Data::Foreign { array, start, len, .. } => {
                // SAFETY: the batch lives.
                let array = unsafe { &**array };
                let (Some(offsets), bytes) = (buffer(array, 1), buffer(array, 2)) else {
                    return (Offsets::I64(&[0]), &[]);
                };
                // An empty column may come without the one offset that it should have.
                if *len == 0 {
                    return (Offsets::I64(&[0]), &[]);
                }
                // SAFETY: a column of `len` rows from `start` on has `len + 1` offsets from there on, aligned as the
                // interface asks, and its bytes reach to the last of them.
                unsafe {
                    let (offsets, end) = if self.layout == Layout::Text {
                        let of =
                            std::slice::from_raw_parts(offsets.cast::<i32>().add(*start), len + 1);
                        (Offsets::I32(of), of[*len].into())
                    } else {
                        let of =
                            std::slice::from_raw_parts(offsets.cast::<i64>().add(*start), len + 1);
                        (Offsets::I64(of), of[*len])
                    };
                    let bytes = bytes.map_or(&[][..], |b| std::slice::from_raw_parts(b, size(end)));
                    (offsets, bytes)
                }
            }
        }
    }

    pub(crate) fn unlike(&self, wanted: Wanted) -> TableError {
        TableError::Layout { column: self.name.to_string(), found: self.layout.name(), wanted }
    }
}

impl Texts {
    /// Offsets and bytes, as the core takes them.
    pub(crate) fn parts(&self) -> (Offsets<'_>, &[u8]) {
        match self {
            Self::Borrowed(column) => column.laid_out(),
            Self::Viewed { column, buffer, offsets } => {
                let bytes = match &column.data {
                    // SAFETY: the batch lives.
                    Data::Foreign { array, .. } => view_buffer(unsafe { &**array }, *buffer),
                    _ => None,
                };
                (Offsets::U32(offsets), bytes.unwrap_or_default())
            }
            Self::Copied { offsets, bytes } => (Offsets::I64(offsets), bytes),
        }
    }

    /// The texts of all rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let (offsets, bytes) = self.parts();
        (0..offsets.len().saturating_sub(1)).map(move |row| text_at(offsets, bytes, row))
    }

    /// The text of a row; nothing where the producer's offsets make no sense.
    pub(crate) fn get(&self, row: usize) -> &[u8] {
        let (offsets, bytes) = self.parts();
        text_at(offsets, bytes, row)
    }
}

/// The text of a row in a layout with offsets.
#[inline]
fn text_at<'a>(offsets: Offsets<'_>, bytes: &'a [u8], row: usize) -> &'a [u8] {
    let ends = match offsets {
        Offsets::I32(of) => of.get(row).zip(of.get(row + 1)).map(|(&a, &b)| (a.into(), b.into())),
        Offsets::I64(of) => of.get(row).zip(of.get(row + 1)).map(|(&a, &b)| (a, b)),
        Offsets::U32(of) => of.get(row).zip(of.get(row + 1)).map(|(&a, &b)| (a.into(), b.into())),
        Offsets::U64(_) => None,
    };
    ends.and_then(|(start, end)| bytes.get(size(start)..size(end))).unwrap_or_default()
}

/// 16 bytes: the length, and the text itself or its beginning with the place of the whole.
type View = [u8; 16];

fn views(array: &ArrowArray, start: usize, len: usize) -> &[View] {
    match buffer(array, 1) {
        // SAFETY: the buffer holds a view for each of `start + len` rows; bytes have no alignment.
        Some(views) if len > 0 => unsafe {
            std::slice::from_raw_parts(views.cast::<View>().add(start), len)
        },
        _ => &[],
    }
}

/// Texts of so many bytes or fewer stand in their view.
const INLINE: u32 = 12;

/// The length of a text and, if it does not stand in its view, its beginning, its buffer and its place there.
fn view_words(view: &View) -> [u32; 4] {
    let (words, _) = view.as_chunks();
    std::array::from_fn(|i| u32::from_ne_bytes(words[i]))
}

/// A buffer that longer texts lie in. The one behind the last tells how long each of them is.
fn view_buffer(array: &ArrowArray, of: usize) -> Option<&[u8]> {
    let buffers = size(array.n_buffers).checked_sub(3).filter(|buffers| of < *buffers)?;
    let (bytes, sizes) = (buffer(array, 2 + of)?, buffer(array, buffers + 2)?);
    // SAFETY: there is a size for each buffer, and a buffer is as long as its size says.
    Some(unsafe {
        std::slice::from_raw_parts(bytes, size(sizes.cast::<i64>().add(of).read_unaligned()))
    })
}

fn view_buffers(array: &ArrowArray) -> Vec<&[u8]> {
    let buffers = size(array.n_buffers).saturating_sub(3);
    (0..buffers).map(|of| view_buffer(array, of).unwrap_or_default()).collect()
}

fn view_len(view: &View) -> usize {
    let [len, ..] = view_words(view);
    usize::try_from(len.cast_signed()).unwrap_or(0)
}

/// The text of a view; nothing where it does not lie in its buffer.
fn view_text<'a>(view: &'a View, buffers: &[&'a [u8]]) -> &'a [u8] {
    let [len, _, of, at] = view_words(view).map(|word| usize::try_from(word).unwrap_or(usize::MAX));
    if len <= INLINE as usize {
        return &view[4..4 + len];
    }
    let text = |buffer: &&'a [u8]| buffer.get(at..at.checked_add(len)?);
    buffers.get(of).and_then(text).unwrap_or_default()
}

/// Copies texts behind each other. One that does not lie in its buffer becomes zeros, which no code has.
fn copy_views(views: &[View], buffers: &[&[u8]], mut to: &mut [u8]) {
    for view in views {
        let text = view_text(view, buffers);
        if let Some(place) = to.split_off_mut(..view_len(view))
            && place.len() == text.len()
        {
            place.copy_from_slice(text);
        }
    }
}

fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// The buffer of that number, if the array has it.
fn buffer(array: &ArrowArray, number: usize) -> Option<*const u8> {
    if number >= size(array.n_buffers) || array.buffers.is_null() {
        return None;
    }
    // SAFETY: a live array has that many buffers.
    let buffer = unsafe { *array.buffers.add(number) }.cast::<u8>();
    (!buffer.is_null()).then_some(buffer)
}

/// Whether the bit of a place is not set in the array's bitmap of values.
fn unset(array: &ArrowArray, place: usize) -> bool {
    // SAFETY: a bitmap has a bit for each place of the array.
    buffer(array, 0)
        .is_some_and(|bits| unsafe { bits.add(place / 8).read() } >> (place % 8) & 1 == 0)
}

fn first_unset(array: &ArrowArray, start: usize, len: usize) -> Option<usize> {
    if array.null_count == 0 || buffer(array, 0).is_none() {
        return None;
    }
    (0..len).find(|row| unset(array, start + row))
}
