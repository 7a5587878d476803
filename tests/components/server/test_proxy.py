import pytest
from dash import Dash, html
from flask import Flask, request
from hypothesis import HealthCheck, example, given, reject
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from components.server import proxy
from components.server.proxy import NEAR, ProxySettingError, parsed_prefix, settings, trusted

BELIEVED = {
    "X-Forwarded-Prefix": "/sos", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.org",
}  # fmt: skip


def served(own="", proxies=NEAR):
    """A client of a small application that says where it thinks it is."""
    app = Dash(__name__, server=Flask(__name__), use_async=False, use_pages=False)
    app.layout = html.Div()
    proxy.install(app, own=parsed_prefix(own), proxies=trusted(proxies))

    @app.server.get("/where")
    def where():
        return {
            "root": request.script_root, "path": request.path, "url": request.url,
            "dash": app.config.requests_pathname_prefix,
            "kept": sorted(name for name in request.environ if "FORWARDED" in name),
        }  # fmt: skip

    return app.server.test_client()


def asked(client, path, headers=None, peer="127.0.0.1"):
    # The client of Flask would set SCRIPT_NAME by itself; what comes over a socket has none.
    return client.get(
        path, headers=headers or {}, environ_overrides={"SCRIPT_NAME": "", "REMOTE_ADDR": peer}
    )


@pytest.mark.parametrize("words", ["", "/"])
def test_no_prefix_has_one_spelling(words):
    assert parsed_prefix(words) == ""


@pytest.mark.parametrize("words", ["/sos/", "/sos", "sos/", "sos"])
def test_slashes_at_the_ends_of_a_prefix_may_be_left_out(words):
    assert parsed_prefix(words) == "/sos"


@pytest.mark.parametrize(
    "words",
    ["//evil", "/a//b", "/..", "/a/../b", "/./a", "/a b", "/a?b", "/a#b", '/a"b', "/é", "/%2e%2e",
     "/a\\b", "/a\n", "//", "http://evil", "/a;b", "/" + "a" * 200],
)  # fmt: skip
def test_what_is_no_prefix_is_refused_in_words(words):
    with pytest.raises(
        ProxySettingError, match="cannot be used: expected a path such as /explorer/"
    ):
        parsed_prefix(words)


@settings_of_hypothesis(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text() | st.text("/ab.-_~%:é ", min_size=1))
@example("/explorer/")
def test_a_prefix_is_safe_in_any_page_or_header(words):
    try:
        found = parsed_prefix(words)
    except ProxySettingError:
        reject()
    assert found == parsed_prefix(found)
    assert not set(found) & set("\"'<>&?#;\\ \r\n")
    assert not found.startswith("//")
    assert not found.endswith("/")
    assert not {".", ".."} & set(found.split("/"))


@pytest.mark.parametrize(
    ("words", "peer", "believed"),
    [
        (NEAR, "127.0.0.1", True),
        (NEAR, "::1", True),
        (NEAR, "::ffff:127.0.0.1", True),
        (NEAR, "127.0.0.2", False),
        (NEAR, "", False),
        ("10.1.0.0/16", "10.1.200.3", True),
        ("10.1.0.0/16", "10.2.0.1", False),
        ("10.1.0.0/16, fd00::/8", "fd12::1", True),
        ("fe80::/10", "fe80::1%eth0", True),
        ("*", "203.0.113.9", True),
        ("*", "", True),
        ("", "127.0.0.1", False),
    ],
)
def test_proxies_are_named_by_address_or_network(words, peer, believed):
    assert (peer in trusted(words)) is believed


@pytest.mark.parametrize("words", ["localhost", "10.0.0.1/8", "127.0.0.1, ", "1.2.3.4;5.6.7.8"])
def test_a_list_of_proxies_that_is_none_is_refused_in_words(words):
    with pytest.raises(ProxySettingError, match="FORWARDED_ALLOW_IPS cannot be used"):
        trusted(words)


def test_settings_come_from_the_environment():
    own, proxies = settings({"EXPLORER_PREFIX": "/sos/", "FORWARDED_ALLOW_IPS": "10.0.0.9"})
    assert own == "/sos"
    assert "10.0.0.9" in proxies
    assert "127.0.0.1" not in proxies
    assert "127.0.0.1" in settings({})[1]
    with pytest.raises(ProxySettingError, match="set --prefix"):
        settings({"SCRIPT_NAME": "/sos"})


