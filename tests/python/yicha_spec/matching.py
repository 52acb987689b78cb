"""Section 7: the matching, the shortage test, and what can be checked from a result alone."""

from collections import deque

from .stream import FileOrder, Stream
from .text import Refused, require


class Short(Exception):
    """No assignment exists: the places that entered the search that ran dry, and the inspectors it reached."""

    def __init__(self, places, inspectors):
        super().__init__(f"{len(places)} places, {len(inspectors)} inspectors")
        self.places, self.inspectors = places, inspectors


class Matching:
    """Who fills which place. `Q` is the order in which a search looks at inspectors."""

    def __init__(self, problem, Q=()):
        self.problem = problem
        self.Q = Q
        self.capacity = [capacity for _, capacity, _ in problem.inspectors]
        self.assigned = [0] * len(problem.inspectors)
        self.holder = {}  # place -> inspector
        self.held = [set() for _ in problem.inspectors]  # inspector -> places

    def place_at(self, i, t):
        """The place of target t that inspector i fills, if any."""
        return next((place for place in self.held[i] if place[0] == t), None)

    def fill(self, i, place):
        former = self.holder.get(place)
        if former is not None:
            self.held[former].discard(place)
        self.holder[place] = i
        self.held[i].add(place)

    def deal(self, P, stream):
        """Step 2; the answer is the list of open places."""
        open_places = []
        for t in P:
            for s in range(len(self.problem.targets[t][1])):
                candidates = [i for i in range(len(self.assigned)) if self.can_take(i, (t, s))]
                if not candidates:
                    open_places.append((t, s))
                    continue
                fewest = min(self.assigned[i] for i in candidates)
                candidates = [i for i in candidates if self.assigned[i] == fewest]
                i = candidates[stream.uniform(len(candidates))]
                self.fill(i, (t, s))
                self.assigned[i] += 1
        return open_places

    def can_take(self, i, place):
        return (
            self.assigned[i] < self.capacity[i]
            and self.problem.may_fill(i, place)
            and self.place_at(i, place[0]) is None
        )

    def search(self, places, reached, is_end):
        """The breadth-first search of step 3. Answers (end, place, entered), with no end when the queue ran empty.

        `entered` says of each place that entered the queue while which place was looked at, and `reached` grows.
        """
        entered = dict.fromkeys(places)
        queue = deque(entered)

        def enter(y, x):
            if y not in entered:
                entered[y] = x
                queue.append(y)

        while queue:
            x = queue.popleft()
            for i in self.Q:
                if self.holder.get(x) == i or not self.problem.may_fill(i, x):
                    continue
                y = self.place_at(i, x[0])
                if y is not None:
                    enter(y, x)
                elif i not in reached:
                    reached.add(i)
                    if is_end(i):
                        return i, x, entered
                    for y in sorted(self.held[i]):
                        enter(y, x)
        return None, None, entered

    def move(self, end, place, entered):
        """Applies the moves of a search that ended; answers who lost a place, if anybody."""
        self.assigned[end] += 1
        i = end
        while place is not None:
            former = self.holder.get(place)
            self.fill(i, place)
            i, place = former, entered[place]
        return i

    def repair(self, open_places):
        """Step 3; answers how many places were repaired."""
        for place in open_places:
            reached = set()
            end, last, entered = self.search([place], reached, lambda i: self.assigned[i] < self.capacity[i])
            if end is None:
                raise Short(sorted(entered), sorted(reached))
            self.move(end, last, entered)
        return len(open_places)

    def lighten(self, level):
        """One search of step 4 from all inspectors with `level` places; answers its end, place and way."""
        full = [i for i in self.Q if self.assigned[i] == level]
        places = [place for i in full for place in sorted(self.held[i])]

        def is_end(i):
            return self.assigned[i] <= level - 2 and self.assigned[i] < self.capacity[i]

        return self.search(places, set(full), is_end)

    def balance(self):
        """Step 4; answers how many searches ended with a move."""
        moves = 0
        for level in range(max(self.assigned, default=0), 1, -1):
            while True:
                end, place, entered = self.lighten(level)
                if end is None:
                    break
                self.assigned[self.move(end, place, entered)] -= 1
                moves += 1
        return moves

    def matches(self):
        """The lines of the matched file."""
        targets, inspectors = self.problem.targets, self.problem.inspectors
        return [(targets[t][0], s, inspectors[i][0]) for (t, s), i in sorted(self.holder.items())]


def solve(problem, seed):
    """The matching, and how many places were open, repaired and moved."""
    stream = Stream(seed)
    P = stream.shuffle(len(problem.targets))
    matching = Matching(problem, stream.shuffle(len(problem.inspectors)))
    open_places = matching.deal(P, stream)
    counts = len(open_places), matching.repair(open_places), matching.balance()
    return matching, counts


def shortage(problem):
    """(places, inspectors) as the shortage file lists them, or None when the problem has a solution."""
    order = FileOrder()
    matching = Matching(problem, order.shuffle(len(problem.inspectors)))
    try:
        matching.repair(matching.deal(order.shuffle(len(problem.targets)), order))
    except Short as short:
        places = [(problem.targets[t][0], s) for t, s in short.places]
        return places, [problem.inspectors[i][0] for i in short.inspectors]
    return None


def check_matching(problem, matches):
    """Refuses a matching that is not lawful or not balanced, without repeating it."""
    targets = {name: t for t, (name, _) in enumerate(problem.targets)}
    inspectors = {name: i for i, (name, _, _) in enumerate(problem.inspectors)}
    matching = Matching(problem, range(len(inspectors)))
    for target, s, name in matches:
        require(target in targets and name in inspectors, f"unknown: {target} or {name}")
        place, i = (targets[target], s), inspectors[name]
        require(place not in matching.holder and s < len(problem.targets[place[0]][1]), f"no such place: {target} {s}")
        require(matching.can_take(i, place), f"{name} may not fill place {s} of {target}")
        matching.fill(i, place)
        matching.assigned[i] += 1
    require(sorted(matching.holder) == problem.places(), "a place is not filled")
    for level in range(2, max(matching.assigned, default=0) + 1):
        end, *_ = matching.lighten(level)
        if end is not None:
            raise Refused(f"one with {level} places could give one to {problem.inspectors[end][0]}")


def check_shortage(problem, places, inspectors):
    """Refuses what does not prove a shortage."""
    targets = {name: t for t, (name, _) in enumerate(problem.targets)}
    require(all(t in targets for t, _ in places), "a place of an unknown target")
    numbered = {(targets[t], s) for t, s in places}
    require(numbered <= set(problem.places()), "no such place")
    names = [name for name, _, _ in problem.inspectors]
    require(set(inspectors) <= set(names), "an unknown inspector")
    most = 0
    for i, (name, capacity, _) in enumerate(problem.inspectors):
        if name in inspectors:
            most += capacity
        else:
            most += len({t for t, s in numbered if problem.may_fill(i, (t, s))})
    require(len(numbered) > most, f"{len(numbered)} places, and {most} could be filled")
