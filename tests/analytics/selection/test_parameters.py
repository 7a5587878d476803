"""The registry of parameters: what is made from it follows it, and nothing else is needed."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.selection import parameters
from analytics.selection.parameter import Kind, Page, Parameter, Reading, fault_of
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from components.frame.bar_words import PARTS
from components.frame.controls import control_values, fields_of, grammar
from components.reference.parameter_list import entries, markdown

README = Path(__file__).parents[3] / "README.md"
NOT_SET = {"notices", "faults", "remarks"}  # how the address was read


def values_of(one):
    """Values that an address may give a parameter."""
    allowed = list(one.allowed(HOME))
    match one.kind:
        case Kind.AMOUNT:
            return st.sampled_from(["", "1", "1.5", "2"])
        case Kind.FLAG:
            return st.sampled_from(["", "0", "1"])
        case Kind.YEARS:
            return st.tuples(*[st.sampled_from(allowed)] * 2).map(
                lambda pair: "-".join(sorted(pair))
            )
        case Kind.CHOICES:
            several = st.lists(st.sampled_from(allowed), unique=True, max_size=4)
            return several.map(",".join)
        case _:
            return st.sampled_from(["", *allowed])


queries = st.fixed_dictionaries({name: values_of(one) for name, one in PARAMETERS.items()}).map(
    lambda pairs: "?" + "&".join(f"{name}={value}" for name, value in pairs.items() if value)
)


def test_every_field_of_a_selection_has_its_parameter():
    named = {field for one in PARAMETERS.values() for field in one.fields}
    assert named == {field.name for field in fields(Selection)} - NOT_SET


@settings(deadline=None)
@given(queries)
def test_any_selection_is_read_back_from_its_address(query):
    selection = from_search(query)
    again = from_search(selection.to_query())
    assert again == selection
    assert not again.notices
    assert again.to_query() == selection.to_query()


def test_a_default_is_not_spelled():
    assert not Selection().to_query()
    for entry in entries(HOME):
        query = f"?{entry['name']}={entry['default']}"
        assert not from_search(query).to_query(), query


@pytest.mark.parametrize("name", [name for name, one in PARAMETERS.items() if one.allowed(HOME)])
def test_every_value_it_lists_is_understood(name):
    one = PARAMETERS[name]
    for value in one.allowed(HOME):
        asked = f"{value}-{value}" if one.kind is Kind.YEARS else value
        group = "group=E06000023,E06000041,E08000036&"
        alone = {"weights": "model=2025&", "start": group}.get(name, "")
        assert not value or not from_search(f"?{alone}{name}={asked}").notices


def test_one_entry_adds_a_parameter_everywhere(monkeypatch):
    added = Parameter(
        name="mean-of",
        fields=("average",),
        allowed=lambda _: {"mean": "Mean", "median": "Median"},
        read=lambda words, _: Reading(values={"average": words}),
        label="Mean of neighbours",
        help="A second way to say the average.",
        pages=frozenset({Page.CLAIMS}),
    )
    monkeypatch.setitem(parameters.PARAMETERS, added.name, added)
    selection = from_search("?mean-of=median")
    assert selection == replace(Selection(), average="median")
    assert "mean-of=median" in selection.to_query()
    assert control_values(selection)["mean-of"] == "median"
    assert "Mean of neighbours" in str(fields_of("mean-of", control_values(selection), HOME))
    assert [one.key for one in PARTS if "mean-of" in one.followed(Page.CLAIMS)] == ["more"]
    assert "mean-of" in {entry["name"] for entry in entries(HOME)}
    assert "| `mean-of` | `mean`, `median` | A second way to say the average. |" in markdown()
    assert "mean-of" not in grammar()  # one control of its own name needs no grammar
    monkeypatch.setitem(parameters.PARAMETERS, added.name, replace(added, excludes="average"))
    assert grammar()["mean-of"] == {"controls": ["mean-of"], "excludes": "average"}


def test_the_list_of_bands_is_called_what_the_bands_of_the_programme_are():
    group = from_search("?group=A:E06000001,E06000002;B:E06000003&start=2019").programme
    labels = [
        next(one["label"] for one in entries(of) if one["name"] == "band") for of in (HOME, group)
    ]
    assert [label.lower() for label in labels] == [HOME.band_words, group.band_words]
    assert labels[0] != labels[1]


def test_the_readme_lists_every_parameter():
    found = re.search(
        r"<!-- parameters: .* -->\n(.*?)\n?<!-- end of parameters -->",
        README.read_text(),
        re.DOTALL,
    )
    assert found, "README.md has lost the marks around its list of parameters"
    assert found[1] == markdown(), f"README.md should hold between its marks:\n{markdown()}"


@pytest.mark.parametrize("name", ["mark", "area", "pilots", "indicator", "k"])
def test_a_parameter_says_whether_a_value_can_be_used(name):
    one = PARAMETERS[name]
    assert one.accepts(next(value for value in one.allowed(HOME) if value), HOME)
    assert not one.accepts("none-such", HOME)


def test_what_cannot_be_marked_is_left_out_with_a_notice():
    found = from_search("mark=none-such")
    assert not found.mark
    assert "cannot be marked" in found.notices[0]


def test_a_notice_is_told_without_what_a_page_does_where_all_is_refused():
    (notice,) = from_search("colour=red").notices
    assert notice.startswith("“colour” is not a setting of this page")
    assert fault_of(notice) == "“colour” is not a setting."
    assert fault_of("“11” is not a number of neighbours.") == "“11” is not a number of neighbours."
