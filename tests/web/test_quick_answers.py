"""The addresses that answer at once: in the language asked for, typed, in little time."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from sim.scenario import Scenario
from sim.web import refusing
from sim.web.routes import catalogue, check
from sim.web.sessions import Session, session_of
from sim.web.settings import Settings
from sim.web.tasks.base import SCENARIO

WORK = {
    "schema": 1, "community": {"preset": "knowledge"}, "name": "红包还是免费课？", "days": 180,
    "budget": 30000, "minutes": 600,
    "variants": [
        {"name": f"方案 {n}", "policies": [
            {"use": "red_packet", "amount": 100 + n}, {"use": "daily_topic", "start": n},
        ]}
        for n in range(5)
    ],
}  # fmt: skip
UPLOAD = "t0123456789abcdef"


class Client:
    """Asks the application without a network."""

    def __init__(self, app):
        self.app = app

    def get(self, path):
        return self._asked("GET", path)

    def post(self, path, json):
        return self._asked("POST", path, json=json)

    def _asked(self, *values, **options):
        # in a thread of its own: a browser's loop may run in this one
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(self._ask(*values, **options))).result()

    async def _ask(self, method, path, **values):
        transport = ASGITransport(self.app)
        async with AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **values)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("session")
    app = FastAPI()
    refusing.install(app)
    app.include_router(catalogue.router)
    app.include_router(check.router)
    session = Session(folder)
    (session.tasks / UPLOAD).mkdir(parents=True)
    text = Scenario.preset("project").to_toml(full=True)
    (session.tasks / UPLOAD / SCENARIO).write_text(text, encoding="utf-8")
    app.dependency_overrides[session_of] = lambda: session
    app.state.settings = Settings(data=folder)
    return Client(app)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/api/words", "words"), ("/api/catalogue", "policies"), ("/api/parameters", "parameters"),
        ("/api/portrait?preset=mixed", "adjust"),
    ],
)  # fmt: skip
def test_both_languages_are_spoken(client, path, key):
    mark = "&" if "?" in path else "?"
    en, zh = (client.get(f"{path}{mark}lang={lang}") for lang in ("en", "zh"))
    assert (en.status_code, zh.status_code) == (200, 200)
    assert len(en.json()[key]) == len(zh.json()[key]) > 0
    assert en.json()[key] != zh.json()[key]


def test_a_check_is_quick(client):
    client.post("/api/check?lang=zh", json=WORK)
    begun = time.process_time()
    answer = client.post("/api/check?lang=zh", json=WORK | {"budget": 20000})
    assert time.process_time() - begun < 0.5  # a tenth of it, where nothing else is done
    body = answer.json()
    assert answer.status_code == 200
    assert body["errors"] == []
    assert [one["name"] for one in body["variants"]] == [
        "现在这样", *(f"方案 {n}" for n in range(5)),
    ]  # fmt: skip


def test_what_is_no_work_is_a_mistake_in_the_same_answer(client):
    body = client.post("/api/check?lang=zh", json=WORK | {"days": 3, "nam": ""}).json()
    found = {(one["at"], one["code"]) for one in body["errors"]}
    assert found == {("days", "out_of_range/between"), ("nam", "unknown_key/parameter")}
    assert body["errors"][0]["message"] == "超出范围：天数 = 3，可取 14 到 1095"
    assert client.post("/api/check", json=[1]).status_code == 422


def test_a_fitted_community_is_read_from_its_folder(client):
    mine = WORK | {"community": {"upload": UPLOAD}, "variants": []}
    body = client.post("/api/check", json=mine).json()
    assert body["errors"] == []
    assert len(body["variants"][0]["policies"]) == len(Scenario.preset("project").policies)
    for other in ("t0123456789abcdee", "t.", "x"):
        answer = client.post("/api/check", json=mine | {"community": {"upload": other}})
        told = answer.json()
        assert "error" in told or told["errors"], told


def test_an_unknown_preset_is_refused(client):
    answer = client.get("/api/portrait?preset=knowlege&lang=en")
    assert answer.status_code in {400, 404}
    assert answer.json()["error"]["code"] == "not_found/preset"


def test_the_description_is_exact(client):
    described = client.app.openapi()
    schemas = described["components"]["schemas"]
    assert {"Work", "WorkVariant", "Checked", "Catalogue", "Portrait", "Texts"} <= set(schemas)
    body = described["paths"]["/api/check"]["post"]["requestBody"]["content"]["application/json"]
    assert {"$ref": "#/components/schemas/Work"} in body["schema"]["anyOf"]
    assert "schema" in schemas["Work"]["properties"]
    assert schemas["Work"]["additionalProperties"] is False
