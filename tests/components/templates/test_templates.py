"""Every template, found by walking its folder: what it is given comes out escaped, or it raises."""

import ast
import html
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError, meta, nodes

from analytics.selection.selection import Selection
from analytics.text.quantity import Quantity, Scale
from components.card.table import html_table
from components.templates.render import ENVIRONMENT, FOLDER, NAMES, Layout, own_script, render
from data.schema import Column, ColumnKind, text

ROOT = Path(__file__).parents[3]
HOSTILE = """<script>alert("x")</script> 'said' & {{ 7*7 }} {% raw %} </table> x onload=y &#39;"""
ESCAPED = html.escape(HOSTILE)
TAGS = (
    "html|head|body|meta|title|a|p|div|span|table|caption|thead|tbody|tr|th|td|dl|dt|dd|ul|li|"
    "h[1-6]|small|strong|b|br|button|section|article|details|summary|script|style|link"
)
MARKUP_ELSEWHERE = {
    "components/charts": "what Plotly reads in its texts, which it draws as SVG",
    "components/frame/shell.py": "Dash's own frame of a page, whose places clash with Jinja's",
}


class Hostile:
    """Stands for any value a template may be given, and counts how often it is written."""

    def __init__(self, *, truth, size):
        self.truth, self.size, self.written = truth, size, 0

    def __str__(self):
        self.written += 1
        return HOSTILE

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _):
        return self

    def __call__(self):
        return self

    def __iter__(self):
        return iter([self] * self.size)

    def __len__(self):
        return len(HOSTILE)

    def __bool__(self):
        return self.truth


