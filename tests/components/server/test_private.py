import pytest
from flask import Flask, Response

from components.server import private

OWN = {"own_data": True}


def small(*, own_data: bool, given: str = "") -> Flask:
    server = Flask("small", static_url_path="/assets")
    allowed = private.hosts(given, own_data=own_data)
    private.install(server, allowed=allowed, own_data=own_data)

    @server.after_request
    def open_to_all(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    server.add_url_rule("/data", "data", lambda: "figures")
    server.add_url_rule("/assets/a.js", "asset", lambda: "script")
    server.add_url_rule("/health", "health", lambda: "ok")
    return server


def asked(server: Flask, host: str, path: str = "/data") -> Response:
    return server.test_client().get(path, headers={"Host": host})


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8050", "127.0.0.1:8050", "[::1]:8050", "localhost.", "::1"]
)
def test_with_own_data_this_machine_is_answered(host):
    assert asked(small(**OWN), host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.5", "", "@"],
)
def test_with_own_data_no_other_name_is_answered(host):
    answered = asked(small(**OWN), host)
    assert answered.status_code == 421
    assert b"figures" not in answered.data
    assert "--allow-host" in answered.text


def test_other_names_may_be_allowed():
    server = small(own_data=True, given="sos.council.example, 10.0.0.5")
    assert asked(server, "sos.council.example:443").status_code == 200
    assert asked(server, "10.0.0.5").status_code == 200
    assert asked(server, "localhost").status_code == 200
    assert asked(server, "other.council.example").status_code == 421
    assert asked(small(own_data=True, given="*"), "any.example").status_code == 200


def test_without_own_data_every_name_is_answered_unless_some_are_given():
    assert asked(small(own_data=False), "any.example").status_code == 200
    assert asked(small(own_data=False, given="sos.example"), "any.example").status_code == 421


def test_health_is_told_to_whoever_asks():
    assert asked(small(**OWN), "10.0.0.5", "/health").status_code == 200


@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_answers_on_own_data_are_kept_by_nobody_and_read_from_no_other_site(host):
    answered = asked(small(**OWN), host)
    assert answered.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answered.headers
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_scripts_and_answers_on_official_figures_are_kept_as_before():
    assert "public" in asked(small(**OWN), "localhost", "/assets/a.js").headers["Cache-Control"]
    answered = asked(small(own_data=False), "localhost")
    assert answered.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in answered.headers["Cache-Control"]
