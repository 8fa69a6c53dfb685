"""Works and files of works that somebody made to do harm: shown as text, or refused."""

import base64
import gzip
import json

import pytest
from web_server import SMALL, asked_of, below, ended, save

NAMES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u202egnp.exe", "a\u0000b",
    "'; DROP TABLE works; --", "{{7*7}} ${7*7} {0.__class__}", "%s%n%x", "a\r\nSet-Cookie: b=c",
    '"\n[set]\nmembers.initial = 9\n[[variants]]\nname = "', "..", "../../etc/passwd", "=1+1",
    "CON", " ", "\u200b", "群" * 40, "🙂" * 20, "]]>", "\x1b[31m", "base", "\\",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_are_kept_as_text(client, name):
    work = SMALL | {"name": name, "variants": [SMALL["variants"][0] | {"name": name}] * 2}
    answer = client.post("/api/works", json=work)
    if answer.status_code != 201:
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["at"]
        return
    kept = asked_of(client, "GET", f"/api/works/{answer.json()['id']}")
    assert kept["name"] == name
    assert [one["name"] for one in kept["variants"]] == [name, name]
    listed = asked_of(client, "GET", "/api/works")["works"]
    assert [one["name"] for one in listed] == [name]
    shared = asked_of(client, "GET", f"/api/works/{kept['id']}/file")
    again = asked_of(client, "POST", "/api/works/file", json=shared)
    given = ("id", "created", "changed", "runs")
    assert {k: v for k, v in again.items() if k not in given} == {
        k: v for k, v in kept.items() if k not in given
    }
    checked = asked_of(client, "POST", "/api/check", json=work)
    assert checked["errors"] == []
    raw = client.get(f"/api/works/{kept['id']}")
    assert raw.headers["content-type"] == "application/json"


def test_an_experiment_holds_a_name_as_a_text(client, server):
    """What is put between quotes stays there: no line of its own, no other table."""
    import tomllib

    name = NAMES[8]
    variant = SMALL["variants"][0] | {"name": 'x"\n[stop]\nkpi = "profit'}
    work = save(client, SMALL | {"name": name, "variants": [variant]})
    task = asked_of(client, "POST", f"/api/works/{work}/compare")["task"]
    (folder,) = below(server.folder, task["id"])
    (path,) = folder.glob("*.toml")
    experiment = tomllib.loads(path.read_text("utf-8"))
    asked_of(client, "POST", f"/api/tasks/{task['id']}/stop")
    assert experiment["question"] == name
    assert experiment["set"] == SMALL["set"]
    assert "stop" not in experiment
    assert len(experiment["variants"]) == 1


LONG_NAME = "a" * 10_000
WRONG = {
    "a long name": {"name": LONG_NAME},
    "no such policy": {"policies": [{"use": "os.system"}]},
    "a policy by a path": {"policies": [{"use": "../../evil.py:Policy"}]},
    "a setting that is code": {"policies": [{"use": "red_packet", "amount": "__import__('os')"}]},
    "a community elsewhere": {"community": {"preset": "../../etc/passwd"}},
    "an upload elsewhere": {"community": {"upload": "../../etc/passwd"}},
    "two communities": {"community": {"preset": "knowledge", "upload": "t0"}},
    "no community": {"community": {}},
    "a hundred thousand members": {"set": {"members.initial": 100_000}},
    "members that are no number": {"set": {"members.initial": "many"}},
    "no such parameter": {"set": {"__class__": 1}},
    "ten million days": {"days": 10_000_000},
    "days below none": {"days": -1},
    "a million futures": {"futures": 1_000_000},
    "a hundred variants": {"variants": [SMALL["variants"][0]] * 100},
    "a thousand policies": {"policies": [{"use": "red_packet"}] * 1000},
    "a large seed": {"seed": 10**30},
    "an amount beyond all": {"policies": [{"use": "red_packet", "amount": 1e300}]},
    "another field": {"exec": "rm -rf /"},
    "another schema": {"schema": 999},
    "no such goal": {"goal": "__import__('os').system('id')"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_wrong_is_refused_or_told(client, server, wrong):
    work = {key: value for key, value in (SMALL | WRONG[wrong]).items() if key != "id"}
    answer = client.post("/api/works/file", json={"schema": 1, "work": work})
    if answer.status_code == 201:  # its form is right: checking tells what is wrong with it
        found = asked_of(client, "POST", "/api/check", json=work)["errors"]
        assert found, wrong
        assert all(one["message"] and one["at"] for one in found)
        task = asked_of(client, "POST", f"/api/works/{answer.json()['id']}/compare")["task"]
        told = ended(client, task)
        assert told["state"] == "failed"
        assert told["error"]["code"] != "stopped/internal", told["error"]
        return
    assert 400 <= answer.status_code < 500, answer.text
    error = answer.json()["error"]
    assert error["message"]
    assert len(error["message"]) < 3000
    assert "root:" not in answer.text
    assert asked_of(client, "GET", "/api/works") == {"works": []}


def test_nothing_to_compare_with(client):
    work = save(client, SMALL | {"variants": []})
    answer = client.post(f"/api/works/{work}/compare")
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["at"]) == ("wrong_form/work_alone", "variants")
    assert asked_of(client, "GET", "/api/tasks") == {"tasks": []}


def packed(data):
    return base64.b64encode(gzip.compress(data)).decode()


LOG = SMALL | {"community": {"upload": "t0123456789abcdef"}}
LOGS = {
    "none": None,
    "no base64": "!!!",
    "no gzip": base64.b64encode(b"PK\3\4").decode(),
    "no table": packed(b"\x80\x04\x95 a pickle"),
    "a bomb": packed(bytes(200_000_000)),
    "cut off": packed(b"timestamp,member\n" * 1000)[:40],
    "paths": packed(b"../../etc/passwd\n" * 100),
}


@pytest.mark.parametrize("log", LOGS)
def test_a_file_with_a_wrong_log_is_refused(client, server, log):
    body = {"schema": 1, "work": LOG, "events": LOGS[log], "events_name": "<b>a.txt"}
    answer = client.post("/api/works/file", json=body)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["error"]["message"]
    assert asked_of(client, "GET", "/api/works") == {"works": []}
    assert asked_of(client, "GET", "/api/uploads") == {"uploads": []}
    assert asked_of(client, "GET", "/api/tasks") == {"tasks": []}


def test_mistakes_are_told_in_the_language_asked_for(client):
    for params, headers in (({"lang": "zh"}, {}), ({}, {"Accept-Language": "zh-CN,zh"})):
        answer = client.post("/api/works", json=SMALL | {"days": 5}, params=params, headers=headers)
        error = answer.json()["error"]
        assert error["at"] == "days"
        assert any("\u4e00" <= one <= "\u9fff" for one in error["message"])
        assert "14" in error["message"]
    body = json.dumps(SMALL | {"days": 5})
    assert client.post("/api/works?lang=xx", content=body).json()["error"]["message"].isascii()
