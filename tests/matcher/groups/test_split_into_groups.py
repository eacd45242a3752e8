"""Groups: what each rule does, and what is said where there is no split."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.constraints import Constraints
from matcher.errors import MatcherError
from matcher.groups import GroupPlan, GroupRules, split_into_groups
from matcher.profiles import Conflict, Demand, Load, Lock


def camp(
    n_projects: int,
    n_mentors: int,
    *,
    demand: int = 0,
    load: int = 9,
    locks: tuple[tuple[str, str], ...] = (),
    conflicts: tuple[tuple[str, str], ...] = (),
) -> Constraints:
    return Constraints.build(
        [f"p{i}" for i in range(n_projects)],
        [f"m{j}" for j in range(n_mentors)],
        demand=[Demand(demand, max(demand, 2))] * n_projects,
        loads=[Load(0, load)] * n_mentors,
        locks=[Lock(*one) for one in locks],
        conflicts=[Conflict(*one) for one in conflicts],
    )


def split(plan: GroupPlan) -> dict[str, tuple[str, ...]]:
    return {one.tutor: one.projects for one in plan.groups}


def codes(plan: GroupPlan) -> list[str]:
    return [one.code for one in plan.blocked]


FIT = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.6], [0.2, 0.3]])
PAIRS_OF_TWO = GroupRules(size_low=2, size_high=2)


def test_the_groups_go_to_the_tutors_who_fit() -> None:
    plan = split_into_groups(FIT, camp(4, 2), PAIRS_OF_TWO)
    assert split(plan) == {"m0": ("p0", "p1"), "m1": ("p2", "p3")}
    assert plan.worth == pytest.approx(2.6)
    assert plan.certificate.gap <= 1e-8


def test_nobody_meets_who_must_not() -> None:
    apart = replace(PAIRS_OF_TWO, projects_apart=(("p0", "p1"),))
    plan = split_into_groups(FIT, camp(4, 2), apart)
    assert plan.worth == pytest.approx(0.9 + 0.7 + 0.2 + 0.3)
    together = [set(one.projects) for one in plan.groups]
    assert not any({"p0", "p1"} <= one for one in together)
    conflict = split_into_groups(FIT, camp(4, 2, conflicts=(("p0", "m0"),)), PAIRS_OF_TWO)
    assert "p0" in split(conflict)["m1"]


def test_a_group_has_one_language_that_all_speak() -> None:
    rules = replace(
        PAIRS_OF_TWO,
        project_speaks=np.array([[1, 0], [0, 1], [1, 1], [1, 1]], dtype=bool),
        mentor_speaks=np.ones((2, 2), dtype=bool),
    )
    plan = split_into_groups(FIT, camp(4, 2), rules)
    for group in plan.groups:
        rows = [int(one[1:]) for one in group.projects]
        assert rules.project_speaks[rows, group.language].all()
    assert not any({"p0", "p1"} <= set(one.projects) for one in plan.groups)


def test_a_co_tutor_counts_for_less_and_leads_nothing_else() -> None:
    rules = GroupRules(size_low=2, size_high=2, co_tutors=1, co_tutor_weight=0.5, n_groups=1)
    fit = [[0.75, 0.5, 0.25], [0.75, 0.5, 0.0]]
    plan = split_into_groups(fit, camp(2, 3), rules)
    (group,) = plan.groups
    assert (group.tutor, group.co_tutor, group.worth) == ("m0", "m1", 2.0)
    strangers = replace(rules, mentors_apart=(("m0", "m1"),))
    (group,) = split_into_groups(
        [[0.75, 0.5, 0.25], [0.75, 0.5, 0.0]], camp(2, 3), strangers
    ).groups
    assert (group.tutor, group.co_tutor, group.worth) == ("m0", "m2", 1.625)


def test_near_projects_go_together() -> None:
    near = np.zeros((4, 4))
    near[0, 2] = near[2, 0] = 1.0
    plan = split_into_groups(FIT, camp(4, 2), replace(PAIRS_OF_TWO, nearness=near))
    assert ("p0", "p2") in split(plan).values()
    assert plan.worth == pytest.approx(0.9 + 0.7 + 0.2 + 0.3 + 1.0)


def test_one_mentor_may_lead_several_groups() -> None:
    plan = split_into_groups(FIT[:, :1], camp(4, 1), replace(PAIRS_OF_TWO, most_groups=2))
    assert [one.tutor for one in plan.groups] == ["m0", "m0"]


def test_the_number_of_groups_is_chosen_from_the_sizes() -> None:
    rules = GroupRules(size_low=1, size_high=4)
    assert len(split_into_groups(FIT, camp(4, 2), rules).groups) == 2
    assert len(split_into_groups(FIT, camp(4, 2), replace(rules, n_groups=1)).groups) == 1


def test_locks_are_kept_by_the_group_or_beside_it() -> None:
    limits = camp(4, 2, locks=(("p0", "m1"),))
    assert "p0" in split(split_into_groups(FIT, limits, PAIRS_OF_TWO))["m1"]
    beside = split_into_groups(FIT, limits, replace(PAIRS_OF_TWO, pairs_beside=True))
    assert beside.pairs is not None
    assert beside.pairs.chosen[0, 1] or "p0" in split(beside)["m1"]


def test_single_pairs_have_what_the_groups_leave() -> None:
    rules = replace(PAIRS_OF_TWO, pairs_beside=True)
    plan = split_into_groups(FIT, camp(4, 2, demand=1, load=2), rules)
    assert plan.pairs is not None
    assert (plan.order, plan.pairs.n_pairs, plan.most_pairs) == ("jointly", 2, 2)
    assert plan.pairs.chosen.sum(axis=0).tolist() == [1, 1]
    for group in plan.groups:
        rows = [int(one[1:]) for one in group.projects]
        assert not plan.pairs.chosen[rows, int(group.tutor[1:])].any()


def test_many_projects_are_grouped_first_and_paired_then() -> None:
    rng = np.random.default_rng(5)
    affinity = rng.random((60, 30))
    rules = GroupRules(size_low=5, size_high=6, pairs_beside=True, load_of_group=2)
    limits = camp(60, 30, demand=1, load=4, locks=(("p0", "m3"), ("p0", "m4"), ("p1", "m3")))
    plan = split_into_groups(affinity, limits, rules)
    assert plan.order == "groups first"
    assert plan.pairs is not None
    load = plan.pairs.chosen.sum(axis=0)
    for group in plan.groups:
        load[int(group.tutor[1:])] += 2
        rows = [int(one[1:]) for one in group.projects]
        assert not plan.pairs.chosen[rows, int(group.tutor[1:])].any()
    assert (load <= 4).all()
    groups = split(plan)
    for row, column in ((0, 3), (0, 4), (1, 3)):
        led = f"p{row}" in groups.get(f"m{column}", ())
        assert led or plan.pairs.chosen[row, column]


@pytest.mark.parametrize(
    ("rules", "limits", "code"),
    [
        (GroupRules(size_low=5, size_high=6, n_groups=3), camp(20, 4), "blocked_groups_hold"),
        (GroupRules(size_low=3, size_high=6, n_groups=2), camp(4, 2), "blocked_groups_need"),
        (GroupRules(size_low=3, size_high=3), camp(4, 2), "blocked_sizes"),
        (PAIRS_OF_TWO, camp(4, 1), "blocked_tutors"),
        (PAIRS_OF_TWO, camp(2, 1, conflicts=(("p0", "m0"),)), "blocked_no_tutor"),
        (replace(PAIRS_OF_TWO, projects_apart=(("p0", "p1"),)), camp(2, 2), "blocked_apart"),
        (
            PAIRS_OF_TWO,
            camp(4, 2, conflicts=(("p0", "m0"), ("p1", "m0"), ("p2", "m0"))),
            "blocked_by",
        ),
    ],
)
def test_what_blocks_is_said(rules: GroupRules, limits: Constraints, code: str) -> None:
    plan = split_into_groups(np.zeros(limits.shape), limits, rules)
    assert code in codes(plan)
    assert (plan.possible, plan.groups, plan.pairs) == (False, (), None)


def test_the_sentences_name_numbers_and_rules() -> None:
    rules = GroupRules(size_low=5, size_high=6, n_groups=3)
    (block,) = split_into_groups(np.zeros((20, 4)), camp(20, 4), rules).blocked
    assert str(block).startswith(
        "Group sizes 5-6 with 3 groups hold at most 18 of 20 projects: allow"
    )
    limits = camp(4, 2, conflicts=(("p0", "m0"), ("p1", "m0"), ("p2", "m0")))
    (block,) = split_into_groups(np.zeros((4, 2)), limits, PAIRS_OF_TWO).blocked
    assert block.params == {"rules": ("sizes", "conflicts", "groups a mentor takes")}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (GroupRules(size_low=0, size_high=2), "group_size_below_one"),
        (GroupRules(size_low=3, size_high=2), "group_size_min_above_max"),
        (replace(PAIRS_OF_TWO, n_groups=0), "group_count"),
        (replace(PAIRS_OF_TWO, co_tutors=2), "group_co_tutors"),
        (replace(PAIRS_OF_TWO, tutors=np.ones(3, dtype=bool)), "rule_shape"),
        (replace(PAIRS_OF_TWO, nearness=np.full((4, 4), np.nan)), "group_nearness_cell"),
        (replace(PAIRS_OF_TWO, nearness=np.triu(np.ones((4, 4)))), "group_nearness_cell"),
        (replace(PAIRS_OF_TWO, projects_apart=(("p0", "q1"),)), "project_unknown"),
        (PAIRS_OF_TWO, "group_locks"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(rules: GroupRules, code: str) -> None:
    locks = (("p0", "m0"), ("p0", "m1")) if code == "group_locks" else ()
    with pytest.raises(MatcherError) as caught:
        split_into_groups(FIT, camp(4, 2, locks=locks), rules)
    assert caught.value.code == code
    assert str(caught.value)


@pytest.mark.parametrize("scale", [1e15, 1e-9, -1.0, 0.0])
def test_any_scale_and_sign(scale: float) -> None:
    plan = split_into_groups(scale * FIT, camp(4, 2), PAIRS_OF_TWO)
    best = 2.6 * scale if scale >= 0 else 1.2 * scale
    assert plan.worth == pytest.approx(best, rel=1e-9)


def test_nobody_at_all_is_no_group() -> None:
    plan = split_into_groups(np.zeros((0, 2)), camp(0, 2), PAIRS_OF_TWO)
    assert (plan.possible, plan.groups, plan.worth) == (True, (), 0.0)
    alone = split_into_groups([[0.5]], camp(1, 1), GroupRules(size_low=1, size_high=1))
    assert split(alone) == {"m0": ("p0",)}


def medium(seed: int) -> tuple[np.ndarray, Constraints, GroupRules]:
    rng = np.random.default_rng(seed)
    limits = camp(15, 6, conflicts=(("p0", "m0"), ("p4", "m3")))
    speaks = rng.random((15, 2)) < 0.8
    speaks[:, 0] |= ~speaks[:, 1]
    rules = GroupRules(
        size_low=3,
        size_high=5,
        projects_apart=(("p1", "p2"), ("p5", "p9", "p11")),
        project_speaks=speaks,
        mentor_speaks=np.ones((6, 2), dtype=bool),
    )
    return rng.random((15, 6)), limits, rules


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_columns_makes_no_difference(seed: int) -> None:
    affinity, limits, rules = medium(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(15), rng.permutation(6)
    both = np.ix_(rows, columns)
    other = replace(
        limits,
        project_ids=tuple(limits.project_ids[row] for row in rows),
        mentor_ids=tuple(limits.mentor_ids[column] for column in columns),
        forbidden=limits.forbidden[both],
        locked=limits.locked[both],
    )
    moved = replace(rules, project_speaks=rules.project_speaks[rows])
    plan = split_into_groups(affinity, limits, rules)
    assert split_into_groups(affinity[both], other, moved).groups == plan.groups


@pytest.mark.parametrize("seed", range(3))
def test_a_rule_less_is_never_worse(seed: int) -> None:
    affinity, limits, rules = medium(seed)
    plan = split_into_groups(affinity, limits, rules)
    assert plan.possible
    for looser in (
        replace(rules, projects_apart=()),
        replace(rules, project_speaks=None),
        replace(rules, size_low=2, size_high=6),
        replace(rules, most_groups=2),
    ):
        assert split_into_groups(affinity, limits, looser).worth >= plan.worth - 1e-9


def test_without_time_nothing_is_claimed() -> None:
    affinity, limits, rules = medium(0)
    plan = split_into_groups(affinity, limits, rules, time_limit=0.0)
    assert codes(plan) == ["blocked_not_found"]
