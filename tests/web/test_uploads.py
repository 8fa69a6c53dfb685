"""Whatever is sent as a chat log is read or refused with a sentence; nothing of it stays."""

import gzip
import io
import json
import random
import re
import socket
import time
import zipfile
from pathlib import Path

import pytest
from web_server import ENDED, asked_of, below, cookie_of, ended, until

MB = 1_000_000
TEXT = "zanzibar"  # stands in every message and name of what is sent here


def chat(days=60, people=8):
    """An export of WhatsApp, every line with a mark that nothing may tell."""
    luck = random.Random(7)  # noqa: S311  not for secrets
    lines = []
    for day in range(days):
        for _ in range(luck.randrange(3, 9)):
            hour, minute = luck.randrange(8, 22), luck.randrange(60)
            who = f"{TEXT}{luck.randrange(people)}"
            when = f"{1 + day % 28:02}/{1 + day // 28:02}/2024, {hour:02}:{minute:02}"
            lines.append((day, hour, minute, f"{when} - {who}: {TEXT} {luck.random()}"))
    return "\n".join(line for *_, line in sorted(lines)).encode()


def send(client, content, name="chat.txt"):
    return client.post("/api/uploads", params={"name": name}, content=content)


def read(client, content, name="chat.txt", *, seconds=120):
    """The task that reads an upload, when it has ended; None = refused at once."""
    answer = send(client, content, name)
    if answer.status_code != 202:
        assert 400 <= answer.status_code < 500, answer.text
        assert answer.json()["error"]["message"]
        return None
    task = ended(client, answer.json()["upload"]["task"], seconds=seconds)
    assert task["state"] in {"done", "failed"}, task
    if task["state"] == "failed":
        error = task["error"]
        assert error["code"] != "stopped/internal", error
        assert error["message"]
    return task


def kept_of(server, *marks):
    """Files below the server's folder that hold one of the marks, packed or not."""
    found = []
    for path in below(server.folder):
        try:
            data = path.read_bytes()
        except OSError:  # a folder, or gone by now
            continue
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        found += [str(path) for mark in marks if mark.encode() in data]
    return found


def test_a_log_is_read_and_not_kept(server, client):
    task = read(client, chat())
    assert task["state"] == "done", task["error"]
    folder = below(server.folder, task["id"])[0]
    assert not (folder / "raw").exists()
    assert kept_of(server, TEXT) == []
    view = asked_of(client, "GET", f"/api/tasks/{task['id']}/view")
    assert view["kind"] == "import"
    assert TEXT not in json.dumps(view)
    asked_of(client, "DELETE", f"/api/uploads/{task['id']}")
    assert not folder.exists()
    assert asked_of(client, "GET", "/api/uploads") == {"uploads": []}


def hole(client, server, head, parts):
    """What the server answers to a body that is sent as fast as it is taken, and what was sent."""
    sent, answer = 0, b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as plain:
        plain.sendall(head.encode())
        plain.setblocking(False)
        rest = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                answer += plain.recv(65_536) or b""
            except BlockingIOError:
                pass
            except ConnectionError:
                break
            if answer:
                break
            try:
                rest = rest or next(parts, b"")
                taken = plain.send(rest)
            except BlockingIOError:
                time.sleep(0.001)
                continue
            except ConnectionError:
                time.sleep(0.1)
                continue
            sent += taken
            rest = rest[taken:]
        plain.setblocking(True)
        while answer and not whole(answer) and (more := plain.recv(65_536)):
            answer += more
    return answer, sent


def whole(answer):
    """Whether nothing is missing of an answer that tells its length."""
    head, ended, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return bool(ended) and len(body) >= int(length[1])


def head_of(client, *lines):
    told = [
        "POST /api/uploads?name=a.txt HTTP/1.1",
        "Host: localhost",
        f"Cookie: {cookie_of(client)}",
    ]
    return "\r\n".join([*told, *lines]) + "\r\n\r\n"


def test_two_gigabytes_that_are_told_are_refused_at_once(server, client):
    begun = time.monotonic()
    head = head_of(client, f"Content-Length: {2 * 10**9}")
    answer, sent = hole(client, server, head, iter([b"x" * 1000]))
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert b"200 MB" in answer
    assert sent <= 1000
    assert time.monotonic() - begun < 5
    assert asked_of(client, "GET", "/api/uploads") == {"uploads": []}


