//! Verification by somebody who was not there: of the public files, of slips, and of everything.
//!
//! [`Folder::verify`] looks at the files it is given and at nothing else. It ends in a [`Statement`] in words of what
//! was checked, what that rests on, and what could not be checked, or in the first thing that does not hold.
//!
//! | Who | Has | Sees |
//! |---|---|---|
//! | anybody | announcements, seeds, list, void notices | that roster and rules were fixed first, and what follows from the seed in public |
//! | a target | these and its slip | how its own ticket was treated |
//! | an auditor | these and the internal files | everything, recomputed |

mod attempts;
mod failure;
mod internal;
mod matchings;
mod public;
mod slips;
mod statement;

pub use failure::Failure;
#[cfg(feature = "office")]
pub(crate) use public::verify_list;
pub use statement::Statement;

use super::text::FileError;
use crate::explain::Lang;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};

/// Files by name, without folders: `announcement-targets.txt`, `seed-targets.txt`, `list.txt`,
/// `announcement-inspectors-<department>.txt`, `seed-inspectors-<department>.txt`, `void-<stage>-<attempt>.txt`,
/// `announcement-<stage>-<attempt>.txt` of earlier attempts; `roster.tsv`, `roster.key`, `drawn.txt`,
/// `problem-<department>.txt`, `matched-<department>.txt`, `shortage-<department>.txt`; `slip-<target>.txt`.
#[derive(Clone, Debug, Default)]
pub struct Folder<'a> {
    files: BTreeMap<String, &'a [u8]>,
}

impl<'a> Folder<'a> {
    /// An empty folder.
    pub const fn new() -> Self {
        Self { files: BTreeMap::new() }
    }

    /// Adds a file, and says whether its name is one of the draw's.
    ///
    /// # Errors
    /// Another file of that name with other contents.
    pub fn add(&mut self, name: &str, bytes: &'a [u8]) -> Result<bool, Failure> {
        let known = matches!(name, "list.txt" | "roster.tsv" | "roster.key" | "drawn.txt")
            || ["announcement-", "seed-", "void-", "problem-", "matched-", "shortage-", "slip-"]
                .iter()
                .any(|kind| name.strip_prefix(kind).is_some_and(|rest| rest.ends_with(".txt")));
        if !known {
            return Ok(false);
        }
        match self.files.insert(name.into(), bytes) {
            Some(other) if other != bytes => Err(Failure::differs(
                name,
                "同名文件有两个，内容不同",
                "there are two files of this name with different contents",
            )),
            _ => Ok(true),
        }
    }

    /// Verifies what the folder holds. `evidence` says in words what outside evidence there is of the time at which
    /// the announcements became public, if any.
    ///
    /// # Errors
    /// The first thing that does not hold, or the file that is missing to begin with.
    pub fn verify(&self, evidence: Option<&str>) -> Result<Statement, Failure> {
        let mut statement = Statement::default();
        let public = match self.get("announcement-targets.txt") {
            Some(_) => Some(public::verify(self, &mut statement)?),
            None => None,
        };
        match &public {
            Some(public) => {
                internal::verify(self, public, &mut statement)?;
                slips::verify(self, public, &mut statement)?;
            }
            None if self.names("slip-").next().is_some() || self.get("list.txt").is_some() => {
                return Err(Failure::Missing { file: "announcement-targets.txt".into() });
            }
            None => {}
        }
        let matchings = matchings::verify(self, public.as_ref(), &mut statement)?;
        if public.is_none() && matchings == 0 {
            return Err(Failure::Missing { file: "announcement-targets.txt".into() });
        }
        if public.is_some() {
            statement.about_time(evidence);
        }
        Ok(statement)
    }

    /// A file, if it is there.
    fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.files.get(name).copied()
    }

    /// A file that has to be there.
    fn need(&self, name: &str) -> Result<&'a [u8], Failure> {
        self.get(name).ok_or_else(|| Failure::Missing { file: name.into() })
    }

    /// A file that is there, read.
    fn read<T>(
        &self,
        name: &str,
        parse: impl Fn(&[u8]) -> Result<T, FileError>,
    ) -> Result<Option<T>, Failure> {
        let parsed = self.get(name).map(parse).transpose();
        parsed.map_err(|error| Failure::File { file: name.into(), error })
    }

    /// A file that has to be there, read.
    fn must_read<T>(
        &self,
        name: &str,
        parse: impl Fn(&[u8]) -> Result<T, FileError>,
    ) -> Result<T, Failure> {
        self.need(name)?;
        self.read(name, parse)?.ok_or_else(|| Failure::Missing { file: name.into() })
    }

    /// What stands between `prefix` and `.txt` in the names of files.
    fn names(&self, prefix: &'a str) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(move |name| name.strip_prefix(prefix)?.strip_suffix(".txt"))
    }
}

/// Two values that should be the same.
pub(crate) fn same<T: PartialEq + ToString>(
    file: &str,
    zh: &str,
    en: &str,
    found: &T,
    wanted: &T,
) -> Result<(), Failure> {
    if found == wanted {
        return Ok(());
    }
    let (found, wanted) = (found.to_string(), wanted.to_string());
    Err(Failure::differs(
        file,
        &format!("{zh}为{found}，应为{wanted}"),
        &format!("{en} is {found}, {wanted} would be right"),
    ))
}

/// A file that should be what was computed: the first line that is not.
pub(crate) fn same_text(file: &str, found: &[u8], wanted: &str) -> Result<(), Failure> {
    if found == wanted.as_bytes() {
        return Ok(());
    }
    let mut found = found.split(|&b| b == b'\n');
    let mut wanted = wanted.split('\n');
    let mut line = 0;
    loop {
        line += 1;
        let (found, wanted) = (found.next(), wanted.next());
        if found != wanted.map(str::as_bytes) {
            let text = |text: Option<String>, lang: Lang| {
                text.map_or_else(
                    || lang.pick("（文件结束）", "(end of file)").into(),
                    |t| format!("{t:?}"),
                )
            };
            let found = found.map(|line| String::from_utf8_lossy(line).into_owned());
            let wanted = wanted.map(String::from);
            let say = |lang| (text(found.clone(), lang), text(wanted.clone(), lang));
            let ((f_zh, w_zh), (f_en, w_en)) = (say(Lang::Zh), say(Lang::En));
            return Err(Failure::differs(
                file,
                &format!("第{line}行为{f_zh}，重算得{w_zh}"),
                &format!("line {line} is {f_en}, recomputing gives {w_en}"),
            ));
        }
    }
}
