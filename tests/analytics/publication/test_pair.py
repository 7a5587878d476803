"""One finding under two selections: a finding by hand whose verdict is known for every choice."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pandas as pd
import pytest

from analytics.findings.indicators import indicator_figures, kpis
from analytics.publication.finding import Finding
from analytics.publication.pair import MOST_STEPS, publish_pair, with_steps
from analytics.selection.choices import Average, Comparator
from analytics.selection.differences import differences
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.text.name_kinds import pounds, rate
from analytics.text.words import Size, Words
from data.schema import text
from data.sources.registry import PILOTS
from data.sources.source import Kind

_NTH = count()


def by_hand(verdict, size=lambda _: None):
    """A finding whose verdict, and size, are functions of the selection."""
    return Finding(
        key=f"by-hand-{next(_NTH)}",
        title="By hand",
        sources=(PILOTS,),
        columns=(text("said", "Said"),),
        analyse=lambda _tables, selection: pd.DataFrame({"said": [verdict(selection)]}),
        words=lambda _frame, selection: Words(verdict=verdict(selection), size=size(selection)),
        method=(),
        kind=Kind.OFFICIAL,
        about="By hand.",
    )


def pair(finding, one, other, **more):
    one, other = from_search(one), from_search(other)
    choices = differences(one, other, Page.INDICATORS)
    return with_steps(publish_pair(finding, one, other), finding, choices, **more)


def alone(found):
    return [choice.names[-1] for choice in found.alone]


OTHER = "k=3&average=median&years=2014-2019"


def test_the_one_choice_that_is_enough_is_named():
    few = by_hand(lambda s: "Fewer" if s.k < 5 else "More")
    found = pair(few, "", OTHER)
    assert found.flips
    assert alone(found) == ["k"]
    assert not found.untried


def test_either_of_two_may_be_enough():
    either = by_hand(lambda s: "Fewer" if s.k < 5 or s.average is Average.MEDIAN else "More")
    assert alone(pair(either, "", OTHER)) == ["k", "average"]


def test_both_together_may_be_needed():
    both = by_hand(lambda s: "Fewer" if s.k < 5 and s.average is Average.MEDIAN else "More")
    found = pair(both, "", OTHER)
    assert found.flips
    assert alone(found) == []
    assert not found.untried


def test_a_verdict_that_stays_has_no_choice_that_changes_it():
    """Two choices that each change it, and undo each other."""
    undone = by_hand(lambda s: "Fewer" if (s.k < 5) == (s.average is Average.MEDIAN) else "More")
    found = pair(undone, "", OTHER)
    assert not found.flips
    assert alone(found) == []


def test_another_name_for_those_compared_is_no_other_verdict():
    named = by_hand(lambda s: f"{s.who} are below {s.than}".capitalize())
    assert not pair(named, "", "compare=england&band=beginner").flips
    one = by_hand(lambda s: f"{s.chosen[0].name} is below {s.than}")
    assert not pair(one, "pilots=E10000020", "pilots=E08000036").flips
    way = by_hand(lambda s: f"Below {s.than}" if s.compare is Comparator.ENGLAND else "Above it")
    assert pair(way, "", "compare=england").flips


def test_the_only_choice_is_enough_without_a_step():
    asked = []
    finding = by_hand(lambda s: asked.append(s) or f"Of {s.k}")
    assert alone(pair(finding, "", "k=3")) == ["k"]
    assert {one.k for one in asked} == {3, 10}


def test_no_more_steps_are_made_than_there_is_time_for():
    few = by_hand(lambda s: "Fewer" if s.k < 5 else "More")
    found = pair(few, "", OTHER, until=0)
    assert alone(found) == []
    assert [one.names for one in found.untried] == [("k",), ("average",), ("years",)]


def test_steps_that_are_kept_take_no_time():
    few = by_hand(lambda s: "Fewer" if s.k < 5 else "More")
    few.publish(from_search("k=3"))
    found = pair(few, "", OTHER, until=0)
    assert alone(found) == ["k"]
    assert [one.names for one in found.untried] == [("average",), ("years",)]


def test_a_pair_that_differs_in_everything_has_few_steps():
    every = (
        "band=beginner&compare=england&model=2025&k=3&average=median&with-pilots=1&years=2014-2019"
        "&vintage=first&adjust=none&margin=20"
    )
    made = []
    finding = by_hand(lambda s: made.append(s) or s.to_query())
    found = pair(finding, "", every)
    assert len(found.alone) == MOST_STEPS
    assert len(found.untried) == 2


def sized(of, value, name, *, is_level=False):
    return by_hand(
        lambda _: "Said",
        lambda s: Size(of=of(s), value=value(s), name=name, is_level=is_level),
    )


def test_the_difference_is_of_the_numbers_that_are_shown():
    gap = sized(lambda _: "plans", lambda s: -8.52 if s.k < 5 else -13.81, rate("plans"))
    found = pair(gap, "", "k=3")
    assert found.difference == "Gap, B minus A: +5.3 per 10,000 children (A −13.8, B −8.5)"
    cost = sized(lambda _: "total", lambda s: 1000.0 * s.k, pounds("the total"), is_level=True)
    assert pair(cost, "", "k=3").difference == "B minus A: −£7,000 (A £10,000, B £3,000)"


def test_numbers_of_two_things_have_no_difference():
    other = sized(lambda s: "plans" if s.k < 5 else "referrals", lambda _: 1.0, rate("plans"))
    assert pair(other, "", "k=3").difference == ""
    assert pair(by_hand(lambda _: "Said"), "", "k=3").difference == ""


@pytest.mark.parametrize(("search", "same"), [("item=use_mapping", True), ("k=3", False)])
def test_a_finding_that_does_not_follow_a_choice_is_the_same(search, same):
    assert pair(kpis.gaps, "", search).is_same is same


def test_the_sizes_of_published_findings_can_be_subtracted():
    gap = pair(indicator_figures.years, "pilots=E10000020", "pilots=E08000036")
    sizes = [one.words.size.value for one in (gap.one, gap.other)]
    rows = [one.frame[one.frame["in_period"] == "yes"].iloc[-1] for one in (gap.one, gap.other)]
    assert sizes == [row["gap"] for row in rows]
    assert gap.difference.startswith("Gap, B minus A: −35.0 per 10,000 children")
    counted = pair(kpis.gaps, "model=2021", "model=2025")
    clear = [int((one.frame["certain"] == "clear").sum()) for one in (counted.one, counted.other)]
    assert counted.difference == (
        f"B minus A: {clear[1] - clear[0]:+} "
        f"(A {clear[0]}, B {clear[1]} measures with a clear difference)"
    ).replace("-", "−")


def test_a_pair_is_empty_only_where_neither_has_anything_to_show():
    def held(withheld):
        return SimpleNamespace(withheld=withheld)

    for one, other, empty in (("", "", False), ("why", "", False), ("why", "why", True)):
        shown = replace(
            pair(by_hand(lambda _: "Fewer"), "", OTHER), one=held(one), other=held(other)
        )
        assert shown.is_empty is empty
