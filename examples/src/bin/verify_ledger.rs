//! Checks a stored ledger, as the database has it or as lines of JSON, against a checkpoint.
//!
//! Exit status: 0 with a statement of what was checked; 1 with the first thing that does not hold; 2 for input that
//! cannot be used.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use yicha::explain::{Explain, Lang};
use yicha::ledger::{Checkpoint, Note, lines, verify_log};
use yicha_examples::job::JobError;
use yicha_examples::year::store;

/// 核对账本：数据库或逐行JSON，对照检查点。
#[derive(Parser)]
struct Arguments {
    /// 数据库，或每行一条的文件 / the database, or a file with an entry on each line
    log: PathBuf,
    /// 检查点（可带签名） / a checkpoint, with or without signatures
    checkpoint: PathBuf,
    /// 语言 / language
    #[arg(long, value_parser = ["zh", "en"], default_value = "zh")]
    lang: String,
}

/// Why nothing is stated.
enum Stop {
    /// The log is not the one of the checkpoint.
    Differs(String),
    /// Something could not be read.
    Unusable(String),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = if arguments.lang == "en" { Lang::En } else { Lang::Zh };
    match verify(&arguments, lang) {
        Ok(statement) => {
            print!("{statement}");
            ExitCode::SUCCESS
        }
        Err(Stop::Differs(said)) => {
            println!("{}{said}", lang.pick("不成立：", "does not hold: "));
            ExitCode::from(1)
        }
        Err(Stop::Unusable(said)) => {
            eprintln!("{}{said}", lang.pick("无法核对：", "cannot be used: "));
            ExitCode::from(2)
        }
    }
}

fn verify(arguments: &Arguments, lang: Lang) -> Result<String, Stop> {
    let (checkpoint, signatures) = read_checkpoint(&arguments.checkpoint, lang)?;
    let differs = |said: String| Stop::Differs(said);
    let bytes = read(&arguments.log)?;
    let stored: Vec<Vec<u8>> = match bytes.starts_with(store::SQLITE) {
        true => store::entries(&arguments.log).map_err(|e| unusable(&e, lang))?,
        false => {
            let lines = lines(&bytes).map_err(|e| differs(e.message(lang)))?;
            lines.into_iter().map(<[u8]>::to_vec).collect()
        }
    };
    let checked = verify_log(checkpoint.suite, &stored, &checkpoint.head);
    checked.map_err(|e| differs(e.message(lang)))?;
    Ok(statement(&checkpoint, signatures, lang))
}

fn statement(checkpoint: &Checkpoint, signatures: usize, lang: Lang) -> String {
    let (size, suite, origin) =
        (checkpoint.head.size, checkpoint.suite.code(), checkpoint.origin());
    match lang {
        Lang::Zh => format!(
            "成立：账本{origin}的{size}条与检查点一致（{suite}），逐条为规范的JSON，序号相连，时间不倒退，每条写明依据和行为人。\n\
             检查点带{signatures}个签名，本程序未验证签名；由谁签署、何时公布，需要以签名和外部证据证明。\n"
        ),
        Lang::En => format!(
            "holds: the {size} entries of {origin} are those of the checkpoint ({suite}); each is canonical JSON, their numbers follow each other, time never goes back, and each names its rule and who acted.\n\
             The checkpoint has {signatures} signatures, which this program does not verify; who has signed it, and since when it is public, is shown by them and by outside evidence.\n"
        ),
    }
}

/// The checkpoint, and how many signatures stand below it.
fn read_checkpoint(path: &Path, lang: Lang) -> Result<(Checkpoint, usize), Stop> {
    let text = String::from_utf8(read(path)?)
        .map_err(|e| Stop::Unusable(format!("{}: {e}", path.display())))?;
    let (text, signatures) = match text.contains("\n\n") {
        true => {
            let note = Note::parse(&text).map_err(|e| explained(path, &e, lang))?;
            (note.text, note.signatures.len())
        }
        false => (text, 0),
    };
    let checkpoint = Checkpoint::parse(&text).map_err(|e| explained(path, &e, lang))?;
    Ok((checkpoint, signatures))
}

fn explained(path: &Path, error: &dyn Explain, lang: Lang) -> Stop {
    Stop::Unusable(format!("{}: {}", path.display(), error.message(lang)))
}

fn unusable(error: &JobError, lang: Lang) -> Stop {
    Stop::Unusable(error.message(lang))
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    std::fs::read(path).map_err(|e| Stop::Unusable(format!("{}: {e}", path.display())))
}
