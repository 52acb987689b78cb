//! Signed notes, C2SP signed-note: a text, an empty line, and signature lines. Signatures are the host's to make and
//! to verify; here a note is only read and written.

use crate::citation::Basis;
use crate::explain::{Explain, Lang, Said};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;

/// A text that is not a note, or not a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {}, found {found:?}", wanted.en)]
pub struct NoteError {
    /// The line, from 1.
    pub line: u64,
    /// What should stand there.
    pub wanted: Said,
    /// What was found.
    pub found: String,
}

impl NoteError {
    pub(super) fn at(line: u64, wanted: Said, found: impl Into<String>) -> Self {
        Self { line, wanted, found: found.into() }
    }
}

impl Explain for NoteError {
    fn code(&self) -> &'static str {
        "note-form"
    }

    fn basis(&self) -> Basis {
        Basis::LedgerSpec(4)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => {
                format!("第{}行应为{}，读到{:?}", self.line, self.wanted.zh, self.found)
            }
        }
    }
}

/// A text with its signatures, none of which is verified here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The signed bytes; they end with a newline.
    pub text: String,
    /// The signatures, at least one.
    pub signatures: Vec<NoteSignature>,
}

/// A signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The first four bytes of the key's hash.
    pub key: [u8; 4],
    /// The signature.
    pub signature: Vec<u8>,
}

/// Begins a signature line: an em dash and a space.
const MARK: &str = "\u{2014} ";

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        let (text, signatures) = note.rsplit_once("\n\n").ok_or_else(|| {
            let wanted = Said::new("正文、空行和签名", "a text, an empty line and signatures");
            NoteError::at(1, wanted, note.lines().next().unwrap_or_default())
        })?;
        let text = format!("{text}\n");
        let first = text.matches('\n').count() as u64 + 2;
        let mut read = Vec::new();
        for (i, line) in (first..).zip(signatures.split_inclusive('\n')) {
            let wanted = || Said::new("签名行", "a signature line");
            read.push(signature(line).ok_or_else(|| NoteError::at(i, wanted(), line.trim_end()))?);
        }
        if read.is_empty() {
            let wanted = Said::new("至少一个签名", "at least one signature");
            return Err(NoteError::at(first, wanted, ""));
        }
        Ok(Self { text, signatures: read })
    }
}

fn signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_suffix('\n')?.strip_prefix(MARK)?.split_once(' ')?;
    let bytes = from_base64(encoded)?;
    let (key, signature) = bytes.split_first_chunk()?;
    let named = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
    (named && !signature.is_empty()).then(|| NoteSignature {
        name: name.into(),
        key: *key,
        signature: signature.to_vec(),
    })
}

/// Standard base64 with its padding, in its one form.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|NoteSignature { name, key, signature }| {
            let encoded = STANDARD.encode([&key[..], signature].concat());
            writeln!(f, "{MARK}{name} {encoded}")
        })
    }
}
