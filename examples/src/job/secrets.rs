//! Keys, salts and nonces by name. What a file holds is used again, what it lacks comes from outside.

use super::error::JobError;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Fills a buffer with secret random bytes; in a real run those of the operating system.
pub type Entropy = Box<dyn FnMut(&mut [u8]) -> Result<(), JobError>>;

/// The secrets of a run: the roster's key, the salts of the matching problems, the departments' nonces.
pub struct Secrets {
    kept: BTreeMap<String, Vec<u8>>,
    file: Option<PathBuf>,
    entropy: Entropy,
}

impl Secrets {
    /// Secrets that are kept nowhere but in the results.
    pub const fn fresh(entropy: Entropy) -> Self {
        Self { kept: BTreeMap::new(), file: None, entropy }
    }

    /// Secrets that a file keeps, a line each: name, TAB, hexadecimal. A file that is not there yet is empty.
    ///
    /// # Errors
    /// A file that cannot be read, or a line of another form.
    pub fn in_file(path: PathBuf, entropy: Entropy) -> Result<Self, JobError> {
        let text = match path.exists() {
            true => fs::read_to_string(&path).map_err(JobError::file(&path))?,
            false => String::new(),
        };
        let kept = parse(&text).map_err(|number| {
            JobError::unusable(
                format!("{}第{number}行应为：名称、制表符、十六进制", path.display()),
                format!("{}, line {number}: a name, a tab and hexadecimal", path.display()),
            )
        })?;
        Ok(Self { kept, file: Some(path), entropy })
    }

    /// The secret of that name, made now when there is none.
    pub(crate) fn take<const N: usize>(&mut self, name: &str) -> Result<[u8; N], JobError> {
        if let Some(bytes) = self.known(name)? {
            return Ok(bytes);
        }
        let mut bytes = [0; N];
        (self.entropy)(&mut bytes)?;
        self.kept.insert(name.into(), bytes.into());
        Ok(bytes)
    }

    /// The secret of that name, if there is one.
    pub(super) fn known<const N: usize>(&self, name: &str) -> Result<Option<[u8; N]>, JobError> {
        let Some(bytes) = self.kept.get(name) else { return Ok(None) };
        bytes.as_slice().try_into().map(Some).map_err(|_| {
            let found = bytes.len();
            JobError::unusable(
                format!("“{name}”应为{N}个字节，读到{found}个"),
                format!("{name:?} has {N} bytes, found {found}"),
            )
        })
    }

    /// Writes the file, if there is one. To be called before anything that depends on a secret becomes public.
    pub(crate) fn save(&self) -> Result<(), JobError> {
        let Some(path) = &self.file else { return Ok(()) };
        let text = self.to_text();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(JobError::file(folder))?;
        }
        fs::write(path, text).map_err(JobError::file(path))
    }

    /// The secrets as a file keeps them.
    pub(crate) fn to_text(&self) -> String {
        let line = |(name, bytes): (&String, &Vec<u8>)| format!("{name}\t{}\n", hex::encode(bytes));
        self.kept.iter().map(line).collect()
    }

    /// Takes over what [`to_text`](Self::to_text) has written, in place of its own.
    ///
    /// # Errors
    /// A line of another form.
    pub(crate) fn take_over(&mut self, text: &str) -> Result<(), JobError> {
        self.kept = parse(text).map_err(|number| {
            JobError::unusable(
                format!("保存的密钥第{number}行有误"),
                format!("line {number} of the secrets kept is wrong"),
            )
        })?;
        Ok(())
    }
}

/// Reads lines of name, TAB and hexadecimal, or tells the first one of another form.
fn parse(text: &str) -> Result<BTreeMap<String, Vec<u8>>, usize> {
    let line = |(number, line): (usize, &str)| {
        let (name, hex) = line.split_once('\t').ok_or(number)?;
        Ok((name.to_owned(), hex::decode(hex).map_err(|_| number)?))
    };
    (1..).zip(text.lines()).map(line).collect()
}
