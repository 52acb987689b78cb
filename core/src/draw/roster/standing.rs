//! Whether a target takes part in a draw.

use super::fault::StandingError;
use crate::code::ReasonCode;
use core::fmt;
use core::str::FromStr;

/// Whether a target takes part in the draw. An excluded one stays on the roster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It can be drawn.
    Eligible,
    /// It is kept out of this draw, for this reason.
    Excluded(ReasonCode),
}

impl Standing {
    /// Whether the target can be drawn.
    pub const fn is_eligible(&self) -> bool {
        matches!(self, Self::Eligible)
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Eligible => f.write_str("eligible"),
            Self::Excluded(reason) => write!(f, "excluded:{reason}"),
        }
    }
}

impl FromStr for Standing {
    type Err = StandingError;
    fn from_str(text: &str) -> Result<Self, StandingError> {
        if text == "eligible" {
            return Ok(Self::Eligible);
        }
        let reason = text.strip_prefix("excluded:").ok_or(StandingError::Form)?;
        ReasonCode::new(reason).map(Self::Excluded).map_err(StandingError::Reason)
    }
}