@pytest.mark.parametrize("path", ["/where", "/sos/where"])
def test_a_prefix_set_here_is_taken_off_or_is_off_already(path):
    found = asked(served("/sos/"), path).json
    assert found["root"] == "/sos"
    assert found["path"] == "/where"
    assert found["dash"] == "/sos/"


@pytest.mark.parametrize("path", ["/where", "/sos/where"])
def test_a_trusted_proxy_says_where_readers_are(path):
    found = asked(served(), path, BELIEVED).json
    assert found["url"] == "https://example.org/sos/where"
    assert found["dash"] == "/sos/"


def test_the_proxy_knows_better_than_the_setting():
    found = asked(served("/other"), "/where", BELIEVED).json
    assert found["root"] == "/sos"


def test_only_what_the_nearest_proxy_said_counts():
    said = {name: f"/evil, {value}" for name, value in BELIEVED.items()}
    assert asked(served(), "/where", said).json["url"] == "https://example.org/sos/where"


@pytest.mark.parametrize("own", ["", "/own"])
def test_nobody_else_is_believed_and_nothing_further_in_hears_of_it(own):
    found = asked(served(own), "/where", BELIEVED, peer="203.0.113.9").json
    assert found["root"] == own
    assert found["url"].startswith("http://localhost/")
    assert found["kept"] == []
    # Dash answers any other path with its page.
    assert not asked(served(own), "/sos/where", BELIEVED, peer="203.0.113.9").is_json


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Prefix", "//evil.example"),
        ("X-Forwarded-Prefix", "/a b"),
        ("X-Forwarded-Prefix", '/"><script>'),
        ("X-Forwarded-Proto", "javascript"),
        ("X-Forwarded-Host", "evil.example/path"),
        ("X-Forwarded-Host", "a@b"),
        ("X-Forwarded-Host", "-x"),
    ],
)
def test_what_a_trusted_proxy_says_must_make_sense(name, value):
    reply = asked(served(), "/where", {name: value})
    assert reply.status_code == 400
    assert name in reply.json["error"]
    assert value not in reply.text


@pytest.mark.parametrize("host", ["example.org", "example.org:8443", "[::1]:8080", "10.0.0.1"])
def test_hosts_may_be_names_or_addresses_with_a_port(host):
    found = asked(served(), "/where", {"X-Forwarded-Host": host}).json
    assert found["url"] == f"http://{host}/where"


@pytest.mark.parametrize("value", ["", "/sos", "/evil", "/where", "x" * 3_000])
@pytest.mark.parametrize("own", ["", "/sos"])
def test_no_reader_may_name_the_prefix(own, value):
    reply = asked(served(own), "/where", {"Script-Name": value})
    assert reply.status_code == 400
    assert "evil" not in reply.text


def test_a_server_may_hand_on_the_prefix_that_is_set_and_no_other():
    client = served("/sos")
    mounted = client.get("/where", environ_overrides={"SCRIPT_NAME": "/sos"})
    assert mounted.json["root"] == "/sos"
    assert client.get("/where", environ_overrides={"SCRIPT_NAME": "/x"}).status_code == 400


def test_the_bare_prefix_leads_to_the_first_page_with_its_query():
    reply = asked(served("/sos"), "/sos?band=beginner&k=%C3%A9")
    assert reply.status_code == 308
    assert reply.headers["Location"] == "/sos/?band=beginner&k=%C3%A9"


def test_a_path_that_only_begins_alike_is_another():
    assert not asked(served("/so"), "/sos/where").is_json
    assert not asked(served("/sos"), "/soswhere").is_json


def test_two_readers_at_two_places_do_not_hear_of_each_other():
    client = served()
    first = asked(client, "/where", {"X-Forwarded-Prefix": "/a"}).json
    assert first["dash"] == "/a/"
    assert asked(client, "/where").json["dash"] == "/"
    assert asked(client, "/where", {"X-Forwarded-Prefix": "/b/c"}).json["dash"] == "/b/c/"
