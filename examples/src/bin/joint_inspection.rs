//! A joint inspection of one industry of a district, from its register files to a folder that anybody can check.
//!
//! Exit status: 0 done; 1 refused, with the article; 2 input that cannot be used; 3 done, but a department has not
//! enough inspectors, so the inspection cannot start.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use yicha::code::TargetId;
use yicha::date::{Date, Instant};
use yicha::draw::announcement::Randomness;
use yicha::explain::Lang;
use yicha::hash::Suite;
use yicha_examples::job::{JobError, JobOptions, Progress, PublicRandomness, SlipChoice, run};
use yicha_examples::register::{Encoding, Options};

/// 一个区一个行业的“一业一查”部门联合抽查：从名录文件到任何人都能核对的结果。
#[derive(Parser)]
struct Arguments {
    /// 名录文件夹 / folder with the registers
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/data/district"))]
    data: PathBuf,
    /// 行业，按年度计划的名称 / industry as the plan names it
    #[arg(long, default_value = "餐饮服务")]
    industry: String,
    /// 结果文件夹 / folder to write
    #[arg(long, default_value = "target/joint_inspection")]
    out: PathBuf,
    /// 每名执法检查人员本次至多承担的次数 / new assignments of an inspector at most
    #[arg(long, default_value_t = 12)]
    capacity: u64,
    /// 每个对象每年至多检查次数 / visits of a target in a year at most
    #[arg(long, default_value_t = 2)]
    visits: u64,
    /// 杂凑算法 / hash function
    #[arg(long, value_enum, default_value_t = SuiteName::Sha256)]
    suite: SuiteName,
    /// 抽取公告时间，如 2026-04-13T01:00:00Z；默认检查开始前五个工作日的9时 / when the draw is announced
    #[arg(long)]
    at: Option<Instant>,
    /// 名录导出日 / day of the registers' export
    #[arg(long, default_value = "2026-04-01")]
    exported: Date,
    /// 行政区划代码 / division of the district
    #[arg(long, default_value = "411302")]
    district: String,
    /// 编码：utf8、gb18030，或 文件名=gb18030（可多次） / encoding, of all files or of one
    #[arg(long)]
    encoding: Vec<String>,
    /// 公开随机数：来源,期号,比特数,公布时间,值的十六进制（可多次） / source,round,bits,due,value in hex
    #[arg(long, value_parser = parse_randomness)]
    randomness: Vec<PublicRandomness>,
    /// 另需告知单的对象代码，或 all（可多次） / a target that wants its slip, or all
    #[arg(long)]
    slip: Vec<String>,
    /// 语言 / language
    #[arg(long, value_enum, default_value_t = LangName::Zh)]
    lang: LangName,
}

#[derive(Clone, Copy, ValueEnum)]
enum SuiteName {
    Sha256,
    Sm3,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangName {
    Zh,
    En,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = match arguments.lang {
        LangName::Zh => Lang::Zh,
        LangName::En => Lang::En,
    };
    let result = arguments
        .into_options(lang)
        .and_then(|options| run(&options, &mut system_entropy, &Progress::shown(lang)));
    match result {
        Ok((outcome, summary)) => {
            print!("{}", summary.text());
            if outcome.can_start() { ExitCode::SUCCESS } else { ExitCode::from(3) }
        }
        Err(error) => {
            eprintln!("{}", error.message(lang));
            ExitCode::from(error.exit_code())
        }
    }
}

/// Nonces, keys and salts come from the operating system, never from the library.
fn system_entropy(bytes: &mut [u8]) -> Result<(), JobError> {
    getrandom::fill(bytes).map_err(|e| JobError::Unusable {
        zh: format!("操作系统不能提供随机数：{e}"),
        en: format!("the operating system gives no random bytes: {e}"),
    })
}

impl Arguments {
    fn into_options(self, lang: Lang) -> Result<JobOptions, JobError> {
        let mut import = Options {
            exported: self.exported,
            district: self.district,
            encoding: Encoding::Utf8,
            encodings: Default::default(),
        };
        for text in &self.encoding {
            let (file, name) = text.split_once('=').map_or((None, &**text), |(f, n)| (Some(f), n));
            let encoding = match name {
                "utf8" => Encoding::Utf8,
                "gb18030" => Encoding::Gb18030,
                _ => {
                    return Err(unusable(
                        format!("编码应为utf8或gb18030，读到{name}"),
                        format!("an encoding is utf8 or gb18030, found {name}"),
                    ));
                }
            };
            match file {
                Some(file) => drop(import.encodings.insert(file.into(), encoding)),
                None => import.encoding = encoding,
            }
        }
        let slips = if self.slip.iter().any(|slip| slip == "all") {
            SlipChoice::All
        } else if self.slip.is_empty() {
            SlipChoice::Drawn
        } else {
            let ids = self.slip.iter().map(TargetId::new).collect::<Result<_, _>>();
            SlipChoice::Also(ids.map_err(|e| JobError::refused(&e))?)
        };
        Ok(JobOptions {
            data: self.data,
            import,
            out: self.out,
            industry: self.industry,
            capacity: self.capacity,
            visits: self.visits,
            suite: match self.suite {
                SuiteName::Sha256 => Suite::Sha256,
                SuiteName::Sm3 => Suite::Sm3,
            },
            at: self.at,
            randomness: self.randomness,
            slips,
            lang,
        })
    }
}

fn unusable(zh: String, en: String) -> JobError {
    JobError::Unusable { zh, en }
}

fn parse_randomness(text: &str) -> Result<PublicRandomness, String> {
    let fields: Vec<&str> = text.split(',').collect();
    let [source, round, bits, due, value] = fields[..] else {
        return Err("five fields are expected: source,round,bits,due,value in hex".into());
    };
    let line = Randomness {
        source: source.parse().map_err(|e| format!("{e}"))?,
        round: round.parse().map_err(|e| format!("{e}"))?,
        bits: bits.parse().map_err(|e| format!("bits: {e}"))?,
        due: due.parse().map_err(|e| format!("{e}"))?,
    };
    let value = hex::decode(value).map_err(|e| format!("value: {e}"))?;
    Ok(PublicRandomness { line, value })
}
