//! The files of draws, as the host feeds them.

use super::DrawingRefusal;
use crate::draw::announcement::Announcement;
use crate::draw::list::PublicList;
use crate::draw::matching::{Matched, Problem, Shortage};
use crate::draw::seed::SeedFile;
use crate::draw::target::DrawnFile;
use crate::draw::text::{FileError, FileFault};
use crate::draw::void::VoidNotice;
use crate::explain::Said;
use crate::hash::{Digest, Suite};
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Lists the files of a draw once: kind, stable code, first line, type and reader.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($type:ty) = $code:literal, $look:ident, $title:literal, $parse:expr;)*) => {
        /// What a file of a draw is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum FileKind {
            $($(#[$doc])* $kind,)*
        }

        impl FileKind {
            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }
        }

        /// A file that was read.
        #[derive(Debug)]
        enum File {
            $($kind($type),)*
        }

        impl File {
            fn parse(text: &str) -> Result<Self, FileError> {
                let title = text.lines().next().unwrap_or_default();
                match title {
                    $($title => $parse(text.as_bytes()).map(Self::$kind),)*
                    other => Err(FileError {
                        line: 1,
                        fault: FileFault::Expected {
                            wanted: Said::word([$($title),*].join(", ")),
                            found: Some(other.into()),
                        },
                    }),
                }
            }
        }

        impl Files {
            $(
                pub(crate) fn $look(&self, digest: &Digest) -> Result<&$type, DrawingRefusal> {
                    match self.0.get(digest).map(|file| &**file) {
                        Some(File::$kind(file)) => Ok(file),
                        _ => Err(DrawingRefusal::NotFed { kind: FileKind::$kind, digest: *digest }),
                    }
                }
            )*
        }
    };
}

kinds! {
    /// 抽取公告.
    Announcement(Announcement) = "announcement", announcement, "yicha-announcement/1", Announcement::parse;
    /// The seed file.
    Seed(SeedFile) = "seed", seed, "yicha-seed/1", SeedFile::parse;
    /// The public list.
    List(PublicList) = "list", list, "yicha-list/1", PublicList::parse;
    /// The drawn file, internal.
    Drawn(DrawnFile) = "drawn", drawn, "yicha-drawn/1", DrawnFile::parse;
    /// A matching problem, internal.
    Problem(Problem) = "problem", problem, "yicha-matching/1", Problem::parse;
    /// A matched file, internal.
    Matched(Matched) = "matched", matched, "yicha-matched/1", Matched::parse;
    /// A shortage, internal.
    Shortage((Digest, Shortage)) = "shortage", shortage, "yicha-shortage/1", Shortage::parse;
    /// A void notice.
    Void(VoidNotice) = "void", void, "yicha-void/1", VoidNotice::parse;
}

impl FileKind {
    /// Whether anybody may have it. The others tell classes, salts, or who will come, and go to auditors only (our
    /// decision `internal-files`).
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Announcement | Self::Seed | Self::List | Self::Void)
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The files fed, by their digests in both suites. What was fed is no part of the state: two worlds are the same
/// whatever files each of them has at hand.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<Digest, Arc<File>>);

impl PartialEq for Files {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Files {}

impl World {
    /// Feeds a file of a draw, whatever it is and before or after its digest is recorded.
    ///
    /// # Errors
    /// The first line that the specification would not have written; a file of another kind at its first line.
    pub fn feed_file(&mut self, text: &str) -> Result<(), FileError> {
        let file = Arc::new(File::parse(text)?);
        for suite in [Suite::Sha256, Suite::Sm3] {
            self.files.0.insert(suite.digest(&[text.as_bytes()]), Arc::clone(&file));
        }
        Ok(())
    }

    /// Forgets the files fed, to free their memory. What needs one of them asks for it again.
    pub fn forget_files(&mut self) {
        self.files = Files::default();
    }
}
