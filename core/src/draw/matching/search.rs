//! Steps 3 and 4 of the matching: breadth-first searches for a chain of moves.
//!
//! The plain algorithm of the specification looks at every inspector for every place in the queue. Here nothing is
//! looked at that cannot change the outcome, and the order of what remains is the same:
//!
//! - Inspectors not reached yet are a bitset in the order Q. A kind of place for which it holds nobody any more is
//!   passed over, because nobody enters the queue through it again.
//! - The places of a reached inspector stand in the queue as one piece and are unfolded when their turn comes.
//! - What a search that ran dry had reached is closed. Everything that can be reached from there is closed as well,
//!   and none of it ends a later search, which asks for fewer places still. So a later search that leaves it out finds
//!   the same chain, and no later move changes that: a chain never passes through what is closed.

use super::bits::{Bits, ones};
use super::board::{Board, OPEN};
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// When an inspector who was reached can take one more.
#[derive(Clone, Copy)]
pub(super) enum Goal {
    /// Anybody with capacity left.
    Spare,
    /// Somebody with capacity left and at most so many places.
    AtMost(u32),
}

/// How a place came into the queue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// Not at all.
    Never,
    /// The search began with it, or with the inspector who fills it.
    Start,
    /// Its inspector could move from it to this place.
    From(u32),
}

/// A piece of the queue.
enum Piece {
    Place(u32),
    /// All places of an inspector that did not enter before.
    AllOf(u32),
}

/// The searches on one board. The arrays are kept from one search to the next.
pub(super) struct Search {
    /// Inspectors in the order Q, and the place of each in it.
    order: Vec<u32>,
    rank: Vec<u32>,
    /// Candidates of each kind as ranks.
    holders: Vec<Bits>,
    /// Ranks not reached in this search.
    unreached: Bits,
    /// Kinds for which somebody may be left in `unreached`.
    live: Vec<bool>,
    /// Ranks that a dry search has reached, and the places that entered it singly.
    closed: Bits,
    closed_places: Bits,
    /// How the places of each reached inspector entered, and the places that entered singly.
    inspector_entry: Vec<Entry>,
    place_entry: Vec<Entry>,
    single: Vec<u32>,
    reached: Vec<u32>,
    queue: VecDeque<Piece>,
}

impl Search {
    pub(super) fn new(board: &Board<'_>, order: Vec<u32>) -> Self {
        let mut rank = alloc::vec![0; order.len()];
        for (r, &inspector) in (0..).zip(&order) {
            rank[inspector as usize] = r;
        }
        let kinds = 0..board.problem.kinds().len() as u32;
        let holders = kinds.map(|kind| {
            let mut bits = Bits::empty(order.len());
            board.problem.holders(kind).iter().for_each(|i| bits.insert(rank[i as usize]));
            bits
        });
        Self {
            holders: holders.collect(),
            unreached: Bits::empty(order.len()),
            live: Vec::new(),
            closed: Bits::empty(order.len()),
            closed_places: Bits::empty(board.filled_by.len()),
            inspector_entry: alloc::vec![Entry::Never; order.len()],
            place_entry: alloc::vec![Entry::Never; board.filled_by.len()],
            single: Vec::new(),
            reached: Vec::new(),
            queue: VecDeque::new(),
            order,
            rank,
        }
    }

    /// Fills an open place, moving others if need be. `false` when nothing can.
    pub(super) fn repair(&mut self, board: &mut Board<'_>, open: u32) -> bool {
        self.clear(board);
        self.enter(open, Entry::Start);
        match self.run(board, Goal::Spare) {
            Some((place, inspector)) => {
                self.apply(board, place, inspector);
                true
            }
            None => false,
        }
    }

    /// Takes one place from somebody with `level` of them and lets somebody have one more who has two fewer.
    /// `false` when nothing can; what was reached is closed then.
    pub(super) fn level(&mut self, board: &mut Board<'_>, level: u32) -> bool {
        match self.find_at(board, level) {
            Some((place, inspector)) => {
                self.apply(board, place, inspector);
                true
            }
            None => false,
        }
    }

    /// Looks for a chain from an inspector with `level` places to one with two fewer.
    pub(super) fn find_at(&mut self, board: &Board<'_>, level: u32) -> Option<(u32, u32)> {
        self.clear(board);
        for r in 0..self.order.len() as u32 {
            let inspector = self.order[r as usize];
            if board.assigned[inspector as usize] == level && self.unreached.contains(r) {
                self.reach(r, Entry::Start);
            }
        }
        let found = self.run(board, Goal::AtMost(level.saturating_sub(2)));
        if found.is_none() {
            self.close();
        }
        found
    }

    /// The largest number of places that an inspector not closed has, below `below`.
    pub(super) fn next_level(&self, board: &Board<'_>, below: u32) -> Option<u32> {
        let open = self.order.iter().filter(|&&i| !self.closed.contains(self.rank[i as usize]));
        open.map(|&i| board.assigned[i as usize]).filter(|&n| n < below).max()
    }

