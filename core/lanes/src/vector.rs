//! What a compression asks of a vector of 32-bit words.

/// As many 32-bit words as the machine works on at once; all operations go word by word.
///
/// The operations are safe to call because a value can only come from where the machine was seen
/// to have what they use: each implementation says how it is made.
pub(super) trait Vector: Copy {
    /// A vector of the same kind with `word` everywhere.
    fn splat(self, word: u32) -> Self;
    /// Sum modulo 2^32.
    fn plus(self, other: Self) -> Self;
    /// Exclusive or of two.
    fn xor(self, other: Self) -> Self;
    /// Exclusive or of three.
    fn xor3(self, second: Self, third: Self) -> Self;
    /// Each bit that two or three of the three have.
    fn majority(self, second: Self, third: Self) -> Self;
    /// Each bit from `yes` where this one has it, else from `no`.
    fn select(self, yes: Self, no: Self) -> Self;
    /// Rotation to the left, by a constant below 32.
    fn rotate(self, bits: u32) -> Self;
    /// Shift to the right, by a constant below 32.
    fn shift_right(self, bits: u32) -> Self;
}

impl Vector for u32 {
    #[inline(always)]
    fn splat(self, word: u32) -> Self {
        word
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn xor3(self, second: Self, third: Self) -> Self {
        self ^ second ^ third
    }

    #[inline(always)]
    fn majority(self, second: Self, third: Self) -> Self {
        (self & second) | ((self | second) & third)
    }

    #[inline(always)]
    fn select(self, yes: Self, no: Self) -> Self {
        no ^ (self & (yes ^ no))
    }

    #[inline(always)]
    fn rotate(self, bits: u32) -> Self {
        self.rotate_left(bits)
    }

    #[inline(always)]
    fn shift_right(self, bits: u32) -> Self {
        self >> bits
    }
}
