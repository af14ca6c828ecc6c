"""An attacker with linear programming against disclosure control.

The attacker writes down one unknown for every cell, one equation for every number printed, the bounds that follow from
knowing the rule, and asks HiGHS for the least and the largest value of every cell that was kept back. A cell is
recovered where both are the same whole number. BARAZA_ATTACKS=1000 attacks as many tables of every kind.
"""

import itertools
import os
import sys
from collections import Counter
from random import Random

import pytest

from registrations.later import later
from surveys.disclosure import (
    ProtectedOptions,
    Selections,
    Views,
    hidden_groups,
    is_hidden,
    protect_groups,
    protect_options,
    protect_table,
    protect_ticked_groups,
    protect_ticks,
    protect_tree,
    protect_view,
    spread_of,
)

optimize = later("scipy.optimize")
ATTACKS = int(os.environ.get("BARAZA_ATTACKS", "3"))
WEIGHTS = {str(value): value for value in range(1, 6)}
COUNTS = [0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 15, 20, 40]


class Attack:
    """Unknown cells, what is known of them, and what follows."""

    def __init__(self):
        self.bounds = {}
        self.equations = []
        self.at_most = []

    def unknown(self, cell, low=0, high=None):
        self.bounds[cell] = (low, high)

    def known(self, cell, value):
        self.bounds[cell] = (value, value)

    def adds_up(self, weights, value):
        self.equations.append((dict(weights), value))

    def is_at_least(self, weights, value):
        self.at_most.append(({cell: -weight for cell, weight in weights.items()}, -value))

    def interval(self, cell):
        """The least and the largest value of a cell, as whole numbers."""
        low, high = (self._extreme(cell, sign) for sign in (1, -1))
        return round(low + 0.499999), (10**9 if high is None else int(high + 0.000001))

    def _extreme(self, cell, sign):
        cells = list(self.bounds)
        place = {one: i for i, one in enumerate(cells)}

        def row(weights):
            line = [0.0] * len(cells)
            for one, weight in weights.items():
                line[place[one]] += weight
            return line

        found = optimize().linprog(
            [sign * (one == cell) for one in cells],
            A_ub=[row(weights) for weights, _value in self.at_most] or None,
            b_ub=[value for _weights, value in self.at_most] or None,
            A_eq=[row(weights) for weights, _value in self.equations] or None,
            b_eq=[value for _weights, value in self.equations] or None,
            bounds=list(self.bounds.values()),
            method="highs",
        )
        if found.status == 3:
            return None
        assert found.status == 0, found.message
        return sign * found.fun

    def recovered(self, cells, k):
        """Of the kept back cells, given with their true values: how many are exactly known, and how many nearly."""
        exact = near = 0
        for cell, value in cells.items():
            low, high = self.interval(cell)
            assert low <= value <= high
            exact += low == high
            near += high - low < spread_of(k)
        return exact, near


def small_or_not(value, k):
    return (1, k - 1) if value < k else (k, None)


def sums(table):
    columns = Counter()
    for cells in table.values():
        for column, value in cells.items():
            columns[column] += value
    return columns


def total(table):
    return sum(sums(table).values())


def random_table(random, rows, columns, counts=COUNTS):
    return {
        f"r{i}": {f"c{j}": random.choice(counts) for j in range(random.randint(2, columns))}
        | {f"c{j}": random.choice(counts) for j in range(2)}
        for i in range(random.randint(2, rows))
    }


def filled(table):
    columns = sorted({column for cells in table.values() for column in cells})
    return {row: {column: cells.get(column, 0) for column in columns} for row, cells in table.items()}


def groups_attack(counts, k, hidden):
    """One-way: a total and the groups that are not hidden."""
    attack = Attack()
    for group, count in counts.items():
        if group not in hidden:
            attack.known(group, count)
        elif hidden == counts.keys():
            attack.unknown(group)
        else:
            attack.unknown(group, *small_or_not(count, k))
    attack.adds_up(dict.fromkeys(counts, 1), sum(counts.values()))
    return attack, {group: counts[group] for group in hidden if counts[group]}


