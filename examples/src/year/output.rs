//! What a year leaves in its folder, beside what the draw has left: the ledger as a file with its checkpoint, and the
//! dossiers as bags.

use super::{LOCK, Year, bag, page, store};
use crate::job::{Folder, JobError, JobOptions, Progress, Summary, replace};
use std::fmt::Write;
use std::fs::File;
use yicha::explain::Lang;
use yicha::ledger::Checkpoint;
use yicha::result::InspectionResult;

impl Year {
    /// Writes the folder. What stands there already stays, so a run that was killed can do it again.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&mut self, options: &JobOptions, progress: &Progress) -> Result<(), JobError> {
        let folder = Folder::at(&options.out)?;
        // One process at a time; the system lets go of it when that one is killed.
        let lock = folder.internal.join(LOCK);
        let locked = File::create(&lock).and_then(|file| file.lock().map(|()| file));
        let _locked = locked.map_err(JobError::file(&lock))?;
        store::tidy(&folder.database())?;
        folder.write_files(&self.outcome, options)?;
        let (entries, head) = self.host.entries()?;
        let pages = page::pages(self, &entries)?;
        folder.write_reports(&self.outcome, options, Some(pages), progress)?;
        let ledger: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
        replace(&folder.internal.join("ledger.jsonl"), &ledger)?;
        let origin = format!("yicha.example/{}", self.outcome.task.scheme);
        let checkpoint = Checkpoint::new(&origin, head, options.suite);
        let checkpoint = checkpoint.map_err(|e| JobError::refused(&e))?;
        replace(&folder.public.join("checkpoint.txt"), &checkpoint.to_string())?;
        let (host, registers) = (&self.host, &self.outcome.import.registers);
        let count = host.office().world().dossiers.len();
        progress.many(count, "案卷归档成包", "packing dossiers", |done| {
            bag::write_all(host, registers, &folder.internal.join("dossiers"), done)
        })
    }

    /// What the year says at its end.
    pub fn summary(&self, options: &JobOptions) -> String {
        let lang = options.lang;
        let mut text = Summary::new(&self.outcome, options, self.moved.clone()).text().to_owned();
        let mut line = |zh: &str, en: &str, value: &dyn std::fmt::Display| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}{value}", lang.pick(zh, en));
        };
        let (now, before) = self.acts;
        line("本次办理事项：", "Acts done now: ", &now);
        if before > 0 {
            line("此前已办、未重复：", "Done before, and not again: ", &before);
        }
        line("截止日：", "Until: ", &self.until);
        line("检查结果：", "Results: ", &self.results(lang));
        line("账本：", "Ledger: ", &self.head(lang));
        let out = options.out.display();
        let command = format_args!(
            "cargo run --release --bin verify_ledger -- {out}/internal/ledger.jsonl {out}/public/checkpoint.txt"
        );
        line("核对账本：", "Verify the ledger: ", &command);
        text
    }

    fn head(&self, lang: Lang) -> String {
        let head = self.host.office().tip().head();
        let size = head.size;
        lang.pick(&format!("{size}条，根{}", head.root), &format!("{head}")).to_owned()
    }

    /// How often each result was found, as it is public now or was recorded.
    fn results(&self, lang: Lang) -> String {
        let world = self.host.office().world();
        let records = world.inspections.values().flat_map(|inspection| inspection.records.values());
        let count = |result: InspectionResult| {
            let found = records.clone().filter(|record| record.result == result).count();
            format!("{} {found}", result.label(lang))
        };
        InspectionResult::ALL.map(count).join(lang.pick("，", ", "))
    }
}
