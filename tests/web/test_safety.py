"""Who may ask, and what is refused before anything looks at it."""

import json
import re
import socket
import subprocess
import sys
import time

import pytest
from web_server import SMALL, asked_of, cookie_of, save, until, watching
from websockets.exceptions import InvalidStatus

FORM = {"error"}
POLICY = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def raw(server, request, *, seconds=10):
    """What the server answers to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as plain:
        plain.sendall(request)
        parts = []
        while part := plain.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def refusal(answer, status, code=None):
    """Assert that an answer refuses in the one form that there is."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == FORM
    assert set(body["error"]) == {"code", "message", "at"}
    assert body["error"]["message"]
    assert "Traceback" not in answer.text
    if code is not None:
        assert body["error"]["code"] == code
    return body["error"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil",
        "[::1].evil:1", "[", "", "127.0.0.1@evil.example", "192.168.0.7:{port}", "0x7f.1:{port}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/", "/api/status", "/plotly.js", "/js/app.js"])
def test_a_name_that_was_made_to_point_here_is_refused(server, client, host, address):
    answer = client.get(address, headers={"Host": host.format(port=server.port)})
    refusal(answer, 403, "no_permission/host")


def test_names_of_this_machine_are_known(server, client):
    for host in ("127.0.0.1", "localhost", f"LOCALHOST:{server.port}", "[::1]:80", "127.0.0.2:9"):
        assert client.get("/api/status", headers={"Host": host}).status_code == 200


