//! The public list of a target draw: who was drawn, and the sealed cutoff of each stratum.

use super::roster::{RosterKey, Salt};
use super::target::{DrawnFile, TargetDrawError, TargetTerms, read_head, twice, write_head};
use super::text::{FileError, Reader, Writer};
use crate::code::{Stratum, TargetId};
use crate::hash::{Digest, Suite};
use crate::threads::Threads;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The public list. It tells nobody in which stratum a target was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicList {
    announcement: Digest,
    seed: Digest,
    drawn: Digest,
    cutoffs: Vec<(Stratum, Digest)>,
    targets: Vec<TargetId>,
}

/// The ids drawn, sorted.
fn targets(drawn: &DrawnFile) -> Result<Vec<TargetId>, TargetDrawError> {
    let ids = drawn.ids();
    if let Some(id) = twice(&ids) {
        return Err(TargetDrawError::Duplicate { id: id.into() });
    }
    // Drawn ids are codes.
    Ok(ids.into_iter().map(TargetId::seen).collect())
}

/// What stands in the public list in place of a cutoff: H(salt || hex cutoff), and `-` where nothing
/// was drawn.
pub fn seal_cutoff(suite: Suite, salt: &Salt, cutoff: Option<&Digest>) -> Digest {
    let cutoff = cutoff.map_or("-".into(), ToString::to_string);
    suite.digest(&[salt.expose(), cutoff.as_bytes()])
}

impl PublicList {
    /// The list of a draw. `key` is the roster's.
    ///
    /// # Errors
    /// A drawn file of other terms, or a target that was drawn in two strata.
    pub fn new(
        terms: &TargetTerms,
        drawn: &DrawnFile,
        key: &RosterKey,
        threads: Threads,
    ) -> Result<Self, TargetDrawError> {
        if (drawn.announcement(), drawn.seed()) != (terms.announcement(), *terms.seed().digest()) {
            let (found, wanted) = (drawn.announcement(), terms.announcement());
            return Err(TargetDrawError::OtherTerms { found, wanted });
        }
        let suite = terms.suite();
        let (targets, digest) = threads.both(|| targets(drawn), || drawn.digest(suite));
        let seal = |stratum: &Stratum| {
            let salt = key.cutoff_salt(suite, stratum.as_str());
            seal_cutoff(suite, &salt, drawn.cutoff(stratum).as_ref())
        };
        let strata = terms.strata().iter().map(|rule| rule.stratum());
        Ok(Self {
            announcement: drawn.announcement(),
            seed: drawn.seed(),
            drawn: digest,
            cutoffs: strata.map(|stratum| (stratum.clone(), seal(stratum))).collect(),
            targets: targets?,
        })
    }

    /// The digest of the announcement.
    pub const fn announcement(&self) -> Digest {
        self.announcement
    }

    /// The seed.
    pub const fn seed(&self) -> Digest {
        self.seed
    }

    /// The digest of the drawn file.
    pub const fn drawn(&self) -> Digest {
        self.drawn
    }

    /// Each stratum that has a rule with its sealed cutoff, sorted by stratum.
    pub fn cutoffs(&self) -> &[(Stratum, Digest)] {
        &self.cutoffs
    }

    /// The sealed cutoff of a stratum.
    pub fn cutoff(&self, stratum: &Stratum) -> Option<Digest> {
        let place = self.cutoffs.binary_search_by(|(code, _)| code.cmp(stratum)).ok()?;
        Some(self.cutoffs[place].1)
    }

    /// The targets drawn, sorted by id.
    pub fn targets(&self) -> &[TargetId] {
        &self.targets
    }

    /// Whether a target was drawn.
    pub fn contains(&self, id: &TargetId) -> bool {
        self.targets.binary_search(id).is_ok()
    }

    /// Reads a public list.
    ///
    /// # Errors
    /// The first line that is not as the specification writes it.
    pub fn parse(file: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::new(file, Some("yicha-list/1"))?;
        let (announcement, seed) = read_head(&mut reader)?;
        let [drawn] = reader.fields("drawn")?;
        let drawn = Digest::new(reader.hex(2, drawn)?);
        let mut cutoffs: Vec<(Stratum, Digest)> = Vec::new();
        // A roster is never empty, so there is a rule.
        while cutoffs.is_empty() || reader.at("cutoff") {
            let [stratum, seal] = reader.fields("cutoff")?;
            let stratum = reader.parse(2, stratum)?;
            reader.ascending(cutoffs.last().map(|(before, _)| before), &stratum)?;
            cutoffs.push((stratum, Digest::new(reader.hex(3, seal)?)));
        }
        let mut targets: Vec<TargetId> = Vec::new();
        while reader.at("target") {
            let [id] = reader.fields("target")?;
            let id = reader.parse(2, id)?;
            reader.ascending(targets.last(), &id)?;
            targets.push(id);
        }
        reader.end()?;
        Ok(Self { announcement, seed, drawn, cutoffs, targets })
    }

    /// Writes the file.
    pub fn to_text(&self) -> String {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.finish()
    }

    fn write(&self, writer: &mut Writer<'_>) {
        writer.line(&[&"yicha-list/1"]);
        write_head(writer, &self.announcement, &self.seed);
        writer.line(&[&"drawn", &self.drawn]);
        for (stratum, seal) in &self.cutoffs {
            writer.line(&[&"cutoff", stratum, seal]);
        }
        for id in &self.targets {
            writer.pieces(&[b"target\t", id.as_str().as_bytes()]);
        }
    }

    /// The digest of the file.
    pub fn digest(&self, suite: Suite) -> Digest {
        Writer::digest(suite, |writer| self.write(writer))
    }
}
