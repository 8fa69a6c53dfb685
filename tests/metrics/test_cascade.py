"""Invitation trees against closed forms and breadth-first search."""

import random
from collections import deque
from itertools import combinations

import pytest

from sim.metrics import run_kpis
from sim.metrics.cascade import cascade


def distances_by_search(people, group):
    """Depth of every node and the distance of every pair of the group's tree."""
    nodes = ["root"] + [i for i, p in enumerate(people) if p.group == group and p.role != 3]
    near = {node: [] for node in nodes}
    for i in nodes[1:]:
        by = people[i].inviter if people[i].joined >= 0 else -1
        parent = by if by in near else "root"
        near[i].append(parent)
        near[parent].append(i)

    def search(source):
        found, queue = {source: 0}, deque([source])
        while queue:
            node = queue.popleft()
            for other in near[node]:
                if other not in found:
                    found[other] = found[node] + 1
                    queue.append(other)
        return found

    reach = {node: search(node) for node in nodes}
    return reach["root"], [reach[a][b] for a, b in combinations(nodes, 2)]


@pytest.mark.parametrize("seed", range(20))
def test_random_trees_agree_with_breadth_first_search(seed, make_people, make_record):
    groups = 1 + seed % 3
    people = make_people(seed, days=80, size=3 * seed, groups=groups)
    record = make_record(people, days=80, groups=groups)
    found = run_kpis(record, keys=["invite_depth_max", "invite_depth3_share", "wiener_index"])
    depth, pairs, accepted = {}, [], []
    for group in range(groups):
        depths, distances = distances_by_search(people, group)
        depth |= {(group, node): steps for node, steps in depths.items()}
        pairs += distances if len(depths) >= 3 else []
        accepted += [depths[i] for i in depths if i != "root" and people[i].inviter >= 0]
    assert found["invite_depth_max"] == max(depth.values())
    assert found["wiener_index"] == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)
    deep = sum(steps >= 3 for steps in accepted)
    share = deep / len(accepted) if accepted else None
    assert found["invite_depth3_share"] == share


@pytest.mark.parametrize("n", [3, 10, 400])
def test_star(n, person, make_record):
    people = [person(role=3)] + [person(joined=i, inviter=0) for i in range(n - 1)]
    record = make_record(people, days=n)
    keys = ["wiener_index", "invite_depth_max", "invite_depth3_share"]
    found = run_kpis(record, keys=keys)
    assert found["wiener_index"] == pytest.approx(2 - 2 / n)
    assert found["invite_depth_max"] == 1
    assert found["invite_depth3_share"] == 0


@pytest.mark.parametrize("n", [3, 10, 400])
def test_path(n, person, make_record):
    people = [person(role=3)] + [person(joined=i, inviter=i) for i in range(n - 1)]
    found = cascade(make_record(people, days=n))
    assert found.distance / found.pairs == pytest.approx((n + 1) / 3)
    assert found.depth == n - 1
    assert found.deep == max(0, n - 3)


def test_a_group_without_a_tree(person, make_record):
    keys = ["wiener_index", "invite_depth_max", "invite_depth3_share"]
    for people in ([], [person(role=3)], [person(role=3), person()]):
        found = run_kpis(make_record(people, days=5), keys=keys)
        assert found["wiener_index"] is None
        assert found["invite_depth3_share"] is None
        assert found["invite_depth_max"] == (1 if len(people) == 2 else 0)


def test_a_deep_chain_is_linear_in_time(person, make_record):
    size = 20_000
    rng = random.Random(1)  # noqa: S311 (no secret)
    people = [person(role=3)] + [
        person(joined=0, inviter=rng.randrange(max(0, i - 2), i + 1)) for i in range(size)
    ]
    assert cascade(make_record(people, days=1)).depth > size / 4