def test_a_request_without_a_host_is_refused(server):
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert raw(server, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 403")
    twice = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n"
    assert raw(server, twice).startswith(b"HTTP/1.1 400")
    socket_ = (
        b"GET /api/tasks/t0/events HTTP/1.1\r\nHost: evil.example\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert raw(server, socket_).startswith(b"HTTP/1.1 403")


ELSEWHERE = [
    "https://evil.example", "http://evil.example", "null", "http://[", "http://127.0.0.1:1",
    "http://localhost", "file://", "http://127.0.0.1.evil.example", "\xe9",
]  # fmt: skip


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_another_page_changes_nothing(server, client, origin):
    work = save(client)
    headers = {"Origin": origin.encode("latin-1")}
    before = client.get(f"/api/works/{work}").json()
    for method, address in (
        ("POST", "/api/session"), ("POST", "/api/works"), ("POST", f"/api/works/{work}/compare"),
        ("PUT", f"/api/works/{work}"), ("DELETE", f"/api/works/{work}"), ("PATCH", "/"),
        ("POST", "/api/uploads?name=a.txt"),
    ):  # fmt: skip
        answer = client.request(method, address, headers=headers, content=json.dumps(SMALL))
        refusal(answer, 403, "no_permission/origin")
    assert client.get(f"/api/works/{work}").json() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_browser_says_where_a_request_comes_from(client, site):
    answer = client.post("/api/works", json=SMALL, headers={"Sec-Fetch-Site": site})
    refusal(answer, 403, "no_permission/origin")


def test_our_own_page_may(server, client):
    for origin in (f"http://127.0.0.1:{server.port}",):
        for site in ("same-origin", "none"):
            headers = {"Origin": origin, "Sec-Fetch-Site": site}
            assert client.post("/api/works", json=SMALL, headers=headers).status_code == 201


@pytest.mark.parametrize("headers", [{"Origin": one} for one in ELSEWHERE[:6]] + [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
])  # fmt: skip
def test_another_page_hears_nothing(client, a_task, headers):
    with pytest.raises(InvalidStatus) as refused, watching(client, a_task, headers=headers):
        pass
    assert refused.value.response.status_code == 403


@pytest.fixture
def a_task(client):
    """A task that costs nothing: a picture is no chat log."""
    return refused_log(client)


def refused_log(client):
    sent = {"params": {"name": "a.png"}, "content": b"\x89PNG\r\n\x1a\n"}
    return asked_of(client, "POST", "/api/uploads", **sent)["upload"]["task"]


def test_every_answer_tells_the_browser_to_be_careful(server, client, a_task):
    asked = [
        ("GET", "/"), ("GET", "/js/app.js"), ("GET", "/plotly.js"), ("GET", "/api/status"),
        ("GET", "/nothing"), ("GET", "/api/nothing"), ("GET", "/api/works/w0"), ("PUT", "/"),
        ("GET", "/api/openapi.json"), ("POST", "/api/works"), ("GET", f"/api/tasks/{a_task['id']}"),
        ("OPTIONS", "/api/works"), ("HEAD", "/api/works"), ("TRACE", "/"),
    ]  # fmt: skip
    asked_otherwise = [("GET", "/", {"Host": "evil"}), ("POST", "/", {"Origin": "null"})]
    for method, address, *headers in asked + asked_otherwise:
        answer = client.request(method, address, headers=headers[0] if headers else None)
        told = answer.headers
        parts = (part.split(None, 1) for part in told["content-security-policy"].split("; "))
        assert dict(parts) == POLICY, address
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "no-referrer"
        assert told["cross-origin-resource-policy"] == "same-origin"
        assert told["cross-origin-opener-policy"] == "same-origin"
        assert not [name for name in told if name.startswith("access-control")], "nothing is shared"
        assert "server" not in told
        assert told["cache-control"] in {"no-store", "no-cache", "private, max-age=86400"}
        if not (address.endswith(".js") or address == "/"):
            assert told["cache-control"] == "no-store"


def test_cookies_stay_here(server):
    with server.client(session=False) as fresh:
        said = fresh.get("/").headers["set-cookie"]
        again = fresh.get("/").headers
    assert re.search(r"=[\w-]{43};", said)
    assert {"httponly", "samesite=strict", "path=/"} <= set(said.lower().split("; "))
    assert "set-cookie" not in again


def test_a_session_is_needed(server, client, a_task):
    work = save(client)
    with server.client(session=False) as fresh:
        for address in ("/api/status", "/api/works", f"/api/works/{work}", "/api/tasks",
                        f"/api/tasks/{a_task['id']}", "/api/uploads"):  # fmt: skip
            refusal(fresh.get(address), 401, "no_permission/session")
        for cookie in ("x", "../" * 9, "a" * 43, "é" * 30, "a" * 5000):
            fresh.cookies.clear()
            headers = {
                "Cookie": f"{cookie_of(client).partition('=')[0]}={cookie}".encode("latin-1")
            }
            refusal(fresh.get("/api/works", headers=headers), 401)


def test_what_others_have_is_not_there(server, client, other, a_task):
    work = save(client)
    task = a_task["id"]
    addresses = [
        ("GET", f"/api/works/{work}"), ("PUT", f"/api/works/{work}"),
        ("POST", f"/api/works/{work}/copy"), ("GET", f"/api/works/{work}/file"),
        ("POST", f"/api/works/{work}/compare"), ("POST", f"/api/works/{work}/plan"),
        ("POST", f"/api/works/{work}/explain"), ("POST", f"/api/works/{work}/report"),
        ("POST", f"/api/works/{work}/forecast"), ("DELETE", f"/api/works/{work}"),
        ("GET", f"/api/tasks/{task}"), ("GET", f"/api/tasks/{task}/view"),
        ("GET", f"/api/tasks/{task}/files"), ("GET", f"/api/tasks/{task}/files/report.html"),
        ("GET", f"/api/tasks/{task}/members"), ("GET", f"/api/tasks/{task}/life?member=1"),
        ("POST", f"/api/tasks/{task}/stop"), ("POST", f"/api/tasks/{task}/go-on"),
        ("DELETE", f"/api/uploads/{task}"),
    ]  # fmt: skip
    for method, address in addresses:
        body = None if method == "GET" else SMALL if method == "PUT" else {}
        if address.endswith("/compare"):
            body = SMALL
        missing = address.replace(work, "w" + "0" * 16).replace(task, "t" + "0" * 16)
        theirs = other.request(method, address, json=body)
        nobodys = other.request(method, missing, json=body)
        assert refusal(theirs, 404)["code"] == refusal(nobodys, 404)["code"]
    refusal(other.post("/api/works", json=SMALL | {"community": {"upload": task}}), 404)
    assert other.get("/api/works").json() == {"works": []}
    assert other.get("/api/tasks").json() == {"tasks": []}
    assert other.get("/api/uploads").json() == {"uploads": []}
    with pytest.raises(InvalidStatus) as refused, watching(other, task):
        pass
    assert refused.value.response.status_code == 403
    assert client.get(f"/api/works/{work}").status_code == 200


UP = [
    "..", "../../etc/passwd", "%2e%2e", "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows",
    "%2fetc%2fpasswd", "%252e%252e%252f", "....//....//", "w%00", "w" + "a" * 5000, "%ff%fe",
    "task.json", "..%2ftask.json", "%c0%ae%c0%ae%c0%af", "CON", "w0000000000000000.json",
]  # fmt: skip


@pytest.mark.parametrize("name", UP)
def test_names_lead_nowhere_else(server, client, a_task, name):
    task = a_task["id"]
    for address in (
        f"/api/works/{name}", f"/api/works/{name}/file", f"/api/tasks/{name}",
        f"/api/tasks/{name}/view", f"/api/tasks/{name}/files/report.html",
        f"/api/tasks/{task}/files/{name}", f"/{name}", f"/js/{name}",
    ):  # fmt: skip
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        cookie = f"Cookie: {cookie_of(client)}\r\n\r\n"
        answer = raw(server, (request + cookie).encode("latin-1"))
        status = int(answer.split()[1])
        assert status in {400, 404, 405}, (address, answer[:300])
        assert b"root:" not in answer
    deleted = client.delete(f"/api/works/{name}")
    assert deleted.status_code in {400, 404, 405}


def test_a_large_body_is_refused_before_it_is_read(server, client):
    head = (
        "POST /api/works HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Cookie: {cookie_of(client)}\r\nContent-Length: {10**12}\r\n"
        "\r\n{"
    )
    begun = time.monotonic()
    answer = raw(server, head.encode())
    assert time.monotonic() - begun < 5
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"too_big/request" in answer


def test_a_large_body_is_refused_while_it_is_read(client):
    def parts():
        yield b'{"name": "'
        for _ in range(64):
            yield b"a" * 1_000_000
        yield b'"}'

    headers = {"Content-Type": "application/json"}
    refusal(client.post("/api/works", content=parts(), headers=headers), 413, "too_big/request")
    assert client.get("/api/status").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000,
        '{"a":' * 200_000,
        "[" * 500 + "]" * 500,
        '{"work":' * 400 + "1" + "}" * 400,
        "",
        "null",
        "1",
        '"a"',
        "{",
        "NaN",
        "\ud800",
        '{"\\ud800": 1}',
        '"' + "\\u0000" * 1000 + '"',
        "[" + "1," * 100_000 + "1]",
        "1" * 5000,
        '{"seed": ' + "9" * 5000 + "}",
        "\x00",
        '{"community": {"preset": "knowledge"}, "name": "\\ud800"}',
        '{"community": {"preset": "knowledge"}, "set": {"\\ud800": 1}}',
        '{"community": {"preset": "knowledge"}, "policies": [' + '{"use":' * 300 + "1" + "}" * 300,
        '{"community": {"preset": "knowledge"}, "days": 1e999}',
        '{"community": {"preset": "knowledge"}, "days": NaN}',
        '{"community": {"preset": "knowledge"}, "budget": Infinity}',
    ],
    ids=lambda body: ascii(body[:40]),
)
@pytest.mark.parametrize("address", ["/api/works", "/api/works/file", "/api/check"])
def test_json_of_any_form_is_refused(client, address, body):
    headers = {"Content-Type": "application/json"}
    answer = client.post(address, content=body.encode(errors="surrogatepass"), headers=headers)
    if address == "/api/check" and answer.status_code == 200:  # tells mistakes, refuses nothing
        assert answer.json()["errors"]
        return
    assert 400 <= answer.status_code < 500, answer.text[:300]
    refusal(answer, answer.status_code)


