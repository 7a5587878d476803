"""The form of another group: every way of adding, what is said at once, and the link."""

import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from dash import html, no_update
from dash.development.base_component import Component

import app
from analytics.selection.council_names import read_names
from analytics.selection.group import read_group
from analytics.selection.parse import LONGEST_QUERY, from_search
from analytics.selection.places import authorities, place_name
from analytics.selection.selection import HOME
from components.group.adding import edited
from components.group.answer import answer
from components.group.form import group_form, update_answer
from components.group.ready_made import ready_made
from data.programmes.read import keys
from pages.group import layout

NAMES = "Bristol\nHull; Kent, Leeds\tCamden\nCounty Durham"


def text(shown) -> str:
    return json.dumps([one.to_plotly_json() for one in shown], default=str, ensure_ascii=False)


def found(shown, key: str):
    parts = [part for one in shown for part in (one, *one._traverse())]
    return [
        part for part in parts if isinstance(part, Component) and getattr(part, "id", "") == key
    ]


def query(shown) -> dict[str, str]:
    [link] = found(shown, "group-link")
    return dict(parse_qsl(urlsplit(link.href).query))


def test_it_says_how_many_which_years_and_leads_to_the_answer():
    read = answer(NAMES, "2019", "Family Futures")
    words = text(read.shown)
    assert "6 councils" in words
    assert "2014/15 to 2017/18" in words
    assert "2018/19 to 2024/25" in words
    assert not any((read.faults, read.remarks, read.name_said))
    assert all(one in read.told for one in ("6 councils", "2014/15 to 2017/18", "2018/19"))
    asked = query(read.shown)
    assert asked | {"group": ""} == {"group": "", "start": "2019", "named": "Family Futures"}
    [(_, codes)] = read_group(asked["group"], HOME).values["group"]
    assert [place_name(code) for code in codes] == [
        "Bristol", "Camden", "County Durham", "Kent", "Kingston upon Hull", "Leeds",
    ]  # fmt: skip
    [address] = found(read.shown, "group-address")
    assert address.value.endswith(found(read.shown, "group-link")[0].href)


def test_bands_go_into_the_link_in_their_order():
    read = answer("New: Kent, Leeds\nSettled:\nCamden\nHull", "2018", "")
    assert "in 2 bands" in text(read.shown)
    assert query(read.shown)["group"].split(";")[1].startswith("Settled:")
    assert "named" not in query(read.shown)


def test_each_name_that_is_not_understood_is_said_with_the_nearest():
    read = answer(f"{NAMES}\nWirrall\nNarnia\n" + "\n".join(f"Land {n}" for n in range(20)), "", "")
    assert read.faults[0].endswith("Did you mean Wirral?")
    assert "“Narnia”" in read.faults[1]
    assert read.faults[-1] == "10 more names not understood."


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("Kent\nNew: Leeds, Hull", "Some councils have no band: Kent."),
        ("\n".join(authorities()), "3 to 60 councils"),
        ("\n".join(f"b{n}: {code}" for n, code in enumerate([*authorities()][:7])), "6 bands"),
    ],
)
def test_what_is_no_group_says_why_and_has_no_link(names, said):
    read = answer(names, "2019", "")
    assert said in read.faults[-1]
    assert not read.told
    assert not found(read.shown, "group-link")


def test_too_few_councils_or_no_start_wait_for_more():
    assert "2 councils so far" in text(answer("Kent, Leeds", "2019", "").shown)
    waiting = answer(NAMES, "", "").shown
    assert "Choose the start" in text(waiting)
    assert not found(waiting, "group-link")


def test_what_cannot_be_asked_is_said():
    assert "chance" in text(answer("Kent, Leeds, Hull", "2019", "").shown)
    assert "one year" in text(answer(NAMES, "2014", "").shown)


def test_markup_in_a_name_does_no_harm_and_is_said():
    read = answer(NAMES, "2019", "<script>alert(1)</script>")
    assert query(read.shown)["named"] == "scriptalert(1)/script"
    assert "cannot be shown" in read.name_said


