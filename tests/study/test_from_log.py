"""Studies that begin with a real community's members as they are today."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.events import write_events
from sim.logs.table import DAY, EVENT_CODE, build_table
from sim.scenario import Scenario
from sim.study.beginning import beginning_of, begun, told
from sim.study.comparison import compare, load_comparison
from sim.study.from_log import Fitted
from sim.study.reading import read_experiment
from sim.study.variant import Variant

WEEKS, REGULARS = 30, 12
EXPERIMENT = """
days = 26
goal = "active_30d"
base = "knowledge"
without = ["free_course"]

[[variants]]
name = "nothing"

[[variants]]
name = "packets"
policies = [{ use = "red_packet", amount = 50, every = 7 }]
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Twelve regulars who speak in three weeks of four, and one newcomer a week."""
    rng = np.random.default_rng(8)
    rows = [
        (7 * week + rng.uniform(0, 7), who)
        for week in range(WEEKS)
        for who in (*np.flatnonzero(rng.random(REGULARS) < 0.75), REGULARS + week)
        for _ in range(rng.integers(1, 4))
    ]
    rows = sorted([*rows, (7 * WEEKS - 0.01, 0)])
    who = np.array([who for _, who in rows], np.int32)
    table = build_table(
        np.array([1_704_067_200 + int(day * DAY) for day, _ in rows], np.int64), who,
        np.full(len(rows), EVENT_CODE["message"], np.uint8),
        np.full(len(rows), -1, np.int32), np.full(len(rows), np.nan),
        names=tuple(str(n) for n in range(who.max() + 1)),
    )  # fmt: skip
    path = tmp_path_factory.mktemp("log") / "ours.csv.gz"
    write_events(table, path)
    return path


def test_a_log_is_a_beginning_with_its_own_members(log):
    scenario, begins = begun(log, days=10)
    assert isinstance(begins, Fitted)
    assert (scenario.days, begins.day, scenario.name) == (14, 0, "ours")
    assert begins.members == REGULARS + WEEKS
    variant = Variant(scenario=scenario, begins=begins)
    assert variant.members == REGULARS + WEEKS
    speakers = []
    for replicate in range(20):
        run = variant.start(seed=1, replicate=replicate)
        run.advance()
        record = run.record()
        assert record.initial_members == REGULARS + WEEKS
        speakers.append(record.weekly[0, 0, 0])
    # nine regulars of twelve, the newcomer, and now and then somebody of old
    assert 8 < np.mean(speakers) < 13


def test_the_same_question_of_a_real_community(log, tmp_path):
    source = tmp_path / "question.toml"
    source.write_text(EXPERIMENT)
    experiment = read_experiment(source, begins=log)
    assert experiment.days == 28
    out = tmp_path / "out"
    found = compare(experiment, replicates=10, out=out, jobs=1)
    same = found.differences["nothing"]
    assert all(one.delta in (0, None) for one in same.values())
    assert all(one.variance_reduction is None for one in same.values())
    assert found.differences["packets"]["messages"].delta > 0
    assert found.differences["packets"]["cost"].delta == pytest.approx(4 * 50)
    again = load_comparison(out)
    assert again.experiment.base.begins == experiment.base.begins
    assert again.differences == found.differences


def test_a_founded_community_still_knows_what_it_does_not_do(tmp_path):
    source = tmp_path / "question.toml"
    source.write_text(EXPERIMENT.replace("knowledge", "small.toml"))
    (tmp_path / "small.toml").write_text("days = 20\n")
    with pytest.raises(UserError) as caught:
        read_experiment(source)
    assert (caught.value.kind, caught.value.reason) == ("not_found", "without")


def test_a_beginning_is_told_and_found_again(log):
    _, begins = begun(log, days=7)
    assert beginning_of(told(begins)) == begins
    assert told(begins)["kind"] == "log"


def test_what_cannot_begin(log, tmp_path):
    _, begins = begun(log, days=7)
    scenario = begins.scenario(days=7).replace({"days": 10})
    with pytest.raises(UserError, match="log_horizon"):
        begins.start(scenario, begins.levers(scenario), seed=0, replicate=0)
    changed = tmp_path / "ours.csv.gz"
    changed.write_bytes(log.read_bytes() + b" ")
    with pytest.raises(UserError, match="changed"):
        _ = Fitted(str(changed), begins.digest).members
    short = tmp_path / "short.csv"
    short.write_text("timestamp,member\n2026-05-01,1\n")
    with pytest.raises(UserError, match="too_short"):
        begun(short, days=7)
    assert isinstance(begun("knowledge", days=7)[0], Scenario)
