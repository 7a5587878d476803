import pytest

from analytics.selection.places import authorities, pilots, place_name, renamed
from analytics.selection.selection import HOME

NAMES = {
    HOME.band("beginner"): ["Bristol", "Norfolk", "Wakefield", "Wokingham"],
    HOME.band("two-years"): ["Brent", "Lincolnshire", "Suffolk"],
    HOME.band("over-two"): ["Leicestershire", "Tower Hamlets", "West Sussex"],
}


def test_ten_pilots_stand_in_order_of_band_and_name():
    assert [pilot.name for pilot in pilots(HOME).values()] == [
        name for band in HOME.bands for name in NAMES[band]
    ]
    assert all(pilot.name in NAMES[pilot.band] for pilot in pilots(HOME).values())
    assert all(code == pilot.code for code, pilot in pilots(HOME).items())


def test_every_pilot_keeps_its_place_from_one_to_ten():
    assert [pilot.place for pilot in pilots(HOME).values()] == list(range(1, 11))


def test_every_pilot_is_an_authority_of_the_same_name():
    for code, pilot in pilots(HOME).items():
        assert authorities()[code].name == pilot.name == place_name(code)
        assert authorities()[code].current


def test_authorities_are_in_alphabetical_order_by_name():
    names = [one.name for one in authorities().values()]
    assert len(names) == 158
    assert names == sorted(names)
    assert len(set(names)) == len(names)


def test_names_are_those_people_use():
    names = {one.name for one in authorities().values()}
    assert not [name for name in names if ", City of" in name or ", County of" in name]
    assert {"Bristol", "Leeds", "Kingston upon Hull", "Herefordshire"} <= names


@pytest.mark.parametrize(
    ("name", "label", "year", "successors"),
    [
        ("Bournemouth", "Bournemouth (to 2018/19)", 2019, ["Bournemouth, Christchurch and Poole"]),
        ("Poole", "Poole (to 2018/19)", 2019, ["Bournemouth, Christchurch and Poole"]),
        ("Cumbria", "Cumbria (to 2022/23)", 2023, ["Cumberland", "Westmorland and Furness"]),
        (
            "Northamptonshire",
            "Northamptonshire (to 2020/21)",
            2021,
            ["North Northamptonshire", "West Northamptonshire"],
        ),
        (
            "Dorset (pre-2019)",
            "Dorset (to 2018/19)",
            2019,
            ["Dorset", "Bournemouth, Christchurch and Poole"],
        ),
    ],
)
def test_an_abolished_authority_says_what_replaced_it(name, label, year, successors):
    [found] = [one for one in authorities().values() if one.name == name]
    assert not found.current
    assert found.label == label
    assert found.exists(year)
    assert not found.exists(year + 1)
    assert [place_name(code) for code in found.successors] == successors
    assert str(year) in found.changed
    assert all(one in found.changed for one in successors)


def test_an_authority_that_was_formed_says_from_what():
    formed = [one for one in authorities().values() if one.predecessors]
    assert {code for one in formed for code in one.predecessors} == {
        one.code for one in authorities().values() if one.successors
    }
    for one in formed:
        assert one.current
        assert one.exists(one.first_year)
        assert not one.exists(one.first_year - 1)
        assert all(authorities()[code].label in one.changed for code in one.predecessors)
        assert all(one.code in authorities()[code].successors for code in one.predecessors)


def test_an_authority_whose_boundaries_stayed_exists_in_every_year():
    stayed = [o for o in authorities().values() if not (o.predecessors or o.successors)]
    assert all(one.exists(year) for one in stayed for year in (1990, 2012, 2030))
    assert all(one.label == one.name for one in stayed)


def test_a_code_a_council_had_before_is_no_code_of_another():
    assert renamed()["E08000019"] == "E08000039"
    assert not renamed().keys() & authorities().keys()
    assert all(authorities()[held].former_code == former for former, held in renamed().items())


def test_every_other_authority_exists_today():
    assert sum(one.current for one in authorities().values()) == 153


def test_every_authority_has_a_region():
    assert {one.region_code[:3] for one in authorities().values()} == {"E12", "E13"}
    assert authorities()["E09000005"].region.lower().endswith("london")
    assert authorities()["E09000005"].region_code.startswith("E13")


def test_a_place_that_is_no_authority_goes_by_its_code():
    assert place_name("E92000001") == "E92000001"


@pytest.mark.parametrize("band", HOME.bands, ids=lambda band: band.key)
def test_every_band_has_words(band):
    assert band.label
    assert band.short
