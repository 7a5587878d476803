import pytest

from analytics.places import Band, authorities, pilots, place_name

NAMES = {
    Band.BEGINNER: ["Bristol", "Norfolk", "Wakefield", "Wokingham"],
    Band.TWO_YEARS: ["Brent", "Lincolnshire", "Suffolk"],
    Band.OVER_TWO: ["Leicestershire", "Tower Hamlets", "West Sussex"],
}


def test_ten_pilots_stand_in_order_of_band_and_name():
    assert [pilot.name for pilot in pilots().values()] == [
        name for band in Band for name in NAMES[band]
    ]
    assert all(pilot.name in NAMES[pilot.band] for pilot in pilots().values())
    assert all(code == pilot.code for code, pilot in pilots().items())


def test_every_pilot_keeps_its_place_from_one_to_ten():
    assert [pilot.place for pilot in pilots().values()] == list(range(1, 11))


def test_every_pilot_is_an_authority_of_the_same_name():
    for code, pilot in pilots().items():
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
    ("name", "successor"),
    [
        ("Bournemouth", "839"),
        ("Poole", "839"),
        ("Cumbria", "942"),
        ("Northamptonshire", "940"),
        ("Dorset (pre-2019)", "838"),
    ],
)
def test_an_abolished_authority_says_what_replaced_it(name, successor):
    [found] = [one for one in authorities().values() if one.name == name]
    assert not found.current
    assert successor in found.changed


def test_every_other_authority_exists_today():
    assert sum(one.current for one in authorities().values()) == 153


def test_every_authority_has_a_region():
    assert {one.region_code[:3] for one in authorities().values()} == {"E12", "E13"}
    assert authorities()["E09000005"].region.lower().endswith("london")
    assert authorities()["E09000005"].region_code.startswith("E13")


def test_a_place_that_is_no_authority_goes_by_its_code():
    assert place_name("E92000001") == "E92000001"


@pytest.mark.parametrize("band", Band)
def test_every_band_has_words(band):
    assert band.words
    assert band.short
