"""The cost card against examples worked by hand, and every figure against its base."""

import numpy as np
import pytest

from analytics.findings.costs import costs, costs_assumptions, costs_tornado
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.wording import count_words

HACKNEY = "?area=E09000012&fte=2&cost-years=3&training-people=300"
#: Held for Hackney: 169.71 social workers (September 2016), 2,821 children in need (31 March 2016),
#: £19,964,108 of safeguarding spend (2015/16).
SPEND = 19_964_108
SELECTIONS = [
    "", HACKNEY, "?fte=2&cost-years=3&training-people=300", "?band=over-two&cost-years=2.5",
    "?pilots=E09000005&social-workers=250", "?area=E09000005&band=beginner", "?cost-years=0.5",
    "?social-workers=120&training-people=150", "?area=E08000035&years=2018-2020&fte=0",
]  # fmt: skip


def first(search):
    return costs.card.publish(from_search(search)).frame.to_dict("records")[0]


def test_hackney_two_people_three_years_three_hundred_trained():
    row = first(HACKNEY)
    lead = 2 * 50_000 * 1.30 * 3  # 390,000
    training = 300 * 5 * 250  # 375,000
    assert (row["lead"], row["training"]) == (lead, training) == (390_000, 375_000)
    assert row["total"] == 765_000
    assert row["per_year"] == 765_000 / 3 == 255_000
    assert row["per_trained"] == 765_000 / 300 == 2_550
    assert row["per_worker"] == pytest.approx(765_000 / 169.71)  # 4,507.69
    assert row["per_child"] == pytest.approx(765_000 / 2_821)  # 271.18
    assert row["share_of_one_year"] == pytest.approx(100 * 765_000 / SPEND)
    assert row["share"] == pytest.approx(100 * 765_000 / (3 * SPEND))
    assert row["share"] == pytest.approx(100 * 255_000 / SPEND)  # a year's cost of a year's spend
    assert round(row["share_of_one_year"], 2) == 3.83
    assert round(row["share"], 2) == 1.28


def test_hackney_with_three_hundred_social_workers():
    search = f"{HACKNEY}&social-workers=300"
    row = first(search)
    assert row["total"] == 765_000
    assert row["per_worker"] == 765_000 / 300 == 2_550
    assert (row["workers"], row["workers_year"]) == (300, "set by you")
    assert row["official_workers"] == pytest.approx(169.71)
    assert row["official_workers_year"] == "September 2016"
    published = costs.card.publish(from_search(search))
    assert published.verdict == "About £765,000 for Hackney over three years"
    assert "£2,550 per social worker (of 300)" in published.plain
    assert "£255,000 a year" in published.plain
    assert "1.28% of three years' safeguarding spending (each as in 2015/16)" in published.plain
    assert "3.83% of one year" in published.technical
    assert "More people are trained" not in published.summary


def test_more_people_trained_than_social_workers_is_said():
    summary = costs.card.publish(from_search(HACKNEY)).summary
    assert "£4,508 per social worker (of 169.7)" in summary
    assert "social workers 169.7 (official, September 2016)" in summary
    assert "£2,550 per person trained (of 300)" in summary
    assert "More people are trained (300) than there are social workers (169.7" in summary


def test_everyone_trained_are_as_many_as_the_social_workers_set():
    # 1 x 50,000 x 1.3 + 300 x 5 x 250 = 65,000 + 375,000
    row = first("?area=E09000012&social-workers=300")
    assert (row["trained"], row["training"], row["total"]) == (300, 375_000, 440_000)
    assert row["per_worker"] == row["per_trained"] == pytest.approx(440_000 / 300)


def test_ten_pilots_are_ten_councils_and_each_comes_first():
    search = "?fte=2&cost-years=3&training-people=300&social-workers=300"
    published = costs.card.publish(from_search(search))
    row = published.frame.to_dict("records")[0]
    # Ten times 765,000; 34,442 children in need, £168,059,763 of spend in the ten.
    assert row["total"] == 7_650_000
    assert row["per_year"] == 2_550_000
    assert row["workers"] == row["trained"] == 3_000
    assert row["per_worker"] == 7_650_000 / 3_000 == 2_550
    assert row["per_child"] == pytest.approx(7_650_000 / 34_442)  # 222.11
    assert row["share_of_one_year"] == pytest.approx(100 * 7_650_000 / 168_059_763)  # 4.55
    assert row["share"] == pytest.approx(100 * 2_550_000 / 168_059_763)  # 1.52
    assert published.verdict == "About £765,000 for each of ten pilots over three years"
    assert "£765,000 for each pilot, £255,000 a year" in published.plain
    assert "total £7,650,000 for 10 pilots together" in published.technical


