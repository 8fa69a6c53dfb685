"""What the server would tell of a comparison, written by hand, so that every state can be seen."""

import json
import re

DAYS = list(range(61))
STAGES = ("sprout", "growth", "active", "decline", "dormant")


def line(index, name, end, spread):
    """A line that rises evenly to its end; bands as wide as said, on the last day."""
    mid = [end * day / 60 for day in DAYS]
    wide = [spread * day / 60 for day in DAYS]
    return {
        "index": index, "name": name, "mid": mid,
        "lo50": [m - w / 2 for m, w in zip(mid, wide, strict=True)],
        "hi50": [m + w / 2 for m, w in zip(mid, wide, strict=True)],
        "lo90": [m - w for m, w in zip(mid, wide, strict=True)],
        "hi90": [m + w for m, w in zip(mid, wide, strict=True)],
        "paths": [mid],
    }  # fmt: skip


def figures():
    """One figure of every kind that a comparison has."""
    table = {"columns": ["day", "<b>course</b>"], "rows": [["60", "¥12,000"]]}
    common = {"finding": "Pays for itself", "x_label": "day", "y_label": "", "table": table}
    stage = [0] * 30 + [2] * 31
    curve = {"index": 0, "name": "as now", "x": [0, 0.5, 1], "y": [0, 0.1, 1], "gini": 0.7}
    return [
        {
            **common, "key": "money", "kind": "bands", "title": "Profit", "unit": "yuan", "x": DAYS,
            "series": [line(1, "packets", -400, 300), line(2, "<b>course</b>", 12_000, 6000)],
            "marks": [{"x": 31, "label": "pays back: day 31", "kind": "payback"}],
        },
        {
            **common, "key": "members", "kind": "bands", "title": "Members", "unit": "persons",
            "x": DAYS, "lines": [{"y": 500, "label": "places: 500"}],
            "series": [line(0, "as now", 300, 20), line(1, "packets", 310, 20)],
        },
        {
            **common, "key": "stages", "kind": "stages", "title": "Stage", "unit": "share",
            "x": DAYS,
            "rows": [{"index": 0, "name": "as now", "stage": stage, "share": [0.9] * 61}],
            "stages": [{"key": key, "label": key} for key in STAGES],
        },
        {
            **common, "key": "cohorts", "kind": "heat", "title": "Who stays", "unit": "share",
            "x": [0, 1, 2], "y": ["week 0", "week 1"], "z": [[1, 0.8, 0.7], [1, 0.9, None]],
            "z_label": "still there", "note": "A note.",
        },
        {
            **common, "key": "participation", "kind": "lorenz", "title": "Who talks",
            "unit": "share", "lines": [curve],
        },
        {
            **common, "key": "tree", "kind": "tree", "title": "Who brought whom", "unit": "persons",
            "nodes": [
                {"id": 0, "parent": None, "label": "Amy", "joined": 3, "size": 2, "member": 41},
                {"id": 1, "parent": 0, "label": "Tom", "joined": 9, "size": 0, "member": 57},
            ],
            "table": {"columns": ["member", "day"], "rows": [["Amy", "3"], ["Tom", "9"]]},
        },
    ]  # fmt: skip


def cell(kpi, value, mark=""):
    return {
        "kpi": kpi, "label": kpi, "value": value, "mark": mark, "mark_label": mark,
        "chance": "88/100" if mark else "",
    }  # fmt: skip


