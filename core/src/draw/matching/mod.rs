//! The matching of a department's inspectors to the places at the drawn targets. Draw-spec section 7, article 19.
//!
//! The outcome exists whenever any assignment does, and its loads are as even as any assignment's can be. Both can be
//! seen from the result alone: [`Problem::check`] and [`Shortage::check`].

mod bits;
mod board;
mod deal;
mod matched;
mod problem;
mod search;
mod shortage;

pub use matched::{Match, Matched, MatchedError};
pub use problem::{Candidate, Problem, ProblemError, Recusal, Slot, TargetPlaces};
pub use shortage::{Need, Shortage, ShortageError, ShortageSummary};

use super::announcement::Subject;
use super::ceremony::{Drawn, Inspectors, Refused, Sealed};
use super::seed::Seed;
use super::stream::Stream;
use crate::citation::Basis;
use crate::code::DepartmentId;
use crate::explain::{Explain, Lang};
use crate::hash::Digest;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use board::Board;
use deal::{Choice, deal};
use search::Search;

/// Who fills which place of a [`Problem`], by their numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// The inspector of each place.
    filled_by: Vec<u32>,
    /// The number of places of each inspector.
    assigned: Vec<u32>,
    steps: Steps,
}

/// How much each step of the algorithm had to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Places that the deal left open.
    pub open_places: usize,
    /// Open places that were filled by moving others.
    pub repairs: usize,
    /// Moves that made the loads more even.
    pub moves: usize,
}

impl Matching {
    /// The number of the inspector who fills each place, targets and slots in order.
    pub fn filled_by(&self) -> &[u32] {
        &self.filled_by
    }

    /// The number of places that each inspector fills.
    pub fn assigned(&self) -> &[u32] {
        &self.assigned
    }

    /// How much each step had to do.
    pub const fn steps(&self) -> Steps {
        self.steps
    }
}

impl Problem {
    /// Matches inspectors to places as the seed has it.
    ///
    /// # Errors
    /// The shortage, when no assignment fills all places. It does not depend on the seed.
    pub fn solve(&self, seed: &Seed) -> Result<Matching, Shortage> {
        let mut choice = Choice::Seeded(Stream::new(seed));
        match self.fill(&mut choice) {
            Ok((mut board, mut search, mut steps)) => {
                steps.moves = balance(&mut board, &mut search);
                Ok(Matching { filled_by: board.filled_by, assigned: board.assigned, steps })
            }
            Err(shortage) => Err(self.shortage().unwrap_or(shortage)),
        }
    }

    /// The shortage, if there is one: known before anything is announced.
    pub fn shortage(&self) -> Option<Shortage> {
        self.fill(&mut Choice::First).err()
    }

    /// All that is missing, where [`Problem::shortage`] stops at the first place that cannot be filled: a proof as well,
    /// but of as many missing places as there are. This is what an officer wants to know; the file tells the first.
    pub fn whole_shortage(&self) -> Option<Shortage> {
        let (mut board, mut search, open) = self.dealt(&mut Choice::First);
        let (mut places, mut inspectors) = (Vec::new(), Vec::new());
        for place in open {
            if !search.repair(&mut board, place) {
                let (more_places, more_inspectors) = search.extent(&board);
                places.extend(more_places);
                inspectors.extend(more_inspectors);
                search.close();
            }
        }
        places.sort_unstable();
        places.dedup();
        inspectors.sort_unstable();
        (!places.is_empty()).then(|| Shortage::new(self, &places, &inspectors))
    }

    /// Steps 1 to 3.
    fn fill(&self, choice: &mut Choice) -> Result<(Board<'_>, Search, Steps), Shortage> {
        let (mut board, mut search, open) = self.dealt(choice);
        for &place in &open {
            if !search.repair(&mut board, place) {
                let (places, inspectors) = search.extent(&board);
                return Err(Shortage::new(self, &places, &inspectors));
            }
        }
        let steps = Steps { open_places: open.len(), repairs: open.len(), moves: 0 };
        Ok((board, search, steps))
    }

    /// Steps 1 and 2, and the places left open.
    fn dealt(&self, choice: &mut Choice) -> (Board<'_>, Search, Vec<u32>) {
        let targets = choice.shuffle(self.targets().len());
        let inspectors = choice.shuffle(self.inspectors().len());
        let mut board = Board::new(self);
        let open = deal(&mut board, &targets, choice);
        let search = Search::new(&board, inspectors);
        (board, search, open)
    }

