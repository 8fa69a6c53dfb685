"""What tests of all formats do with a file: read it, cut it, spoil it, look for what may not be
told.
"""

import json
import math

from sim.errors import UserError
from sim.logs.events import write_events
from sim.logs.importers import FORMATS, import_files
from sim.logs.table import EVENTS

MARK = "zanzibar"


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


def survives(path, name):
    """Reading by force raises nothing but a mistake of the user's, and tells nothing of the file.

    Returns:
        Whether events came of it.
    """
    try:
        table, report = import_files([path], importer=name)
    except UserError as error:
        if MARK in str(error):
            raise
        return False
    assert MARK not in repr(report) + json.dumps(report.table())
    out = path.with_name("out.csv")
    write_events(table, out)
    assert MARK not in out.read_text()
    write_events(table, out, keep_names=True)
    return True