def test_a_council_a_region_and_a_type_are_added_to_the_list():
    names, left, said = edited("group-pick-add", "Kent", " Leeds ", "", "")
    assert (names, left, said) == ("Kent\nLeeds", "", "")
    assert edited("group-pick", names, "Hull", "", "").names == "Kent\nLeeds\nHull"
    for pressed, region, kind in (
        ("group-region-add", "E12000001", ""), ("group-type-add", "", "E10"),
    ):  # fmt: skip
        codes = read_names(edited(pressed, "Kent\nDarlington", "", region, kind)[0]).codes
        assert len(codes) == len(set(codes))
        expected = {
            code
            for code, one in authorities().items()
            if one.current and (one.region_code == region or (kind and code.startswith(kind)))
        }
        assert set(codes) == expected | {
            read_names("Kent").codes[0],
            read_names("Darlington").codes[0],
        }
    assert edited("group-region-add", "Kent", "x", "", "") == ("Kent", "x", None)
    assert edited("group-clear", "Kent", "x", "", "") == ("", "x", None)


def test_what_is_no_council_stays_where_it_was_typed():
    names, left, said = edited("group-pick", "Kent", "Leeds, Atlantis", "", "")
    assert (names, left) == ("Kent", "Leeds, Atlantis")
    assert "“Atlantis”" in said
    assert "Leeds" not in said


def test_an_address_that_holds_a_group_fills_the_form():
    asked = {"group": "New:E06000023,E06000041;Old:E08000036", "start": "2019", "named": "Ours"}
    form = [group_form(asked)]
    assert found(form, "group-names")[0].value == "New:\nBristol\nWokingham\nOld:\nWakefield"
    assert found(form, "group-start")[0].value == "2019"
    assert query(form) == asked
    for odd in ({"group": "x", "start": "1066"}, {"group": ["a"], "named": None}, {}):
        assert found([group_form(odd)], "group-names")[0].value == ""


def test_an_address_keeps_a_form_as_it_was_typed_and_no_selection_has_it():
    kept = {"list": "New: Kent\nNarnia, Hull", "from": "2019", "called": "Ours <b>"}
    group = {"group": "E06000023,E08000036,E06000041", "start": "2018"}
    form = [group_form({**group, **kept})]
    held = [found(form, one)[0].value for one in ("group-names", "group-start", "group-named")]
    assert held == [*kept.values()]
    assert "“Narnia”" in text(found(form, "group-faults"))
    assert found([group_form({**group, "list": ""})], "group-names")[0].value == ""
    assert found([group_form({"from": "1066"})], "group-start")[0].value == ""
    page = layout(**group, **kept)
    marks = page.to_plotly_json()["props"]
    assert marks["data-keeps"].split(",") == [*kept]
    assert dict(parse_qsl(marks["data-query"].removeprefix("?"))) == group
    assert "not a setting" not in text([page])
    script = Path(app.__file__).with_name("assets") / "60-selection" / "52-form.js"
    assert f"LONGEST = {LONGEST_QUERY};" in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("odd", [None, 3, [], {}, "1066"])
def test_odd_values_from_a_browser_are_read_as_nothing(odd):
    shown, said, changed, heard = update_answer(odd, odd, odd, odd)
    assert not found(shown, "group-link")
    assert changed == ""
    assert len(said) == len(heard["said"]) == (1 if odd == "1066" else 0)


def test_what_is_said_of_the_list_is_written_where_it_changed_alone():
    *_, heard = update_answer("Kent, Narnia", "", "", None)
    _, said, _, after = update_answer("Kent, Narnia, Hull", "", "", heard)
    assert said is no_update
    assert after["told"] != heard["told"]
    assert len(update_answer("Kent, Narnia, Oz", "", "", after)[1]) == len(after["said"]) + 1


def test_programmes_that_are_held_are_led_to_and_their_councils_fill_the_form():
    links = [one for one in ready_made()._traverse() if isinstance(one, html.A)]
    assert len(links) == 2 * len(keys())
    for to_programme, to_list in zip(links[::2], links[1::2], strict=True):
        of = from_search(urlsplit(to_programme.href).query).programme
        assert to_programme.children == of.name
        [listed] = found([group_form(dict(parse_qsl(urlsplit(to_list.href).query)))], "group-names")
        assert sorted(read_names(listed.value).codes) == sorted(one.code for one in of.pilots)