def table_attack(table, k, rows, columns, cells, *, is_withheld=False):
    """Two-way: margins that are not hidden, the total, and the cells that are not hidden."""
    attack, targets = Attack(), {}
    for row, column in itertools.product(table, sums(table)):
        value = table[row][column]
        if (row, column) not in cells:
            attack.known((row, column), value)
        elif is_withheld or row in rows or column in columns or all((row, other) in cells for other in table[row]):
            attack.unknown((row, column))
        else:
            attack.unknown((row, column), *small_or_not(value, k))
        if (row, column) in cells and 0 < value < k:
            targets[row, column] = value
    for margin, kept, by_row in [
        ({row: sum(cells.values()) for row, cells in table.items()}, rows, True),
        (sums(table), columns, False),
    ]:
        for name, value in margin.items():
            line = {cell: 1 for cell in attack.bounds if cell[0 if by_row else 1] == name and len(cell) == 2}
            if name not in kept:
                attack.adds_up(line, value)
                continue
            margin_cell = ("margin", by_row, name)
            attack.unknown(margin_cell, *((0, None) if kept >= margin.keys() else small_or_not(value, k)))
            attack.adds_up(line | {margin_cell: -1}, 0)
            if 0 < value < k:
                targets[margin_cell] = value
    attack.adds_up({cell: 1 for cell in attack.bounds if len(cell) == 2}, total(table))
    return attack, targets


def attacked_groups(random, k, protected):
    counts = {f"g{i}": random.choice(COUNTS) for i in range(random.randint(2, 8))}
    if sum(counts.values()) < k:
        return 0, 0
    hidden = hidden_groups(counts, k=k) if protected else {g for g, n in counts.items() if 0 < n < k}
    attack, targets = groups_attack(counts, k, frozenset(hidden))
    return attack.recovered(targets, k)


def attacked_table(random, k, protected):
    table = filled(random_table(random, 6, 6))
    if total(table) < k:
        return 0, 0
    if protected:
        found = protect_table(table, k=k)
        attack, targets = table_attack(table, k, found.rows, found.columns, found.cells, is_withheld=found.is_withheld)
        return attack.recovered(targets, k)
    rows = {row for row, cells in table.items() if 0 < sum(cells.values()) < k}
    columns = {column for column, value in sums(table).items() if 0 < value < k}
    cells = {(r, c) for r, line in table.items() for c, n in line.items() if 0 < n < k or r in rows or c in columns}
    attack, targets = table_attack(table, k, rows, columns, cells)
    return attack.recovered(targets, k)


def attacked_tree(random, k, protected):
    tree = {name: {f"{name}.{i}": random.choice(COUNTS) for i in range(random.randint(1, 7))} for name in "abcd"}
    if total(tree) < k:
        return 0, 0
    small = {(b, leaf) for b, leaves in tree.items() for leaf, n in leaves.items() if 0 < n < k}
    found = protect_tree(tree, k=k) if protected else None
    leaves = found.leaves if found else small
    branches = found.branches if found else {b for b, cells in tree.items() if 0 < sum(cells.values()) < k}
    attack, targets = Attack(), {}
    for branch, cells in tree.items():
        value = sum(cells.values())
        attack.known(branch, value)
        if branch in branches:
            attack.unknown(branch, *((0, None) if found and found.is_withheld else small_or_not(value, k)))
            if value:
                targets[branch] = value
        for leaf, count in cells.items():
            attack.known((branch, leaf), count)
            if (branch, leaf) in leaves:
                is_withheld = found and found.is_withheld
                attack.unknown((branch, leaf), *((0, None) if is_withheld else small_or_not(count, k)))
                if count:
                    targets[branch, leaf] = count
        attack.adds_up({(branch, leaf): 1 for leaf in cells} | {branch: -1}, 0)
    attack.adds_up(dict.fromkeys(tree, 1), total(tree))
    if found and found.is_withheld:
        targets = {cell: value for cell, value in targets.items() if value < k}
    return attack.recovered(targets, k)


def told(attack, name, counts, shown, k, *, weights=None):
    """One distribution as it is printed: its n, its mean and the options that are not hidden."""
    for option, count in counts.items():
        if option not in shown.hidden:
            attack.known((name, option), count)
        elif shown.hidden >= counts.keys() or not count:
            attack.unknown((name, option))
        else:
            attack.unknown((name, option), *small_or_not(count, k))
    cells = {(name, option): 1 for option in counts}
    if shown.shows_n:
        attack.adds_up(cells, sum(counts.values()))
    if weights and shown.shows_mean:
        rated = {(name, option): weight for option, weight in weights.items()}
        attack.adds_up(rated, sum(weights[option] * count for option, count in counts.items()))