class Tags(HTMLParser):
    """The tags, names of attributes and text of some HTML."""

    def __init__(self, words):
        super().__init__()
        self.tags, self.attributes, self.text = [], set(), ""
        self.feed(str(words))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def source(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def tree(name):
    return ENVIRONMENT.parse(source(name))


def hostile(name, *, truth):
    """A hostile value for a template, with as many parts as its loops take apart."""
    loops = [loop.target for loop in tree(name).find_all(nodes.For)]
    sizes = {len(one.items) for one in loops if isinstance(one, nodes.Tuple)} or {2}
    assert len(sizes) == 1, f"{name} takes rows of {sizes} parts apart: one number, or use names"
    return Hostile(truth=truth, size=sizes.pop())


def variables(name):
    return sorted(meta.find_undeclared_variables(tree(name)) - {"caller"})


def filled(name, value):
    """What a template writes with a hostile value for everything, and each of its macros too."""
    values = dict.fromkeys(variables(name), value)
    parts = [render(name, **values)]
    if name == "macros.html":
        module = ENVIRONMENT.get_template(name).module
        for one in tree(name).find_all(nodes.Macro):
            given = [value] * len(one.args)
            calls = any(call.node.name == "caller" for call in one.find_all(nodes.Call))
            parts.append(getattr(module, one.name)(*given, **({"caller": value} if calls else {})))
    return "".join(parts).replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


EVERY = pytest.mark.parametrize("name", NAMES)
BOTH = pytest.mark.parametrize("truth", [True, False])


def test_every_template_of_the_folder_is_known():
    found = {str(one.relative_to(FOLDER)) for one in FOLDER.rglob("*") if one.is_file()}
    found = {one for one in found if "__pycache__" not in one}
    assert found - set(NAMES) == {"__init__.py", "render.py"}
    assert len(NAMES) >= 16


@BOTH
@EVERY
def test_whatever_is_put_into_a_template_comes_out_escaped(name, truth):
    value = hostile(name, truth=truth)
    words = filled(name, value)
    lowered = words.lower()
    assert lowered.count(ESCAPED.lower()) == value.written
    assert HOSTILE.lower() not in lowered
    assert value.written > 0 or not truth
    rest = lowered.replace(ESCAPED.lower(), "")
    assert "{{" not in rest
    assert "49" not in rest
    assert rest.count("</table>") == rest.count("<table")
    tags = Tags(words)
    plain = Tags(words.replace(ESCAPED, "x"))
    assert tags.tags == plain.tags
    assert tags.attributes == plain.attributes
    if name not in {"head.html", "plotly.html", "first_look.html"}:
        assert "script" not in tags.tags


@EVERY
def test_a_template_raises_for_a_value_it_is_not_given(name):
    for missing in variables(name):
        raised = []
        for truth in (True, False):
            values = dict.fromkeys(variables(name), hostile(name, truth=truth))
            del values[missing]
            try:
                render(name, **values)
            except UndefinedError as error:
                raised.append(str(error))
        assert any(f"'{missing}'" in one or "not provided" in one for one in raised), missing


def test_a_template_raises_for_an_attribute_that_is_not_there():
    with pytest.raises(UndefinedError, match="title"):
        render("studies.html", published=SimpleNamespace(), rows=[])


def test_a_template_that_is_not_there_raises():
    with pytest.raises(TemplateNotFound, match=r"nobody\.html"):
        render("nobody.html")


@EVERY
def test_a_template_switches_no_escaping_off_and_breaks_lines_beside_tags_alone(name):
    words = source(name)
    assert re.search(r"\|\s*(safe|e|escape|forceescape|tojson|xmlattr)\b", words) is None
    assert re.search(r"\{%-?\s*(autoescape|raw|filter)\b|Markup", words) is None
    assert "&#" not in words
    assert re.search(r"=\s*\{[{%]", words) is None, "an attribute without quotes holds a value"
    plain = re.sub(r"\{#.*?#\}", "{##}", words, flags=re.DOTALL).strip()
    broken = [
        one[0] for one in re.finditer(r".{0,20}\n\s*.{0,20}", plain)
        if not re.match(r"(?s).*[>}]\s*\n|.*\n\s*[<{@]", one[0])
    ]  # fmt: skip
    assert broken == []


def test_every_template_is_used_and_every_template_used_is_there():
    files = [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    asked = {
        name for one in files
        for name in re.findall(r"render\(\s*\"([^\"]+)\"", one.read_text(encoding="utf-8"))
    }  # fmt: skip
    reached, left = set(), asked
    while left:
        reached |= left
        left = {
            named for name in left for named in meta.find_referenced_templates(tree(name))
        } - reached
    assert reached == set(NAMES)


def test_every_macro_is_used():
    macros = {one.name for one in tree("macros.html").find_all(nodes.Macro)}
    imported = {
        named for name in NAMES for one in tree(name).find_all(nodes.FromImport)
        for named in one.names
    }  # fmt: skip
    assert imported == macros
    for name in NAMES:
        for one in tree(name).find_all(nodes.FromImport):
            called = {call.node.name for call in tree(name).find_all(nodes.Call)
                      if isinstance(call.node, nodes.Name)}  # fmt: skip
            assert set(one.names) <= called, name


@EVERY
def test_tables_have_a_caption_and_headings_a_scope(name):
    words = filled(name, hostile(name, truth=True))
    for table in re.findall(r"<table.*?</table>", words):
        assert re.match(r"<table[^>]*><caption[^>]*>.+?</caption><thead", table)
    headings = re.findall(r"<th[ >][^>]*>?", words)
    assert all(re.match(r'<th scope="?(col|row)\b', one) for one in headings)
    regions = re.findall(r'<div class="table-scroll[^>]*>', words)
    assert all('tabindex="0" role="region" aria-label="' in one for one in regions)


def test_quotes_are_spelled_as_before_and_an_entity_in_a_value_stays_as_it_was_typed():
    found = render("withheld.html", words="""a 'b' "c" &#39; &#34; &amp;""")
    assert found == (
        '<div class="withheld">a &#x27;b&#x27; &quot;c&quot; &amp;#39; &amp;#34; &amp;amp;</div>'
    )


def test_html_of_a_template_is_put_into_another_as_it_is_and_text_is_not():
    inner = render("withheld.html", words="a & b")
    assert inner in render("panel.html", plain="", technical="", body=inner)
    assert html.escape(str(inner)) in render("panel.html", plain="", technical="", body=str(inner))


def test_line_breaks_of_a_template_are_not_written_and_its_lines_keep_their_numbers():
    place = Environment(autoescape=True, extensions=[Layout])
    template = place.from_string("<p>\n  {% if x %}\n    <b>a  b</b>\n  {% endif %}\n</p>\n")
    assert template.render(x=True) == "<p><b>a  b</b></p>"
    assert place.from_string("{{ x }}").render(x="a\n  b") == "a\n  b"
    with pytest.raises(TemplateSyntaxError) as error:
        place.from_string("<p>\n</p>\n\n{% nothing %}")
    assert error.value.lineno == 4


def test_a_readers_words_are_text_in_the_table_of_a_card():
    columns = (
        text("key", HOSTILE),
        Column(name="n", label="n", unit=HOSTILE, kind=ColumnKind.COUNT),
        text("note", "Note"),
        text("link", "Where"),
    )
    cells = {
        "key": [HOSTILE], "n": [None], "note": [HOSTILE], "link": [f"/{HOSTILE}"],
        "status": [HOSTILE], "address": [f"/{HOSTILE}"],
    }  # fmt: skip
    published = SimpleNamespace(
        title=HOSTILE, scope=HOSTILE, kind=SimpleNamespace(label=HOSTILE), columns=columns,
        selection=Selection(), frame=pd.DataFrame(cells),
        quantity=Quantity(unit=HOSTILE, scale=Scale.OTHER),
    )  # fmt: skip
    words = html_table(published, name=HOSTILE)
    assert HOSTILE not in words
    found = Tags(words)
    assert "script" not in found.tags
    assert "onload" not in found.attributes
    assert found.tags.count("table") == found.tags.count("caption") == 1
    assert found.text.count(HOSTILE) == 3 + 2 + 3  # caption, headings, row: with its symbol
    assert words.count(ESCAPED) == 3 + 2 + 3 + 3  # name of the region, two addresses


def strings(path):
    """The strings of a module that are not docstrings."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(one.value) for one in ast.walk(module)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }  # fmt: skip
    return [
        one.value for one in ast.walk(module)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in said
    ]  # fmt: skip


def test_no_python_writes_html():
    files = [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    writing = set()
    for one in files:
        where = one.relative_to(ROOT).as_posix()
        words = one.read_text(encoding="utf-8")
        assert "from html import" not in words, where
        assert "import html\n" not in words.replace("from dash import html\n", ""), where
        marked = re.search(r"\bMarkup\([^)]", words) is not None
        assert marked == (where == "components/templates/render.py"), where
        if any(re.search(rf"</?({TAGS})\b[^<]*>", found) for found in strings(one)):
            writing.add(next((left for left in MARKUP_ELSEWHERE if where.startswith(left)), where))
    assert writing == set(MARKUP_ELSEWHERE)


@pytest.mark.parametrize("ends", ["</script>", "<!-- <script>"])
def test_a_script_that_could_end_its_element_is_not_written_into_a_page(tmp_path, ends):
    plain = tmp_path / "plain.js"
    plain.write_text("a && b < c;")
    assert own_script(plain) == "a && b < c;"
    (tmp_path / "ending.js").write_text(f'const words = "{ends}";')
    with pytest.raises(ValueError, match=r"ending\.js"):
        own_script(tmp_path / "ending.js")
