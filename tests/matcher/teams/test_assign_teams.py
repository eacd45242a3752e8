"""Rules for a project's mentors together: what each does, alone and beside others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.profiles import Conflict, Demand, Load, Lock
from matcher.teams import (
    Broken,
    Coverage,
    Hours,
    Mix,
    SamePerson,
    TeamRules,
    assign_teams,
    first_need,
    rank_weights,
    shared_language,
)
from tests.matcher.fairness.every_plan import random_lab
from tests.matcher.teams.every_team_plan import allowed, random_rules


def lab(
    n_projects: int,
    n_mentors: int,
    *,
    demand: tuple[int, int] = (1, 1),
    load: tuple[int, int] = (0, 9),
    locks: tuple[tuple[str, str], ...] = (),
    conflicts: tuple[tuple[str, str], ...] = (),
) -> Constraints:
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[Demand(*demand)] * n_projects,
        loads=[Load(*load)] * n_mentors,
        locks=[Lock(*one) for one in locks],
        conflicts=[Conflict(*one) for one in conflicts],
    )


def chosen(plan: object) -> list[list[int]]:
    return plan.assignment.chosen.astype(int).tolist()


def test_without_rules_it_is_the_flows_plan() -> None:
    for seed in range(40):
        affinity, limits = random_lab(seed)
        plan = assign_teams(affinity, limits, TeamRules())
        flow = assign(affinity, limits)
        size = float(np.abs(affinity).max()) or 1.0
        assert plan.total == pytest.approx(flow.total, abs=1e-9 * size)
        assert plan.assignment.n_pairs == flow.n_pairs
        assert plan.broken == ()


def test_the_first_need_is_met_by_somebody_who_has_done_it() -> None:
    rules = TeamRules(someone=(first_need([[False, False, True]]),))
    plan = assign_teams([[0.9, 0.8, 0.1]], lab(1, 3, demand=(2, 2)), rules)
    assert chosen(plan) == [[1, 0, 1]]


def test_a_soft_rule_is_broken_where_it_costs_more_than_its_price() -> None:
    limits = lab(1, 2)
    who = [[False, True]]
    kept = assign_teams([[0.75, 0.25]], limits, TeamRules((first_need(who, price=0.75),)))
    broken = assign_teams([[0.75, 0.25]], limits, TeamRules((first_need(who, price=0.25),)))
    assert (chosen(kept), kept.worth) == ([[0, 1]], 0.25)
    assert (chosen(broken), broken.worth, broken.paid) == ([[1, 0]], 0.5, 0.25)
    assert broken.broken == (Broken("first_need", "", "p0", 1, 0, "price"),)


def test_where_nobody_possible_meets_a_need_it_is_named_and_not_asked_for() -> None:
    rules = TeamRules(someone=(first_need([[False, True], [False, False]]),))
    limits = lab(2, 2, conflicts=(("p0", "m1"),))
    plan = assign_teams([[0.5, 0.9], [0.5, 0.25]], limits, rules)
    causes = {one.project: one.cause for one in plan.broken}
    assert causes == {"p0": "nobody_possible", "p1": "nobody_possible"}
    assert (plan.missing, plan.assignment.complete) == (0, True)


def test_what_is_too_scarce_for_all_goes_to_as_many_as_it_can() -> None:
    rules = TeamRules(someone=(first_need(np.array([[1, 0]] * 3, dtype=bool)),))
    plan = assign_teams([[0.5, 0.9]] * 3, lab(3, 2, load=(0, 2)), rules)
    assert (plan.missing, plan.least_missing, plan.assignment.n_pairs) == (1, 1, 3)
    assert [one.cause for one in plan.broken] == ["shortage"]


def test_an_interpreter_stands_in_for_a_shared_language() -> None:
    shares = [[False, True], [False, True]]
    rule = shared_language(shares, interpreters=1, interpreter_price=0.125)
    limits = lab(2, 2, load=(0, 2))
    plan = assign_teams([[0.9, 0.1], [0.9, 0.3]], limits, TeamRules(someone=(rule,)))
    assert chosen(plan) == [[1, 0], [0, 1]]
    assert plan.stood_in == {"shared_language": ("p0",)}
    assert plan.paid == 0.125
    assert plan.broken == ()


def test_needs_covered_by_the_union_count_once() -> None:
    covers = np.zeros((1, 3, 2), dtype=bool)
    covers[0, 0, 0] = covers[0, 1, 0] = covers[0, 2, 1] = True
    rules = TeamRules(coverage=Coverage.of(covers, rank_weights([2], most=2, reward=1.5)))
    plan = assign_teams([[0.5, 0.5, 0.25]], lab(1, 3, demand=(2, 2)), rules)
    assert chosen(plan) == [[1, 0, 1]]
    assert (plan.reward, plan.worth) == (1.5, 2.25)
    assert plan.covered.tolist() == [[True, True]]


def test_a_mix_of_one_editor_and_at_most_one_agent() -> None:
    kinds = np.array([[1, 0], [0, 1], [0, 1]], dtype=bool)
    mix = Mix(kinds, ("editor", "agent"), np.array([1, 0]), np.array([9, 1]))
    plan = assign_teams([[0.1, 0.9, 0.8]], lab(1, 3, demand=(2, 2)), TeamRules(mix=mix))
    assert chosen(plan) == [[1, 1, 0]]


def test_two_who_must_be_apart_are_and_places_stay_free_rather() -> None:
    rules = TeamRules(apart=(("m0", "m1"),))
    plan = assign_teams([[0.9, 0.8]], lab(1, 2, demand=(2, 2)), rules)
    assert chosen(plan) == [[1, 0]]
    assert [one.missing for one in plan.assignment.short_projects] == [1]
    assert (plan.shortfall, plan.settled) == (1, True)


def test_one_persons_projects_have_a_ceiling_and_each_mentor_once() -> None:
    limits = lab(2, 3, demand=(2, 2))
    affinity = [[0.9, 0.8, 0.1], [0.9, 0.8, 0.1]]
    once = SamePerson(("p0", "p1"), each_mentor_once=True)
    plan = assign_teams(affinity, limits, TeamRules(people=(once,)))
    assert plan.assignment.chosen.sum(axis=0).tolist() == [1, 1, 1]
    capped = SamePerson(("p0", "p1"), most_mentors=2)
    assert assign_teams(affinity, limits, TeamRules(people=(capped,))).assignment.n_pairs == 2


def test_hours_are_a_load_of_their_own() -> None:
    rules = TeamRules(hours=Hours(np.array([3.0, 2.0]), np.array([4.0, np.inf])))
    plan = assign_teams([[0.5, 0.1], [0.9, 0.8]], lab(2, 2), rules)
    assert chosen(plan) == [[1, 0], [0, 1]]
    assert plan.hours.tolist() == [3.0, 2.0]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (TeamRules(apart=(("m0", "m1"),)), "locks_apart"),
        (
            TeamRules(mix=Mix(np.ones((2, 1), dtype=bool), ("any",), None, np.array([1]))),
            "locks_beyond_mix",
        ),
        (TeamRules(people=(SamePerson(("p0",), most_mentors=1),)), "locks_beyond_person"),
        (TeamRules(hours=Hours(np.array([3.0, 1.0]), np.array([2.0, 9.0]))), "locks_beyond_hours"),
        (TeamRules(apart=(("m0", "m7"),)), "mentor_unknown"),
        (TeamRules(people=(SamePerson(("q0",)),)), "project_unknown"),
        (TeamRules(someone=(first_need([[True]]),)), "rule_shape"),
        (TeamRules(hours=Hours(np.array([-1.0, 1.0]), np.ones(2))), "rule_number"),
        (TeamRules(hours=Hours(np.array([np.nan, 1.0]), np.ones(2))), "rule_number"),
        (
            TeamRules(mix=Mix(np.ones((2, 1), dtype=bool), ("any",), np.array([2]), np.array([1]))),
            "mix_min_above_max",
        ),
    ],
)
def test_contradictions_are_named(rules: TeamRules, code: str) -> None:
    limits = lab(2, 2, demand=(2, 2), locks=(("p0", "m0"), ("p0", "m1")))
    with pytest.raises(MatcherError) as caught:
        assign_teams([[0.5, 0.5], [0.5, 0.5]], limits, rules)
    assert caught.value.code == code
    assert str(caught.value)


def test_a_mentor_locked_twice_to_one_persons_projects() -> None:
    limits = lab(2, 2, locks=(("p0", "m0"), ("p1", "m0")))
    person = SamePerson(("p0", "p1"), each_mentor_once=True)
    with pytest.raises(MatcherError) as caught:
        assign_teams(np.zeros((2, 2)), limits, TeamRules(people=(person,)))
    assert caught.value.code == "locks_repeat_mentor"


@pytest.mark.parametrize("scale", [1e15, 1.0, 1e-9, -1.0])
def test_any_scale_and_sign(scale: float) -> None:
    who = first_need([[False, False, True]])
    affinity = scale * np.array([[0.9, 0.8, 0.1]])
    plan = assign_teams(affinity, lab(1, 3, demand=(2, 2)), TeamRules((who,)))
    assert chosen(plan) == [[1, 0, 1] if scale > 0 else [0, 1, 1]]
    assert plan.certificate.gap <= 1e-8 * abs(scale)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1), (2, 5)])
def test_edges_of_size(shape: tuple[int, int]) -> None:
    covers = np.ones((*shape, 2), dtype=bool)
    rules = TeamRules(
        someone=(first_need(np.ones(shape, dtype=bool)),),
        coverage=Coverage.of(covers, np.ones((shape[0], 2))),
    )
    plan = assign_teams(np.zeros(shape), lab(*shape), rules)
    assert plan.assignment.n_pairs == (shape[0] if shape[1] else 0)
    assert plan.worth == 2.0 * plan.assignment.n_pairs


def test_rows_all_in_conflict_and_no_demand() -> None:
    limits = lab(1, 2, conflicts=(("p0", "m0"), ("p0", "m1")))
    rules = TeamRules(someone=(first_need([[True, True]]),))
    plan = assign_teams([[0.5, 0.5]], limits, rules)
    assert [one.cause for one in plan.broken] == ["nobody_possible"]
    nothing = assign_teams([[0.5, 0.5]], lab(1, 2, demand=(0, 0)), rules)
    assert (nothing.broken, nothing.worth) == ((), 0.0)


def medium(seed: int) -> tuple[np.ndarray, Constraints, TeamRules]:
    rng = np.random.default_rng(seed)
    limits = lab(12, 6, demand=(2, 2), load=(0, 5))
    covers = rng.random((12, 6, 3)) < 0.4
    kinds = np.eye(2, dtype=bool)[rng.integers(0, 2, 6)]
    rules = TeamRules(
        someone=(first_need(rng.random((12, 6)) < 0.4, price=0.25),),
        mix=Mix(kinds, ("editor", "agent"), np.array([1, 0]), np.array([2, 1])),
        apart=(("m0", "m3"),),
        coverage=Coverage.of(covers, rank_weights(np.full(12, 3), most=3)),
    )
    return rng.random((12, 6)), limits, rules


def permuted(limits: Constraints, rows: np.ndarray, columns: np.ndarray) -> Constraints:
    both = np.ix_(rows, columns)
    return replace(
        limits,
        project_ids=tuple(limits.project_ids[row] for row in rows),
        mentor_ids=tuple(limits.mentor_ids[column] for column in columns),
        demand_low=limits.demand_low[rows],
        demand_high=limits.demand_high[rows],
        load_low=limits.load_low[columns],
        load_high=limits.load_high[columns],
        forbidden=limits.forbidden[both],
        locked=limits.locked[both],
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_and_columns_makes_no_difference(seed: int) -> None:
    affinity, limits, rules = medium(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(12), rng.permutation(6)
    cells = rules.coverage.cells
    moved = np.column_stack(
        [np.argsort(rows)[cells[:, 0]], np.argsort(columns)[cells[:, 1]], cells[:, 2]]
    )
    other = replace(
        rules,
        someone=tuple(replace(s, who=s.who[np.ix_(rows, columns)]) for s in rules.someone),
        mix=replace(rules.mix, categories=rules.mix.categories[columns]),
        coverage=Coverage(moved, rules.coverage.weights[rows]),
    )
    plan = assign_teams(affinity, limits, rules)
    again = assign_teams(affinity[np.ix_(rows, columns)], permuted(limits, rows, columns), other)
    assert again.worth == pytest.approx(plan.worth, abs=1e-12)
    assert (again.assignment.chosen == plan.assignment.chosen[np.ix_(rows, columns)]).all()


@pytest.mark.parametrize("seed", range(4))
def test_a_rule_less_is_never_worse(seed: int) -> None:
    affinity, limits, rules = medium(seed)
    plan = assign_teams(affinity, limits, rules)
    mine = -plan.missing, plan.assignment.n_pairs, -plan.shortfall, plan.worth
    for looser in (
        replace(rules, someone=()),
        replace(rules, mix=None),
        replace(rules, apart=()),
    ):
        other = assign_teams(affinity, limits, looser)
        theirs = -other.missing, other.assignment.n_pairs, -other.shortfall, other.worth + 1e-9
        assert theirs >= mine


def test_inputs_are_not_changed_and_the_same_input_gives_the_same_plan() -> None:
    affinity, limits, rules = medium(0)
    before = affinity.copy()
    first, second = (assign_teams(affinity, limits, rules) for _ in range(2))
    assert (affinity == before).all()
    assert (first.assignment.chosen == second.assignment.chosen).all()
    with pytest.raises(ValueError, match="read-only"):
        first.covered[0, 0] = False


@pytest.mark.parametrize("seed", range(3))
def test_prices_come_by_solving_again(seed: int) -> None:
    affinity, limits, rules = medium(seed)
    plan = assign_teams(affinity, limits, rules)
    for project, mentor in (("p0", "m1"), ("p3", "m2"), ("p7", "m5")):
        price = plan.price_of(project, mentor)
        row, column = limits.project_ids.index(project), limits.mentor_ids.index(mentor)
        assert price.chosen == plan.assignment.chosen[row, column]
        assert price.plan.assignment.chosen[row, column] == (not price.chosen)
        assert price.found_by == "solving again"
        if not (price.missing or price.pairs_lost or price.shortfall):
            assert price.price >= -1e-9
        assert price.price == pytest.approx(plan.worth - price.plan.worth, abs=1e-12)


def test_a_pair_that_no_rule_allows_has_no_price() -> None:
    rules = TeamRules(hours=Hours(np.array([3.0]), np.array([9.0, 2.0])))
    plan = assign_teams([[0.5, 0.9]], lab(1, 2), rules)
    with pytest.raises(MatcherError) as caught:
        plan.price_of("p0", "m1")
    assert caught.value.code == "pair_without_place"


def test_a_search_cut_short_still_gives_a_plan_within_the_rules() -> None:
    affinity, limits, rules = medium(1)
    plan = assign_teams(affinity, limits, rules, time_limit=0.0)
    assert allowed(plan.assignment.chosen, limits, rules)
    exact = assign_teams(affinity, limits, rules)
    assert plan.least_missing <= exact.missing
    if plan.assignment.n_pairs == exact.assignment.n_pairs and plan.missing == exact.missing:
        assert plan.certificate.upper_bound >= exact.worth - 1e-9


def test_locks_hold_beside_rules() -> None:
    for seed in range(30):
        affinity, limits = random_lab(seed)
        rules = random_rules(seed, limits, size=1.0)
        if limits.locked.any() and allowed(limits.locked, limits, rules):
            plan = assign_teams(affinity, limits, rules)
            assert (plan.assignment.chosen | ~limits.locked).all()