def attacked_ratings(random, k, protected):
    counts = {option: random.choice(COUNTS) for option in WEIGHTS}
    attack = Attack()
    small = frozenset(option for option, n in counts.items() if 0 < n < k)
    shown = protect_options(counts, k=k, weights=WEIGHTS) if protected else ProtectedOptions(small)
    told(attack, "all", counts, shown, k, weights=WEIGHTS)
    targets = {("all", option): counts[option] for option in shown.hidden if 0 < counts[option] < k}
    return attack.recovered(targets, k)


def attacked_ticks(random, k, protected):
    n = random.randint(k, 60)
    counts = {f"o{i}": random.randint(0, n) for i in range(random.randint(2, 5))}
    if sum(counts.values()) < n:
        return 0, 0
    hidden = {option for option, count in counts.items() if 0 < count < k or (protected and 0 < n - count < k)}
    hidden = protect_ticks(counts, n=n, k=k).hidden if protected else hidden
    attack = Attack()
    for option, count in counts.items():
        if option not in hidden:
            attack.known(option, count)
        elif hidden == counts.keys():
            attack.unknown(option, 0, n)
        elif 0 < count < k:
            attack.unknown(option, 1, k - 1)
        elif 0 < n - count < k:
            attack.unknown(option, n - k + 1, n - 1)
        else:
            attack.unknown(option, 0, n)
    attack.is_at_least(dict.fromkeys(counts, 1), n)
    few = {option for option, count in counts.items() if 0 < count < k or 0 < n - count < k}
    return attack.recovered({option: counts[option] for option in hidden | few}, k)


def attacked_ticked_groups(random, k, protected):
    """Several answers each, by group: every option a table of its own, tied together by nobody answering nothing."""
    options = ["a", "b", "c"]
    liking = {option: random.choice([0.05, 0.3, 0.7, 0.95]) for option in options}
    answers = [
        (random.choice("ffffmmmmxy"), {o for o in options if random.random() < liking[o]} or {random.choice(options)})
        for _ in range(random.randint(k, 120))
    ]
    sizes = Counter(group for group, _ticks in answers)
    table = {g: {o: sum(group == g and o in ticks for group, ticks in answers) for o in options} for g in sizes}
    whole, n = sums(table), len(answers)
    if protected:
        overall = protect_ticks(whole, n=n, k=k).hidden
        hidden = {group: shown.hidden for group, shown in protect_ticked_groups(table, sizes, k=k).items()}
    else:
        overall = {option for option, count in whole.items() if 0 < count < k}
        hidden = {g: {o for o, count in cells.items() if 0 < count < k or sizes[g] < k} for g, cells in table.items()}
    attack, targets = Attack(), {}
    groups_told = hidden_groups(sizes, k=k)
    for group, cells in table.items():
        attack.unknown(group, *((sizes[group],) * 2 if group not in groups_told else (1, None)))
        for option, count in cells.items():
            attack.unknown((group, option))
            attack.is_at_least({group: 1, (group, option): -1}, 0)
            if option not in hidden[group]:
                attack.known((group, option), count)
            if 0 < count < k:
                targets[group, option] = count
        attack.is_at_least({(group, option): 1 for option in cells} | {group: -1}, 0)
    attack.adds_up(dict.fromkeys(sizes, 1), n)
    for option in options:
        if option not in overall:
            attack.adds_up({(group, option): 1 for group in table}, whole[option])
    return attack.recovered(targets, k)


def attacked_views(random, k, protected, *, weights):
    """Everybody and every group of two variables at once: the same people, told apart in two ways."""
    options = list(WEIGHTS) if weights else ["a", "b", "c", "d"][: random.randint(2, 4)]
    liking = [random.choice([0.02, 0.1, 0.5, 2]) for _ in options]
    people = [
        (random.choice("fffmmmx"), random.choice("pppqqr"), random.choices(options, liking)[0])
        for _ in range(random.randint(k, 150))
    ]
    whole = Counter(dict.fromkeys(options, 0)) + Counter()
    whole = {option: sum(person[2] == option for person in people) for option in options}
    attack, targets = Attack(), {}
    overall = protect_options(whole, k=k, weights=weights) if protected else careless(whole, k)
    told(attack, "all", whole, overall, k, weights=weights)
    targets |= {("all", option): whole[option] for option in overall.hidden}
    for variable in (0, 1):
        groups = sorted({person[variable] for person in people})
        table = {
            g: {o: sum(person[variable] == g and person[2] == o for person in people) for o in options} for g in groups
        }
        decided = protect_groups(table, k=k, weights=weights, whole=overall) if protected else {}
        for group, counts in table.items():
            shown = decided[group] if protected else careless(counts, k)
            name = (variable, group)
            told(attack, name, counts, shown, k, weights=weights)
            if protected and not shown.hidden >= counts.keys():
                for option in overall.hidden & shown.hidden:
                    attack.unknown((name, option))
            targets |= {(name, option): counts[option] for option in shown.hidden}
        for option in options:
            attack.adds_up({((variable, group), option): 1 for group in groups} | {("all", option): -1}, 0)
    return attack.recovered({cell: value for cell, value in targets.items() if 0 < value < k}, k)


