//! An office with single cases, for a server that has to do with a few inspections of a large district.

use crate::calendar::Calendar;
use crate::convert::FileBytes;
use crate::edition::{Edition, or_built_in};
use crate::error::Answered;
use crate::json::{Json, parse};
use crate::ledger::{Log, Tip};
use crate::office::{office_methods, or_china};
use pyo3::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use yicha::case::CaseId;
use yicha::code::CaseCode;
use yicha::ledger::InclusionProof;
use yicha::office as core;
use yicha::refusal::Refusal;

/// An office that has the cases of some inspections, and every case of the other kinds.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct CaseOffice(Mutex<core::CaseOffice>);

impl CaseOffice {
    fn look<T: Send>(
        &self,
        py: Python<'_>,
        look: impl FnOnce(&core::Office) -> Result<T, Refusal> + Send,
    ) -> Result<T, Refusal> {
        self.change(py, |office| office.look(look))
    }

    fn change<T: Send>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut core::CaseOffice) -> T + Send,
    ) -> T {
        py.detach(|| change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn read_tip(&self, py: Python<'_>) -> yicha::ledger::Tip {
        self.change(py, |office| office.tip().clone())
    }
}

/// The cases of the inspections with these numbers.
fn cases_of(inspections: Vec<String>) -> Answered<BTreeSet<CaseId>> {
    let mut cases = BTreeSet::new();
    for inspection in inspections {
        cases.extend(core::CaseOffice::cases_of(&CaseCode::new(inspection)?));
    }
    Ok(cases)
}

office_methods!(CaseOffice, {
    /// Loads the cases of these inspections from entries that are proved to stand under the head of `tip`: pairs of an
    /// entry and its inclusion proof, in their order; all of these inspections and all of cases of other kinds.
    #[staticmethod]
    #[pyo3(signature = (tip, inspections, entries, *, edition=None, calendar=None))]
    fn proved(
        tip: &Bound<'_, Tip>,
        inspections: Vec<String>,
        entries: Vec<(FileBytes, Json)>,
        edition: Option<&Bound<'_, Edition>>,
        calendar: Option<&Bound<'_, Calendar>>,
    ) -> Answered<Self> {
        let proofs: Vec<InclusionProof> =
            entries.iter().map(|(_, proof)| parse(proof)).collect::<Answered<_>>()?;
        let entries = entries.iter().map(|(entry, _)| entry.0.as_slice()).zip(&proofs);
        let (edition, calendar) = (or_built_in(edition), or_china(calendar));
        let (tip, named) = (tip.get().0.clone(), cases_of(inspections)?);
        let office = core::CaseOffice::proved(edition, calendar, tip, named, entries)?;
        Ok(Self(Mutex::new(office)))
    }

    /// The same from entries of a store for which the host vouches.
    #[staticmethod]
    #[pyo3(signature = (tip, inspections, entries, *, edition=None, calendar=None))]
    fn vouched(
        tip: &Bound<'_, Tip>,
        inspections: Vec<String>,
        entries: Log,
        edition: Option<&Bound<'_, Edition>>,
        calendar: Option<&Bound<'_, Calendar>>,
    ) -> Answered<Self> {
        let entries = entries.0.iter().map(Vec::as_slice);
        let (edition, calendar) = (or_built_in(edition), or_china(calendar));
        let (tip, named) = (tip.get().0.clone(), cases_of(inspections)?);
        let office = core::CaseOffice::vouched(edition, calendar, tip, named, entries)?;
        Ok(Self(Mutex::new(office)))
    }
});
