//! The matching of draw-spec section 7 written down step by step, with no thought of speed and nothing taken from the
//! library but digests: the oracle for the fast one.

use std::fmt::Write;

/// A matching problem, everything sorted as in its file.
#[derive(Clone, Debug)]
pub struct PlainProblem {
    /// The department's id.
    pub department: String,
    /// Targets with the codes of each slot; no codes for `*`.
    pub targets: Vec<(String, Vec<Vec<String>>)>,
    /// Inspectors with capacity and codes.
    pub inspectors: Vec<(String, u64, Vec<String>)>,
    /// (inspector, target).
    pub recusals: Vec<(String, String)>,
}

/// A place: the numbers of its target and of its slot there.
pub type Place = (usize, usize);

/// What the specification makes of a problem and a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainMatching {
    /// The inspector's number for each place, in the order of (target, slot).
    pub matches: Vec<(Place, usize)>,
    /// Places left open by the deal.
    pub open_places: usize,
    /// Searches of step 3 that ended at somebody.
    pub repairs: usize,
    /// Searches of step 4 that ended at somebody.
    pub moves: usize,
}

/// The places that entered the search that ran empty, and the inspectors reached in it; sorted.
pub type PlainShortage = (Vec<Place>, Vec<usize>);

impl PlainProblem {
    /// The parts of a text file that is known to be as the specification has it.
    ///
    /// # Panics
    /// When it is not.
    pub fn of_text(text: &str) -> Self {
        let codes = |text: &str, none: &str, separator: char| -> Vec<String> {
            if text == none { vec![] } else { text.split(separator).map(str::to_owned).collect() }
        };
        let slots = |text: &str| text.split(',').map(|slot| codes(slot, "*", '+')).collect();
        let mut problem = Self {
            department: String::new(),
            targets: vec![],
            inspectors: vec![],
            recusals: vec![],
        };
        for line in text.lines().skip(1) {
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["department", id] => problem.department = id.into(),
                ["salt", _] => {}
                ["target", id, text] => problem.targets.push((id.into(), slots(text))),
                ["inspector", id, capacity, has] => {
                    let capacity = capacity.parse().expect("a number");
                    problem.inspectors.push((id.into(), capacity, codes(has, "-", ',')));
                }
                ["recusal", inspector, target] => {
                    problem.recusals.push((inspector.into(), target.into()));
                }
                _ => panic!("{line}"),
            }
        }
        problem
    }

    /// The text file, with a salt that counts up.
    pub fn to_text(&self) -> String {
        let mut text = format!("yicha-matching/1\ndepartment\t{}\n", self.department);
        text += "salt\t000102030405060708090a0b0c0d0e0f\n";
        let star = |codes: &Vec<String>| {
            if codes.is_empty() { "*".into() } else { codes.join("+") }
        };
        for (id, slots) in &self.targets {
            let slots: Vec<String> = slots.iter().map(star).collect();
            writeln!(text, "target\t{id}\t{}", slots.join(",")).expect("a string takes all");
        }
        for (id, capacity, codes) in &self.inspectors {
            let codes = if codes.is_empty() { "-".into() } else { codes.join(",") };
            writeln!(text, "inspector\t{id}\t{capacity}\t{codes}").expect("a string takes all");
        }
        for (inspector, target) in &self.recusals {
            writeln!(text, "recusal\t{inspector}\t{target}").expect("a string takes all");
        }
        text
    }

    /// Inspector `i` may fill the place.
    pub fn may_fill(&self, i: usize, (t, s): Place) -> bool {
        let (inspector, _, has) = &self.inspectors[i];
        let (target, slots) = &self.targets[t];
        slots[s].iter().all(|code| has.contains(code))
            && !self.recusals.iter().any(|(i, t)| i == inspector && t == target)
    }

    /// All places in the order of (t, s).
    pub fn places(&self) -> Vec<Place> {
        let slots = |t: usize| 0..self.targets[t].1.len();
        (0..self.targets.len()).flat_map(|t| slots(t).map(move |s| (t, s))).collect()
    }

    /// Steps 1 to 4.
    ///
    /// # Errors
    /// The shortage, worked out anew as the specification has it.
    pub fn solve(&self, seed: [u8; 32]) -> Result<PlainMatching, PlainShortage> {
        let mut run = Run::new(self, Some(ChaCha20 { key: seed, taken: 0 }));
        match run.deal_and_repair() {
            Ok(open_places) => {
                let moves = run.balance();
                let filled = |place: Place| run.filler(place).expect("all places are filled");
                let matches = self.places().into_iter().map(|p| (p, filled(p))).collect();
                Ok(PlainMatching { matches, open_places, repairs: open_places, moves })
            }
            Err(_) => Err(self.shortage().expect("a shortage does not depend on the seed")),
        }
    }

    /// Steps 1 to 3 in file order with 0 for every number.
    pub fn shortage(&self) -> Option<PlainShortage> {
        Run::new(self, None).deal_and_repair().err()
    }

    /// Whether the counting of a shortage holds: S has more places than the inspectors can fill of them.
    pub fn proves_shortage(&self, (places, reached): &PlainShortage) -> bool {
        let mut most = 0;
        for (i, (_, capacity, _)) in self.inspectors.iter().enumerate() {
            if reached.contains(&i) {
                most += u128::from(*capacity);
            } else {
                let may_at = |t| places.iter().any(|&(u, s)| u == t && self.may_fill(i, (u, s)));
                most += (0..self.targets.len()).filter(|&t| may_at(t)).count() as u128;
            }
        }
        places.len() as u128 > most
    }
}

