from io import BytesIO

import pytest
from dash import Dash, html
from flask.testing import FlaskClient
from pypdf import PdfReader

import app  # noqa: F401 (pages bring in every finding)
from components.server.briefings import briefings


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    server = Dash(__name__, use_async=False, use_pages=False)
    server.layout = html.Div()
    server.server.register_blueprint(briefings())
    return server.server.test_client()


def words(answer) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def test_a_briefing_is_of_the_selection_and_says_where_it_is_from(client):
    answer = client.get("/briefing.pdf?band=beginner")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=briefing.pdf"
    assert "http://localhost/?band=beginner" in words(answer)


def test_a_council_has_its_own_under_codes_it_had_before_too(client):
    found = client.get("/councils/E09000012/briefing.pdf?years=2013-2025")
    assert "http://localhost/councils/E09000012?years=2013-2025" in words(found)
    former = client.get("/councils/E08000019/briefing.pdf")
    assert former.status_code == 200
    assert "/councils/E08000039" in words(former)


def test_what_is_no_council_is_refused_in_words(client):
    answer = client.get("/councils/E00000000/briefing.pdf")
    assert answer.status_code == 404
    assert "No English council" in answer.json["detail"]


def test_a_pair_has_one_at_its_own_address(client):
    answer = client.get("/compare/indicators/k=5/briefing.pdf?compare=england")
    assert answer.mimetype == "application/pdf"
    assert "http://localhost/compare/indicators/k=5?compare=england" in words(answer)
    assert client.get("/compare/nothing/briefing.pdf").status_code == 404
