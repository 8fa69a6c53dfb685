"""The API does what its description says, whatever is sent."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_server import TINY, asked_of, begin, ended, save

schemathesis = pytest.importorskip("schemathesis", reason="Schemathesis is not installed")
FEW, MANY = 6, 60
SLOW = ("/members", "/life")
"""Addresses that a worker answers."""


@pytest.fixture(scope="module")
def known(server):
    """A session with a work and a comparison that is done."""
    with server.client() as client:
        task = begin(client, TINY)
        found = ended(client, task)
        assert found["state"] == "done", found["error"]
        yield client, task
        for work in asked_of(client, "GET", "/api/works")["works"]:
            asked_of(client, "DELETE", f"/api/works/{work['id']}")
        for upload in asked_of(client, "GET", "/api/uploads")["uploads"]:
            asked_of(client, "DELETE", f"/api/uploads/{upload['id']}")
        for one in asked_of(client, "GET", "/api/tasks")["tasks"]:
            asked_of(client, "POST", f"/api/tasks/{one['id']}/stop")


@pytest.fixture(scope="module")
def description(known):
    return asked_of(known[0], "GET", "/api/openapi.json")


@pytest.mark.filterwarnings("default")  # of the libraries that send what is thought up
@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_the_api_is_as_described(known, description, examples):
    client, task = known
    failures = []
    for result in schemathesis.openapi.from_dict(description).get_all_operations():
        operation = result.ok()
        if examples == FEW and operation.path.endswith(SLOW):
            continue
        try:
            asked(client, task, operation, examples)
        except (ExceptionGroup, AssertionError) as error:
            failures.append(f"{operation.method} {operation.path}: {error}"[:2000])
    assert not failures, "\n\n".join(failures)


def asked(client, task, operation, examples):
    """Send what fits the description of an operation, about what is there and what is not."""
    from schemathesis.specs.openapi import checks

    cookies = dict(client.cookies)
    looked_at = [
        schemathesis.checks.not_a_server_error, checks.status_code_conformance,
        checks.content_type_conformance, checks.response_schema_conformance,
        checks.response_headers_conformance,
    ]  # fmt: skip

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), there=st.booleans())
    def send(case, there):
        if there and "work" in case.path_parameters:
            case.path_parameters["work"] = save(client)
        if there and "task" in case.path_parameters:
            case.path_parameters["task"] = task["id"]
        answer = case.call(base_url=str(client.base_url), cookies=cookies, timeout=90)
        case.validate_response(answer, checks=looked_at)
        if answer.status_code >= 400:
            assert set(json.loads(answer.text)["error"]) == {"code", "message", "at"}
        if there and "work" in case.path_parameters and case.method != "DELETE":
            asked_of(client, "DELETE", f"/api/works/{case.path_parameters['work']}")

    send()


def test_every_answer_is_described(description):
    """No address answers with a form of its own that nobody wrote down."""
    for address, methods in description["paths"].items():
        for method, about in methods.items():
            place = f"{method} {address}"
            assert about["summary"], place
            assert about["description"], place
            assert about["tags"], place
            codes = set(about["responses"])
            assert {"400", "401", "403", "404", "409", "413", "422", "429"} <= codes, place
            for code, answer in about["responses"].items():
                if code == "204" or address.endswith("/files/{name}"):
                    continue
                form = answer["content"]["application/json"]["schema"]
                assert "$ref" in form or form["type"] == "object", place
                if code.startswith("4"):
                    assert form == {"$ref": "#/components/schemas/ErrorBody"}, (place, code)


def test_every_part_of_the_description_is_explained(description):
    for name, schema in description["components"]["schemas"].items():
        assert schema.get("description"), name
