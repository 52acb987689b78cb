//! Verifies a draw from its files: the public ones, a slip, or everything.
//!
//! Exit status: 0 with a statement of what was checked; 1 with the first thing that does not hold; 2 for input that
//! cannot be used.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use yicha::draw::verify::{Failure, Folder};
use yicha::explain::{Explain, Lang};

/// 核对一次抽取：公开文件、告知单，或者全部文件。
#[derive(Parser)]
struct Arguments {
    /// 文件或文件夹（含其中的 public、internal、slips） / files, or folders with public, internal and slips in them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// 告知单（可多次） / a slip
    #[arg(long)]
    slip: Vec<PathBuf>,
    /// 公告公开时间的外部证据，如公报的期号 / outside evidence of when the announcements became public
    #[arg(long)]
    evidence: Option<String>,
    /// 语言 / language
    #[arg(long, value_parser = ["zh", "en"], default_value = "zh")]
    lang: String,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = if arguments.lang == "en" { Lang::En } else { Lang::Zh };
    let files = match read_all(arguments.paths.iter().chain(&arguments.slip)) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    match verify(&files, arguments.evidence.as_deref(), lang) {
        Ok(statement) => {
            print!("{statement}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let head = lang.pick("不成立", "does not hold");
            let head = if failure.is_unusable() {
                lang.pick("无法核对", "cannot be used")
            } else {
                head
            };
            println!("{head}{}{}", lang.pick("：", ": "), failure.message(lang));
            ExitCode::from(if failure.is_unusable() { 2 } else { 1 })
        }
    }
}

fn verify(
    files: &[(PathBuf, Vec<u8>)],
    evidence: Option<&str>,
    lang: Lang,
) -> Result<String, Failure> {
    let mut folder = Folder::new();
    let mut passed_over = Vec::new();
    for (path, bytes) in files {
        if !folder.add(&name(path, bytes), bytes)? {
            passed_over.push(path.display().to_string());
        }
    }
    let statement = folder.verify(evidence)?;
    let mut text = statement.in_words(lang);
    if !passed_over.is_empty() {
        let head = lang.pick("不属于抽取文件，未看：", "Not files of the draw, not looked at:");
        text += &format!("{head}\n  {}\n", passed_over.join("\n  "));
    }
    Ok(text)
}

/// A slip is named after its target and may lie anywhere; its first line tells it.
fn name(path: &Path, bytes: &[u8]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let slip = bytes.starts_with(b"yicha-slip/1\n") && !name.starts_with("slip-");
    if slip { format!("slip-{name}") } else { name.into_owned() }
}

/// The files given, and those of the folders given and of their folders.
fn read_all<'a>(
    paths: impl Iterator<Item = &'a PathBuf>,
) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for path in paths {
        read_into(path, 2, &mut files).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn read_into(
    path: &Path,
    depth: usize,
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> std::io::Result<()> {
    if path.is_dir() {
        if depth > 0 {
            for entry in std::fs::read_dir(path)? {
                read_into(&entry?.path(), depth - 1, files)?;
            }
        }
        return Ok(());
    }
    files.push((path.into(), std::fs::read(path)?));
    Ok(())
}
