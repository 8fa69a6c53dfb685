import sys
from pathlib import Path

import numpy as np
import pytest

from sim.logs.importers import import_files
from sim.logs.table import DAY, EVENT_CODE, EVENTS, build_table

sys.path.append(str(Path(__file__).parent))  # for what tests share: they are no package

MONDAY = 1_704_067_200  # 2024-01-01T00:00:00Z


@pytest.fixture
def exported(tmp_path):
    """What is imported from texts: rows (time, member, event, whom it answers), and the report."""

    def exported(*contents, name="log.txt", **options):
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(path)
        table, report = import_files(paths, **options)
        names = [*table.names, ""]
        return [
            (str(np.datetime64(int(second), "s")), names[who], EVENTS[event], names[whom])
            for second, who, event, whom in zip(
                table.seconds, table.member, table.event, table.reply_to, strict=True
            )
        ], report

    return exported


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
        joining = rng.poisson(arrivals, size=weeks)
        joining[0] = round(3 * arrivals)
        size = int(joining.sum())
        habit, weight = np.zeros((size, 3)), np.zeros((size, 3))
        silent, known, once, volume = np.ones((4, size))
        level = short = long = 0.0
        rows = []
        people = 0
        for week in range(weeks):
            here = slice(0, people)
            share = (habit[here] + 0.05) / (weight[here] + 0.5)
            silence = np.log(silent[here])
            z = [np.ones(people), *np.log(share / (1 - share)).T, silent[here] == 1, silence]
            z += [np.log(known[here]), once[here], np.log(volume[here]), once[here] * silence]
            z += [np.full(people, level - short), np.full(people, short - long)]
            spoke = rng.random(people) < 1 / (1 + np.exp(-np.dot(coefficients, z)))
            back = np.flatnonzero(spoke)
            mean, shape = np.full(back.size, 3.0), 1.0
            if message_law is not None:
                mean = np.maximum(np.exp(message_law[0] + message_law[1] * np.log(volume[back])), 1)
                shape = message_law[2]
            counts = 1 + rng.poisson(rng.gamma(shape, (mean - 1) / shape))
            habit[here] = habit[here] * decay + spoke[:, None]
            weight[here] = weight[here] * decay + 1
            silent[here] = np.where(spoke, 1, silent[here] + 1)
            known[here] += 1
            once[back] = 0.0
            volume[back] = 0.75 * volume[back] + 0.25 * counts
            new = np.arange(people, people + joining[week])
            first = 1 + rng.poisson(2.0, size=new.size)
            volume[new] = (first + 3) / 2
            people += new.size
            speakers = np.concatenate([back, new])
            rows.append(
                np.column_stack(
                    [np.full(speakers.size, week), speakers, np.concatenate([counts, first])]
                )
            )
            level = np.log(speakers.size + 1)
            short += max(1 / 8, 1 / (week + 1)) * (level - short)
            long += max(1 / 52, 1 / (week + 1)) * (level - long)
        week, name, count = np.concatenate(rows).T
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
            names=tuple(str(n) for n in range(size)),
        )

    return simulate