def careless(counts, k):
    """What hides small cells and nothing else."""
    if 0 < sum(counts.values()) < k:
        return ProtectedOptions(frozenset(counts), shows_n=False, shows_mean=False)
    return ProtectedOptions(frozenset(option for option, n in counts.items() if 0 < n < k))


VARIABLES = {"gender": "ffffmmmmx", "sector": "ppppqqqr", "country": "kkkkklllmmn", "region": "AAAB"}
REGIONS = {"k": "A", "l": "A", "m": "B", "n": "B"}


def wider(variable, value):
    return [("region", REGIONS[value])] if variable == "country" else []


class Survey:
    """People with three variables and an answer, and the views of them."""

    def __init__(self, random, k, options):
        liking = [random.choice([0.05, 0.3, 1, 2]) for _ in options]
        self.options = options
        self.people = [
            {name: random.choice(values) for name, values in VARIABLES.items() if name != "region"}
            | {"answer": random.choices(options, liking)[0]}
            for _ in range(random.randint(4 * k, 20 * k))
        ]
        self.people = [person | {"region": REGIONS[person["country"]]} for person in self.people]

    def answers(self, belongs):
        return {o: sum(person["answer"] == o and belongs(person) for person in self.people) for o in self.options}

    def respondents(self, variable, where):
        return Counter(person[variable] for person in self.people if within(person, where))

    def tables(self, variable, where):
        values = sorted(self.respondents(variable, where)) if variable else [""]
        return {
            value: self.answers(lambda p, v=value: within(p, {**where, variable: v} if variable else where))
            for value in values
        }


def within(person, where):
    return all(person[name] == value for name, value in where.items())


def attacked_pair(random, k, protected, *, weights):
    """Everybody and two views, each filtered by one or two variables, one often inside the other."""
    survey = Survey(random, k, list(WEIGHTS) if weights else ["a", "b", "c"])
    one, other = two_selections(random)
    parts = {
        part: survey.answers(lambda p, part=part: (within(p, one), within(p, other)) == part)
        for part in itertools.product([True, False], repeat=2)
    }
    attack = Attack()
    for part, counts in parts.items():
        for option in counts:
            attack.unknown((part, option))
    for view, belongs in [({}, lambda part: True), (one, lambda part: part[0]), (other, lambda part: part[1])]:
        counts = survey.answers(lambda p, view=view: within(p, view))
        if protected and is_hidden(view, survey.respondents, k=k, wider=wider):
            continue
        shown = (
            protect_view(view, survey.tables, k=k, weights=weights, wider=wider) if protected else careless(counts, k)
        )
        name = tuple(sorted(view.items()))
        told(attack, name, counts, shown, k, weights=weights)
        for option in hidden_above(view, survey, k, weights) & shown.hidden if protected else ():
            attack.unknown((name, option))
        for option in counts:
            line = {(part, option): 1 for part in parts if belongs(part)}
            attack.adds_up(line | {(name, option): -1}, 0)
    forbid_what_cannot_be(attack, one, other, parts)
    targets = {}
    for part in [(True, True), (True, False), (False, True)]:
        targets |= {(part, option): n for option, n in parts[part].items() if 0 < n < k}
        group = sum(parts[part].values())
        if 0 < group < k:
            attack.unknown(part)
            attack.adds_up({(part, option): 1 for option in parts[part]} | {part: -1}, 0)
            targets[part] = group
    return attack.recovered(targets, k)


def hidden_above(view, survey, k, weights):
    """The options that a view hides because a larger one does, whatever their counts."""
    views = Views(survey.tables, k=k, weights=weights, wider=wider)
    larger = [{name: value for name, value in view.items() if name != left_out} for left_out in view]
    larger += [{**one, "region": REGIONS[view["country"]]} for one in larger if "country" in {*view} - {*one}]
    return frozenset().union(*(views.view(one).hidden for one in larger))