/// One run of the steps.
struct Run<'a> {
    problem: &'a PlainProblem,
    numbers: Option<ChaCha20>,
    /// The order Q.
    q: Vec<usize>,
    /// Inspector of each place, by target and slot.
    filled: Vec<Vec<Option<usize>>>,
}

impl<'a> Run<'a> {
    fn new(problem: &'a PlainProblem, numbers: Option<ChaCha20>) -> Self {
        let filled = problem.targets.iter().map(|(_, slots)| vec![None; slots.len()]).collect();
        Self { problem, numbers, q: vec![], filled }
    }

    fn uniform(&mut self, n: u64) -> u64 {
        self.numbers.as_mut().map_or(0, |numbers| numbers.uniform(n))
    }

    fn shuffle(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        if self.numbers.is_some() {
            for j in (1..n).rev() {
                order.swap(j, self.uniform(j as u64 + 1) as usize);
            }
        }
        order
    }

    fn filler(&self, (t, s): Place) -> Option<usize> {
        self.filled[t][s]
    }

    /// The places that an inspector fills, in the order of (t, s).
    fn places_of(&self, i: usize) -> Vec<Place> {
        self.problem.places().into_iter().filter(|&p| self.filler(p) == Some(i)).collect()
    }

    fn assigned(&self, i: usize) -> u64 {
        self.filled.iter().flatten().filter(|&&filler| filler == Some(i)).count() as u64
    }

    fn has_capacity(&self, i: usize) -> bool {
        self.assigned(i) < self.problem.inspectors[i].1
    }

    /// Steps 1 to 3; the number of places that step 2 left open.
    fn deal_and_repair(&mut self) -> Result<usize, PlainShortage> {
        let p = self.shuffle(self.problem.targets.len());
        self.q = self.shuffle(self.problem.inspectors.len());
        let mut open = vec![];
        for t in p {
            for s in 0..self.filled[t].len() {
                let candidate = |&i: &usize| {
                    self.problem.may_fill(i, (t, s))
                        && !self.filled[t].contains(&Some(i))
                        && self.has_capacity(i)
                };
                let candidates: Vec<usize> =
                    (0..self.problem.inspectors.len()).filter(candidate).collect();
                let Some(smallest) = candidates.iter().map(|&i| self.assigned(i)).min() else {
                    open.push((t, s));
                    continue;
                };
                let keep = |&i: &usize| self.assigned(i) == smallest;
                let kept: Vec<usize> = candidates.into_iter().filter(keep).collect();
                let number = self.uniform(kept.len() as u64) as usize;
                self.filled[t][s] = Some(kept[number]);
            }
        }
        for &place in &open {
            let mut search = Search::default();
            search.enter(place, None);
            match search.run(self, |i| self.has_capacity(i)) {
                Some(end) => self.apply(&search, end),
                None => {
                    let mut places: Vec<Place> = search.entered.iter().map(|e| e.0).collect();
                    places.sort_unstable();
                    search.reached.sort_unstable();
                    return Err((places, search.reached));
                }
            }
        }
        Ok(open.len())
    }

