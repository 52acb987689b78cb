//! A part of a target draw as a text file, for machines that rule the work. Internal, like the drawn
//! file; the specification does not name it, since no result depends on it.
//!
//! ```text
//! yicha-partial/1
//! announcement TAB <digest>
//! seed TAB <hex(seed)>
//! lines TAB <lines fed>
//! stratum TAB <code> TAB <eligible fed> TAB <hex bound on the tickets' first 8 bytes>   one a rule, sorted
//! target TAB <stratum> TAB <hex ticket> TAB <id>       as in the drawn file, at most the quota of each
//! ```

use super::drawn::{read_head, read_target, write_head, write_targets};
use super::pool::leading;
use super::{TargetDraw, TargetTerms};
use crate::draw::text::{FileError, FileFault, Reader, Writer, hex};
use crate::explain::Said;
use alloc::format;
use alloc::string::String;

const TITLE: &str = "yicha-partial/1";

impl TargetDraw {
    /// Writes what was fed and what can still be drawn of it.
    pub fn to_text(&self) -> String {
        let mut bins = self.tally.bins.clone();
        let mut writer = Writer::new();
        writer.line(&[&TITLE]);
        write_head(&mut writer, &self.terms.announcement(), self.terms.seed().digest());
        writer.line(&[&"lines", &self.tally.lines]);
        for (bin, rule) in bins.iter().zip(self.terms.strata()) {
            let bound = bin.bound.to_be_bytes();
            writer.line(&[&"stratum", rule.stratum(), &bin.eligible, &hex(&bound)]);
        }
        for (bin, rule) in bins.iter_mut().zip(self.terms.strata()) {
            write_targets(&mut writer, rule.stratum(), bin.smallest());
        }
        writer.finish()
    }

    /// Reads a part of the draw with these terms.
    ///
    /// # Errors
    /// The first line that [`to_text`](Self::to_text) would not have written under these terms.
    pub fn parse(terms: TargetTerms, file: &[u8]) -> Result<Self, FileError> {
        let mut draw = Self::exact(terms);
        let mut reader = Reader::new(file, Some(TITLE))?;
        let head = read_head(&mut reader)?;
        if head != (draw.terms.announcement(), *draw.terms.seed().digest()) {
            return Err(contradiction(&reader, "该部分属于另一次抽取", "a part of another draw"));
        }
        draw.read_counts(&mut reader)?;
        let mut before = None;
        while reader.at("target") {
            let (stratum, ticket, id) = read_target(&mut reader, &mut before)?;
            let Some(place) = draw.terms.place(stratum.as_str()) else {
                let wanted = Said::new("有规则的分层", "a stratum with a rule");
                return Err(reader.field_fault(2, stratum.as_str(), wanted));
            };
            let bin = &mut draw.tally.bins[place];
            let most = draw.terms.strata()[place].quota().min(bin.eligible);
            if bin.pool.len() as u64 >= most || leading(&ticket) > bin.bound {
                return Err(contradiction(&reader, "目标多于所需", "more targets than are needed"));
            }
            bin.offer(ticket, id.as_str().as_bytes());
        }
        for (bin, rule) in draw.tally.bins.iter().zip(draw.terms.strata()) {
            let exact = bin.bound == u64::MAX;
            if exact && (bin.pool.len() as u64) < rule.quota().min(bin.eligible) {
                return Err(contradiction(
                    &reader,
                    "目标少于所需",
                    "fewer targets than are needed",
                ));
            }
        }
        reader.end()?;
        Ok(draw)
    }

    fn read_counts(&mut self, reader: &mut Reader<'_>) -> Result<(), FileError> {
        let [lines] = reader.fields("lines")?;
        self.tally.lines = reader.number(2, lines)?;
        if self.tally.lines > self.terms.lines() {
            return Err(reader.field_fault(2, lines, at_most(self.terms.lines())));
        }
        let mut left = self.tally.lines;
        for (bin, rule) in self.tally.bins.iter_mut().zip(self.terms.strata()) {
            let [stratum, eligible, bound] = reader.fields("stratum")?;
            if stratum != rule.stratum().as_str() {
                return Err(reader.field_fault(2, stratum, Said::word(rule.stratum().as_str())));
            }
            let most = rule.eligible().min(left);
            bin.eligible = reader.number(3, eligible)?;
            if bin.eligible > most {
                return Err(reader.field_fault(3, eligible, at_most(most)));
            }
            left -= bin.eligible;
            bin.bound = u64::from_be_bytes(reader.hex(4, bound)?);
            bin.limit = bin.bound;
        }
        Ok(())
    }
}

fn at_most(number: u64) -> Said {
    Said::new(format!("不超过{number}"), format!("at most {number}"))
}

fn contradiction(reader: &Reader<'_>, zh: &str, en: &str) -> FileError {
    reader.fault(FileFault::Contradiction(Said::new(zh, en)))
}
