"""Points simulated: each once, found again, extended; failed ones are rows."""

import json
from dataclasses import replace

import duckdb
import numpy as np
import pytest

import sim
from sim.errors import UserError
from sim.scenario import Scenario
from sim.study.sensitivity import sensitivity
from sim.study.sensitivity.community import NUMERIC, Community
from sim.study.sensitivity.given import given_data, load
from sim.study.sensitivity.points import Answers
from sim.study.variant import Variant


def test_a_point_is_measured_as_a_run_is():
    scenario = Scenario.preset("knowledge").replace({"days": 60, "members.initial": 60})
    community = Community(
        variant=Variant(scenario=scenario), series=("members", "revenue"), every=10
    )
    values = {"law.intercept": -1.2, "exit.hazard": 0.1}
    found = dict(
        zip(community.outputs, community.measure(values, seed=7, replicate=3), strict=True)
    )
    moved = scenario.replace(values)
    run = sim.run(moved, replicates=4, seed=7)
    for key in ("profit", "messages", "active_30d", "retention_d30", "gini_messages"):
        assert found[key] == run.kpis[3][key], key
    daily = run.daily
    daily = daily[daily.replicate == 3]
    for end in (10, 30, 60):
        window = daily[(daily.day >= end - 10) & (daily.day < end)]
        assert found[f"members@{end}"] == pytest.approx(window.members.mean())
        assert found[f"revenue@{end}"] == pytest.approx(window.revenue.mean(), abs=0.01)
    assert len(found) == len(NUMERIC) + 12


def test_equal_values_have_equal_luck_at_all_points(study, small):
    asked = study(small("oat", 1))
    result = sensitivity(asked, jobs=1)
    # the inert factor's two points have other luck, the same for both
    table = result.computed.answers["base"]
    assert np.array_equal(table[-1], table[-2], equal_nan=True)
    assert not np.array_equal(table[-1], table[0], equal_nan=True)


@pytest.mark.parametrize("method", ["sobol", "morris", pytest.param("lhs", marks=pytest.mark.slow)])
def test_a_larger_design_repeats_no_run(study, small, tmp_path, method):
    count = {"sobol": 8, "morris": 4, "lhs": 32}[method]
    folder = tmp_path / "folder"
    first = sensitivity(study(small(method, count)), out=folder, jobs=1)
    again = sensitivity(study(small(method, count)), out=folder, jobs=1)
    larger = sensitivity(study(small(method, 2 * count)), out=folder, jobs=1)
    alone = sensitivity(study(small(method, 2 * count)), jobs=1)
    assert again.simulated == 0
    assert again.table() == first.table()
    assert larger.simulated == alone.simulated - first.simulated
    assert larger.table()["outputs"] == alone.table()["outputs"]


def test_more_replicates_and_another_method_find_what_is_there(study, small, tmp_path):
    folder = tmp_path / "folder"
    sensitivity(study(small("lhs", 32)), out=folder, jobs=1)
    more = sensitivity(study(small("lhs", 32), replicates=3), out=folder, jobs=1)
    assert more.simulated == 32
    assert sensitivity(study(small("pawn", 32), replicates=3), out=folder, jobs=1).simulated == 0
    given = given_data(folder, method="rbd_fast")
    assert given.simulated == 0
    assert given.computed.study.method == "rbd_fast"


def test_a_finished_folder_is_read_back(study, small, tmp_path):
    folder = tmp_path / "folder"
    made = sensitivity(study(small("sobol", 8)), out=folder, jobs=1)
    read = load(folder)
    assert read.table() == made.table()
    assert read.indices() == json.loads((folder / "indices.json").read_text())
    with pytest.raises(UserError, match="needs_design"):
        given_data(folder, method="fast")
    with pytest.raises(UserError, match="given"):
        given_data(folder, method="lhs")


def test_runs_are_a_table_with_values_and_answers(study, small, tmp_path):
    folder = tmp_path / "folder"
    extra = 'series = ["members"]\nevery = 20\n'
    made = sensitivity(study(small("sobol", 8, extra)), out=folder, jobs=1)
    table = duckdb.read_parquet(str(folder / "runs.parquet")).df()
    assert len(table) == 8 * 5 * 2
    answers = made.computed.answers["base"]
    for name in ("profit", "members@60"):
        k = made.asked.measured.index(name)
        assert table[name].to_numpy() == pytest.approx(answers[:, :, k].reshape(-1))
    first = table[(table.point == 0) & (table.replicate == 0)].iloc[0]
    assert first["law.intercept"] == made.computed.numbers[0, 0]


