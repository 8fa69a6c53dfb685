"""What the tests of WeChat's formats share: events as people write them, files that are spoiled."""

import contextlib
import json
import math
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.events import write_events
from sim.logs.importers import import_files
from sim.logs.table import EVENTS

SHANGHAI = ZoneInfo("Asia/Shanghai")


def unix(text):
    """Seconds of a Chinese moment; the date of 2024-03-05 where there is none."""
    day = text if "-" in text else f"2024-03-05 {text}"
    return int(datetime.fromisoformat(day).replace(tzinfo=SHANGHAI).timestamp())


def events(*paths, **options):
    """(Chinese time, name, event[, reply to[, amount]]) of all events; days only if not 03-05."""
    table, _ = import_files(paths, **options)
    names = [*table.names, ""]
    told = []
    for row in zip(
        table.seconds, table.member, table.event, table.reply_to, table.amount, strict=True
    ):
        seconds, who, kind, whom, amount = row
        time = datetime.fromtimestamp(int(seconds), SHANGHAI)
        day = "" if f"{time:%Y-%m-%d}" == "2024-03-05" else f"{time:%Y-%m-%d} "
        event = (f"{day}{time:%H:%M:%S}", names[who], EVENTS[kind])
        if whom >= 0 or not math.isnan(amount):
            event += (names[whom],)
        told.append(event if math.isnan(amount) else (*event, float(amount)))
    return told


def counts(path, **options):
    """What the file's report says was left out."""
    _, report = import_files([path], **options)
    return report.files[0].part.counts


def never_crashes(path, data, importer):
    """Read bytes as a format: they give events or a mistake that can be told."""
    path.write_bytes(data)
    for name in (importer, None):
        with contextlib.suppress(UserError):
            import_files([path], importer=name)


@st.composite
def spoiled(draw, valid):
    """A valid file with bytes changed, cut out, doubled or cut off."""
    data = bytearray(valid)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        how = draw(st.sampled_from(["put", "cut", "twice", "end"]))
        if how == "put":
            data[at:end] = draw(
                st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\n", b"{", b"\x1f\x8b"])
            )
        elif how == "cut":
            del data[at:end]
        elif how == "twice":
            data[at:at] = data[at:end]
        else:
            del data[at:]
    return bytes(data)


def tells_nothing(path, marker, tmp_path):
    """Assert that a report and an event file do not hold what names and texts hold."""
    table, report = import_files([path])
    out = tmp_path / "out.csv"
    write_events(table, out)
    for told in (repr(report), json.dumps(report.table()), out.read_text(), repr(table)):
        assert marker not in told