@pytest.mark.slow
def test_two_gigabytes_that_are_not_told_are_refused_on_the_way(server, client):
    part = b"186a0\r\n" + b"x" * 100_000 + b"\r\n"

    def parts():
        for _ in range(20_000):
            yield part

    answer, sent = hole(client, server, head_of(client, "Transfer-Encoding: chunked"), parts())
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert sent < 260 * MB
    until(lambda: asked_of(client, "GET", "/api/uploads") == {"uploads": []}, seconds=5)
    assert not [path for raw in below(server.folder, "raw") for path in below(raw)]


def test_a_small_limit_holds_too(start):
    server = start(upload_mb=2)
    with server.client() as client:
        assert send(client, (b"x" * 100_000 for _ in range(30))).status_code == 413
        assert send(client, b"x" * 2_100_000).status_code == 413
        assert not below(server.folder, "raw")
        assert asked_of(client, "GET", "/api/tasks") == {"tasks": []}


def test_half_an_upload_leaves_nothing(server, client):
    with socket.create_connection(("127.0.0.1", server.port)) as plain:
        plain.sendall((head_of(client, "Content-Length: 1000000") + TEXT * 1000).encode())
        until(lambda: asked_of(client, "GET", "/api/uploads")["uploads"], seconds=10)
    until(lambda: not asked_of(client, "GET", "/api/uploads")["uploads"], seconds=10)
    assert kept_of(server, TEXT) == []


def zipped(members, *, level=9):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def nested(depth):
    data = b"x" * 1000
    for _ in range(depth):
        data = zipped([("a.zip", data)])
    return data


LINE = b"2024-01-01T00:00:00Z,a\n"
STRANGE = {
    "empty.txt": b"",
    "nothing.txt": b"\n" * 1000,
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "table.xlsx": zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<a/>")]),
    "paper.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF",
    "program.exe": b"MZ\x90\0" + bytes(range(256)) * 40,
    "program": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
    "script.py": b"import os\nos.system('touch /tmp/qunsim-was-here')\n",
    "pickle.pkl": b"\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
    "page.html": b"<html><script>alert(1)</script></html>",
    "zeros.bin": bytes(100_000),
    "wide.txt": ("\ufeff" + "群" * 1000).encode("utf-16"),
    "deep.json": b"[" * 100_000,
    "number.json": b'{"messages": ' + b"9" * 100_000 + b"}",
    "up.zip": zipped([("../../../../tmp/qunsim-was-here", LINE), ("/etc/passwd", LINE)]),
    "nested.zip": nested(5),
    "many.zip": zipped([(f"{number}.txt", b"") for number in range(5000)]),
    "bomb.zip": zipped([("chat.csv", b"timestamp,member\n" + bytes(300 * MB))]),
    "bomb.csv.gz": gzip.compress(b"timestamp,member\n" + bytes(300 * MB), 9),
    "bomb.json.gz": gzip.compress(b'{"messages": [' + b"[" * (20 * MB), 9),
    "half.zip": zipped([("chat.csv", LINE * 1000)])[:200],
    "half.gz": gzip.compress(LINE * 1000)[:50],
    "long.csv": b"timestamp,member\n2024-01-01T00:00:00Z," + b"a" * (30 * MB),
    "wide.csv": b"timestamp,member," + b"a," * 200_000 + b"\n" + LINE,
    "future.csv": b"timestamp,member\n9999-12-31T00:00:00Z,a\n0001-01-01T00:00:00Z,b\n",
}


@pytest.mark.parametrize(
    "names", [[*STRANGE][:13], pytest.param([*STRANGE][13:], marks=pytest.mark.slow)]
)
def test_strange_files_are_refused(server, client, names):
    sent = {}
    for name in names:
        answer = send(client, STRANGE[name], name)
        if answer.status_code == 202:
            sent[name] = answer.json()["upload"]["id"]
        else:
            assert answer.status_code == 400, (name, answer.text)
    assert asked_of(client, "GET", "/api/status")
    for name, task in sent.items():
        found = ended(client, task, seconds=240)
        assert found["state"] == "failed", (name, found)
        assert found["error"]["code"] != "stopped/internal", (name, found["error"])
        assert str(server.folder) not in found["error"]["message"]
        (folder,) = below(server.folder, task)
        assert not (folder / "raw").exists(), name
    assert not Path("/tmp/qunsim-was-here").exists()  # noqa: S108  where the attacks would write


