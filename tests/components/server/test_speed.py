import gzip
import pkgutil

import brotli
import pytest
from dash import Dash, dcc, html

from components.server import proxy, speed
from components.server.headers import SUITES
from components.server.speed import MENDED_VERSION, QUICK, RENDERER, SLOW, mended

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
SCRIPT = b"window.known = 'a script long enough to be packed';\n" * 40


@pytest.fixture(autouse=True)
def nothing_packed(tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORER_PACKED", str(tmp_path / "packed"))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assets")
    (folder / "10-known.js").write_bytes(SCRIPT)
    (folder / "picture.png").write_bytes(b"\x89PNG" + bytes(2_000))
    app = Dash(__name__, use_async=False, compress=True, use_pages=False, assets_folder=str(folder))
    app.layout = html.Div(dcc.Graph())
    files = speed.install(app)
    client = app.server.test_client()
    client.get("/")
    return files, client, folder


def renderer_path(client) -> str:
    page = client.get("/").text
    start = page.index(f"/{SUITES}dash/dash-renderer")
    return page[start : page.index('"', start)]


def test_the_renderer_of_this_dash_is_mended():
    script = pkgutil.get_data("dash", RENDERER)
    assert script.count(SLOW) == 1
    assert mended(script).count(QUICK) == 1
    assert len(mended(script)) == len(script) - len(SLOW) + len(QUICK)


@pytest.mark.parametrize("script", [b"", b"other", SLOW + SLOW])
def test_another_renderer_is_left_alone(script):
    assert mended(script) == script


def test_another_version_is_left_alone():
    assert mended(SLOW, "4.5.0") == SLOW
    assert mended(SLOW, MENDED_VERSION) == QUICK


def test_files_are_packed_small_and_once(served):
    files, client, _ = served
    path = renderer_path(client)
    first = client.get(path, headers=BROWSER)
    files.settle()
    again = client.get(path, headers=BROWSER)
    whole = mended(pkgutil.get_data("dash", RENDERER))
    assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "br"
    assert brotli.decompress(first.data) == brotli.decompress(again.data) == whole
    assert len(again.data) < len(first.data) < len(whole) / 3
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Vary"] == "Accept-Encoding"


def test_a_kept_file_is_not_compressed_again(served, monkeypatch):
    files, client, _ = served
    path = renderer_path(client)
    client.get(path, headers=BROWSER)
    files.settle()
    kept = client.get(path, headers=BROWSER).data
    for work in ("brotli.compress", "gzip.compress"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("compressed again"))
    assert client.get(path, headers=BROWSER).data == kept


def test_older_browsers_get_gzip_or_the_file_itself(served):
    _, client, _ = served
    path = renderer_path(client)
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["ETag"] == zipped.headers["ETag"].removeprefix("W/")


def test_what_a_browser_holds_is_not_sent_again(served):
    _, client, _ = served
    path = renderer_path(client)
    tag = client.get(path, headers=BROWSER).headers["ETag"]
    again = client.get(path, headers={**BROWSER, "If-None-Match": tag})
    assert again.status_code == 304
    assert not again.data


def test_an_asset_is_served_as_it_is_on_disk_now(served):
    _, client, folder = served
    assert brotli.decompress(client.get("/assets/10-known.js?m=1", headers=BROWSER).data) == SCRIPT
    (folder / "10-known.js").write_bytes(SCRIPT + b"// changed")
    changed = client.get("/assets/10-known.js?m=1", headers=BROWSER)
    assert brotli.decompress(changed.data).endswith(b"// changed")


def test_pictures_are_not_packed(served):
    _, client, _ = served
    answer = client.get("/assets/picture.png", headers=BROWSER)
    assert answer.mimetype == "image/png"
    assert "Content-Encoding" not in answer.headers


def test_answers_are_packed_once_by_one_of_two(served):
    _, client, _ = served
    answer = client.get("/", headers=BROWSER)
    assert answer.headers.getlist("Content-Encoding") == ["zstd"] or brotli.decompress(answer.data)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../pyproject.toml",
        "/assets/..%2f..%2fpyproject.toml",
        "/assets/%00",
        "/assets/",
        "/assets//etc/passwd",
        "/assets/absent.css",
    ],
)
def test_nothing_outside_the_assets_is_served(served, path):
    _, client, _ = served
    answer = client.get(path)
    assert answer.status_code in {308, 404} or "_dash-renderer" in answer.text


def test_made_up_fingerprints_fill_no_memory(served):
    files, client, _ = served
    before = files._responses.size
    path = renderer_path(client)
    for number in range(5):
        made_up = path.replace("min.js", "min.js").replace(".v4", f".v{number}")
        assert client.get(made_up, headers=BROWSER).status_code == 200
    files.settle()
    assert files._responses.size == before


def test_posting_to_a_file_is_left_to_dash(served):
    _, client, _ = served
    assert client.post("/assets/10-known.js").status_code == 405


def test_what_a_page_loads_is_packed_ahead(served, monkeypatch):
    files, client, _ = served
    assert files.press_all(["/"]) > 5
    monkeypatch.setattr(speed.Thread, "start", lambda _: pytest.fail("packed again"))
    fresh = speed.StaticFiles(files._app)
    with files._app.server.test_request_context(renderer_path(client), headers=BROWSER):
        assert fresh.serve().content_encoding == "br"


def test_what_a_page_loads_below_a_prefix_is_packed_too(served, tmp_path):
    files, _, folder = served
    app = Dash(__name__, use_async=False, compress=True, use_pages=False, assets_folder=str(folder))
    app.layout = html.Div(dcc.Graph())
    proxy.install(app, own="/sos", proxies=proxy.trusted(""))
    below = speed.install(app)
    assert 'src="/sos/assets/10-known.js' in app.server.test_client().get("/").text
    assert below.press_all(["/"]) == files.press_all(["/"])
    assert list((tmp_path / "packed").iterdir())