    /// The places that entered the last search and the inspectors reached in it.
    pub(super) fn extent(&self, board: &Board<'_>) -> (Vec<u32>, Vec<u32>) {
        let all_of = self.reached.iter().flat_map(|&i| board.places_of(i));
        let mut places: Vec<u32> = self.single.iter().chain(all_of).copied().collect();
        places.sort_unstable();
        places.dedup();
        let mut inspectors = self.reached.clone();
        inspectors.sort_unstable();
        (places, inspectors)
    }

    fn clear(&mut self, board: &Board<'_>) {
        self.unreached = Bits::full(self.order.len());
        self.unreached.subtract(&self.closed);
        self.live = alloc::vec![true; board.problem.kinds().len()];
        for inspector in self.reached.drain(..) {
            self.inspector_entry[inspector as usize] = Entry::Never;
        }
        for place in self.single.drain(..) {
            self.place_entry[place as usize] = Entry::Never;
        }
        self.queue.clear();
    }

    /// Closes what the last search has reached, which ran dry.
    pub(super) fn close(&mut self) {
        for &inspector in &self.reached {
            self.closed.insert(self.rank[inspector as usize]);
        }
        for &place in &self.single {
            self.closed_places.insert(place);
        }
    }

    /// A single place enters the queue.
    fn enter(&mut self, place: u32, entry: Entry) {
        self.place_entry[place as usize] = entry;
        self.single.push(place);
        self.queue.push_back(Piece::Place(place));
    }

    /// An inspector is reached and his places enter the queue.
    fn reach(&mut self, rank: u32, entry: Entry) {
        let inspector = self.order[rank as usize];
        self.unreached.remove(rank);
        self.inspector_entry[inspector as usize] = entry;
        self.reached.push(inspector);
        self.queue.push_back(Piece::AllOf(inspector));
    }

    fn run(&mut self, board: &Board<'_>, goal: Goal) -> Option<(u32, u32)> {
        while let Some(piece) = self.queue.pop_front() {
            let found = match piece {
                Piece::Place(place) => self.look_at(board, place, goal),
                Piece::AllOf(inspector) => {
                    let places = board.places_of(inspector).iter();
                    places.copied().find_map(|place| {
                        // What entered singly has its own turn, and what is closed leads nowhere.
                        let entered = self.place_entry[place as usize] != Entry::Never;
                        let skip = entered || self.closed_places.contains(place);
                        if skip { None } else { self.look_at(board, place, goal) }
                    })
                }
            };
            if found.is_some() {
                return found.map(|(place, rank)| (place, self.order[rank as usize]));
            }
        }
        None
    }

    /// Looks from one place of the queue at those who may fill it, and gives the one with whom the search ends.
    fn look_at(&mut self, board: &Board<'_>, place: u32, goal: Goal) -> Option<(u32, u32)> {
        let kind = board.problem.place_kinds()[place as usize] as usize;
        if !self.live[kind] {
            return None;
        }
        let target = board.target_of[place as usize];
        let recused = board.problem.recused(target);
        let mut live = false;
        for word in 0..self.unreached.words().len() {
            let candidates = self.holders[kind].words()[word] & self.unreached.words()[word];
            for bit in ones(candidates) {
                let rank = word as u32 * 64 + bit;
                let inspector = self.order[rank as usize];
                if recused.iter().any(|&(_, recused)| recused == inspector) {
                    live = true;
                } else if let Some(other) = self.other_place(board, inspector, target) {
                    live = true;
                    if other != place && !self.entered(board, other) {
                        self.enter(other, Entry::From(place));
                    }
                } else if self.ends(board, inspector, goal) {
                    return Some((place, rank));
                } else {
                    self.reach(rank, Entry::From(place));
                }
            }
        }
        self.live[kind] = live;
        None
    }

    /// The place of the target that an inspector fills.
    fn other_place(&self, board: &Board<'_>, inspector: u32, target: u32) -> Option<u32> {
        board.problem.places_of(target).find(|&p| board.filled_by[p as usize] == inspector)
    }

    /// Whether a place has entered the queue, or is closed.
    fn entered(&self, board: &Board<'_>, place: u32) -> bool {
        let inspector = board.filled_by[place as usize];
        self.place_entry[place as usize] != Entry::Never
            || self.closed_places.contains(place)
            || (inspector != OPEN && self.inspector_entry[inspector as usize] != Entry::Never)
    }

    fn ends(&self, board: &Board<'_>, inspector: u32, goal: Goal) -> bool {
        let assigned = board.assigned[inspector as usize];
        let most = match goal {
            Goal::Spare => u32::MAX,
            Goal::AtMost(most) => most,
        };
        assigned <= most && assigned < board.problem.capacity(inspector)
    }

    /// Moves along the chain that ends with `inspector` taking `place`.
    fn apply(&self, board: &mut Board<'_>, mut place: u32, mut inspector: u32) {
        loop {
            let before = board.hand_over(place, inspector);
            let entry = match self.place_entry[place as usize] {
                Entry::Never => self.inspector_entry[before as usize],
                single => single,
            };
            let Entry::From(parent) = entry else { return };
            (place, inspector) = (parent, before);
        }
    }
}