def compare_view(*, final=True, pairs=120):
    """A comparison as the server tells it."""
    judged, same = final or pairs >= 30, cell("active", "+1", "same")
    return {
        "kind": "compare", "final": final, "done": 3 * pairs, "total": 384, "failed": 3,
        "pairs": pairs, "title": "Packets or course?", "line": "300 members, 60 days",
        "badge": "not_fitted", "badge_label": "not fitted to your group",
        "verdict": ["The course is better, in 88 of 100 futures.", "More."] if judged else [],
        "price": "Its price: 6000 yuan.", "assumptions": ["Ahead in 34 of 40 sets."],
        "others": ["Packets make no difference."], "best": 2 if judged else None, "told": 2,
        "so_far": "" if final else "So far:",
        "tiles": [{"value": f"tile {n}", "label": "what", "note": "note"} for n in range(4)],
        "variants": [
            {"index": 0, "name": "as now", "cells": [cell("profit", "¥2"), cell("active", "9")]},
            {"index": 1, "name": "packets", "cells": [cell("profit", "-¥4", "worse"), same]},
            {"index": 2, "name": "course", "cells": [cell("profit", "+¥9", "better"), same]},
        ],
        "table": {"columns": ["KPI", "value"], "rows": [[f"kpi {n}", str(n)] for n in range(40)]},
        "figures": figures(), "notes": ["A note."],
        "changes": [{"variant": 2, "label": "free course", "before": "", "after": "day 10"}],
        "assumption_rows": [
            {"label": "signs up", "value": "12 %", "source": "thumb", "confidence_label": "low"}
        ],
    }  # fmt: skip


class Told:
    """A page whose server tells what the test says of one task.

    Args:
        page: The page.
        view: What is to be seen of the task.
        task: What else is told of it.
    """

    def __init__(self, page, view, **task):
        self.page, self.view, self.asked = page, view, []
        page.set_default_timeout(90_000)  # a busy machine draws late
        page.goto("/")
        fields = {"name": "Packets or course?", "community": {"preset": "knowledge"}, "days": 60}
        variants = [{"name": "packets"}, {"name": "course"}]
        self.work = page.request.post("/api/works", data={**fields, "variants": variants}).json()
        content = {key: self.work[key] for key in ("days", "goal", "set", "variants", "policies")}
        self.task = {
            "id": "t1", "kind": "compare", "work": self.work["id"], "name": "", "state": "done",
            "done": 360, "total": 384, "failed_runs": 3, "left_s": None, "stage": "", "place": 0,
            "asked": {"content": content}, "error": None, "created": "", **task,
        }  # fmt: skip
        self.socket = None
        page.route(re.compile("/api/tasks"), self._answer)
        page.route(re.compile(rf"/api/works/{self.work['id']}"), self._work)
        page.route_web_socket(re.compile("/api/tasks/t1/events"), self._connect)

    def _work(self, route):
        if route.request.method != "GET":
            self.asked.append((route.request.method, route.request.url.partition("?")[0]))
            if route.request.method == "POST":
                self.task["state"] = "running"
                return route.fulfill(json={"task": self.task})
            return route.fulfill(json=self.work | json.loads(route.request.post_data))
        run = {"id": "t1", "kind": "compare", "state": self.task["state"], "when": ""}
        return route.fulfill(json=self.work | {"runs": [run]})

    def _answer(self, route):
        path = route.request.url.partition("?")[0].partition("/api/tasks")[2]
        self.asked.append((route.request.method, path))
        if path.endswith("/view"):
            return route.fulfill(json=self.view) if self.view else route.fulfill(status=204)
        if path.endswith("/stop"):
            self.task["state"] = "stopped"
        if path.endswith("/go-on"):
            self.task["state"] = "running"
        return route.fulfill(json={"task": self.task})

    def _connect(self, socket):
        self.socket = socket
        self.tell()

    def tell(self, view=None, **task):
        """Tell the page something new."""
        self.view, self.task = view or self.view, self.task | task
        self.socket.send(json.dumps({"type": "task", "task": self.task}))
        if self.view:
            self.socket.send(json.dumps({"type": "look", "view": self.view}))
        if self.task["state"] not in ("running", "queued"):
            self.socket.close()

    def open(self, screen="compare"):
        """Go to a screen of the work."""
        self.page.goto(f"/#/{screen}/{self.work['id']}")
