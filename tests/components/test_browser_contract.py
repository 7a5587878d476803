"""``docs/browser-contract.md`` names all that Python and JavaScript share, and nothing else."""

import ast
import json
import re
from pathlib import Path

import pytest

import app
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.frame.update_cards import update_cards
from components.server.first_look import question

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "browser-contract.md").read_text(encoding="utf-8")
TYPES = (ROOT / "tests" / "assets" / "explorer.d.ts").read_text(encoding="utf-8")
#: Names that libraries give, and that no code of ours makes.
OTHERS = {"_dash-config", "_pages_location", "react-entry-point"}


def _source(pattern, *folders):
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob(pattern))
    ours = [file for file in files if "vendor" not in file.parts]
    return "\n".join(file.read_text(encoding="utf-8") for file in ours)


SCRIPTS = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", _source("*.js", "assets"), flags=re.DOTALL)
STYLES = _source("*.css", "assets")
PYTHON = "\n".join(
    (_source("*.py", "components", "pages", "analytics"), _source("*.html", "components"))
)
#: Arguments of what looks for elements.
SELECTORS = " ".join(
    found[1]
    for found in re.findall(
        r"(?:querySelector(?:All)?|closest|matches|every|wordsOf)"
        r"\((?:event, |card, )?\s*([\"'`])(.*?)\1",
        SCRIPTS,
    )
)


def table(heading):
    """The rows of the first table below a heading: the name in the first cell, then the others."""
    _, _, below = DOCUMENT.partition(f"\n{heading}\n")
    assert below, heading
    part = re.split(r"(?m)^#", below)[0]
    rows = [
        re.split(r"\s*\|\s*", line.strip("| ")) for line in part.splitlines() if line[:1] == "|"
    ]
    return {row[0].strip("`"): row[1:] for row in rows[2:]}


def kebab(name):
    return "data-" + re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def attributes(text):
    # One of a namespace, as OpenDocument has, is none of HTML.
    return set(re.findall(r"(?<![\w:-])data-[a-z]+(?:-[a-z]+)*", text))


def quoted(name, text):
    return re.search(rf"[\"'` ]{re.escape(name)}[\"'` ]", text) is not None


def test_every_attribute_is_listed_and_used():
    listed = table("## Attributes")
    in_scripts = {kebab(name) for name in re.findall(r"dataset\.(\w+)", SCRIPTS)}
    in_scripts |= attributes(SCRIPTS)
    in_python = attributes(PYTHON)
    assert set(listed) == in_scripts | attributes(STYLES) | in_python
    by_server = {name for name, (*_, by) in listed.items() if by == "server"}
    assert by_server == in_python
    for name, (*_, holds, _by) in listed.items():
        assert (name in attributes(STYLES)) if holds.endswith("styles") else (name in in_scripts), (
            name
        )


def test_what_the_browser_writes_it_writes():
    written = [name for name, (*_, by) in table("## Attributes").items() if by == "browser"]
    assert written
    for name in written:
        camel = re.sub(r"-(\w)", lambda found: found[1].upper(), name.removeprefix("data-"))
        assert re.search(rf"dataset\.{camel} =|setAttribute\(\"{name}\"", SCRIPTS), name


def test_every_clientside_function_is_listed_on_both_sides():
    listed = set(table("## Clientside functions"))
    assert set(re.findall(r'ClientsideFunction\(\s*"explorer",\s*"(\w+)"', PYTHON)) == listed
    held = re.findall(r"dash_clientside\.explorer = \{(.*?)\}", SCRIPTS, flags=re.DOTALL)
    names = {name for inside in held for name in re.findall(r"(?<![.\w])\w+(?=\s*(?:,|$))", inside)}
    assert names == listed


def test_every_store_is_listed():
    listed = table("## Stores")
    assert set(re.findall(r'dcc\.Store\(id="([\w-]+)"', PYTHON)) == set(listed)
    assert {by for _, by in listed.values()} == {"browser", "server"}


def test_every_id_is_listed_and_used():
    listed = table("## Ids")
    stores = set(table("## Stores"))
    used = set(re.findall(r"#([a-z][\w-]*)", SELECTORS))
    used |= set(re.findall(r"(?:getElementById|set_props|show)\(\"([\w-]+)\"", SCRIPTS))
    assert used - OTHERS - stores <= set(listed)
    for name, (_, by) in listed.items():
        if name.startswith("card-"):
            assert name.removeprefix("card-") in cards_under(HOME)
        elif by == "server":
            assert f'id="{name}"' in PYTHON, name
        else:
            assert quoted(name, SCRIPTS), name
    idle = {name for name in listed if name not in used}
    assert all(re.search(rf'(?:Input|Output|State)\("{name}"', PYTHON) for name in idle), idle


def test_every_class_that_scripts_look_for_is_listed():
    listed = table("## Classes that scripts look for")
    assert set(re.findall(r"\.([a-zA-Z][\w-]*)", SELECTORS)) == set(listed)
    made = {name for name, (_, by) in listed.items() if by == "server" and "--" not in name}
    assert [
        name for name in sorted(made) if not re.search(rf'"[^"\n]*\b{name}\b[^"\n]*"', PYTHON)
    ] == []


