//! A small min-cost flow by successive shortest paths, to judge a matching by other means than its own.

use crate::plain_matching::PlainProblem;
use std::collections::VecDeque;

/// An arc and, as its neighbour in the list, its reverse.
struct Arc {
    to: usize,
    left: u64,
    cost: i64,
}

/// A network with unit-wise costs.
#[derive(Default)]
struct Network {
    arcs: Vec<Arc>,
    leaving: Vec<Vec<usize>>,
}

impl Network {
    fn node(&mut self) -> usize {
        self.leaving.push(vec![]);
        self.leaving.len() - 1
    }

    fn arc(&mut self, from: usize, to: usize, left: u64, cost: i64) -> usize {
        let number = self.arcs.len();
        self.arcs.push(Arc { to, left, cost });
        self.arcs.push(Arc { to: from, left: 0, cost: -cost });
        self.leaving[from].push(number);
        self.leaving[to].push(number + 1);
        number
    }

    /// Sends one unit more on the cheapest way, if there is one.
    fn send(&mut self, source: usize, sink: usize) -> bool {
        let mut best: Vec<Option<(i64, usize)>> = vec![None; self.leaving.len()];
        let mut waiting = VecDeque::from([source]);
        best[source] = Some((0, usize::MAX));
        while let Some(node) = waiting.pop_front() {
            let Some((cost, _)) = best[node] else { continue };
            for &number in &self.leaving[node] {
                let arc = &self.arcs[number];
                let cost = cost + arc.cost;
                if arc.left > 0 && best[arc.to].is_none_or(|(other, _)| cost < other) {
                    best[arc.to] = Some((cost, number));
                    waiting.push_back(arc.to);
                }
            }
        }
        let mut node = sink;
        while let Some((_, number)) = best[node].filter(|_| node != source) {
            self.arcs[number].left -= 1;
            self.arcs[number ^ 1].left += 1;
            node = self.arcs[number ^ 1].to;
        }
        node == source
    }
}

/// The loads of an assignment of all places whose squares have the least sum, sorted. Among all assignments these are the most even: the largest load is the smallest possible, then the next.
///
/// # Errors
/// How many places stay open at least, when there is no assignment of all.
pub fn most_even_loads(problem: &PlainProblem) -> Result<Vec<u64>, usize> {
    let mut network = Network::default();
    let (source, sink) = (network.node(), network.node());
    let places = problem.places();
    let place_nodes: Vec<usize> = places.iter().map(|_| network.node()).collect();
    for &place in &place_nodes {
        network.arc(place, sink, 1, 0);
    }
    let mut units = vec![];
    for (i, (_, capacity, _)) in problem.inspectors.iter().enumerate() {
        let inspector = network.node();
        // The k-th place of an inspector costs 2k - 1, so k places cost k squared.
        let most = (*capacity).min(problem.targets.len() as u64);
        units.push(
            (1..=most).map(|k| network.arc(source, inspector, 1, 2 * k as i64 - 1)).collect(),
        );
        for t in 0..problem.targets.len() {
            let at_target = network.node();
            network.arc(inspector, at_target, 1, 0);
            for (&place, &node) in places.iter().zip(&place_nodes) {
                if place.0 == t && problem.may_fill(i, place) {
                    network.arc(at_target, node, 1, 0);
                }
            }
        }
    }
    let filled = places.iter().take_while(|_| network.send(source, sink)).count();
    if filled < places.len() {
        return Err(places.len() - filled);
    }
    let load =
        |arcs: &Vec<usize>| arcs.iter().filter(|&&arc| network.arcs[arc].left == 0).count() as u64;
    let mut loads: Vec<u64> = units.iter().map(load).collect();
    loads.sort_unstable();
    Ok(loads)
}
