//! A year of joint inspections of one industry of a district, from its register files to a folder that anybody can check.
//!
//! Killed at any moment, it goes on where it was when it is started again with the same options.
//!
//! Exit status: 0 done; 1 refused, with the article; 2 input that cannot be used; 3 done, but a department has not
//! enough inspectors, so the inspection cannot start.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;
use yicha::code::TargetId;
use yicha::date::{Date, Instant};
use yicha::draw::announcement::Randomness;
use yicha::explain::Lang;
use yicha::hash::Suite;
use yicha_examples::job::{
    JobError, JobOptions, Outcome, Progress, Progressed, Secrets, SlipChoice, announce, proceed,
};
use yicha_examples::register::{Encoding, Options};
use yicha_examples::year;

const EXAMPLES: &str = "\
示例 / examples:
  joint_inspection                                  餐饮服务，演示全年；中断后再次执行即继续 / the whole year; run again, it goes on
  joint_inspection --seed 7 --out target/another    另一个种子，另一年的结果 / another seed, another year
  joint_inspection --industry 加油站                人员不足的情形 / a shortage (exit status 3)
  joint_inspection --industry 医疗机构 --capacity 20 --suite sm3
  joint_inspection --nonces nonces.tsv              同一文件再次运行，结果相同 / the same file, the same result
  joint_inspection announce --out draw --randomness 中国福利彩票双色球 2026034 24 2026-04-02T14:00:00Z
  joint_inspection proceed  --out draw --value text:030811192533-07
  joint_inspection proceed  --out draw

退出状态 / exit status: 0 完成 done, 1 拒绝 refused, 2 输入不可用 unusable input, 3 人员不足 cannot start";

/// 一个区一个行业“一业一查”部门联合抽查的一年：从名录文件到任何人都能核对的结果。
#[derive(Parser)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    step: Option<Step>,
    #[command(flatten)]
    task: TaskArgs,
    #[command(flatten)]
    common: CommonArgs,
    /// 全年各项结果的种子：不同的种子，不同的一年 / what the outcomes of the year are drawn from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

#[derive(Subcommand)]
enum Step {
    /// 第一步：公告抽取检查对象，然后停下 / announce the draw of targets and stop
    Announce {
        #[command(flatten)]
        task: TaskArgs,
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        time: TimeArgs,
    },
    /// 以后各步：揭示、抽取、公告匹配、匹配 / the next step that the folder waits for
    Proceed {
        #[command(flatten)]
        common: CommonArgs,
        #[command(flatten)]
        time: TimeArgs,
        /// 已公布的随机数：十六进制，或 text:原文（按公告顺序，可多次） / a published value, hex or text:...
        #[arg(long)]
        value: Vec<String>,
    },
}

/// 查什么 / what is inspected
#[derive(Args)]
struct TaskArgs {
    /// 名录文件夹 / folder with the registers
    #[arg(long, alias = "data", value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/data/district"), hide_default_value = true)]
    registers: PathBuf,
    /// 行业，按年度计划的名称 / industry as the plan names it
    #[arg(long, value_name = "NAME", default_value = "餐饮服务")]
    industry: String,
    /// 杂凑算法 / hash function
    #[arg(long, value_enum, default_value_t = SuiteName::Sha256)]
    suite: SuiteName,
    /// 每名执法检查人员本次至多承担的次数 / new assignments of an inspector at most
    #[arg(long, value_name = "N", default_value_t = 12)]
    capacity: u64,
    /// 每个对象每年至多检查次数，由使用单位自定 / visits of a target in a year at most, the host's own number
    #[arg(long, alias = "cap", value_name = "N", default_value_t = 2)]
    annual_cap: u64,
    /// 检查的第一天，默认为计划的第一天 / first day of the visits, by default that of the plan
    #[arg(long)]
    date: Option<Date>,
    /// 名录导出日 / day of the registers
    #[arg(long, value_name = "DATE", default_value = "2026-04-01")]
    exported: Date,
    /// 行政区划代码 / division of the district
    #[arg(long, value_name = "CODE", default_value = "411302")]
    district: String,
    /// 编码：utf8、gb18030，或 文件名=gb18030（可多次） / encoding of all files or of one
    #[arg(long)]
    encoding: Vec<String>,
}