def test_screening_keeps_the_strongest(study, tmp_path):
    text = """
base = "knowledge"
days = 60
n = 8
outputs = ["messages"]
[set]
members.initial = 60
[factors]
law.intercept = [-1.6, -0.3]
finance.discount_rate = [0.0, 0.1]
buy.rate = "default"
[screening]
trajectories = 4
keep = 1
"""
    asked = study(text.replace("buy.rate", "talk.audience_for_n"))
    result = sensitivity(asked, out=tmp_path / "folder", jobs=1)
    assert [one.path for one in result.computed.study.factors] == ["law.intercept"]
    assert result.screening.study.method == "morris"
    assert result.table()["screening"]["kept"] == ["law.intercept"]
    assert (tmp_path / "folder" / "screening.parquet").exists()
    assert load(tmp_path / "folder").table() == result.table()


def test_levers_are_decisions_under_which_all_points_are_simulated(study, small):
    levers = """
[[levers]]
name = "packets"
policies = [{ use = "red_packet", amount = 50 }]
"""
    result = sensitivity(study(small("lhs", 32) + levers), jobs=1)
    labels = set(result.computed.found)
    assert labels == {
        f"{kpi}{arm}" for kpi in ("profit", "messages")
        for arm in ("[base]", "[packets]", "[packets - base]")
    }  # fmt: skip
    cost = result.asked.measured.index("cost")
    answers = result.computed.answers
    assert (answers["packets"][:, :, cost] > answers["base"][:, :, cost]).all()


def test_whole_policies_can_be_a_factor(study, small):
    text = small("lhs", 32).replace(
        "exit.hazard = [0.05, 0.15]",
        """
reward = { policies = { none = [], packets = [{ use = "red_packet", amount = 50 }] } }
""",
    )
    result = sensitivity(study(text), jobs=1)
    cost = result.computed.answers["base"][:, :, result.asked.measured.index("cost")].mean(axis=1)
    chosen = result.computed.numbers[:, 1]
    assert set(chosen) == {0.0, 1.0}
    assert cost[chosen == 1].min() > cost[chosen == 0].max()


def test_values_that_do_not_fit_together_are_failed_runs(study, small, tmp_path):
    text = small("lhs", 64).replace(
        "exit.hazard = [0.05, 0.15]",
        """
members.leaders = [1, 28]
members.seed_users = [2, 40]
""",
    )
    asked = study(text)
    folder = tmp_path / "folder"
    result = sensitivity(asked, out=folder, jobs=1)
    staff = result.computed.numbers[:, 1:].sum(axis=1) + 2  # the owner and an administrator
    bad = int((staff > 60).sum())
    assert 0 < bad < 64
    assert len(result.failed) == 2 * bad
    assert result.computed.found["messages"].left_out == bad
    assert result.computed.found["messages"].indices["PRCC"][0] > 0.5
    assert "members" in next(iter(result.failed.values()))
    again = sensitivity(asked, out=folder, jobs=1)
    assert again.simulated == 0
    retried = sensitivity(asked, out=folder, jobs=1, retry_failed=True)
    assert retried.simulated == 2 * bad


def test_a_torn_journal_costs_its_own_runs_only(study, small, tmp_path):
    folder = tmp_path / "folder"
    asked = study(small("sobol", 8))
    made = sensitivity(asked, out=folder, jobs=1)
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:5]) + lines[5][:40] + b"\n" + b"".join(lines[6:]))
    again = sensitivity(asked, out=folder, jobs=1)
    assert (again.torn, again.simulated) == (1, 2)
    assert again.table() == made.table()


def test_a_folder_of_something_else_is_refused(study, small, tmp_path):
    folder = tmp_path / "folder"
    asked = study(small("lhs", 32))
    sensitivity(asked, out=folder, jobs=1)
    with pytest.raises(UserError) as caught:
        sensitivity(replace(asked, seed=5), out=folder, jobs=1)
    assert (caught.value.kind, caught.value.reason) == ("taken", "folder")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    with pytest.raises(UserError) as caught:
        sensitivity(asked, out=tmp_path / "other", jobs=1)
    assert caught.value.reason == "foreign"
    assert Answers(folder).known