def test_a_band_by_hand():
    search = (
        "?band=over-two&fte=0.5&annual-cost=40000&on-costs=25&cost-years=2&training-people=80"
        "&training-days=3&day-cost=200"
    )
    # Each: 0.5 x 40,000 x 1.25 x 2 = 50,000, and 80 x 3 x 200 = 48,000; three pilots.
    row = first(search)
    assert (row["places"], row["total"]) == (3, 3 * 98_000)
    assert row["per_year"] == 147_000
    assert row["per_trained"] == 98_000 / 80 == 1_225
    assert row["per_child"] == pytest.approx(294_000 / 8_881)  # 33.10
    assert row["share_of_one_year"] == pytest.approx(100 * 294_000 / 52_223_628)  # 0.56
    assert row["share"] == pytest.approx(100 * 147_000 / 52_223_628)  # 0.28
    published = costs.card.publish(from_search(search))
    assert published.verdict == "About £98,000 for each of three pilots over two years"
    assert "£98,000 for each pilot, £49,000 a year" in published.plain
    assert "£294,000 for 3 pilots together" in published.technical


def test_pilots_that_differ_are_said_to_be_averaged():
    plain = costs.card.publish(from_search("?band=over-two")).plain
    assert " on average for each pilot" in plain


def test_words_are_rounded_and_files_are_not():
    search = "?area=E09000012&annual-cost=33333.33&on-costs=0&cost-years=3&training-people=0"
    published = costs.card.publish(from_search(search))
    row = published.frame.to_dict("records")[0]
    assert row["total"] == pytest.approx(99_999.99, abs=1e-9)
    assert published.verdict == "About £100,000 for Hackney over three years"
    assert "£33,333 a year" in published.plain
    assert np.isnan(row["per_trained"])
    assert "per person trained" not in published.summary


@pytest.mark.parametrize("search", SELECTIONS)
def test_every_figure_is_the_total_over_its_base(search):
    frame = costs.card.publish(from_search(search)).frame
    for base, quotient in (
        ("years", "per_year"), ("workers", "per_worker"), ("trained", "per_trained"),
        ("children", "per_child"),
    ):  # fmt: skip
        known = frame[frame[quotient].notna()]
        assert len(known)
        assert (known[quotient] * known[base]).to_numpy() == pytest.approx(
            known["total"].to_numpy()
        )
    spend = frame["spend"] * frame["share_of_one_year"] / 100
    assert spend.to_numpy() == pytest.approx(frame["total"].to_numpy())
    assert (frame["share"] * frame["years"]).to_numpy() == pytest.approx(
        frame["share_of_one_year"].to_numpy()
    )


@pytest.mark.parametrize("search", SELECTIONS)
def test_card_tornado_assumptions_and_method_are_for_the_same_place(search):
    selection = from_search(search)
    card = costs.card.publish(selection)
    moved = costs_tornado.what_moves_it.publish(selection)
    listing = costs_assumptions.listing.publish(selection)
    row = card.frame.iloc[0]
    assert row["base"] in card.summary
    several = f"each of {count_words(int(row['places']))} pilots"
    whose = row["place"] if row["places"] == 1 else several
    assert f" for {whose} over " in card.verdict
    assert f"for {row['base']}" in moved.summary
    assert set(moved.frame["base"]) == {row["base"]}
    assert moved.frame["total"].to_numpy() == pytest.approx(np.full(7, row["total"]))
    for published in (moved, listing):
        assert f"for {row['base']}" in published.subtitle
    place = row["place"] if row["places"] > 1 else row["base"].removeprefix("one council, ")
    assert place in set(listing.frame["base"]) | set(
        listing.frame["official_of"].str.split(",").str[0]
    )
    if row["places"] == 1:
        for published in (card, moved, listing):
            assert f"one council, {place}" in dict(published.method)["What it is for"]