#[derive(Args)]
struct CommonArgs {
    /// 结果文件夹 / folder to write
    #[arg(long, value_name = "DIR", default_value = "target/joint_inspection")]
    out: PathBuf,
    /// 密钥和随机数文件：有则使用，缺则补写 / secrets of this run: used where they stand there, else made and added
    #[arg(long, value_name = "FILE")]
    nonces: Option<PathBuf>,
    /// 另需告知单的对象代码，或 all（可多次） / a target that wants its slip, or all
    #[arg(long, alias = "slip", value_name = "ID|all")]
    slips: Vec<String>,
    /// 语言 / language
    #[arg(long, value_enum, default_value_t = LangName::Zh)]
    lang: LangName,
}

#[derive(Args)]
struct TimeArgs {
    /// 本步骤的时间，默认为现在，如 2026-04-13T01:00:00Z / when this step happens, by default now
    #[arg(long, value_name = "INSTANT")]
    at: Option<Instant>,
    /// 揭示随机数的期限，默认一小时后 / until when nonces are revealed, by default an hour later
    #[arg(long, value_name = "INSTANT")]
    reveal_by: Option<Instant>,
    /// 待公布的公开随机数（可多次） / a public value to come
    #[arg(long, num_args = 4, value_names = ["SOURCE", "ROUND", "BITS", "DUE"])]
    randomness: Vec<String>,
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
    let cli = Cli::parse();
    let common = match &cli.step {
        None => &cli.common,
        Some(Step::Announce { common, .. } | Step::Proceed { common, .. }) => common,
    };
    let lang = match common.lang {
        LangName::Zh => Lang::Zh,
        LangName::En => Lang::En,
    };
    work(cli, lang).unwrap_or_else(|error| {
        eprintln!("{}", error.message(lang));
        ExitCode::from(error.exit_code())
    })
}

fn work(cli: Cli, lang: Lang) -> Result<ExitCode, JobError> {
    let progress = Progress::shown(lang);
    match cli.step {
        None => {
            let mut secrets = match cli.common.nonces.clone() {
                Some(file) => Secrets::in_file(file, Box::new(system_entropy))?,
                None => Secrets::fresh(Box::new(system_entropy)),
            };
            let options = cli.common.apply(cli.task.options(lang)?)?;
            let mut year = year::run(&options, cli.seed, &mut secrets, &progress)?;
            year.write(&options, &progress)?;
            print!("{}", year.summary(&options));
            Ok(exit(&year.outcome))
        }
        Some(Step::Announce { task, common, time }) => {
            let mut secrets = common.kept_secrets()?;
            let options = time.apply(common.apply(task.options(lang)?)?)?;
            print!("{}", announce(&options, &mut secrets, &progress)?);
            Ok(ExitCode::SUCCESS)
        }
        Some(Step::Proceed { common, time, value }) => {
            let mut secrets = common.kept_secrets()?;
            let options = JobOptions::resume(&common.out, lang)?;
            let mut options = time.apply(common.apply(options)?)?;
            options.values = value.iter().map(|v| read_value(v)).collect::<Result<_, _>>()?;
            match proceed(&options, &mut secrets, &progress)? {
                Progressed::Drawn(text) => {
                    print!("{text}");
                    Ok(ExitCode::SUCCESS)
                }
                Progressed::Finished(outcome, summary) => {
                    print!("{}", summary.text());
                    Ok(exit(&outcome))
                }
            }
        }
    }
}

