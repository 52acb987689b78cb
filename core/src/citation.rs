//! On what a rule rests.

use core::fmt;

/// The basis of a rule or refusal.
///
/// A refusal that rests on our own decision says so and never claims an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// An article of 宛区双随机办〔2026〕3号, by number (1 to 28).
    Article(u8),
    /// Another law or standard, by its title and place.
    Other(&'static str),
    /// A section of the draw specification (`core/docs/draw-spec.md`).
    DrawSpec(u8),
    /// Our own decision, by its key in `core/docs/deviations.md`.
    Decision(&'static str),
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(n) => write!(f, "宛区双随机办〔2026〕3号 art. {n}"),
            Self::Other(law) => f.write_str(law),
            Self::DrawSpec(section) => write!(f, "draw-spec §{section}"),
            Self::Decision(key) => write!(f, "decision {key}"),
        }
    }
}
