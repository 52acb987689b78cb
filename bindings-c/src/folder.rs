//! Verification by somebody who was not there, and its statement.

use crate::border::{answer, free, need, need_mut};
use crate::error::refused;
use crate::taxonomy::lang;
use crate::text::Text;
use crate::view::{Bytes, Str};
use std::mem::MaybeUninit;
use yicha::draw::verify;

/// Files to verify, by name. One thread at a time changes it.
#[derive(Debug)]
pub struct Folder(Vec<(String, Vec<u8>)>);

/// What a verification has shown. Immutable: threads may share it.
#[derive(Debug)]
pub struct Statement(verify::Statement);

/// An empty folder. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_folder_new(
    out: Option<&mut MaybeUninit<Box<Folder>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Folder(Vec::new()))))
}

/// Adds a file, which is copied. Names are without folders: `announcement-targets.txt`, `seed-targets.txt`, `list.txt`,
/// `announcement-inspectors-<department>.txt`, `void-<stage>-<attempt>.txt`, `roster.tsv`, `roster.key`, `drawn.txt`,
/// `problem-<department>.txt`, `matched-<department>.txt`, `slip-<target>.txt`, ... `out` takes 1 when the name is one of
/// the draw's; 0 when it is not, and then the file is not kept.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_folder_add(
    folder: Option<&mut Folder>,
    name: Str,
    file: Bytes,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let folder = need_mut(folder, "folder")?;
        let (name, file) = (name.text("name")?, file.get("file")?);
        let known = verify::Folder::new().add(name, file).map_err(refused)?;
        if known {
            folder.0.push((name.into(), file.into()));
        }
        Ok(known.into())
    })
}

/// Verifies what the folder holds. `evidence` says in words what outside evidence there is of when the announcements became
/// public; `data` NULL for none. The handle is the caller's. Refused: the first thing that does not hold
/// (`verify-differs`, `verify-file`), or the file that is missing to begin with (`verify-missing`).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_folder_verify(
    folder: Option<&Folder>,
    evidence: Str,
    out: Option<&mut MaybeUninit<Box<Statement>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let mut files = verify::Folder::new();
        for (name, file) in &need(folder, "folder")?.0 {
            files.add(name, file).map_err(refused)?;
        }
        let given = !evidence.data.is_null();
        let evidence = given.then(|| evidence.text("evidence")).transpose()?;
        Ok(Box::new(Statement(files.verify(evidence).map_err(refused)?)))
    })
}

/// Frees a folder and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_folder_free(folder: Option<&mut Option<Box<Folder>>>) {
    free(folder);
}

/// What was checked, what it rests on and what could not be checked, in words. `language` is YICHA_ZH or YICHA_EN. The text
/// is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_statement_to_text(
    statement: Option<&Statement>,
    language: i32,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(statement, "statement")?.0.in_words(lang(language)?))))
}

/// Frees a statement and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_statement_free(statement: Option<&mut Option<Box<Statement>>>) {
    free(statement);
}
