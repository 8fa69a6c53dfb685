"""What tests of all formats do with a file: read it, cut it, spoil it, look for what may not be
told.
"""

import json
import math

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.events import write_events
from sim.logs.importers import FORMATS, import_files
from sim.logs.table import EVENTS

MARK = "zanzibar"

LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Of properties that write files; how many examples are looked at is the profile's."""


def events(*paths, **options):
    """Rows (seconds, member, event, reply_to[, amount]) by the names of the source."""
    table, _ = import_files(paths, **options)
    names = [*table.names, ""]
    columns = (table.seconds, table.member, table.event, table.reply_to, table.amount)
    return [
        (int(s), names[m], EVENTS[e], names[r], *([] if math.isnan(a) else [float(a)]))
        for s, m, e, r, a in zip(*columns, strict=True)
    ]


def counts(path, **options):
    _, report = import_files([path], **options)
    return report.files[0].part.counts


def known_as(path):
    """Names of all formats that claim a file, but the generic table's."""
    from sim.logs.files import read_head

    head = read_head(path)
    return [form.name for form in FORMATS[:-1] if form.sniff(head, path)]


def survives(path, *importers):
    """Reading by force raises nothing but a mistake of the user's, and tells nothing of the file.

    Args:
        path: A file in which names and texts hold :data:`MARK`.
        importers: Formats to read it as, one after the other; None = what it looks like.

    Returns:
        Whether events came of the last.
    """
    table = None
    for name in importers:
        try:
            table, report = import_files([path], importer=name)
        except UserError as error:
            table = None
            if MARK in str(error):
                raise
        else:
            assert MARK not in told_of(table, report, path.with_name("out.csv"))
            write_events(table, path.with_name("out.csv"), keep_names=True)
    return table is not None


def told_of(table, report, out):
    """All that an import shows and writes, but for who asks for names."""
    write_events(table, out)
    return repr(report) + json.dumps(report.table()) + repr(table) + out.read_text()


def tells_nothing(path, *marks):
    """Assert that no mark, which names and texts hold, is told."""
    table, report = import_files([path])
    told = told_of(table, report, path.with_name("out.csv"))
    assert not [mark for mark in marks if mark in told]


@st.composite
def spoiled(draw, valid):
    """Any bytes, or a valid file with bytes changed, cut out, doubled or cut off."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=300))
    data = bytearray(valid)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        how = draw(st.sampled_from(["put", "cut", "twice", "end"]))
        if how == "put":
            data[at:end] = draw(
                st.binary(max_size=20) | st.sampled_from([b'"', b",", b"\n", b"{", b"\x1f\x8b"])
            )
        elif how == "cut":
            del data[at:end]
        elif how == "twice":
            data[at:at] = data[at:end]
        else:
            del data[at:]
    return bytes(data)


def any_json(*keys, leaves=()):
    """Any value of JSON, of objects with some of the keys."""
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    inner = plain | st.sampled_from(leaves) if leaves else plain
    return st.recursive(
        inner,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=8)
        ),
        max_leaves=20,
    )
