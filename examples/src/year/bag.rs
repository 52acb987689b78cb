//! Dossiers as BagIt bags (RFC 8493), so that an archive can take them in and check them with tools of its own.
//!
//! With SHA-256 as the ledger's suite, the digest of a document in the manifest is the one that the ledger has of it.

use super::host::Host;
use crate::job::JobError;
use crate::register::Registers;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use yicha::archive::Dossier;
use yicha::code::CaseCode;
use yicha::hash::Suite;

/// A file of a bag: its path in the bag, and what it holds.
type File = (String, String);

/// Writes a bag for every dossier that is closed. One that is there already stays as it is.
///
/// # Errors
/// A folder that cannot be written, or a document that the host does not have.
pub(super) fn write_all(
    host: &Host,
    registers: &Registers,
    folder: &Path,
    done: &dyn Fn(),
) -> Result<(), JobError> {
    fs::create_dir_all(folder).map_err(JobError::file(folder))?;
    for (id, dossier) in &host.office().world().dossiers {
        if dossier.closed.is_some() {
            write(&files(host, registers, id, dossier)?, folder, id.as_str())?;
        }
        done();
    }
    Ok(())
}

/// Written under another name first, so that a process that is killed leaves no part of a bag.
fn write(files: &[File], folder: &Path, name: &str) -> Result<(), JobError> {
    let (bag, part) = (folder.join(name), folder.join(format!(".{name}.part")));
    if bag.exists() {
        return Ok(());
    }
    if part.exists() {
        fs::remove_dir_all(&part).map_err(JobError::file(&part))?;
    }
    let data = part.join("data");
    fs::create_dir_all(&data).map_err(JobError::file(&data))?;
    for (name, text) in files {
        let path = part.join(name);
        fs::write(&path, text).map_err(JobError::file(&path))?;
    }
    fs::rename(&part, &bag).map_err(JobError::file(&bag))
}

/// Everything in a bag: the payload, then what is said of it.
fn files(
    host: &Host,
    registers: &Registers,
    id: &CaseCode,
    dossier: &Dossier,
) -> Result<Vec<File>, JobError> {
    let mut payload = Vec::new();
    for (number, digest) in (1..).zip(dossier.documents.keys()) {
        let kept = host.store().document(digest)?;
        let (name, text) = kept.ok_or_else(|| {
            JobError::unusable(
                format!("案卷{id}的材料{digest}不在数据库中"),
                format!("document {digest} of dossier {id} is not in the database"),
            )
        })?;
        payload.push((format!("data/{number:03}-{}.txt", plain(&name)), text));
    }
    let mut files = vec![
        (
            "bagit.txt".to_owned(),
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned(),
        ),
        ("bag-info.txt".to_owned(), info(registers, id, dossier, &payload)),
        ("manifest-sha256.txt".to_owned(), manifest(&payload)),
    ];
    files.push(("tagmanifest-sha256.txt".to_owned(), manifest(&files)));
    payload.extend(files);
    Ok(payload)
}

/// Letters, digits and the full stop stay in a file's name; a path has to stand on one line of the manifest.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

fn info(registers: &Registers, id: &CaseCode, dossier: &Dossier, payload: &[File]) -> String {
    let (department, inspection) = (&dossier.opened.department, &dossier.opened.inspection);
    let known = registers.departments.iter().find(|found| found.id == *department);
    let source = known.map_or(department.as_str(), |found| &*found.name);
    let octets: usize = payload.iter().map(|(_, text)| text.len()).sum();
    let mut text = format!("Source-Organization: {source}\nExternal-Identifier: {id}\n");
    let mut line = |label: &str, value: &dyn std::fmt::Display| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{label}: {value}");
    };
    line("Internal-Sender-Identifier", inspection);
    if let Some((closed, _)) = &dossier.closed {
        line("Bagging-Date", closed);
    }
    line("Payload-Oxum", &format_args!("{octets}.{}", payload.len()));
    text
}

fn manifest(files: &[File]) -> String {
    let line =
        |(name, text): &File| format!("{}  {name}\n", Suite::Sha256.digest(&[text.as_bytes()]));
    files.iter().map(line).collect()
}
