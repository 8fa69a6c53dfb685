import os
from pathlib import Path

import numpy as np
import pytest

from sim.logs.table import DAY, EVENT_CODE, build_table

MONDAY = 1_704_067_200  # 2024-01-01T00:00:00Z


@pytest.fixture(scope="session")
def train():
    """The folder of real logs."""
    default = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "train"
    folder = Path(os.environ.get("QUNSIM_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no real logs in {folder}; set QUNSIM_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def make_table():
    """A table from rows (day since Monday 2024-01-01, name[, event[, reply_to[, amount]]])."""

    def make(rows, *, start=MONDAY):
        padded = [(*row, *("message", "", np.nan)[len(row) - 2 :]) for row in rows]
        names = sorted({row[1] for row in padded} | {row[3] for row in padded if row[3]})
        code = {name: position for position, name in enumerate(names)} | {"": -1}
        day, who, kind, whom, amount = zip(*padded, strict=True)
        return build_table(
            np.array([start + round(d * DAY) for d in day], dtype=np.int64),
            np.array([code[name] for name in who], dtype=np.int32),
            np.array([EVENT_CODE[name] for name in kind], dtype=np.uint8),
            np.array([code[name] for name in whom], dtype=np.int32),
            np.array(amount, dtype=np.float64),
            names=tuple(names),
        )

    return make


@pytest.fixture(scope="session")
def random_table(make_table):
    """A small log of members with different rates, some joins, with gaps."""

    def make(seed, *, members=12, weeks=30, rows=300):
        rng = np.random.default_rng(seed)
        rate = rng.gamma(0.4, size=members) + 1e-3
        days = np.sort(rng.uniform(0.3, 7 * weeks - 2.6, size=rows))
        who = rng.choice(members, size=rows, p=rate / rate.sum())
        kind = rng.choice(["message", "message", "message", "join"], size=rows)
        return make_table([(d, f"m{w}", k) for d, w, k in zip(days, who, kind, strict=True)])

    return make


@pytest.fixture(scope="session")
def simulated_log():
    """Communities that follow the member law exactly, simulated here independently of the code."""

    def simulate(coefficients, *, weeks, arrivals, seed, message_law=None):
        rng = np.random.default_rng(seed)
        decay = np.exp(-1 / np.array([2.0, 8.0, 40.0]))
        people = []  # one dict a member
        level = short = long = 0.0
        rows = []
        for week in range(weeks):
            spoken = []
            for person in people:
                share = (person["habit"] + 0.05) / (person["weight"] + 0.5)
                silence = np.log(person["silent"])
                z = [
                    1.0,
                    *np.log(share / (1 - share)),
                    float(person["silent"] == 1),
                    silence,
                    np.log(person["known"]),
                    person["once"],
                    np.log(person["volume"]),
                    person["once"] * silence,
                    level - short,
                    short - long,
                ]
                spoke = rng.random() < 1 / (1 + np.exp(-np.dot(coefficients, z)))
                count = 0
                if spoke:
                    mean = 3.0
                    if message_law is not None:
                        base, slope, _ = message_law
                        mean = np.exp(base + slope * np.log(person["volume"]))
                    shape = 1.0 if message_law is None else message_law[2]
                    extra = max(mean - 1, 0.0)
                    count = 1 + rng.poisson(rng.gamma(shape, extra / shape) if extra else 0.0)
                    spoken.append((person["name"], count))
                person["habit"] = person["habit"] * decay + spoke
                person["weight"] = person["weight"] * decay + 1
                person["silent"] = 1 if spoke else person["silent"] + 1
                person["known"] += 1
                if spoke:
                    person["once"] = 0.0
                    person["volume"] = 0.75 * person["volume"] + 0.25 * count
            for _ in range(rng.poisson(arrivals) if week else 3 * arrivals):
                name = len(people)
                count = 1 + rng.poisson(2.0)
                spoken.append((name, count))
                people.append(
                    {
                        "name": name,
                        "habit": np.zeros(3),
                        "weight": np.zeros(3),
                        "silent": 1,
                        "known": 1,
                        "once": 1.0,
                        "volume": (count + 3) / 2,
                    }
                )
            rows += [(week, name, count) for name, count in spoken]
            level = np.log(len(spoken) + 1)
            short += max(1 / 8, 1 / (week + 1)) * (level - short)
            long += max(1 / 52, 1 / (week + 1)) * (level - long)
        week, name, count = (np.array(column) for column in zip(*rows, strict=True))
        total = int(count.sum())
        first = np.repeat(MONDAY + week * 7 * DAY, count)
        seconds = first + rng.integers(0, 7 * DAY, size=total)
        seconds[0] = MONDAY
        seconds[-1] = MONDAY + weeks * 7 * DAY - 1
        return build_table(
            seconds,
            np.repeat(name, count).astype(np.int32),
            np.zeros(total, dtype=np.uint8),
            np.full(total, -1, dtype=np.int32),
            np.full(total, np.nan),
            names=tuple(str(n) for n in range(len(people))),
        )

    return simulate
