"""What the tests of WeChat's formats share: events as people write them."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

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