def broken(corpus, count):
    """Exports with bytes changed, cut out, doubled, cut off: a few of every format."""
    luck = random.Random(11)  # noqa: S311  not for secrets
    folders = sorted(path for path in corpus.iterdir() if path.is_dir())
    for number in range(count):
        folder = folders[number % len(folders)]
        data = bytearray(luck.choice(sorted(folder.iterdir())).read_bytes())
        for _ in range(luck.randrange(1, 4)):
            at = luck.randrange(len(data) + 1)
            end = min(len(data), at + luck.randrange(40))
            way = luck.randrange(4)
            if way == 0:
                data[at:end] = luck.randbytes(end - at)
            elif way == 1:
                del data[at:end]
            elif way == 2:
                data[at:at] = data[at:end] * 3
            else:
                del data[max(at, 1) :]
        yield f"{folder.name}-{number}.{luck.choice(['txt', 'json', 'csv', 'html', 'zip'])}", data


@pytest.mark.parametrize("count", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_broken_files_are_read_or_refused(server, client, corpus, count):
    tasks = {}
    for name, data in broken(corpus, count):
        while (answer := send(client, bytes(data), name)).status_code == 429:
            time.sleep(0.5)
        if answer.status_code != 202:
            assert answer.status_code == 400, (name, answer.text)
            continue
        tasks[name] = answer.json()["upload"]["id"]
        if len(tasks) % 10 == 0:
            for one in list(tasks.values())[-10:]:
                ended(client, one)
                if count > 40:  # a session keeps fifty
                    asked_of(client, "DELETE", f"/api/uploads/{one}")
    left = asked_of(client, "GET", "/api/uploads")["uploads"]
    for upload in left:
        task = ended(client, upload["id"])
        assert task["state"] in {"done", "failed"}
        if task["state"] == "failed":
            assert task["error"]["code"] != "stopped/internal", (upload["name"], task["error"])
    assert asked_of(client, "GET", "/api/status")


NAMES = [
    "<script>alert(1)</script>.txt", "<img src=x onerror=alert(1)>", "../../../etc/passwd",
    "a\0b.txt", "\u202egnp.txt", "C:\\Users\\a.txt", "群聊.txt", "a" * 200, "-rf", ".", "..", "/",
    "CON.txt", "a\nb.txt", "%2e%2e%2f", "'; DROP TABLE", "🙂.txt",
]  # fmt: skip


def test_names_of_files_are_only_names(server, client):
    inside = set(server.folder.parent.iterdir())
    for name in NAMES:
        answer = send(client, b"\x89PNG\r\n\x1a\n", name)
        assert answer.status_code == 202, (name, answer.text)
        upload = answer.json()["upload"]
        assert upload["name"].isprintable()
        assert not set("/\\") & set(upload["name"])
        assert "\u202e" not in upload["name"]
        (folder,) = below(server.folder, upload["id"])
        assert all(path.name.isascii() for path in below(folder))
        found = ended(client, upload["id"])
        assert found["state"] in ENDED
        asked_of(client, "DELETE", f"/api/uploads/{upload['id']}")
    assert set(server.folder.parent.iterdir()) == inside
    for name in ("", "a" * 201):
        assert send(client, b"x", name).status_code == 422
    assert client.post("/api/uploads", content=b"x").status_code == 422


def test_an_upload_can_be_deleted_while_it_is_read(server, client):
    first = send(client, chat(365, 30)).json()["upload"]["id"]
    second = send(client, chat(100)).json()["upload"]["id"]
    for upload in (first, second):
        asked_of(client, "DELETE", f"/api/uploads/{upload}")
        assert client.get(f"/api/tasks/{upload}").status_code == 404
        assert client.delete(f"/api/uploads/{upload}").status_code == 404
    until(lambda: kept_of(server, TEXT) == [], seconds=10)
    assert asked_of(client, "GET", "/api/uploads") == {"uploads": []}
