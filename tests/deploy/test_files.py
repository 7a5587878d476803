"""The files under deploy/: what they copy is there, what they promise is in them."""

import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from components.jobs import queue
from components.server.proxy import OWN_PREFIX, parsed_prefix, trusted
from components.server.serve import SETTINGS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = ("explorer.service", "explorer-worker.service")


def statements(words):
    """Each statement of a Dockerfile: its name in capitals, and the rest on one line."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", words))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def image():
    return statements((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def last_stage(image):
    starts = [at for at, (name, _) in enumerate(image) if name == "FROM"]
    return image[starts[-1] :]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_what_the_image_copies_is_there_and_passes_into_the_build(image):
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [rest for name, rest in image if name == "COPY" and not rest.startswith("--from=")]
    assert copied
    for rest in copied:
        *sources, _ = shlex.split(rest)
        for one in sources:
            assert (ROOT / one).exists(), one
            assert f"!{one.split('/')[0]}" in ignored, one
    assert "*" in ignored


def test_the_image_holds_everything_the_program_imports(last_stage):
    copied = {one for name, rest in last_stage if name == "COPY" for one in shlex.split(rest)[:-1]}
    assert {"app.py", "analytics", "components", "data", "pages", "assets"} <= copied
    assert "tests" not in copied


def test_the_image_is_slim_and_runs_as_nobody_special(image, last_stage):
    assert last_stage[0] == ("FROM", "python:3.11-slim")
    users = [rest for name, rest in image if name == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}
    names = [name for name, _ in last_stage]
    assert names.index("USER") < names.index("HEALTHCHECK") < names.index("ENTRYPOINT")


def test_packages_are_installed_by_their_checksums(image):
    installs = [rest for name, rest in image if name == "RUN" and "pip install" in rest]
    assert installs
    assert all("--require-hashes" in one for one in installs)


def test_the_check_of_the_image_is_a_program_that_asks_for_health(last_stage):
    check = next(rest for name, rest in last_stage if name == "HEALTHCHECK")
    program, switch, code = json.loads(check[check.index("[") :])
    assert (program, switch) == ("python", "-c")
    compile(code, "health check", "exec")
    port = json.loads(dict(last_stage)["CMD"])[-1]
    assert f"http://127.0.0.1:{port}/health'" in code


def test_every_service_is_watched_and_can_write_nowhere_but_where_it_must(compose):
    assert set(compose["services"]) == {"web", "worker", "redis", "nginx"}
    for name, one in compose["services"].items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in one["security_opt"], name
        assert one["restart"] == "unless-stopped", name
        assert name == "web" or one["healthcheck"]["test"], name  # the web's is in the image
        mounted = {one.split(":")[0] for one in one.get("volumes", []) if not one.startswith(".")}
        assert mounted <= set(compose["volumes"]), name
        assert set(one["networks"]) <= set(compose["networks"]), name


def test_only_nginx_can_be_reached_from_outside(compose):
    services = compose["services"]
    assert [name for name, one in services.items() if one.get("ports")] == ["nginx"]
    inside = {name for name, one in compose["networks"].items() if (one or {}).get("internal")}
    for name in ("web", "worker", "redis"):
        assert set(services[name]["networks"]) <= inside, name
    assert not set(services["nginx"]["networks"]) & set(services["redis"]["networks"])


def test_secrets_must_be_given_and_are_nowhere_in_the_files(compose):
    example = (DEPLOY / "explorer.env.example").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "REDIS_PASSWORD"):
        written = json.dumps(compose)
        assert re.findall(rf"\$\{{{name}([^}}]*)\}}", written)
        assert all(
            rest.startswith(":?") for rest in re.findall(rf"\$\{{{name}([^}}]*)\}}", written)
        )
        assert re.search(rf"(?m)^{name}=$", example)
    assert "requirepass" in compose["services"]["redis"]["command"][-1]


def test_the_settings_of_compose_are_settings_of_the_explorer(compose):
    for name in ("web", "worker"):
        given = compose["services"][name]["environment"]
        proxies = trusted(given["FORWARDED_ALLOW_IPS"])
        network = compose["networks"]["front"]["ipam"]["config"][0]["subnet"]
        assert str(proxies.networks[0]) == network
        assert not proxies.everyone
        assert parsed_prefix(given[OWN_PREFIX].split(":-")[1].rstrip("}")) == "/sos"
        assert given["REDIS_URL"].endswith("@redis:6379/0")


def test_nginx_in_compose_is_the_example_with_the_explorer_elsewhere(compose):
    shell = compose["services"]["nginx"]["command"][-1]
    before, after = re.search(r"s/(.+?)/(.+?)/'", shell).groups()
    example = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert len(re.findall(before, example)) == 1
    assert "server web:8050;" in re.sub(before, after, example)


def test_the_example_of_nginx_passes_nothing_of_a_readers_own():
    example = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    told = dict(re.findall(r"proxy_set_header (\S+) (\S+);", example))
    assert told["X-Forwarded-Prefix"] == "/sos"
    for name in ("Host", "X-Forwarded-Host", "X-Forwarded-Proto"):
        assert told[name] in {"$server_name", "$scheme"}
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Cookie", "Authorization"):
        assert told[name] == '""'
    logs = re.findall(r"(?m)^\s*(access_log|error_log) (.+);", example)
    assert [(name, rest.split()[-1]) for name, rest in logs] == [
        ("error_log", "crit"), ("access_log", "off"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", UNITS)
def test_units_are_hardened_and_wait_for_a_graceful_stop(name):
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "systemd" / name, encoding="utf-8")
    service = unit["Service"]
    for setting in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "PrivateDevices"):
        assert service[setting] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["EnvironmentFile"].startswith("/etc/")
    assert service["KillSignal"] == "SIGTERM"
    worker = "--worker" in service["ExecStart"]
    longest = queue.LAST if worker else int(str(SETTINGS["graceful_timeout"]))
    assert int(service["TimeoutStopSec"]) > longest
    assert not re.search(r"(?i)^(secret|password).*=.", "\n".join(service), re.MULTILINE)


def test_compose_waits_for_a_graceful_stop_too(compose):
    services = compose["services"]
    assert int(services["worker"]["stop_grace_period"].rstrip("s")) > queue.LAST
    graceful = int(str(SETTINGS["graceful_timeout"]))
    assert int(services["web"]["stop_grace_period"].rstrip("s")) > graceful


def test_the_guide_names_only_files_there_are():
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    named = {
        one for one in re.findall(r"deploy/[\w./-]+\w", guide)
        if one not in {"deploy/.env", "deploy/tls"} and not one.startswith("deploy/tls/")
    }  # fmt: skip
    assert len(named) > 4
    assert [one for one in named if not (ROOT / one).exists()] == []