def test_your_authority_comes_first_although_it_is_a_pilot():
    published = costs.card.publish(from_search("?area=E09000005"))
    frame = published.frame
    assert frame["place"].tolist()[:2] == ["Brent", "10 pilots together"]
    assert len(frame) == 11
    assert frame["code"].is_unique
    assert frame["role"].eq("pilot").sum() == 10
    assert "for Brent over one year" in published.verdict
    together = costs.card.publish(from_search("")).frame.iloc[0]
    assert frame["total"].iloc[1] == pytest.approx(together["total"])


def test_a_council_without_a_cost_is_not_passed_over_for_the_pilots():
    frame = costs.card.publish(from_search("?area=E09000012")).frame
    unknown = frame.assign(
        total=frame["total"].where(frame["role"] != "yours"),
        missing=np.where(frame["role"] == "yours", "No official figure: social workers.", ""),
    )
    words = costs.card.words(unknown, from_search("?area=E09000012"))
    assert words.verdict == "The cost for Hackney cannot be worked out"
    assert "pilots" not in words.joined


def test_every_number_in_the_files_says_its_unit():
    for finding in (costs.card, costs_tornado.what_moves_it):
        for column in finding.columns_under(HOME):
            ours = column.is_number and column.name not in {
                "places", "value", "low_value", "high_value",
            }  # fmt: skip
            assert bool(column.unit) or not ours, column.name
    for column in costs.card.columns_under(HOME):
        if column.name.startswith(("per_", "share", "total")):
            assert column.about


@pytest.mark.parametrize(
    ("search", "groups"),
    [
        (HACKNEY, [{"fte", "annual-cost", "cost-years"},
                   {"training-people", "training-days", "day-cost"}, {"on-costs"}]),
        # 65,000 of people leading for a year, 52 x 5 x 250 = 65,000 of training: six alike
        ("?area=E09000012&training-people=52",
         [{"fte", "annual-cost", "cost-years", "training-people", "training-days", "day-cost"},
          {"on-costs"}]),
    ],
)  # fmt: skip
def test_assumptions_that_move_it_equally_are_named_as_ties(search, groups):
    published = costs_tornado.what_moves_it.publish(from_search(search))
    frame = published.frame
    found = [set(rows["key"]) for _, rows in frame.groupby("rank", sort=False)]
    assert found == groups
    for _, row in frame.iterrows():
        others = next(group for group in groups if row["key"] in group) - {row["key"]}
        assert row["rank"].endswith("=") is bool(others)
        named = dict(zip(frame["key"], frame["short"], strict=True))
        for other in others:
            assert named[other].lower() in row["ties"].lower()
    assert "equally" in published.verdict
    for key in groups[0]:
        assert named[key].lower() in published.plain.lower()


def test_low_central_and_high_of_every_input():
    frame = costs_assumptions.listing.publish(from_search(f"{HACKNEY}&swing=10")).frame
    frame = frame.set_index("key")
    moved = frame.drop("swing")
    assert moved["low_value"].to_numpy() == pytest.approx(moved["value"].to_numpy() * 0.9)
    assert moved["high_value"].to_numpy() == pytest.approx(moved["value"].to_numpy() * 1.1)
    assert frame.loc["annual-cost", "value"] == 50_000
    assert frame.loc["social-workers", ["value", "base"]].tolist() == [
        pytest.approx(169.71), "Hackney",
    ]  # fmt: skip
    assert frame.loc["caseload", "value"] == pytest.approx(20.9)
    assert frame.loc["training-people", "base"] == "each council"


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("?area=E09000012", "Official: 169.7 social workers in Hackney, September 2016."),
        (
            "?area=E09000012&social-workers=300",
            "Official: 169.7 social workers in Hackney, September 2016.",
        ),
        ("", "Official: 2,502.2 social workers in 10 pilots together, September 2016."),
    ],
)
def test_the_official_number_of_social_workers_is_named_with_its_year(search, words):
    assert costs_assumptions.listing.publish(from_search(search)).plain == words