def test_other_kinds_of_bodies_are_refused(client):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers = {"Content-Type": kind} if kind else {}
        answer = client.post("/api/works", content=json.dumps(SMALL), headers=headers)
        assert answer.status_code in {400, 415, 422} or not kind, kind


def test_the_server_itself_never_simulates():
    heavy = ("numba", "matplotlib", "duckdb", "mesa", "pandas")
    code = "import sys, sim.web.app, sim.web.serve, sim.verbs.web; "
    code += f"print([one for one in {heavy!r} if one in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


TOKEN = "a-token-that-is-known"  # noqa: S105  of a server that ends with the test


@pytest.fixture(scope="module")
def open_server(tmp_path_factory):
    """A server that others can reach."""
    from web_server import running

    folder = tmp_path_factory.mktemp("open") / "data"
    with running(folder, "--host", "0.0.0.0", "--token", TOKEN) as server:  # noqa: S104  that is the test
        server.address = f"http://127.0.0.1:{server.port}"
        yield server


def test_others_need_the_token(open_server):
    assert open_server.full_address.endswith(f"?token={TOKEN}")
    with open_server.client(session=False) as fresh:
        for address in ("/", "/js/app.js", "/plotly.js", "/api/openapi.json", "/api/status"):
            refusal(fresh.get(address), 401, "no_permission/token")
        refusal(fresh.post("/api/session"), 401, "no_permission/token")
        for wrong in ("", "a", TOKEN + "a", TOKEN[:-1], TOKEN.upper(), "%E4%BD%A0", "%00"):
            refusal(fresh.get(f"/?token={wrong}"), 401, "no_permission/token")
        assert not fresh.cookies
        refusal(fresh.get(f"/api/status?token={TOKEN}"), 401)  # addresses are kept and passed on