fn exit(outcome: &Outcome) -> ExitCode {
    if outcome.can_start() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Nonces, keys and salts come from the operating system, never from the library.
fn system_entropy(bytes: &mut [u8]) -> Result<(), JobError> {
    getrandom::fill(bytes).map_err(|e| {
        JobError::unusable(
            format!("操作系统不能提供随机数：{e}"),
            format!("the operating system gives no random bytes: {e}"),
        )
    })
}

impl TaskArgs {
    fn options(self, lang: Lang) -> Result<JobOptions, JobError> {
        let mut import = Options {
            exported: self.exported,
            district: self.district,
            encoding: Encoding::Utf8,
            encodings: BTreeMap::new(),
        };
        for text in &self.encoding {
            import.set_encoding(text).map_err(|_| {
                JobError::unusable(
                    format!("编码应为utf8、gb18030或文件名=编码，读到{text}"),
                    format!("an encoding is utf8, gb18030 or FILE=encoding, found {text}"),
                )
            })?;
        }
        Ok(JobOptions {
            registers: self.registers,
            import,
            out: PathBuf::new(),
            industry: self.industry,
            capacity: self.capacity,
            annual_cap: self.annual_cap,
            date: self.date,
            suite: match self.suite {
                SuiteName::Sha256 => Suite::Sha256,
                SuiteName::Sm3 => Suite::Sm3,
            },
            at: None,
            reveal_by: None,
            randomness: Vec::new(),
            values: Vec::new(),
            slips: SlipChoice::Drawn,
            lang,
        })
    }
}

impl CommonArgs {
    fn apply(self, options: JobOptions) -> Result<JobOptions, JobError> {
        let slips = if self.slips.iter().any(|slip| slip == "all") {
            SlipChoice::All
        } else if self.slips.is_empty() {
            SlipChoice::Drawn
        } else {
            let ids = self.slips.iter().map(TargetId::new).collect::<Result<_, _>>();
            SlipChoice::Also(ids.map_err(|e| JobError::refused(&e))?)
        };
        Ok(JobOptions { out: self.out, slips, ..options })
    }

    /// Between steps the secrets have to stand somewhere: by default in the folder's internal part.
    fn kept_secrets(&self) -> Result<Secrets, JobError> {
        let file = self.nonces.clone().unwrap_or_else(|| self.out.join("internal/nonces.tsv"));
        Secrets::in_file(file, Box::new(system_entropy))
    }
}

impl TimeArgs {
    fn apply(self, options: JobOptions) -> Result<JobOptions, JobError> {
        let now = || {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
            Instant::from_unix(i64::try_from(since.as_secs()).ok()?)
        };
        let randomness = self.randomness.chunks(4).map(read_randomness);
        Ok(JobOptions {
            at: self.at.or_else(now),
            reveal_by: self.reveal_by,
            randomness: randomness.collect::<Result<_, _>>()?,
            ..options
        })
    }
}

fn read_randomness(fields: &[String]) -> Result<Randomness, JobError> {
    let read = || {
        let [source, round, bits, due] = fields else { return None };
        Some(Randomness {
            source: source.parse().ok()?,
            round: round.parse().ok()?,
            bits: bits.parse().ok()?,
            due: due.parse().ok()?,
        })
    };
    read().ok_or_else(|| {
        let found = fields.join(" ");
        JobError::unusable(
            format!("公开随机数应为：来源 期号 比特数 公布时间（如2026-04-02T14:00:00Z），读到{found}"),
            format!("public randomness is SOURCE ROUND BITS DUE (as 2026-04-02T14:00:00Z), found {found}"),
        )
    })
}

fn read_value(text: &str) -> Result<Vec<u8>, JobError> {
    match text.strip_prefix("text:") {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => hex::decode(text).map_err(|e| {
            JobError::unusable(
                format!("{text}不是十六进制（{e}）；原文请写作text:…"),
                format!("{text} is not hexadecimal ({e}); for a text write text:..."),
            )
        }),
    }
}