    /// Step 4; the number of searches that ended at somebody.
    fn balance(&mut self) -> usize {
        let mut moves = 0;
        let inspectors = 0..self.problem.inspectors.len();
        let largest = inspectors.map(|i| self.assigned(i)).max().unwrap_or(0);
        for level in (2..=largest).rev() {
            loop {
                let mut search = Search::default();
                for &i in self.q.iter().filter(|&&i| self.assigned(i) == level) {
                    search.reached.push(i);
                    self.places_of(i).into_iter().for_each(|place| search.enter(place, None));
                }
                let fewer = |i| self.assigned(i) + 2 <= level && self.has_capacity(i);
                let Some(end) = search.run(self, fewer) else { break };
                self.apply(&search, end);
                moves += 1;
            }
        }
        moves
    }

    /// i fills x; whoever filled x goes to the place that was looked at when x entered, and so on.
    fn apply(&mut self, search: &Search, (mut i, mut x): (usize, Place)) {
        loop {
            let before = self.filled[x.0][x.1].replace(i);
            match (search.entry(x).expect("the place entered").1, before) {
                (Some(earlier), Some(j)) => (i, x) = (j, earlier),
                _ => return,
            }
        }
    }
}

/// One breadth-first search.
#[derive(Default)]
struct Search {
    /// Every place that entered, in that order, with the place that was looked at then. The queue is its untaken rest.
    entered: Vec<(Place, Option<Place>)>,
    reached: Vec<usize>,
}

impl Search {
    fn entry(&self, place: Place) -> Option<&(Place, Option<Place>)> {
        self.entered.iter().find(|(entered, _)| *entered == place)
    }

    fn enter(&mut self, place: Place, looked_at: Option<Place>) {
        if self.entry(place).is_none() {
            self.entered.push((place, looked_at));
        }
    }

    fn run(&mut self, run: &Run<'_>, ends: impl Fn(usize) -> bool) -> Option<(usize, Place)> {
        let mut taken = 0;
        while let Some(&(x, _)) = self.entered.get(taken) {
            taken += 1;
            for &i in &run.q {
                if !run.problem.may_fill(i, x) || run.filler(x) == Some(i) {
                    continue;
                }
                let at_target = run.filled[x.0].iter().position(|&filler| filler == Some(i));
                if let Some(s) = at_target {
                    self.enter((x.0, s), Some(x));
                    continue;
                }
                if self.reached.contains(&i) {
                    continue;
                }
                self.reached.push(i);
                if ends(i) {
                    return Some((i, x));
                }
                run.places_of(i).into_iter().for_each(|place| self.enter(place, Some(x)));
            }
        }
        None
    }
}

/// The keystream as numbers.
struct ChaCha20 {
    key: [u8; 32],
    /// Numbers taken so far.
    taken: u64,
}

impl ChaCha20 {
    fn next(&mut self) -> u64 {
        let block = self.block(self.taken / 8);
        let at = (self.taken % 8) as usize * 2;
        self.taken += 1;
        u64::from(block[at]) | u64::from(block[at + 1]) << 32
    }

    fn uniform(&mut self, n: u64) -> u64 {
        let n = u128::from(n);
        loop {
            let x = u128::from(self.next());
            if x < (1 << 64) - (1 << 64) % n {
                return (x % n) as u64;
            }
        }
    }

    /// The ChaCha block function with 20 rounds, a 64-bit counter and stream 0.
    fn block(&self, counter: u64) -> [u32; 16] {
        let mut state = [0u32; 16];
        state[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        for (word, bytes) in state[4..12].iter_mut().zip(self.key.chunks(4)) {
            *word = bytes.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte));
        }
        (state[12], state[13]) = (counter as u32, (counter >> 32) as u32);
        let start = state;
        let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
            for (a, b, d, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                state[a] = state[a].wrapping_add(state[b]);
                state[d] = (state[d] ^ state[a]).rotate_left(turn);
            }
        };
        for _ in 0..10 {
            (0..4).for_each(|i| quarter(i, 4 + i, 8 + i, 12 + i));
            (0..4).for_each(|i| quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4));
        }
        std::array::from_fn(|i| state[i].wrapping_add(start[i]))
    }
}