def test_the_first_visit_keeps_the_token(open_server):
    with open_server.client(session=False) as fresh:
        first = fresh.get(f"/?token={TOKEN}")
        assert first.status_code == 303
        assert first.headers["location"] == "/"  # the token leaves the address
        assert "httponly" in first.headers["set-cookie"].lower()
        assert fresh.get("/").status_code == 200
        assert fresh.get("/api/status").status_code == 200
        for wrong in ("wrong", "%E4%BD%A0", "a%0d%0aSet-Cookie:%20b=c"):
            assert fresh.get(f"/?token={wrong}", follow_redirects=True).status_code == 200
        assert fresh.get("/api/status").status_code == 200, "a wrong address locks nobody out"


def test_scripts_send_the_token(open_server):
    with open_server.client(session=False, headers={"Authorization": f"Bearer {TOKEN}"}) as script:
        assert script.post("/api/session").status_code == 201
        assert script.get("/api/works").json() == {"works": []}
        wrong = {"Authorization": "Bearer é".encode("latin-1")}
        refusal(script.get("/api/works", headers=wrong), 401)


def test_a_websocket_needs_the_token(open_server):
    with open_server.client(session=False, headers={"Authorization": f"Bearer {TOKEN}"}) as script:
        script.post("/api/session").raise_for_status()
        task = refused_log(script)
        with pytest.raises(InvalidStatus), watching(script, task):
            pass
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with watching(script, task, headers=headers) as socket_:
            assert json.loads(socket_.recv(30))["task"]["id"] == task["id"]


def test_open_to_others_it_still_has_a_name(open_server):
    known = {"Authorization": f"Bearer {TOKEN}"}
    with open_server.client(session=False, headers=known) as script:
        refusal(script.get("/", headers={"Host": "evil.example"}), 403, "no_permission/host")
        assert script.get("/", headers={"Host": f"192.168.1.5:{open_server.port}"}).is_success


def test_a_token_is_made_where_others_can_come(start):
    server = start("--host", "0.0.0.0")  # noqa: S104  that is the test
    token = server.full_address.partition("?token=")[2]
    assert re.fullmatch(r"[\w-]{43}", token)


def test_a_flood_of_requests_at_once(server, client):
    """Half-open connections and rubbish keep nobody else waiting."""
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for number, one in enumerate(idle):
        one.sendall(
            [b"GET / HTTP", b"\x16\x03\x01", b"\0" * 100, b"POST /api/works HT"][number % 4]
        )
    begun = time.monotonic()
    assert client.get("/api/status").status_code == 200
    assert time.monotonic() - begun < 5
    for one in idle:
        one.close()


def test_rubbish_on_a_websocket_ends_only_that(client, a_task):
    from websockets.exceptions import ConnectionClosed

    for rubbish in (b"\xff" * 100, "x" * 100_000, "{", b""):
        with watching(client, a_task) as socket_:
            try:
                socket_.send(rubbish)
                while True:
                    socket_.recv(10)
            except (ConnectionClosed, TimeoutError):
                pass
    until(lambda: client.get(f"/api/tasks/{a_task['id']}").json()["task"]["state"] != "queued")
    assert client.get("/api/status").status_code == 200


def test_two_servers_on_one_machine_keep_their_visitors_apart(server, client, start):
    mine = save(client)
    with start().client() as elsewhere:
        theirs = dict(elsewhere.cookies)
    assert not theirs.keys() & dict(client.cookies).keys()
    client.cookies.update(theirs)  # a browser sends both: ports share cookies
    assert [one["id"] for one in asked_of(client, "GET", "/api/works")["works"]] == [mine]