def attacked_selections(random, k, protected):
    """How many belong to every selection of a country, a region, a gender and of two of them, all pages together."""
    survey = Survey(random, k, ["a"])
    selections = Selections(survey.respondents, k=k, wider=wider)
    attack, targets = Attack(), {}
    pairs = Counter((person["country"], person["gender"]) for person in survey.people)
    for pair in itertools.product("klmn", "fmx"):
        attack.unknown(pair)
    singles = [{name: value} for name in ("country", "region", "gender") for value in sorted(set(VARIABLES[name]))]
    doubles = [{**one, **other} for one in singles for other in singles if [*one] != [*other] and "gender" in other]
    for where in [{}, *singles, *doubles]:
        inside = [
            pair
            for pair in attack.bounds
            if within({"country": pair[0], "region": REGIONS[pair[0]], "gender": pair[1]}, where)
        ]
        n = sum(pairs[pair] for pair in inside)
        if not (selections.is_hidden(where) if protected else 0 < n < k):
            attack.equations.append((dict.fromkeys(inside, 1), n))
        elif 0 < n < k:
            targets[tuple(inside)] = n
    for inside in targets:
        attack.unknown(inside)
        attack.equations.append(({**dict.fromkeys(inside, 1), inside: -1}, 0))
    return attack.recovered(targets, k)


def two_selections(random):
    """Of one or two variables each, often by the same values, and by a country and its region."""
    chosen = {name: random.choice(values) for name, values in VARIABLES.items()}
    if random.random() < 0.5:
        chosen["region"] = REGIONS[chosen["country"]]
    names = random.sample(sorted(VARIABLES), 3)
    one = {name: chosen[name] for name in names[: random.choice([1, 2])]}
    others = random.choice([names, random.sample(sorted(VARIABLES), 3), ["region", *names]])
    other = {name: chosen[name] for name in list(dict.fromkeys(others))[: random.choice([1, 2])]}
    if random.random() < 0.25:
        name = random.choice(sorted(other))
        other[name] = random.choice(VARIABLES[name])
    return one, other


def forbid_what_cannot_be(attack, one, other, parts):
    """Nobody is in two groups of one variable, nor outside of a view that contains the other."""
    all_one, all_other = with_region(one), with_region(other)
    contradicts = any(name in all_other and all_other[name] != value for name, value in all_one.items())
    empty = {(True, True)} if contradicts else set()
    empty |= {(True, False)} if other.items() <= all_one.items() else set()
    empty |= {(False, True)} if one.items() <= all_other.items() else set()
    for part, counts in parts.items():
        for option in counts:
            if part in empty:
                attack.known((part, option), 0)


def with_region(view):
    return view | ({"region": REGIONS[view["country"]]} if "country" in view else {})


def attacked_pairs(random, k, protected):
    return attacked_pair(random, k, protected, weights=None)


def attacked_rating_pairs(random, k, protected):
    return attacked_pair(random, k, protected, weights=WEIGHTS)


def attacked_option_views(random, k, protected):
    return attacked_views(random, k, protected, weights=None)


def attacked_rating_views(random, k, protected):
    return attacked_views(random, k, protected, weights=WEIGHTS)


KINDS = [
    attacked_groups,
    attacked_table,
    attacked_tree,
    attacked_ratings,
    attacked_ticks,
    attacked_ticked_groups,
    attacked_option_views,
    attacked_rating_views,
    attacked_selections,
    attacked_pairs,
    attacked_rating_pairs,
]


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("attacked", KINDS)
def test_linear_programming_recovers_nothing_and_nothing_nearly(attacked, k):
    random = Random(2026 + k)

    assert [attacked(random, k, True) for _ in range(ATTACKS)] == [(0, 0)] * ATTACKS


@pytest.mark.parametrize("attacked", KINDS)
def test_the_same_attack_recovers_many_where_only_small_cells_are_hidden(attacked):
    random = Random(2026)

    found = [attacked(random, 5, False) for _ in range(8)]

    assert sum(exact for exact, _near in found) > 0


@pytest.mark.parametrize("is_told", [True, False])
def test_a_region_without_one_of_its_countries_is_told_apart_only_where_nobody_says_that_it_holds_it(
    monkeypatch, is_told
):
    module = sys.modules[__name__]
    if not is_told:
        monkeypatch.setattr(module, "wider", lambda variable, value: [])
    monkeypatch.setattr(
        module,
        "two_selections",
        lambda random: ({"country": random.choice("klmn")}, {"region": random.choice("AB")}),
    )
    random = Random(2031)

    found = [attacked_pairs(random, 5, True) for _ in range(30)]

    assert (sum(exact for exact, _near in found) == 0) is is_told