    /// Whether a result fills every place lawfully and as evenly as possible, seen from the result alone.
    ///
    /// # Errors
    /// The first place that is wrong, or the inspector whose load could be smaller.
    pub fn check(&self, matched: &Matched) -> Result<(), MatchedError> {
        let mut board = Board::new(self);
        matched.lay_out(self, &mut board)?;
        let mut search = Search::new(&board, (0..self.inspectors().len() as u32).collect());
        let mut below = u32::MAX;
        while let Some(level) = search.next_level(&board, below).filter(|&level| level > 1) {
            if let Some((_, fewer)) = search.find_at(&board, level) {
                let fewer_assigned = board.assigned[fewer as usize];
                let fewer = self.inspectors()[fewer as usize].inspector.clone();
                return Err(MatchedError::Uneven { level, fewer, fewer_assigned });
            }
            below = level;
        }
        Ok(())
    }
}

/// Step 4, and how many moves it took.
fn balance(board: &mut Board<'_>, search: &mut Search) -> usize {
    let mut moves = 0;
    let mut below = u32::MAX;
    while let Some(level) = search.next_level(board, below).filter(|&level| level > 1) {
        while search.level(board, level) {
            moves += 1;
        }
        below = level;
    }
    moves
}

/// Why a sealed attempt was not matched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MatchError {
    /// Another problem than the one announced.
    #[error("the problem has the digest {found}, announced was {announced}")]
    OtherProblem {
        /// Digest of the problem given.
        found: Digest,
        /// Digest announced.
        announced: Digest,
    },
    /// Another department's problem.
    #[error("the problem is of department {found}, announced was {announced}")]
    OtherDepartment {
        /// The problem's department.
        found: DepartmentId,
        /// The one announced.
        announced: DepartmentId,
    },
    /// There is no assignment. A problem with a shortage should not have been announced.
    #[error("there is no assignment: {} places cannot be filled", .0.places().len())]
    Shortage(Shortage),
}

impl Explain for MatchError {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherProblem { .. } => "matching-other-problem",
            Self::OtherDepartment { .. } => "matching-other-department",
            Self::Shortage(_) => "matching-shortage",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(7)
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::OtherProblem { found, announced } => {
                format!("匹配问题的摘要为{found}，公告为{announced}")
            }
            Self::OtherDepartment { found, announced } => {
                format!("匹配问题属于部门{found}，公告的部门为{announced}")
            }
            Self::Shortage(shortage) => {
                format!("没有可行的匹配：{}个岗位无法全部配齐", shortage.places().len())
            }
        }
    }
}

impl Sealed<Inspectors> {
    /// Matches the inspectors: the only thing that can be done with this seed.
    ///
    /// # Errors
    /// [`MatchError`], with the attempt as it was.
    pub fn match_inspectors(
        self,
        problem: &Problem,
    ) -> Result<Drawn<Inspectors, Matching>, Refused<Self, MatchError>> {
        let found = problem.digest(self.announcement().terms().suite);
        match self.announcement().subject() {
            Subject::Inspectors { department, problem: announced, .. } if *announced == found => {
                if let Err(error) = problem.check_department(department) {
                    return Err(Box::new((self, error)));
                }
            }
            Subject::Inspectors { problem: announced, .. } => {
                let announced = *announced;
                return Err(Box::new((self, MatchError::OtherProblem { found, announced })));
            }
            // A sealed inspectors' attempt has this subject by construction.
            Subject::Targets { .. } => {
                let announced = Digest::ZERO;
                return Err(Box::new((self, MatchError::OtherProblem { found, announced })));
            }
        }
        match problem.solve(self.seed()) {
            Ok(matching) => Ok(self.finish(matching)),
            Err(shortage) => Err(Box::new((self, MatchError::Shortage(shortage)))),
        }
    }
}

impl Drawn<Inspectors, Matching> {
    /// The matched file.
    pub fn matched(&self, problem: &Problem) -> Matched {
        Matched::new(self.announcement().digest(), *self.seed(), problem, self.outcome())
    }
}
