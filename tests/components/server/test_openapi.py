"""What the description promises is what the data addresses do."""

import json

import pytest
from dash import Dash, html
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.registry import offered
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import OF_A_PROGRAMME
from analytics.selection.selection import HOME
from components.server.api import FORMATS, api

DESCRIBED = "/api/v1/openapi.json"
#: Values that are taken with another one alone: closeness is known for the later lists.
WITH = {"weights": {"model": "2025"}}

#: What names another programme is told in words: which values there are depends on it.
QUERY = [name for name in PARAMETERS if name not in OF_A_PROGRAMME]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    server = Dash(__name__, use_async=False, use_pages=False)
    server.layout = html.Div()
    server.server.register_blueprint(api())
    return server.server.test_client()


@pytest.fixture(scope="module")
def told(client) -> dict:
    return client.get(DESCRIBED).json


def resolved(told: dict, part: object) -> object:
    """A part of the description with what it refers to written out."""
    if isinstance(part, dict):
        if "$ref" in part:
            found = told
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            return resolved(told, found)
        return {name: resolved(told, one) for name, one in part.items()}
    return [resolved(told, one) for one in part] if isinstance(part, list) else part


def test_it_is_made_from_the_registries(told):
    assert told["openapi"].startswith("3.1.")
    assert told["components"]["parameters"].keys() == set(QUERY)
    for extension in FORMATS:
        operation = told["paths"][f"/api/v1/findings/{{key}}.{extension}"]["get"]
        (key, *query) = resolved(told, operation["parameters"])
        assert key["schema"]["enum"] == list(offered(HOME))
        assert [one["name"] for one in query] == QUERY


def test_every_schema_is_one(told):
    parameters = (one["schema"] for one in told["components"]["parameters"].values())
    every = [*told["components"]["schemas"].values(), *parameters]
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    assert len(every) > len(QUERY)
    assert [fault.message for one in every for fault in of_schemas.iter_errors(one)] == []


@pytest.mark.parametrize("query", ["", "?band=beginner&k=3&years=2013-2014", "?pilots=E09000005"])
def test_answers_are_as_described(client, told, query):
    schema = resolved(told, told["components"]["schemas"]["Finding"])
    answer = client.get(f"/api/v1/findings/kpis-gaps.json{query}")
    assert answer.status_code == 200
    assert not [*Draft202012Validator(schema).iter_errors(json.loads(answer.data))]


@pytest.mark.parametrize("path", ["kpis-gaps.json?k=99", "none-such.json", "kpis-gaps.pdf"])
def test_refusals_are_as_described(client, told, path):
    answer = client.get(f"/api/v1/findings/{path}")
    assert answer.status_code in {400, 404}
    described = told["components"]["responses"]["refused"]["content"]
    schema = resolved(told, described[answer.mimetype]["schema"])
    assert not [*Draft202012Validator(schema).iter_errors(json.loads(answer.data))]


@pytest.mark.parametrize("name", QUERY)
def test_every_default_and_allowed_value_is_taken(client, told, name):
    schema = told["components"]["parameters"][name]["schema"]
    values = [schema["default"]] if "default" in schema else []
    values += (schema.get("enum") or schema.get("items", {}).get("enum", []))[:3]
    for value in values:
        answer = client.get(
            "/api/v1/findings/costs-published.json", query_string={name: value} | WITH.get(name, {})
        )
        assert answer.status_code == 200, (name, value, answer.json)