def _parts_made():
    """The names given to ``part``, and those that are written as HTML."""
    for file in sorted((ROOT / "components").rglob("*.py")):
        words = file.read_text(encoding="utf-8")
        yield from re.findall(r'data-part="([\w-]+)"', words)
        for call in ast.walk(ast.parse(words)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "part":
                yield call.args[1].value


def test_every_part_is_listed():
    listed = set(table("### Parts"))
    templates = _source("*.html", "components")
    made = set(_parts_made()) | set(re.findall(r'data-part="([\w-]+)"', templates))
    read = set(re.findall(r"data-part=\"?([\w-]+)", SELECTORS))
    read |= set(re.findall(r"part\((?:section|document), \"([\w-]+)\"", SCRIPTS))
    names = re.search(r"const name of\s*\(?\[(.*?)\]", SCRIPTS, flags=re.DOTALL)[1]
    assert read | set(re.findall(r'"(\w+)"', names)) == listed
    assert made == listed


def test_every_event_is_listed():
    listed = set(table("## Events"))
    assert set(re.findall(r'new CustomEvent\("([\w:]+)"', SCRIPTS)) == listed
    assert set(re.findall(r'addEventListener\("(explorer:\w+)"', SCRIPTS)) == listed


def test_every_key_of_meta_is_listed():
    listed = table("## Figures")
    charts = _source("*.py", "components/charts", "components/card")
    inside = re.findall(r"\"?meta\"?[=:] ?\{(.*?)\}", charts)
    given = {name for part in inside for name in re.findall(r'"(\w+)":', part)}
    assert given | {"tall"} == set(listed)  # tall is an argument of every chart
    read = re.search(r"const \{([^}]*)\} = figure\.layout\.meta", SCRIPTS)[1]
    said = set(re.findall(r"meta\?\.(\w+)", SCRIPTS))
    assert set(re.findall(r"\w+", read)) | said | {"beside"} == set(listed)  # read by chart_frame


def test_every_name_of_an_annotation_is_listed():
    listed = DOCUMENT.split("**`name`** of an annotation")[1].split("\n- ")[0]
    made = set(re.findall(r'"name": "([a-z]+)"', _source("*.py", "components/charts")))
    found = set(re.findall(r'note\.name [!=]== "(\w+)"', SCRIPTS))
    assert set(re.findall(r"`([a-z]+)` (?:heads|is|names)", listed)) == made == found


def declared(name):
    """The keys of an interface in the types of the scripts."""
    inside = re.search(rf"interface {name} \{{(.*?)\n\}}", TYPES, flags=re.DOTALL)[1]
    return set(re.findall(r"(?m)^  (\w+)\??:", inside))


@pytest.fixture(scope="module")
def answered():
    return update_cards(
        {"query": "", "cards": ["kpis-gaps"], "page": "indicators", "step": "push:1"}
    )


def test_questions_answers_and_pieces_have_the_keys_that_are_listed(answered):
    assert set(answered) == set(table("### An answer")) == declared("Answered")
    piece = cards_under(HOME)["kpis-gaps"].pieces(Selection())
    assert set(piece) == set(table("### A piece of a card")) == declared("Piece")
    for words in answered["bar"].values():
        assert set(words) == set(table("### Words of a part of the bar")) == declared("BarWords")
    asked = set(re.findall(r'asked\.get\("(\w+)"\)', _source("*.py", "components/frame")))
    assert asked == set(table("### A question")) == declared("Asked")


def test_keys_of_charts_are_lists_and_other_words_are_words(answered):
    notes = answered["cards"]["kpis-gaps"]["figure"]["layout"]["annotations"]
    texts = [note["text"] for note in notes]
    assert any(isinstance(text, list) for text in texts)
    assert not any(isinstance(text, str) and "   " in text for text in texts)


def test_a_page_carries_what_is_listed_for_it():
    client = app.explorer.server.test_client()
    asked = question("/indicators", "")
    page = json.loads(client.post("/_dash-update-component", json=asked).text)
    main = page["response"]["_pages_content"]["children"]["props"]
    of_main = {
        name
        for name, (on, *_, by) in table("## Attributes").items()
        if on.startswith("main") and by == "server"
    }
    assert of_main == {name for name in main if name.startswith("data-")}


def test_every_address_that_scripts_fetch_is_served():
    listed = set(table("## Addresses that scripts fetch"))
    served = {rule.rule for rule in app.explorer.server.url_map.iter_rules()}
    assert listed <= served
    fetched = {f"/{first}/" for first in re.findall(r"explorer\.at\(\s*`/(\w+)/", SCRIPTS)}
    fetched |= {f"/{first}/" for first in re.findall(r'"data-fill": at\(f"/(\w+)/', PYTHON)}
    pages = {"/indicators/", "/councils/", "/compare/"}
    assert fetched - pages == {re.match(r"/\w+/", address)[0] for address in listed}


def test_what_the_browser_keeps_is_listed():
    listed = {
        name for name, (where, _) in table("## What the browser keeps").items() if "local" in where
    }
    assert set(re.findall(r'localStorage\.\w+\("(\w+)"', SCRIPTS)) == listed
    assert "sessionStorage" not in SCRIPTS
